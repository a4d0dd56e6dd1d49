package statuslint

// A Severity says how bad a finding is.
type Severity uint8

// The severities, from least to most severe. An Info rule is about a MAY or
// about practice, a Warning breaks a SHOULD or contradicts itself, an Error
// breaks a MUST or does not do what it says.
const (
	Info Severity = iota
	Warning
	Error
)

// String returns "info", "warning" or "error".
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "info"
}

// A Rule is one kind of mistake that statuslint looks for.
type Rule struct {
	ID        string   // the name in findings, flags and directives, such as "S-405-allow"
	Group     string   // the analyzer that has the rule: header, content, order, code, client or value
	Severity  Severity // how bad a finding is
	Noisy     bool     // off until it is named in -enable, whatever -severity says
	Reference string   // where it stands, as in "RFC 9110, Section 15.5.6"; "" for practice
	Title     string   // the mistake, in one line
	Why       string   // what goes wrong, and what to do instead
	Limits    string   // what the rule does not see or is quiet about; "" if nothing to tell
}

// On reports whether the rule is looked for when no flag says otherwise.
func (r Rule) On() bool { return r.Severity > Info && !r.Noisy }

// Rules returns every rule, in the order of the documentation.
func Rules() []Rule {
	rules := make([]Rule, len(ruleTable))
	copy(rules, ruleTable[:])
	return rules
}

// lookupRule returns the rule with the given ID.
func lookupRule(id string) (*Rule, bool) {
	for i := range ruleTable {
		if ruleTable[i].ID == id {
			return &ruleTable[i], true
		}
	}
	return nil, false
}

// ruleIndex returns the place of a rule in the table.
func ruleIndex(r *Rule) int {
	for i := range ruleTable {
		if &ruleTable[i] == r {
			return i
		}
	}
	return len(ruleTable)
}

// The groups, each of which is an analyzer of its own.
const (
	groupHeader  = "header"
	groupContent = "content"
	groupOrder   = "order"
	groupCode    = "code"
	groupClient  = "client"
	groupValue   = "value"
)

var ruleTable = [...]Rule{
	{
		ID: "S-405-allow", Group: groupHeader, Severity: Error, Reference: "RFC 9110, Section 15.5.6",
		Title: "405 without Allow",
		Why: "An origin server must generate an Allow field in a 405 response that lists the methods the resource supports. " +
			"Without it a client knows that its method is wrong, and not which one is right. " +
			"http.ServeMux sets the field for patterns with a method, and statushttp.Mux gives that answer the form of the others.",
		Limits: "The finding has a fix where the methods can be read from the code: in the branch of `if " +
			"r.Method != X`, and in the default of `switch r.Method`. " +
			"An Allow field that is present and empty is correct: it says that the resource allows no method for now.",
	},
	{
		ID: "S-401-challenge", Group: groupHeader, Severity: Error, Reference: "RFC 9110, Section 15.5.2",
		Title: "401 without WWW-Authenticate",
		Why: "A server that answers 401 must send a WWW-Authenticate field with at least one challenge: the code means " +
			"\"authenticate like this\", and the field is where \"like this\" stands. " +
			"If the client is known and may not do what it asks, the code is 403.",
		Limits: "Services that log in with a form and a cookie often leave the field out on purpose, " +
			"so that the browser does not open its password window. " +
			"They break the specification knowingly: say so once for the package, with a comment //statuslint:session-auth or in the " +
			"configuration file, or send a challenge with a scheme that browsers do not know.",
	},
	{
		ID: "S-407-challenge", Group: groupHeader, Severity: Error, Reference: "RFC 9110, Section 15.5.8",
		Title: "407 without Proxy-Authenticate",
		Why:   "A proxy that answers 407 must send a Proxy-Authenticate field with a challenge. Without it no client can go on.",
	},
	{
		ID: "S-426-upgrade", Group: groupHeader, Severity: Error, Reference: "RFC 9110, Section 15.5.22",
		Title: "426 without Upgrade",
		Why: "A server that answers 426 must send an Upgrade field that names the protocol it wants, and " +
			"with it the Connection option upgrade (RFC 9110, Section 7.8). " +
			"The code is about the protocol of the connection: a client that is too old for an API is told so with a 400 or a 403.",
		Limits: "Only Upgrade is looked for.",
	},
	{
		ID: "S-405-carrier", Group: groupHeader, Severity: Warning, Reference: "RFC 9110, Section 15.5.6",
		Title: "405 put into an error whose writer sends no Allow",
		Why: "The constant travels in an error value or a struct, and the function that answers with it sets no Allow field. " +
			"Every such answer breaks the duty of S-405-allow. Give the error a place for its fields, or set the field before the error is returned.",
		Limits: "Quiet where the value carries a header of its own, where the enclosing function or one that calls it sets the " +
			"field, where a caller takes the error out of its wrapping and answers with something else, " +
			"and where no function that answers with the value is seen. An error of echo or fiber counts where a handler returns it. " +
			"What a package below makes is looked at where it goes to a function together with the writer.",
	},
	{
		ID: "S-401-carrier", Group: groupHeader, Severity: Warning, Reference: "RFC 9110, Section 15.5.2",
		Title:  "401 put into an error whose writer sends no WWW-Authenticate",
		Why:    "As S-405-carrier, for the challenge of a 401, and of a 407 with its Proxy-Authenticate.",
		Limits: "As S-405-carrier.",
	},
	{
		ID: "S-426-carrier", Group: groupHeader, Severity: Warning, Reference: "RFC 9110, Section 15.5.22",
		Title:  "426 put into an error whose writer sends no Upgrade",
		Why:    "As S-405-carrier, for the Upgrade of a 426.",
		Limits: "As S-405-carrier.",
	},
	{
		ID: "S-late-header", Group: groupOrder, Severity: Error, Reference: "",
		Title: "header field changed after the header was sent",
		Why: "WriteHeader, and the first Write, send the header. net/http drops every change after that, without a word in the log. " +
			"Move the change before the call.",
		Limits: "Trailers are set after the content on purpose: a name with http.TrailerPrefix, one that a " +
			"Trailer field declares, and the fields of a Trailer map are let be. " +
			"Of helpers, only Content-Type is known to be set too late. Looked at are http.ResponseWriter, types that do no more than embed " +
			"it, and the contexts of gin and echo: a writer of another type may keep the header back.",
	},
	{
		ID: "S-error-no-return", Group: groupOrder, Severity: Error, Reference: "",
		Title: "the handler goes on after an answer",
		Why: "http.Error, and every helper like it, writes an answer and returns to the handler. If the handler " +
			"does not return too, it writes the next answer behind the first: " +
			"the client reads the error text and the normal content as one. The same holds for a status in a branch, " +
			"such as WriteHeader(400), before the next handler or another status, " +
			"and for a handler that stores what it could not read, or has just refused. What comes of it is named in the finding, and not reported again.",
		Limits: "A later write counts only if a path leads to it on which no test contradicts the one " +
			"that led to the error. A log call in between is harmless. " +
			"The fix is offered where the answer is the last statement of its branch.",
	},
	{
		ID: "S-double-header", Group: groupOrder, Severity: Error, Reference: "",
		Title: "a second status for one response",
		Why: "The first WriteHeader or Write decides the status. A later one is ignored, with \"superfluous " +
			"response.WriteHeader call\" in the log on HTTP/1.1 and with nothing on HTTP/2. " +
			"The client gets the first status, whatever the second meant to say.",
		Limits: "A 1xx other than 101 may come before the final status. A helper that only writes content sends no status. After " +
			"a write that failed a second status is harmless: see S-status-after-write.",
	},
	{
		ID: "S-status-after-write", Group: groupOrder, Severity: Info, Reference: "",
		Title: "a status sent because a write failed",
		Why: "When a Write fails, the client has gone, or has got a part of the content with the first status. " +
			"A second status is ignored; its text may end up behind the content. Log the error.",
		Limits: "A value that does not encode fails before anything is written: encode into a buffer if the status is to tell of it.",
	},
	{
		ID: "S-bodyless-body", Group: groupContent, Severity: Error, Reference: "RFC 9110, Section 6.4.1",
		Title: "content after a status that excludes it",
		Why: "A response with 204 or 304 has no content: Write returns http.ErrBodyNotAllowed and the bytes are lost. " +
			"After 205 net/http does send them, although RFC 9110, Section 15.3.6 forbids it. Choose 200, or write nothing.",
		Limits: "103 and 100 may be followed by a Write: net/http then sends a 200 by itself.",
	},
	{
		ID: "S-error-json", Group: groupContent, Severity: Warning, Reference: "",
		Title: "JSON sent through http.Error",
		Why: "http.Error sets Content-Type to text/plain, and replaces one that was set before. A " +
			"client that goes by Content-Type will not decode the JSON. " +
			"Set Content-Type, call WriteHeader, and write the JSON, or use a helper that does.",
	},
	{
		ID: "S-code-range", Group: groupCode, Severity: Error, Reference: "RFC 9110, Section 15",
		Title: "status outside 100 to 599",
		Why: "A status code is a number from 100 to 599. net/http panics below 100 and above 999, and sends the rest as it is; " +
			"a client treats such a number as a 5xx.",
		Limits: "0 as the argument of a helper is let be, because it often means \"the default\".",
	},
	{
		ID: "S-length-204", Group: groupContent, Severity: Error, Reference: "RFC 9110, Section 8.6",
		Title: "Content-Length with 204",
		Why: "A server must not send Content-Length with 204. net/http takes it out on HTTP/1.1; on HTTP/2 it stays, " +
			"and the client's read ends in an unexpected EOF.",
	},
	{
		ID: "S-206-content-range", Group: groupHeader, Severity: Error, Reference: "RFC 9110, Section 15.3.7",
		Title: "206 without Content-Range",
		Why: "A 206 must say which part of the representation it carries, in Content-Range, or in each part of a multipart/byteranges. " +
			"206 is not for pages of a list, nor for a result that is incomplete: those are 200. " +
			"http.ServeContent and statushttp.Serve answer ranges with all that goes along.",
		Limits: "Quiet where Content-Type is set to multipart/byteranges.",
	},
	{
		ID: "S-416-content-range", Group: groupHeader, Severity: Warning, Reference: "RFC 9110, Section 15.5.17",
		Title: "416 without Content-Range",
		Why: "A 416 to a byte range should carry `Content-Range: bytes */N`, where N is the current length. " +
			"With it the client can ask again, and knows when it has the whole thing already.",
	},
	{
		ID: "S-3xx-location", Group: groupHeader, Severity: Warning, Reference: "RFC 9110, Section 15.4",
		Title: "redirect without Location",
		Why: "301, 302, 303, 307 and 308 name the target in Location. Without it a browser shows an empty page, and " +
			"Go's client returns the response as it is. http.Redirect sets the field.",
	},
	{
		ID: "S-error-code", Group: groupCode, Severity: Warning, Reference: "",
		Title: "http.Error with a status that is no error",
		Why: "http.Error is for 4xx and 5xx. With a 2xx the client takes the error text for the answer; " +
			"with 204 and 304 the text is dropped.",
	},
	{
		ID: "S-redirect-code", Group: groupCode, Severity: Error, Reference: "RFC 9110, Section 15.4",
		Title: "http.Redirect with a status that does not redirect",
		Why: "http.Redirect takes any number. Only 300, 301, 302, 303, 307 and 308 make a client go elsewhere; " +
			"with a 200 the user sees a page with one link.",
		Limits: "201 is let be: its Location names what was created.",
	},
	{
		ID: "S-5xx-for-input", Group: groupCode, Severity: Warning, Reference: "RFC 9110, Section 15.5.1",
		Title: "5xx for a mistake in the request",
		Why: "Content that does not decode and a number that does not parse are the client's mistakes. Told 500, the client tries again, " +
			"and the server's error rate goes up. Answer 400 (413 for *http.MaxBytesError). " +
			"statushttp.ReadJSON reads JSON and says which of them it is and where the mistake stands; " +
			"statushttp.FromRead says which it is of an error from any decoder.",
		Limits: "Only where the input comes from the request. What was stored, or what an upstream answered, is the server's to answer for. An " +
			"error from reading the content is not counted, unless http.MaxBytesReader limits it. " +
			"A helper counts as decoding if every error of it is about its parameters. Known by name are ParseForm, FormFile, the binding of " +
			"frameworks, packages with the functions of encoding/json, and the parsers of strconv, time, net/url, net/netip, mime, " +
			"encoding/base64, encoding/hex and uuid.",
	},
	{
		ID: "S-405-not-method", Group: groupCode, Severity: Warning, Reference: "RFC 9110, Section 15.5.6",
		Title: "405 that does not depend on the method",
		Why: "405 says that the target resource does not support the method, whoever asks. If the reason is a permission, the code is 403; " +
			"if it is the state of the resource, 409; if the feature is not there, 404 or 501.",
		Limits: "Quiet in a function that mentions the method anywhere, its name included, and where the " +
			"test reads what was made of the method elsewhere in the package.",
	},
	{
		ID: "S-retry-unsafe", Group: groupClient, Severity: Warning, Reference: "RFC 9110, Section 9.2.2",
		Title: "POST or PATCH repeated in a loop",
		Why: "A client should not automatically repeat a request whose method is not idempotent: the first " +
			"attempt may have been applied although its answer was lost. " +
			"Send an Idempotency-Key, or repeat only what was surely not processed.",
		Limits: "Quiet where the function mentions an idempotency key.",
	},
	{
		ID: "S-error-swapped", Group: groupValue, Severity: Warning, Reference: "",
		Title: "error code and message look swapped",
		Why: "New takes the error code first, for programs, as in \"user_not_found\", and then the message, for people. " +
			"Swapped, the client compares a sentence, and the user reads an identifier.",
	},
	{
		ID: "S-ignore", Group: groupCode, Severity: Warning, Reference: "",
		Title: "directive that silences everything, or nothing",
		Why: "A //statuslint:ignore without a rule also silences what was never looked at; one with " +
			"a misspelt rule silences nothing, and looks as if it did. " +
			"Name the rule, and say why.",
	},
	{
		ID: "S-code-registered", Group: groupCode, Severity: Info, Reference: "RFC 9110, Section 16.2.1",
		Title:  "status that is not registered",
		Why:    "A client treats a code that it does not know as the x00 of its class. A registered code, or the x00, says the same and is understood.",
		Limits: "Quiet for 499 where the branch tests context.Canceled.",
	},
	{
		ID: "S-code-const", Group: groupCode, Severity: Info, Reference: "",
		Title:  "number in place of a constant",
		Why:    "A constant can be searched for, and says what the number means.",
		Limits: "The fix is offered where the file imports net/http.",
	},
	{
		ID: "S-429-retry-after", Group: groupHeader, Severity: Info, Reference: "RFC 6585, Section 4",
		Title: "429 without Retry-After",
		Why:   "A 429 may carry Retry-After. Without it each client guesses how long to wait.",
	},
	{
		ID: "S-503-retry-after", Group: groupHeader, Severity: Info, Reference: "RFC 9110, Section 15.6.4",
		Title: "503 without Retry-After",
		Why:   "A 503 may carry Retry-After. Without it each client guesses how long to wait.",
	},
	{
		ID: "S-201-location", Group: groupHeader, Severity: Info, Reference: "RFC 9110, Section 9.3.3",
		Title:  "201 to a POST without Location",
		Why:    "A 201 to a POST should name what was created in Location; without it, the new resource is taken to be the target of the request.",
		Limits: "Only where the code says that the method is POST.",
	},
	{
		ID: "S-redirect-method", Group: groupCode, Severity: Info, Reference: "RFC 9110, Section 15.4",
		Title:  "301 or 302 where the method is known to be unsafe",
		Why:    "On 301 and 302 most clients turn POST into GET, and some keep it. 303 always makes it a GET; 307 and 308 keep the method and the content.",
		Limits: "Only where the code says which method it is: a test of r.Method, a mux pattern, a router's method.",
	},
	{
		ID: "S-wrong-code", Group: groupCode, Severity: Info, Reference: "RFC 9110, Section 15.5.16",
		Title:  "415 where 406 is meant, or 416 without a range",
		Why:    "415 is about the content of the request; what the client accepts in the answer is 406. 416 is about the Range field alone.",
		Limits: "Goes by the test that leads to the answer.",
	},
	{
		ID: "S-leak", Group: groupContent, Severity: Info, Reference: "RFC 9110, Section 17",
		Title: "text of an internal error sent to the client",
		Why:   "The text of an error may name hosts, files, queries and secrets. Log it, and send the client a message that was written for it.",
	},
	{
		ID: "S-200-not-found", Group: groupCode, Severity: Info, Reference: "RFC 9110, Section 15.5.5",
		Title: "page that says \"not found\", sent with 200",
		Why: "Without WriteHeader the status is 200: a search engine indexes the page, a cache keeps it, and a program takes it for the answer. " +
			"Send 404 before the content.",
		Limits: "Goes by the text, or by the name of the template.",
	},
	{
		ID: "S-single-2xx", Group: groupClient, Severity: Info, Reference: "RFC 9110, Section 15.3",
		Title: "200 taken as the only success of a POST, PUT, PATCH or DELETE",
		Why:   "A server may answer such a request with 201, 202 or 204 as well, and may change from one to the other. Ask for the class.",
	},
	{
		ID: "S-class-compare", Group: groupClient, Severity: Info, Reference: "RFC 9110, Section 15",
		Title:  "class of a status by arithmetic",
		Why:    "A predicate says what is meant, and has its bounds right.",
		Limits: "The fix is offered where the file imports httpstatus, and where the predicate is exactly the same test: `c > 299` is not.",
	},
	{
		ID: "S-2xx-in-error", Group: groupCode, Severity: Info, Noisy: true, Reference: "",
		Title: "success sent from the branch of an error",
		Why:   "Inside `if err != nil` a 2xx is seldom meant: the client takes the failure for a success.",
	},
	{
		ID: "S-429-not-rate", Group: groupCode, Severity: Info, Noisy: true, Reference: "RFC 6585, Section 4",
		Title: "429 from a health check",
		Why:   "429 says that this client sent too much. A server that is not ready answers 503.",
	},
}
