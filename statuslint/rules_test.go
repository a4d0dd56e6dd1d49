package statuslint

import (
	"os"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// TestRules runs every rule over its own cases: testdata/src has a directory
// for each, with what it must find (wrong.go), the same done right (right.go),
// and what looks wrong and is not (tricky.go). In each, the rules that are on
// by default run as well, so that a case of one is clean by the others.
func TestRules(t *testing.T) {
	var dirs []string
	for _, r := range Rules() {
		if _, err := os.Stat("testdata/src/" + r.ID); err != nil {
			t.Errorf("rule %s has no cases: %v", r.ID, err)
			continue
		}
		dirs = append(dirs, r.ID)
	}
	dirs = append(dirs, "frameworks")
	a := &analysis.Analyzer{
		Name:     "rules",
		Doc:      "run the rule that the package is named for",
		Requires: []*analysis.Analyzer{engineAnalyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			o := &options{engine: engineAnalyzer, settings: &shared}
			if err := o.enable.Set(pass.Pkg.Path()); err != nil {
				o.enable = ruleList{}
			}
			o.run(pass, "")
			return nil, nil
		},
	}
	compareFixes(t, analyse(t, a, dirs...))
}
