package statushttp

import (
	"bytes"
	"encoding/json"
	"reflect"
	"unicode/utf8"

	"example.com/httpstatus/internal/ascii"
)

// A jsonFault says why a text is not the JSON that was asked for.
type jsonFault struct {
	kind    jsonFaultKind
	offset  int   // of the first octet that does not fit
	pointer []any // of a duplicate member
}

type jsonFaultKind uint8

const (
	jsonSyntax    jsonFaultKind = iota // it is not JSON
	jsonEmpty                          // there is nothing
	jsonCutOff                         // it ends too early
	jsonTrailing                       // more follows
	jsonTooDeep                        // too many arrays and objects within each other
	jsonNotUTF8                        // a string is not UTF-8
	jsonDuplicate                      // an object has two members of one name
)

// A jsonScanner reads one JSON text by the grammar of RFC 8259 and nothing more,
// and keeps where it is.
type jsonScanner struct {
	data       []byte
	at         int
	depth      int // how much deeper it may go
	duplicates bool
	path       []any // of the value that is read, where duplicates are looked for
	fault      *jsonFault
}

// scanJSON returns why data is no JSON text; nil if it is one.
func scanJSON(data []byte, depth int, duplicates bool) *jsonFault {
	s := &jsonScanner{data: data, depth: depth, duplicates: duplicates}
	if s.space(); s.at == len(data) {
		return &jsonFault{kind: jsonEmpty, offset: s.at}
	}
	if s.value(); s.fault != nil {
		return s.fault
	}
	if s.space(); s.at < len(data) {
		return &jsonFault{kind: jsonTrailing, offset: s.at}
	}
	return nil
}

// fail records a fault, at the present octet.
func (s *jsonScanner) fail(kind jsonFaultKind) bool {
	if kind == jsonSyntax && s.at >= len(s.data) {
		kind = jsonCutOff
	}
	s.fault = &jsonFault{kind: kind, offset: s.at}
	return false
}

func (s *jsonScanner) space() {
	for s.at < len(s.data) {
		switch s.data[s.at] {
		case ' ', '\t', '\n', '\r':
			s.at++
		default:
			return
		}
	}
}

// next returns the octet after white space, and 0 at the end.
func (s *jsonScanner) next() byte {
	s.space()
	if s.at < len(s.data) {
		return s.data[s.at]
	}
	return 0
}

// accept goes over b after white space.
func (s *jsonScanner) accept(b byte) bool {
	if s.next() != b || s.at == len(s.data) {
		return s.fail(jsonSyntax)
	}
	s.at++
	return true
}

// value goes over a value. Like all that go over something, it reports whether
// there was one.
func (s *jsonScanner) value() bool {
	switch b := s.next(); {
	case b == '{':
		return s.container('}', s.members)
	case b == '[':
		return s.container(']', s.elements)
	case b == '"':
		return s.string()
	case b == 't':
		return s.word("true")
	case b == 'f':
		return s.word("false")
	case b == 'n':
		return s.word("null")
	}
	return s.number()
}

func (s *jsonScanner) word(word string) bool {
	for i := range len(word) {
		if s.at == len(s.data) || s.data[s.at] != word[i] {
			return s.fail(jsonSyntax)
		}
		s.at++
	}
	return true
}

func (s *jsonScanner) number() bool {
	if s.at < len(s.data) && s.data[s.at] == '-' {
		s.at++
	}
	if s.at < len(s.data) && s.data[s.at] == '0' {
		s.at++
	} else if !s.digits() {
		return false
	}
	if s.at < len(s.data) && s.data[s.at] == '.' {
		if s.at++; !s.digits() {
			return false
		}
	}
	if s.at < len(s.data) && ascii.Lower(s.data[s.at]) == 'e' {
		s.at++
		if s.at < len(s.data) && (s.data[s.at] == '+' || s.data[s.at] == '-') {
			s.at++
		}
		return s.digits()
	}
	return true
}

// digits goes over one digit at least.
func (s *jsonScanner) digits() bool {
	start := s.at
	for s.at < len(s.data) && ascii.IsDigit(s.data[s.at]) {
		s.at++
	}
	return s.at > start || s.fail(jsonSyntax)
}

func (s *jsonScanner) string() bool {
	if !s.accept('"') {
		return false
	}
	for s.at < len(s.data) {
		switch b := s.data[s.at]; {
		case b == '"':
			s.at++
			return true
		case b == '\\':
			if s.at++; !s.escape() {
				return false
			}
		case b < ' ':
			return s.fail(jsonSyntax)
		case b < utf8.RuneSelf:
			s.at++
		default:
			r, size := utf8.DecodeRune(s.data[s.at:])
			if r == utf8.RuneError && size == 1 {
				if !utf8.FullRune(s.data[s.at:]) {
					return s.fail(jsonCutOff)
				}
				return s.fail(jsonNotUTF8)
			}
			s.at += size
		}
	}
	return s.fail(jsonCutOff)
}

// escape goes over what follows a backslash.
func (s *jsonScanner) escape() bool {
	if s.at == len(s.data) || bytes.IndexByte([]byte(`"\/bfnrtu`), s.data[s.at]) < 0 {
		return s.fail(jsonSyntax)
	}
	s.at++
	if s.data[s.at-1] != 'u' {
		return true
	}
	for range 4 {
		if s.at == len(s.data) || !ascii.IsHex(s.data[s.at]) {
			return s.fail(jsonSyntax)
		}
		s.at++
	}
	return true
}

// container goes over an array or object, whose brackets the next octet and end
// are.
func (s *jsonScanner) container(end byte, parts func() bool) bool {
	if s.depth--; s.depth < 0 {
		return s.fail(jsonTooDeep)
	}
	s.at++
	if s.next() == end {
		s.at++
	} else if !parts() || !s.accept(end) {
		return false
	}
	s.depth++
	return true
}

// more goes over a comma, if there is one.
func (s *jsonScanner) more() bool {
	if s.next() != ',' {
		return false
	}
	s.at++
	return true
}

func (s *jsonScanner) elements() bool {
	for n := 0; ; n++ {
		if s.duplicates {
			s.path = append(s.path, n)
		}
		if !s.value() {
			return false
		}
		if s.duplicates {
			s.path = s.path[:len(s.path)-1]
		}
		if !s.more() {
			return true
		}
	}
}

func (s *jsonScanner) members() bool {
	var seen map[string]bool
	for {
		s.space()
		start := s.at
		if !s.string() {
			return false
		}
		if s.duplicates {
			name := unquoteJSON(s.data[start:s.at])
			s.path = append(s.path, name)
			if seen[name] {
				s.fault = &jsonFault{kind: jsonDuplicate, offset: start, pointer: s.path}
				return false
			}
			if seen == nil {
				seen = map[string]bool{}
			}
			seen[name] = true
		}
		if !s.accept(':') || !s.value() {
			return false
		}
		if s.duplicates {
			s.path = s.path[:len(s.path)-1]
		}
		if !s.more() {
			return true
		}
	}
}

// unquoteJSON returns the text of a string that has been scanned.
func unquoteJSON(quoted []byte) string {
	if bytes.IndexByte(quoted, '\\') < 0 {
		return string(quoted[1 : len(quoted)-1])
	}
	var s string
	_ = json.Unmarshal(quoted, &s) // it is well-formed
	return s
}

// A jsonChild is a member of an object or an element of an array.
type jsonChild struct {
	start int // of the member, with its name
	value int // of the value
	end   int // behind it
}

// children returns the parts of the value in data at an offset, and the brackets
// around them; none if it is no object and no array. The data has been scanned.
func children(data []byte, at int) (parts []jsonChild, open, end byte) {
	s := &jsonScanner{data: data, at: at, depth: len(data)}
	switch open = s.next(); open {
	case '{':
		end = '}'
	case '[':
		end = ']'
	default:
		return nil, 0, 0
	}
	s.at++
	for s.next() != end {
		c := jsonChild{start: s.at, value: s.at}
		if open == '{' {
			s.string()
			s.accept(':')
			s.space()
			c.value = s.at
		}
		s.value()
		c.end = s.at
		parts = append(parts, c)
		s.more()
	}
	return parts, open, end
}

// A jsonLocator finds the value that cannot be decoded. It asks encoding/json
// itself, with less and less of the content, until the error is that of one
// value alone: so the place is right whatever types and methods are involved.
type jsonLocator struct {
	data   []byte
	decode func(data []byte) error
	want   error
	budget int // how many octets may still be decoded
}

// maxLocated is how deep a value is looked for.
const maxLocated = 64

// locate returns the path and the offset of the value that err is about, as far
// as it is found.
func (l *jsonLocator) locate() (path []any, offset int, ok bool) {
	s := jsonScanner{data: l.data}
	s.space()
	offset = s.at
	if !l.same("", l.data, "") {
		return nil, 0, false
	}
	before, after := "", ""
	for len(path) < maxLocated {
		parts, open, end := children(l.data, offset)
		if len(parts) == 0 || l.same(before+string(open), nil, string(end)+after) {
			break
		}
		low, high := 0, len(parts)
		before, after = before+string(open), string(end)+after
		for high-low > 1 {
			middle := (low + high) / 2
			if l.same(before, l.data[parts[low].start:parts[middle-1].end], after) {
				high = middle
			} else {
				low = middle
			}
		}
		part := parts[low]
		if !l.same(before, l.data[part.start:part.end], after) {
			break // it takes several of them
		}
		var segment any = low
		if open == '{' {
			before += string(l.data[part.start:part.value])
			s := jsonScanner{data: l.data, at: part.start}
			s.string()
			segment = unquoteJSON(l.data[part.start:s.at])
		}
		path, offset = append(path, segment), part.value
		if l.same(before, []byte("null"), after) {
			if open == '{' {
				offset = part.start // it is the member that is wrong, and not its value
			}
			break
		}
	}
	return path, offset, true
}

// same reports whether to decode the content gives the same error.
func (l *jsonLocator) same(before string, data []byte, after string) (same bool) {
	size := len(before) + len(data) + len(after)
	if l.budget -= size; l.budget < 0 {
		return false
	}
	defer func() { // of a method that does not expect such content
		if recover() != nil {
			same = false
		}
	}()
	err := l.decode(append(append(append(make([]byte, 0, size), before...), data...), after...))
	if err == nil || reflect.TypeOf(err) != reflect.TypeOf(l.want) {
		return false
	}
	if want, ok := l.want.(*json.UnmarshalTypeError); ok {
		have := err.(*json.UnmarshalTypeError)
		return have.Value == want.Value && have.Type == want.Type
	}
	return textOf(err) == textOf(l.want)
}
