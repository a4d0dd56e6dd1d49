package lenient

import (
	"unicode/utf16"
	"unicode/utf8"

	"example.com/httpstatus/internal/ascii"
)

// maxDepth is how deep values may be nested. What is deeper is skipped.
const maxDepth = 32

// JSON reads the first value of a text. The reader is ours because encoding/json
// gives nothing for a text that is cut off. Where the text makes no sense it
// stops, and all values that are open then are partial.
func JSON(text string) Value {
	r := jsonReader{document: &document{text: text}}
	r.value(maxDepth, node{})
	return Value{r.document, 0}
}

type jsonReader struct {
	*document
	pos int
}

// value reads a value, whose name n has already, and reports whether it is
// whole. A value that cannot be read at all gets a node of kind None.
func (r *jsonReader) value(depth int, n node) bool {
	c := r.peek()
	n.text = uint32(r.pos)
	whole := false
	switch {
	case (c == '{' || c == '[') && depth > 0:
		return r.list(depth, n)
	case c == '{' || c == '[':
		whole = r.skip()
	case c == '"':
		n.kind, n.text = String, n.text+1
		var plain bool
		plain, whole = r.string()
		if n.end = uint32(r.pos); whole {
			n.end-- // without the quote
		}
		if !plain {
			n.flags |= hasEscapes
		}
	case c == '-' || ascii.IsDigit(c):
		for r.pos < len(r.text) && isNumberByte(r.text[r.pos]) {
			r.pos++
		}
		// One that the text ends with may go on where it was cut off, unless it
		// is all there is.
		if n.end = uint32(r.pos); isNumber(r.text[n.text:n.end]) {
			n.kind, whole = Number, r.pos < len(r.text) || r.count == 0
		}
	case r.literal("true"), r.literal("false"):
		n.kind, n.end, whole = Bool, uint32(r.pos), true
	case r.literal("null"):
		n.kind, whole = Null, true
	}
	if !whole {
		n.flags |= isPartial
	}
	r.add(n)
	return whole
}

// list reads an array or an object.
func (r *jsonReader) list(depth int, n node) bool {
	end := byte(']')
	n.kind = Array
	if r.text[r.pos] == '{' {
		n.kind, end = Object, '}'
	}
	r.pos++
	at := r.add(n)
	if r.accept(end) {
		return true
	}
	for last := int32(0); ; {
		var m node
		ok := true
		if n.kind == Object {
			m, ok = r.name()
		}
		next := r.count
		if ok {
			ok = r.value(depth-1, m)
			if !ok && r.node(next).kind == None { // nothing that could be read
				r.count = next
			} else if last == 0 {
				r.node(at).flags |= isFilled
				last = next
			} else {
				r.node(last).next = next
				last = next
			}
		}
		switch {
		case !ok:
		case r.accept(','):
			continue
		case r.accept(end):
			return true
		}
		r.node(at).flags |= isPartial
		return false
	}
}

// name reads the name of a member and the colon after it.
func (r *jsonReader) name() (n node, ok bool) {
	if r.peek() != '"' {
		return n, false
	}
	n.name = uint32(r.pos + 1)
	plain, ok := r.string()
	if !ok || r.pos-int(n.name)-1 > 1<<16-1 {
		return n, false
	}
	n.nameLen = uint16(r.pos - int(n.name) - 1)
	if !plain {
		n.flags |= nameEscapes
	}
	return n, r.accept(':')
}

// skip passes over an object or an array, without recursion.
func (r *jsonReader) skip() bool {
	for depth := 0; r.pos < len(r.text); {
		switch r.text[r.pos] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			if _, ok := r.string(); !ok {
				return false
			}
			continue
		}
		if r.pos++; depth == 0 {
			return true
		}
	}
	return false
}

// string passes over a string. It reports whether the string stands for itself
// as it is, and whether it has an end.
func (r *jsonReader) string() (plain, ok bool) {
	plain = true
	for r.pos++; r.pos < len(r.text); r.pos++ {
		switch b := r.text[r.pos]; {
		case b == '"':
			r.pos++
			return plain, true
		case b == '\\':
			plain = false
			r.pos++
		case b >= utf8.RuneSelf:
			plain = false
		}
	}
	r.pos = len(r.text)
	return plain, false
}

func isNumberByte(b byte) bool {
	return ascii.IsDigit(b) || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E'
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
		if b := r.text[r.pos]; !isSpace(b) {
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

// unquote returns what stands between the quotes of a string. Like encoding/json
// it replaces what is not UTF-8, and half a surrogate pair, by U+FFFD; unlike it,
// it takes control characters and unknown escapes as they are. Half a character
// at the end of a string that is cut off is left out.
func unquote(s string, cut bool) string {
	b := make([]byte, 0, len(s))
	for s != "" {
		if s[0] == '\\' {
			b, s = appendEscape(b, s[1:], cut)
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		if cut && size == 1 && !utf8.FullRuneInString(s) {
			break
		}
		b = utf8.AppendRune(b, r)
		s = s[size:]
	}
	return string(b)
}

// appendEscape appends what the escape sequence stands for whose backslash is
// followed by s, and returns the rest of s.
func appendEscape(b []byte, s string, cut bool) (_ []byte, rest string) {
	if s == "" {
		return b, ""
	}
	c, rest := s[0], s[1:]
	switch c {
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		return appendUnicode(b, rest, cut)
	}
	return append(b, c), rest
}

// appendUnicode appends the character of one \u sequence, or of two.
func appendUnicode(b []byte, s string, cut bool) (_ []byte, rest string) {
	first, ok := hex4(s)
	if !ok {
		if cut && len(s) < 4 {
			return b, ""
		}
		return append(b, "\ufffd"...), s
	}
	s = s[4:]
	if utf16.IsSurrogate(first) {
		if len(s) > 2 && s[:2] == `\u` {
			second, _ := hex4(s[2:])
			if pair := utf16.DecodeRune(first, second); pair != utf8.RuneError {
				return utf8.AppendRune(b, pair), s[6:]
			}
		}
		first = utf8.RuneError
	}
	return utf8.AppendRune(b, first), s
}

func hex4(s string) (n rune, ok bool) {
	if len(s) < 4 {
		return 0, false
	}
	for _, b := range []byte(s[:4]) {
		if !ascii.IsHex(b) {
			return 0, false
		}
		n = n<<4 | rune(ascii.HexValue(b))
	}
	return n, true
}
