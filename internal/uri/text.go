package uri

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// pathRules say how appendSegments reads a path.
type pathRules uint8

const (
	rfcPath   pathRules = iota // RFC 3986
	plainPath                  // the same, but dot segments stay
	webPath                    // the URL standard: "\\" and "%2e" are slash and dot
)

// appendSegments appends the segments of a path, given without the slash before
// the first one, to the path that dst has from start on, and lets "." and ".."
// do what they mean (RFC 3986, Section 5.2.4). Where the path ends here, a dot
// segment at its end leaves a slash.
func appendSegments(dst []byte, start int, segments string, end bool, rules pathRules) []byte {
	for more := true; more; {
		segment := segments
		i := 0
		if rules == webPath {
			i = strings.IndexAny(segments, `/\`)
		} else {
			i = strings.IndexByte(segments, '/')
		}
		if more = i >= 0; more {
			segment, segments = segments[:i], segments[i+1:]
		}
		dots := 0
		switch rules {
		case rfcPath:
			dots = dotCount(segment)
		case webPath:
			dots = webDotCount(segment)
		}
		if dots == 2 {
			dst = cutSegment(dst, start)
		}
		switch {
		case dots > 0 && (more || !end):
		case dots > 0:
			dst = append(dst, '/')
		case rules == webPath:
			dst = appendWebText(append(dst, '/'), segment, webPathByte)
		default:
			dst = appendText(append(dst, '/'), segment, pathByte)
		}
	}
	return dst
}

// cutSegment removes the last segment, with its slash, of the path that dst has
// from start on.
func cutSegment(dst []byte, start int) []byte {
	i := len(dst) - 1
	for i > start && dst[i] != '/' {
		i--
	}
	return dst[:max(i, start)]
}

// dotCount returns 1 or 2 for "." and "..", and 0 for other segments.
func dotCount(segment string) int {
	if segment == "." || segment == ".." {
		return len(segment)
	}
	return 0
}

// validText reports whether s has only characters that allowed accepts, and
// percent signs that two hexadecimal digits follow.
func validText(s string, allowed func(byte) bool) bool {
	for i := range len(s) {
		if s[i] == '%' {
			if i+2 >= len(s) || !ascii.IsHex(s[i+1]) || !ascii.IsHex(s[i+2]) {
				return false
			}
		} else if !allowed(s[i]) {
			return false
		}
	}
	return true
}

// appendText appends s and percent-encodes what validText would object to.
func appendText(dst []byte, s string, allowed func(byte) bool) []byte {
	for i := range len(s) {
		b := s[i]
		if allowed(b) || b == '%' && i+2 < len(s) && ascii.IsHex(s[i+1]) && ascii.IsHex(s[i+2]) {
			dst = append(dst, b)
		} else {
			dst = appendPercent(dst, b)
		}
	}
	return dst
}

func appendPercent(dst []byte, b byte) []byte {
	const digits = "0123456789ABCDEF"
	return append(dst, '%', digits[b>>4], digits[b&15])
}

// unreservedByte reports whether b needs no encoding anywhere
// (RFC 3986, Section 2.3).
func unreservedByte(b byte) bool {
	return ascii.IsAlpha(b) || ascii.IsDigit(b) || b == '-' || b == '.' || b == '_' || b == '~'
}

// regNameByte reports whether b is unreserved or a sub-delim: whether it may
// stand in a host name (RFC 3986, Section 3.2.2).
func regNameByte(b byte) bool {
	switch b {
	case '!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=':
		return true
	}
	return unreservedByte(b)
}

func userinfoByte(b byte) bool { return b == ':' || regNameByte(b) }

func pathByte(b byte) bool { return b == '/' || b == ':' || b == '@' || regNameByte(b) }

// queryByte is for queries and fragments alike (RFC 3986, Sections 3.4 and 3.5).
func queryByte(b byte) bool { return b == '?' || pathByte(b) }
