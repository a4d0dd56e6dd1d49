package httpstatus

// What HTTP's grammars are made of is ASCII. The functions of strings and
// unicode see more in it, and would take a "\u017F" for an s.

// equalFold reports whether two field names are the same. Field names are
// ASCII, so strings.EqualFold would take "\u017Fet-cookie" for Set-Cookie.
func equalFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		b += 'a' - 'A'
	}
	return b
}

func isDigit(b byte) bool { return b-'0' < 10 }

func isAlpha(b byte) bool { return lower(b)-'a' < 26 }

func isHex(b byte) bool { return isDigit(b) || lower(b)-'a' < 6 }

// hexValue is for bytes that isHex accepts.
func hexValue(b byte) byte {
	if isDigit(b) {
		return b - '0'
	}
	return lower(b) - 'a' + 10
}

// isOWS reports whether b may stand between the parts of a field value.
// RFC 9110, Section 5.6.3.
func isOWS(b byte) bool { return b == ' ' || b == '\t' }

// trimOWS returns s without the spaces and tabs around it, which are no part of
// a field value (RFC 9110, Section 5.5).
func trimOWS(s string) string {
	for s != "" && isOWS(s[0]) {
		s = s[1:]
	}
	for s != "" && isOWS(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// allDigits reports whether s is 1*DIGIT.
func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// isTokenByte reports whether b may stand in a token.
// RFC 9110, Section 5.6.2.
func isTokenByte(b byte) bool { return b < 128 && tokenBytes[b>>6]>>(b&63)&1 != 0 }

// tokenBytes has a bit for each tchar. RFC 9110, Section 5.6.2.
var tokenBytes = [2]uint64{
	1<<'!' | 1<<'#' | 1<<'$' | 1<<'%' | 1<<'&' | 1<<'\'' | 1<<'*' | 1<<'+' | 1<<'-' | 1<<'.' | 0x3ff<<'0',
	0x3ffffff<<('A'-64) | 0x3ffffff<<('a'-64) | 1<<('^'-64) | 1<<('_'-64) | 1<<('`'-64) | 1<<('|'-64) | 1<<('~'-64),
}
