package statuslint

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/ and the rules of README.md anew")

// TestDocsUpToDate makes the page of every rule from its entry in the table and
// its test cases, and compares it with the one in docs.
func TestDocsUpToDate(t *testing.T) {
	pages := make(map[string]bool)
	for _, r := range Rules() {
		name := filepath.Join("docs", r.ID+".md")
		pages[name] = true
		compare(t, name, page(t, r))
	}
	files, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !pages[f] {
			t.Errorf("%s is the page of no rule", f)
		}
	}
}

// TestReadmeRules compares the list of rules in README.md with the table.
func TestReadmeRules(t *testing.T) {
	const begin, end = "<!-- rules -->\n", "<!-- end of rules -->\n"
	b, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(b), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("README.md has no place for the rules")
	}
	var list strings.Builder
	list.WriteString("\n| rule | severity | by default | the mistake |\n|---|---|---|---|\n")
	for _, r := range Rules() {
		state := "off"
		if r.On() {
			state = "on"
		}
		fmt.Fprintf(&list, "| [%s](docs/%s.md) | %s | %s | %s |\n", r.ID, r.ID, r.Severity, state, r.Title)
	}
	list.WriteString("\n")
	compare(t, "README.md", before+begin+list.String()+end+after)
}

func compare(t *testing.T, name, want string) {
	t.Helper()
	got, err := os.ReadFile(name)
	if err == nil && string(got) == want {
		return
	}
	if !*update {
		t.Errorf("%s is stale; run go test -run 'Docs|Readme' -update", name)
		return
	}
	if err := os.WriteFile(name, []byte(want), 0o666); err != nil {
		t.Fatal(err)
	}
}

// page renders the documentation of one rule.
func page(t *testing.T, r Rule) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: %s\n\n", r.ID, r.Title)
	state := "on"
	switch {
	case r.Noisy:
		state = "off; switch it on with `-enable=" + r.ID + "`"
	case !r.On():
		state = "off; switch it on with `-enable=" + r.ID + "`, or with all of its kind by `-severity=" + r.Severity.String() + "`"
	}
	fmt.Fprintf(&b, "Severity: **%s**. By default: %s.", r.Severity, state)
	if r.Reference != "" {
		fmt.Fprintf(&b, " %s.", r.Reference)
	}
	fmt.Fprintf(&b, "\n\n%s\n", r.Why)
	if r.Limits != "" {
		fmt.Fprintf(&b, "\n%s\n", r.Limits)
	}
	for _, part := range []struct{ title, file string }{
		{"Wrong", "wrong.go"}, {"Right", "right.go"}, {"Not reported", "tricky.go"},
	} {
		fmt.Fprintf(&b, "\n## %s\n\n```go\n%s\n```\n", part.title, cases(t, filepath.Join("testdata", "src", r.ID, part.file)))
	}
	fmt.Fprintf(&b, "\n## How to silence it\n\n```go\n//statuslint:ignore %s why it is all right here\n```\n\n"+
		"at the end of the line, on a line above the statement, or above the function; `-disable=%s` switches the rule off.\n", r.ID, r.ID)
	return b.String()
}

var (
	wants   = regexp.MustCompile("(?m)[ \t]*// want .*$")
	next    = regexp.MustCompile("(?m)// want-next .*$")
	imports = regexp.MustCompile(`(?ms)^import (\(.*?^\)|"[^"\n]*")\n+`)
)

// cases returns the code of a test file, without what only the test needs. The
// lines that are reported are marked.
func cases(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	src := wants.ReplaceAllString(next.ReplaceAllString(string(b), "// Reported:"), " // reported")
	if _, rest, ok := strings.Cut(src, "\n"); ok {
		src = rest
	}
	return strings.TrimSpace(imports.ReplaceAllString(src, ""))
}
