package conform

import (
	"bytes"
	"encoding/json"
)

// object reports whether the content is a JSON object, whole and valid. The
// answer is kept, because several rules ask.
func (v *view) object() bool {
	if v.body == bodyUnread {
		v.body = bodyOther
		if b := bytes.TrimLeft(v.x.Body, " \t\r\n"); v.whole && len(b) > 0 && b[0] == '{' && json.Valid(v.x.Body) {
			v.body = bodyObject
		}
	}
	return v.body == bodyObject
}

// A member is a name and a value of a JSON object, as they stand in the text.
// The name has no quotes, but keeps its escapes.
type member struct{ name, value []byte }

// nextObjectMember cuts the first member off the text of a valid JSON object,
// whose opening brace or a comma comes first. ok is false at its end.
// It never reads beyond text that is not valid.
func nextObjectMember(text []byte) (m member, rest []byte, ok bool) {
	text = skipSpace(text)
	if len(text) == 0 || text[0] != '{' && text[0] != ',' {
		return m, nil, false
	}
	text = skipSpace(text[1:])
	if len(text) == 0 || text[0] != '"' {
		return m, nil, false
	}
	end := valueEnd(text)
	if end < 2 {
		return m, nil, false
	}
	m.name = text[1 : end-1]
	text = skipSpace(text[end:])
	if len(text) == 0 || text[0] != ':' {
		return m, nil, false
	}
	text = skipSpace(text[1:])
	end = valueEnd(text)
	m.value = text[:end]
	return m, text[end:], end > 0
}

func skipSpace(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t' || b[0] == '\n' || b[0] == '\r') {
		b = b[1:]
	}
	return b
}

// valueEnd returns the length of the JSON value at the start of b.
func valueEnd(b []byte) int {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			if i = stringEnd(b, i); depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return i
			}
		}
	}
	return len(b)
}

// stringEnd returns the index of the quote that closes the string that opens at
// i, or of the last byte.
func stringEnd(b []byte, i int) int {
	for j := i + 1; j < len(b); j++ {
		k := bytes.IndexByte(b[j:], '"')
		if k < 0 {
			break
		}
		j += k
		escapes := 0
		for e := j - 1; e > i && b[e] == '\\'; e-- {
			escapes++
		}
		if escapes%2 == 0 {
			return j
		}
	}
	return len(b) - 1
}

// isTruthy reports whether a JSON value says that there is something: not
// null, false, 0, "", [] or {}.
func isTruthy(value []byte) bool {
	switch value[0] {
	case 'n', 'f':
		return false
	case '"':
		return len(value) > 2
	case '[', '{':
		return len(skipSpace(value[1:])) > 1
	case 't':
		return true
	}
	return bytes.ContainsAny(mantissa(value), "123456789")
}

func mantissa(value []byte) []byte {
	if i := bytes.IndexAny(value, "eE"); i >= 0 {
		return value[:i]
	}
	return value
}
