package conform

import (
	"iter"
	"strings"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// This file holds the grammars that rules check field values against, beside
// those of internal/field. They take any string and allocate nothing.

// trimZeros removes leading zeros; "" is zero.
func trimZeros(s string) string {
	for s != "" && s[0] == '0' {
		s = s[1:]
	}
	return s
}

// compareDigits compares two strings of digits as numbers of any size.
func compareDigits(a, b string) int {
	a, b = trimZeros(a), trimZeros(b)
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// members returns an iterator over the members of lists, in order. Empty ones
// are skipped.
func members(lists []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, list := range lists {
			for {
				member, rest, ok := field.CutMember(list)
				if !ok {
					break
				}
				if !yield(member) {
					return
				}
				list = rest
			}
		}
	}
}

// hasMember reports whether one of the lists has a member equal to name
// without regard to case.
func hasMember(lists []string, name string) bool {
	for member := range members(lists) {
		if ascii.EqualFold(member, name) {
			return true
		}
	}
	return false
}

// nextParam cuts the first parameter off a list of ";name=value". The value
// comes without its quotes; escapes in it stay. Unlike the parameters of
// RFC 9110, Section 5.6.6, those of Link may have no value, and space around the
// equals sign (RFC 8288, Section 3).
func nextParam(s string) (name, value, rest string, ok bool) {
	for {
		s = ascii.TrimOWS(s)
		if s == "" || s[0] != ';' {
			return "", "", "", false
		}
		if s = ascii.TrimOWS(s[1:]); s == "" || s[0] != ';' {
			break
		}
	}
	end := field.TokenLen(s)
	if end == 0 {
		return "", "", "", false
	}
	name, s = s[:end], ascii.TrimOWS(s[end:])
	if s == "" || s[0] != '=' {
		return name, "", s, true
	}
	s = ascii.TrimOWS(s[1:])
	if s != "" && s[0] == '"' {
		for i := 1; i < len(s); i++ {
			if s[i] == '\\' {
				i++
			} else if s[i] == '"' {
				return name, s[1:i], s[i+1:], true
			}
		}
		return name, s[1:], "", true
	}
	end = strings.IndexAny(s, "; \t")
	if end < 0 {
		end = len(s)
	}
	return name, s[:end], s[end:], true
}

// mediaType returns the type and subtype of a Content-Type, and where its
// parameters begin.
func mediaType(value string) (essence, params string) {
	if i := strings.IndexByte(value, ';'); i >= 0 {
		return ascii.TrimOWS(value[:i]), value[i:]
	}
	return ascii.TrimOWS(value), ""
}

// isJSONType reports whether a media type is JSON, by name or by suffix.
func isJSONType(essence string) bool {
	return essence == "application/json" || ascii.EqualFold(essence, "application/json") ||
		ascii.EqualFold(essence, "text/json") || hasSuffixFold(essence, "+json")
}

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && ascii.EqualFold(s[len(s)-len(suffix):], suffix)
}

// startsWithScheme reports whether the first member of a list of challenges
// begins with an auth-scheme (RFC 9110, Section 11.3): a token that stands
// alone or is followed by a space, and not by "=" as a parameter would be.
func startsWithScheme(lists []string) bool {
	for member := range members(lists) {
		scheme, rest := member[:field.TokenLen(member)], member[field.TokenLen(member):]
		if rest == "" {
			return true
		}
		// "realm = x" is a parameter too: BWS is allowed around "=".
		return scheme != "" && rest[0] == ' ' && !strings.HasPrefix(ascii.TrimOWS(rest), "=")
	}
	return false
}

// hasRelation reports whether one of the Link values has the relation type
// (RFC 8288, Section 3.3).
func hasRelation(links []string, relation string) bool {
	for link := range members(links) {
		end := strings.IndexByte(link, '>')
		if link[0] != '<' || end < 0 {
			continue
		}
		params := link[end+1:]
		for {
			name, value, rest, ok := nextParam(params)
			if !ok {
				break
			}
			if ascii.EqualFold(name, "rel") && hasWord(value, relation) {
				return true
			}
			params = rest
		}
	}
	return false
}

func hasWord(s, word string) bool {
	for s != "" {
		i := strings.IndexByte(s, ' ')
		if i < 0 {
			i = len(s)
		}
		if ascii.EqualFold(s[:i], word) {
			return true
		}
		s = s[min(i+1, len(s)):]
	}
	return false
}
