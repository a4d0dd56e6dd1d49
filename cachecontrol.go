package httpstatus

import "example.com/httpstatus/internal/ascii"

// A directive is one member of a Cache-Control field (RFC 9111, Section 5.2).
type directive struct {
	name      string
	argument  string // without quotes; quoted pairs are left as they stand
	hasArg    bool   // an empty argument and none differ
	malformed bool   // not by the grammar: such a directive may forbid, but permits nothing
}

// bare reports whether d was written as a directive without argument ought to be.
func (d *directive) bare() bool { return !d.hasArg && !d.malformed }

// directives reads the directives of one Cache-Control line from left to right.
type directives struct {
	line   string // what is left
	broken bool   // a quote that is never closed stood before it
}

// next cuts off the first directive; ok is false where there is none left.
//
// It never looks into a quoted string, so that ext="no-store" is no no-store.
// Where a quote is not closed nobody can say what it was to hold: the rest of
// the line is read as if it were not there, and counts as malformed.
func (l *directives) next() (d directive, ok bool) {
	for l.line != "" && (l.line[0] == ',' || ascii.IsOWS(l.line[0])) {
		l.line = l.line[1:] // a list may have empty members (RFC 9110, Section 5.6.1.2)
	}
	if l.line == "" {
		return d, false
	}
	d.name = l.token()
	d.malformed = l.broken || d.name == ""
	if l.line != "" && l.line[0] == '=' {
		l.line, d.hasArg = l.line[1:], true
		if end := quotedEnd(l.line); end > 0 {
			d.argument, l.line = l.line[1:end-1], l.line[end:]
		} else if d.argument = l.token(); d.argument == "" {
			d.malformed = true
		}
	}
	for l.line != "" && l.line[0] != ',' { // what else stands there does not belong there
		end := max(1, quotedEnd(l.line))
		l.broken = l.broken || end == 1 && l.line[0] == '"'
		d.malformed = d.malformed || !ascii.IsOWS(l.line[0])
		l.line = l.line[end:]
	}
	return d, true
}

// token cuts off a token, which may be empty.
func (l *directives) token() string {
	i := 0
	for i < len(l.line) && ascii.IsTokenByte(l.line[i]) {
		i++
	}
	token := l.line[:i]
	l.line = l.line[i:]
	return token
}

// quotedEnd returns the length of the quoted string that s begins with, quotes
// included, or 0 if there is none or it is not closed.
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

// nextListed cuts the first field name off the argument of private or no-cache.
func nextListed(list string) (name, rest string, ok bool) {
	for list != "" && (list[0] == ',' || ascii.IsOWS(list[0])) {
		list = list[1:]
	}
	i := 0
	for i < len(list) && list[i] != ',' {
		i++
	}
	name, rest = list[:i], list[i:]
	for name != "" && ascii.IsOWS(name[len(name)-1]) {
		name = name[:len(name)-1]
	}
	return name, rest, name != ""
}

// cacheControl is what the Cache-Control lines of a message say about storing
// it. No answer depends on the order of lines or directives.
type cacheControl struct {
	noStore         bool
	privateAll      bool // private without a list of fields, or with one that cannot be read
	privateWell     bool // private, as it should be written
	privateFields   bool // private="..." with a list of fields
	public          bool
	mustRevalidate  bool
	mustUnderstand  bool // in any form: the status has to be understood
	understandWell  bool // as it should be written: no-store may be ignored
	maxAge, sMaxAge bool // present, be their value valid or not
	sMaxAgeValid    bool
}

func readCacheControl(header map[string][]string) (cc cacheControl) {
	for name, lines := range header {
		if !ascii.EqualFold(name, "Cache-Control") {
			continue
		}
		for _, line := range lines {
			cc.read(line)
		}
	}
	return cc
}

func (cc *cacheControl) read(line string) {
	l := directives{line: line}
	for d, ok := l.next(); ok; d, ok = l.next() {
		cc.add(&d)
	}
}

// add enters one directive. What forbids counts however it is written; what
// permits counts only if it is written by the grammar and, where it takes no
// argument, has none.
func (cc *cacheControl) add(d *directive) {
	switch {
	case ascii.EqualFold(d.name, "no-store"):
		cc.noStore = true
	case ascii.EqualFold(d.name, "private"):
		if _, _, named := nextListed(d.argument); named && !d.malformed {
			cc.privateFields = true
			return
		}
		cc.privateAll = true
		cc.privateWell = cc.privateWell || d.bare()
	case ascii.EqualFold(d.name, "public"):
		cc.public = cc.public || d.bare()
	case ascii.EqualFold(d.name, "must-revalidate"):
		cc.mustRevalidate = cc.mustRevalidate || d.bare()
	case ascii.EqualFold(d.name, "must-understand"):
		cc.mustUnderstand = true
		cc.understandWell = cc.understandWell || d.bare()
	case ascii.EqualFold(d.name, "max-age"):
		cc.maxAge = true
	case ascii.EqualFold(d.name, "s-maxage"):
		cc.sMaxAge = true
		cc.sMaxAgeValid = cc.sMaxAgeValid || !d.malformed && ascii.AllDigits(d.argument)
	}
}
