package conform

import (
	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
)

var challengeRules = [...]Rule{{
	ID: "401-challenge-missing", Group: "challenge", Severity: Error,
	Reference: "RFC 9110, Section 15.5.2",
	Quote: "The server generating a 401 response MUST send a WWW-Authenticate header field (Section 11.6.1) containing at least one " +
		"challenge applicable to the target resource.",
	Summary: "401 has WWW-Authenticate.",
	Why: "The client is not told how to authenticate. APIs with cookies or sessions leave the field out on purpose, so that the " +
		"browser does not open its own dialogue: exempt them.",
	Fix:  "Set WWW-Authenticate to a scheme that the resource takes, such as \"Bearer\"; answer 403 if no credentials would help.",
	from: httpstatus.Unauthorized, to: httpstatus.Unauthorized,
	check: func(v *view) string { return missing(v, fWWWAuthenticate, "WWW-Authenticate") },
}, {
	ID: "401-challenge-invalid", Group: "challenge", Severity: Error,
	Reference: "RFC 9110, Section 11.6.1",
	Quote: "A server generating a 401 (Unauthorized) response MUST send a WWW-Authenticate header field containing at least one " +
		"challenge.",
	Summary: "The challenge of a 401 begins with an authentication scheme.",
	Why:     "Parameters without a scheme say nothing to a client.",
	Fix:     "Write the scheme first, as in `Basic realm=\"users\"`.",
	from:    httpstatus.Unauthorized, to: httpstatus.Unauthorized,
	check: func(v *view) string {
		values := v.resp.get(fWWWAuthenticate)
		if len(values) == 0 || startsWithScheme(values) {
			return ""
		}
		return "The WWW-Authenticate " + quote(ascii.TrimOWS(values[0])) + " of the 401 has no authentication scheme."
	},
}, {
	ID: "407-challenge-missing", Group: "challenge", Severity: Error,
	Reference: "RFC 9110, Section 15.5.8",
	Quote: "The proxy MUST send a Proxy-Authenticate header field (Section 11.7.1) containing a challenge applicable to that proxy for " +
		"the request.",
	Summary: "407 has Proxy-Authenticate.",
	Why:     "The client is not told how to authenticate with the proxy.",
	Fix:     "Set Proxy-Authenticate; a server that is no proxy answers 401 or 403.",
	from:    httpstatus.ProxyAuthenticationRequired, to: httpstatus.ProxyAuthenticationRequired,
	check: func(v *view) string { return missing(v, fProxyAuthenticate, "Proxy-Authenticate") },
}, {
	ID: "403-without-credentials", Group: "challenge", Severity: Info, Off: true,
	Reference: "RFC 9110, Section 15.5.4",
	Quote:     "If authentication credentials were provided in the request, the server considers them insufficient to grant access.",
	Summary:   "A request without credentials gets 401, not 403, where credentials would help.",
	Why:       "The client does not learn that it could log in.",
	Fix:       "Answer 401 with a challenge.",
	from:      httpstatus.Forbidden, to: httpstatus.Forbidden, exchange: true,
	check: func(v *view) string {
		if v.request().hasAny(1<<fAuthorization | 1<<fCookie) {
			return ""
		}
		return "The 403 answers a " + quoteMethod(v) + " with neither Authorization nor Cookie."
	},
}}
