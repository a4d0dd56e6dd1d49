package conform

import (
	"strings"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/field"
)

// preconditions are the fields that a 412 can be about: those of
// RFC 9110, Section 13.1, that are not for 304 or 200, and WebDAV's If and
// Overwrite (RFC 4918, Sections 10.4 and 10.6).
const preconditions = 1<<fIfMatch | 1<<fIfNoneMatch | 1<<fIfUnmodifiedSince | 1<<fIf | 1<<fOverwrite

var conditionRules = [...]Rule{{
	ID: "304-representation-metadata", Group: "condition", Severity: Warning,
	Reference: "RFC 9110, Section 15.4.5",
	Quote:     "a sender SHOULD NOT generate representation metadata other than the above listed fields",
	Summary:   "304 has no Content-Type, Content-Encoding or Content-Language.",
	Why:       "A cache updates its stored response with the fields of the 304, and so may spoil it.",
	Fix:       "Delete the field before answering 304, as statushttp.Serve does.",
	from:      httpstatus.NotModified, to: httpstatus.NotModified,
	check: func(v *view) string {
		name, f := "Content-Type", fContentType
		if !v.resp.has(f) {
			name, f = "Content-Encoding", fContentEncoding
		}
		if !v.resp.has(f) {
			name, f = "Content-Language", fContentLanguage
		}
		if !v.resp.has(f) {
			return ""
		}
		return "The 304 has " + name + " " + quote(v.resp.first(f)) + "."
	},
}, {
	ID: "304-not-conditional", Group: "condition", Severity: Error,
	Reference: "RFC 9110, Section 15.4.5",
	Quote:     "The 304 (Not Modified) status code indicates that a conditional GET or HEAD request has been received",
	Summary:   "304 answers a request with If-None-Match or If-Modified-Since.",
	Why:       "The client has nothing stored that it could use, and so gets nothing.",
	Fix:       "Answer 200 with the content, and let httpstatus.Precondition decide; a cache or a client must not lose the condition on the way.",
	from:      httpstatus.NotModified, to: httpstatus.NotModified, exchange: true,
	check: func(v *view) string {
		if v.request().hasAny(1<<fIfNoneMatch | 1<<fIfModifiedSince) {
			return ""
		}
		return "The 304 answers a " + quoteMethod(v) + " with neither If-None-Match nor If-Modified-Since."
	},
}, {
	ID: "304-method", Group: "condition", Severity: Error,
	Reference: "RFC 9110, Section 13.1.2",
	Quote: "the origin server MUST respond with either a) the 304 (Not Modified) status code if the request method is GET or HEAD or b) " +
		"the 412 (Precondition Failed) status code for all other request methods",
	Summary: "304 answers GET or HEAD, and QUERY, which has the conditions of GET (RFC 10008, Section 2.6).",
	Why:     "The client wanted something changed, and cannot tell from a 304 that it was not.",
	Fix:     "Answer 412, as httpstatus.Precondition decides.",
	from:    httpstatus.NotModified, to: httpstatus.NotModified, exchange: true,
	check: func(v *view) string {
		if v.is("GET") || v.is("HEAD") || v.is("QUERY") {
			return ""
		}
		return "The 304 answers a " + quoteMethod(v) + "."
	},
}, {
	ID: "304-etag-missing", Group: "condition", Severity: Warning,
	Reference: "RFC 9110, Section 15.4.5",
	Quote: "The server generating a 304 response MUST generate any of the following header fields that would have been sent in a 200 " +
		"(OK) response to the same request",
	Summary: "304 to If-None-Match has the ETag that matched.",
	Why:     "A client that sent several entity tags cannot tell which of its stored responses is meant.",
	Fix:     "Set ETag before answering 304, as statushttp.Serve does.",
	from:    httpstatus.NotModified, to: httpstatus.NotModified, exchange: true,
	check: func(v *view) string {
		// "*" matches a representation without an entity tag too.
		tags := v.request().first(fIfNoneMatch)
		if tags == "" || tags == "*" || v.resp.has(fETag) {
			return ""
		}
		return "The 304 to If-None-Match " + quote(tags) + " has no ETag field."
	},
}, {
	ID: "412-without-precondition", Group: "condition", Severity: Warning,
	Reference: "RFC 9110, Section 15.5.13",
	Quote:     "one or more conditions given in the request header fields evaluated to false when tested on the server",
	Summary:   "412 answers a request with a precondition.",
	Why:       "The client set no condition, so it cannot tell what failed.",
	Fix:       "Answer 428 if a condition is required, 409 if the state does not allow the request, 400 or 422 if the content is at fault.",
	from:      httpstatus.PreconditionFailed, to: httpstatus.PreconditionFailed, exchange: true,
	check: func(v *view) string {
		if v.request().hasAny(preconditions) {
			return ""
		}
		return "The 412 answers a " + quoteMethod(v) + " without a precondition."
	},
}, {
	ID: "412-get-if-none-match", Group: "condition", Severity: Error,
	Reference: "RFC 9110, Section 13.1.2",
	Quote:     "the origin server MUST respond with either a) the 304 (Not Modified) status code if the request method is GET or HEAD",
	Summary:   "A GET or HEAD whose only precondition is If-None-Match gets 304, not 412.",
	Why:       "The client has the current representation stored, and is told that its request failed.",
	Fix:       "Answer 304, as httpstatus.Precondition decides.",
	from:      httpstatus.PreconditionFailed, to: httpstatus.PreconditionFailed, exchange: true,
	check: func(v *view) string {
		if !v.is("GET") && !v.is("HEAD") || !v.request().has(fIfNoneMatch) || v.request().hasAny(preconditions&^(1<<fIfNoneMatch)) {
			return ""
		}
		return "The 412 answers a " + v.x.Method + " with If-None-Match " + quote(v.request().first(fIfNoneMatch)) + " alone."
	},
}, {
	ID: "428-has-precondition", Group: "condition", Severity: Warning,
	Reference: "RFC 6585, Section 3",
	Quote:     "The 428 status code indicates that the origin server requires the request to be conditional.",
	Summary:   "428 answers a request without a precondition.",
	Why:       "The client did what the code asks for, and would do it again.",
	Fix:       "Answer 412 if the condition is false; 400 if it is not the one that the resource needs, and say which one that is.",
	from:      httpstatus.PreconditionRequired, to: httpstatus.PreconditionRequired, exchange: true,
	check: func(v *view) string {
		conditional := v.request().hasAny(1<<fIfMatch | 1<<fIfNoneMatch | 1<<fIfUnmodifiedSince | 1<<fIf)
		// For other methods If-Modified-Since is to be ignored
		// (RFC 9110, Section 13.1.3).
		if v.is("GET") || v.is("HEAD") {
			conditional = conditional || v.request().has(fIfModifiedSince)
		}
		if !conditional {
			return ""
		}
		return "The 428 answers a " + quoteMethod(v) + " that is conditional."
	},
}, {
	ID: "if-none-match-ignored", Group: "condition", Severity: Error,
	Reference: "RFC 9110, Section 13.1.2",
	Quote: "An origin server that evaluates an If-None-Match condition MUST NOT perform the requested method if the condition evaluates to " +
		"false; instead, the origin server MUST respond with either a) the 304 (Not Modified) status code if the request method is GET or " +
		"HEAD or b) the 412 (Precondition Failed) status code for all other request methods.",
	Summary: "A GET or HEAD whose If-None-Match names the ETag of the response gets a 304; a PUT with \"*\" does not replace anything.",
	Why: "The client has the representation and gets it again; or its PUT, which was to create, has overwritten what another client " +
		"created.",
	Fix:  "Compare If-None-Match with the current entity tag, by weak comparison, before carrying the request out, as httpstatus.Precondition does.",
	from: 200, to: 299, exchange: true,
	check: ifNoneMatchIgnored,
}, {
	ID: "if-match-ignored", Group: "condition", Severity: Error,
	Reference: "RFC 9110, Section 13.1.1",
	Quote: "An origin server that evaluates an If-Match condition MUST NOT perform the requested method if the condition evaluates to " +
		"false.",
	Summary: "A GET or HEAD whose If-Match does not name the ETag of the response gets a 412; without an ETag, no list of tags matches.",
	Why: "The client asked for one state, and takes what it gets for that state. A server that ignores If-Match here ignores it for " +
		"PUT too.",
	Fix:  "Compare If-Match with the current entity tag, by strong comparison, before carrying the request out, as httpstatus.Precondition does.",
	from: 200, to: 299, exchange: true,
	check: func(v *view) string {
		reason, tag := v.precondition("If-Match"), v.resp.first(fETag)
		malformed := reason == httpstatus.PreconditionIfMatchMalformed && tag != "" && !mentions(strings.Join(v.request().get(fIfMatch), ","), tag)
		if reason != httpstatus.PreconditionIfMatch && reason != httpstatus.PreconditionIfMatchWeak && !malformed {
			return ""
		}
		if v.isCached() || !v.isRepresentation() {
			return ""
		}
		if !v.resp.has(fETag) {
			return "The " + quoteMethod(v) + " with If-Match " + quote(v.request().first(fIfMatch)) + " got a " + number(v.x.Status) +
				" without an ETag, which no entity tag matches."
		}
		return "The " + quoteMethod(v) + " with If-Match " + quote(v.request().first(fIfMatch)) + " got a " + number(v.x.Status) +
			" with ETag " + quote(v.resp.first(fETag)) + ": " + reason.String() + "."
	},
}, {
	ID: "if-unmodified-since-ignored", Group: "condition", Severity: Error,
	Reference: "RFC 9110, Section 13.1.4",
	Quote: "An origin server that evaluates an If-Unmodified-Since condition MUST NOT perform the requested method if the condition " +
		"evaluates to false.",
	Summary: "A GET or HEAD whose If-Unmodified-Since is before the Last-Modified of the response gets a 412.",
	Why: "The client asked for one state, and takes what it gets for that state. A server that ignores the condition here ignores it for " +
		"PUT too.",
	Fix:  "Compare If-Unmodified-Since with the modification date before carrying the request out, as httpstatus.Precondition does.",
	from: 200, to: 299, exchange: true,
	needs: 1 << fLastModified,
	check: func(v *view) string {
		if v.precondition("If-Unmodified-Since") != httpstatus.PreconditionIfUnmodifiedSince || v.isCached() {
			return ""
		}
		return "The " + quoteMethod(v) + " with If-Unmodified-Since " + quote(v.request().first(fIfUnmodifiedSince)) + " got a " +
			number(v.x.Status) + " with Last-Modified " + quote(v.resp.first(fLastModified)) + "."
	},
}, {
	ID: "if-modified-since-ignored", Group: "condition", Severity: Warning,
	Reference: "RFC 9110, Section 13.1.3",
	Quote: "An origin server that evaluates an If-Modified-Since condition SHOULD NOT perform the requested method if the condition " +
		"evaluates to false; instead, the origin server SHOULD generate a 304 (Not Modified) response",
	Summary: "A GET or HEAD whose If-Modified-Since is the Last-Modified of the response gets a 304.",
	Why:     "The client has the representation, and gets it again.",
	Fix:     "Compare If-Modified-Since with the modification date, as httpstatus.Precondition does, or send no Last-Modified.",
	from:    200, to: 299, exchange: true,
	needs: 1 << fLastModified,
	check: func(v *view) string {
		// A later date is for the server to take or to ignore, as many do.
		modified := parseDate(v.resp.first(fLastModified), time.Time{})
		if v.precondition("If-Modified-Since") != httpstatus.PreconditionIfModifiedSince ||
			!parseDate(v.request().first(fIfModifiedSince), modified).Equal(modified) {
			return ""
		}
		return "The " + quoteMethod(v) + " with If-Modified-Since " + quote(v.request().first(fIfModifiedSince)) + " got a " +
			number(v.x.Status) + " with the same Last-Modified."
	},
}, {
	ID: "304-not-matching", Group: "condition", Severity: Error,
	Reference: "RFC 9110, Section 13.1.2",
	Quote: "If the field value is a list of entity tags, the condition is false if one of the listed tags matches the entity tag of the " +
		"selected representation.",
	Summary: "304 to If-None-Match has an ETag that is in the list, whatever If-Modified-Since says.",
	Why:     "The client goes on with a representation that is not the current one.",
	Fix:     "Ignore If-Modified-Since where there is If-None-Match, as httpstatus.Precondition does.",
	from:    httpstatus.NotModified, to: httpstatus.NotModified, exchange: true,
	needs: 1 << fETag,
	check: func(v *view) string {
		lines, tag := v.request().get(fIfNoneMatch), v.resp.first(fETag)
		if len(lines) == 0 || field.IsAsterisk(lines) || !field.IsEntityTag(tag) && mentions(strings.Join(lines, ","), tag) {
			return ""
		}
		if _, weak, ok := field.FindEntityTag(lines, tag); weak || !ok {
			return ""
		}
		return "The 304 to If-None-Match " + quote(v.request().first(fIfNoneMatch)) + " has ETag " + quote(tag) + "."
	},
}}

// precondition returns why the request should not have got the representation
// in the response; 0 if there is no reason. It is about methods that do not
// change the target, because of others the response has the state afterwards,
// and asks only if the request has the named field.
func (v *view) precondition(name string) httpstatus.PreconditionReason {
	if !v.is("GET") && !v.is("HEAD") && !v.is("QUERY") || v.canonical && len(v.x.RequestHeader[name]) == 0 {
		return 0
	}
	if !v.request().hasAny(1<<fIfMatch | 1<<fIfNoneMatch | 1<<fIfModifiedSince | 1<<fIfUnmodifiedSince) {
		return 0
	}
	p := httpstatus.Precondition{
		Method: v.x.Method, Request: v.x.RequestHeader, ETag: v.resp.first(fETag), Modified: parseDate(v.resp.first(fLastModified), time.Time{}),
	}
	if d := p.Decide(); d.Status != 0 {
		return d.Reason
	}
	return 0
}

// parseDate returns an HTTP-date; the zero time if it is none. The clock is for
// years of two digits.
func parseDate(value string, clock time.Time) time.Time {
	unix, ok := field.ParseDate(value, clock)
	if !ok {
		return time.Time{}
	}
	return time.Unix(unix, 0)
}

// isCached reports whether the response comes from a cache, which MAY ignore
// If-Match and If-Unmodified-Since.
func (v *view) isCached() bool { return field.Has(v.x.Header, "Age") }

// isRepresentation reports whether a 2xx has a representation of the target, or
// a part of one.
func (v *view) isRepresentation() bool {
	switch v.x.Status {
	case httpstatus.Accepted, httpstatus.NoContent, httpstatus.MultiStatus:
		return false
	}
	return true
}

func ifNoneMatchIgnored(v *view) string {
	switch {
	case v.is("PUT"):
		// A PUT that created is answered with 201 (RFC 9110, Section 9.3.4).
		replaced := v.x.Status == httpstatus.OK || v.x.Status == httpstatus.NoContent
		if !replaced || !v.asks(fIfNoneMatch, "If-None-Match") || !field.IsAsterisk(v.request().get(fIfNoneMatch)) {
			return ""
		}
		return "The PUT with If-None-Match \"*\" is answered with " + number(v.x.Status) + ", which says that it has replaced something."
	case !v.isRepresentation():
		return ""
	}
	switch reason := v.precondition("If-None-Match"); reason {
	case httpstatus.PreconditionIfNoneMatch:
		return "The " + quoteMethod(v) + " with If-None-Match " + quote(v.request().first(fIfNoneMatch)) + " got a " + number(v.x.Status) +
			" with ETag " + quote(v.resp.first(fETag)) + "."
	case httpstatus.PreconditionIfNoneMatchAny:
		return "The " + quoteMethod(v) + " with If-None-Match \"*\" got a " + number(v.x.Status) + "."
	}
	return ""
}
