package main

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

// TestRank: what people ask for, and the codes that must be at the top, in any
// order among themselves.
func TestRank(t *testing.T) {
	for _, tt := range []struct {
		words string
		top   []httpstatus.Code
	}{
		{"rate limit", []httpstatus.Code{429}},
		{"throttled", []httpstatus.Code{429}}, // no card says so
		{"not logged in", []httpstatus.Code{401}},
		{"permission denied", []httpstatus.Code{403}},
		{"validation failed", []httpstatus.Code{422}},
		{"Validating FAILS!", []httpstatus.Code{422}},
		{"bad json", []httpstatus.Code{400}},
		{"upstream timeout", []httpstatus.Code{504}},
		{"backend down", []httpstatus.Code{503, 502}},
		{"duplicate", []httpstatus.Code{409}},
		{"already exists", []httpstatus.Code{409}},
		{"edit conflict", []httpstatus.Code{409}},
		{"lost update", []httpstatus.Code{428}},
		{"moved for good", []httpstatus.Code{308, 301}},
		{"deleted", []httpstatus.Code{410}},
		{"missing", []httpstatus.Code{404}},
		{"no such user", []httpstatus.Code{404}},
		{"payload too big", []httpstatus.Code{413}},
		{"request entity too large", []httpstatus.Code{413}}, // a historic name
		{"cookie too big", []httpstatus.Code{431}},
		{"url too long", []httpstatus.Code{414}},
		{"unsupported content type", []httpstatus.Code{415}},
		{"wrong method", []httpstatus.Code{405}},
		{"queued for later", []httpstatus.Code{202}},
		{"redirect after POST", []httpstatus.Code{307, 303}},
		{"unchanged", []httpstatus.Code{304}},
		{"maintenance", []httpstatus.Code{503}},
		{"panic", []httpstatus.Code{500}},
		{"disk full", []httpstatus.Code{507}},
		{"captive portal", []httpstatus.Code{511}},
		{"WebSocket", []httpstatus.Code{426}},
		{"blocked by law", []httpstatus.Code{451}},
		{"413", []httpstatus.Code{413}},
	} {
		got := rank(tt.words)
		if assert.GreaterOrEqual(t, len(got), len(tt.top), tt.words) {
			assert.ElementsMatch(t, tt.top, got[:len(tt.top)], tt.words)
		}
		assert.Equal(t, got, rank(tt.words), "%q is ranked by chance", tt.words)
	}
	for _, words := range []string{"", "rhubarb", "the of to", "\x1b[2J", strings.Repeat("rhubarb ", 1000)} {
		assert.Empty(t, rank(words), "%q", words)
	}
}

// TestRankFindsEveryCode: a code is the best answer to its own phrase.
func TestRankFindsEveryCode(t *testing.T) {
	for c := range httpstatus.All() {
		got := rank(c.Phrase() + " " + strconv.Itoa(int(c)))
		require.NotEmpty(t, got, c)
		assert.Equal(t, c, got[0], "%v", c)
	}
}

func TestStem(t *testing.T) {
	for _, same := range []string{
		"move moves moved moving",
		"limit limits limited limiting",
		"drop drops dropped dropping",
		"retry retries",
		"cache caches cached caching",
		"fail fails failed failing",
		"pass passes passed passing",
	} {
		for word := range strings.FieldsSeq(same) {
			first, _, _ := strings.Cut(same, " ")
			assert.Equal(t, stem(first), stem(word), word)
		}
	}
	assert.NotEqual(t, stem("cache"), stem("catch"))
	assert.Equal(t, "", stem(""))
	assert.Equal(t, "ing", stem("ing"))
}

// TestSituations: the guide has each code once, so that a new one is not
// forgotten.
func TestSituations(t *testing.T) {
	times := map[httpstatus.Code]int{}
	for _, s := range situations {
		assert.Regexp(t, `^[A-Z].*\?$`, s.question)
		for _, c := range s.codes {
			times[c]++
		}
	}
	for c := range httpstatus.All() {
		assert.Equal(t, 1, times[c], "%v", c)
		delete(times, c)
	}
	assert.Empty(t, times, "codes that are not registered")
}

// TestThesaurus: each line leads to words that some card has, or it is of no
// use.
func TestThesaurus(t *testing.T) {
	known := map[string]bool{}
	for c := range httpstatus.All() {
		for s := range wordsOf(c) {
			known[s] = true
		}
	}
	for _, line := range thesaurus {
		asked, inCards, ok := strings.Cut(line, ":")
		require.True(t, ok, line)
		assert.NotEmpty(t, stemsOf(asked), line)
		require.NotEmpty(t, stemsOf(inCards), line)
		for _, s := range stemsOf(inCards) {
			assert.True(t, known[s], "no card has %q of %q", s, line)
		}
	}
}

func TestPickJSON(t *testing.T) {
	status, out, errout := runWith(nil, 0, "pick", "-json", "rate", "limit")
	require.Equal(t, exitOK, status, errout)
	var cards []card
	require.NoError(t, json.Unmarshal([]byte(out), &cards))
	require.NotEmpty(t, cards)
	assert.LessOrEqual(t, len(cards), maxPicks)
	assert.Equal(t, newCard(429), cards[0])
}
