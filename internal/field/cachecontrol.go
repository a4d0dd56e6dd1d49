package field

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// A Directive is one member of a Cache-Control field (RFC 9111, Section 5.2).
type Directive struct {
	Name        string
	Argument    string // without quotes, and without the backslashes of quoted pairs
	HasArgument bool   // an empty argument and none differ
	Malformed   bool   // not by the grammar: such a directive may forbid, but permits nothing
}

// Is reports whether d has the given name, in whatever case.
func (d *Directive) Is(name string) bool { return ascii.EqualFold(d.Name, name) }

// Bare reports whether d was written as a directive without argument ought to be.
func (d *Directive) Bare() bool { return !d.HasArgument && !d.Malformed }

// Seconds returns the argument as a number of seconds (RFC 9111, Section 1.2.2);
// a number above the largest int64 is that largest one. ok is false if it is
// none, or if the directive is malformed.
func (d *Directive) Seconds() (n uint64, ok bool) {
	n, ok = ascii.ParseDigits(d.Argument)
	return n, ok && !d.Malformed
}

// ListsNames reports whether the argument is a list of one or more field names,
// as private and no-cache may have, written by the grammar.
func (d *Directive) ListsNames() bool {
	if d.Malformed {
		return false
	}
	found := false
	for list := d.Argument; ; found = true {
		name, rest, ok := CutName(list)
		if !ok {
			return found
		}
		if !IsName(name) {
			return false
		}
		list = rest
	}
}

// CutName cuts the first member off a list of names, such as the argument of
// private or a line of Connection. It may be something else than a name; see
// [IsName].
func CutName(list string) (name, rest string, ok bool) {
	list = skipEmpty(list)
	i := 0
	for i < len(list) && list[i] != ',' {
		i++
	}
	name = ascii.TrimOWS(list[:i])
	return name, list[i:], name != ""
}

// skipEmpty skips white space and the empty members that a list may begin with
// (RFC 9110, Section 5.6.1.2).
func skipEmpty(list string) string {
	for list != "" && (list[0] == ',' || ascii.IsOWS(list[0])) {
		list = list[1:]
	}
	return list
}

// Directives reads the directives of a Cache-Control field from left to right.
// Its lines are one list (RFC 9110, Section 5.3): a quoted string that begins in
// one may end in another.
type Directives struct {
	line   string   // what is left of the line that is read
	lines  []string // those after it
	broken bool     // a quote that is never closed stood before it
}

// CacheControl returns the directives of the lines of a field.
func CacheControl(lines []string) Directives { return Directives{lines: lines} }

// Next cuts off the next directive; ok is false where there is none left.
//
// It never looks into a quoted string, so that ext="no-store" is no no-store.
// Where a quote is not closed it is not known what it was to hold: the rest of
// the field is read as if it were not there, and counts as malformed.
func (l *Directives) Next() (d Directive, ok bool) {
	for l.line = skipEmpty(l.line); l.line == ""; l.line = skipEmpty(l.line) {
		if len(l.lines) == 0 {
			return d, false
		}
		if l.line, l.lines = l.lines[0], l.lines[1:]; len(l.lines) > 0 && openQuote(l.line) {
			l.line, l.lines = l.line+", "+strings.Join(l.lines, ", "), nil
		}
	}
	d.Name = l.token()
	d.Malformed = l.broken || d.Name == ""
	if rest := trimLeft(l.line); rest != "" && rest[0] == '=' {
		value := trimLeft(rest[1:])
		d.Malformed = d.Malformed || len(value)+1 != len(l.line) // spaces around it
		l.line, d.HasArgument = value, true
		if end := l.quoted(); end > 0 {
			d.Argument, l.line = Unescape(l.line[1:end-1]), l.line[end:]
		} else if d.Argument = l.token(); d.Argument == "" {
			d.Malformed = true
		}
	}
	for l.line != "" && l.line[0] != ',' { // what else stands there does not belong there
		end := max(1, l.quoted())
		l.broken = l.broken || end == 1 && l.line[0] == '"'
		d.Malformed = d.Malformed || !ascii.IsOWS(l.line[0])
		l.line = l.line[end:]
	}
	return d, true
}

// quoted returns the length of the quoted string that comes next, 0 if there is
// none or it is not closed. Behind a quote that is never closed no other is, and to
// look for each to the end would take time that grows with the square of the
// length.
func (l *Directives) quoted() int {
	if l.broken {
		return 0
	}
	return quotedEnd(l.line)
}

// token cuts off a token, which may be empty.
func (l *Directives) token() string {
	i := TokenLen(l.line)
	token := l.line[:i]
	l.line = l.line[i:]
	return token
}

// openQuote reports whether a line ends within a quoted string.
func openQuote(line string) bool {
	open := false
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '"':
			open = !open
		case '\\':
			if open {
				i++
			}
		}
	}
	return open
}
