package httpstatus

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/escape"
)

// A jsonValue is a JSON value as far as it could be read. The reader is ours
// because encoding/json gives nothing for a text that is cut off, and matches
// the names of struct fields without regard to case, which RFC 9457 forbids by
// having names be case-sensitive.
type jsonValue struct {
	kind    jsonKind
	partial bool         // the text ended, or made no sense, inside this value
	text    string       // of a string, decoded; of a number, as it stands
	members []jsonMember // of an object in their order, and of an array
}

type jsonMember struct {
	name  string // "" in an array
	value jsonValue
}

type jsonKind uint8

const (
	jsonNone jsonKind = iota // nothing there, or nested too deeply
	jsonNull
	jsonBool
	jsonNumber
	jsonString
	jsonArray
	jsonObject
)

// maxJSONDepth is how deep values may be nested. What is deeper is skipped.
const maxJSONDepth = 32

// readJSON reads the first value of text.
func readJSON(text string) jsonValue {
	r := jsonReader{text: text}
	return r.value(maxJSONDepth)
}

// get returns the value of the named member: the last one of several, as in
// encoding/json.
func (v *jsonValue) get(name string) *jsonValue {
	if v.kind == jsonObject {
		for i := len(v.members) - 1; i >= 0; i-- {
			if v.members[i].name == name {
				return &v.members[i].value
			}
		}
	}
	return &noJSON
}

var noJSON jsonValue // never changed

// str returns the value of the named member if that is a string, else "". A
// string that was cut off counts: half a message is better than none.
func (v *jsonValue) str(name string) string {
	if m := v.get(name); m.kind == jsonString {
		return m.text
	}
	return ""
}

// whole is str without the strings that were cut off, for what programs
// compare: half a code is another code.
func (v *jsonValue) whole(name string) string {
	if m := v.get(name); m.kind == jsonString && !m.partial {
		return m.text
	}
	return ""
}

// goValue returns v as encoding/json decodes it into an any, but for numbers
// that a float64 would change.
func (v *jsonValue) goValue() any {
	switch v.kind {
	case jsonBool:
		return v.text == "true"
	case jsonNumber:
		return goNumber(v.text)
	case jsonString:
		return v.text
	case jsonArray:
		a := make([]any, len(v.members))
		for i := range v.members {
			a[i] = v.members[i].value.goValue()
		}
		return a
	case jsonObject:
		m := make(map[string]any, len(v.members))
		for i := range v.members {
			m[v.members[i].name] = v.members[i].value.goValue()
		}
		return m
	}
	return nil
}

// goNumber returns a number as a float64 if that keeps its value.
func goNumber(text string) any {
	f, err := strconv.ParseFloat(text, 64)
	if err == nil && isSameNumber(text, strconv.FormatFloat(f, 'e', -1, 64)) {
		return f
	}
	return Number(text)
}

// isSameNumber reports whether two JSON numbers have the same value, digit by
// digit.
func isSameNumber(a, b string) bool {
	negativeA, digitsA, exponentA := decimal(a)
	negativeB, digitsB, exponentB := decimal(b)
	return negativeA == negativeB && digitsA == digitsB && (digitsA == "" || exponentA == exponentB)
}

// decimal returns the digits of a number without the zeros around them, and the
// power of ten of the last one. An exponent that is too large to count counts as
// the largest.
func decimal(number string) (negative bool, digits string, exponent int) {
	number, negative = strings.CutPrefix(number, "-")
	if i := strings.IndexAny(number, "eE"); i >= 0 {
		exponent, _ = strconv.Atoi(number[i+1:])
		number = number[:i]
	}
	whole, fraction, _ := strings.Cut(number, ".")
	exponent -= len(fraction)
	digits = strings.TrimRight(whole+fraction, "0")
	exponent += len(whole) + len(fraction) - len(digits)
	return negative, strings.TrimLeft(digits, "0"), exponent
}

// A Number is a JSON number as it was written, for one that a float64 would
// change. It is written as a number again.
type Number string

// String returns the digits.
func (n Number) String() string { return string(n) }

// MarshalJSON returns n as it is, or an error if it is not a JSON number.
func (n Number) MarshalJSON() ([]byte, error) {
	if n == "" || escape.NumberLen(string(n)) != len(n) {
		return nil, errors.New("httpstatus: not a JSON number: " + strconv.Quote(string(n)))
	}
	return []byte(n), nil
}

// A jsonReader reads what it can. It never fails: where the text makes no sense
// it stops, and all values that are open then are partial.
type jsonReader struct {
	text string
	pos  int
}

func (r *jsonReader) value(depth int) jsonValue {
	switch c := r.peek(); {
	case c == '{' && depth > 0:
		return r.object(depth)
	case c == '[' && depth > 0:
		return r.array(depth)
	case c == '{' || c == '[':
		return r.skip()
	case c == '"':
		text, ok := r.string()
		return jsonValue{kind: jsonString, text: text, partial: !ok}
	case c == '-' || '0' <= c && c <= '9':
		return r.number()
	case r.literal("true"):
		return jsonValue{kind: jsonBool, text: "true"}
	case r.literal("false"):
		return jsonValue{kind: jsonBool, text: "false"}
	case r.literal("null"):
		return jsonValue{kind: jsonNull}
	}
	return jsonValue{partial: true}
}

func (r *jsonReader) object(depth int) jsonValue {
	v := jsonValue{kind: jsonObject}
	r.pos++
	if r.accept('}') {
		return v
	}
	for {
		var m jsonMember
		ok := false
		if r.peek() == '"' {
			m.name, ok = r.string()
		}
		if !ok || !r.accept(':') {
			v.partial = true
			return v
		}
		m.value = r.value(depth - 1)
		if m.value.kind != jsonNone || !m.value.partial {
			v.members = append(v.members, m)
		}
		switch {
		case m.value.partial:
		case r.accept(','):
			continue
		case r.accept('}'):
			return v
		}
		v.partial = true
		return v
	}
}

func (r *jsonReader) array(depth int) jsonValue {
	v := jsonValue{kind: jsonArray}
	r.pos++
	if r.accept(']') {
		return v
	}
	for {
		e := r.value(depth - 1)
		if e.kind != jsonNone || !e.partial {
			v.members = append(v.members, jsonMember{value: e})
		}
		switch {
		case e.partial:
		case r.accept(','):
			continue
		case r.accept(']'):
			return v
		}
		v.partial = true
		return v
	}
}

// skip passes over an object or an array, without recursion.
func (r *jsonReader) skip() jsonValue {
	for depth := 0; r.pos < len(r.text); {
		switch r.text[r.pos] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			if !r.skipString() {
				return jsonValue{partial: true}
			}
			continue
		}
		if r.pos++; depth == 0 {
			return jsonValue{}
		}
	}
	return jsonValue{partial: true}
}

func (r *jsonReader) skipString() bool {
	for r.pos++; r.pos < len(r.text); r.pos++ {
		switch r.text[r.pos] {
		case '\\':
			r.pos++
		case '"':
			r.pos++
			return true
		}
	}
	return false
}

// number reads a number. One that the text ends with may go on where it was cut
// off, unless it is all there is.
func (r *jsonReader) number() jsonValue {
	start := r.pos
	for r.pos < len(r.text) && isNumberByte(r.text[r.pos]) {
		r.pos++
	}
	text := r.text[start:r.pos]
	if n := escape.NumberLen(text); n == 0 || n < len(text) {
		return jsonValue{partial: true}
	}
	return jsonValue{kind: jsonNumber, text: text, partial: r.pos == len(r.text) && start > 0}
}

func isNumberByte(b byte) bool {
	return '0' <= b && b <= '9' || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E'
}

// string reads a string, and reports whether it has an end. Like encoding/json
// it replaces what is not UTF-8, and half a surrogate pair, by U+FFFD; unlike
// it, it takes control characters and unknown escapes as they are.
func (r *jsonReader) string() (string, bool) {
	r.pos++
	start := r.pos
	for i := start; i < len(r.text); i++ {
		switch b := r.text[i]; {
		case b == '"':
			r.pos = i + 1
			return r.text[start:i], true
		case b == '\\' || b >= utf8.RuneSelf:
			return r.unquote(start)
		}
	}
	r.pos = len(r.text)
	return r.text[start:], false
}

func (r *jsonReader) unquote(start int) (string, bool) {
	var b []byte
	for r.pos = start; r.pos < len(r.text); {
		switch c := r.text[r.pos]; {
		case c == '"':
			r.pos++
			return string(b), true
		case c == '\\':
			r.pos++
			b = r.escape(b)
		case c < utf8.RuneSelf:
			b = append(b, c)
			r.pos++
		default:
			c, size := utf8.DecodeRuneInString(r.text[r.pos:])
			if c == utf8.RuneError && size == 1 && !utf8.FullRuneInString(r.text[r.pos:]) {
				r.pos = len(r.text) // the text was cut off inside a character
				continue
			}
			b = utf8.AppendRune(b, c)
			r.pos += size
		}
	}
	return string(b), false
}

// escape reads what follows a backslash.
func (r *jsonReader) escape(b []byte) []byte {
	if r.pos == len(r.text) {
		return b
	}
	c := r.text[r.pos]
	r.pos++
	switch c {
	case 'b':
		return append(b, '\b')
	case 'f':
		return append(b, '\f')
	case 'n':
		return append(b, '\n')
	case 'r':
		return append(b, '\r')
	case 't':
		return append(b, '\t')
	case 'u':
		first, ok := r.hex4(r.pos)
		if !ok {
			if len(r.text)-r.pos < 4 {
				r.pos = len(r.text) // cut off
				return b
			}
			return append(b, "\ufffd"...)
		}
		r.pos += 4
		if utf16.IsSurrogate(first) {
			if r.pos+1 < len(r.text) && r.text[r.pos] == '\\' && r.text[r.pos+1] == 'u' {
				second, _ := r.hex4(r.pos + 2)
				if pair := utf16.DecodeRune(first, second); pair != utf8.RuneError {
					r.pos += 6
					return utf8.AppendRune(b, pair)
				}
			}
			first = utf8.RuneError
		}
		return utf8.AppendRune(b, first)
	}
	return append(b, c)
}

func (r *jsonReader) hex4(at int) (n rune, ok bool) {
	if at+4 > len(r.text) {
		return 0, false
	}
	for _, b := range []byte(r.text[at : at+4]) {
		if !ascii.IsHex(b) {
			return 0, false
		}
		n = n<<4 | rune(ascii.HexValue(b))
	}
	return n, true
}

func (r *jsonReader) literal(word string) bool {
	if len(r.text)-r.pos < len(word) || r.text[r.pos:r.pos+len(word)] != word {
		return false
	}
	r.pos += len(word)
	return true
}

// peek passes over white space and returns the byte after it, or 0 at the end.
func (r *jsonReader) peek() byte {
	for ; r.pos < len(r.text); r.pos++ {
		switch b := r.text[r.pos]; b {
		case ' ', '\t', '\r', '\n':
		default:
			return b
		}
	}
	return 0
}

func (r *jsonReader) accept(b byte) bool {
	if r.peek() != b {
		return false
	}
	r.pos++
	return true
}
