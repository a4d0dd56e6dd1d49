package conform

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write docs/conform")

const docsDir = "../docs/conform"

// Each rule has a page, made of its row and its examples, and README.md in the
// same folder lists them.
//
//	go test ./conform -run TestDocs -update
func TestDocs(t *testing.T) {
	pages := map[string]string{"README.md": docsIndex(t)}
	for r := range Rules() {
		pages[r.ID+".md"] = docsPage(t, r)
	}
	for name, want := range pages {
		compareDocs(t, filepath.Join(docsDir, name), want)
	}
	files, err := filepath.Glob(filepath.Join(docsDir, "*"))
	require.NoError(t, err)
	for _, name := range files {
		assert.Contains(t, pages, filepath.Base(name), "the page of no rule")
	}
}

func compareDocs(t *testing.T, name, want string) {
	if have, err := os.ReadFile(name); err == nil && string(have) == want {
		return
	}
	if !*update {
		t.Errorf("%s is stale; run go test ./conform -run TestDocs -update", name)
		return
	}
	require.NoError(t, os.WriteFile(name, []byte(want), 0o666))
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
	"message":   "Requests to refuse, and the form of the message",
	"retry":     "When to come back",
	"cache":     "Caches and dates",
	"problem":   "Errors and their content",
	"pair":      "Two exchanges with one resource",
	"server":    "Handlers in Go",
}

// docsNote says in a page where it comes from.
const docsNote = "<!-- Made from the rules by go test ./conform -run TestDocs -update; do not edit. -->\n"

// docsIndex returns the list of the rules, by group.
func docsIndex(t *testing.T) string {
	var b strings.Builder
	b.WriteString("# The rules of conform\n\n" + docsNote + `
What package ` + "`conform`" + ` and ` + "`httpstatus check`" + ` look for in a response and the request that it answers. An **error** breaks a
MUST or the definition of a message, a **warning** breaks a SHOULD or contradicts itself, and **info** is the rest. Rules are on
unless the table says that they are off. Rules marked with * need to know the request. Those about two exchanges are for
` + "`conform.CheckPair`, and for `conform.Checker`, which `httpstatus check`" + ` uses.

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
		fmt.Fprintf(&b, "| [%s](%s.md)%s | %s%s | %s | %s |\n",
			r.ID, r.ID, mark, r.Severity, off, strings.ReplaceAll(r.Summary, "|", `\|`), r.Reference)
	}
	return b.String()
}

// docsPage returns the page of a rule.
func docsPage(t *testing.T, r Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n%s\n\n", r.ID, docsNote, r.Summary)
	state := "on"
	if r.Off {
		state = "off"
	}
	fmt.Fprintf(&b, "Severity: **%s**. By default: %s. Group: `%s`.", r.Severity, state, r.Group)
	switch {
	case r.NeedsPair():
		b.WriteString(" Compares two exchanges: see `conform.CheckPair` and `conform.Checker`.")
	case r.NeedsRequest():
		b.WriteString(" Needs to know the request.")
	}
	fmt.Fprintf(&b, "\n\n%s\n", r.Why)
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
		title := map[string]string{"wrong": "Wrong", "right": "Right"}[kind]
		fmt.Fprintf(&b, "\n## %s\n\n```%s\n%s```\n", title, language, s.text)
	}
	fmt.Fprintf(&b, "\n## How to mend it\n\n%s\n\n## How to switch it %s\n\n", r.Fix, map[bool]string{true: "on", false: "off"}[r.Off])
	option, flag := "Disable", "-disable"
	if r.Off {
		option, flag = "Enable", "-enable"
	}
	fmt.Fprintf(&b, "`conform.%s(\"%s\")`, or `httpstatus check %s %s`.\n", option, r.ID, flag, r.ID)
	return b.String()
}
