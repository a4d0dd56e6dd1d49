package field

import (
	"iter"
	"unicode/utf8"

	"example.com/httpstatus/internal/ascii"
)

// This file reads structured fields (RFC 9651, Section 4.2). A field that is
// malformed anywhere has to be ignored as a whole, so the readers check all of
// it before they give a part of it. Tabs around a line are taken off with the
// spaces: neither is part of a field value (RFC 9110, Section 5.5). The readers do
// not allocate, and what they return are slices of the lines: only a String with
// an escape, a Byte Sequence and a Display String are built, when they are asked
// for.

// A Kind is the type of a structured value.
type Kind uint8

// The kinds of a [Value]. KindNone is none: a parameter that is not there.
const (
	KindNone Kind = iota
	KindInteger
	KindDecimal
	KindString
	KindToken
	KindBytes
	KindBoolean
	KindDate
	KindDisplayString
	KindInnerList
)

// A Value is a bare item or an inner list.
type Value struct {
	// Kind is its type.
	Kind Kind
	// Integer is the value of an Integer; of a Date, in seconds since the Unix
	// epoch; of a Decimal, in thousandths; and of a Boolean, where 1 is true.
	Integer int64

	raw string // of the other kinds, between the delimiters
}

// A Member is a member of a List, a Dictionary or an inner list, or an Item.
type Member struct {
	Key    string // of a member of a Dictionary
	Value  Value
	Params Params
}

// Params are the parameters of a [Member].
type Params struct{ raw string }

// A List is a well-formed List, which may be empty.
type List struct{ lines []string }

// ParseList reads a List (RFC 9651, Section 4.2.1) from the lines of a field, of
// which each has whole members; no line at all is an empty List. ok is false if
// it is malformed, and then it has to be ignored.
func ParseList(lines []string) (l List, ok bool) {
	if !eachMember(lines, false, nil) {
		return List{}, false
	}
	return List{lines}, true
}

// All returns an iterator over the members, in their order.
func (l List) All() iter.Seq[Member] {
	return func(yield func(Member) bool) { eachMember(l.lines, false, yield) }
}

// A Dictionary is a well-formed Dictionary, which may be empty.
type Dictionary struct{ lines []string }

// ParseDictionary reads a Dictionary (RFC 9651, Section 4.2.2) from the lines of
// a field, as [ParseList] reads a List.
func ParseDictionary(lines []string) (d Dictionary, ok bool) {
	if !eachMember(lines, true, nil) {
		return Dictionary{}, false
	}
	return Dictionary{lines}, true
}

// All returns an iterator over the members as they stand. Where a key comes
// twice, the last counts.
func (d Dictionary) All() iter.Seq[Member] {
	return func(yield func(Member) bool) { eachMember(d.lines, true, yield) }
}

// Get returns the member with the given key; its Kind is KindNone if there is
// none.
func (d Dictionary) Get(key string) (m Member) {
	for each := range d.All() {
		if each.Key == key {
			m = each
		}
	}
	return m
}

// ParseItem reads an Item (RFC 9651, Section 4.2.3) from the lines of a field, of
// which there has to be one.
func ParseItem(lines []string) (m Member, ok bool) {
	if len(lines) != 1 {
		return Member{}, false
	}
	s := structured{ascii.TrimOWS(lines[0])}
	if m, ok = s.item(); !ok || s.rest != "" {
		return Member{}, false
	}
	return m, true
}

// eachMember reads a List or a Dictionary and hands out its members. It returns
// false where it finds it malformed.
func eachMember(lines []string, dictionary bool, yield func(Member) bool) bool {
	for _, line := range lines {
		s := structured{ascii.TrimOWS(line)}
		if s.rest == "" {
			if len(lines) > 1 {
				return false // lines are joined with commas, and no member is empty
			}
			return true
		}
		for {
			m, ok := s.member(dictionary)
			if !ok {
				return false
			}
			if yield != nil && !yield(m) {
				return true
			}
			s.skip(" \t")
			if s.rest == "" {
				break
			}
			if !s.take(',') {
				return false
			}
			s.skip(" \t") // nothing after the comma is no member, and so malformed
		}
	}
	return true
}

// All returns an iterator over the parameters as they stand. Where a key comes
// twice, the last counts.
func (p Params) All() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		s := structured{p.raw}
		for {
			key, v, ok := s.parameter()
			if !ok || !yield(key, v) {
				return
			}
		}
	}
}

// Get returns the value of a parameter; its Kind is KindNone if there is none.
func (p Params) Get(key string) (v Value) {
	for k, each := range p.All() {
		if k == key {
			v = each
		}
	}
	return v
}

// Items returns an iterator over the items of an inner list.
func (v Value) Items() iter.Seq[Member] {
	return func(yield func(Member) bool) {
		if v.Kind != KindInnerList {
			return
		}
		s := structured{v.raw}
		for s.skip(" "); s.rest != ""; s.skip(" ") {
			if m, ok := s.item(); !ok || !yield(m) {
				return
			}
		}
	}
}

// Text returns the text of a String, a Token or a Display String, and "" for
// other kinds.
func (v Value) Text() string {
	switch v.Kind {
	case KindToken:
		return v.raw
	case KindString:
		return Unescape(v.raw)
	case KindDisplayString:
		text := make([]byte, 0, len(v.raw))
		for i := 0; i < len(v.raw); i++ {
			b := v.raw[i]
			if b == '%' {
				b = ascii.HexValue(v.raw[i+1])<<4 | ascii.HexValue(v.raw[i+2])
				i += 2
			}
			text = append(text, b)
		}
		return string(text)
	}
	return ""
}

// Bytes returns the content of a Byte Sequence, and nil for other kinds.
func (v Value) Bytes() []byte {
	if v.Kind != KindBytes {
		return nil
	}
	out := make([]byte, 0, len(v.raw)/4*3+2)
	bits, n := uint32(0), 0
	for i := range len(v.raw) {
		six, ok := base64Value(v.raw[i])
		if !ok {
			break // padding
		}
		if bits, n = bits<<6|uint32(six), n+6; n >= 8 {
			n -= 8
			out = append(out, byte(bits>>n))
		}
	}
	return out
}

// AppendString appends a String (RFC 9651, Section 4.1.6). ok is false, and
// nothing is appended, if s has a byte that is not visible ASCII or a space.
func AppendString(dst []byte, s string) (_ []byte, ok bool) {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return dst, false
		}
	}
	dst = append(dst, '"')
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			dst = append(dst, '\\')
		}
		dst = append(dst, s[i])
	}
	return append(dst, '"'), true
}

// IsStructuredToken reports whether s is a Token of a structured field
// (RFC 9651, Section 3.3.4), which is not quite a token of RFC 9110.
func IsStructuredToken(s string) bool {
	r := structured{s}
	v, ok := r.bareItem()
	return ok && v.Kind == KindToken && r.rest == ""
}

// A structured reads from left to right. Its methods consume what they read;
// after one has failed, rest means nothing.
type structured struct{ rest string }

// member reads a member of a List or a Dictionary.
func (s *structured) member(dictionary bool) (m Member, ok bool) {
	if dictionary {
		key, ok := s.key()
		if !ok {
			return m, false
		}
		if !s.take('=') {
			m.Key, m.Value = key, Value{Kind: KindBoolean, Integer: 1}
			m.Params, ok = s.parameters()
			return m, ok
		}
		m.Key = key
	}
	if s.rest == "" || s.rest[0] != '(' {
		m.Value, ok = s.bareItem()
	} else {
		m.Value, ok = s.innerList()
	}
	if ok {
		m.Params, ok = s.parameters()
	}
	return m, ok
}

// item reads an Item.
func (s *structured) item() (m Member, ok bool) {
	if m.Value, ok = s.bareItem(); ok {
		m.Params, ok = s.parameters()
	}
	return m, ok
}

// innerList reads an inner list without its parameters.
func (s *structured) innerList() (v Value, ok bool) {
	begin := s.rest[1:]
	s.rest = begin
	for {
		s.skip(" ")
		if s.rest == "" {
			return v, false
		}
		if s.rest[0] == ')' {
			v.Kind, v.raw = KindInnerList, begin[:len(begin)-len(s.rest)]
			s.rest = s.rest[1:]
			return v, true
		}
		if _, ok := s.item(); !ok {
			return v, false
		}
		if s.rest == "" || s.rest[0] != ' ' && s.rest[0] != ')' {
			return v, false
		}
	}
}

// parameters reads what parameters there are.
func (s *structured) parameters() (p Params, ok bool) {
	begin := s.rest
	for s.rest != "" && s.rest[0] == ';' {
		if _, _, ok := s.parameter(); !ok {
			return p, false
		}
	}
	return Params{begin[:len(begin)-len(s.rest)]}, true
}

// parameter reads one parameter, with its semicolon.
func (s *structured) parameter() (key string, v Value, ok bool) {
	if !s.take(';') {
		return "", v, false
	}
	s.skip(" ")
	if key, ok = s.key(); !ok {
		return "", v, false
	}
	if !s.take('=') {
		return key, Value{Kind: KindBoolean, Integer: 1}, true
	}
	v, ok = s.bareItem()
	return key, v, ok
}

// key reads the name of a parameter or of a member of a Dictionary.
func (s *structured) key() (key string, ok bool) {
	n := 0
	for n < len(s.rest) {
		c := s.rest[n]
		if c-'a' >= 26 && c != '*' && (n == 0 || !ascii.IsDigit(c) && c != '_' && c != '-' && c != '.') {
			break
		}
		n++
	}
	return s.cut(n), n > 0
}

// bareItem reads a bare item.
func (s *structured) bareItem() (v Value, ok bool) {
	if s.rest == "" {
		return v, false
	}
	switch c := s.rest[0]; {
	case c == '-' || ascii.IsDigit(c):
		return s.number()
	case c == '"':
		return s.quoted()
	case c == '*' || ascii.IsAlpha(c):
		n := 1
		for n < len(s.rest) && (ascii.IsTokenByte(s.rest[n]) || s.rest[n] == ':' || s.rest[n] == '/') {
			n++
		}
		return Value{Kind: KindToken, raw: s.cut(n)}, true
	case c == ':':
		return s.bytes()
	case c == '?':
		if len(s.rest) < 2 || s.rest[1] != '0' && s.rest[1] != '1' {
			return v, false
		}
		return Value{Kind: KindBoolean, Integer: int64(s.cut(2)[1] - '0')}, true
	case c == '@':
		s.rest = s.rest[1:]
		v, ok = s.number()
		ok = ok && v.Kind == KindInteger
		v.Kind = KindDate
		return v, ok
	case c == '%':
		return s.displayString()
	}
	return v, false
}

// number reads an Integer of at most 15 digits, or a Decimal of at most 12
// before the point and 1 to 3 behind it.
func (s *structured) number() (v Value, ok bool) {
	negative := s.take('-')
	whole := s.digits()
	if whole == "" || len(whole) > 15 {
		return v, false
	}
	n, _ := ascii.ParseDigits(whole)
	v = Value{Kind: KindInteger, Integer: int64(n)}
	if s.take('.') {
		fraction := s.digits()
		if len(whole) > 12 || fraction == "" || len(fraction) > 3 {
			return v, false
		}
		n, _ = ascii.ParseDigits(fraction)
		for range 3 - len(fraction) {
			n *= 10
		}
		v = Value{Kind: KindDecimal, Integer: v.Integer*1000 + int64(n)}
	}
	if negative {
		v.Integer = -v.Integer
	}
	return v, true
}

func (s *structured) digits() string {
	n := 0
	for n < len(s.rest) && ascii.IsDigit(s.rest[n]) {
		n++
	}
	return s.cut(n)
}

// quoted reads a String: visible ASCII and spaces in quotes, in which a
// backslash stands before a quote or another backslash and nothing else.
func (s *structured) quoted() (v Value, ok bool) {
	for i := 1; i < len(s.rest); i++ {
		switch c := s.rest[i]; {
		case c == '"':
			return Value{Kind: KindString, raw: s.cut(i + 1)[1:i]}, true
		case c == '\\':
			i++
			if i == len(s.rest) || s.rest[i] != '"' && s.rest[i] != '\\' {
				return v, false
			}
		case c < ' ' || c > '~':
			return v, false
		}
	}
	return v, false
}

// bytes reads a Byte Sequence: base64 between colons. Padding may be absent, and
// its bits may be set, but where there is some it has to be right.
func (s *structured) bytes() (v Value, ok bool) {
	digits, padding := 0, 0
	for i := 1; i < len(s.rest); i++ {
		switch c := s.rest[i]; {
		case c == ':':
			if digits%4 == 1 || padding > 0 && (digits%4 == 0 || (digits+padding)%4 != 0) {
				return v, false
			}
			return Value{Kind: KindBytes, raw: s.cut(i + 1)[1:i]}, true
		case c == '=':
			padding++
		default:
			if _, ok := base64Value(c); !ok || padding > 0 {
				return v, false
			}
			digits++
		}
	}
	return v, false
}

// base64Value returns the six bits that a digit of base64 stands for.
func base64Value(c byte) (six byte, ok bool) {
	switch {
	case 'A' <= c && c <= 'Z':
		return c - 'A', true
	case 'a' <= c && c <= 'z':
		return c - 'a' + 26, true
	case ascii.IsDigit(c):
		return c - '0' + 52, true
	case c == '+':
		return 62, true
	case c == '/':
		return 63, true
	}
	return 0, false
}

// displayString reads a Display String: percent-encoded UTF-8 in quotes.
func (s *structured) displayString() (v Value, ok bool) {
	if len(s.rest) < 2 || s.rest[1] != '"' {
		return v, false
	}
	var char [utf8.UTFMax]byte // of which the first n bytes have been read
	n := 0
	for i := 2; i < len(s.rest); i++ {
		c := s.rest[i]
		switch {
		case c == '"':
			return Value{Kind: KindDisplayString, raw: s.cut(i + 1)[2:i]}, n == 0
		case c < ' ' || c > '~':
			return v, false
		case c == '%':
			if i+2 >= len(s.rest) || !isLowerHex(s.rest[i+1]) || !isLowerHex(s.rest[i+2]) {
				return v, false
			}
			c = ascii.HexValue(s.rest[i+1])<<4 | ascii.HexValue(s.rest[i+2])
			i += 2
		}
		char[n] = c
		n++
		if utf8.FullRune(char[:n]) {
			if r, size := utf8.DecodeRune(char[:n]); r == utf8.RuneError && size == 1 {
				return v, false
			}
			n = 0
		}
	}
	return v, false
}

func isLowerHex(c byte) bool { return ascii.IsDigit(c) || c-'a' < 6 }

// cut consumes n bytes and returns them.
func (s *structured) cut(n int) string {
	cut := s.rest[:n]
	s.rest = s.rest[n:]
	return cut
}

// take consumes c if it comes next.
func (s *structured) take(c byte) bool {
	if s.rest == "" || s.rest[0] != c {
		return false
	}
	s.rest = s.rest[1:]
	return true
}

// skip consumes all that follows of the one or two bytes in set.
func (s *structured) skip(set string) {
	for s.rest != "" && (s.rest[0] == set[0] || s.rest[0] == set[len(set)-1]) {
		s.rest = s.rest[1:]
	}
}
