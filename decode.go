package httpstatus

import (
	"io"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
	"example.com/httpstatus/internal/lenient"
)

// decodeLimit is how much of a body Decode reads. What is beyond it is as good
// as cut off.
const decodeLimit = 64 << 10

// Decode returns the error that a peer tells of in a response, given its status
// code, its header, and its body, which may be nil. It never fails and is never
// nil: the result has that status code, whatever it is, and as much of the rest
// as could be read from at most 64 KiB of the body.
//
// It reads the formats of this package, problem details by RFC 9457, and what
// other servers send, in JSON and in XML: the members of the body are known by
// their names, such as message, errorCode or error_description, and are found
// inside of others, such as error, fault or errors. That covers, for instance,
// JSON:API, Google, Microsoft, GitHub, Stripe, Kubernetes, Spring, FastAPI,
// OAuth, Connect, AWS, FHIR, SCIM, JSend, SOAP, XML-RPC and WebDAV, and the maps
// of fields of Laravel, Rails, ASP.NET and Django REST framework. A message that is
// JSON itself, as a server passes it on, is read once more. Then it takes text, the
// title of an HTML page, and what a Bearer challenge in the header says
// (RFC 6750, Section 3). AWS has the code in X-Amzn-ErrorType, which counts before
// the body. The format is judged by the body rather than by
// Content-Type, which often lies about errors; but the rules of RFC 9457 hold for
// all that is declared as such. A body that says nothing gives an error with the
// phrase of the status code.
//
// The status code is the one given; a "status" member is only advisory
// (RFC 9457, Section 3.1.2). A member of the wrong type is ignored, the names of
// RFC 9457 are case-sensitive, and of several members of the same name the last
// one counts. A number as error code is taken as its digits. A phrase, a level
// such as "error", or the status once more is no error code, and neither is the
// state or the type of a resource; whether the peer said one is
// [Error.HasErrorCode]. In a body that is cut off, a message may be half of one,
// but an error code never is. A value that was sent and rejected is never taken
// for a message.
//
// The result is [Error.Remote]: it has all that the peer sent, as received, and
// a server that returns it tells nothing of that to its own client. The header
// is kept, not copied. If reading the body fails, the reason is the cause.
func Decode(status int, header map[string][]string, body io.Reader) *Error {
	e := &Error{status: Code(status), header: header, remote: true}
	if body == nil {
		e.decode("")
		return e
	}
	buf := decodeBuffers.Get().(*[]byte)
	var err error
	if *buf, err = readLimited((*buf)[:0], body); err != nil {
		e.cause = err
	}
	e.decode(string(*buf))
	decodeBuffers.Put(buf)
	return e
}

var decodeBuffers = sync.Pool{New: func() any {
	b := make([]byte, 0, 2048)
	return &b
}}

// readLimited reads r to its end or to the limit. It survives readers that do
// not keep to their contract.
func readLimited(buf []byte, r io.Reader) ([]byte, error) {
	for idle := 0; len(buf) < decodeLimit; {
		if len(buf) == cap(buf) { // twice as much, up to the limit
			buf = slices.Grow(buf, len(buf))
		}
		room := buf[len(buf):min(cap(buf), decodeLimit)]
		n, err := r.Read(room)
		if n < 0 || n > len(room) {
			return buf, io.ErrNoProgress
		}
		buf = buf[:len(buf)+n]
		switch {
		case err == io.EOF:
			return buf, nil
		case err != nil:
			return buf, err
		case n > 0:
			idle = 0
		default:
			if idle++; idle == 100 {
				return buf, io.ErrNoProgress
			}
		}
	}
	return buf, nil
}

// decode fills in what the body says, and then the header.
func (e *Error) decode(body string) {
	media := field.First(e.header, "Content-Type")
	problem := isMedia(media, "application/problem+json")
	if !problem && e.decodeSimple(body) {
		return
	}
	body = strings.TrimPrefix(body, "\ufeff")
	body = lenient.TrimSpace(body)
	switch first := firstByte(body); {
	case first == '{' || first == '[' || first == '"':
		d := shapes{e: e, problem: problem}
		v := lenient.JSON(body)
		if v.Kind() != lenient.String && !v.First().Exists() && v.Partial() {
			e.decodeText(media, body) // looks like JSON, and is not
		} else {
			d.read(v)
			d.readAgain()
		}
	case first == '<':
		e.decodeMarkup(body)
	case isMedia(media, "application/json") || problem:
		// A number, or nonsense.
	default:
		e.decodeText(media, body)
	}
	if code := awsErrorType(field.First(e.header, "X-Amzn-Errortype")); code != "" { // whose body may have a type too: User
		e.code = code
	}
	if e.code == "" {
		e.code = field.First(e.header, "X-Ms-Error-Code") // Azure, whose answers to HEAD have no content
	}
	e.decodeChallenge()
}

// decodeChallenge takes what a Bearer challenge says of the error, where the
// body did not. RFC 6750, Section 3.
func (e *Error) decodeChallenge() {
	if e.code != "" {
		return
	}
	for name, lines := range e.header {
		if ascii.EqualFold(name, "WWW-Authenticate") {
			for _, line := range lines {
				e.decodeBearer(line)
			}
		}
	}
}

func (e *Error) decodeBearer(challenges string) {
	for bearer := false; challenges != ""; {
		var parameter string
		parameter, challenges, _ = field.CutMember(challenges)
		if scheme, rest, ok := strings.Cut(parameter, " "); ok && field.IsName(scheme) { // a challenge begins
			bearer, parameter = ascii.EqualFold(scheme, "Bearer"), rest
		}
		switch name, value, _, ok := field.CutParameter(parameter); {
		case !bearer || !ok:
		case ascii.EqualFold(name, "error"):
			e.code = value
		case ascii.EqualFold(name, "error_description") && e.message == "":
			e.message = value
		}
	}
}

// decodeMarkup takes the title of an HTML page, or its first heading, as the
// message; and XML as what it says, like JSON.
func (e *Error) decodeMarkup(body string) {
	root := lenient.XML(body)
	if isPage(root.Name()) || !root.Exists() {
		for _, name := range [...]string{"title", "h1", "h2", "h3"} {
			if e.message = lenient.Element(body, name); e.message != "" {
				break
			}
		}
		return
	}
	d := shapes{e: e}
	switch r := rowOf(root.Name()); {
	case root.Name() == "problem": // RFC 9457, Appendix B
		d.problem = true
	case root.Kind() == lenient.String:
		if r == nil || r.text == 0 && r.inner == 0 {
			return
		}
	}
	d.read(root)
	if first := root.First(); root.Name() == "error" && e.code == "" && e.message == "" { // RFC 4918, Section 16
		e.code = first.Name()
	}
}

// isPage reports whether an element that a text begins with is one of HTML.
func isPage(name string) bool {
	for _, element := range [...]string{
		"html", "head", "body", "title", "meta", "link", "style", "script",
		"center", "div", "p", "pre", "h1", "h2", "h3", "font", "table", "br", "hr", "b",
	} {
		if ascii.EqualFold(name, element) {
			return true
		}
	}
	return false
}

func firstByte(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}

// isMedia reports whether a Content-Type names the media type.
func isMedia(contentType, media string) bool {
	t, _, _ := strings.Cut(contentType, ";")
	return ascii.EqualFold(ascii.TrimOWS(t), media)
}

// decodeSimple reads a body in our own format without fields, as long as it
// holds nothing unusual, and reports whether it could.
func (e *Error) decodeSimple(body string) bool {
	const (
		head   = `{"error":"`
		middle = `","message":"`
		tail   = `"}`
	)
	rest, ok := strings.CutPrefix(body, head)
	if !ok {
		return false
	}
	i := strings.IndexByte(rest, '"')
	if i < 0 || !strings.HasPrefix(rest[i:], middle) {
		return false
	}
	code, message := rest[:i], rest[i+len(middle):]
	if message, ok = strings.CutSuffix(strings.TrimSuffix(message, "\n"), tail); !ok {
		return false
	}
	if strings.IndexByte(message, '"') >= 0 || strings.IndexByte(body, '\\') >= 0 || !utf8.ValidString(body) {
		return false
	}
	if e.message = message; code != e.status.Phrase() {
		e.code = code
	}
	return true
}

// decodeText takes a body that is text, and not control characters that no text
// has, as the message.
func (e *Error) decodeText(media, body string) {
	if isBinary(media) || body == "null" {
		return
	}
	for i := range len(body) {
		if b := body[i]; b < ' ' && !('\b' <= b && b <= '\r') && b != '\x1b' { // colors begin with an escape
			return
		}
	}
	e.message = lenient.ToValid(body)
}

// isBinary reports whether a Content-Type names what is not for reading.
func isBinary(media string) bool {
	media, _, _ = strings.Cut(media, ";")
	lower := []byte(media)
	for i := range lower {
		lower[i] = ascii.Lower(lower[i])
	}
	media = string(lower)
	for _, prefix := range [...]string{"image/", "audio/", "video/", "font/", "application/octet-stream", "application/grpc",
		"application/zip", "application/gzip", "application/pdf"} {
		if strings.HasPrefix(media, prefix) {
			return true
		}
	}
	for _, part := range [...]string{"cbor", "msgpack", "protobuf"} { // application/problem+cbor
		if strings.Contains(media, part) {
			return true
		}
	}
	return false
}
