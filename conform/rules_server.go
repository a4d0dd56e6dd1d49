package conform

// netHTTP is the reference of rules about the use of an http.ResponseWriter.
const netHTTP = "net/http, ResponseWriter"

// serverRules are about what a handler did too late. Only [Handler] sees it.
var serverRules = [...]Rule{{
	ID: "write-header-twice", Group: "server", Severity: Error,
	Reference: netHTTP,
	Quote:     "followed by exactly one \"final\" response",
	quoted:    "RFC 9110, Section 15",
	Summary:   "A handler sends one final status code, before the content.",
	Why: "The first code stays, so an error after it goes out as a success with the error's text appended. On HTTP/2 net/http does " +
		"not even log it.",
	Fix:  "Return after answering; decide on the status before writing content.",
	from: lowest, to: highest,
	check: func(v *view) string {
		if len(v.x.Repeated) == 0 {
			return ""
		}
		return "WriteHeader(" + number(v.x.Repeated[0]) + ") came after the response had begun with " + number(v.x.Status) + "."
	},
}, {
	ID: "header-after-write", Group: "server", Severity: Error,
	Reference: netHTTP,
	Summary:   "A handler sets the header before WriteHeader and Write.",
	Why:       "What is set later is lost without a word in the log.",
	Fix:       "Move the line up, or send the field as a trailer (http.TrailerPrefix).",
	from:      lowest, to: highest,
	check: func(v *view) string {
		if len(v.x.Late) == 0 {
			return ""
		}
		return "The field " + quote(v.x.Late[0]) + " was changed after the header had been sent."
	},
}}
