package proxystatus_test

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
	"example.com/httpstatus/proxystatus"
)

// TestTypes compares every type with its section.
func TestTypes(t *testing.T) {
	all := slices.Collect(proxystatus.All())
	require.Len(t, all, len(reference.ProxyErrors))
	for i, want := range reference.ProxyErrors {
		e := all[i]
		assert.Equal(t, want.Name, e.String())
		assert.EqualValues(t, want.Status, e.Status(), want.Name)
		assert.Equal(t, want.OnlyIntermediary, e.OnlyIntermediary(), want.Name)
		var names []string
		for p := range e.Parameters() {
			names = append(names, p.Name)
			assert.Contains(t, []string{"String", "Token", "Integer", "Token or String"}, p.Type, want.Name)
		}
		assert.Equal(t, strings.Fields(want.Parameters), append([]string{}, names...), want.Name)

		applied := httpstatus.AppliedUnknown
		if slices.Contains(reference.NeverApplied, want.Name) {
			applied = httpstatus.NotApplied
		}
		assert.Equal(t, applied, e.Applied(), want.Name)

		assert.Regexp(t, `^RFC (9209, Section 2\.3\.[0-9]+|10036)$`, e.Reference(), want.Name)
		d := proxystatus.Describe(e)
		assert.Regexp(t, `^[A-Za-z].*[^.]$`, d.Meaning, want.Name)
		assert.Regexp(t, `^[a-z].*[^.]$`, d.Applied, want.Name)
		assert.Regexp(t, regexp.MustCompile(`^https://www\.rfc-editor\.org/rfc/rfc(9209\.html#section-2\.3\.|10036\.html$)`), d.URL, want.Name)

		got, ok := proxystatus.ParseErrorType(want.Name)
		assert.True(t, ok, want.Name)
		assert.Equal(t, e, got, want.Name)
		_, ok = proxystatus.ParseErrorType(strings.ToUpper(want.Name))
		assert.False(t, ok, "a token has its case")
	}
	for e := range proxystatus.All() { // breaking off early is allowed
		assert.Equal(t, proxystatus.DNSTimeout, e)
		break
	}
	for p := range proxystatus.DNSError.Parameters() {
		assert.Equal(t, proxystatus.Parameter{Name: "rcode", Type: "String"}, p)
		break
	}
}

// TestNoType: every number has an answer, and the names that are none too.
func TestNoType(t *testing.T) {
	n := len(reference.ProxyErrors)
	for i := 0; i <= math.MaxUint8; i++ {
		e := proxystatus.ErrorType(i)
		if 1 <= i && i <= n {
			assert.NotEmpty(t, e.String())
			continue
		}
		assert.Empty(t, e.String(), "%d", i)
		assert.Zero(t, e.Status(), "%d", i)
		assert.Zero(t, e.Applied(), "%d", i)
		assert.False(t, e.OnlyIntermediary(), "%d", i)
		assert.Empty(t, slices.Collect(e.Parameters()), "%d", i)
		assert.Empty(t, e.Reference(), "%d", i)
		assert.Zero(t, proxystatus.Describe(e), "%d", i)
	}
	for _, name := range []string{"", "connection", "connection_refused ", "connection-refused"} {
		e, ok := proxystatus.ParseErrorType(name)
		assert.False(t, ok, name)
		assert.Zero(t, e, name)
	}
}
