package conform

import "example.com/httpstatus"

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
	Fix:       "Delete the field before answering 304.",
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
	Fix:       "Answer 200 with the content; a cache or a client must not lose the condition on the way.",
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
	Fix:     "Answer 412.",
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
	Fix:     "Set ETag before answering 304.",
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
	Fix:       "Answer 304.",
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
}}
