package field

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// print writes a member in a plain form of its own: key, value, parameters.
func (m Member) print() string {
	s := m.Value.print()
	if m.Key != "" {
		s = m.Key + "=" + s
	}
	for key, v := range m.Params.All() {
		s += ";" + key + "=" + v.print()
	}
	return s
}

func (v Value) print() string {
	switch v.Kind {
	case KindInteger, KindDate, KindBoolean, KindDecimal:
		return fmt.Sprintf("%d:%d", v.Kind, v.Integer)
	case KindString, KindToken, KindDisplayString:
		return fmt.Sprintf("%d:%q", v.Kind, v.Text())
	case KindBytes:
		return fmt.Sprintf("%d:%x", v.Kind, v.Bytes())
	case KindInnerList:
		var items []string
		for item := range v.Items() {
			items = append(items, item.print())
		}
		return "(" + strings.Join(items, " ") + ")"
	}
	return "none"
}

// The grammar of bare items, with its edges (RFC 9651, Section 3.3).
func TestParseItem(t *testing.T) {
	for in, want := range map[string]string{
		"42": "1:42", "-0": "1:0", "00": "1:0", "-999999999999999": "1:-999999999999999", "1000000000000000": "",
		"4.5": "2:4500", "-0.007": "2:-7", "1.": "", "1.0000": "", "123456789012.125": "2:123456789012125", "1234567890123.0": "", "-": "",
		"- 1": "", ".5": "", "+1": "",
		`"a b"`: `3:"a b"`, `""`: `3:""`, `"a\"b\\"`: `3:"a\"b\\"`, `"a\b"`: "", `"a`: "", `"a\`: "", "\"\t\"": "", "\"\x7f\"": "", "\"ä\"": "",
		"foo123/456": `4:"foo123/456"`, "*a:b": `4:"*a:b"`, "a(": "", "~a": "",
		":aGVs:": "5:68656c", "::": "5:", ":aGVsbA==:": "5:68656c6c", ":aGVsbA:": "5:68656c6c", ":+/8=:": "5:fbff",
		":=aGVs:": "", ":aGVs=:": "", ":aGVsbA=:": "", ":aG=VsbA:": "", ":a:": "", ":aGVsbA===:": "", ":aGV\nsbA==:": "", ":aGV sbA:": "",
		":aGVs": "", ":-_8=:": "",
		"?1": "6:1", "?0": "6:0", "?": "", "?2": "", "?true": "",
		"@1659578233": "7:1659578233", "@-1": "7:-1", "@1.5": "", "@": "",
		`%"a"`: `8:"a"`, `%"f%c3%bc"`: `8:"fü"`, `%"%ef%bf%bd"`: "8:\"\ufffd\"", `%"%c3"`: "", `%"%c3a"`: "", `%"%C3%BC"`: "",
		`%"%ed%a0%80"`: "", `%"%f`: "", `%"a`: "", `%a`: "", "%\"\x01\"": "",
		`a;b`: `4:"a";b=6:1`, `a;b=1; c="x"`: `4:"a";b=1:1;c=3:"x"`, `a;b=1;b=2`: `4:"a";b=1:1;b=1:2`, `a ;b`: "", `a;B`: "", `a;`: "",
		`a;b=`: "", "a;\tb": "", `a;*-._1`: `4:"a";*-._1=6:1`,
		" 1 ": "1:1", "\t1\t": "1:1", "1, 2": "", "(a)": "", "": "",
	} {
		t.Run(in, func(t *testing.T) {
			got := ""
			if m, ok := ParseItem([]string{in}); ok {
				got = m.print()
			}
			assert.Equal(t, want, got)
		})
	}
	_, ok := ParseItem(nil)
	assert.False(t, ok, "no line is no item")
	_, ok = ParseItem([]string{"1", "2"})
	assert.False(t, ok, "two lines are a list")
}

func TestParseList(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lines []string
		want  string // "-" where it is malformed
	}{
		{"absent", nil, ""},
		{"empty", []string{""}, ""},
		{"white space", []string{" \t"}, ""},
		{"members", []string{"sugar, tea\t,\trum"}, `4:"sugar" 4:"tea" 4:"rum"`},
		{"several lines", []string{"sugar", "tea, rum"}, `4:"sugar" 4:"tea" 4:"rum"`},
		{"an empty line among them", []string{"sugar", ""}, "-"},
		{"two empty lines", []string{"", ""}, "-"},
		{"a comma too many", []string{"sugar,"}, "-"},
		{"two commas", []string{"sugar,,tea"}, "-"},
		{"no comma", []string{"sugar tea"}, "-"},
		{"inner lists", []string{`("a" b;x);y, ()`}, `(3:"a" 4:"b";x=6:1);y=6:1 ()`},
		{"spaces in an inner list", []string{"(  a   b  )"}, `(4:"a" 4:"b")`},
		{"tabs in an inner list", []string{"(a\tb)"}, "-"},
		{"no space in an inner list", []string{`("a""b")`}, "-"},
		{"an inner list that is not closed", []string{"(a "}, "-"},
		{"and one that ends behind an item", []string{"(a"}, "-"},
		{"a nested one", []string{"((a))"}, "-"},
		{"a string over two lines", []string{`"a`, `b"`}, "-"},
		{"bad parameters of an inner list", []string{"(a);"}, "-"},
		{"bad parameters of an item in it", []string{"(a;)"}, "-"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list, ok := ParseList(tt.lines)
			var members []string
			for m := range list.All() {
				members = append(members, m.print())
			}
			if tt.want == "-" {
				assert.False(t, ok)
				assert.Empty(t, members, "a malformed list has no members")
				return
			}
			assert.True(t, ok)
			assert.Equal(t, tt.want, strings.Join(members, " "))
		})
	}
}

func TestParseDictionary(t *testing.T) {
	d, ok := ParseDictionary([]string{`en="Applepie", da=:w4Y=:;x`, "a, b;y=1, en=(1 2)"})
	require.True(t, ok)
	for key, want := range map[string]string{
		"en": "en=(1:1 1:2)", "da": "da=5:c386;x=6:1", "a": "a=6:1", "b": "b=6:1;y=1:1", "c": "none",
	} {
		assert.Equal(t, want, d.Get(key).print(), key)
	}
	n := 0
	for range d.All() {
		if n++; n == 2 {
			break
		}
	}
	assert.Equal(t, 2, n)
	for _, line := range []string{"a=", "A=1", "a=1,", "a b", "=1", "a;", `"a"=1`} {
		_, ok := ParseDictionary([]string{line})
		assert.False(t, ok, line)
	}
}

// What another kind does not have.
func TestValueOfOtherKinds(t *testing.T) {
	m, ok := ParseItem([]string{"a;b"})
	require.True(t, ok)
	assert.Nil(t, m.Value.Bytes())
	for range m.Value.Items() {
		assert.Fail(t, "a token has no items")
	}
	assert.Equal(t, KindNone, m.Params.Get("c").Kind)
	n := m.Params.Get("b")
	assert.Empty(t, n.Text())
	for key := range m.Params.All() {
		assert.Equal(t, "b", key)
		break
	}
}

func TestStructuredAllocates(t *testing.T) {
	lines := []string{`"burst";r=0;t=5;pk=:eA==:, (a b);c=%"x"`, "*;d=@1"}
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		list, _ := ParseList(lines)
		for m := range list.All() {
			sinkValue = m.Params.Get("t")
			for item := range m.Value.Items() {
				sinkValue = item.Value
			}
		}
	}))
}

var sinkValue Value

func TestIsStructuredToken(t *testing.T) {
	for s, want := range map[string]bool{"a": true, "*": true, "a/b:c": true, "": false, "1a": false, `"a"`: false, "a b": false, "a;b": false} {
		assert.Equal(t, want, IsStructuredToken(s), s)
	}
}

// FuzzStructured: no reader panics; a list of one line that is well-formed is so
// twice over, on two lines or on one; a Byte Sequence is what encoding/base64
// says; a Display String is UTF-8; and what AppendString writes is read back.
func FuzzStructured(f *testing.F) {
	for _, line := range []string{`"a\"b";x=:aGVs:, (a "b";c=%"%c3%bc");d`, "a=(1 2.5), b;c=@1", ":=aGVs:", "?1;a=-0.001", "*", `%"%c3"`} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		var once []string
		list, ok := ParseList([]string{line})
		for m := range list.All() {
			once = append(once, m.print())
			check(t, m)
		}
		for _, lines := range [][]string{{line, line}, {line + "," + line}} {
			list, ok2 := ParseList(lines)
			if len(once) == 0 { // "" is a list, and "," is none
				assert.False(t, ok2)
				break
			}
			assert.Equal(t, ok, ok2)
			var twice []string
			for m := range list.All() {
				twice = append(twice, m.print())
			}
			assert.Equal(t, append(once, once...), twice)
		}
		if d, ok := ParseDictionary([]string{line}); ok {
			for m := range d.All() {
				check(t, m)
				assert.NotEqual(t, KindNone, d.Get(m.Key).Value.Kind)
			}
		}
		if text, ok := AppendString(nil, line); ok {
			m, ok := ParseItem([]string{string(text)})
			assert.True(t, ok)
			assert.Equal(t, line, m.Value.Text())
		}
	})
}

// check holds what is true of every member.
func check(t *testing.T, m Member) {
	values := []Value{m.Value}
	for item := range m.Value.Items() {
		values = append(values, item.Value)
	}
	for _, v := range m.Params.All() {
		values = append(values, v)
	}
	for _, v := range values {
		switch v.Kind {
		case KindNone:
			assert.Fail(t, "a member has a kind")
		case KindBytes:
			want, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(v.raw, "="))
			assert.NoError(t, err)
			assert.True(t, bytes.Equal(want, v.Bytes()), "%q", v.raw)
		case KindDisplayString:
			assert.True(t, utf8.ValidString(v.Text()))
		}
	}
}
