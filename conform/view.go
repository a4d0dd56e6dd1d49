package conform

import (
	"strconv"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
)

// A view is an exchange with what several rules ask of it worked out once.
type view struct {
	x     Exchange
	req   fieldSet // of the request; see the method request
	asked bool     // req is loaded
	resp  fieldSet // of the response
	known bool     // the request is known

	// canonical says that net/http read the request, so that the names of its
	// fields are spelled in one way.
	canonical bool

	major int // of the protocol version
	minor int

	length  int64 // octets of content; -1 if that is not known
	content bool  // there was content
	whole   bool  // x.Body is all of it
	sure    bool  // content is certain to be as it says
	body    bodyKind
}

// bodyKind says what the content turned out to be, for the rules that read it.
type bodyKind uint8

const (
	bodyUnread bodyKind = iota
	bodyOther
	bodyObject // a JSON object
)

// load sets v to the final response of x.
func (v *view) load(x *Exchange) {
	v.x, v.canonical = *x, false
	v.loadRequest()
	v.resp.load(x.Header)
	v.measure()
}

// loadRequest works out what v.x tells of the request.
func (v *view) loadRequest() {
	v.known = v.x.Method != ""
	v.major, v.minor = version(v.x.Proto)
	v.asked = false
}

// request returns the fields of the request. They are loaded when a rule asks
// for them: most successful responses get by without.
func (v *view) request() *fieldSet {
	if !v.asked {
		v.req.load(v.x.RequestHeader)
		v.asked = true
	}
	return &v.req
}

// loadInterim sets v to an interim response of the same exchange.
func (v *view) loadInterim(r *Interim) {
	v.x.Status, v.x.Header, v.x.Body = r.Status, r.Header, r.Body
	v.x.Interim, v.x.Trailer, v.x.Repeated, v.x.Late = nil, nil, nil, nil
	v.x.BodyLength, v.x.Truncated = 0, false
	v.resp.load(r.Header)
	v.measure()
}

// measure works out what v.x tells of the content.
func (v *view) measure() {
	v.body = bodyUnread
	length, kept := v.x.BodyLength, int64(len(v.x.Body))
	v.whole = !v.x.Truncated && length <= kept
	if length < 0 || v.x.Truncated && length <= kept {
		v.length = -1
	} else {
		v.length = max(length, kept)
	}
	// Without the request, a response without content may well answer HEAD, or
	// be what was kept of another one.
	if !v.known && v.length == 0 {
		v.length = -1
	}
	v.content = v.length > 0 || kept > 0
	v.sure = v.content || v.length == 0
}

// clear lets go of everything that belongs to the caller.
func (v *view) clear() {
	v.req.clear()
	v.resp.clear()
	v.x = Exchange{}
	v.canonical = false
}

// is reports whether the request has the given method.
func (v *view) is(method string) bool { return v.x.Method == method }

// bodiless reports whether a response never has content because of its
// request's method, whatever its header says.
func (v *view) bodiless() bool {
	return v.is("HEAD") || v.is("CONNECT") && v.x.Status.IsSuccess()
}

// sentContent reports whether the request carried content, or said that it
// would.
func (v *view) sentContent() bool {
	if v.x.RequestContent || v.request().has(fTransferEncoding) {
		return true
	}
	length := v.request().first(fContentLength)
	return length != "" && trimZeros(length) != ""
}

// version returns the numbers of a protocol version: "HTTP/1.1", "HTTP/2",
// "h2", "h3". What it does not know counts as HTTP/1.1.
func version(proto string) (major, minor int) {
	if proto == "HTTP/1.1" || proto == "" {
		return 1, 1
	}
	rest := proto
	if len(rest) > 5 && ascii.EqualFold(rest[:5], "HTTP/") {
		rest = rest[5:]
	} else if len(rest) > 1 && ascii.Lower(rest[0]) == 'h' {
		rest = rest[1:]
	} else {
		return 1, 1
	}
	if rest[0] < '0' || rest[0] > '9' {
		return 1, 1
	}
	major = int(rest[0] - '0')
	if len(rest) == 3 && rest[1] == '.' && '0' <= rest[2] && rest[2] <= '9' {
		minor = int(rest[2] - '0')
	} else if len(rest) > 1 && rest[1] != '.' && rest[1] != 'c' && rest[1] != '-' {
		return 1, 1
	}
	return major, minor
}

// quote returns a value for a message: quoted, so that no control character
// reaches a terminal, and cut where it is too long to read.
func quote(s string) string {
	const limit = 80
	if len(s) > limit {
		return strconv.QuoteToASCII(s[:limit]) + "..."
	}
	return strconv.QuoteToASCII(s)
}

// number returns the digits of a status code.
func number(c httpstatus.Code) string { return strconv.Itoa(int(c)) }
