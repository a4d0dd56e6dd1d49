package statuslint

import (
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
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
		a := newAnalyzer("test", "", "test", engineAnalyzer, &shared)
		a.Flags.Init("test", 0)
		if err := a.Flags.Parse(args); err != nil {
			t.Fatalf("%q: %v", args, err)
		}
		o := &options{settings: &shared}
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
		{"every error, noisy ones too", []string{"-enable=all", "-severity=error"}, all(func(r Rule) bool { return r.Severity == Error })},
		{"disable wins", []string{"-enable=all", "-disable=S-405-allow, S-leak"},
			all(func(r Rule) bool { return r.ID != "S-405-allow" && r.ID != "S-leak" })},
	}
	for _, row := range rows {
		if got := chosen(row.args...); !slices.Equal(got, row.want) {
			t.Errorf("%s: %q chooses\n%q, want\n%q", row.why, row.args, got, row.want)
		}
	}
	for _, bad := range [][2]string{{"enable", "S-406"}, {"disable", "405"}, {"severity", "fatal"}} {
		a := newAnalyzer("test", "", "test", engineAnalyzer, &shared)
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

// TestSession holds that a package says once that its 401s have no challenge.
func TestSession(t *testing.T) { analyse(t, Analyzer, "session") }

// TestSettings runs with settings: a writer, a code and a severity of one's
// own.
func TestSettings(t *testing.T) {
	a, err := New(Settings{
		Writers:    []string{"settings.SendError(w, status=1)"},
		Codes:      []int{520},
		Severities: map[string]string{"S-code-registered": "error"},
	})
	if err != nil {
		t.Fatal(err)
	}
	analyse(t, a, "settings")
	a, err = New(Settings{SessionAuth: []string{"S-401-challenge/...", "S-401-carrier"}})
	if err != nil {
		t.Fatal(err)
	}
	pkgs, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	pkgs = slices.DeleteFunc(slices.Clone(pkgs), func(p *packages.Package) bool { return p.PkgPath != "S-401-challenge" })
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range graph.Roots {
		for _, d := range act.Diagnostics {
			if d.Category != "S-late-header" {
				t.Errorf("in a package with session-auth: %s", d.Message)
			}
		}
	}
}

// TestBadSettings holds what is no setting, and what is said about it.
func TestBadSettings(t *testing.T) {
	rows := []struct {
		settings Settings
		want     string
	}{
		{Settings{Enable: []string{"S-leek"}}, `no rule "S-leek"; is S-leak meant?`},
		{Settings{Disable: []string{"405"}}, `no rule "405"`},
		{Settings{Disable: []string{"all"}}, "statuslint: disable names rules; all of them is no setting"},
		{Settings{Severity: "fatal"}, `severity "fatal" is not error, warning or info`},
		{Settings{Severities: map[string]string{"S-leak": "high"}}, `severity "high" is not error, warning or info`},
		{Settings{Codes: []int{99}}, "statuslint: code 99: not three digits"},
		{Settings{Writers: []string{"api.SendError"}}, `statuslint: writer "api.SendError": not of the form package.Func(w, status=1)`},
		{Settings{Writers: []string{"api.SendError(w)"}}, `statuslint: writer "api.SendError(w)": neither status nor code is given`},
		{Settings{Writers: []string{"api.SendError(w, status=x)"}}, `statuslint: writer "api.SendError(w, status=x)": x is not the number of a parameter`},
		{Settings{Writers: []string{"api.SendError(w, state=1)"}},
			`statuslint: writer "api.SendError(w, state=1)": no parameter "state"; there are w, status and code`},
		{Settings{Writers: []string{"api.SendError(w, status=7)"}},
			`statuslint: writer "api.SendError(w, status=7)": only the first four parameters count`},
		{Settings{Writers: []string{"example.com/a.b/api.Context.Fail(w=receiver, status=0)"}}, ""},
	}
	for _, row := range rows {
		_, err := New(row.settings)
		switch {
		case err == nil && row.want != "":
			t.Errorf("%+v is accepted", row.settings)
		case err != nil && err.Error() != row.want:
			t.Errorf("%+v: %q, want %q", row.settings, err, row.want)
		}
	}
}
