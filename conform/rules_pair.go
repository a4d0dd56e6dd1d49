package conform

import (
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// pairRules compare two exchanges with one resource. Their from and to say
// nothing.
var pairRules = [...]Rule{{
	ID: "304-fields-missing", Group: "pair", Severity: Error,
	Reference: "RFC 9110, Section 15.4.5",
	Quote: "The server generating a 304 response MUST generate any of the following header fields that would have been sent in a " +
		"200 (OK) response to the same request",
	Summary: "304 has those of Content-Location, Date, ETag, Vary, Cache-Control and Expires that the 200 has.",
	Why: "A cache refreshes what it stored with the fields of the 304. Without Cache-Control or Expires it is stale again at once, and " +
		"without Vary or ETag the wrong response may be refreshed.",
	Fix:  "Set these fields before it is decided between 200 and 304.",
	pair: fieldsMissing304,
}, {
	ID: "206-fields-missing", Group: "pair", Severity: Error,
	Reference: "RFC 9110, Section 15.3.7",
	Quote: "A server that generates a 206 response MUST generate the following header fields, in addition to those required in the " +
		"subsections below, if the field would have been sent in a 200 (OK) response to the same request: Date, Cache-Control, ETag, " +
		"Expires, Content-Location, and Vary.",
	Summary: "206 has those of Date, Cache-Control, ETag, Expires, Content-Location and Vary that the 200 has.",
	Why:     "Without the validator a client cannot tell whether two parts belong together, and must not combine them.",
	Fix:     "Set these fields before it is decided between 200 and 206.",
	pair:    fieldsMissing206,
}, {
	ID: "head-get-status", Group: "pair", Severity: Warning,
	Reference: "RFC 9110, Section 9.3.2",
	Quote:     "The HEAD method is identical to GET except that the server MUST NOT send content in the response.",
	Summary:   "HEAD has the status code that GET has, as far as success and failure go.",
	Why:       "Link checkers and caches ask with HEAD, and take a good link for a broken one, or the other way round.",
	Fix:       "Let the handler of GET answer HEAD too; net/http drops the content.",
	pair:      headGetStatus,
}, {
	ID: "head-content-length", Group: "pair", Severity: Error,
	Reference: "RFC 9110, Section 8.6",
	Quote: "a server MUST NOT send Content-Length in such a response unless its field value equals the decimal number of octets that " +
		"would have been sent in the content of a response if the same request had used the GET method",
	Summary: "The Content-Length of HEAD is that of GET.",
	Why:     "The client plans its download by it, and a cache takes what it stored for outdated.",
	Fix:     "Leave Content-Length out of the response to HEAD, unless the length of the content is known.",
	pair:    headContentLength,
}, {
	ID: "head-fields-differ", Group: "pair", Severity: Warning,
	Reference: "RFC 9110, Section 9.3.2",
	Quote: "The server SHOULD send the same header fields in response to a HEAD request as it would have sent if the request method had " +
		"been GET.",
	Summary: "HEAD has the fields of GET: the same Content-Type, and whatever does not depend on the content.",
	Why:     "That is what HEAD is for. A cache may use its fields for the stored response.",
	Fix:     "Let the handler of GET answer HEAD too; net/http drops the content.",
	pair:    headFieldsDiffer,
}, {
	ID: "allow-names-refused", Group: "pair", Severity: Warning,
	Reference: "RFC 9110, Section 10.2.1",
	Quote:     "The \"Allow\" header field lists the set of methods advertised as supported by the target resource.",
	Summary:   "A method that Allow names, as in the response to OPTIONS, is not answered with 405 or 501.",
	Why:       "The client did what it was told, and is refused.",
	Fix:       "Make Allow of the list by which the methods are routed.",
	pair:      allowNamesRefused,
}, {
	ID: "allow-omits-method", Group: "pair", Severity: Warning,
	Reference: "RFC 9110, Section 15.5.6",
	Quote: "The origin server MUST generate an Allow header field in a 405 response containing a list of the target resource's " +
		"currently supported methods.",
	Summary: "A method that succeeds is named in Allow.",
	Why:     "A client that trusts the list does not try what would work.",
	Fix:     "Make Allow of the list by which the methods are routed.",
	pair:    allowOmitsMethod,
}, {
	ID: "put-part-as-whole", Group: "pair", Severity: Warning,
	Reference: "RFC 9110, Section 14.5",
	Quote: "An origin server SHOULD respond with a 400 (Bad Request) status code if it receives Content-Range on a PUT for a target " +
		"resource that does not support partial PUT requests.",
	Summary: "A part that was PUT with Content-Range does not become the whole.",
	Why:     "The client meant to change a part, and lost the rest.",
	Fix:     "Answer 400 to PUT with Content-Range.",
	pair:    putPartAsWhole,
	ordered: true,
}}

// name returns an exchange in a few words, for a message.
func (v *view) name() string { return "the " + number(v.x.Status) + " to " + quoteMethod(v) }

// isWhole reports whether the exchange is a GET, or a QUERY, that got the whole
// in a 200.
func (v *view) isWhole() bool {
	return v.x.Status == httpstatus.OK && (v.is("GET") || v.is("QUERY"))
}

// A namedField is a field with its name for a message.
type namedField struct {
	name  string
	field knownField
}

// kept are the fields that a 304 and a 206 have if the 200 has them.
var kept = [...]namedField{
	{"Content-Location", fContentLocation}, {"Date", fDate}, {"ETag", fETag}, {"Vary", fVary},
	{"Cache-Control", fCacheControl}, {"Expires", fExpires},
}

// lacking returns the names of the fields that y has and x has not.
func lacking(x, y *view, fields []namedField) string {
	var names []string
	for _, f := range fields {
		if y.resp.has(f.field) && !x.resp.has(f.field) {
			names = append(names, f.name)
		}
	}
	return strings.Join(names, ", ")
}

func fieldsMissing304(x, y *view) string {
	if x.x.Status != httpstatus.NotModified || !y.isWhole() || y.x.Method != x.x.Method && !x.is("HEAD") {
		return ""
	}
	fields := kept[:]
	if tags := x.request().first(fIfNoneMatch); tags != "" && tags != "*" {
		// 304-etag-missing says so of one exchange.
		fields = append(append([]namedField{}, kept[:2]...), kept[3:]...)
	}
	return complainOfMissing(x, y, fields)
}

func fieldsMissing206(x, y *view) string {
	if x.x.Status != httpstatus.PartialContent || !y.isWhole() || y.x.Method != x.x.Method {
		return ""
	}
	return complainOfMissing(x, y, kept[:])
}

func complainOfMissing(x, y *view, fields []namedField) string {
	if names := lacking(x, y, fields); names != "" {
		return "The " + number(x.x.Status) + " lacks what the 200 has: " + names + "."
	}
	return ""
}

// isHeadAndGet reports whether x is a HEAD and y a GET that differ in nothing
// else, so that nothing but the method explains another answer. Neither has a
// condition, a range, an expectation or content.
func isHeadAndGet(x, y *view) bool {
	const conditions = 1<<fIfMatch | 1<<fIfNoneMatch | 1<<fIfModifiedSince | 1<<fIfUnmodifiedSince | 1<<fRange | 1<<fExpect
	return x.is("HEAD") && y.is("GET") && !x.request().hasAny(conditions) && !y.request().hasAny(conditions) &&
		(x.x.Proto == y.x.Proto || x.x.Proto == "" || y.x.Proto == "") && len(x.x.SpacedFields)+len(y.x.SpacedFields) == 0 &&
		!x.sentContent() && !y.sentContent() && sameFields(&x.x, &y.x) && sameFields(&y.x, &x.x)
}

// sameFields reports whether b has the request fields of a, without those that
// do not change what is answered. It compares no more than maxVary fields.
func sameFields(a, b *Exchange) bool {
	if len(a.RequestHeader) > maxVary || len(b.RequestHeader) > maxVary {
		return false
	}
	for name, lines := range a.RequestHeader {
		if ascii.EqualFold(name, "Host") { // which sameResource has compared
			if len(lines) > 1 {
				return false
			}
			continue
		}
		if !isImmaterial(name) && (!field.Has(b.RequestHeader, name) || !sameField(a, b, name)) {
			return false
		}
	}
	return true
}

// immaterial are request fields that are about the connection, about caches on
// the way, and about where the request comes from.
var immaterial = [...]string{
	"Connection", "Keep-Alive", "Cache-Control", "Pragma", "Priority", "Referer", "Upgrade-Insecure-Requests", "X-Request-Id", "Traceparent",
}

func isImmaterial(name string) bool {
	for _, other := range immaterial {
		if ascii.EqualFold(name, other) {
			return true
		}
	}
	return len(name) > 4 && ascii.EqualFold(name[:4], "Sec-")
}

// isPassing reports whether a code says more about the moment than about the
// request.
func isPassing(c httpstatus.Code) bool {
	switch c {
	case httpstatus.RequestTimeout, httpstatus.TooManyRequests, httpstatus.BadGateway, httpstatus.ServiceUnavailable, httpstatus.GatewayTimeout:
		return true
	}
	return false
}

func headGetStatus(x, y *view) string {
	head, get := x.x.Status, y.x.Status
	if !isHeadAndGet(x, y) || head.IsError() == get.IsError() || isPassing(head) || isPassing(get) {
		return ""
	}
	return "HEAD is answered with " + number(head) + " and GET with " + number(get) + "."
}

// headContentLength compares the lengths of what is the same state by its
// validator. A Content-Length of 0 is wrong in any case if there is content.
func headContentLength(x, y *view) string {
	if !isHeadAndGet(x, y) || x.x.Status != y.x.Status || !y.x.Status.IsSuccess() || !x.resp.has(fContentLength) ||
		x.resp.first(fContentEncoding) != y.resp.first(fContentEncoding) || y.resp.has(fTransferEncoding) {
		return ""
	}
	head, ok := ascii.ParseDigits(x.resp.first(fContentLength))
	if !ok {
		return ""
	}
	get, ok := ascii.ParseDigits(y.resp.first(fContentLength))
	if !ok {
		if y.length < 0 {
			return ""
		}
		get = uint64(y.length)
	}
	if head == get || head != 0 && !sameStrongTag(x.resp.first(fETag), y.resp.first(fETag)) {
		return ""
	}
	return "HEAD has Content-Length " + quote(x.resp.first(fContentLength)) + ", and the content of GET has " + plural(int64(get), "octet") + "."
}

// sameStrongTag reports whether two entity tags match by strong comparison
// (RFC 9110, Section 8.8.3.2).
func sameStrongTag(a, b string) bool { return a != "" && a == b && a[0] == '"' }

// certain are the fields that do not depend on the content, so that HEAD has
// them if GET has.
var certain = [...]namedField{
	{"Cache-Control", fCacheControl}, {"Location", fLocation}, {"WWW-Authenticate", fWWWAuthenticate}, {"Allow", fAllow},
}

func headFieldsDiffer(x, y *view) string {
	if !isHeadAndGet(x, y) || x.x.Status != y.x.Status {
		return ""
	}
	head, get := x.resp.first(fContentType), y.resp.first(fContentType)
	if a, _ := mediaType(head); head != "" && get != "" {
		if b, _ := mediaType(get); !ascii.EqualFold(a, b) {
			return "HEAD has Content-Type " + quote(head) + ", and GET has " + quote(get) + "."
		}
	}
	if names := lacking(x, y, certain[:]); names != "" {
		return "HEAD lacks what GET has: " + names + "."
	}
	return ""
}

// allows reports whether the response has an Allow with the method in it.
func (v *view) allows(method string) bool {
	for m := range members(v.resp.get(fAllow)) {
		if m == method {
			return true
		}
	}
	return false
}

func allowNamesRefused(x, y *view) string {
	refused := y.x.Status == httpstatus.MethodNotAllowed || y.x.Status == httpstatus.NotImplemented
	if !refused || x.x.Status == httpstatus.NotImplemented || !x.allows(y.x.Method) || x.x.Method == y.x.Method || y.isAboutTransferCoding() {
		return ""
	}
	return "Allow is " + quote(x.resp.first(fAllow)) + " in " + x.name() +
		", and " + quoteMethod(y) + " is answered with " + number(y.x.Status) + "."
}

func allowOmitsMethod(x, y *view) string {
	listed := x.x.Status == httpstatus.MethodNotAllowed || x.is("OPTIONS") && x.x.Status.IsSuccess()
	if !listed || !x.resp.has(fAllow) || !y.x.Status.IsSuccess() || x.allows(y.x.Method) || x.x.Method == y.x.Method {
		return ""
	}
	switch y.x.Method {
	case "OPTIONS", "HEAD", "TRACE", "CONNECT": // which servers answer on behalf of all resources
		return ""
	}
	return "Allow is " + quote(x.resp.first(fAllow)) + " in " + x.name() +
		", and " + quoteMethod(y) + " is answered with " + number(y.x.Status) + "."
}

func putPartAsWhole(x, y *view) string {
	if !x.is("PUT") || !x.x.Status.IsSuccess() || !y.isWhole() {
		return ""
	}
	r, problem := parseContentRange(x.request().first(fContentRange))
	size, ok := r.size()
	complete, known := ascii.ParseDigits(r.complete)
	if problem != "" || !ok || !known || int64(complete) == size || y.length != size || y.resp.has(fContentEncoding) {
		return ""
	}
	return "The PUT with Content-Range " + quote(x.request().first(fContentRange)) + " is answered with " + number(x.x.Status) +
		", and then GET gets " + plural(size, "octet") + " in all."
}
