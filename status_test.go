package httpstatus_test

import (
	"errors"
	"fmt"
	"math"
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
		t.Run(test.want, func(t *testing.T) { assert.Equal(t, test.want, test.code.String()) })
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

// sweep returns the codes that the predicates are tried with: every int from -1
// to 1100, and the extremes at which a narrower type or a sum would wrap round
// to a number that is a status code.
func sweep() []httpstatus.Code {
	var codes []httpstatus.Code
	for c := httpstatus.Code(-1); c <= 1100; c++ {
		codes = append(codes, c)
	}
	codes = append(codes,
		math.MinInt, math.MinInt+1, math.MinInt+404, math.MinInt32, math.MinInt16,
		-65136,               // 400 in 16 bits
		-404, -200, -112, -2, // 144 and so on in 8 bits, and a lost sign
		math.MaxInt16, math.MaxUint16, 65736, // 200 in 16 bits
		65536+404, 1<<20+404, 1<<24+503,
		math.MaxInt32, math.MaxInt-1, math.MaxInt,
	)
	if strconv.IntSize == 64 {
		wide := int64(1<<32 + 404) // a variable, as the constant is no int where int has 32 bits
		codes = append(codes, httpstatus.Code(wide), httpstatus.Code(-wide), httpstatus.Code(wide<<8))
	}
	return codes
}

// registered returns the codes that the oracle knows, in increasing order.
func registered() []httpstatus.Code {
	var codes []httpstatus.Code
	for c := range 1100 {
		if reference.IsRegistered(c) {
			codes = append(codes, httpstatus.Code(c))
		}
	}
	return codes
}

func TestIsRetryable(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.IsRetryable(int(c)), c.IsRetryable(), "IsRetryable of %d", int(c))
	}
}

func TestApplied(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.Applied(int(c)), c.Applied().String(), "Applied of %d", int(c))
	}
}

// An unregistered code answers every question but one as its class does: it is
// never heuristically cacheable (RFC 9110, Section 15.1).
func TestUnregisteredActsAsItsClass(t *testing.T) {
	for _, c := range sweep() {
		if !c.IsValid() || c.IsRegistered() {
			continue
		}
		f := c.Fallback()
		assert.Equal(t, f.Class(), c.Class(), "%d", int(c))
		assert.Equal(t, f.ForbidsStorage(), c.ForbidsStorage(), "%d", int(c))
		assert.Equal(t, f.AllowsContent(), c.AllowsContent(), "%d", int(c))
		assert.Equal(t, f.IsRetryable(), c.IsRetryable(), "%d", int(c))
		assert.Equal(t, f.Applied(), c.Applied(), "%d", int(c))
		assert.Equal(t, f.IsRedirect(), c.IsRedirect(), "%d", int(c))
		assert.Equal(t, f.IsPermanent(), c.IsPermanent(), "%d", int(c))
		assert.Equal(t, f.PreservesMethod(), c.PreservesMethod(), "%d", int(c))
		assert.False(t, c.IsCacheable(), "%d", int(c))
	}
}

// What is no status code has no property of one. It may have content, as
// nothing forbids it, and is treated as 500 without being retryable.
func TestInvalidIsInert(t *testing.T) {
	for _, c := range sweep() {
		if c.IsValid() {
			continue
		}
		assert.Equal(t, httpstatus.Class(0), c.Class(), "%d", int(c))
		assert.Equal(t, httpstatus.InternalServerError, c.Fallback(), "%d", int(c))
		assert.True(t, c.AllowsContent(), "%d", int(c))
		assert.Equal(t, httpstatus.AppliedUnknown, c.Applied(), "%d", int(c))
		for name, got := range map[string]bool{
			"IsRegistered": c.IsRegistered(), "IsInformational": c.IsInformational(), "IsSuccess": c.IsSuccess(),
			"IsRedirection": c.IsRedirection(), "IsClientError": c.IsClientError(), "IsServerError": c.IsServerError(),
			"IsError": c.IsError(), "IsCacheable": c.IsCacheable(), "ForbidsStorage": c.ForbidsStorage(),
			"IsRetryable": c.IsRetryable(), "IsRedirect": c.IsRedirect(), "IsPermanent": c.IsPermanent(),
			"PreservesMethod": c.PreservesMethod(), "RequiresHeader": c.RequiresHeader("Allow"),
		} {
			assert.False(t, got, "%s of %d", name, int(c))
		}
		assert.Nil(t, c.MissingHeaders(nil), "%d", int(c))
		for r := range c.HeaderRules() {
			t.Errorf("%d has the rule %v", int(c), r)
		}
	}
}

func TestIsCacheable(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.IsCacheable(int(c)), c.IsCacheable(), "IsCacheable of %d", int(c))
	}
}

func TestForbidsStorage(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.ForbidsStorage(int(c)), c.ForbidsStorage(), "ForbidsStorage of %d", int(c))
		if c.ForbidsStorage() {
			assert.False(t, c.IsCacheable(), "%d cannot be both", int(c))
		}
	}
}

func TestAllowsContent(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.AllowsContent(int(c)), c.AllowsContent(), "AllowsContent of %d", int(c))
	}
}
