package conform

import (
	"math"

	"example.com/httpstatus"
)

var statusRules = [...]Rule{{
	ID: "status-out-of-range", Group: "status", Severity: Error,
	Reference: "RFC 9110, Section 15",
	Quote:     "All valid status codes are within the range of 100 to 599, inclusive.",
	Summary:   "A status code lies in the range 100 to 599.",
	Why:       "Clients treat any other number as a server error, and some libraries refuse to parse it.",
	Fix:       "Answer with a registered code of the class that is meant.",
	from:      math.MinInt, to: math.MaxInt,
	check: func(v *view) string {
		if v.x.Status.IsValid() {
			return ""
		}
		return "The status code " + number(v.x.Status) + " is outside 100 to 599."
	},
}, {
	ID: "status-unregistered", Group: "status", Severity: Info,
	Reference: "RFC 9110, Section 15",
	Quote: "a client MUST understand the class of any status code, as indicated by the first digit, and treat an unrecognized status " +
		"code as being equivalent to the x00 status code of that class",
	Summary: "A status code is in the IANA registry.",
	Why: "A client that does not know the code treats it as the x00 code of its class, so its own meaning is lost, and another vendor " +
		"may use it for something else.",
	Fix:  "Answer with the registered code that comes closest, and say the rest in the content.",
	from: lowest, to: highest,
	check: func(v *view) string {
		if c := v.x.Status; !c.IsRegistered() && c != unused306 && c != unused418 {
			return "The status code " + number(c) + " is not registered; clients treat it as " + number(c.Fallback()) + "."
		}
		return ""
	},
}, {
	ID: "status-reserved", Group: "status", Severity: Warning,
	Reference: "RFC 9110, Section 15.4.7",
	Quote:     "The 306 status code was defined in a previous version of this specification, is no longer used, and the code is reserved.",
	Summary:   "306 is not sent.",
	Why:       "The code has no meaning any more.",
	Fix:       "Answer 302 or 307 for a redirect, 403 where a proxy is required.",
	from:      unused306, to: unused306,
	check: func(v *view) string { return "The status code 306 is reserved and means nothing." },
}, {
	ID: "status-deprecated", Group: "status", Severity: Warning,
	Reference: "RFC 9110, Section 15.4.6",
	Quote:     "is now deprecated",
	Summary:   "305 is not sent.",
	Why:       "Clients ignore it, because following it would let any server reroute their traffic.",
	Fix:       "Configure the proxy in the client, or answer 403.",
	from:      httpstatus.UseProxy, to: httpstatus.UseProxy,
	check: func(v *view) string { return "The status code 305 (Use Proxy) is deprecated." },
}, {
	ID: "status-unused", Group: "status", Severity: Info,
	Reference: "RFC 9110, Section 15.5.19",
	Quote:     "the 418 status code is reserved in the IANA HTTP Status Code Registry",
	Summary:   "418 is not sent.",
	Why:       "It is a joke that made the code unusable; clients treat it as 400.",
	Fix:       "Answer 400 or 403.",
	from:      unused418, to: unused418,
	check: func(v *view) string { return "The status code 418 is reserved as unused; clients treat it as 400." },
}, {
	ID: "interim-http10", Group: "status", Severity: Error,
	Reference: "RFC 9110, Section 15.2",
	Quote:     "Since HTTP/1.0 did not define any 1xx status codes, a server MUST NOT send a 1xx response to an HTTP/1.0 client.",
	Summary:   "A request in HTTP/1.0 gets no 1xx response.",
	Why:       "An HTTP/1.0 client takes the interim response for the final one.",
	Fix:       "Send 1xx responses only when the request's version is HTTP/1.1 or later.",
	from:      100, to: 199, exchange: true,
	check: func(v *view) string {
		if v.major != 1 || v.minor != 0 {
			return ""
		}
		return "A " + number(v.x.Status) + " answers an HTTP/1.0 request."
	},
}, {
	ID: "100-not-expected", Group: "status", Severity: Info,
	Reference: "RFC 9110, Section 15.2.1",
	Quote: "If the request did not contain an Expect header field containing the 100-continue expectation, the client can simply " +
		"discard this interim response.",
	Summary: "100 answers a request that expects it.",
	Why:     "No client waits for it, and some clients are confused by it.",
	Fix:     "Send 100 only when the request has \"Expect: 100-continue\"; net/http does so by itself when the content is read.",
	from:    httpstatus.Continue, to: httpstatus.Continue, exchange: true,
	check: func(v *view) string {
		if hasMember(v.request().get(fExpect), "100-continue") {
			return ""
		}
		return "A 100 (Continue) answers a request without \"Expect: 100-continue\"."
	},
}}

// The codes that the registry lists as "(Unused)"; they have no constants.
const (
	unused306 httpstatus.Code = 306
	unused418 httpstatus.Code = 418
)
