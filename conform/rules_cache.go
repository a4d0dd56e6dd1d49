package conform

import (
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
)

var cacheRules = [...]Rule{{
	ID: "uncacheable-status-cached", Group: "cache", Severity: Warning,
	Reference: "RFC 6585, Section 3",
	Quote:     "Responses with the 428 status code MUST NOT be stored by a cache.",
	Summary:   "428, 429, 431 and 511 are not offered to caches.",
	Why:       "A cache must not store them whatever Cache-Control says; one that believes the field gives one client's refusal to all.",
	Fix:       "Set \"Cache-Control: no-store\" on errors before they are sent.",
	from:      httpstatus.PreconditionRequired, to: httpstatus.NetworkAuthenticationRequired,
	needs: 1 << fCacheControl,
	reference: func(v *view) string {
		switch v.x.Status {
		case httpstatus.TooManyRequests:
			return "RFC 6585, Section 4"
		case httpstatus.RequestHeaderFieldsTooLarge:
			return "RFC 6585, Section 5"
		case httpstatus.NetworkAuthenticationRequired:
			return "RFC 6585, Section 6"
		}
		return "RFC 6585, Section 3"
	},
	check: func(v *view) string {
		if !v.x.Status.ForbidsStorage() || !offersStorage(v.resp.get(fCacheControl)) {
			return ""
		}
		return "The " + number(v.x.Status) + " has Cache-Control " + quote(v.resp.first(fCacheControl)) + "."
	},
}, {
	ID: "date-missing", Group: "cache", Severity: Error, Off: true,
	Reference: "RFC 9110, Section 6.6.1",
	Quote: "An origin server with a clock (as defined in Section 5.6.7) MUST generate a Date header field in all 2xx (Successful), 3xx " +
		"(Redirection), and 4xx (Client Error) responses",
	Summary: "2xx, 3xx and 4xx have Date.",
	Why: "Ages and expiry times are counted from it. The rule is for what was seen on the wire: net/http adds the field after the " +
		"handler, so captures inside a server lack it. It is on where conform.Transport sends over a network, and where httpstatus check and " +
		"probe ask a server.",
	Fix:  "Leave Date to the server, and do not set it to nil.",
	from: 200, to: 499,
	check: func(v *view) string { return missing(v, fDate, "Date") },
}}

// offersStorage reports whether Cache-Control invites a cache to store: public
// or a positive lifetime, and no no-store.
func offersStorage(lists []string) bool {
	offered := false
	for directive := range members(lists) {
		name, value, _ := strings.Cut(directive, "=")
		switch {
		case ascii.EqualFold(name, "no-store"):
			return false
		case ascii.EqualFold(name, "public"):
			offered = true
		case ascii.EqualFold(name, "max-age"), ascii.EqualFold(name, "s-maxage"):
			value = strings.Trim(value, `"`)
			if ascii.AllDigits(value) && trimZeros(value) != "" {
				offered = true
			}
		}
	}
	return offered
}
