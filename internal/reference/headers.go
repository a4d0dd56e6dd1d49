package reference

// The levels of a rule, as RFC 2119 writes them.
const (
	Must      = "MUST"
	MustNot   = "MUST NOT"
	Should    = "SHOULD"
	ShouldNot = "SHOULD NOT"
	May       = "MAY"
)

// Whether a rule holds for every response with its code.
const (
	Always    = "always"
	Sometimes = "sometimes" // the sentence has a condition
	Debatable = "debatable" // the sentence has one that can be read as always met
)

// A Rule is a sentence about one header field of a response.
type Rule struct {
	Name  string
	Level string
	When  string   // Always, Sometimes or Debatable
	Cites []string // every section that says it
}

// HeaderRules returns the rules of code.
//
// A sentence gives a rule to a code if it stands in the document that defines
// the code, in RFC 9110 or 9112, or in one that updates them; if it names the
// code, or names the class of the code and not every class; and if it uses a
// word of RFC 2119 about a field that it names. So these are left out, and are
// found in Suggestions where they matter to a code:
//
//   - what holds for any response, such as Server, or for one class after the
//     other, such as Date;
//   - "ought to", "can" and "may" in lower case, which RFC 9110 uses for advice
//     that does not bind (its Section 2.2 refers to RFC 8174);
//   - what a method asks of "a successful response", in RFC 9110, Sections 9.3.4
//     and 9.3.7, without naming a code or class.
func HeaderRules(code int) []Rule {
	var rules []Rule
	add := func(name, level, when string, cites ...string) {
		rules = append(rules, Rule{name, level, when, cites})
	}

	switch Class(code) {
	case 1:
		// "A server MUST NOT send a Content-Length header field in any response
		// with a status code of 1xx (Informational) or 204 (No Content)."
		add("Content-Length", MustNot, Always, "RFC 9110, Section 8.6")
		// "A server MUST NOT send a Transfer-Encoding header field in any response
		// with a status code of 1xx (Informational) or 204 (No Content)."
		add("Transfer-Encoding", MustNot, Always, "RFC 9112, Section 6.1")
	case 2:
		// "A server MUST NOT send any Transfer-Encoding or Content-Length header
		// fields in a 2xx (Successful) response to CONNECT."
		add("Content-Length", MustNot, Sometimes, "RFC 9110, Section 9.3.6", "RFC 9110, Section 8.6")
		add("Transfer-Encoding", MustNot, Sometimes, "RFC 9110, Section 9.3.6", "RFC 9112, Section 6.1")
	}

	switch code {
	case 101:
		// "The server MUST generate an Upgrade header field in the response".
		add("Upgrade", Must, Always, "RFC 9110, Section 15.2.2", "RFC 9110, Section 7.8")
		// "A sender of Upgrade MUST also send an "Upgrade" connection option in the
		// Connection header field".
		add("Connection", Must, Always, "RFC 9110, Section 7.8")

	case 104:
		// While an upload is created: "When sent, it MUST include Location header
		// field pointing to the upload resource and MUST include the Upload-Limit
		// header field with the corresponding limits [...] if existing."
		add("Location", Must, Sometimes, "draft-ietf-httpbis-resumable-upload, Section 4.2.2")
		add("Upload-Limit", Must, Sometimes, "draft-ietf-httpbis-resumable-upload, Section 4.2.2")
		// "the server MAY send multiple interim responses with a 104 [...] status
		// code and the Upload-Offset header field".
		add("Upload-Offset", May, Sometimes, "draft-ietf-httpbis-resumable-upload, Section 4.2.2")
		// While an upload is appended to: "the server SHOULD send interim responses
		// with a 104 [...] status code and the Upload-Offset header field [...].
		// These interim responses MUST NOT include the Location header field."
		add("Upload-Offset", Should, Sometimes, "draft-ietf-httpbis-resumable-upload, Section 4.4.2")
		add("Location", MustNot, Sometimes, "draft-ietf-httpbis-resumable-upload, Section 4.4.2")
		// "Server implementations of draft versions of the protocol MUST also send
		// a header field Upload-Draft-Interop-Version". All are, until it is an RFC.
		add("Upload-Draft-Interop-Version", Must, Debatable, "draft-ietf-httpbis-resumable-upload, Appendix B")

	case 200:
		// "In 200 responses to GET or HEAD, an origin server SHOULD send any
		// available validator fields (Section 8.8)", which are these two.
		add("ETag", Should, Sometimes, "RFC 9110, Section 15.3.1")
		add("Last-Modified", Should, Sometimes, "RFC 9110, Section 15.3.1")
		// To a LOCK that creates a lock: "In the case where a new lock is created,
		// the server MUST include the Lock-Token response header".
		add("Lock-Token", Must, Sometimes, "RFC 4918, Section 9.10.1")

	case 201:
		// To a POST that creates: "the origin server SHOULD send a 201 (Created)
		// response containing a Location header field".
		add("Location", Should, Sometimes, "RFC 9110, Section 9.3.3")
		// As for 200: a lock on an unmapped URL creates a resource, and 201 says so.
		add("Lock-Token", Must, Sometimes, "RFC 4918, Section 9.10.1")
		// "If the request content was fully processed, the server MUST include the
		// Location header field [...] and MUST include the Upload-Limit header
		// field with the corresponding limits if existing."
		add("Location", Must, Sometimes, "draft-ietf-httpbis-resumable-upload, Section 4.2.2")
		add("Upload-Limit", Must, Sometimes, "draft-ietf-httpbis-resumable-upload, Section 4.2.2")

	case 204:
		// As for 1xx, which the same sentences name.
		add("Content-Length", MustNot, Always, "RFC 9110, Section 8.6")
		add("Transfer-Encoding", MustNot, Always, "RFC 9112, Section 6.1")

	case 206:
		// "MUST generate the following header fields [...] if the field would have
		// been sent in a 200 (OK) response to the same request: Date,
		// Cache-Control, ETag, Expires, Content-Location, and Vary."
		add("Date", Must, Sometimes, "RFC 9110, Section 15.3.7")
		add("Cache-Control", Must, Sometimes, "RFC 9110, Section 15.3.7")
		add("ETag", Must, Sometimes, "RFC 9110, Section 15.3.7")
		add("Expires", Must, Sometimes, "RFC 9110, Section 15.3.7")
		add("Content-Location", Must, Sometimes, "RFC 9110, Section 15.3.7")
		add("Vary", Must, Sometimes, "RFC 9110, Section 15.3.7")
		// "If a single part is being transferred, the server generating the 206
		// response MUST generate a Content-Range header field".
		add("Content-Range", Must, Sometimes, "RFC 9110, Section 15.3.7.1")
		// "If multiple parts are being transferred, the server [...] MUST generate
		// [...] a Content-Type header field".
		add("Content-Type", Must, Sometimes, "RFC 9110, Section 15.3.7.2")
		// "a server MUST NOT generate a Content-Range header field in the HTTP
		// header section of a multiple part response".
		add("Content-Range", MustNot, Sometimes, "RFC 9110, Section 15.3.7.2")
		// To a request with If-Range a sender "SHOULD NOT generate other
		// representation header fields beyond those required". "Otherwise, a sender
		// MUST generate all of the representation header fields that would have
		// been sent in a 200 (OK) response to the same request."
		for _, name := range []string{"Content-Type", "Content-Encoding", "Content-Language", "Last-Modified"} {
			add(name, ShouldNot, Sometimes, "RFC 9110, Section 15.3.7")
			add(name, Must, Sometimes, "RFC 9110, Section 15.3.7")
		}

	case 226:
		// "The response MUST include an Etag header field giving the entity tag of
		// the current instance."
		add("ETag", Must, Always, "RFC 3229, Section 10.4.1")
		// "A delta-encoded response: [...] MUST include an IM header field". A 226
		// may be the fruit of another instance manipulation, of which the text asks
		// it only "if the instance-manipulations include both range selection and
		// at least one other".
		add("IM", Must, Sometimes, "RFC 3229, Section 10.3", "RFC 3229, Section 10.5.2")
		// "The server SHOULD omit the IM header if it would list only the "range"
		// instance-manipulation."
		add("IM", ShouldNot, Sometimes, "RFC 3229, Section 10.5.2")
		// "A Delta-Base header field MUST be included in a response with an IM
		// header that includes a delta-coding, if the request included more than
		// one entity tag in its If-None-Match header field. Any response with an IM
		// header that includes a delta-coding MAY include a Delta-Base header."
		add("Delta-Base", Must, Sometimes, "RFC 3229, Section 10.5.1")
		add("Delta-Base", May, Sometimes, "RFC 3229, Section 10.5.1", "RFC 3229, Section 10.3")
		// "If the IM header lists the "range" instance-manipulation, the response
		// MUST include either a Content-Range header or a multipart/byteranges
		// Content-Type".
		add("Content-Range", Must, Sometimes, "RFC 3229, Section 10.5.2")
		add("Content-Type", Must, Sometimes, "RFC 3229, Section 10.5.2")

	case 300:
		// "If the server has a preferred choice, the server SHOULD generate a
		// Location header field".
		add("Location", Should, Sometimes, "RFC 9110, Section 15.4.1")

	case 301:
		// "The server SHOULD generate a Location header field in the response".
		add("Location", Should, Always, "RFC 9110, Section 15.4.2")

	case 302:
		// "The server SHOULD generate a Location header field in the response".
		add("Location", Should, Always, "RFC 9110, Section 15.4.3")

	case 303:
		// To a POST: "the origin server MAY redirect the user agent by sending a
		// 303 (See Other) response with the existing resource's identifier in the
		// Location field."
		add("Location", May, Sometimes, "RFC 9110, Section 9.3.3")

	case 304:
		// "MUST generate any of the following header fields that would have been
		// sent in a 200 (OK) response to the same request:", and then a list:
		// "Content-Location, Date, ETag, and Vary", "Cache-Control and Expires".
		add("Content-Location", Must, Sometimes, "RFC 9110, Section 15.4.5")
		add("Date", Must, Sometimes, "RFC 9110, Section 15.4.5")
		add("ETag", Must, Sometimes, "RFC 9110, Section 15.4.5")
		add("Vary", Must, Sometimes, "RFC 9110, Section 15.4.5")
		add("Cache-Control", Must, Sometimes, "RFC 9110, Section 15.4.5")
		add("Expires", Must, Sometimes, "RFC 9110, Section 15.4.5")
		// "A server MAY send a Content-Length header field in a 304 (Not Modified)
		// response to a conditional GET request (Section 15.4.5); a server MUST NOT
		// send Content-Length in such a response unless its field value equals
		// [...]". A 304 answers conditional requests only, but to HEAD as well.
		add("Content-Length", May, Debatable, "RFC 9110, Section 8.6")
		add("Content-Length", MustNot, Sometimes, "RFC 9110, Section 8.6")
		// "Transfer-Encoding MAY be sent in [...] a 304 (Not Modified) response
		// (Section 15.4.5 of [HTTP]) to a GET request".
		add("Transfer-Encoding", May, Debatable, "RFC 9112, Section 6.1")
		// "a sender SHOULD NOT generate representation metadata other than the above
		// listed fields unless said metadata exists for the purpose of guiding
		// cache updates".
		for _, name := range []string{"Content-Type", "Content-Encoding", "Content-Language", "Last-Modified"} {
			add(name, ShouldNot, Sometimes, "RFC 9110, Section 15.4.5")
		}

	case 307:
		// "The server SHOULD generate a Location header field in the response".
		add("Location", Should, Always, "RFC 9110, Section 15.4.8")

	case 308:
		// "The server SHOULD generate a Location header field in the response".
		add("Location", Should, Always, "RFC 9110, Section 15.4.9")

	case 401:
		// "The server generating a 401 response MUST send a WWW-Authenticate header
		// field (Section 11.6.1) containing at least one challenge".
		add("WWW-Authenticate", Must, Always, "RFC 9110, Section 15.5.2", "RFC 9110, Section 11.6.1")

	case 405:
		// "The origin server MUST generate an Allow header field in a 405 response".
		add("Allow", Must, Always, "RFC 9110, Section 15.5.6", "RFC 9110, Section 10.2.1")

	case 407:
		// "The proxy MUST send a Proxy-Authenticate header field (Section 11.7.1)
		// containing a challenge applicable to that proxy for the request."
		add("Proxy-Authenticate", Must, Always, "RFC 9110, Section 15.5.8", "RFC 9110, Section 11.7.1")

	case 413:
		// "If the condition is temporary, the server SHOULD generate a Retry-After
		// header field".
		add("Retry-After", Should, Sometimes, "RFC 9110, Section 15.5.14")

	case 415:
		// "servers that fail a request with a 415 status for reasons unrelated to
		// content codings MUST NOT include the Accept-Encoding header field."
		add("Accept-Encoding", MustNot, Sometimes, "RFC 9110, Section 12.5.3")
		// To a PATCH: "Such a response SHOULD include an Accept-Patch response
		// header as described in Section 3.1".
		add("Accept-Patch", Should, Sometimes, "RFC 5789, Section 2.2")

	case 416:
		// "A server that generates a 416 response to a byte-range request SHOULD
		// generate a Content-Range header field".
		add("Content-Range", Should, Sometimes, "RFC 9110, Section 15.5.17", "RFC 9110, Section 14.4")

	case 426:
		// "The server MUST send an Upgrade header field in a 426 response".
		add("Upgrade", Must, Always, "RFC 9110, Section 15.5.22", "RFC 9110, Section 7.8")
		// "A sender of Upgrade MUST also send an "Upgrade" connection option in the
		// Connection header field".
		add("Connection", Must, Always, "RFC 9110, Section 7.8")

	case 429:
		// "and MAY include a Retry-After header".
		add("Retry-After", May, Always, "RFC 6585, Section 4")

	case 451:
		// "When an entity blocks access to a resource and returns status 451, it
		// SHOULD include a "Link" HTTP header field". Who returns 451 is that
		// entity, unless it passes on the answer of another.
		add("Link", Should, Debatable, "RFC 7725, Section 4")

	case 503:
		// "The server MAY send a Retry-After header field".
		add("Retry-After", May, Always, "RFC 9110, Section 15.6.4")

	case 511:
		// "Note that the 511 response SHOULD NOT contain a challenge".
		add("WWW-Authenticate", ShouldNot, Always, "RFC 6585, Section 6")
		add("Proxy-Authenticate", ShouldNot, Always, "RFC 6585, Section 6")
	}
	return rules
}

// Suggestions returns what the texts say of header fields and code without
// giving it a rule in the sense of HeaderRules. A table may have these, at the
// level that comes nearest, or leave them out.
func Suggestions(code int) []Rule {
	var rules []Rule
	add := func(name, level, when string, cites ...string) {
		rules = append(rules, Rule{name, level, when, cites})
	}

	switch Class(code) {
	case 2:
		// "a successful response to PUT" has no validators unless the content was
		// saved as it was.
		add("ETag", MustNot, Sometimes, "RFC 9110, Section 9.3.4")
		add("Last-Modified", MustNot, Sometimes, "RFC 9110, Section 9.3.4")
		// "A server generating a successful response to OPTIONS SHOULD send any
		// header that might indicate optional features [...] (e.g., Allow)".
		add("Allow", Should, Sometimes, "RFC 9110, Section 9.3.7")
		// "Accept-Patch SHOULD appear in the OPTIONS response for any resource that
		// supports the use of the PATCH method."
		add("Accept-Patch", Should, Sometimes, "RFC 5789, Section 3.1")
	case 3:
		// "When sent with any 3xx (Redirection) response, Retry-After indicates the
		// minimum time that the user agent is asked to wait".
		add("Retry-After", May, Always, "RFC 9110, Section 10.2.3")
	}

	switch code {
	case 102:
		// "The Status-URI response header may be used with the 102 (Processing)
		// status code", removed by RFC 4918, Appendix F.1.
		add("Status-URI", May, Always, "RFC 2518, Section 9.7")
	case 103:
		// "a client might recognize a Link header field value containing the
		// relation type "preload"".
		add("Link", May, Always, "RFC 8297, Section 2")
	case 201:
		// "identified by either a Location header field in the response or, if no
		// Location header field is received, by the target URI."
		add("Location", May, Always, "RFC 9110, Section 15.3.2")
		// "Any validator fields (Section 8.8) sent in the response convey the
		// current validators for a new representation".
		add("ETag", May, Sometimes, "RFC 9110, Section 15.3.2")
		add("Last-Modified", May, Sometimes, "RFC 9110, Section 15.3.2")
	case 204:
		// "the ETag field value contains the entity tag for the new representation".
		add("ETag", May, Sometimes, "RFC 9110, Section 15.3.5")
	case 303:
		// "as indicated by a URI in the Location header field": it takes it for
		// granted, and so asks with no word of RFC 2119.
		add("Location", Should, Always, "RFC 9110, Section 15.4.4")
	case 304:
		// "Last-Modified might be useful if the response does not have an ETag
		// field".
		add("Last-Modified", May, Sometimes, "RFC 9110, Section 15.4.5")
	case 409:
		// To an append at a wrong offset.
		add("Upload-Offset", Must, Sometimes, "draft-ietf-httpbis-resumable-upload, Section 4.4.2")
		add("Upload-Complete", Must, Sometimes, "draft-ietf-httpbis-resumable-upload, Section 4.4.2")
	case 413:
		// "as a result of its upload limits SHOULD include the Upload-Limit header
		// field".
		add("Upload-Limit", Should, Sometimes, "draft-ietf-httpbis-resumable-upload, Section 4.1.4")
	case 415:
		// "If the problem was caused by an unsupported content coding, the
		// Accept-Encoding response header field (Section 12.5.3) ought to be used".
		add("Accept-Encoding", Should, Sometimes, "RFC 9110, Section 15.5.16", "RFC 9110, Section 12.5.3")
		// "if the cause was an unsupported media type, the Accept response header
		// field (Section 12.5.1) can be used".
		add("Accept", May, Sometimes, "RFC 9110, Section 15.5.16", "RFC 9110, Section 12.5.1")
		// "the Accept-Query response field [...] can be used to inform the client of
		// the media types that are supported."
		add("Accept-Query", May, Sometimes, "RFC 10008, Section 2.1")
	}
	return rules
}

// RequiredHeaders returns the names of the fields that every response with code
// must carry: the rules that say MUST without a condition.
func RequiredHeaders(code int) []string {
	switch code {
	case 101: // RFC 9110, Section 15.2.2, and Section 7.8 for what Upgrade brings along
		return []string{"Upgrade", "Connection"}
	case 226: // RFC 3229, Section 10.4.1
		return []string{"ETag"}
	case 401: // RFC 9110, Section 15.5.2
		return []string{"WWW-Authenticate"}
	case 405: // RFC 9110, Section 15.5.6
		return []string{"Allow"}
	case 407: // RFC 9110, Section 15.5.8
		return []string{"Proxy-Authenticate"}
	case 426: // RFC 9110, Section 15.5.22, and Section 7.8 for what Upgrade brings along
		return []string{"Upgrade", "Connection"}
	}
	return nil
}
