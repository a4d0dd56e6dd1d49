package field_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus/internal/field"
)

func TestEntityTag(t *testing.T) {
	for _, test := range []struct {
		in   string
		n    int
		weak bool
	}{
		{``, 0, false},
		{`"`, 0, false},
		{`""`, 2, false},
		{`"v7"`, 4, false},
		{`"a,b", "c"`, 5, false},
		{`W/"v7"`, 6, true},
		{`W/`, 0, false},
		{`W/v7`, 0, false},
		{`w/"v7"`, 0, false},
		{`v7`, 0, false},
		{`"a b"`, 0, false},
		{"\"a\x7f\"", 0, false},
		{"\"\xc3\xa4\"", 4, false},
		{`"v7`, 0, false},
	} {
		t.Run(test.in, func(t *testing.T) {
			n, weak := field.EntityTagLen(test.in)
			assert.Equal(t, test.n, n)
			assert.Equal(t, test.weak, weak)
			assert.Equal(t, n > 0 && n == len(test.in), field.IsEntityTag(test.in))
		})
	}
}

// Section 8.8.3.2 of RFC 9110 has the table; the lists are those of its grammar.
func TestFindEntityTag(t *testing.T) {
	for _, test := range []struct {
		name             string
		lines            []string
		tag              string
		strong, weak, ok bool
	}{
		{"both weak", []string{`W/"1"`}, `W/"1"`, false, true, true},
		{"another", []string{`W/"1"`}, `W/"2"`, false, false, true},
		{"one weak", []string{`W/"1"`}, `"1"`, false, true, true},
		{"both strong", []string{`"1"`}, `"1"`, true, true, true},
		{"in a list of several lines", []string{`"a", W/"1" ,,`, ` "b,c","1"`}, `"1"`, true, true, true},
		{"the empty list", []string{"", ","}, `"1"`, false, false, true},
		{"no tag to look for", []string{`"1"`}, `1`, false, false, true},
		{"no comma", []string{`"1" "2"`}, `"1"`, false, false, false},
		{"a member that is none", []string{`"1"`, `x`}, `"1"`, false, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			strong, weak, ok := field.FindEntityTag(test.lines, test.tag)
			assert.Equal(t, [3]bool{test.strong, test.weak, test.ok}, [3]bool{strong, weak, ok})
		})
	}
	assert.True(t, field.IsAsterisk([]string{" *\t"}))
	assert.False(t, field.IsAsterisk([]string{"*", "*"}))
	assert.False(t, field.IsAsterisk([]string{"*,"}))
}
