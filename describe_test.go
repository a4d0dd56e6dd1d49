package httpstatus_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
)

func TestDescribe(t *testing.T) {
	for c := httpstatus.Code(-1); c <= 700; c++ {
		d := httpstatus.Describe(c)
		assert.Equal(t, c, d.Code)
		assert.Equal(t, c.Phrase(), d.Phrase)
		assert.NotEmpty(t, d.Meaning, "%d", int(c))
		assert.NotEmpty(t, d.Reference, "%d", int(c)) // of its class, if it is not registered
		assert.True(t, strings.HasPrefix(d.URL, "https://"), "%d: %s", int(c), d.URL)
		if c.IsRegistered() {
			assert.NotEmpty(t, d.UseWhen, "%d", int(c))
			assert.Equal(t, c.Reference(), d.Reference)
		} else {
			assert.Empty(t, c.Reference(), "%d", int(c))
		}
	}
	assert.Contains(t, httpstatus.Describe(799).Meaning, "Not a status code")
	assert.NotEqual(t, httpstatus.Describe(400).Meaning, httpstatus.Describe(471).Meaning)
	assert.Contains(t, httpstatus.Describe(418).HistoricNames, "I'm a teapot")
}

// The pairs that are confused most must be told apart on both cards.
func TestDescribeTellsApart(t *testing.T) {
	pairs := [][2]httpstatus.Code{
		{401, 403}, {403, 404}, {404, 410}, {400, 422}, {301, 308}, {302, 307},
		{200, 201}, {200, 202}, {200, 204}, {201, 202}, {201, 204}, {202, 204},
		{500, 400}, {500, 422}, {502, 503}, {502, 504}, {503, 504}, {500, 503}, {409, 412},
	}
	for _, p := range pairs {
		for _, side := range [][2]httpstatus.Code{p, {p[1], p[0]}} {
			assert.True(t, tells(side[0], side[1]), "the card of %d does not tell it from %d", side[0], side[1])
		}
	}
	for c := range httpstatus.All() {
		for _, d := range httpstatus.Describe(c).NotToBeConfusedWith {
			assert.True(t, d.Code.IsRegistered())
			assert.NotEqual(t, c, d.Code)
			assert.True(t, tells(d.Code, c), "%d tells itself from %d, but not the other way round", int(c), int(d.Code))
		}
	}
	for _, c := range []httpstatus.Code{500, 502, 503, 504} {
		assert.NotEmpty(t, httpstatus.Describe(c).Debugging, "%d", int(c))
	}
}

func tells(c, other httpstatus.Code) bool {
	for _, d := range httpstatus.Describe(c).NotToBeConfusedWith {
		if d.Code == other && d.How != "" {
			return true
		}
	}
	return false
}
