package escape_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/internal/escape"
	"example.com/httpstatus/internal/reference"
)

// TestJSON puts each byte at each place of strings of several lengths, because
// the writer looks at eight bytes at a time.
func TestJSON(t *testing.T) {
	for n := 0; n <= 18; n++ {
		for at := range n {
			for b := range 256 {
				s := []byte("abcdefghijklmnopqr"[:n])
				s[at] = byte(b)
				want := reference.JSONString(string(s))
				require.Equal(t, "x"+want, string(escape.JSON([]byte("x"), string(s))))
				require.Equal(t, want == `"`+string(s)+`"`, escape.IsPlainJSON(string(s)), "%q", s)
			}
		}
	}
	for _, s := range []string{
		"\u2028\u2029é😀\ufffd", "😀\xf0\x9f\x98", "\xe2\x80", "é\xed\xa0\x80é", "Grünen Weg“ ist unbekannt", "é<", "é\ufffdé",
	} {
		assert.Equal(t, reference.JSONString(s), string(escape.JSON(nil, s)))
		assert.Equal(t, reference.JSONString(s) == `"`+s+`"`, escape.IsPlainJSON(s), "%q", s)
	}
}

func TestText(t *testing.T) {
	for _, tt := range []struct{ name, in, text, html, line string }{
		{"nothing", "", "", "", ""},
		{"plain", "a b\u00e9", "a b\u00e9", "a b\u00e9", "a b\u00e9"},
		{"markup", `AT&T <b> "x" 'y'`, `AT&T <b> "x" 'y'`, "AT&amp;T &lt;b&gt; &#34;x&#34; &#39;y&#39;", `AT&T <b> "x" 'y'`},
		{"white space", "a\tb\nc\rd\fe", "a\tb\nc\\rd\\fe", "a\tb\nc\rd\fe", `a\tb\nc\rd\fe`},
		{"an escape for a terminal", "a\x1b[2Jb\x9b", "a\\x1b[2Jb\ufffd", "a\\x1b[2Jb\ufffd", `a\x1b[2Jb\x9b`},
		{"C1 controls", "a\u0085\u009bb", `a\u0085\u009bb`, `a\u0085\u009bb`, `a\u0085\u009bb`},
		{"DEL and NUL", "\x7f\x00", `\x7f\x00`, "\\x7f\ufffd", `\x7f\x00`},
		{"direction", "a\u202eb\u2066c\u061c\u200e\u200f", `a\u202eb\u2066c\u061c\u200e\u200f`, `a\u202eb\u2066c\u061c\u200e\u200f`,
			`a\u202eb\u2066c\u061c\u200e\u200f`},
		{"not UTF-8", "a\xffb", "a\ufffdb", "a\ufffdb", `a\xffb`},
		{"a joiner, which words need", "a\u200db", "a\u200db", "a\u200db", `a\u200db`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, ">"+tt.text, string(escape.Text([]byte(">"), tt.in)), "Text")
			assert.Equal(t, ">"+tt.html, string(escape.HTML([]byte(">"), tt.in)), "HTML")
			assert.Equal(t, ">"+tt.line, string(escape.Line([]byte(">"), tt.in, 100)), "Line")
		})
	}
	for limit := 3; limit < 12; limit++ {
		got := string(escape.Line(nil, "ab\u202ecd", limit))
		assert.LessOrEqual(t, len(got), limit)
		assert.Equal(t, limit < len(`ab\u202ecd`), strings.HasSuffix(got, escape.Ellipsis), "%q", got)
	}
}

// FuzzLine holds that a line is printable and within its limit.
func FuzzLine(f *testing.F) {
	f.Add("a\x00\u202e\xff", 7)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		limit = max(limit, len(escape.Ellipsis))
		got := string(escape.Line(nil, s, limit))
		assert.LessOrEqual(t, len(got), limit)
		for _, r := range got {
			assert.True(t, unicode.IsPrint(r), "%q", got)
		}
	})
}

func TestJSONText(t *testing.T) {
	for _, tt := range []struct {
		name, in, want string
		ok             bool
	}{
		{"null", " null\r\n", "null", true},
		{"words", "[true,false,null]", "[true,false,null]", true},
		{"numbers", "[0,-0,10,-1.5,1e9,1E+9,0.0e-0]", "[0,-0,10,-1.5,1e9,1E+9,0.0e-0]", true},
		{"white space", "{ \"a\" : [ 1 ,\t{ } , [ ] ] , \"b\" : \"c d\" }", `{"a":[1,{},[]],"b":"c d"}`, true},
		{"markup", "\"<&>\u2028\"", `"\u003c\u0026\u003e\u2028"`, true},
		{"escapes", `"\"\\\/\b\f\n\r\t\u00aF\ud800"`, `"\"\\\/\b\f\n\r\t\u00aF\ud800"`, true},
		{"not UTF-8", "\"\xff\"", `"\ufffd"`, true},
		{"nothing", " ", "", false},
		{"two values", "1 2", "", false},
		{"a NUL at the end", "1\x00", "", false},
		{"words that go on", "nullx", "", false},
		{"half a word", "nul", "", false},
		{"a leading zero", "01", "", false},
		{"a lone minus", "-", "", false},
		{"no digits after the point", "1.", "", false},
		{"no digits in the exponent", "1e+", "", false},
		{"a plus", "+1", "", false},
		{"an open string", `"a`, "", false},
		{"an open escape", `"a\`, "", false},
		{"an unknown escape", `"\q"`, "", false},
		{"half a code", `"\u12x4"`, "", false},
		{"a control character", "\"\n\"", "", false},
		{"an open array", "[1", "", false},
		{"a comma too many", "[1,]", "", false},
		{"a comma too few", "[1 2]", "", false},
		{"an open object", `{"a":1`, "", false},
		{"no colon", `{"a" 1}`, "", false},
		{"no name", `{1:1}`, "", false},
		{"an open name", `{"a`, "", false},
		{"as deep as may be", strings.Repeat("[", 1000) + strings.Repeat("]", 1000), strings.Repeat("[", 1000) + strings.Repeat("]", 1000), true},
		{"too deep", strings.Repeat("[", 1001) + strings.Repeat("]", 1001), "", false},
		{"endlessly deep", strings.Repeat(`{"a":`, 100000), "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := escape.JSONText([]byte("x"), tt.in)
			assert.Equal(t, tt.ok, ok)
			assert.Equal(t, "x"+tt.want, string(got))
		})
	}
}

// FuzzJSONText holds that what is taken is what encoding/json takes for valid,
// that the result means the same, and that writing it again changes nothing.
func FuzzJSONText(f *testing.F) {
	f.Add(`{"a":[1,-2.5e3,"\u0041\n<",true,null]} `)
	f.Add("\"\xff\u2028\"")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Count(text, "[")+strings.Count(text, "{") > 1000 {
			return // may be too deep
		}
		got, ok := escape.JSONText(nil, text)
		require.Equal(t, json.Valid([]byte(text)), ok)
		if !ok {
			return
		}
		var a, b any
		require.Equal(t, json.Unmarshal([]byte(text), &a) == nil, json.Unmarshal(got, &b) == nil)
		assert.Equal(t, a, b)
		again, ok := escape.JSONText(nil, string(got))
		assert.True(t, ok)
		assert.Equal(t, string(got), string(again))
	})
}
