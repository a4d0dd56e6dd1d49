package registry

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
)

// complaintsOf reads two files for a registry of three codes and a reserved one.
func complaintsOf(choices, sayings string) (*Registry, []string) {
	r := &Registry{Codes: []Entry{{Code: 403}, {Code: 404}, {Code: 410}}, Reserved: []Entry{{Code: 418}}}
	l := &loader{fsys: fstest.MapFS{choicesFile: {Data: []byte(choices)}, sayingsFile: {Data: []byte(sayings)}}}
	l.choices(r)
	l.sayings(r)
	var complaints []string
	for _, err := range l.errs {
		complaints = append(complaints, err.Error())
	}
	return r, complaints
}

const (
	goodChoices = "# c\nstart\nask: Is it\n  there?\nwhy: w\nyes -> hidden: it is\nno -> 410: " +
		"no\n\nhidden\nask: a\nwhy: w\nyes -> 403: y\nno -> 404: n\n\n418: unused\n"
	goodSayings = "403: no\n404: x; y\n  z\n410: gone\n418: tea\n"
)

func TestChoices(t *testing.T) {
	r, complaints := complaintsOf(goodChoices, goodSayings)
	assert.Empty(t, complaints)
	assert.Equal(t, []Question{
		{Name: "start", Ask: "Is it there?", Why: "w", Line: 2, Answers: []Answer{
			{Name: "yes", Text: "it is", Next: "hidden", Line: 6}, {Name: "no", Text: "no", Code: 410, Line: 7}}},
		{Name: "hidden", Ask: "a", Why: "w", Line: 9, Answers: []Answer{
			{Name: "yes", Text: "y", Code: 403, Line: 12}, {Name: "no", Text: "n", Code: 404, Line: 13}}},
	}, r.Questions)
	assert.Equal(t, []Unchosen{{418, "unused"}}, r.Unchosen)
	assert.Equal(t, []string{"x", "y z"}, r.Sayings[404])
}

func TestChoicesComplaints(t *testing.T) {
	for _, test := range []struct{ why, old, new, want string }{
		{"a code that nothing leads to", "418: unused\n", "", `choices.txt:1: 418 is neither reached nor left out`},
		{"a code that is reached and left out", "418: unused", "418: unused\n404: x", `choices.txt:1: 404 is left out, and reached`},
		{"a target that is nothing", "-> hidden", "-> hiden", `choices.txt:6: "hiden" is neither a code nor a question`},
		{"a question that is never asked", "-> hidden", "-> 403", `choices.txt:9: "hidden" is never asked`},
		{"a circle", "no -> 404", "no -> start", `choices.txt:2: "start" leads back to itself`},
		{"a code that there is not", "no -> 410", "no -> 499", `choices.txt:7: 499 is not a registered code`},
		{"no reason", "why: w\nyes -> 403", "yes -> 403", `choices.txt:9: "hidden" lacks "ask" or "why"`},
		{"one answer", "no -> 404: n\n", "", `choices.txt:9: "hidden" separates nothing`},
		{"an answer twice", "no -> 404", "yes -> 404", `choices.txt:13: "yes" answers "hidden" twice`},
		{"a question twice", "hidden\nask", "start\nask", `choices.txt:9: "start" is asked twice`},
		{"a key twice", "ask: a\n", "ask: a\nask: b\n", `choices.txt:11: "ask" is no key, or stands here twice`},
		{"a line without text", "no -> 410: no", "no -> 410", `choices.txt:7: neither a question, nor a line below one with its text`},
		{"a continuation of nothing", "start\nask", "start\n  x\nask", `choices.txt:3: a continuation without a text`},
		{"an answer before any question", "# c\n", "yes -> 403: y\n", `choices.txt:1: "yes -> 403" stands before the first question`},
		{"a code left out that there is not", "418: unused", "418: unused\n999: x", `choices.txt:16: "999" is neither a registered nor a reserved code`},
	} {
		t.Run(test.why, func(t *testing.T) {
			changed := strings.Replace(goodChoices, test.old, test.new, 1)
			assert.NotEqual(t, goodChoices, changed)
			_, complaints := complaintsOf(changed, goodSayings)
			assert.Contains(t, complaints, test.want)
		})
	}
	_, complaints := complaintsOf("", goodSayings)
	assert.Equal(t, []string{"choices.txt:1: no question"}, complaints)
}

func TestSayingsComplaints(t *testing.T) {
	for _, test := range []struct{ why, old, new, want string }{
		{"a code without", "418: tea\n", "", `sayings.txt:1: 418 has no saying`},
		{"a code that there is not", "418:", "600:", `sayings.txt:5: "600" is no status code`},
		{"a code twice", "410: gone", "410: gone\n403: again", `sayings.txt:5: 403 has its sayings above`},
		{"a saying twice", "x; y", "x; x; y", `sayings.txt:2: 404 has "x" twice`},
		{"an empty saying", "x; y", "x;; y", `sayings.txt:2: 404 has an empty saying`},
	} {
		t.Run(test.why, func(t *testing.T) {
			changed := strings.Replace(goodSayings, test.old, test.new, 1)
			assert.NotEqual(t, goodSayings, changed)
			_, complaints := complaintsOf(goodChoices, changed)
			assert.Contains(t, complaints, test.want)
		})
	}
}
