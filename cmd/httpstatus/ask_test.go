package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

// TestLookup holds what people type and paste.
func TestLookup(t *testing.T) {
	for _, test := range []struct {
		in   string
		want []httpstatus.Code
	}{
		{"404", []httpstatus.Code{404}},
		{"404 500", []httpstatus.Code{404, 500}},
		{"404,500", []httpstatus.Code{404, 500}},
		{"404, 500,  502", []httpstatus.Code{404, 500, 502}},
		{"404, not found, StatusGone", []httpstatus.Code{404, 404, 410}},
		{"not found; gone", []httpstatus.Code{404, 410}},
		{"NotFound Gone", []httpstatus.Code{404, 410}},
		{"StatusNotFound", []httpstatus.Code{404}},
		{"http.StatusRequestEntityTooLarge", []httpstatus.Code{413}},
		{"StatusTeapot", []httpstatus.Code{418}},
		{"HTTP/1.1 404 Not Found", []httpstatus.Code{404}},
		{"HTTP/2 404", []httpstatus.Code{404}},
		{"HTTP/1.1 404 No Such Page", []httpstatus.Code{404}},
		{"HTTP 404", []httpstatus.Code{404}},
		{"http 404", []httpstatus.Code{404}},
		{"status 503", []httpstatus.Code{503}},
		{"Status: 503", []httpstatus.Code{503}},
		{"status code 503", []httpstatus.Code{503}},
		{"HTTP error 502", []httpstatus.Code{502}},
		{"error 500", []httpstatus.Code{500}},
		{"teapot", []httpstatus.Code{418}},
		{"I'm a teapot", []httpstatus.Code{418}},
		{"nginx 499", []httpstatus.Code{499}},
		{"499 nginx", []httpstatus.Code{499}},
		{"cloudflare 522", []httpstatus.Code{522}},
		{"forbidden", []httpstatus.Code{403}},
		{"misdirected", []httpstatus.Code{421}},
		{"expectation", []httpstatus.Code{417}},
		{"rate limit", []httpstatus.Code{429}},
		{"-5", []httpstatus.Code{-5}},
		// As it is copied from a text.
		{"404.", []httpstatus.Code{404}},
		{`"404"`, []httpstatus.Code{404}},
		{"(404)", []httpstatus.Code{404}},
		{"HTTP404", []httpstatus.Code{404}},
		{"http_404", []httpstatus.Code{404}},
		{"404+410", []httpstatus.Code{404, 410}},
		{"401 vs. 403?", []httpstatus.Code{401, 403}},
		{"Not Found (404)", []httpstatus.Code{404}},
		{"404 (Not Found)", []httpstatus.Code{404}},
		{"404: Not Found", []httpstatus.Code{404}},
		{`{"statusCode":404}`, []httpstatus.Code{404}},
		{":status: 404", []httpstatus.Code{404}},
		{"Request failed with status code 404", []httpstatus.Code{404}},
		{"The remote server returned an error: (404) Not Found.", []httpstatus.Code{404}},
		{"curl: (22) The requested URL returned error: 404", []httpstatus.Code{404}},
		{"404 Client Error: Not Found for url: https://example.com/404x", []httpstatus.Code{404}},
		{"HTTP Error 404.3 - Not Found", []httpstatus.Code{404}},
		{"nginx 502 bad gateway", []httpstatus.Code{502}},
		{"what does 418 mean", []httpstatus.Code{418}},
		{"org.springframework.web.client.HttpClientErrorException$NotFound: 404 null", []httpstatus.Code{404}},
		{"akamai 503", []httpstatus.Code{503}},
		{"laravel page expired", []httpstatus.Code{419}},
		{"forbidden vs unauthorized", []httpstatus.Code{403, 401}},
		{"iis 404.3", []httpstatus.Code{404}},
		{"iis 440", []httpstatus.Code{440}},
		// As languages and libraries name it.
		{"HttpStatusCode.NotFound", []httpstatus.Code{404}},
		{"HTTPStatus.NOT_FOUND", []httpstatus.Code{404}},
		{"status.HTTP_404_NOT_FOUND", []httpstatus.Code{404}},
		{"HttpServletResponse.SC_NOT_FOUND", []httpstatus.Code{404}},
		{":not_found", []httpstatus.Code{404}},
		{":unprocessable_entity", []httpstatus.Code{422}},
		{"requests.codes.teapot", []httpstatus.Code{418}},
		{"Response::HTTP_NOT_FOUND", []httpstatus.Code{404}},
		{"StatusCodes.Status404NotFound", []httpstatus.Code{404}},
		{"fasthttp.StatusRequestURITooLong", []httpstatus.Code{414}},
		{"TooManyRequestsException", []httpstatus.Code{429}},
		{"HttpResponseForbidden", []httpstatus.Code{403}},
		{"echo.ErrNotFound", []httpstatus.Code{404}},
		{"abort(404)", []httpstatus.Code{404}},
		{"w.WriteHeader(http.StatusNotFound)", []httpstatus.Code{404}},
	} {
		t.Run(test.in, func(t *testing.T) {
			got, err := lookup(strings.Fields(test.in))
			require.NoError(t, err)
			assert.Equal(t, test.want, got)
			got, err = lookup([]string{test.in})
			require.NoError(t, err, "in one argument")
			assert.Equal(t, test.want, got)
		})
	}
}

// TestLookupRefuses holds that a guess is offered where it is near, as a guess,
// and that nothing far is.
func TestLookupRefuses(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"x", `no status code is called "x"; "httpstatus pick x" looks for a situation`},
		{"nope", `no status code is called "nope"; "httpstatus pick nope" looks for a situation`},
		{"ok2", `no status code is called "ok2"; "httpstatus pick WORDS" looks for a situation`},
		{"forbiden", `no status code is called "forbiden"; did you mean 403 Forbidden?`},
		{"not fund", `no status code is called "not fund"; did you mean 404 Not Found?`},
		{"timeout", `"timeout" is a word of several: 408 Request Timeout or 504 Gateway Timeout`},
		{"404, nope", `no status code is called "nope"; "httpstatus pick nope" looks for a situation`},
		{"apache 499", `no status code is called "apache 499"; "httpstatus pick WORDS" looks for a situation`},
		{"405-nonsense", `"405-nonsense" is no status code: no space after the three digits`},
		{"200: Not Found", `"200: Not Found" is no status code: no space after the three digits`},
		{"about 404 things", `no status code is called "about 404 things"; "httpstatus pick WORDS" looks for a situation`},
		{"delete", `no status code is called "delete"; "httpstatus pick delete" looks for a situation`}, // means several
		{"ECONNREFUSED", `"ECONNREFUSED" is no status code: no response came. A gateway that meets it answers 502 Bad Gateway`},
		{"net::ERR_CONNECTION_TIMED_OUT", `"net::ERR_CONNECTION_TIMED_OUT" is no status code: no response came. A gateway that meets it answers 504 Gateway Timeout`},
		{"0404", `"0404" is no status code: those are the numbers 100 to 599, written with three digits`},
		{strings.Repeat("x ", 2000), `no status code is called "` + strings.Repeat("x ", 20) + `"...; "httpstatus pick WORDS" looks for a situation`},
	} {
		t.Run(test.in[:min(len(test.in), 20)], func(t *testing.T) {
			_, err := lookup([]string{test.in})
			require.Error(t, err)
			assert.Equal(t, test.want, err.Error())
		})
	}
}

// TestNetHTTPNames holds that each constant of net/http for a status code is
// understood by its name.
func TestNetHTTPNames(t *testing.T) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	path := filepath.Join(strings.TrimSpace(string(root)), "src", "net", "http", "status.go")
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	tried := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, "Status") {
			return true
		}
		want, err := strconv.Atoi(spec.Values[0].(*ast.BasicLit).Value)
		require.NoError(t, err)
		got, err := named(spec.Names[0].Name)
		if assert.NoError(t, err, spec.Names[0].Name) {
			assert.Equal(t, want, int(got), spec.Names[0].Name)
		}
		tried++
		return true
	})
	assert.Greater(t, tried, 60)
}

// TestManPage holds that the page on disk is what the help texts make. After a
// change: go test ./cmd/httpstatus -run TestManPage -update.
func TestManPage(t *testing.T) {
	if *update {
		require.NoError(t, os.WriteFile("httpstatus.1", []byte(manPage()), 0o666))
	}
	have, err := os.ReadFile("httpstatus.1")
	require.NoError(t, err)
	assert.Equal(t, manPage(), string(have), "httpstatus.1 is stale; run go test ./cmd/httpstatus -run TestManPage -update")
	for line := range strings.Lines(manPage()) {
		assert.Regexp(t, `^(\.(TH|SH|TP|PP|B|BI|RI|br|nf|fi|RS|RE)\b|[^.'])`, line)
	}
}

// TestCompletions holds that the scripts know every verb, class, code and flag,
// and rules.
func TestCompletions(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish"} {
		status, out, _ := runWith(nil, 0, "completion", shell)
		require.Equal(t, exitOK, status)
		for _, sub := range subcommands() {
			assert.Contains(t, out, sub.name, shell)
			for _, f := range flagsOf(sub.usage) {
				assert.Contains(t, out, f.name, "%s: -%s of %s", shell, f.name, sub.name)
			}
		}
		for c := range httpstatus.All() {
			assert.Contains(t, out, strconv.Itoa(int(c)), shell)
		}
		assert.Contains(t, out, "4xx")
		assert.Contains(t, out, "unofficial", shell)
		assert.Contains(t, out, "405-allow-missing", shell)
		assert.Contains(t, out, "S-405-allow", shell)
	}
	status, _, errout := runWith(nil, 0, "completion", "tcsh")
	assert.Equal(t, exitUsage, status)
	assert.Equal(t, "httpstatus: which shell? There are scripts for bash, zsh and fish\n", errout)
}

// TestUsagesTellEachFlag holds that the help of each verb tells of every flag
// that it takes, which completion and the manual page rely on.
func TestUsagesTellEachFlag(t *testing.T) {
	for _, sub := range subcommands() {
		if sub.usage == "" {
			continue
		}
		_, out, _ := runWith(nil, 0, sub.name, "-h")
		assert.Equal(t, sub.usage, out)
		_, out, _ = runWith(nil, 0, "help", sub.name)
		assert.Equal(t, sub.usage, out)
		assert.Contains(t, out, "\n  -h ", sub.name)
		for line := range strings.Lines(out) {
			assert.LessOrEqual(t, len(line), 81, line)
		}
	}
}
