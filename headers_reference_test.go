package httpstatus_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
)

// TestHeaderRules compares the rules of every code with the oracle's, as sets
// of (field, level, whether there is a condition). A table has every rule that
// the oracle has; what else it has is among the oracle's suggestions. Where it
// stands is compared too: a rule names one of the sections that say it.
func TestHeaderRules(t *testing.T) {
	codes := append(registered(), 199, 299, 399, 499, 599, 0, -1, 99, 600, 799)
	for _, c := range codes {
		want := reference.HeaderRules(int(c))
		known := append(slices.Clone(want), reference.Suggestions(int(c))...)
		got := slices.Collect(c.HeaderRules())

		for _, w := range want {
			if !subsumed(w, want) && !slices.ContainsFunc(got, func(g httpstatus.HeaderRule) bool { return same(g, w) }) {
				t.Errorf("%d lacks %s %s (%s): %v", int(c), w.Level, w.Name, w.When, w.Cites)
			}
		}
		for _, g := range got {
			var cites []string
			for _, w := range known {
				if same(g, w) {
					cites = append(cites, w.Cites...)
				}
			}
			switch {
			case cites == nil:
				t.Errorf("%d has %s %s when %q by %s, which the oracle does not know", int(c), g.Level, g.Name, g.When, g.Reference)
			case !slices.Contains(cites, g.Reference):
				t.Errorf("%d has %s %s by %s, where the oracle has %q", int(c), g.Level, g.Name, g.Reference, cites)
			}
		}
	}
}

// TestHeaderRulesOfUnregistered carries what TestHeaderRules says of one
// unregistered code of each class to all of them, and of 0 to all that are no
// status codes.
func TestHeaderRulesOfUnregistered(t *testing.T) {
	for _, c := range sweep() {
		if c.IsRegistered() {
			continue
		}
		var class httpstatus.Code
		if c.IsValid() {
			class = c/100*100 + 99 // 199 to 599 are unregistered
		}
		assert.Equal(t, slices.Collect(class.HeaderRules()), slices.Collect(c.HeaderRules()), "%d", int(c))
	}
}

func same(g httpstatus.HeaderRule, w reference.Rule) bool {
	return g.Name == w.Name && g.Level.String() == w.Level &&
		(w.When == reference.Debatable || (g.When == "") == (w.When == reference.Always))
}

// subsumed reports whether a rule with a condition says less than one without,
// as the rule on 2xx to CONNECT does in a 204.
func subsumed(r reference.Rule, rules []reference.Rule) bool {
	return r.When == reference.Sometimes && slices.ContainsFunc(rules, func(o reference.Rule) bool {
		return o.Name == r.Name && o.Level == r.Level && o.When == reference.Always
	})
}

var (
	fieldName = regexp.MustCompile(`^[A-Z][A-Za-z]*(-[A-Z][A-Za-z]*)*$`)
	citation  = regexp.MustCompile(`^(RFC [1-9][0-9]{3,4}|draft-[a-z0-9-]+), (Section [1-9][0-9]*(\.[0-9]+)*|Appendix [A-Z](\.[0-9]+)*)$`)
)

func TestHeaderRulesForm(t *testing.T) {
	for _, c := range sweep() {
		seen := map[string]bool{}
		last := httpstatus.LevelMust
		for r := range c.HeaderRules() {
			what := fmt.Sprintf("%d %v", int(c), r)
			assert.Regexp(t, fieldName, r.Name, what)
			assert.NotEmpty(t, r.Level.String(), what)
			assert.Regexp(t, citation, r.Reference, what)
			assert.NotRegexp(t, `^(?i:when|if)\b|[.\s]$|^\s`, r.When, "a clause that completes \"when ...\": "+what)
			assert.GreaterOrEqual(t, r.Level, last, "the strongest come first: "+what)
			last = r.Level

			key := fmt.Sprint(r.Name, r.Level, r.When)
			assert.False(t, seen[key], "said twice: "+what)
			seen[key] = true
		}
	}
}

// A rule without a condition and its opposite cannot both hold.
func TestHeaderRulesDoNotContradict(t *testing.T) {
	for _, c := range sweep() {
		for a := range c.HeaderRules() {
			for b := range c.HeaderRules() {
				if a.Name == b.Name && a.When == "" {
					assert.False(t, a.Level == httpstatus.LevelMustNot && b.Level != httpstatus.LevelMustNot,
						"%d %v and %v", int(c), a, b)
				}
			}
		}
	}
}
