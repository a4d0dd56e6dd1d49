package conform

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write docs/conform.md")

const docsFile = "../docs/conform.md"

// The page that lists the rules is made of the rows and of their examples.
//
//	go test ./conform -run TestDocs -update
func TestDocs(t *testing.T) {
	want := docs(t)
	if *update {
		require.NoError(t, os.WriteFile(docsFile, []byte(want), 0o666))
	}
	have, err := os.ReadFile(docsFile)
	require.NoError(t, err)
	if string(have) != want {
		t.Error("docs/conform.md is stale; run go test ./conform -run TestDocs -update")
	}
}

// groupTitles are the headings, in the order of the rules.
var groupTitles = map[string]string{
	"status":    "Status codes",
	"content":   "Content and its length",
	"upgrade":   "Change of protocol",
	"range":     "Ranges",
	"redirect":  "Redirects",
	"condition": "Conditional requests",
	"challenge": "Authentication",
	"method":    "Methods",
	"request":   "Refused requests",
	"retry":     "When to come back",
	"cache":     "Caches and dates",
	"problem":   "Errors and their content",
	"server":    "Handlers in Go",
}

func docs(t *testing.T) string {
	var b strings.Builder
	b.WriteString(`# The rules of conform

<!-- Made from the rules by go test ./conform -run TestDocs -update; do not edit. -->

What package ` + "`conform`" + ` and ` + "`httpstatus check`" + ` look for in a response and the request that it answers. An **error** breaks a
MUST or the definition of a message, a **warning** breaks a SHOULD or contradicts itself, and **info** is the rest. Rules are on
unless the table says that they are off. Rules marked with * need to know the request.

`)
	group := ""
	for r := range Rules() {
		if r.Group != group {
			group = r.Group
			require.NotEmpty(t, groupTitles[group], group)
			fmt.Fprintf(&b, "\n**%s** (group `%s`)\n\n| rule | severity | what it asks for | where |\n|---|---|---|---|\n", groupTitles[group], group)
		}
		mark, off := "", ""
		if r.NeedsRequest() {
			mark = " *"
		}
		if r.Off {
			off = ", off"
		}
		fmt.Fprintf(&b, "| [%s](#%s)%s | %s%s | %s | %s |\n", r.ID, r.ID, mark, r.Severity, off, strings.ReplaceAll(r.Summary, "|", `\|`), r.Reference)
	}
	for r := range Rules() {
		fmt.Fprintf(&b, "\n## %s\n\n%s %s\n", r.ID, r.Summary, r.Why)
		if r.Quote != "" {
			from := r.Reference
			if r.quoted != "" {
				from += " and " + strings.TrimPrefix(r.quoted, "RFC 9110, ")
			}
			fmt.Fprintf(&b, "\n> %s\n>\n> %s\n", r.Quote, from)
		}
		for _, s := range ruleFile(t, r.ID) {
			kind, variant, _ := strings.Cut(s.name, " ")
			language := "http"
			if variant == "(Go)" {
				language = "go"
			} else if variant != "" {
				continue
			}
			label := map[string]string{"wrong": "Wrong:", "right": "Right:"}[kind]
			fmt.Fprintf(&b, "\n%s\n\n```%s\n%s```\n", label, language, s.text)
		}
		fmt.Fprintf(&b, "\nTo mend it: %s\n", r.Fix)
	}
	return b.String()
}
