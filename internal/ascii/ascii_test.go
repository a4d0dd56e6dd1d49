package ascii

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// EqualFold is strings.EqualFold for ASCII, and bytewise beyond it.
func TestEqualFold(t *testing.T) {
	for a := range 256 {
		for b := range 256 {
			x, y := string([]byte{'x', byte(a)}), string([]byte{'X', byte(b)})
			want := a == b
			if a < 128 && b < 128 {
				want = strings.EqualFold(x, y)
			}
			if EqualFold(x, y) != want {
				t.Errorf("EqualFold of %q and %q is not %t", x, y, want)
			}
		}
	}

	assert.True(t, EqualFold("", ""))
	assert.False(t, EqualFold("Allow", "Allow "), "longer")
	assert.False(t, EqualFold("Allow", "Allo"), "shorter")
	for _, trap := range [][2]string{
		{"Set-Cookie", "\u017fet-cookie"}, // LATIN SMALL LETTER LONG S
		{"Link", "lin\u212a"},             // KELVIN SIGN
	} {
		assert.True(t, strings.EqualFold(trap[0], trap[1]), "a trap that Unicode sets: %q", trap)
		assert.False(t, EqualFold(trap[0], trap[1]), "%q", trap)
	}
}

func TestParseDigits(t *testing.T) {
	for in, want := range map[string]uint64{
		"0": 0, "007": 7, "9223372036854775807": 1<<63 - 1, "9223372036854775808": 1<<63 - 1, "99999999999999999999999999": 1<<63 - 1,
		"922337203685477580": 922337203685477580,
	} {
		got, ok := ParseDigits(in)
		assert.True(t, ok, in)
		assert.Equal(t, want, got, in)
	}
	for _, in := range []string{"", "-1", "+1", "1 ", "1.5", "0x1", "٣"} {
		_, ok := ParseDigits(in)
		assert.False(t, ok, in)
	}
}

func TestIndexAny(t *testing.T) {
	for _, s := range []string{"", "a", "b", "ab", "cab", "c\xffd", "a=b"} {
		for _, set := range []string{"", "b", "ba", "=", "xyz"} {
			assert.Equal(t, strings.IndexAny(s, set), IndexAny(s, set), "%q in %q", set, s)
		}
	}
}
