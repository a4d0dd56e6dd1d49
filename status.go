package httpstatus

import (
	"iter"
	"strconv"
)

// A Code is an HTTP status code: the three-digit number that says how the
// server understood and answered the request.
//
// The type is open. Any int converts to a Code and keeps its value, and every
// method answers for every int: a code that is registered as the registry and
// its RFC say; one that is valid but not registered, such as 471, as the x00
// code of its class (see [Code.Fallback]); one outside 100 to 599 as something
// that is no status code at all. The zero Code is of that last kind: it has no
// phrase, no class and no properties.
//
// A Code is also an error, and a target for [errors.Is].
//
// RFC 9110, Section 15.
type Code int

// IsValid reports whether c is a status code at all, registered or not: whether
// it lies in the range 100 to 599. A client treats a response with a number
// outside that range as a server error (RFC 9110, Section 15).
func (c Code) IsValid() bool { return uint(c)-100 < 500 }

// IsRegistered reports whether c is in the IANA HTTP Status Code Registry with
// a meaning of its own. The codes 306 and 418 are not: the registry lists them
// as "(Unused)", so that they are not assigned again.
func (c Code) IsRegistered() bool { return c.has(traitRegistered) }

// Phrase returns the reason phrase that IANA registers for c, such as "Not
// Found" for 404, or "" if c is not registered. It carries none of the
// registry's remarks, such as "(OBSOLETED)".
//
// HTTP/2 and HTTP/3 do not transmit a phrase, and a client should not read one
// (RFC 9112, Section 4).
func (c Code) Phrase() string {
	if uint(c) < uint(len(lineIndex)) {
		return phrases[lineIndex[c]%uint8(len(phrases))] // never beyond, and so no bounds check
	}
	return ""
}

// String returns the code and its phrase, as in "404 Not Found", or the number
// alone if c is not registered, as in "471".
func (c Code) String() string {
	if line := c.line(); line != "" {
		return line
	}
	return strconv.Itoa(int(c))
}

// line returns "404 Not Found", and "" for a code without a phrase.
func (c Code) line() string {
	if uint(c) < uint(len(lineIndex)) {
		return lines[lineIndex[c]%uint8(len(lines))]
	}
	return ""
}

// Reference returns where c is defined, as in "RFC 9110, Section 15.5.5", or ""
// if c is not registered. [Describe] has its address.
func (c Code) Reference() string {
	if uint(c) < uint(len(lineIndex)) {
		return references[lineIndex[c]%uint8(len(references))]
	}
	return ""
}

// Error returns the same text as [Code.String]. It makes every Code an error,
// so that a function can return one and a caller can ask
// errors.Is(err, httpstatus.NotFound).
func (c Code) Error() string { return c.String() }

// IsCacheable reports whether a response with status code c is heuristically
// cacheable: whether a cache may reuse it when the response says nothing about
// its freshness. The codes are those of RFC 9110, Section 15.1, and 451
// (RFC 7725, Section 3). An unregistered code is never cacheable, though in
// all else it acts as its class does.
//
// A false answer does not forbid storing: a 302 with max-age may be stored.
// [Code.ForbidsStorage] names the codes that may not.
func (c Code) IsCacheable() bool { return c.has(traitCacheable) }

// ForbidsStorage reports whether a cache must not store a response with status
// code c, even if it carries an explicit lifetime such as max-age: 428, 429,
// 431 and 511 (RFC 6585), and every 1xx, because only final responses are
// stored (RFC 9111, Section 3).
//
// 206 and 304 are not among them: a cache that understands them may use them.
func (c Code) ForbidsStorage() bool { return c.has(traitForbidsStorage) }

// AllowsContent reports whether a response with status code c may have content.
// It may not with 1xx, 204, 205 and 304. Codes outside 100 to 599 are not
// status codes, and nothing forbids their content.
//
// A response to HEAD has no content whatever its code (RFC 9110, Section 9.3.2),
// nor has a 2xx to CONNECT. RFC 9110, Section 6.4.1.
func (c Code) AllowsContent() bool { return !c.has(traitExcludesContent) }

// All returns an iterator over the registered codes, in increasing order.
// 104 is among them, as a temporary registration; 306 and 418 are not.
func All() iter.Seq[Code] {
	return func(yield func(Code) bool) {
		for c := range Code(len(traitTable)) {
			if c.IsRegistered() && !yield(c) {
				return
			}
		}
	}
}

// RegistryUpdated returns the date on which IANA last updated the registry that
// this package was generated from, as in "2025-09-15".
func RegistryUpdated() string { return registryUpdated }

// traits are the yes-or-no facts about a code, packed for one load. The bits
// and the table are generated.
type traits uint16

// traits returns what is known of c: its own facts if it is registered, those
// of its class if it is only valid, and none if it is invalid.
func (c Code) traits() traits {
	// One comparison rejects both negative codes and those above 599.
	if uint(c) < uint(len(traitTable)) {
		return traitTable[c]
	}
	return 0
}

// has reports whether t is among what is known of c. It is written as a
// conjunction, and not with traits, so that a caller's if becomes two branches:
// with a zero for the codes outside the table to test as well, it takes a third
// longer.
func (c Code) has(t traits) bool {
	return uint(c) < uint(len(traitTable)) && traitTable[c]&t != 0
}
