package httpstatus

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/errtree"
	"example.com/httpstatus/internal/escape"
	"example.com/httpstatus/internal/field"
	"example.com/httpstatus/internal/lenient"
)

// An Error is an error with all that an HTTP response about it needs: a status
// code, an error code for programs, a message for people, and fields for the
// header and the body. The client gets the same type from [Decode].
//
// The arguments of New, Newf and the With methods are public and are sent. The
// one exception is the cause (see [Error.WithCause]), which is private: it is
// part of [Error.Error], for the log, and never of a body or a header.
//
// An Error does not change. The With methods return a changed copy, so that a
// package-level value is safe to share, to compare with and to derive from:
//
//	var ErrUserNotFound = httpstatus.NotFound.New("user_not_found", "No such user.")
//
//	return ErrUserNotFound.WithCause(err)
//
// A nil *Error means no error; its methods answer like those of an Error
// without a status. There is no MarshalJSON, because a logger would use it and
// lose the cause. [Error.AppendBody] writes the content of a response.
type Error struct {
	status  Code
	code    string // "" for the phrase in snake case
	message string // "" for the phrase
	cause   error
	header  map[string][]string // never changed once it is here
	more    *details            // never changed once it is here
	remote  bool
	plain   bool // code and message stand for themselves in JSON
}

// details are the parts that few errors have.
type details struct {
	fields     []Field
	typ        string
	title      string
	instance   string
	extensions []extension
	refused    []string

	refusedExtensions []string
}

// An extension is an additional member of the body.
type extension struct {
	name  string
	value any    // as given
	json  string // as it is sent

	received lenient.Value // of a decoded error, in place of both
}

// A Field says what is wrong with one part of a request: of its content, or a
// parameter of its target, or a header field. At most one of Pointer, Parameter
// and Header is set; if none is, the Field is about the whole request. There is
// deliberately no place for the rejected value, which may be a password.
type Field struct {
	Pointer   string // JSON Pointer into the content (RFC 6901), such as "/items/0/price"
	Parameter string // name of a parameter in the query or the path, such as "page"
	Header    string // name of a header field, such as "If-Match"
	ErrorCode string // for programs, such as "invalid_email"
	Message   string // for people
}

// Pointer returns a JSON Pointer for [Field].Pointer. The segments lead to a
// part of the content: a string is the name of a member, an integer the index
// of an element. Pointer("items", 0, "price/net") is "/items/0/price~1net", and
// Pointer() is "", the whole content. RFC 6901, Section 3.
func Pointer(segments ...any) string {
	var b []byte
	for _, segment := range segments {
		name, ok := segment.(string)
		if !ok {
			name = fmt.Sprint(segment)
		}
		b = appendToken(b, name)
	}
	return string(b)
}

// New returns an error with status code c, an error code for programs and a
// message for people. Both are public. If the error code is empty, it is the
// phrase of c in snake case ("not_found"); if the message is empty, it is the
// phrase itself ("Not Found"). A code without a phrase uses that of its
// [Code.Fallback].
//
// Any int may be c. One outside 300 to 599 cannot be the status code of an
// error, and is answered as 500; see [Error.Answer].
func (c Code) New(errorCode, message string) *Error {
	return &Error{status: c, code: errorCode, message: message, plain: escape.IsPlainJSON(errorCode) && escape.IsPlainJSON(message)}
}

// Status returns the status code that the error was made with; for a decoded
// error it is that of the peer's response. It is 0 for a nil Error. A server
// may have to answer with another: see [Error.Answer].
func (e *Error) Status() Code {
	if e == nil {
		return 0
	}
	return e.status
}

// Answer returns the status code that a server sends for e. It is 502 if e is
// remote, and otherwise that of e, or 500 if that is outside 300 to 599, so
// that an error never looks like a success or an interim response. For a nil
// Error it is 500.
func (e *Error) Answer() Code { return e.public().status.answer() }

// ErrorCode returns the code for programs, such as "user_not_found". If none
// was given, it is the phrase of the status code in snake case.
func (e *Error) ErrorCode() string {
	if e != nil && e.code != "" {
		return e.code
	}
	return string(appendSnake(nil, e.phrase()))
}

// HasErrorCode reports whether [Error.ErrorCode] was given, to New or by the
// peer. It distinguishes the not_found of a service from the 404 of a proxy
// that answered with a page and no error code.
func (e *Error) HasErrorCode() bool { return e != nil && e.code != "" }

// Message returns the public text for people. If none was given, it is the
// phrase of the status code. The message of a decoded error is as it was
// received, whatever characters are in it; [Error.Error] is the text that is
// safe to print.
func (e *Error) Message() string {
	if e != nil && e.message != "" {
		return e.message
	}
	return e.phrase()
}

// Fields returns what is wrong with the parts of the request, in the order in
// which it was given. The caller owns the slice.
func (e *Error) Fields() []Field { return slices.Clone(e.details().fields) }

// Header returns the header fields of the error, by canonical name, so that the
// result fits an http.Header. The caller owns the map; it is nil if there are
// none. For a decoded error it is the header of the response that was decoded.
func (e *Error) Header() map[string][]string {
	if e == nil || len(e.header) == 0 {
		return nil
	}
	h := make(map[string][]string, len(e.header))
	for name, values := range e.header {
		h[name] = slices.Clone(values)
	}
	return h
}

// Type returns the URI reference that identifies the problem type, or
// "about:blank" if none was given, which means that the problem has no more
// meaning than its status code. A relative reference is returned as it is.
// RFC 9457, Section 3.1.1.
func (e *Error) Type() string {
	if t := e.details().typ; t != "" {
		return t
	}
	return aboutBlank
}

const aboutBlank = "about:blank"

// Title returns the short summary of the problem type. If none was given, it is
// the phrase of the status code; but a decoded problem with a type of its own
// and no title has none. RFC 9457, Section 3.1.3.
func (e *Error) Title() string {
	d := e.details()
	if d.title != "" || e.Remote() && d.typ != "" && d.typ != aboutBlank {
		return d.title
	}
	return e.phrase()
}

// Instance returns the URI reference that identifies this occurrence of the
// problem, or "". RFC 9457, Section 3.1.5.
func (e *Error) Instance() string { return e.details().instance }

// Extensions returns the additional members of the body by name; nil if there
// are none. The caller owns the map; the values in it are those given to
// [Error.WithExtension], or those decoded. A decoded number is a float64, as in
// encoding/json, or a [Number] if a float64 would not keep its value, as with
// an integer beyond 2^53.
func (e *Error) Extensions() map[string]any {
	x := e.details().extensions
	if len(x) == 0 {
		return nil
	}
	m := make(map[string]any, len(x))
	for i := range x {
		m[x[i].name] = x[i].value
		if v := x[i].received; v.Exists() { // not earlier: few ask for it
			m[x[i].name] = v.Any(goNumber)
		}
	}
	return m
}

// A Number is a JSON number as it was written, for one that a float64 would
// change. It is written as a number again.
type Number string

// String returns the digits.
func (n Number) String() string { return string(n) }

// MarshalJSON returns n as it is, or an error if it is not a JSON number.
func (n Number) MarshalJSON() ([]byte, error) {
	if n == "" || escape.NumberLen(string(n)) != len(n) {
		return nil, errors.New("httpstatus: not a JSON number: " + strconv.Quote(string(n)))
	}
	return []byte(n), nil
}

// goNumber returns a number as a float64 if that keeps its value.
func goNumber(text string) any {
	f, err := strconv.ParseFloat(text, 64)
	if err == nil && isSameNumber(text, strconv.FormatFloat(f, 'e', -1, 64)) {
		return f
	}
	return Number(text)
}

// isSameNumber reports whether two JSON numbers have the same value, digit by
// digit.
func isSameNumber(a, b string) bool {
	negativeA, digitsA, exponentA := decimal(a)
	negativeB, digitsB, exponentB := decimal(b)
	return negativeA == negativeB && digitsA == digitsB && (digitsA == "" || exponentA == exponentB)
}

// decimal returns the digits of a number without the zeros around them, and the
// power of ten of the last one. An exponent that is too large to count counts as
// the largest.
func decimal(number string) (negative bool, digits string, exponent int) {
	number, negative = strings.CutPrefix(number, "-")
	if i := ascii.IndexAny(number, "eE"); i >= 0 {
		exponent, _ = strconv.Atoi(number[i+1:])
		number = number[:i]
	}
	whole, fraction, _ := strings.Cut(number, ".")
	exponent -= len(fraction)
	digits = strings.TrimRight(whole+fraction, "0")
	exponent += len(whole) + len(fraction) - len(digits)
	return negative, strings.TrimLeft(digits, "0"), exponent
}

// Remote reports whether the error was made by [Decode], from what a peer sent.
// A server that returns such an error answers 502 (Bad Gateway), because the
// failure is that of a server behind it, and passes on nothing of what the peer
// sent.
func (e *Error) Remote() bool { return e != nil && e.remote }

// MissingHeaders returns the names of the header fields that the status code
// requires and that the error lacks, such as Allow for a 405: see
// [Code.MissingHeaders]. A handler may set them by other means, so this is for
// tests and for the hook that reports errors.
func (e *Error) MissingHeaders() []string {
	if e == nil {
		return nil
	}
	return e.status.MissingHeaders(e.header)
}

// RefusedHeaders returns the names of the header fields that [Error.WithHeader]
// and its companions refused, escaped so that they are safe to print.
func (e *Error) RefusedHeaders() []string { return slices.Clone(e.details().refused) }

// RefusedExtensions returns the names of the extensions that
// [Error.WithExtension] refused, escaped so that they are safe to print.
func (e *Error) RefusedExtensions() []string { return slices.Clone(e.details().refusedExtensions) }

// Unwrap returns the cause, or nil.
func (e *Error) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.cause
}

// How much of an error's text each part may take. Together they keep the line
// under textLimit, with room for the cause even if a peer sent a long message.
const (
	textLimit    = 1024
	codeLimit    = 96
	messageLimit = 384
	fieldsLimit  = 192
)

// Error returns the error as one line for the log: the status code, the error
// code, the message, the fields, and the cause, which is private.
//
//	404 user_not_found: No such user.: sql: no rows in result set
//
// Control characters, invisible ones and those that change the direction of the
// text are escaped, so that a peer cannot forge log lines. The line is at most
// 1024 bytes long; what is cut off is marked by an ellipsis. An error that a
// peer sent is marked by the word "remote".
func (e *Error) Error() string {
	if e == nil {
		return "<nil>"
	}
	b := make([]byte, 0, 128)
	if e.remote {
		b = append(b, "remote "...)
	}
	b = strconv.AppendInt(b, int64(e.status), 10)
	b = append(b, ' ')
	if e.code != "" {
		b = escape.Line(b, e.code, codeLimit)
	} else {
		b = appendSnake(b, e.phrase())
	}
	b = append(b, ": "...)
	b = escape.Line(b, e.Message(), messageLimit)
	if fields := e.details().fields; len(fields) > 0 {
		b = append(b, " ["...)
		b = appendFieldsText(b, fields, fieldsLimit)
		b = append(b, ']')
	}
	if e.cause == nil {
		return string(b)
	}
	text := errtree.Text(e.cause)
	// FromError makes a cause that wraps this very error: once is enough.
	before, after, again := strings.Cut(text, string(b))
	if again && (before == "" || strings.HasSuffix(before, ": ")) && (after == "" || strings.HasPrefix(after, ": ")) {
		if text = before + strings.TrimPrefix(after, ": "); after == "" {
			text = strings.TrimSuffix(before, ": ")
		}
		if text == "" {
			return string(b)
		}
	}
	b = append(b, ": "...)
	return string(escape.Line(b, text, textLimit-len(b)))
}

func appendFieldsText(b []byte, fields []Field, limit int) []byte {
	end := len(b) + limit
	for i, f := range fields {
		// A field takes at least a byte, an ellipsis three.
		if end-len(b) < 16 {
			return append(b, escape.Ellipsis...)
		}
		if i > 0 {
			b = append(b, "; "...)
		}
		b = escape.Line(b, f.String(), end-len(b)-len(escape.Ellipsis))
	}
	return b
}

// String returns what f says, for a log: "/email: invalid_email: Not an email
// address.". The text is as it was given, or received.
func (f Field) String() string {
	s := f.place()
	for _, part := range [2]string{f.ErrorCode, f.Message} {
		if s != "" && part != "" {
			s += ": "
		}
		s += part
	}
	return s
}

// Is reports whether target is the status code of e, or an *Error that means
// the same: one with the same status code and the same error code. It is what
// makes
//
//	errors.Is(err, httpstatus.NotFound)
//	errors.Is(err, ErrUserNotFound)
//
// work, also for an error that a peer sent. Message, fields, headers and cause
// do not count. If one of the two was given no error code and both were given a
// problem type, as with a peer that sends problem details without codes, the
// types are compared instead. Otherwise an error without an error code from a
// peer is only equal to one that was given none either.
func (e *Error) Is(target error) bool {
	switch t := target.(type) {
	case Code:
		return e != nil && e.status == t
	case *Error:
		if e == nil || t == nil || e == t {
			return e == t
		}
		if e.status != t.status {
			return false
		}
		if e.code == "" || t.code == "" {
			if a, b := e.details().typ, t.details().typ; a != "" && b != "" {
				return a == b
			}
		}
		if e.remote && e.code == "" || t.remote && t.code == "" {
			return e.code == t.code
		}
		return e.code == t.code || e.ErrorCode() == t.ErrorCode()
	}
	return false
}

// WithCause returns a copy of e whose cause is err, in place of any other. The
// cause is private: it is in the text of [Error.Error] and found by [errors.Is]
// and [errors.As], and is never sent. A nil err removes the cause.
func (e *Error) WithCause(err error) *Error {
	c := e.copy()
	c.cause = err
	return c
}

// WithMessage returns a copy of e with another message, such as one that names
// what was not found, or one in another language. An empty message means the
// phrase. Like that of New it is public.
func (e *Error) WithMessage(message string) *Error {
	c := e.copy()
	c.message = message
	c.plain = escape.IsPlainJSON(c.code) && escape.IsPlainJSON(message)
	return c
}

// WithField returns a copy of e with more fields.
func (e *Error) WithField(f ...Field) *Error {
	return e.with(func(d *details) { d.fields = append(slices.Clip(d.fields), f...) })
}

// WithType returns a copy of e of the given problem type: a URI reference that
// identifies it, best an absolute one, and the title that all problems of that
// type share. An empty uri means "about:blank". An empty title keeps the one
// that e has. Type and title are sent in [ProblemJSON] alone.
// RFC 9457, Section 3.1.1.
func (e *Error) WithType(uri, title string) *Error {
	return e.with(func(d *details) {
		if d.typ = uri; title != "" {
			d.title = title
		}
	})
}

// WithInstance returns a copy of e with a URI reference that identifies this
// occurrence of the problem. RFC 9457, Section 3.1.5.
func (e *Error) WithInstance(uri string) *Error {
	return e.with(func(d *details) { d.instance = uri })
}

// WithExtension returns a copy of e with an additional member in its JSON
// bodies, in place of any other of that name. The value is written as JSON here
// and now, so later changes to it are not sent. It may be
//
//   - nil, true or false, a number, a string, or of a type made of one of these;
//   - a [time.Time], which becomes a string by RFC 3339;
//   - a []string, and a []any or map[string]any of what is in this list;
//   - whatever has a method MarshalJSON, such as a [Number] or a
//     json.RawMessage, or a method MarshalText. A nil pointer becomes null;
//   - a json.Number, which becomes the number that it is.
//
// A struct is none of these, nor is a []int or a map[string]string:
// statushttp.JSON turns any value into one that has MarshalJSON, by encoding/json,
// which this package does without.
//
// Refused, and listed by [Error.RefusedExtensions], is an error, because its
// text is private (a [Code] is not); every other value, among them a NaN, lists
// that are nested more than 32 deep, and a MarshalJSON that fails, panics, or
// returns what is not JSON; an empty name and that of a standard member: type,
// title, status, detail, instance, and code, which is the error code.
//
// A body leaves an extension out where the format has a member of that name with
// a meaning of its own: "error", "message" and "fields" in [SimpleJSON],
// "errors" in [ProblemJSON] if there are fields.
func (e *Error) WithExtension(name string, value any) *Error {
	text, ok := extensionText(value)
	if !ok || name == "" || name == "code" || isProblemMember(name) {
		return e.with(func(d *details) {
			d.refusedExtensions = append(slices.Clip(d.refusedExtensions), string(escape.Line(nil, name, 64)))
		})
	}
	return e.with(func(d *details) {
		x := make([]extension, 0, len(d.extensions)+1)
		for _, old := range d.extensions {
			if old.name != name {
				x = append(x, old)
			}
		}
		d.extensions = append(x, extension{name: name, value: value, json: text})
	})
}

// isProblemMember reports whether RFC 9457, Section 3.1, defines the member.
func isProblemMember(name string) bool {
	switch name {
	case "type", "title", "status", "detail", "instance":
		return true
	}
	return false
}

// WithHeader returns a copy of e whose response carries a header field. A
// second value for the same field replaces the first, except in Link,
// Set-Cookie, Vary, Warning, WWW-Authenticate and Proxy-Authenticate, which
// then have two lines.
//
// Refused, and listed by [Error.RefusedHeaders], is a field whose name is no
// token or whose value has control or non-ASCII characters in it, so that
// nothing a client sent can add a line to the response; and a field that is not
// the error's to set: Content-Type, Content-Length, Content-Encoding,
// Transfer-Encoding, Trailer, Keep-Alive, Proxy-Connection, and Connection with
// anything but "upgrade", which a 426 needs.
func (e *Error) WithHeader(name, value string) *Error {
	value = ascii.TrimOWS(value)
	if !field.IsName(name) || !field.IsValue(value) || field.IsReserved(name, value) {
		return e.refuse(name)
	}
	name = field.CanonicalName(name)
	return e.setHeader(name, value, field.MayRepeat(name))
}

// WithAllow returns a copy of e with an Allow field that lists the methods that
// the target resource supports, as a 405 must. Without methods the field is
// empty, which says that none is allowed for now. A method that is no token is
// refused; see [Error.RefusedHeaders]. RFC 9110, Section 10.2.1.
func (e *Error) WithAllow(methods ...string) *Error {
	allowed := make([]string, 0, len(methods))
	for _, m := range methods {
		if !field.IsName(m) {
			e = e.refuse("Allow")
		} else if !slices.Contains(allowed, m) {
			allowed = append(allowed, m)
		}
	}
	return e.setHeader("Allow", strings.Join(allowed, ", "), false)
}

// WithRetryAfter returns a copy of e with a Retry-After field that asks the
// client to wait for d, in seconds, rounded up; a negative d is 0.
// RFC 9110, Section 10.2.3.
func (e *Error) WithRetryAfter(d time.Duration) *Error {
	seconds := int64(0)
	if d > 0 {
		seconds = int64((d-1)/time.Second) + 1
	}
	return e.setHeader("Retry-After", strconv.FormatInt(seconds, 10), false)
}

// WithChallenge returns a copy of e with one more challenge, such as `Bearer
// realm="api"`: in a Proxy-Authenticate field if the status code is 407, and
// else in a WWW-Authenticate field, as a 401 must have. RFC 9110, Section 11.3.
func (e *Error) WithChallenge(challenge string) *Error {
	if e.Status() == ProxyAuthenticationRequired {
		return e.WithHeader("Proxy-Authenticate", challenge)
	}
	return e.WithHeader("Www-Authenticate", challenge)
}

// setHeader returns a copy of e with the field, whose name is canonical.
func (e *Error) setHeader(name, value string, add bool) *Error {
	c := e.copy()
	h := make(map[string][]string, len(c.header)+1)
	maps.Copy(h, c.header)
	if add {
		h[name] = append(slices.Clip(h[name]), value)
	} else {
		h[name] = []string{value}
	}
	c.header = h
	return c
}

func (e *Error) refuse(name string) *Error {
	name = string(escape.Line(nil, name, 64))
	return e.with(func(d *details) { d.refused = append(slices.Clip(d.refused), name) })
}

func (e *Error) copy() *Error {
	if e == nil {
		return &Error{}
	}
	c := *e
	return &c
}

func (e *Error) with(change func(*details)) *Error {
	c := e.copy()
	d := *c.details()
	change(&d)
	c.more = &d
	return c
}

// details never returns nil.
func (e *Error) details() *details {
	if e == nil || e.more == nil {
		return &noDetails
	}
	return e.more
}

var noDetails details // stays empty

// phrase returns the phrase that stands in for what the error was not given:
// that of the status code that it is answered with, or, for a remote one, was.
func (e *Error) phrase() string {
	switch {
	case e == nil:
		return InternalServerError.Phrase()
	case e.remote:
		return e.status.Fallback().Phrase()
	}
	return e.status.answer().Fallback().Phrase()
}

// answer returns the status code that an error with status c is answered with.
func (c Code) answer() Code {
	if uint(c)-300 < 300 {
		return c
	}
	return InternalServerError
}

// appendSnake appends a phrase in snake case: "URI Too Long" is uri_too_long.
func appendSnake(dst []byte, phrase string) []byte {
	for i := range len(phrase) {
		switch b := phrase[i]; b {
		case ' ', '-':
			dst = append(dst, '_')
		default:
			dst = append(dst, ascii.Lower(b))
		}
	}
	return dst
}
