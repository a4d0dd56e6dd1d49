package httpstatus

import "example.com/httpstatus/internal/ascii"

// A listParser reads what is needed of the syntax of structured fields
// (RFC 9651, Section 4.2) to understand a List of Items. Its methods consume what
// they read of rest; after one has failed, rest means nothing.
type listParser struct{ rest string }

// An sfValue is a bare item as far as it matters here: its type, and the value
// of an Integer.
type sfValue struct {
	kind    sfKind
	integer int64
}

// An sfKind is a type of bare item; sfNone is none, because it is malformed.
type sfKind uint8

const (
	sfNone sfKind = iota
	sfInteger
	sfDecimal
	sfString
	sfToken
	sfBytes
	sfBoolean
	sfDate
	sfDisplayString
)

// bareItem reads a bare item (RFC 9651, Section 4.2.3.1) and returns its type,
// and its value if it is an Integer.
func (p *listParser) bareItem() (kind sfKind, integer int64) {
	if p.rest == "" {
		return sfNone, 0
	}
	switch c := p.rest[0]; {
	case c == '-' || c-'0' <= 9:
		return p.number()
	case c == '"':
		return p.quoted(), 0
	case c == '*' || ascii.Lower(c)-'a' < 26:
		return p.token(), 0
	case c == ':':
		return p.bytes(), 0
	case c == '?':
		if len(p.rest) < 2 || p.rest[1] != '0' && p.rest[1] != '1' {
			return sfNone, 0
		}
		p.rest = p.rest[2:]
		return sfBoolean, 0
	case c == '@':
		p.rest = p.rest[1:]
		if kind, _ := p.number(); kind != sfInteger {
			return sfNone, 0
		}
		return sfDate, 0
	case c == '%':
		return p.displayString(), 0
	}
	return sfNone, 0
}

// number reads an Integer of at most 15 digits, or a Decimal of at most 12
// before the point and 1 to 3 behind it.
func (p *listParser) number() (kind sfKind, integer int64) {
	negative := p.take('-')
	digits := p.digits()
	if digits == "" || len(digits) > 15 {
		return sfNone, 0
	}
	if p.take('.') {
		if fraction := p.digits(); len(digits) > 12 || fraction == "" || len(fraction) > 3 {
			return sfNone, 0
		}
		return sfDecimal, 0
	}
	n, _ := parseDigits(digits)
	if negative {
		return sfInteger, -int64(n)
	}
	return sfInteger, int64(n)
}

func (p *listParser) digits() string {
	n := 0
	for n < len(p.rest) && p.rest[n]-'0' <= 9 {
		n++
	}
	digits := p.rest[:n]
	p.rest = p.rest[n:]
	return digits
}

// quoted reads a String: visible ASCII and spaces in quotes, in which a
// backslash stands before a quote or another backslash and nothing else.
func (p *listParser) quoted() sfKind {
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == '"':
			p.rest = p.rest[i+1:]
			return sfString
		case c == '\\':
			i++
			if i == len(p.rest) || p.rest[i] != '"' && p.rest[i] != '\\' {
				return sfNone
			}
		case c < ' ' || c > '~':
			return sfNone
		}
	}
	return sfNone
}

// token reads a Token whose first character has been looked at.
func (p *listParser) token() sfKind {
	n := 1
	for n < len(p.rest) && (ascii.IsTokenByte(p.rest[n]) || p.rest[n] == ':' || p.rest[n] == '/') {
		n++
	}
	p.rest = p.rest[n:]
	return sfToken
}

// bytes reads a Byte Sequence: base64 between colons.
func (p *listParser) bytes() sfKind {
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == ':':
			p.rest = p.rest[i+1:]
			return sfBytes
		case c-'0' > 9 && ascii.Lower(c)-'a' >= 26 && c != '+' && c != '/' && c != '=':
			return sfNone
		}
	}
	return sfNone
}

// displayString reads a Display String: percent-encoded UTF-8 in quotes. That it
// is UTF-8 is left unchecked, because nobody displays it.
func (p *listParser) displayString() sfKind {
	s := p.rest
	if len(s) < 2 || s[1] != '"' {
		return sfNone
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			p.rest = s[i+1:]
			return sfDisplayString
		case c == '%':
			if i+2 >= len(s) || !isLowerHex(s[i+1]) || !isLowerHex(s[i+2]) {
				return sfNone
			}
			i += 2
		case c < ' ' || c > '~':
			return sfNone
		}
	}
	return sfNone
}

func isLowerHex(c byte) bool { return c-'0' <= 9 || c-'a' < 6 }

// key reads the name of a parameter.
func (p *listParser) key() (key string, ok bool) {
	n := 0
	for n < len(p.rest) {
		c := p.rest[n]
		if c-'a' >= 26 && c != '*' && (n == 0 || c-'0' > 9 && c != '_' && c != '-' && c != '.') {
			break
		}
		n++
	}
	key = p.rest[:n]
	p.rest = p.rest[n:]
	return key, n > 0
}

// take consumes c if it comes next.
func (p *listParser) take(c byte) bool {
	if p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

// skip consumes all that follows of the one or two bytes in set.
func (p *listParser) skip(set string) {
	for p.rest != "" && (p.rest[0] == set[0] || p.rest[0] == set[len(set)-1]) {
		p.rest = p.rest[1:]
	}
}
