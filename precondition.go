package httpstatus

import (
	"time"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// A Precondition holds what decides whether a conditional request is carried
// out: the request, and the current state of its target. The zero value of each
// field is the common case, so that Precondition{Request: r.Header, ETag:
// `"v7"`} is a GET of a representation with that entity tag.
//
// For net/http, CheckPrecondition turns the decision into an error that a handler
// returns, and Serve answers a GET with it: see package
// [example.com/httpstatus/statushttp].
type Precondition struct {
	Method string // of the request, case-sensitive; "" is GET

	// Request is the header of the request, with names in any case. It is read
	// for If-Match, If-None-Match, If-Modified-Since and If-Unmodified-Since.
	Request map[string][]string

	// Absent is set if the target has no current representation, because it was
	// never created or has been deleted. ETag and Modified do not count then.
	Absent bool

	// ETag is the entity tag of the current representation as the response sends
	// it, quotes included: `"v7"`, or `W/"v7"` if it is weak. It is "" if there is
	// none. Text that is no entity tag, such as v7 without quotes, matches
	// nothing.
	ETag string

	// Modified is the Last-Modified of the current representation, of which whole
	// seconds count. It is zero if there is none.
	Modified time.Time

	// Required is set if a request that changes the target must be conditional, so
	// that no client overwrites what it has not seen. Without a condition it is
	// answered with 428.
	Required bool
}

// A PreconditionDecision says whether to carry out a request.
type PreconditionDecision struct {
	// Status is 0 if the request is to be carried out. Otherwise it is the
	// answer: 304 (Not Modified), 412 (Precondition Failed) or 428 (Precondition
	// Required).
	Status Code

	Reason PreconditionReason // which field decided, and why
}

// Decide evaluates the preconditions of a request, in this order
// (RFC 9110, Section 13.2.2):
//
//	If-Match               no listed tag is the current one       412
//	If-Unmodified-Since    modified since then                    412
//	If-None-Match          a listed tag is the current one        304, or 412
//	If-Modified-Since      not modified since then                304
//	Required               the method is not safe, and
//	                       no condition protects the target       428
//
// Ask last, just before the request is carried out. Preconditions do not count
// if the answer without them would be another error or a redirect
// (RFC 9110, Section 13.2.1): a GET of a target that is absent is a 404,
// whatever If-Match says. ETag and Modified are those of the representation
// that negotiation has selected. Nothing else may change the target between the
// decision and the change: hold a lock, or let the store compare once more.
//
// Which fields count:
//
//   - If-Match compares strongly, so that a weak tag, listed or current, never
//     matches; If-None-Match compares weakly (RFC 9110, Section 8.8.3.2). In both
//     "*" stands for any current representation. Several field lines are one
//     list, and a tag may hold commas.
//   - A field whose value is neither "*" nor a list of entity tags names none: an
//     If-Match fails, an If-None-Match passes.
//   - If-Unmodified-Since does not count beside If-Match, and If-Modified-Since
//     does not beside If-None-Match, whatever their values are.
//     If-Modified-Since counts for GET, HEAD and QUERY alone.
//   - A date counts in the three forms of RFC 9110, Section 5.6.7, if it is the
//     only value of its field and the representation has a modification date.
//     The two-digit year of the second form is the latest that is at most 50
//     years after Modified.
//   - CONNECT, OPTIONS and TRACE ignore all of them (RFC 9110, Section 13.2.1).
//
// A method that the registry lists as safe gets the 304; any other gets the
// 412. RFC 9110, Section 13.1.2, allows the 304 for GET and HEAD alone, and
// RFC 10008, Section 2.6, for QUERY. PROPFIND, REPORT and SEARCH get it as well,
// since they change nothing either; a server that keeps to the RFC by the letter
// sends them a 412 instead.
//
// For Required, the target is protected by an If-Match or If-Unmodified-Since that
// counts, and by "If-None-Match: *" if the target is absent
// (RFC 6585, Section 3).
//
// It does not allocate, unless a map spells one name in two ways.
func (p Precondition) Decide() PreconditionDecision {
	method := p.Method
	switch method {
	case "":
		method = "GET"
	case "CONNECT", "OPTIONS", "TRACE":
		return PreconditionDecision{Reason: PreconditionIgnored}
	}
	if p.Absent {
		p.ETag, p.Modified = "", time.Time{}
	}
	var f conditions
	f.gather(p.Request)
	reason := PreconditionNone
	guarded := false // a condition protects the target from this request

	if len(f.ifMatch) > 0 {
		if failed := p.ifMatch(f.ifMatch); failed != 0 {
			return PreconditionDecision{PreconditionFailed, failed}
		}
		reason, guarded = PreconditionMet, true
	} else if unmodified, ok := p.date(f.ifUnmodifiedSince); ok {
		if p.Modified.Unix() > unmodified {
			return PreconditionDecision{PreconditionFailed, PreconditionIfUnmodifiedSince}
		}
		reason, guarded = PreconditionMet, true
	}

	if len(f.ifNoneMatch) > 0 {
		if failed := p.ifNoneMatch(f.ifNoneMatch); failed != 0 {
			if isSafe(method) {
				return PreconditionDecision{NotModified, failed}
			}
			return PreconditionDecision{PreconditionFailed, failed}
		}
		reason = PreconditionMet
		guarded = guarded || p.Absent && field.IsAsterisk(f.ifNoneMatch)
	} else if method == "GET" || method == "HEAD" || method == "QUERY" {
		if since, ok := p.date(f.ifModifiedSince); ok {
			if p.Modified.Unix() <= since {
				return PreconditionDecision{NotModified, PreconditionIfModifiedSince}
			}
			reason = PreconditionMet
		}
	}

	if p.Required && !guarded && !isSafe(method) {
		return PreconditionDecision{PreconditionRequired, PreconditionMissing}
	}
	return PreconditionDecision{Reason: reason}
}

// ifMatch returns why an If-Match field is false, or 0 if it is true.
// RFC 9110, Section 13.1.1.
func (p *Precondition) ifMatch(lines []string) PreconditionReason {
	switch {
	case p.Absent:
		return PreconditionIfMatchAbsent
	case field.IsAsterisk(lines):
		return 0
	}
	strong, weak, ok := field.FindEntityTag(lines, p.ETag)
	switch {
	case !ok:
		return PreconditionIfMatchMalformed
	case strong:
		return 0
	case weak:
		return PreconditionIfMatchWeak
	}
	return PreconditionIfMatch
}

// ifNoneMatch returns why an If-None-Match field is false, or 0 if it is true.
// RFC 9110, Section 13.1.2.
func (p *Precondition) ifNoneMatch(lines []string) PreconditionReason {
	if field.IsAsterisk(lines) {
		if p.Absent {
			return 0
		}
		return PreconditionIfNoneMatchAny
	}
	if _, weak, ok := field.FindEntityTag(lines, p.ETag); ok && weak {
		return PreconditionIfNoneMatch
	}
	return 0
}

// date returns the value of a field that holds one date, if it counts.
func (p *Precondition) date(lines []string) (unix int64, ok bool) {
	if len(lines) != 1 || p.Modified.IsZero() {
		return 0, false
	}
	return field.ParseDate(ascii.TrimOWS(lines[0]), p.Modified)
}

// conditions are the lines of the fields of a conditional request.
type conditions struct {
	ifMatch, ifUnmodifiedSince   []string
	ifNoneMatch, ifModifiedSince []string
}

// gather finds them all in one pass: to go through a map takes longer than all
// the rest.
func (f *conditions) gather(header map[string][]string) {
	for name, lines := range header {
		switch len(name) {
		case len("If-Match"):
			addLines(&f.ifMatch, "If-Match", name, lines)
		case len("If-None-Match"):
			addLines(&f.ifNoneMatch, "If-None-Match", name, lines)
		case len("If-Modified-Since"):
			addLines(&f.ifModifiedSince, "If-Modified-Since", name, lines)
		case len("If-Unmodified-Since"):
			addLines(&f.ifUnmodifiedSince, "If-Unmodified-Since", name, lines)
		}
	}
}

// addLines adds the lines that a header has under one spelling of the name.
func addLines(to *[]string, want, name string, lines []string) {
	switch {
	case name != want && !ascii.EqualFold(name, want):
	case *to == nil:
		*to = lines
	default:
		*to = append((*to)[:len(*to):len(*to)], lines...)
	}
}

// A PreconditionReason says which field decided in [Precondition.Decide], and
// why. Compare it with the constants, or print it. New reasons may be added.
type PreconditionReason uint8

// The reasons. The first three carry the request out.
const (
	PreconditionNone              PreconditionReason = iota + 1 // there is no condition, or none that counts
	PreconditionMet                                             // each condition that counts is true
	PreconditionIgnored                                         // CONNECT, OPTIONS and TRACE have no conditions
	PreconditionIfMatch                                         // 412: no tag in If-Match is the current one
	PreconditionIfMatchWeak                                     // 412: the current tag is in If-Match, but one of the two is weak
	PreconditionIfMatchMalformed                                // 412: If-Match is neither "*" nor a list of entity tags
	PreconditionIfMatchAbsent                                   // 412: there is an If-Match, and no current representation
	PreconditionIfUnmodifiedSince                               // 412: modified after the date in If-Unmodified-Since
	PreconditionIfNoneMatch                                     // 304 or 412: a tag in If-None-Match is the current one
	PreconditionIfNoneMatchAny                                  // 304 or 412: "If-None-Match: *", and there is a current representation
	PreconditionIfModifiedSince                                 // 304: not modified after the date in If-Modified-Since
	PreconditionMissing                                         // 428: no condition protects the target
)

// preconditionReasons has what is known of each reason.
var preconditionReasons = [...]struct{ text, field, reference string }{
	0: {text: "no reason"},

	PreconditionNone: {
		text: "the request has no condition that counts", reference: "RFC 9110, Section 13.2.2"},
	PreconditionMet: {
		text: "the conditions of the request are met", reference: "RFC 9110, Section 13.2.2"},
	PreconditionIgnored: {
		text: "the method ignores conditions", reference: "RFC 9110, Section 13.2.1"},
	PreconditionIfMatch: {
		"no entity tag in If-Match is the current one", "If-Match", "RFC 9110, Section 13.1.1"},
	PreconditionIfMatchWeak: {
		"If-Match needs a strong entity tag, and the one that would match is weak", "If-Match", "RFC 9110, Section 13.1.1"},
	PreconditionIfMatchMalformed: {
		"If-Match is not a list of entity tags", "If-Match", "RFC 9110, Section 13.1.1"},
	PreconditionIfMatchAbsent: {
		"If-Match needs a current representation, and there is none", "If-Match", "RFC 9110, Section 13.1.1"},
	PreconditionIfUnmodifiedSince: {
		"the target was modified after the date in If-Unmodified-Since", "If-Unmodified-Since", "RFC 9110, Section 13.1.4"},
	PreconditionIfNoneMatch: {
		"an entity tag in If-None-Match is the current one", "If-None-Match", "RFC 9110, Section 13.1.2"},
	PreconditionIfNoneMatchAny: {
		"If-None-Match excludes every current representation, and there is one", "If-None-Match", "RFC 9110, Section 13.1.2"},
	PreconditionIfModifiedSince: {
		"the target was not modified after the date in If-Modified-Since", "If-Modified-Since", "RFC 9110, Section 13.1.3"},
	PreconditionMissing: {
		"the request changes the target and has no condition, such as If-Match, that protects it", "If-Match", "RFC 6585, Section 3"},
}

// String returns the reason as a clause without a full stop, as in "no entity
// tag in If-Match is the current one".
func (r PreconditionReason) String() string {
	if int(r) < len(preconditionReasons) {
		return preconditionReasons[r].text
	}
	return numbered("PreconditionReason", int(r))
}

// Field returns the name of the request field that decided, as in "If-Match",
// and for [PreconditionMissing] the one to add. It is "" where none did.
func (r PreconditionReason) Field() string {
	if int(r) < len(preconditionReasons) {
		return preconditionReasons[r].field
	}
	return ""
}

// Reference returns where the rule stands, as in "RFC 9110, Section 13.1.1".
func (r PreconditionReason) Reference() string {
	if int(r) < len(preconditionReasons) {
		return preconditionReasons[r].reference
	}
	return ""
}
