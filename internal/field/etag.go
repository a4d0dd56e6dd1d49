package field

import "example.com/httpstatus/internal/ascii"

// EntityTagLen returns the length of the entity tag that s begins with, 0 if it
// begins with none, and whether the tag is weak. A tag may hold a comma, and no
// space. RFC 9110, Section 8.8.3.
func EntityTagLen(s string) (n int, weak bool) {
	if len(s) >= 2 && s[0] == 'W' && s[1] == '/' {
		n, weak = 2, true
	}
	if n == len(s) || s[n] != '"' {
		return 0, false
	}
	for n++; n < len(s); n++ {
		switch b := s[n]; {
		case b == '"':
			return n + 1, weak
		case b <= ' ' || b == 0x7f:
			return 0, false
		}
	}
	return 0, false
}

// IsEntityTag reports whether s is an entity tag, weak or strong.
func IsEntityTag(s string) bool {
	n, _ := EntityTagLen(s)
	return n > 0 && n == len(s)
}

// FindEntityTag looks for an entity tag in the lines of a list of them. It
// reports whether a member matches by the strong and by the weak comparison
// (RFC 9110, Section 8.8.3.2), and whether all lines are well-formed, as the
// empty list is. What is no entity tag matches nothing.
func FindEntityTag(lines []string, tag string) (strong, weak, ok bool) {
	n, isWeak := EntityTagLen(tag)
	known := n > 0 && n == len(tag)
	if isWeak {
		tag = tag[2:]
	}
	for _, line := range lines {
		for s := skipEmpty(line); s != ""; s = skipEmpty(s) {
			n, listedWeak := EntityTagLen(s)
			if n == 0 {
				return false, false, false
			}
			listed := s[:n]
			if s = trimLeft(s[n:]); s != "" && s[0] != ',' {
				return false, false, false
			}
			if listedWeak {
				listed = listed[2:]
			}
			if known && listed == tag {
				weak = true
				strong = strong || !isWeak && !listedWeak
			}
		}
	}
	return strong, weak, true
}

// IsAsterisk reports whether the value of a field is "*", and not a list that has
// it as a member.
func IsAsterisk(lines []string) bool { return len(lines) == 1 && ascii.TrimOWS(lines[0]) == "*" }
