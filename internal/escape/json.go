package escape

import (
	"math/bits"
	"unicode/utf8"
)

// JSON appends s as a JSON string, quotes included. What a browser could take
// for markup is escaped (<, > and &), and so are the line separators U+2028 and
// U+2029; what is not UTF-8 becomes \ufffd, byte by byte.
func JSON(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	start := 0 // of what is not yet appended
	for i := plainJSON(s); i < len(s); i += plainJSON(s[i:]) {
		if b := s[i]; b < utf8.RuneSelf {
			dst = append(dst, s[start:i]...)
			letter := byte('u')
			switch b {
			case '\\', '"':
				letter = b
			case '\b':
				letter = 'b'
			case '\f':
				letter = 'f'
			case '\n':
				letter = 'n'
			case '\r':
				letter = 'r'
			case '\t':
				letter = 't'
			}
			if dst = append(dst, '\\', letter); letter == 'u' {
				dst = append(dst, '0', '0', hex[b>>4], hex[b&15])
			}
			i++
			start = i
			continue
		}
		for i < len(s) && s[i] >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			switch {
			case r == utf8.RuneError && size == 1:
				dst = append(dst, s[start:i]...)
				dst = append(dst, `\ufffd`...)
				start = i + 1
			case isLineEnd(r):
				dst = append(dst, s[start:i]...)
				dst = append(dst, `\u202`...)
				dst = append(dst, hex[r&15])
				start = i + size
			}
			i += size
		}
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

// IsPlainJSON reports whether s can stand in a JSON string as it is.
func IsPlainJSON(s string) bool {
	i := plainJSON(s)
	for i < len(s) {
		n := plainRune(s[i:])
		if n == 0 {
			return false
		}
		i += n
		if i < len(s) && s[i] < utf8.RuneSelf {
			i += plainJSON(s[i:])
		}
	}
	return true
}

// plainRune returns the length of the character beyond ASCII that s begins with,
// if it stands for itself; else 0. Two bytes, as most letters have, are looked at
// here.
func plainRune(s string) int {
	if len(s) > 1 && s[0]-0xc2 < 0x1e && s[1]-0x80 < 0x40 {
		return 2
	}
	r, size := utf8.DecodeRuneInString(s)
	if size == 1 || isLineEnd(r) { // ASCII, or no character
		return 0
	}
	return size
}

// isLineEnd reports whether r ends a line in old JavaScript.
func isLineEnd(r rune) bool { return r == '\u2028' || r == '\u2029' }

// plainJSON returns how many bytes at the beginning of s are ASCII that can stand
// in a JSON string as it is. It looks at eight at a time, since that is what most of
// the time goes into.
func plainJSON(s string) int {
	i := 0
	for ; len(s)-i >= 8; i += 8 {
		if special := specialJSON(eightBytes(s, i)); special != 0 {
			return i + bits.TrailingZeros64(special)/8
		}
	}
	if i > 0 && i < len(s) { // the last eight, of which the first were plain
		special := specialJSON(eightBytes(s, len(s)-8))
		return len(s) - 8 + bits.TrailingZeros64(special)/8 // 64 zeros if none is special
	}
	for i < len(s) && s[i] < utf8.RuneSelf && jsonSafe[s[i]>>6]>>(s[i]&63)&1 != 0 {
		i++
	}
	return i
}

// specialJSON marks those of eight bytes that are not plain, each in the highest
// bit of its byte. Only the lowest mark is to be relied on: a byte that has one
// borrows from the next.
func specialJSON(x uint64) uint64 {
	const (
		ones  = 0x0101010101010101
		highs = 0x8080808080808080
	)
	// For a byte b below 0x80, b^c-1 has its highest bit set if b is c, and
	// b-0x20 if b is a control character. Setting a bit first makes two
	// characters one: < and > differ in that of 2, " and & in that of 4.
	control := x - ones*' '
	backslash := (x ^ ones*'\\') - ones
	angle := ((x | ones*2) ^ ones*'>') - ones
	quoteAnd := ((x | ones*4) ^ ones*'&') - ones
	return (x | control | backslash | angle | quoteAnd) & highs
}

// eightBytes returns those of s from i on, the first of which is the lowest. The
// compiler makes one load of it, and inlines it.
func eightBytes(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// jsonSafe has a bit for each ASCII character that stands for itself in a JSON
// string: all from the space on but ", &, <, > and \.
var jsonSafe = [2]uint64{
	0xffffffff_00000000 &^ (1<<'"' | 1<<'&' | 1<<'<' | 1<<'>'),
	0xffffffff_ffffffff &^ (1 << ('\\' - 64)),
}
