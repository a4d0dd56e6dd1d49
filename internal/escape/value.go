package escape

import "example.com/httpstatus/internal/ascii"

// maxDepth is how deep the arrays and objects of a JSON text may be nested.
const maxDepth = 1000

// JSONText appends a JSON text without its insignificant white space and with
// its strings as [JSON] escapes them, and reports whether text is one: a single
// value by RFC 8259, nested no deeper than 1000. If it is not, the result is
// dst. Bytes in a string that are not UTF-8 become \ufffd.
func JSONText(dst []byte, text string) ([]byte, bool) {
	w := textWriter{dst: dst, rest: text}
	if !w.value(maxDepth) || w.peek() != 0 || w.rest != "" {
		return dst, false
	}
	return w.dst, true
}

// A textWriter copies a JSON text. Its methods report whether there was what
// they are named for.
type textWriter struct {
	dst  []byte
	rest string // of the text
}

// peek skips white space and returns the byte after it, or 0 at the end.
func (w *textWriter) peek() byte {
	for w.rest != "" {
		switch b := w.rest[0]; b {
		case ' ', '\t', '\r', '\n':
			w.rest = w.rest[1:]
		default:
			return b
		}
	}
	return 0
}

// take copies the next n bytes.
func (w *textWriter) take(n int) {
	w.dst = append(w.dst, w.rest[:n]...)
	w.rest = w.rest[n:]
}

func (w *textWriter) value(depth int) bool {
	switch b := w.peek(); {
	case b == '{' && depth > 0:
		return w.list(depth, '}', w.member)
	case b == '[' && depth > 0:
		return w.list(depth, ']', w.value)
	case b == '"':
		return w.string()
	}
	n := NumberLen(w.rest)
	for _, word := range [...]string{"null", "true", "false"} {
		if len(w.rest) >= len(word) && w.rest[:len(word)] == word {
			n = len(word)
		}
	}
	w.take(n)
	return n > 0
}

// list copies the elements of an array or the members of an object.
func (w *textWriter) list(depth int, end byte, element func(depth int) bool) bool {
	w.take(1)
	if w.peek() == end {
		w.take(1)
		return true
	}
	for element(depth - 1) {
		switch w.peek() {
		case ',':
			w.take(1)
			continue
		case end:
			w.take(1)
			return true
		}
		return false
	}
	return false
}

func (w *textWriter) member(depth int) bool {
	if w.peek() != '"' || !w.string() || w.peek() != ':' {
		return false
	}
	w.take(1)
	return w.value(depth)
}

func (w *textWriter) string() bool {
	w.take(1)
	for {
		i := 0
		for i < len(w.rest) && w.rest[i] != '"' && w.rest[i] != '\\' && w.rest[i] >= ' ' {
			i++
		}
		w.dst = appendUnquoted(w.dst, w.rest[:i])
		w.rest = w.rest[i:]
		switch {
		case w.rest == "" || w.rest[0] < ' ':
			return false
		case w.rest[0] == '"':
			w.take(1)
			return true
		}
		n := escapeLen(w.rest)
		if n == 0 {
			return false
		}
		w.take(n)
	}
}

// appendUnquoted appends what stands between the quotes of [JSON].
func appendUnquoted(dst []byte, s string) []byte {
	n := len(dst)
	dst = JSON(dst, s)
	copy(dst[n:], dst[n+1:])
	return dst[:len(dst)-2]
}

// escapeLen returns the length of the escape sequence that s begins with; 0 if
// it is none.
func escapeLen(s string) int {
	if len(s) < 2 {
		return 0
	}
	switch s[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if len(s) >= 6 && ascii.IsHex(s[2]) && ascii.IsHex(s[3]) && ascii.IsHex(s[4]) && ascii.IsHex(s[5]) {
			return 6
		}
	}
	return 0
}

// NumberLen returns the length of the JSON number that s begins with; 0 if it
// does not begin with one. RFC 8259, Section 6.
func NumberLen(s string) int {
	i := 0
	if i < len(s) && s[i] == '-' {
		i++
	}
	digits := countDigits(s[i:])
	if digits == 0 || digits > 1 && s[i] == '0' {
		return 0
	}
	i += digits
	if i < len(s) && s[i] == '.' {
		n := countDigits(s[i+1:])
		if n == 0 {
			return 0
		}
		i += 1 + n
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		n := countDigits(s[i:])
		if n == 0 {
			return 0
		}
		i += n
	}
	return i
}

func countDigits(s string) int {
	i := 0
	for i < len(s) && ascii.IsDigit(s[i]) {
		i++
	}
	return i
}
