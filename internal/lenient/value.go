// Package lenient reads what was meant as JSON, XML or HTML and may be cut off,
// malformed, or meant to hurt. It never fails: it gives what could be read, in
// one pass, with memory and time in proportion to the text.
package lenient

import (
	"unicode/utf8"

	"example.com/httpstatus/internal/escape"
)

// A Kind says what a [Value] is.
type Kind uint8

// The kinds of values. What is not there, or nested too deeply, is None.
const (
	None Kind = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

// A Value is part of a document. The zero Value is one that is not there; all
// methods are defined for it.
type Value struct {
	doc *document
	at  int32 // of its node
}

// A document is a text and what was found in it.
type document struct {
	text  string
	xml   bool
	first [16]node // enough for the usual body
	more  [][]node // each of chunk nodes
	count int32
}

const chunk = 512

// A node is a value in the order of the text. It keeps places in the text and
// not strings, so that a value of two bytes costs twenty and not a hundred.
type node struct {
	name, text, end uint32 // where its name and its text begin, and its text ends
	next            int32  // of the next member of the same list; 0 is none
	nameLen         uint16
	kind            Kind
	flags           uint8
}

const (
	isPartial   = 1 << iota // the text ended, or made no sense, inside the value
	isFilled                // an array or object that is not empty; its first member follows it
	hasEscapes              // a string that does not stand for itself
	nameEscapes             // likewise for the name
	isMarkup                // a string that is the text of an element
	isOwnText               // likewise, beside attributes
)

func (d *document) node(at int32) *node {
	if int(at) < len(d.first) {
		return &d.first[at]
	}
	at -= int32(len(d.first))
	return &d.more[at/chunk][at%chunk]
}

// add returns a new node. Pointers to nodes stay valid.
func (d *document) add(n node) int32 {
	at := d.count
	if int(at)-len(d.first) == len(d.more)*chunk {
		d.more = append(d.more, make([]node, chunk))
	}
	d.count++
	*d.node(at) = n
	return at
}

var nothing node // never changed

// node is not inlined, since all else is made of it.
//
//go:noinline
func (v Value) node() *node {
	if v.doc == nil {
		return &nothing
	}
	return v.doc.node(v.at)
}

// Kind returns what v is.
func (v Value) Kind() Kind { return v.node().kind }

// Exists reports whether there is a value, even one that could not be read.
func (v Value) Exists() bool { return v.doc != nil }

// Partial reports whether the text ended, or made no sense, inside v.
func (v Value) Partial() bool { return v.node().flags&isPartial != 0 }

// Name returns the name of v as a member of an object; in an array it is "".
func (v Value) Name() string {
	n := v.node()
	switch {
	case n.flags&isOwnText != 0:
		return "#text"
	case n.nameLen == 0:
		return ""
	}
	name := v.doc.text[n.name : n.name+uint32(n.nameLen)]
	if n.flags&nameEscapes != 0 {
		return unquote(name, false)
	}
	return name
}

// Text returns a string, decoded; the digits of a number; "true" or "false".
func (v Value) Text() string {
	n := v.node()
	if n.kind < Bool || n.kind > String {
		return ""
	}
	text := v.doc.text[n.text:n.end]
	switch {
	case n.flags&isMarkup != 0:
		return PlainText(text)
	case n.flags&hasEscapes != 0:
		return unquote(text, n.flags&isPartial != 0)
	}
	return text
}

// First returns the first member of an array or object. It and Next are in every
// loop over members, and not inlined there.
//
//go:noinline
func (v Value) First() Value {
	if v.node().flags&isFilled == 0 {
		return Value{}
	}
	return Value{v.doc, v.at + 1}
}

// Next returns the member after v in the same array or object.
//
//go:noinline
func (v Value) Next() Value {
	if next := v.node().next; next > 0 {
		return Value{v.doc, next}
	}
	return Value{}
}

// Get returns the member of an object with that name: of JSON the last of
// several, as is usual, and of XML the first.
func (v Value) Get(name string) (found Value) {
	if v.Kind() != Object {
		return Value{}
	}
	for m := v.First(); m.Exists(); m = m.Next() {
		if m.Name() == name {
			if found = m; v.IsXML() {
				break
			}
		}
	}
	return found
}

// IsXML reports whether v is an element or an attribute of XML, where the first
// of several of a name counts.
func (v Value) IsXML() bool { return v.doc != nil && v.doc.xml }

// String returns the text of v if that is a string, else "". A string that is
// cut off counts: half a message is better than none.
func (v Value) String() string {
	if v.Kind() != String {
		return ""
	}
	return v.Text()
}

// Whole is String without the strings that are cut off, for what programs
// compare: half a code is another code.
func (v Value) Whole() string {
	if v.Partial() {
		return ""
	}
	return v.String()
}

// Any returns v as encoding/json decodes it into an any, but for the numbers,
// which number makes of their digits.
func (v Value) Any(number func(digits string) any) any {
	switch v.Kind() {
	case Bool:
		return v.Text() == "true"
	case Number:
		return number(v.Text())
	case String:
		return v.Text()
	case Array:
		list := []any{}
		for m := v.First(); m.Exists(); m = m.Next() {
			list = append(list, m.Any(number))
		}
		return list
	case Object:
		members := map[string]any{}
		for m := v.First(); m.Exists(); m = m.Next() {
			if _, again := members[m.Name()]; !again || !m.IsXML() {
				members[m.Name()] = m.Any(number)
			}
		}
		return members
	}
	return nil
}

// isNumber reports whether text is a JSON number and nothing else.
func isNumber(text string) bool {
	n := escape.NumberLen(text)
	return n > 0 && n == len(text)
}

// ToValid returns s with U+FFFD for each byte that is not part of a UTF-8
// character.
func ToValid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	b := make([]byte, 0, len(s)+2)
	for _, r := range s {
		b = utf8.AppendRune(b, r)
	}
	return string(b)
}

// TrimSpace returns s without the white space around it.
func TrimSpace(s string) string {
	s = trimLeft(s)
	for s != "" && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

func trimLeft(s string) string {
	for s != "" && isSpace(s[0]) {
		s = s[1:]
	}
	return s
}

// isSpace reports whether b is white space in JSON and in XML.
func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' }
