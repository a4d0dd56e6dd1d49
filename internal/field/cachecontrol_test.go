package field

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// read writes the directives of some lines in a plain form: an argument in
// brackets, and an exclamation mark where one is malformed.
func read(lines []string) string {
	var all []string
	directives := CacheControl(lines)
	for d, ok := directives.Next(); ok; d, ok = directives.Next() {
		s := d.Name
		if d.HasArgument {
			s += "[" + d.Argument + "]"
		}
		if d.Malformed {
			s += "!"
		}
		all = append(all, s)
	}
	return strings.Join(all, " ")
}

func TestCacheControl(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"none", nil, ""},
		{"empty ones", []string{"", ", ,", "\t"}, ""},
		{"plain", []string{"max-age=60, Public"}, "max-age[60] Public"},
		{"quoted", []string{`max-age="60", private="a, b"`}, "max-age[60] private[a, b]"},
		{"two lines", []string{"no-store", "max-age=60"}, "no-store max-age[60]"},
		{"nothing behind the sign", []string{"max-age=, no-store"}, "max-age[]! no-store"},
		{"an empty string", []string{`private=""`}, "private[]"},
		{"a space before the sign", []string{"max-age =60"}, "max-age[60]!"},
		{"and behind it", []string{`no-cache= "set-cookie"`}, "no-cache[set-cookie]!"},
		{"no name", []string{"=1, ;"}, "[1]! !"},
		{"more behind a name", []string{"no-store now"}, "no-store!"},
		{"more behind a string", []string{`a="b"c`}, "a[b]!"},
		{"white space behind it", []string{"no-store \t, a"}, "no-store a"},
		{"a string hides what is in it", []string{`ext="no-store, private"`}, "ext[no-store, private]"},
		{"an escaped quote", []string{`a="\",b", c`}, `a[",b] c`},
		{"quoted pairs", []string{`max-age="6\0", private="\x\, y\\"`}, `max-age[60] private[x, y\]`},
		{"a quote that is never closed", []string{`a="b, no-store`}, "a[]! no-store!"},
		{"a string over two lines", []string{`a="b`, `c", no-store`}, "a[b, c] no-store"},
		{"a quote that is not closed on the next line either", []string{`ext="x`, "public, max-age=60"}, "ext[]! public! max-age[60]!"},
		{"nor before the third", []string{`a="b`, "c", `d"`, "e"}, "a[b, c, d] e"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, read(tt.lines))
			assert.Equal(t, tt.want, read([]string{strings.Join(tt.lines, ", ")}), "in one line")
		})
	}
}

// Half a megabyte of quotes behind one that is never closed is read in one pass; else
// this would not end.
func TestCacheControlOpenQuote(t *testing.T) {
	for name, repeated := range map[string]string{"escaped quotes": `\"`, "arguments": `,a=\"`, "names": `\",`} {
		t.Run(name, func(t *testing.T) {
			assert.Contains(t, read([]string{`a="` + strings.Repeat(repeated, 1<<19/len(repeated)) + ",no-store"}), "no-store!")
		})
	}
}

func TestListsNames(t *testing.T) {
	for in, want := range map[string]bool{
		"private": false, `private=""`: false, "private=a": true, `private="a"`: true, `private="a, ,b"`: true, `private="Set-Cookie; X-User"`: false,
		`private="a b"`: false, `private="a\b"`: true, `private="a\\b"`: false, `private= "a"`: false, `private="a, b;"`: false, `private="ä"`: false,
	} {
		t.Run(in, func(t *testing.T) {
			directives := CacheControl([]string{in})
			d, _ := directives.Next()
			assert.Equal(t, want, d.ListsNames(), in)
		})
	}
}

func TestSeconds(t *testing.T) {
	for in, want := range map[string]string{
		"a=60": "60 true", `a="60"`: "60 true", `a="\60"`: "60 true", "a=99999999999999999999": "9223372036854775807 true",
		"a": "0 false", "a=-1": "0 false", "a=1.5": "0 false", "a= 60": "60 false",
	} {
		t.Run(in, func(t *testing.T) {
			directives := CacheControl([]string{in})
			d, _ := directives.Next()
			assert.Equal(t, want, strings.TrimSpace(fmt.Sprintln(d.Seconds())), in)
		})
	}
}

// FuzzCacheControl: several lines are the list that they are joined to, and no
// directive is lost behind a quote that is not closed.
func FuzzCacheControl(f *testing.F) {
	f.Add(`ext="x`, "public, max-age=60")
	f.Add(`private="a\"`, `b", =,;`)
	f.Add("a = 1", "")
	f.Fuzz(func(t *testing.T, first, second string) {
		assert.Equal(t, read([]string{first + ", " + second}), read([]string{first, second}))
		assert.Contains(t, strings.ToLower(read([]string{first, "no-store"})), "no-store")
	})
}
