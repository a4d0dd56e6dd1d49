package conform

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A section is a part of a file in testdata/rules: a name and a text.
type section struct{ name, text string }

// ruleFile reads the examples of a rule. The format is that of txtar.
func ruleFile(t testing.TB, id string) []section {
	data, err := os.ReadFile(filepath.Join("testdata", "rules", id+".txt"))
	require.NoError(t, err)
	var sections []section
	for line := range strings.Lines(string(data)) {
		if name, ok := strings.CutPrefix(line, "-- "); ok {
			sections = append(sections, section{name: strings.TrimSuffix(name, " --\n")})
		} else if len(sections) > 0 {
			sections[len(sections)-1].text += line
		}
	}
	return sections
}

// readOne reads the one exchange in text.
func readOne(t testing.TB, text string) Exchange {
	var all []Exchange
	for x, err := range ReadText(strings.NewReader(text)) {
		require.NoError(t, err, "%s", text)
		all = append(all, x)
	}
	require.Len(t, all, 1, "%s", text)
	return all[0]
}

// findingsOf checks the exchanges in text, each alone or the two as a pair.
func findingsOf(t testing.TB, r Rule, text string) []Finding {
	if !r.NeedsPair() {
		return Check(readOne(t, text), Enable(r.ID))
	}
	all, err := collect(ReadText(strings.NewReader(text)))
	require.NoError(t, err)
	require.Len(t, all, 2, text)
	return append(append(Check(all[0]), Check(all[1])...), CheckPair(all[0], all[1], Enable(r.ID))...)
}

// ids returns the rules that were broken.
func ids(findings []Finding) []string {
	var ids []string
	for _, f := range findings {
		ids = append(ids, f.Rule)
	}
	return ids
}

// Every example of testdata/rules does what its name says: a wrong one breaks
// the rule, a right one does not. The first right one, which the documentation
// shows, breaks no rule at all.
func TestRuleExamples(t *testing.T) {
	for r := range Rules() {
		t.Run(r.ID, func(t *testing.T) {
			wrong, right := 0, 0
			for _, s := range ruleFile(t, r.ID) {
				if strings.HasSuffix(s.name, "(Go)") { // see TestHandlerFindings
					wrong, right = 1, 1
					continue
				}
				findings := findingsOf(t, r, s.text)
				if strings.HasPrefix(s.name, "wrong") {
					wrong++
					assert.Contains(t, ids(findings), r.ID, "%s:\n%s", s.name, s.text)
					continue
				}
				right++
				assert.NotContains(t, ids(findings), r.ID, "%s:\n%s", s.name, s.text)
				if s.name == "right" {
					assert.Empty(t, findings)
				}
			}
			assert.Positive(t, wrong, "exchanges that break the rule")
			assert.Positive(t, right, "exchanges that do not")
		})
	}
}

// No file is left over from a rule that is gone.
func TestNoOrphanExamples(t *testing.T) {
	names, err := filepath.Glob(filepath.Join("testdata", "rules", "*.txt"))
	require.NoError(t, err)
	for _, name := range names {
		id := strings.TrimSuffix(filepath.Base(name), ".txt")
		assert.True(t, IsRuleName(id), id)
	}
}

func TestRuleTable(t *testing.T) {
	seen := map[string]bool{}
	groups := strings.Fields("status content upgrade range redirect condition challenge method request message retry cache problem pair server")
	n := 0
	for r := range Rules() {
		n++
		assert.False(t, seen[r.ID], "%s twice", r.ID)
		seen[r.ID] = true
		assert.Contains(t, groups, r.Group, r.ID)
		assert.NotEmpty(t, r.Reference, r.ID)
		assert.LessOrEqual(t, r.Severity, Error, r.ID)
		for _, s := range []string{r.Summary, r.Why, r.Fix} {
			assert.True(t, strings.HasSuffix(s, "."), "%s: %q is a sentence", r.ID, s)
		}
		assert.NotContains(t, groups, r.ID, "an id is no group")
		if r.Reference == practice {
			assert.Empty(t, r.Quote, r.ID)
			assert.NotEqual(t, Error, r.Severity, "%s: practice is no MUST", r.ID)
		}
	}
	assert.LessOrEqual(t, n, maxRules)
}

// A plan is a set of 64 bits, and what it leaves out is exactly what needs a
// field that is absent: for no field, for each alone and for all of them.
func TestPlans(t *testing.T) {
	for status := lowest - 1; status <= highest+1; status++ {
		p := rulesFor(status)
		require.LessOrEqual(t, len(p.entries), maxEntries, status)
		for f := range fProblem + 3 {
			present := uint64(1) << f
			switch f {
			case fProblem + 1:
				present = 0
			case fProblem + 2:
				present = 1<<(fProblem+1) - 1
			}
			about := p.about(present)
			for i, e := range p.entries {
				want := e.rule.needs == 0 || e.rule.needs&present != 0
				require.Equal(t, want, about>>i&1 == 1, "%d %s %x", status, e.rule.ID, present)
			}
			require.Zero(t, about>>len(p.entries), status)
		}
	}
}

// The cheap look lets no name pass that the rule looks for, wherever it stands
// and whatever letters come before it.
func TestMayFail(t *testing.T) {
	for _, name := range []string{"error", "errors", "ok", "success", "status"} {
		for _, before := range []string{``, ` `, `"a":1,`, `"ouroboros":"our vacuum, so you know",`, `"o":"u",`} {
			assert.True(t, mayFail([]byte(` {`+before+`"`+name+`":0}`)), "%s after %s", name, before)
			assert.True(t, mayFail([]byte(`{`+before+`"`+name+`"`)), "%s at the end after %s", name, before)
		}
	}
	for _, body := range []string{``, `{`, `{o`, `{u`, `{ok`, `{u"`, `{}`, `[{"error":1}]`, `"error"`,
		`{"users":["Ada","Bob"],"okay":true,"statute":"a successor"}`} {
		assert.False(t, mayFail([]byte(body)), body)
	}
}

// statements are the errors whose section says what a message is instead of
// what a sender MUST do. A message that is otherwise is not one of HTTP, which
// is no less than a broken MUST.
var statements = map[string]string{
	"status-out-of-range": "defines which codes are valid",
	"interim-content":     "defines where a 1xx ends: it cannot contain content",
	"204-content":         "defines where a 204 ends: it cannot contain content",
	"304-content":         "defines where a 304 ends: it cannot contain content",
	"101-http2":           "defines that HTTP/2 does not support the code",
	"206-without-range":   "defines that 206 fulfils a range request",
	"304-not-conditional": "defines that 304 answers a conditional request",
	"304-not-matching":    "defines when If-None-Match is false, which 304 says",
	"problem-malformed":   "defines that a problem document is a JSON object",
	"write-header-twice":  "defines that a request has exactly one final response",
	"header-after-write":  "is about http.ResponseWriter, whose documentation says that it has no effect",
}

// Every error rests on a MUST, or on the definition of a message, and every
// quote stands in the section that it is said to come from. The passages are
// excerpts of these sections.
func TestQuotes(t *testing.T) {
	passages := readPassages(t)
	for r := range Rules() {
		if r.Severity == Error {
			if _, ok := statements[r.ID]; !ok {
				assert.Contains(t, r.Quote, "MUST", r.ID)
			}
		}
		if r.Quote == "" {
			continue
		}
		from := r.Reference
		if r.quoted != "" {
			from = r.quoted
		}
		assert.True(t, slices.ContainsFunc(passages[from], func(p string) bool { return strings.Contains(p, r.Quote) }),
			"%s: %s does not say %q", r.ID, from, r.Quote)
	}
	for id := range statements {
		assert.True(t, IsRuleName(id), id)
	}
}

// readPassages reads testdata/passages.txt: paragraphs by section.
func readPassages(t *testing.T) map[string][]string {
	data, err := os.ReadFile(filepath.Join("testdata", "passages.txt"))
	require.NoError(t, err)
	passages := map[string][]string{}
	reference := ""
	for paragraph := range strings.SplitSeq(string(data), "\n\n") {
		if name, ok := strings.CutPrefix(paragraph, "## "); ok {
			reference = strings.TrimSpace(name)
			continue
		}
		passages[reference] = append(passages[reference], strings.Join(strings.Fields(paragraph), " "))
	}
	return passages
}

// A rule beside those of Rules takes the options that Check takes.
func TestRuleFinding(t *testing.T) {
	own := Rule{ID: "own", Group: "mine", Severity: Warning, Reference: "practice", Fix: "Mend it."}
	off := own
	off.Off = true
	excuse := Exempt(func(rule string, x Exchange) bool { return rule == "own" && x.Status == 404 })
	for _, test := range []struct {
		name string
		rule Rule
		opts []Option
		want Severity
		ok   bool
	}{
		{"as it is", own, nil, Warning, true},
		{"off", off, nil, 0, false},
		{"on by its group", off, []Option{Enable("mine")}, Warning, true},
		{"off by its id", own, []Option{Disable("own")}, 0, false},
		{"the later one wins", own, []Option{Disable("all"), Enable("own")}, Warning, true},
		{"another rule", own, []Option{Disable("method"), WithSeverity(Error, "cache")}, Warning, true},
		{"another severity", own, []Option{WithSeverity(Error, "own"), MinSeverity(Error)}, Error, true},
		{"too low", own, []Option{MinSeverity(Error)}, 0, false},
		{"excused", own, []Option{excuse}, 0, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, ok := test.rule.Finding(Exchange{Status: 404}, "It is wrong.", test.opts...)
			assert.Equal(t, test.ok, ok)
			if ok {
				assert.Equal(t, Finding{Rule: "own", Severity: test.want, Message: "It is wrong.", Reference: "practice", Fix: "Mend it."}, f)
			} else {
				assert.Zero(t, f)
			}
		})
	}
}
