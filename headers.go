package httpstatus

import (
	"iter"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// A Level says how strongly a specification asks for something. Its String is
// the word that the RFCs write (RFC 2119).
type Level uint8

// The levels, from strongest to weakest; there is no zero Level.
const (
	LevelMust      Level = iota + 1 // it breaks the specification not to send the field
	LevelMustNot                    // it breaks the specification to send it
	LevelShould                     // it is to be sent, unless there is a good reason
	LevelShouldNot                  // it is not to be sent, unless there is a good reason
	LevelMay                        // it is allowed, and the specification speaks of it
)

// String returns "MUST", "MUST NOT", "SHOULD", "SHOULD NOT" or "MAY", and
// "Level(7)" for a number that is no level.
func (l Level) String() string {
	switch l {
	case LevelMust:
		return "MUST"
	case LevelMustNot:
		return "MUST NOT"
	case LevelShould:
		return "SHOULD"
	case LevelShouldNot:
		return "SHOULD NOT"
	case LevelMay:
		return "MAY"
	}
	return numbered("Level", int(l))
}

// A HeaderRule says what a response with some status code owes its recipient
// in one header field. Where a specification names a field without one of the
// words of [Level], as RFC 9110, Section 15.4.4, does with the Location of a
// 303, there is no rule.
type HeaderRule struct {
	Name      string // the field's name in its usual spelling, such as "WWW-Authenticate"
	Level     Level  // how strongly it is asked for or excluded
	When      string // the condition, as a clause that completes "when ..."; "" for always
	Reference string // where it stands, as in "RFC 9110, Section 15.5.6"
}

// HeaderRules returns an iterator over the rules about response header fields
// that come with c, the strongest first. A valid code that is not registered
// has those of its class; an invalid one has none. What holds for every
// response alike, whatever its code, is not repeated here.
func (c Code) HeaderRules() iter.Seq[HeaderRule] {
	return func(yield func(HeaderRule) bool) {
		for i := range c.headerRules() {
			if !yield(c.headerRules()[i]) {
				return
			}
		}
	}
}

// RequiresHeader reports whether every response with status code c must carry
// the named header field: whether an RFC says so with a MUST that has no
// condition. The name is compared without regard to case.
//
// So 405 requires Allow, and 101 and 426 require Connection with their Upgrade
// (RFC 9110, Section 7.8). A field that only some responses with the code must
// carry, such as Content-Range in a 206, is among the [Code.HeaderRules].
func (c Code) RequiresHeader(name string) bool {
	return c.has(traitRequiresHeader) && c.requires(name)
}

func (c Code) requires(name string) bool {
	for _, r := range c.headerRules() {
		if r.Level == LevelMust && r.When == "" && ascii.EqualFold(r.Name, name) {
			return true
		}
	}
	return false
}

// MissingHeaders returns the names of the fields that c requires (see
// [Code.RequiresHeader]) and h lacks, in their usual spelling; nil if there is
// nothing to complain of. Names in h may be spelled in any case. A field
// without values is absent; one with an empty value is present: a 405 with an
// empty Allow is correct, and says that the resource allows no method for now
// (RFC 9110, Section 10.2.1).
//
// The version of HTTP is not known here. Upgrade and Connection do not exist in
// HTTP/2 and HTTP/3 (RFC 9113, Section 8.2.2; RFC 9114, Section 4.2), so a 426
// that came over one of them lacks nothing, even if both are named.
func (c Code) MissingHeaders(h map[string][]string) []string {
	if !c.has(traitRequiresHeader) {
		return nil
	}
	var missing []string
	for _, r := range c.headerRules() {
		if r.Level == LevelMust && r.When == "" && !field.Has(h, r.Name) {
			missing = append(missing, r.Name)
		}
	}
	return missing
}

func (c Code) headerRules() []HeaderRule {
	if uint(c) >= uint(len(traitTable)) {
		return nil
	}
	if !c.IsRegistered() {
		c = c / 100 // the rules of a class are filed under its digit
	}
	lo, hi := 0, len(headerRuleIndex)
	for lo < hi {
		if m := int(uint(lo+hi) / 2); headerRuleIndex[m].code < uint16(c) {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(headerRuleIndex) && headerRuleIndex[lo].code == uint16(c) {
		return headerRuleTable[headerRuleIndex[lo].start:headerRuleIndex[lo].end]
	}
	return nil
}
