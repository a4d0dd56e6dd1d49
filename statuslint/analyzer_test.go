package statuslint

import (
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// TestFacts follows statuses, fields and errors through several packages.
func TestFacts(t *testing.T) {
	analyse(t, Analyzer, "facts")
}

// TestGroup runs one group by itself: it finds its own rules' cases.
func TestGroup(t *testing.T) {
	analyse(t, HeaderAnalyzer, "S-407-challenge", "frameworks/render")
}

// TestSilence holds what silences a finding, and what does not: directives,
// generated files and tests.
func TestSilence(t *testing.T) {
	analyse(t, Analyzer, "silence")
}

// TestFlags looks at which rules the flags choose.
func TestFlags(t *testing.T) {
	chosen := func(args ...string) []string {
		t.Helper()
		a := newAnalyzer("test", "", "test")
		a.Flags.Init("test", 0)
		if err := a.Flags.Parse(args); err != nil {
			t.Fatalf("%q: %v", args, err)
		}
		o := &options{}
		o.enable = *a.Flags.Lookup("enable").Value.(*ruleList)
		o.disable = *a.Flags.Lookup("disable").Value.(*ruleList)
		o.severity = *a.Flags.Lookup("severity").Value.(*severityFlag)
		var ids []string
		for _, r := range Rules() {
			if o.looks(&r) {
				ids = append(ids, r.ID)
			}
		}
		return ids
	}
	all := func(keep func(Rule) bool) (ids []string) {
		for _, r := range Rules() {
			if keep(r) {
				ids = append(ids, r.ID)
			}
		}
		return ids
	}
	rows := []struct {
		why  string
		args []string
		want []string
	}{
		{"errors and warnings by default", nil, all(Rule.On)},
		{"errors alone", []string{"-severity=error"}, all(func(r Rule) bool { return r.Severity == Error })},
		{"informative rules when asked for, noisy ones still not", []string{"-severity=info"}, all(func(r Rule) bool { return !r.Noisy })},
		{"a noisy rule by its name", []string{"-severity=error", "-enable=S-2xx-in-error"},
			all(func(r Rule) bool { return r.Severity == Error || r.ID == "S-2xx-in-error" })},
		{"everything", []string{"-enable=all"}, all(func(Rule) bool { return true })},
		{"disable wins", []string{"-enable=all", "-disable=S-405-allow, S-leak"},
			all(func(r Rule) bool { return r.ID != "S-405-allow" && r.ID != "S-leak" })},
	}
	for _, row := range rows {
		if got := chosen(row.args...); !slices.Equal(got, row.want) {
			t.Errorf("%s: %q chooses\n%q, want\n%q", row.why, row.args, got, row.want)
		}
	}
	for _, bad := range [][2]string{{"enable", "S-406"}, {"disable", "405"}, {"severity", "fatal"}} {
		a := newAnalyzer("test", "", "test")
		if err := a.Flags.Set(bad[0], bad[1]); err == nil {
			t.Errorf("-%s=%s is accepted", bad[0], bad[1])
		}
	}
}

// TestAnalyzers holds that every rule is in one group's analyzer, and that the
// analyzers go together.
func TestAnalyzers(t *testing.T) {
	if err := analysis.Validate(append(Analyzers(), Analyzer)); err != nil {
		t.Error(err)
	}
	groups := []string{groupHeader, groupContent, groupOrder, groupCode, groupClient, groupValue}
	if len(groups) != len(Analyzers()) {
		t.Errorf("%d groups, %d analyzers", len(groups), len(Analyzers()))
	}
	seen := make(map[string]bool)
	for _, r := range Rules() {
		if !slices.Contains(groups, r.Group) {
			t.Errorf("rule %s is in no group", r.ID)
		}
		if seen[r.ID] {
			t.Errorf("rule %s is there twice", r.ID)
		}
		seen[r.ID] = true
	}
}

// TestDirective reads comments one by one.
func TestDirective(t *testing.T) {
	rows := []struct {
		text  string
		rules string
		ok    bool
	}{
		{"//statuslint:ignore S-405-allow", "S-405-allow", true},
		{"//statuslint:ignore S-405-allow,S-401-challenge the gateway adds them", "S-405-allow,S-401-challenge", true},
		{"//statuslint:ignore", "", true},
		{"//statuslint:ignore all", "", true},
		{"//statuslint:ignored", "", false},
		{"// statuslint:ignore", "", false}, // prose, not a directive
		{"//nolint", "", true},
		{"//nolint:statuslint", "", true},
		{"//nolint:all", "", true},
		{"//nolint:errcheck,statuslint // why", "", true},
		{"//nolint:errcheck", "", false},
		{"//nolinter", "", false},
	}
	for _, row := range rows {
		rules, ok := parseDirective(row.text)
		if rules != row.rules || ok != row.ok {
			t.Errorf("parseDirective(%q) = %q, %v; want %q, %v", row.text, rules, ok, row.rules, row.ok)
		}
	}
}

// TestNeighbours runs over right code that is close to a mistake, with the
// mistake beside it.
func TestNeighbours(t *testing.T) {
	analyse(t, Analyzer, "neighbours")
}
