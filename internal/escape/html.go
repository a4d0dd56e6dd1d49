package escape

import "unicode/utf8"

// HTML appends s as the text of an element. Control characters other than white
// space, and those that turn the direction of the text, are written as in
// [Text], since a character reference would only bring them back.
func HTML(dst []byte, s string) []byte {
	start := 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		var reference string
		switch r {
		case '<':
			reference = "&lt;"
		case '>':
			reference = "&gt;"
		case '&':
			reference = "&amp;"
		case '"':
			reference = "&#34;"
		case '\'':
			reference = "&#39;"
		case utf8.RuneError, 0:
			reference = "\ufffd"
		default:
			if isSpace(r) || !isTricky(r) {
				i += size
				continue
			}
			dst = append(dst, s[start:i]...)
			dst = Line(dst, s[i:i+size], 16)
			i += size
			start = i
			continue
		}
		dst = append(dst, s[start:i]...)
		dst = append(dst, reference...)
		i += size
		start = i
	}
	return append(dst, s[start:]...)
}
