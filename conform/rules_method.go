package conform

import (
	"example.com/httpstatus"
	"example.com/httpstatus/internal/field"
)

var methodRules = [...]Rule{{
	ID: "405-allow-missing", Group: "method", Severity: Error,
	Reference: "RFC 9110, Section 15.5.6",
	Quote: "The origin server MUST generate an Allow header field in a 405 response containing a list of the target resource's " +
		"currently supported methods.",
	Summary: "405 has Allow; an empty one says that no method is allowed for now.",
	Why:     "The client learns that its method is wrong, and not which one is right.",
	Fix:     "Set Allow to the methods that the resource supports, or let http.ServeMux route by method.",
	from:    httpstatus.MethodNotAllowed, to: httpstatus.MethodNotAllowed,
	check: func(v *view) string {
		if v.resp.has(fAllow) {
			return ""
		}
		if v.known {
			return "The 405 to " + quoteMethod(v) + " has no Allow field."
		}
		return "The 405 has no Allow field."
	},
}, {
	ID: "allow-invalid", Group: "method", Severity: Error,
	Reference: "RFC 9110, Section 10.2.1",
	Quote:     "A sender MUST NOT generate protocol elements that do not match the grammar defined by the corresponding ABNF rules.",
	quoted:    "RFC 9110, Section 2.2",
	Summary:   "Allow is a list of methods with commas between them.",
	Why:       "A client that splits the list finds no method that it knows.",
	Fix:       "Join the methods with \", \".",
	from:      lowest, to: highest,
	needs: 1 << fAllow,
	check: func(v *view) string {
		for method := range members(v.resp.get(fAllow)) {
			if !field.IsName(method) {
				return "The Allow member " + quote(method) + " is not a method."
			}
		}
		return ""
	},
}, {
	ID: "405-allow-lists-method", Group: "method", Severity: Warning,
	Reference: "RFC 9110, Section 15.5.6",
	Quote:     "the method received in the request-line is known by the origin server but not supported by the target resource",
	Summary:   "The Allow of a 405 does not name the method of the request.",
	Why:       "The answer contradicts itself: the client tries again, and fails again.",
	Fix:       "List what the resource supports; answer 403 or 409 if the method is supported and refused for now.",
	from:      httpstatus.MethodNotAllowed, to: httpstatus.MethodNotAllowed, exchange: true,
	needs: 1 << fAllow,
	check: func(v *view) string {
		for method := range members(v.resp.get(fAllow)) {
			if method == v.x.Method { // methods are case-sensitive
				return "The 405 to " + quoteMethod(v) + " has Allow " + quote(v.resp.first(fAllow)) + "."
			}
		}
		return ""
	},
}, {
	ID: "405-get-head", Group: "method", Severity: Info,
	Reference: "RFC 9110, Section 9.1",
	Quote:     "All general-purpose servers MUST support the methods GET and HEAD.",
	Summary:   "GET and HEAD are not answered with 405.",
	Why:       "Browsers, crawlers and health checks ask with them. Resources that are actions refuse them for good reasons.",
	Fix:       "Support GET and HEAD, or leave the 405 where there is nothing to get.",
	from:      httpstatus.MethodNotAllowed, to: httpstatus.MethodNotAllowed, exchange: true,
	check: func(v *view) string {
		if !v.is("GET") && !v.is("HEAD") {
			return ""
		}
		return "The 405 answers a " + v.x.Method + "."
	},
}, {
	ID: "501-known-method", Group: "method", Severity: Warning,
	Reference: "RFC 9110, Section 15.6.2",
	Quote: "This is the appropriate response when the server does not recognize the request method and is not capable of supporting it " +
		"for any resource.",
	Summary: "GET and HEAD are not answered with 501.",
	Why:     "The code says that the server supports the method nowhere; it is also cacheable.",
	Fix:     "Answer 405 with Allow for the method, 404 for the resource, 503 or 500 for a feature that is missing.",
	from:    httpstatus.NotImplemented, to: httpstatus.NotImplemented, exchange: true,
	check: func(v *view) string {
		if !v.is("GET") && !v.is("HEAD") || v.isAboutTransferCoding() {
			return ""
		}
		return "The 501 answers a " + v.x.Method + "."
	},
}, {
	ID: "201-safe-method", Group: "method", Severity: Warning,
	Reference: "RFC 9110, Section 9.2.1",
	Quote: "the client does not request, and does not expect, any state change on the origin server as a result of applying a safe " +
		"method to a target resource",
	Summary: "201 does not answer GET, HEAD, OPTIONS or TRACE.",
	Why:     "A crawler or a prefetching browser would create things.",
	Fix:     "Answer 200; create with POST or PUT.",
	from:    httpstatus.Created, to: httpstatus.Created, exchange: true,
	check: func(v *view) string {
		if v.is("GET") || v.is("HEAD") || v.is("OPTIONS") || v.is("TRACE") {
			return "The 201 answers a " + v.x.Method + ", which is safe and creates nothing."
		}
		return ""
	},
}, {
	ID: "201-post-location-missing", Group: "method", Severity: Warning,
	Reference: "RFC 9110, Section 9.3.3",
	Quote: "the origin server SHOULD send a 201 (Created) response containing a Location header field that provides an identifier for " +
		"the primary resource created",
	Summary: "201 to POST has Location.",
	Why: "Without it, the new resource is said to be the one that was posted to. PUT and PATCH create what they name, and need no " +
		"Location.",
	Fix:  "Set Location to the URI of what was created.",
	from: httpstatus.Created, to: httpstatus.Created, exchange: true,
	check: func(v *view) string {
		if !v.is("POST") || v.resp.has(fLocation) {
			return ""
		}
		return "The 201 to POST has no Location field."
	},
}, {
	ID: "201-delete", Group: "method", Severity: Warning,
	Reference: practice,
	Summary:   "201 does not answer DELETE.",
	Why:       "Something was removed, and the answer says that something was created.",
	Fix:       "Answer 204, 200 with a report, or 202.",
	from:      httpstatus.Created, to: httpstatus.Created, exchange: true,
	check: func(v *view) string {
		if !v.is("DELETE") {
			return ""
		}
		return "The 201 answers a DELETE."
	},
}, {
	ID: "options-allow-missing", Group: "method", Severity: Info, Off: true,
	Reference: "RFC 9110, Section 9.3.7",
	Quote: "A server generating a successful response to OPTIONS SHOULD send any header that might indicate optional features " +
		"implemented by the server and applicable to the target resource (e.g., Allow)",
	Summary: "A 2xx to OPTIONS has Allow.",
	Why:     "That is what OPTIONS is for. A CORS preflight answer does without it.",
	Fix:     "Set Allow to the methods that the resource supports.",
	from:    200, to: 299, exchange: true,
	check: func(v *view) string {
		if !v.is("OPTIONS") || v.resp.has(fAllow) {
			return ""
		}
		return "The " + number(v.x.Status) + " to OPTIONS has no Allow field."
	},
}, {
	ID: "put-unusual-success", Group: "method", Severity: Info, Off: true,
	Reference: "RFC 9110, Section 9.3.4",
	Quote: "the origin server MUST send either a 200 (OK) or a 204 (No Content) response to indicate successful completion of the " +
		"request",
	Summary: "A successful PUT is answered with 200, 201, 202 or 204.",
	Why:     "Clients look for these codes to learn whether they created or replaced.",
	Fix:     "Answer 201 if the resource is new, 200 or 204 if it was replaced, 202 if it will be.",
	from:    200, to: 299, exchange: true,
	check: func(v *view) string {
		switch v.x.Status {
		case httpstatus.OK, httpstatus.Created, httpstatus.Accepted, httpstatus.NoContent:
			return ""
		}
		if !v.is("PUT") {
			return ""
		}
		return "The PUT is answered with " + number(v.x.Status) + "."
	},
}}

// isAboutTransferCoding reports whether the response is a 501 that may be about
// a transfer coding in place of the method (RFC 9112, Section 6.1).
func (v *view) isAboutTransferCoding() bool {
	return v.x.Status == httpstatus.NotImplemented && v.request().has(fTransferEncoding)
}

// practice is the reference of rules that no RFC has.
const practice = "practice"
