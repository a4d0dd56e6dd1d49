package caching

import (
	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// matches reports whether two requests agree in the fields that the lines of a
// Vary field name (RFC 9111, Section 4.1). A member that is not a field name, as
// "*" is not one for this purpose, matches nothing, nor do more than most names:
// each is looked for in both requests.
func matches(vary []string, stored, presented map[string][]string) bool {
	names := 0
	for _, line := range vary {
		for name, rest, ok := field.CutName(line); ok; name, rest, ok = field.CutName(rest) {
			if names++; names > most || name == "*" || !field.IsName(name) ||
				!sameField(name, field.Lines(stored, name), field.Lines(presented, name)) {
				return false
			}
		}
	}
	return true
}

// most is how many names, or members of a list, are compared with each of
// another set, which takes a time that grows with the product of their numbers.
const most = 64

// A likeness says how two values of a field may differ and mean the same.
type likeness uint8

const (
	sameList  likeness = iota // in the lines of their list, and white space around its members
	sameText                  // in nothing, because a comma does not make it a list
	sameSet                   // also in the order of members
	sameNames                 // also in the order of members and their case
)

// likenesses has the fields that are not compared as a list whose order matters.
var likenesses = [...]struct {
	name string
	likeness
}{
	{"Accept", sameSet},            // RFC 9110, Section 12.5.1: ranked by weight
	{"Accept-Charset", sameNames},  // RFC 9110, Section 12.5.2
	{"Accept-Encoding", sameNames}, // RFC 9110, Section 12.5.3
	{"Accept-Language", sameNames}, // RFC 9110, Section 12.5.4
	{"Authorization", sameText},    // RFC 9110, Section 11.6.2
	{"Cookie", sameText},           // RFC 6265, Section 4.2.1
	{"From", sameText},             // RFC 9110, Section 10.1.2
	{"Referer", sameText},          // RFC 9110, Section 10.1.3
	{"User-Agent", sameText},       // RFC 9110, Section 10.1.5: a comment may hold a comma
}

func likenessOf(name string) likeness {
	for _, l := range likenesses {
		if ascii.EqualFold(l.name, name) {
			return l.likeness
		}
	}
	return sameList
}

// sameField reports whether the lines of a field in two requests match. A field
// without lines is absent.
func sameField(name string, a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	if sameLines(a, b) {
		return true
	}
	switch likenessOf(name) {
	case sameText:
		return false
	case sameSet:
		return sameMembers(a, b, false)
	case sameNames:
		return sameMembers(a, b, true)
	}
	x, y := members{lines: a}, members{lines: b}
	for {
		m, ok := x.next()
		n, also := y.next()
		if !ok || !also {
			return ok == also
		}
		if m != n {
			return false
		}
	}
}

// sameLines reports whether two fields have the same lines, but for white space
// around each.
func sameLines(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && ascii.TrimOWS(a[i]) != ascii.TrimOWS(b[i]) {
			return false
		}
	}
	return true
}

// sameMembers reports whether two lists have the same members, each as often. It
// is false for more than most members: such a list matches only one that has the
// same lines.
func sameMembers(a, b []string, foldCase bool) bool {
	var left [most]string
	n := 0
	for x := (members{lines: a}); ; n++ {
		m, ok := x.next()
		if !ok {
			break
		}
		if n == most {
			return false
		}
		left[n] = m
	}
	for y := (members{lines: b}); ; {
		m, ok := y.next()
		if !ok {
			return n == 0
		}
		i := 0
		for i < n && left[i] != m && !(foldCase && ascii.EqualFold(left[i], m)) {
			i++
		}
		if i == n {
			return false
		}
		n--
		left[i] = left[n]
	}
}

// members reads the members of a list that may be spread over lines.
type members struct {
	line  string
	lines []string
}

func (l *members) next() (member string, ok bool) {
	for {
		if member, l.line, ok = field.CutMember(l.line); ok {
			return member, true
		}
		if len(l.lines) == 0 {
			return "", false
		}
		l.line, l.lines = l.lines[0], l.lines[1:]
	}
}
