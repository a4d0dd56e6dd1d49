package conform

import (
	"strconv"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
)

var requestRules = [...]Rule{{
	ID: "406-without-negotiation", Group: "request", Severity: Warning,
	Reference: "RFC 9110, Section 15.5.7",
	Quote: "the target resource does not have a current representation that would be acceptable to the user agent, according to the " +
		"proactive negotiation header fields received in the request",
	Summary: "406 answers a request with Accept, Accept-Charset, Accept-Encoding or Accept-Language.",
	Why:     "A request that states no preference accepts everything.",
	Fix:     "Send a default representation; answer 415 if the request's content has the wrong type.",
	from:    httpstatus.NotAcceptable, to: httpstatus.NotAcceptable, exchange: true,
	check: func(v *view) string {
		if v.request().hasAny(1<<fAccept | 1<<fAcceptCharset | 1<<fAcceptEncoding | 1<<fAcceptLanguage) {
			return ""
		}
		return "The 406 answers a " + quoteMethod(v) + " that states no preference."
	},
}, {
	ID: "411-has-content-length", Group: "request", Severity: Warning,
	Reference: "RFC 9110, Section 15.5.12",
	Quote:     "the server refuses to accept the request without a defined Content-Length",
	Summary:   "411 answers a request without Content-Length.",
	Why:       "The client did what the code asks for.",
	Fix:       "Answer 400 if the value is bad, 413 if it is too large.",
	from:      httpstatus.LengthRequired, to: httpstatus.LengthRequired, exchange: true,
	check: func(v *view) string {
		// What is no number is not defined.
		if !ascii.AllDigits(v.request().first(fContentLength)) {
			return ""
		}
		return "The 411 answers a " + quoteMethod(v) + " with Content-Length " + quote(v.request().first(fContentLength)) + "."
	},
}, {
	ID: "413-without-content", Group: "request", Severity: Warning,
	Reference: "RFC 9110, Section 15.5.14",
	Quote: "the server is refusing to process a request because the request content is larger than the server is willing or able to " +
		"process",
	Summary: "413 answers a request with content.",
	Why:     "There was nothing that could be too large.",
	Fix:     "Answer 414 for a long URI, 431 for large fields, 403 or 500 if the response would be too large.",
	from:    httpstatus.ContentTooLarge, to: httpstatus.ContentTooLarge, exchange: true,
	check: func(v *view) string {
		if v.sentContent() {
			return ""
		}
		return "The 413 answers a " + quoteMethod(v) + " without content."
	},
}, {
	ID: "414-short-uri", Group: "request", Severity: Info,
	Reference: "RFC 9110, Section 4.1",
	Quote: "It is RECOMMENDED that all senders and recipients support, at a minimum, URIs with lengths of 8000 octets in protocol " +
		"elements.",
	Summary: "A URI of less than 8000 octets is not too long.",
	Why:     "Clients count on that length.",
	Fix:     "Raise the limit to 8000 octets at least.",
	from:    httpstatus.URITooLong, to: httpstatus.URITooLong, exchange: true,
	check: func(v *view) string {
		if n := len(v.x.Target); n > 0 && n < shortURI {
			return "The 414 answers a request target of " + strconv.Itoa(n) + " octets."
		}
		return ""
	},
}, {
	ID: "415-without-content", Group: "request", Severity: Warning,
	Reference: "RFC 9110, Section 15.5.16",
	Quote: "the origin server is refusing to service the request because the content is in a format not supported by this method on the " +
		"target resource",
	Summary: "415 answers a request with content or Content-Type.",
	Why:     "There was no content whose type could be wrong; perhaps 406 is meant, which is about Accept.",
	Fix:     "Answer 406 if no representation fits Accept, 400 if content is missing.",
	from:    httpstatus.UnsupportedMediaType, to: httpstatus.UnsupportedMediaType, exchange: true,
	check: func(v *view) string {
		if v.sentContent() || v.request().hasAny(1<<fContentType|1<<fContentEncoding) {
			return ""
		}
		return "The 415 answers a " + quoteMethod(v) + " without content."
	},
}, {
	ID: "415-patch-accept-patch", Group: "request", Severity: Warning,
	Reference: "RFC 5789, Section 2.2",
	Quote:     "Such a response SHOULD include an Accept-Patch response header",
	Summary:   "415 to PATCH has Accept-Patch.",
	Why:       "The client learns that its patch format is not supported, and not which one is.",
	Fix:       "Set Accept-Patch to the media types of the patches that the resource takes, as statushttp.JSONReader does.",
	from:      httpstatus.UnsupportedMediaType, to: httpstatus.UnsupportedMediaType, exchange: true,
	check: func(v *view) string {
		// With Accept-Encoding, the content coding is what is not supported
		// (RFC 9110, Section 15.5.16).
		if !v.is("PATCH") || v.resp.hasAny(1<<fAcceptPatch|1<<fAcceptEncoding) {
			return ""
		}
		return "The 415 to PATCH has no Accept-Patch field."
	},
}, {
	ID: "417-without-expect", Group: "request", Severity: Warning,
	Reference: "RFC 9110, Section 15.5.18",
	Quote:     "the expectation given in the request's Expect header field",
	Summary:   "417 answers a request with Expect.",
	Why:       "The client stated no expectation, so it cannot drop one.",
	Fix:       "Answer 400 or 422.",
	from:      httpstatus.ExpectationFailed, to: httpstatus.ExpectationFailed, exchange: true,
	check: func(v *view) string {
		if v.request().has(fExpect) {
			return ""
		}
		return "The 417 answers a " + quoteMethod(v) + " without an Expect field."
	},
}, {
	ID: "425-without-early-data", Group: "request", Severity: Warning,
	Reference: "RFC 8470, Section 5.2",
	Quote:     "A server SHOULD NOT emit the 425 status code unless one of these conditions is met.",
	Summary:   "425 answers a request that came in early data.",
	Why:       "Only the sender of early data knows to send the request again; others report an error.",
	Fix:       "Answer 409 or 503 if it is too early for another reason.",
	from:      httpstatus.TooEarly, to: httpstatus.TooEarly, exchange: true,
	check: func(v *view) string {
		if v.x.EarlyData || v.request().has(fEarlyData) {
			return ""
		}
		return "The 425 answers a " + quoteMethod(v) + " without \"Early-Data: 1\"."
	},
}}
