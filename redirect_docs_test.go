package httpstatus_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

var policies = []struct {
	name   string
	policy httpstatus.RedirectPolicy
}{
	{"strict (zero value)", httpstatus.RedirectPolicy{}},
	{"`FetchRedirects`", httpstatus.FetchRedirects()},
	{"`NetHTTPRedirects`", httpstatus.NetHTTPRedirects()},
}

func tableHead(first string) string {
	row, rule := "| "+first+" |", "| --- |"
	for _, p := range policies {
		row += " " + p.name + " |"
		rule += " --- |"
	}
	return row + "\n" + rule + "\n"
}

// methodTable says what becomes of each method and its content.
func methodTable() string {
	out := tableHead("status and method")
	for _, status := range []httpstatus.Code{301, 302, 303, 307, 308} {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "QUERY"} {
			out += fmt.Sprintf("| %d %s |", int(status), method)
			for _, p := range policies {
				plan := httpstatus.RedirectStep{Status: status, Method: method, URL: "http://a.example/", Location: []string{"/x"}, HasContent: true}.Plan(p.policy)
				cell := plan.Method
				if !plan.KeepContent {
					cell += ", content dropped"
				}
				out += " " + cell + " |"
			}
			out += "\n"
		}
	}
	return out
}

// situationTable says what becomes of everything else.
func situationTable() string {
	out := tableHead("situation")
	const from = "https://a.example/dir/x#part"
	for _, tt := range []struct {
		situation string
		step      httpstatus.RedirectStep
	}{
		{"`Location: /y`", httpstatus.RedirectStep{Location: []string{"/y"}}},
		{"no Location", httpstatus.RedirectStep{}},
		{"`Location:` (empty)", httpstatus.RedirectStep{Location: []string{""}}},
		{"`/y` twice", httpstatus.RedirectStep{Location: []string{"/y", "/y"}}},
		{"`/y` and `/z`", httpstatus.RedirectStep{Location: []string{"/y", "/z"}}},
		{"`http://a.example/`: downgrade", httpstatus.RedirectStep{Location: []string{"http://a.example/"}}},
		{"`https://a.example:444/`: port", httpstatus.RedirectStep{Location: []string{"https://a.example:444/"}}},
		{"`https://sub.a.example/`: subdomain", httpstatus.RedirectStep{Location: []string{"https://sub.a.example/"}}},
		{"`https://b.example/`: other host", httpstatus.RedirectStep{Location: []string{"https://b.example/"}}},
		{"`https://u:p@b.example/`", httpstatus.RedirectStep{Location: []string{"https://u:p@b.example/"}}},
		{"`/\\b.example/`", httpstatus.RedirectStep{Location: []string{`/\b.example/`}}},
		{"`///b.example/`", httpstatus.RedirectStep{Location: []string{"///b.example/"}}},
		{"`https:y`", httpstatus.RedirectStep{Location: []string{"https:y"}}},
		{"`/a b?c[]=d`", httpstatus.RedirectStep{Location: []string{"/a b?c[]=d"}}},
		{"`/100%`", httpstatus.RedirectStep{Location: []string{"/100%"}}},
		{"`HTTPS://B.example:443`", httpstatus.RedirectStep{Location: []string{"HTTPS://B.example:443"}}},
		{"`ftp://b.example/`", httpstatus.RedirectStep{Location: []string{"ftp://b.example/"}}},
		{"the tenth redirect", httpstatus.RedirectStep{Location: []string{"/y"}, Followed: 9}},
		{"the twenty-first redirect", httpstatus.RedirectStep{Location: []string{"/y"}, Followed: 20}},
		{"POST with 302, content that cannot be sent again", httpstatus.RedirectStep{Method: "POST", Location: []string{"/y"}, HasContent: true, Unrepeatable: true}},
		{"POST with 307, content that cannot be sent again", httpstatus.RedirectStep{Status: 307, Method: "POST", Location: []string{"/y"}, HasContent: true, Unrepeatable: true}},
	} {
		s := tt.step
		s.URL = from
		if s.Status == 0 {
			s.Status = 302
		}
		out += "| " + tt.situation + " |"
		for _, p := range policies {
			plan := s.Plan(p.policy)
			cell := plan.Action.String()
			switch plan.Action {
			case httpstatus.FollowRedirect:
				cell = "`" + plan.URL + "`"
				if plan.CrossedOrigin {
					cell += ", drops credentials"
				}
			default:
				cell += " (" + redirectWords[plan.Reason] + ")"
			}
			out += " " + cell + " |"
		}
		out += "\n"
	}
	return out
}

// fieldTable says which fields are dropped.
func fieldTable() string {
	out := tableHead("dropped")
	for _, tt := range []struct {
		when string
		step httpstatus.RedirectStep
	}{
		{"with the content", httpstatus.RedirectStep{Status: 303, Method: "POST", URL: "https://a.example/", Location: []string{"/y"}, HasContent: true}},
		{"with the origin", httpstatus.RedirectStep{Status: 307, URL: "https://a.example/", Location: []string{"https://b.example/"}}},
	} {
		out += "| " + tt.when + " |"
		for _, p := range policies {
			out += " " + strings.Join(tt.step.Plan(p.policy).DropHeaders, ", ") + " |"
		}
		out += "\n"
	}
	return out
}

// The tables in docs/redirects.md are what the plans say.
func TestRedirectDocs(t *testing.T) {
	doc, err := os.ReadFile("docs/redirects.md")
	require.NoError(t, err)
	for _, table := range []string{methodTable(), situationTable(), fieldTable()} {
		assert.Contains(t, string(doc), "\n\n"+table+"\n", "a table in docs/redirects.md should read:\n%s", table)
	}
}
