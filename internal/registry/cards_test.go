package registry

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// parseCards reads cards for a registry of two codes and a reserved one, and
// returns it with the complaints, of which those on missing class cards are
// none of the tests' business.
func parseCards(content string) (*Registry, []string) {
	r := &Registry{
		Codes:    []Entry{{Code: 403}, {Code: 404}},
		Reserved: []Entry{{Code: 418, Card: Card{Line: -1, Meaning: "x", UseWhen: "x"}}},
	}
	l := &loader{fsys: fstest.MapFS{cardsFile: {Data: []byte(content)}}}
	for i := 1; i < len(r.Classes); i++ {
		r.Classes[i] = Entry{Code: i, Card: Card{Line: -1, Meaning: "x", UseWhen: "x"}}
	}
	l.cards(r)
	var complaints []string
	for _, err := range l.errs {
		complaints = append(complaints, err.Error())
	}
	return r, complaints
}

func TestCards(t *testing.T) {
	b, err := os.ReadFile("testdata/cards.txt")
	require.NoError(t, err)
	r, complaints := parseCards(string(b))
	assert.Empty(t, complaints)
	assert.Equal(t, Card{
		Meaning: "the server understood the request and will not fulfill it.",
		UseWhen: "Answer so when the credentials do not suffice.",
		Confused: []Confusion{
			{404, "404 hides that there is anything."},
			{418, "Nobody means it."},
		},
		Debug: "Look at the policy first.",
		Line:  3,
	}, r.Codes[0].Card)
	assert.Equal(t, Card{
		Meaning: "there is nothing here, or the server will not say. It says nothing of how long.",
		UseWhen: "Answer so when the target has no representation.",
		Line:    11,
	}, r.Codes[1].Card)
}

func TestCardErrors(t *testing.T) {
	const good403 = "403\nmeans: x\nuse: x\n"
	const good404 = "404\nmeans: x\nuse: x\n"
	for _, test := range []struct {
		why, in string
		want    []string
	}{
		{"as it should be", good403 + good404, nil},
		{"no card", good403, []string{"cards.txt:3: 404 has no card"}},
		{"nothing at all", "", []string{"cards.txt:1: 403 has no card", "cards.txt:1: 404 has no card"}},
		{"no meaning", good403 + "404\nuse: x\n", []string{`cards.txt:4: 404 has no "means"`}},
		{"no use", good403 + "404\nmeans: x\n", []string{`cards.txt:4: 404 has no "use"`}},
		{"a code that is not registered", good403 + good404 + "405\nmeans: x\n", []string{`cards.txt:7: "405" is not a registered code, nor a class`}},
		{"an unregistered code has no card", good403 + good404 + "471\n", []string{`cards.txt:7: "471" is not a registered code, nor a class`}},
		{"two cards", good403 + good404 + good403, []string{"cards.txt:7: 403 has a card at line 1"}},
		{"an unknown key", good403 + good404 + "when: x\n", []string{`cards.txt:7: there is no key "when"`}},
		{"a key twice", good403 + good404 + "use: x\n", []string{`cards.txt:7: "use" is told twice`}},
		{"not to be confused with itself", good403 + good404 + "not 404: x\n", []string{`cards.txt:7: "404" is not another code`}},
		{"not to be confused with a class", good403 + good404 + "not 4xx: x\n", []string{`cards.txt:7: "4xx" is not another code`}},
		{"not to be confused with nothing", good403 + good404 + "not 405: x\n", []string{`cards.txt:7: "405" is not a registered code`}},
		{"not to be confused with it twice", good403 + good404 + "not 403: x\nnot 403: y\n", []string{`cards.txt:8: "not 403" is told twice`}},
		{"a key without words", good403 + good404 + "debug: \n", []string{`cards.txt:7: "debug" says nothing`}},
		{"words before any code", "means: x\n" + good403 + good404, []string{`cards.txt:1: "means" stands before the first code`}},
		{"a continuation of nothing", good403 + good404 + "\n  x\n", []string{"cards.txt:8: a continuation without a paragraph"}},
		{"a continuation of a code", good403 + "404\n  x\nmeans: x\nuse: x\n", []string{"cards.txt:5: a continuation without a paragraph"}},
		{"one space", good403 + good404 + " use: x\n", []string{"cards.txt:7: neither a code, nor a key with its paragraph, nor a continuation (two spaces)"}},
		{"no colon", good403 + good404 + "use it\n", []string{"cards.txt:7: neither a code, nor a key with its paragraph, nor a continuation (two spaces)"}},
	} {
		_, complaints := parseCards(test.in)
		assert.Equal(t, test.want, complaints, test.why)
	}
}

// Codes that people mistake for each other are told apart in both cards.
func TestCardsTellApart(t *testing.T) {
	r := load(t)
	told := map[[2]int]bool{}
	for _, e := range r.Codes {
		for _, x := range e.Card.Confused {
			told[[2]int{e.Code, x.Code}] = true
		}
	}
	for pair := range told {
		if r.reserved(itoa(pair[1])) == nil {
			assert.True(t, told[[2]int{pair[1], pair[0]}], "%d says how it differs from %d, but not the other way round", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]int{
		{401, 403}, {403, 404}, {404, 410}, {400, 422}, {301, 308}, {302, 307}, {409, 412},
		{200, 201}, {200, 202}, {200, 204}, {201, 202}, {500, 400}, {500, 422},
		{502, 503}, {503, 504}, {502, 504}, {500, 503},
	} {
		assert.True(t, told[pair], "%d does not say how it differs from %d", pair[0], pair[1])
	}
	for _, code := range []string{"500", "502", "503", "504"} {
		assert.NotEmpty(t, r.entry(code).Card.Debug, "%s does not say where to look first", code)
	}
}
