package escape

import (
	"strconv"
	"unicode/utf8"
)

// Text appends s as lines of plain text. Readers of it may be terminals, so
// control characters other than tab and line feed are written as Go writes them
// in a string, \x1b, and so are those that turn the direction of the text. What
// is not UTF-8 becomes U+FFFD.
func Text(dst []byte, s string) []byte {
	start := 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case r == utf8.RuneError:
			dst = append(dst, s[start:i]...)
			dst = append(dst, "\ufffd"...)
			start = i + size
		case r != '\n' && r != '\t' && isTricky(r):
			dst = append(dst, s[start:i]...)
			dst = Line(dst, s[i:i+size], 16)
			start = i + size
		}
		i += size
	}
	return append(dst, s[start:]...)
}

// isTricky reports whether r can change how the text around it looks: a control
// character, or one that turns the direction of the text.
func isTricky(r rune) bool {
	return r < ' ' || 0x7f <= r && r < 0xa0 || r == '\u061c' || r == '\u200e' || r == '\u200f' ||
		'\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

// Ellipsis marks what was cut off.
const Ellipsis = "\u2026"

// Line appends s in at most limit bytes, with everything that is not plainly
// printable written as an escape sequence, so that it stays one line of a log.
// Go's notion of printable leaves out control and format characters, among them
// those that turn the direction of the text, line separators, and all spaces but
// U+0020. What is cut off is marked by an [Ellipsis], for which limit must have
// room.
func Line(dst []byte, s string, limit int) []byte {
	start := len(dst)
	fits := start // the longest prefix that leaves room for the ellipsis
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			const hex = "0123456789abcdef"
			dst = append(dst, '\\', 'x', hex[s[i]>>4], hex[s[i]&15])
		case strconv.IsPrint(r):
			dst = append(dst, s[i:i+size]...)
		default:
			quoted := strconv.AppendQuoteRune(dst, r) // 'x', without the quotes
			copy(quoted[len(dst):], quoted[len(dst)+1:])
			dst = quoted[:len(quoted)-2]
		}
		if len(dst)-start > limit {
			return append(dst[:fits], Ellipsis...)
		}
		if len(dst)-start <= limit-len(Ellipsis) {
			fits = len(dst)
		}
		i += size
	}
	return dst
}
