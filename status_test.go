package httpstatus_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
)

func TestIsValid(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.IsValid(int(c)), c.IsValid(), "IsValid of %d", int(c))
	}
}

func TestIsRegistered(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.IsRegistered(int(c)), c.IsRegistered(), "IsRegistered of %d", int(c))
	}
}

func TestPhrase(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.Phrase(int(c)), c.Phrase(), "Phrase of %d", int(c))
	}
}

func TestString(t *testing.T) {
	for _, c := range sweep() {
		want := strconv.Itoa(int(c))
		if p := reference.Phrase(int(c)); p != "" {
			want += " " + p
		}
		assert.Equal(t, want, c.String(), "String of %d", int(c))
		assert.Equal(t, want, c.Error(), "Error of %d", int(c))
		assert.Equal(t, want, fmt.Sprint(c), "%d printed", int(c))
	}
}

// The rows are the cases with a story; the sweep above has them all.
func TestStringRows(t *testing.T) {
	for _, test := range []struct {
		code httpstatus.Code
		want string
	}{
		{404, "404 Not Found"},
		{413, "413 Content Too Large"},           // Request Entity Too Large until RFC 9110
		{104, "104 Upload Resumption Supported"}, // without "(TEMPORARY ...)"
		{510, "510 Not Extended"},                // without "(OBSOLETED)"
		{306, "306"},                             // "(Unused)" is not a phrase
		{418, "418"},                             // neither here, whatever the joke
		{427, "427"},                             // "Unassigned" is not a phrase
		{471, "471"},                             // the RFC's example of an unknown code
		{0, "0"},                                 // the zero Code
		{-404, "-404"},                           // keeps its sign
		{799, "799"},                             // keeps its digits
		{511, "511 Network Authentication Required"}, // the last phrase of the table
		{100, "100 Continue"},                        // the first
		{599, "599"},                                 // the last code of the table
	} {
		assert.Equal(t, test.want, test.code.String())
	}
}

func TestAll(t *testing.T) {
	all := slices.Collect(httpstatus.All())
	assert.Len(t, all, 62, "codes of the registry of 2025-09-15")
	assert.Equal(t, registered(), all)
	assert.True(t, slices.IsSorted(all))

	for range 2 { // the same iterator works twice
		assert.Equal(t, all, slices.Collect(httpstatus.All()))
	}
}

// A loop that breaks off must not be called again.
func TestAllBreaksOff(t *testing.T) {
	for n := range len(registered()) + 1 {
		var got []httpstatus.Code
		for c := range httpstatus.All() {
			if len(got) == n {
				break
			}
			got = append(got, c)
		}
		assert.Equal(t, registered()[:n], append([]httpstatus.Code{}, got...))
	}
}

func TestRegistryUpdated(t *testing.T) {
	assert.Equal(t, "2025-09-15", httpstatus.RegistryUpdated())
}

// A function may return a bare Code as its error, wrapped or not.
func TestCodeIsError(t *testing.T) {
	var err error = httpstatus.NotFound
	require.EqualError(t, err, "404 Not Found")

	wrapped := fmt.Errorf("reading the profile: %w", err)
	assert.ErrorIs(t, err, httpstatus.NotFound)
	assert.ErrorIs(t, wrapped, httpstatus.NotFound)
	assert.NotErrorIs(t, wrapped, httpstatus.Gone)
	assert.NotErrorIs(t, wrapped, httpstatus.BadRequest, "a code is not its class")

	var c httpstatus.Code
	require.ErrorAs(t, wrapped, &c)
	assert.Equal(t, httpstatus.NotFound, c)

	joined := errors.Join(httpstatus.Conflict, httpstatus.Gone)
	assert.ErrorIs(t, joined, httpstatus.Gone)
	assert.ErrorIs(t, joined, httpstatus.Conflict)
}

// Constants are codes and not bare ints, and typed ones convert both ways.
func TestConstantsHaveTheirNumbers(t *testing.T) {
	assert.Equal(t, 404, int(httpstatus.NotFound))
	assert.Equal(t, httpstatus.NotFound, httpstatus.Code(404))
	assert.Equal(t, map[httpstatus.Code]bool{httpstatus.OK: true}, map[httpstatus.Code]bool{200: true})
}
