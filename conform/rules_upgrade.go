package conform

import (
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
)

var upgradeRules = [...]Rule{{
	ID: "101-upgrade-missing", Group: "upgrade", Severity: Error,
	Reference: "RFC 9110, Section 15.2.2",
	Quote: "The server MUST generate an Upgrade header field in the response that indicates which protocol(s) will be in effect after " +
		"this response.",
	Summary: "101 has an Upgrade field.",
	Why:     "Without it the client does not know which protocol the connection speaks now.",
	Fix:     "Set Upgrade to the protocol that was chosen, and Connection to \"upgrade\".",
	from:    httpstatus.SwitchingProtocols, to: httpstatus.SwitchingProtocols,
	check: func(v *view) string {
		// On HTTP/2 and later 101-http2 says all there is to say.
		if v.major > 1 || v.resp.has(fUpgrade) {
			return ""
		}
		return "The 101 has no Upgrade field."
	},
}, {
	ID: "101-not-requested", Group: "upgrade", Severity: Error,
	Reference: "RFC 9110, Section 7.8",
	Quote: "A server MUST NOT switch to a protocol that was not indicated by the client in the corresponding request's Upgrade header " +
		"field.",
	Summary: "101 switches to a protocol that the request offered.",
	Why:     "The client goes on in a protocol that it did not ask for, or not at all.",
	Fix:     "Choose among the protocols in the request's Upgrade field; without one, answer 426 or go on in HTTP.",
	from:    httpstatus.SwitchingProtocols, to: httpstatus.SwitchingProtocols, exchange: true,
	check: notRequested,
}, {
	ID: "101-http2", Group: "upgrade", Severity: Error,
	Reference: "RFC 9113, Section 8.6",
	Quote:     "HTTP/2 does not support the 101 (Switching Protocols) informational status code",
	Summary:   "101 is not sent on HTTP/2 or later.",
	Why: "The connection carries other requests, so it cannot switch; net/http's server turns the 101 into an interim response and a " +
		"200.",
	Fix:  "Use extended CONNECT (RFC 8441), or serve the upgrade over HTTP/1.1 only.",
	from: httpstatus.SwitchingProtocols, to: httpstatus.SwitchingProtocols,
	reference: func(v *view) string {
		if v.major == 3 {
			return "RFC 9114, Section 4.5"
		}
		return "RFC 9113, Section 8.6"
	},
	check: func(v *view) string {
		if v.major < 2 {
			return ""
		}
		return "A 101 (Switching Protocols) is sent on " + quote(v.x.Proto) + "."
	},
}, {
	ID: "upgrade-connection-missing", Group: "upgrade", Severity: Error,
	Reference: "RFC 9110, Section 7.8",
	Quote:     "A sender of Upgrade MUST also send an \"Upgrade\" connection option in the Connection header field",
	Summary:   "On HTTP/1.1, a 101 or 426 with Upgrade says \"upgrade\" in Connection.",
	Why:       "An intermediary forwards the field as if it were meant for the other end.",
	Fix:       "Add \"upgrade\" to Connection.",
	from:      httpstatus.SwitchingProtocols, to: httpstatus.UpgradeRequired,
	needs: 1 << fUpgrade,
	check: func(v *view) string {
		c := v.x.Status
		if c != httpstatus.SwitchingProtocols && c != httpstatus.UpgradeRequired {
			return ""
		}
		if v.major != 1 || v.minor != 1 || !v.resp.has(fUpgrade) || hasMember(v.resp.get(fConnection), "upgrade") {
			return ""
		}
		if !v.resp.has(fConnection) {
			return "The " + number(c) + " has Upgrade " + quote(v.resp.first(fUpgrade)) + " and no Connection field."
		}
		return "The " + number(c) + " has Upgrade " + quote(v.resp.first(fUpgrade)) +
			" and Connection " + quote(v.resp.first(fConnection)) + " without \"upgrade\"."
	},
}, {
	ID: "426-upgrade-missing", Group: "upgrade", Severity: Error,
	Reference: "RFC 9110, Section 15.5.22",
	Quote:     "The server MUST send an Upgrade header field in a 426 response to indicate the required protocol(s)",
	Summary:   "On HTTP/1.1, a 426 has an Upgrade field.",
	Why: "The code asks the client to change the protocol, and only the field says to which. It is not about versions of an app or an " +
		"API.",
	Fix: "Set Upgrade to the protocols that will do, and Connection to \"upgrade\"; answer 400 or 403 to an outdated app. HTTP/2 and " +
		"later have no Upgrade field and no use for 426.",
	from: httpstatus.UpgradeRequired, to: httpstatus.UpgradeRequired,
	check: func(v *view) string {
		// RFC 9113, Section 8.2.2, and RFC 9114, Section 4.2, have no such
		// field, and net/http's server leaves it out since Go 1.27.
		if v.major > 1 {
			return ""
		}
		return missing(v, fUpgrade, "Upgrade")
	},
}}

// missing complains of the absence of a field; an empty one is present.
func missing(v *view, f knownField, name string) string {
	if v.resp.has(f) {
		return ""
	}
	return "The " + number(v.x.Status) + " has no " + name + " field."
}

func notRequested(v *view) string {
	if v.major > 1 {
		return ""
	}
	offered := v.request().get(fUpgrade)
	if len(offered) == 0 {
		return "The 101 answers a request without an Upgrade field."
	}
	for protocol := range members(v.resp.get(fUpgrade)) {
		// A request that names no version leaves it to the server.
		name, _, _ := strings.Cut(protocol, "/")
		if !hasMember(offered, protocol) && !hasMember(offered, name) {
			return "The 101 switches to " + quote(protocol) + ", and the request offered " + quote(ascii.TrimOWS(offered[0])) + "."
		}
	}
	return ""
}
