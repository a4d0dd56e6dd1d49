package conform

import (
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
)

var retryRules = [...]Rule{{
	ID: "429-retry-after-missing", Group: "retry", Severity: Info,
	Reference: "RFC 6585, Section 4",
	Quote:     "MAY include a Retry-After header indicating how long to wait before making a new request",
	Summary:   "429 says when to come back, in Retry-After or a rate limit field.",
	Why:       "Clients guess, and come back too early or all at once.",
	Fix:       "Set Retry-After to the seconds that are left.",
	from:      httpstatus.TooManyRequests, to: httpstatus.TooManyRequests,
	check: func(v *view) string {
		if v.resp.hasAny(1<<fRateLimit | 1<<fRateLimitReset | 1<<fXRateLimitReset) {
			return ""
		}
		return missing(v, fRetryAfter, "Retry-After")
	},
}, {
	ID: "503-retry-after-missing", Group: "retry", Severity: Info,
	Reference: "RFC 9110, Section 15.6.4",
	Quote: "The server MAY send a Retry-After header field (Section 10.2.3) to suggest an appropriate amount of time for the client to " +
		"wait before retrying the request.",
	Summary: "503 says when to come back.",
	Why:     "Clients guess, and come back too early or all at once. A health probe needs no advice.",
	Fix:     "Set Retry-After to a number of seconds.",
	from:    httpstatus.ServiceUnavailable, to: httpstatus.ServiceUnavailable,
	check: func(v *view) string { return missing(v, fRetryAfter, "Retry-After") },
}, {
	ID: "retry-after-invalid", Group: "retry", Severity: Error,
	Reference: "RFC 9110, Section 10.2.3",
	Quote:     "A sender MUST NOT generate protocol elements that do not match the grammar defined by the corresponding ABNF rules.",
	quoted:    "RFC 9110, Section 2.2",
	Summary:   "Retry-After is a number of seconds or an HTTP-date.",
	Why:       "Clients ignore the advice, or take it for 0 and come back at once.",
	Fix:       "Write whole seconds without a sign or a unit, or a date in UTC by http.TimeFormat.",
	from:      lowest, to: highest,
	needs: 1 << fRetryAfter,
	check: func(v *view) string {
		values := v.resp.get(fRetryAfter)
		switch {
		case len(values) == 0:
			return ""
		case len(values) > 1:
			return severalLines(values, "Retry-After")
		}
		// Any time will do: it decides how long to wait, not whether the value
		// follows the grammar.
		if _, ok := httpstatus.ParseRetryAfter(values[0], time.Unix(0, 0)); !ok {
			return "The Retry-After " + quote(ascii.TrimOWS(values[0])) + " is neither a number of seconds nor an HTTP-date."
		}
		return ""
	},
}, {
	ID: "retry-after-unusual", Group: "retry", Severity: Info, Off: true,
	Reference: "RFC 9110, Section 10.2.3",
	Quote: "When sent with a 503 (Service Unavailable) response, Retry-After indicates how long the service is expected to be " +
		"unavailable to the client.",
	Summary: "Retry-After comes with 3xx, 413, 429 or 503.",
	Why:     "With other codes few clients look for it. 202 has it in practice.",
	Fix:     "Delete the field, or answer 503.",
	from:    200, to: highest,
	needs: 1 << fRetryAfter,
	check: func(v *view) string {
		c := v.x.Status
		if !v.resp.has(fRetryAfter) || c.IsRedirection() || c == httpstatus.ContentTooLarge ||
			c == httpstatus.TooManyRequests || c == httpstatus.ServiceUnavailable {
			return ""
		}
		return "The " + number(c) + " has Retry-After " + quote(v.resp.first(fRetryAfter)) + "."
	},
}}
