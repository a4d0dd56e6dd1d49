package probe

import (
	"iter"

	"example.com/httpstatus/conform"
)

// Rules returns the rules that only this package can check, because they need
// more than two exchanges or a special request. All others are in
// [conform.Rules].
func Rules() iter.Seq[conform.Rule] {
	return func(yield func(conform.Rule) bool) {
		for i := range ownRules {
			if !yield(ownRules[i]) {
				return
			}
		}
	}
}

var ownRules = [...]conform.Rule{
	{
		ID: "probe-no-answer", Group: "probe", Severity: conform.Warning, Reference: "practice",
		Summary: "A request that HTTP allows is answered.",
		Why:     "A client cannot tell a connection that ends without a response from a network that failed, and may send the request again.",
		Fix:     "Answer with the status that says what is wrong: 431 for a field that is too long, 414 for a URI, 400 for what does not parse.",
	},
	{
		ID: "probe-server-error", Group: "probe", Severity: conform.Warning, Reference: "RFC 9110, Section 15.6",
		Quote:   "indicates that the server is aware that it has erred or is incapable of performing the requested method",
		Summary: "An odd request is not a failure of the server.",
		Why:     "A 5xx raises an alarm, lets clients and proxies repeat the request, and tells an attacker where code breaks.",
		Fix:     "Ignore what may be ignored, and answer the rest with a 4xx.",
	},
	{
		ID: "probe-range-differs", Group: "probe", Severity: conform.Error, Reference: "RFC 9110, Section 8.8.1",
		Quote:   "representation metadata that changes value whenever a change occurs to the representation data",
		Summary: "A part under a strong ETag has the octets that the whole has there.",
		Why:     "A client puts parts together by the ETag: what it gets is neither version.",
		Fix:     "Change the ETag with each change of the content, or make it weak.",
	},
	{
		ID: "probe-redirect-loop", Group: "probe", Severity: conform.Warning, Reference: "RFC 9110, Section 15.4",
		Quote:   "A client SHOULD detect and intervene in cyclical redirections",
		Summary: "Redirects within the origin come to an end.",
		Why:     "A client that follows them never gets an answer.",
		Fix:     "Look at the rule that canonicalizes the URI: it does not accept its own result.",
	},
	{
		ID: "probe-close-unsaid", Group: "probe", Severity: conform.Warning, Reference: "RFC 9112, Section 9.6",
		Quote:   "SHOULD send a Connection header field",
		Summary: "A server that closes the connection after a response says so in it.",
		Why:     "A client sends its next request on a connection that is about to go, and does not know whether it was carried out.",
		Fix:     "Send Connection: close with the last response, or keep the connection open.",
	},
	{
		ID: "probe-soft-404", Group: "probe", Severity: conform.Info, Reference: "RFC 9110, Section 15.5.5",
		Quote:   "did not find a current representation for the target resource",
		Summary: "A path that is not there is answered 404 or 410.",
		Why:     "Search engines, link checkers and clients take a 2xx for the resource.",
		Fix:     "Answer paths that have no route with 404, or, in an application that routes in the browser, those outside its routes.",
	},
	{
		ID: "probe-response-splitting", Group: "probe", Severity: conform.Error, Reference: "RFC 9110, Section 5.5",
		Quote:   "Field values containing CR, LF, or NUL characters are invalid and dangerous",
		Summary: "What a URI holds encoded does not become a line of the response.",
		Why:     "An attacker writes fields, or a whole response, with a link that a victim follows.",
		Fix:     "Refuse control characters in whatever goes into a field value; net/http and most libraries do.",
	},
}

// The rules by name.
var (
	noAnswer      = &ownRules[0]
	serverError   = &ownRules[1]
	rangeDiffers  = &ownRules[2]
	redirectLoop  = &ownRules[3]
	closeUnsaid   = &ownRules[4]
	softNotFound  = &ownRules[5]
	splitResponse = &ownRules[6]
)
