package conform

import (
	"bytes"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
)

// messageRules are about requests that a server has to refuse, whatever they
// ask for, and about the form of its own message.
var messageRules = [...]Rule{{
	ID: "host-not-refused", Group: "message", Severity: Error,
	Reference: "RFC 9112, Section 3.2",
	Quote: "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks a Host header field and " +
		"to any request message that contains more than one Host header field line or a Host header field with an invalid field value.",
	Summary: "An HTTP/1.1 request without Host, with two, or with an invalid one gets a 400.",
	Why: "Two servers on the way may take it for requests to different sites, and a cache may give the answer of one to the users of " +
		"another.",
	Fix:  "Refuse the request before it is routed, redirected or authorized. net/http refuses a missing Host, two, and most invalid ones.",
	from: lowest, to: highest, exchange: true, wire: true,
	check: hostNotRefused,
}, {
	ID: "field-space-accepted", Group: "message", Severity: Error,
	Reference: "RFC 9112, Section 5.1",
	Quote: "A server MUST reject, with a response status code of 400 (Bad Request), any received request message that contains whitespace " +
		"between a header field name and colon.",
	Summary: "A request with whitespace before a field's colon gets a 400.",
	Why:     "Servers differ in whether they know the field, which is how requests are smuggled past a filter.",
	Fix:     "Parse requests with a library that refuses them, such as net/http.",
	from:    lowest, to: highest, exchange: true, wire: true,
	check: func(v *view) string {
		if len(v.x.SpacedFields) == 0 || mayComeFirst(v.x.Status) {
			return ""
		}
		return "The request has whitespace before the colon of " + quote(v.x.SpacedFields[0]) + ", and is answered with " + number(v.x.Status) + "."
	},
}, {
	ID: "transfer-coding-not-final", Group: "message", Severity: Error,
	Reference: "RFC 9112, Section 6.3",
	Quote: "If a Transfer-Encoding header field is present in a request and the chunked transfer coding is not the final encoding, the " +
		"message body length cannot be determined reliably; the server MUST respond with the 400 (Bad Request) status code and then close " +
		"the connection.",
	Summary: "A request whose last transfer coding is not chunked gets a 400.",
	Why:     "Nothing tells where its content ends, so a part of it may be taken for another request.",
	Fix:     "Refuse the request, and close the connection.",
	from:    lowest, to: highest, exchange: true, wire: true,
	check: transferCodingNotFinal,
}, {
	ID: "transfer-coding-unknown", Group: "message", Severity: Warning,
	Reference: "RFC 9112, Section 6.1",
	Quote: "A server that receives a request message with a transfer coding it does not understand SHOULD respond with 501 (Not " +
		"Implemented).",
	Summary: "A request in a transfer coding that does not exist gets a 501 or 400.",
	Why:     "The server took coded octets for the content, or sends the client to look for its fault elsewhere.",
	Fix:     "Answer 501, or 400.",
	from:    lowest, to: highest, exchange: true, wire: true,
	check: transferCodingUnknown,
}, {
	ID: "transfer-encoding-http10", Group: "message", Severity: Error,
	Reference: "RFC 9112, Section 6.1",
	Quote: "A server MUST NOT send a response containing Transfer-Encoding unless the corresponding request indicates HTTP/1.1 (or later " +
		"minor revisions).",
	Summary: "The response to an HTTP/1.0 request has no Transfer-Encoding.",
	Why:     "An HTTP/1.0 client takes the chunks' sizes for content.",
	Fix:     "Leave Transfer-Encoding to the server; end the content by closing the connection.",
	from:    200, to: highest, exchange: true,
	needs: 1 << fTransferEncoding,
	check: func(v *view) string {
		if v.major != 1 || v.minor != 0 || v.x.Proto == "" {
			return ""
		}
		return "The " + number(v.x.Status) + " to an HTTP/1.0 request has Transfer-Encoding " + quote(v.resp.first(fTransferEncoding)) + "."
	},
}, {
	ID: "version-unknown", Group: "message", Severity: Error,
	Reference: "RFC 9110, Section 6.2",
	Quote:     "A server MUST NOT send a version to which it is not conformant.",
	Summary:   "A status line has a version of HTTP that exists.",
	Why:       "The server claims to know what no specification says; most echo whatever version the request has.",
	Fix:       "Answer with the version that the server implements, HTTP/1.1 as a rule.",
	from:      lowest, to: highest, wire: true,
	check: func(v *view) string {
		if v.echoesVersion() {
			return "The response is in " + quote(v.x.ResponseProto) + ", as the request says, though it is a message of HTTP/1.1: it has or answers Connection."
		}
		if isKnownVersion(v.x.ResponseProto) {
			return ""
		}
		return "The response is in " + quote(v.x.ResponseProto) + ", a version that does not exist."
	},
}, {
	ID: "long-uri-not-414", Group: "message", Severity: Error,
	Reference: "RFC 9112, Section 3",
	Quote: "A server that receives a request-target longer than any URI it wishes to parse MUST respond with a 414 (URI Too Long) status " +
		"code",
	Summary: "A URI that is too long gets a 414.",
	Why: "Any other error tells the client to look for its fault elsewhere: in the fields (431), in the content (413), or in the server " +
		"(500).",
	Fix:  "Answer 414 where the request line does not fit.",
	from: 400, to: highest, exchange: true,
	check: longURINot414,
}, {
	ID: "method-unknown-accepted", Group: "message", Severity: Warning,
	Reference: "RFC 9110, Section 9.1",
	Quote: "An origin server that receives a request method that is unrecognized or not implemented SHOULD respond with the 501 (Not " +
		"Implemented) status code.",
	Summary: "A method that does not exist gets a 501 or 405.",
	Why:     "The client takes it for done. Most servers that answer otherwise treat every method that they do not know as GET.",
	Fix:     "Route by method, as in http.ServeMux's patterns.",
	from:    200, to: httpstatus.UnprocessableContent, exchange: true,
	check: methodUnknown,
}, {
	ID: "trace-not-reflected", Group: "message", Severity: Warning,
	Reference: "RFC 9110, Section 9.3.8",
	Quote: "The final recipient of the request SHOULD reflect the message received, excluding some fields described below, back to the " +
		"client as the content of a 200 (OK) response.",
	Summary: "A 200 to TRACE has the request as its content.",
	Why:     "Whoever traces learns nothing. Most servers that answer otherwise treat TRACE as GET.",
	Fix:     "Answer 405, as most servers do on purpose.",
	from:    httpstatus.OK, to: httpstatus.OK, exchange: true,
	check: func(v *view) string {
		if !v.is("TRACE") || !v.sure || len(v.x.Body) == 0 && v.content || v.isCoded() || bytes.Contains(v.x.Body, []byte("TRACE ")) {
			return ""
		}
		return "The content of the 200 to TRACE is not the request."
	},
}, {
	ID: "put-part-created", Group: "message", Severity: Warning,
	Reference: "RFC 9110, Section 14.5",
	Quote: "An origin server SHOULD respond with a 400 (Bad Request) status code if it receives Content-Range on a PUT for a target " +
		"resource that does not support partial PUT requests.",
	Summary: "A PUT with Content-Range does not create a resource of the part.",
	Why:     "The part is taken for the whole, and the client meant to change a part.",
	Fix:     "Answer 400 to PUT with Content-Range.",
	from:    httpstatus.Created, to: httpstatus.Created, exchange: true,
	check: putPartCreated,
}, {
	ID: "415-accept-encoding-missing", Group: "message", Severity: Info,
	Reference: "RFC 9110, Section 15.5.16",
	Quote: "If the problem was caused by an unsupported content coding, the Accept-Encoding response header field (Section 12.5.3) ought to " +
		"be used to indicate which (if any) content codings would have been accepted in the request.",
	Summary: "415 to content in an unknown coding has Accept-Encoding.",
	Why:     "Without it the client takes the media type for the problem.",
	Fix:     "Set Accept-Encoding to the codings that are taken, \"identity\" if there are none.",
	from:    httpstatus.UnsupportedMediaType, to: httpstatus.UnsupportedMediaType, exchange: true,
	check: func(v *view) string {
		if v.resp.hasAny(1<<fAcceptEncoding | 1<<fAccept | 1<<fAcceptPatch) {
			return ""
		}
		for coding := range members(v.request().get(fContentEncoding)) {
			if !isContentCoding(coding) {
				return "The 415 answers content in the coding " + quote(coding) + " without an Accept-Encoding field."
			}
		}
		return ""
	},
}}

// mayComeFirst reports whether a code answers a request that has to be refused
// with 400 as well: it is that, or says that the request was not looked at so
// far. A server that answers 500, 502 or 504 has begun to carry it out.
func mayComeFirst(c httpstatus.Code) bool {
	switch c {
	case httpstatus.BadRequest, httpstatus.RequestTimeout, httpstatus.LengthRequired, httpstatus.ContentTooLarge, httpstatus.URITooLong,
		httpstatus.TooManyRequests, httpstatus.RequestHeaderFieldsTooLarge,
		httpstatus.NotImplemented, httpstatus.ServiceUnavailable, httpstatus.HTTPVersionNotSupported:
		return true
	}
	return c.IsInformational()
}

// hostNotRefused needs to know all fields to miss one. Where a request has none
// at all, and nothing in the response comes from a server either, it is a
// sketch.
func hostNotRefused(v *view) string {
	if v.major != 1 || mayComeFirst(v.x.Status) || !v.x.RequestComplete && !v.request().has(fHost) {
		return ""
	}
	switch hosts := v.request().get(fHost); {
	case len(hosts) > 1:
		return severalLines(hosts, "Host") + " The request is answered with " + number(v.x.Status) + "."
	case len(hosts) == 1:
		host := ascii.TrimOWS(hosts[0])
		if problem := hostProblem(host); problem != "" {
			return "The Host " + quote(host) + " has " + problem + ", and the request is answered with " + number(v.x.Status) + "."
		}
	case v.minor >= 1 && v.x.RequestComplete && (len(v.x.RequestHeader) > 0 || v.resp.has(fDate)):
		return "The request has no Host field, and is answered with " + number(v.x.Status) + "."
	}
	return ""
}

// asks reports whether the request has a field, for the rules about all
// responses: net/http spells names in one way, so that one look is enough.
func (v *view) asks(f knownField, canonical string) bool {
	if v.canonical && !v.asked {
		return len(v.x.RequestHeader[canonical]) > 0
	}
	return v.request().has(f)
}

func transferCodingNotFinal(v *view) string {
	if v.major != 1 || mayComeFirst(v.x.Status) {
		return ""
	}
	last := ""
	for coding := range members(v.request().get(fTransferEncoding)) {
		last = coding
	}
	if last == "" || ascii.EqualFold(last, "chunked") {
		return ""
	}
	return "The last transfer coding of the request is " + quote(last) + ", and it is answered with " + number(v.x.Status) + "."
}

func transferCodingUnknown(v *view) string {
	if v.major != 1 || mayComeFirst(v.x.Status) {
		return ""
	}
	for coding := range members(v.request().get(fTransferEncoding)) {
		name, _, _ := strings.Cut(coding, ";")
		if name = ascii.TrimOWS(name); !isTransferCoding(name) {
			return "The request is in the transfer coding " + quote(name) + ", and is answered with " + number(v.x.Status) + "."
		}
	}
	return ""
}

// isTransferCoding reports whether there is a transfer coding with that name
// (RFC 9112, Section 7), or was: identity is in RFC 2616.
func isTransferCoding(name string) bool {
	return ascii.EqualFold(name, "chunked") || isContentCoding(name)
}

// contentCodings are those that are in use: of the registry, and x-gzip and
// x-compress as other names (RFC 9110, Section 8.4.1).
var contentCodings = [...]string{
	"gzip", "x-gzip", "deflate", "compress", "x-compress", "br", "zstd", "identity", "aes128gcm", "exi", "pack200-gzip", "dcb", "dcz",
}

func isContentCoding(name string) bool {
	for _, known := range contentCodings {
		if ascii.EqualFold(name, known) {
			return true
		}
	}
	return false
}

// isKnownVersion reports whether a version may be in a response; what has not
// the form of one is not judged.
func isKnownVersion(proto string) bool {
	switch proto {
	case "", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/3.0":
		return true
	}
	digits, ok := strings.CutPrefix(proto, "HTTP/")
	return !ok || len(digits) != 3 || digits[1] != '.' || !ascii.IsDigit(digits[0]) || !ascii.IsDigit(digits[2])
}

// echoesVersion reports whether a message says that it is of HTTP/2 or HTTP/3,
// as the request does, and is not, because it has fields that are no part of
// those (RFC 9113, Section 8.2.2).
func (v *view) echoesVersion() bool {
	const connection = 1<<fConnection | 1<<fTransferEncoding | 1<<fUpgrade
	p := v.x.ResponseProto
	return (p == "HTTP/2.0" || p == "HTTP/3.0") && p == v.x.Proto && v.x.RequestComplete &&
		(v.resp.hasAny(connection) || v.request().hasAny(connection))
}

// The length of a URI that all servers should take (RFC 9110, Section 4.1), and
// one from which on a server that finds fault with the request is taken to mean
// the length.
const (
	shortURI = 8000
	longURI  = 9000
)

// longURINot414 takes the errors that say that a request does not fit, or that
// a server failed. A 404 to a long URI is as right as to a short one. Where the
// code says that something is too large, it is the URI, unless the fields or
// the content are.
func longURINot414(v *view) string {
	switch v.x.Status {
	case httpstatus.BadRequest, httpstatus.InternalServerError, httpstatus.BadGateway:
		if len(v.x.Target) < longURI {
			return ""
		}
	case httpstatus.RequestHeaderFieldsTooLarge:
		if headerSize(v.x.RequestHeader) > len(v.x.Target) {
			return ""
		}
	case httpstatus.ContentTooLarge:
		if v.sentContent() {
			return ""
		}
	default:
		return ""
	}
	if len(v.x.Target) <= shortURI {
		return ""
	}
	return "A request target of " + strconv.Itoa(len(v.x.Target)) + " octets is answered with " + number(v.x.Status) + "."
}

// methodUnknown is silent about redirects, 401, 429 and the like, which may be
// decided on before the method matters, and about a 400 or 403 to a request
// that has another fault.
func methodUnknown(v *view) string {
	switch c := v.x.Status; c {
	case httpstatus.NotModified, httpstatus.NotFound, httpstatus.Gone, httpstatus.UnsupportedMediaType, httpstatus.UnprocessableContent:
	case httpstatus.BadRequest, httpstatus.Forbidden:
		if v.hasRequestFault() {
			return ""
		}
	default:
		if !c.IsSuccess() {
			return ""
		}
	}
	if isKnownMethod(v.x.Method) {
		return ""
	}
	return "The method " + quoteMethod(v) + " is answered with " + number(v.x.Status) + ", though no such method exists."
}

// hasRequestFault reports whether the request may be refused for its form.
func (v *view) hasRequestFault() bool {
	hosts := v.request().get(fHost)
	badHost := len(hosts) > 1 || len(hosts) == 0 && v.x.RequestComplete || len(hosts) == 1 && hostProblem(ascii.TrimOWS(hosts[0])) != ""
	return badHost || len(v.x.SpacedFields) > 0 ||
		v.request().hasAny(1<<fTransferEncoding|1<<fExpect|1<<fRange) || len(v.x.Target) > shortURI
}

// isKnownMethod reports whether a method is in IANA's registry, or is one of
// those that are known to be used without.
func isKnownMethod(method string) bool {
	if method == "GET" || method == "POST" { // as most are
		return true
	}
	switch method {
	case "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE", "QUERY",
		"ACL", "BASELINE-CONTROL", "BIND", "CHECKIN", "CHECKOUT", "COPY", "LABEL", "LINK", "LOCK", "MERGE", "MKACTIVITY", "MKCALENDAR",
		"MKCOL", "MKREDIRECTREF", "MKWORKSPACE", "MOVE", "ORDERPATCH", "PRI", "PROPFIND", "PROPPATCH", "REBIND", "REPORT", "SEARCH",
		"UNBIND", "UNCHECKOUT", "UNLINK", "UNLOCK", "UPDATE", "UPDATEREDIRECTREF", "VERSION-CONTROL",
		// Caches, UPnP, WebDAV extensions and their kin, Windows, streaming, RFC 2324.
		"PURGE", "PURGEALL", "BAN", "REFRESH", "SUBSCRIBE", "UNSUBSCRIBE", "NOTIFY", "M-SEARCH", "POLL", "BPROPFIND", "BPROPPATCH", "BCOPY",
		"BDELETE", "BMOVE", "X-MS-ENUMATTS", "RPC_IN_DATA", "RPC_OUT_DATA", "BITS_POST", "CCM_POST", "SMS_POST", "DEBUG", "VIEW", "LIST",
		"SOURCE", "BREW", "WHEN":
		return true
	}
	return false
}

// putPartCreated is silent about the last part, after which an upload protocol
// may well answer 201.
func putPartCreated(v *view) string {
	value := v.request().first(fContentRange)
	if !v.is("PUT") || value == "" || v.x.Status != httpstatus.Created {
		return ""
	}
	r, problem := parseContentRange(value)
	last, ok := ascii.ParseDigits(r.last)
	complete, known := ascii.ParseDigits(r.complete)
	if problem != "" || !ok || !known || last+1 == complete {
		return ""
	}
	return "The PUT with Content-Range " + quote(value) + " is answered with 201."
}
