package field

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// TokenLen returns the length of the token that s begins with
// (RFC 9110, Section 5.6.2), 0 if it begins with none.
func TokenLen(s string) int {
	i := 0
	for i < len(s) && ascii.IsTokenByte(s[i]) {
		i++
	}
	return i
}

// quotedEnd returns the length of the quoted string that s begins with, quotes
// included, or 0 if there is none or it is not closed
// (RFC 9110, Section 5.6.4).
func quotedEnd(s string) int {
	if s == "" || s[0] != '"' {
		return 0
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
	return 0
}

// Unescape takes the backslashes of quoted pairs out of what stands between quotes
// (RFC 9110, Section 5.6.4). It copies only where there are some.
func Unescape(raw string) string {
	for i := range len(raw) {
		if raw[i] != '\\' {
			continue
		}
		text := append(make([]byte, 0, len(raw)), raw[:i]...)
		for ; i < len(raw); i++ {
			if raw[i] == '\\' && i+1 < len(raw) {
				i++
			}
			text = append(text, raw[i])
		}
		return string(text)
	}
	return raw
}

// trimLeft returns s without the spaces and tabs that it begins with.
func trimLeft(s string) string {
	for s != "" && ascii.IsOWS(s[0]) {
		s = s[1:]
	}
	return s
}

// CutMember cuts the first member off a list (RFC 9110, Section 5.6.1). Commas
// in quoted strings do not separate, nor do those between the angle brackets
// that a member begins with, as in Link. Empty members are skipped; ok is false
// where there is none left.
func CutMember(list string) (member, rest string, ok bool) {
	list = skipEmpty(list)
	end := memberEnd(list)
	return ascii.TrimOWS(list[:end]), list[end:], end > 0
}

// memberEnd returns where the first member of a list ends.
func memberEnd(list string) int {
	quoted, angled := false, list != "" && list[0] == '<'
	for i := 0; i < len(list); i++ {
		switch c := list[i]; {
		case angled:
			angled = c != '>'
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted:
			i++
		case c == ',' && !quoted:
			return i
		}
	}
	return len(list)
}

// CutParameter reads one parameter, of those that follow a semicolon, by the
// grammar. An empty one is allowed and has no name (RFC 9110, Section 5.6.6). A
// quoted value comes without its quotes, its escapes left in (see [Unescape]).
func CutParameter(s string) (name, value, rest string, ok bool) {
	s = trimLeft(s)
	if s == "" || s[0] == ';' {
		return "", "", strings.TrimPrefix(s, ";"), true
	}
	i := TokenLen(s)
	if i == 0 || i == len(s) || s[i] != '=' {
		return "", "", "", false
	}
	name, s = s[:i], s[i+1:]
	if end := quotedEnd(s); end > 0 {
		value, s = s[1:end-1], s[end:]
	} else if i = TokenLen(s); i > 0 {
		value, s = s[:i], s[i:]
	} else {
		return "", "", "", false
	}
	if s = trimLeft(s); s != "" && s[0] != ';' {
		return "", "", "", false
	}
	return name, value, strings.TrimPrefix(s, ";"), true
}

// ParseQuality reads a weight, in thousandths (RFC 9110, Section 12.4.2).
func ParseQuality(s string) (quality int, ok bool) {
	if s == "" || s[0] != '0' && s[0] != '1' || len(s) > 1 && s[1] != '.' || len(s) > 5 {
		return 0, false
	}
	q, unit := int(s[0]-'0')*1000, 100
	for i := 2; i < len(s); i++ {
		if !ascii.IsDigit(s[i]) {
			return 0, false
		}
		q += int(s[i]-'0') * unit
		unit /= 10
	}
	return q, q <= 1000
}
