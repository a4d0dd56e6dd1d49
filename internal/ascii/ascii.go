// Package ascii has the character classes and the case of ASCII, of which the
// grammars of HTTP are made. The functions of strings and unicode know more
// letters, and would take a "\u017F" for an s.
package ascii

import "strings"

// EqualFold reports whether two field names are the same. Field names are
// ASCII, so strings.EqualFold would take "\u017Fet-cookie" for Set-Cookie.
func EqualFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if Lower(a[i]) != Lower(b[i]) {
			return false
		}
	}
	return true
}

// IndexAny returns the index of the first byte of s that is one of bytes, or -1.
// [strings.IndexAny] does the same for all characters, in more code.
func IndexAny(s, bytes string) int {
	for i := range len(s) {
		if strings.IndexByte(bytes, s[i]) >= 0 {
			return i
		}
	}
	return -1
}

// Lower returns b in lower case if it is a letter.
func Lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		b += 'a' - 'A'
	}
	return b
}

// IsDigit reports whether b is a decimal digit.
func IsDigit(b byte) bool { return b-'0' < 10 }

// IsAlpha reports whether b is a letter.
func IsAlpha(b byte) bool { return Lower(b)-'a' < 26 }

// IsHex reports whether b is a hexadecimal digit, in either case.
func IsHex(b byte) bool { return IsDigit(b) || Lower(b)-'a' < 6 }

// HexValue returns the value of a hexadecimal digit. It is for bytes that IsHex
// accepts.
func HexValue(b byte) byte {
	if IsDigit(b) {
		return b - '0'
	}
	return Lower(b) - 'a' + 10
}

// IsOWS reports whether b may stand between the parts of a field value.
// RFC 9110, Section 5.6.3.
func IsOWS(b byte) bool { return b == ' ' || b == '\t' }

// TrimOWS returns s without the spaces and tabs around it, which are no part of
// a field value (RFC 9110, Section 5.5).
func TrimOWS(s string) string {
	for s != "" && IsOWS(s[0]) {
		s = s[1:]
	}
	for s != "" && IsOWS(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// AllDigits reports whether s is 1*DIGIT.
func AllDigits(s string) bool {
	for i := range len(s) {
		if !IsDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// ParseDigits parses 1*DIGIT. A number above the largest int64 is that largest
// one, however long it is.
func ParseDigits(s string) (n uint64, ok bool) {
	const most = 1<<63 - 1
	for i := range len(s) {
		d := s[i] - '0'
		if d > 9 {
			return 0, false
		}
		if n > (most-9)/10 {
			n = most // and so it stays
		} else {
			n = n*10 + uint64(d)
		}
	}
	return n, s != ""
}

// IsTokenByte reports whether b may stand in a token.
// RFC 9110, Section 5.6.2.
func IsTokenByte(b byte) bool { return b < 128 && tokenBytes[b>>6]>>(b&63)&1 != 0 }

// tokenBytes has a bit for each tchar. RFC 9110, Section 5.6.2.
var tokenBytes = [2]uint64{
	1<<'!' | 1<<'#' | 1<<'$' | 1<<'%' | 1<<'&' | 1<<'\'' | 1<<'*' | 1<<'+' | 1<<'-' | 1<<'.' | 0x3ff<<'0',
	0x3ffffff<<('A'-64) | 0x3ffffff<<('a'-64) | 1<<('^'-64) | 1<<('_'-64) | 1<<('`'-64) | 1<<('|'-64) | 1<<('~'-64),
}
