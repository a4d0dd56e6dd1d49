package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
	"example.com/httpstatus/internal/choosing"
)

func TestPickJSON(t *testing.T) {
	status, out, errout := runWith(nil, 0, "pick", "-json", "rate", "limit")
	require.Equal(t, exitOK, status, errout)
	var cards []card.Card
	require.NoError(t, json.Unmarshal([]byte(out), &cards))
	require.NotEmpty(t, cards)
	assert.LessOrEqual(t, len(cards), maxPicks)
	assert.Equal(t, card.New(429), cards[0])
}

// TestPickAnswers holds that every code that can be chosen is what its answers
// give, and that each beginning of them gives the question that comes next.
func TestPickAnswers(t *testing.T) {
	for c := range httpstatus.All() {
		for _, way := range choosing.Paths(c) {
			var names []string
			for i, step := range way {
				if i > 0 {
					_, out, _ := runWith(nil, 0, "pick", "-json", "-answer", strings.Join(names, ","))
					var picked pickedJSON
					require.NoError(t, json.Unmarshal([]byte(out), &picked))
					assert.Equal(t, step.Ask, picked.Question)
					assert.Nil(t, picked.Card)
				}
				names = append(names, step.Answer.Name)
			}
			status, out, errout := runWith(nil, 0, "pick", "-json", "-answer", strings.Join(names, ","))
			require.Equal(t, exitOK, status, errout)
			var picked pickedJSON
			require.NoError(t, json.Unmarshal([]byte(out), &picked))
			require.NotNil(t, picked.Card)
			assert.Equal(t, card.New(c), *picked.Card)
			_, out, _ = runWith(nil, 0, "pick", "-oneline", "-answer", strings.Join(names, "/"))
			assert.True(t, strings.HasPrefix(out, c.String()[:3]+"\t"), out)
		}
	}
}

// ask runs the guide with the keys that a user presses, and returns what is on
// the screen at the end, without escape sequences.
func ask(t *testing.T, keys string) string {
	t.Helper()
	var out bytes.Buffer
	restored := false
	status := run([]string{"pick"}, system{
		getenv:   func(string) string { return "" },
		stdin:    strings.NewReader(keys),
		stdout:   &out,
		stderr:   &out,
		terminal: func() (int, bool) { return 80, true },
		raw:      func() (func(), bool) { return func() { restored = true }, true },
	})
	require.Equal(t, exitOK, status)
	require.True(t, restored, "the terminal is left as it was found")
	screen := out.String()
	if i := strings.LastIndex(screen, "\x1b[J"); i >= 0 {
		screen = screen[i:]
	}
	return regexp.MustCompile(`\x1b\[[0-9;]*[mJA]|\r`).ReplaceAllString(screen, "")
}

func TestGuide(t *testing.T) {
	for _, test := range []struct {
		why, keys string
		want      []string
	}{
		{"numbers", "311", []string{"401  Unauthorized", "It MUST carry WWW-Authenticate.", "403  Forbidden comes next to it. Would other credentials"}},
		{"arrows and enter", "\x1b[B\x1b[B\r\x1bOB\x1b[A\n\r", []string{"401  Unauthorized"}},
		{"up from the first is the last", "\x1b[A\r1", []string{"100  Continue"}},
		{"right chooses and left goes back to where one was", "3\x1b[B\x1b[C\x1b[Dq", []string{"> 2  What was asked for", "What stands in the way?"}},
		{"a reason", "wq", []string{"The first digit."}},
		{"and away with it", "w?q", []string{"What became of the request?"}},
		{"back at the beginning does nothing", "b\x7fq", []string{"What became of the request?"}},
		{"a number that is no answer, and keys that are none", "9x\x1b[5~\x1bxq", []string{"> 1  It was carried out"}},
		{"the end of the input", "", []string{"> 1  It was carried out"}},
		{"control-C", "3\x03", []string{"What stands in the way?"}},
		{"escape", "3\x1b", []string{"What stands in the way?"}},
		{"other letters", "jjkk\t1", []string{"What does the response bring?"}},
	} {
		t.Run(test.why, func(t *testing.T) {
			screen := ask(t, test.keys)
			for _, want := range test.want {
				assert.Contains(t, screen, want)
			}
		})
	}
}

// FuzzReadKey holds that any input is read to its end as keys, without a panic,
// and that the guide takes each.
func FuzzReadKey(f *testing.F) {
	f.Add([]byte("\x1b[1;5A\x1b\x1bO"))
	f.Fuzz(func(t *testing.T, input []byte) {
		g := newGuide(system{getenv: func(string) string { return "" }, terminal: func() (int, bool) { return 80, true }})
		in := bufio.NewReader(bytes.NewReader(input))
		for {
			k, err := readKey(in)
			if err != nil {
				return
			}
			if c, done := g.press(k); done && c != 0 {
				assert.True(t, c.IsRegistered())
				g = newGuide(system{getenv: func(string) string { return "" }, terminal: func() (int, bool) { return 80, true }})
			}
			require.Less(t, g.at, len(g.q.Answers))
			require.NoError(t, g.draw(&bytes.Buffer{}))
		}
	})
}

// TestGuidePath holds that the path above a question keeps its indent where it is
// wrapped.
func TestGuidePath(t *testing.T) {
	g := newGuide(system{getenv: func(k string) string { return map[string]string{"NO_COLOR": "1"}[k] }, terminal: func() (int, bool) { return 40, true }})
	g.press(keyDigit + 2)
	var out bytes.Buffer
	require.NoError(t, g.draw(&out))
	path, _, ok := strings.Cut(out.String(), "\r\n"+g.q.Ask+"\r\n")
	require.True(t, ok)
	lines := strings.Split(path, "\r\n")
	assert.Greater(t, len(lines), 1)
	for _, line := range lines {
		assert.Regexp(t, `^  \S`, line)
	}
}
