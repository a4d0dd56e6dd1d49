package httpstatus

import (
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"example.com/httpstatus/internal/escape"
	"example.com/httpstatus/internal/field"
)

// public returns the error that e is told as: for a remote one a bare 502, so
// that nothing a peer sent is replayed; for nil a bare 500.
func (e *Error) public() *Error {
	switch {
	case e == nil:
		return &internalServerError
	case e.remote:
		return &badGateway
	}
	return e
}

var (
	internalServerError = Error{status: InternalServerError} // never changed
	badGateway          = Error{status: BadGateway}          // never changed
)

// AppendBody appends e in the given format, as the content of a response, and
// returns the extended slice. It cannot fail. It does not allocate if dst has
// room.
//
// In JSON, <, > and &, which a browser could take for markup, are escaped, and
// so are U+2028 and U+2029. Bytes that are not UTF-8 become U+FFFD, in all
// formats. In HTML and plain text, control characters and those that change the
// direction of the text are written as \x1b or \u202e. Other text is escaped in
// HTML and unchanged in plain text, which ends with a line feed.
//
// The cause is never part of it. A remote error is written as a 502 with
// nothing else.
func (e *Error) AppendBody(dst []byte, f Format) []byte {
	e = e.public()
	switch f {
	case ProblemJSON:
		return e.appendProblem(dst)
	case PlainText:
		return e.appendText(dst)
	case HTML:
		return e.appendHTML(dst)
	}
	return e.appendSimple(dst)
}

func (e *Error) appendSimple(dst []byte) []byte {
	if e.plain && e.code != "" && e.message != "" {
		dst = append(dst, `{"error":"`...)
		dst = append(dst, e.code...)
		dst = append(dst, `","message":"`...)
		dst = append(dst, e.message...)
		dst = append(dst, '"')
	} else {
		dst = append(dst, `{"error":`...)
		dst = e.appendCode(dst)
		dst = append(dst, `,"message":`...)
		dst = escape.JSON(dst, e.Message())
	}
	if e.more == nil {
		return append(dst, '}')
	}
	if fields := e.more.fields; len(fields) > 0 {
		dst = append(dst, `,"fields":[`...)
		for i := range fields {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(dst, '{')
			dst = appendMember(dst, `"pointer":`, fields[i].Pointer)
			dst = appendMember(dst, `"parameter":`, fields[i].Parameter)
			dst = appendMember(dst, `"header":`, fields[i].Header)
			dst = appendMember(dst, `"error":`, fields[i].ErrorCode)
			dst = appendMember(dst, `"message":`, fields[i].Message)
			dst = append(dst, '}')
		}
		dst = append(dst, ']')
	}
	for i := range e.more.extensions {
		x := &e.more.extensions[i]
		if x.name == "error" || x.name == "message" || x.name == "fields" {
			continue
		}
		dst = appendExtension(dst, x)
	}
	return append(dst, '}')
}

func (e *Error) appendProblem(dst []byte) []byte {
	if e.isPlainProblem() { // the common case, all at once
		status := e.status.String()
		dst = append(dst, `{"title":"`...)
		dst = append(dst, status[4:]...)
		dst = append(dst, `","status":`...)
		dst = append(dst, status[:3]...)
		dst = append(dst, `,"detail":"`...)
		dst = append(dst, e.message...)
		dst = append(dst, `","code":"`...)
		dst = append(dst, e.code...)
		return append(dst, `"}`...)
	}
	d := e.details()
	dst = append(dst, '{')
	if d.typ != "" && d.typ != aboutBlank {
		dst = appendMember(dst, `"type":`, d.typ)
	}
	dst = appendMember(dst, `"title":`, e.Title())
	if dst[len(dst)-1] != '{' {
		dst = append(dst, ',')
	}
	dst = append(dst, `"status":`...)
	status := e.status.answer() // three digits
	dst = append(dst, byte('0'+status/100), byte('0'+status/10%10), byte('0'+status%10))
	dst = appendMember(dst, `"detail":`, e.message)
	dst = appendMember(dst, `"instance":`, d.instance)
	dst = append(dst, `,"code":`...)
	dst = e.appendCode(dst)
	if len(d.fields) > 0 {
		dst = append(dst, `,"errors":[`...)
		for i := range d.fields {
			f := &d.fields[i]
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(dst, '{')
			dst = appendMember(dst, `"detail":`, f.Message)
			dst = appendPointerMember(dst, f.Pointer)
			dst = appendMember(dst, `"parameter":`, f.Parameter)
			dst = appendMember(dst, `"header":`, f.Header)
			dst = appendMember(dst, `"code":`, f.ErrorCode)
			dst = append(dst, '}')
		}
		dst = append(dst, ']')
	}
	for i := range d.extensions {
		if x := &d.extensions[i]; x.name != "errors" || len(d.fields) == 0 {
			dst = appendExtension(dst, x)
		}
	}
	return append(dst, '}')
}

// isPlainProblem reports whether e has but a registered status code, and an
// error code and a message that need no escapes.
func (e *Error) isPlainProblem() bool {
	return e.plain && e.more == nil && e.code != "" && e.message != "" && e.status.answer() == e.status && e.status.IsRegistered()
}

func (e *Error) appendText(dst []byte) []byte {
	dst = escape.Text(dst, e.Message())
	dst = append(dst, '\n')
	for _, f := range e.details().fields {
		dst = escape.Text(dst, f.place())
		if f.place() != "" && f.publicText() != "" {
			dst = append(dst, ": "...)
		}
		dst = escape.Text(dst, f.publicText())
		dst = append(dst, '\n')
	}
	return dst
}

// place returns where in the request it is, for people. A pointer begins with a
// slash, which the names of the others do not.
func (f Field) place() string {
	switch {
	case f.Pointer != "":
		return f.Pointer
	case f.Parameter != "":
		return f.Parameter
	}
	return f.Header
}

// publicText returns the field's message, or its code if there is none.
func (f Field) publicText() string {
	if f.Message != "" {
		return f.Message
	}
	return f.ErrorCode
}

// appendHTML puts the message into the title, where [Decode] finds it.
func (e *Error) appendHTML(dst []byte) []byte {
	message := e.Message()
	dst = append(dst, "<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>"...)
	dst = escape.HTML(dst, message)
	dst = append(dst, "</title></head>\n<body>\n<h1>"...)
	status := e.status.answer()
	if status.Phrase() != "" {
		dst = append(dst, status.String()...)
	} else {
		dst = strconv.AppendInt(dst, int64(status), 10)
	}
	dst = append(dst, "</h1>\n<p>"...)
	dst = escape.HTML(dst, message)
	dst = append(dst, "</p>\n"...)
	if fields := e.details().fields; len(fields) > 0 {
		dst = append(dst, "<ul>\n"...)
		for _, f := range fields {
			dst = append(dst, "<li>"...)
			if place := f.place(); place != "" {
				dst = append(dst, "<code>"...)
				dst = escape.HTML(dst, place)
				dst = append(dst, "</code> "...)
			}
			dst = escape.HTML(dst, f.publicText())
			dst = append(dst, "</li>\n"...)
		}
		dst = append(dst, "</ul>\n"...)
	}
	return append(dst, "</body>\n</html>\n"...)
}

func (e *Error) appendCode(dst []byte) []byte {
	if e.code != "" {
		return escape.JSON(dst, e.code)
	}
	dst = append(dst, '"')
	dst = appendSnake(dst, e.phrase())
	return append(dst, '"')
}

// appendMember appends a string member if there is a value, and the comma
// before it if there is something before it. The key comes with its quotes and
// colon.
func appendMember(dst []byte, key, value string) []byte {
	if value == "" {
		return dst
	}
	return escape.JSON(appendKey(dst, key), value)
}

func appendKey(dst []byte, key string) []byte {
	if dst[len(dst)-1] != '{' {
		dst = append(dst, ',')
	}
	return append(dst, key...)
}

func appendExtension(dst []byte, x *extension) []byte {
	dst = append(dst, ',')
	dst = escape.JSON(dst, x.name)
	dst = append(dst, ':')
	return append(dst, x.json...)
}

// appendPointerMember appends a JSON Pointer in its form as a URI fragment
// (RFC 6901, Section 6), which RFC 9457 uses in its example: "#/items/0". What
// is no pointer is left as it is.
func appendPointerMember(dst []byte, pointer string) []byte {
	if !strings.HasPrefix(pointer, "/") {
		return appendMember(dst, `"pointer":`, pointer)
	}
	dst = appendKey(dst, `"pointer":`)
	dst = append(dst, `"#`...)
	var octets [utf8.UTFMax]byte
	for _, r := range pointer { // what is not UTF-8 is U+FFFD, as everywhere
		switch {
		case r == '&':
			dst = append(dst, `\u0026`...)
		case r < utf8.RuneSelf && isFragmentByte(byte(r)):
			dst = append(dst, byte(r))
		default:
			for _, b := range octets[:utf8.EncodeRune(octets[:], r)] {
				const hex = "0123456789ABCDEF"
				dst = append(dst, '%', hex[b>>4], hex[b&15])
			}
		}
	}
	return append(dst, '"')
}

// isFragmentByte reports whether b stands for itself in the fragment of a URI.
// RFC 3986, Section 3.5.
func isFragmentByte(b byte) bool {
	switch {
	case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9':
		return true
	}
	return strings.IndexByte("-._~!$&'()*+,;=:@/?", b) >= 0
}

// Response returns the whole response for e as data, for a server that does not
// use net/http; for net/http see [example.com/httpstatus/statushttp]. It takes
// the method of the request, the values of its Accept field, and the formats to
// choose from (see [Negotiate]).
//
// The status is [Error.Answer]. If e is remote, neither its text nor its header
// fields are sent.
//
// The header has the fields of e, Content-Type, Content-Length,
// X-Content-Type-Options, and Vary if there was a choice of formats. The
// response to HEAD has the same header and no content; a 304 has neither
// content nor the fields that describe it. The caller owns the map and the
// slices.
func (e *Error) Response(method string, accept []string, offers ...Format) (status int, header map[string][]string, body []byte) {
	e = e.public()
	code := e.status.answer()
	header = make(map[string][]string, len(e.header)+4)
	for name, values := range e.header {
		header[name] = append([]string(nil), values...)
	}
	header["X-Content-Type-Options"] = []string{"nosniff"}
	if !code.AllowsContent() {
		return int(code), header, nil
	}
	f := Negotiate(accept, offers...)
	body = e.AppendBody(make([]byte, 0, 256), f)
	header["Content-Type"] = []string{f.MediaType()}
	header["Content-Length"] = []string{strconv.Itoa(len(body))}
	if len(offers) != 1 {
		header["Vary"] = field.WithVary(header["Vary"], "Accept")
	}
	if method == "HEAD" {
		body = nil
	}
	return int(code), header, body
}

// extensionDepth is how deep the lists in an extension may be nested.
const extensionDepth = 32

// extensionText returns the value of an extension as JSON, and whether it is one
// that [Error.WithExtension] takes.
func extensionText(value any) (text string, ok bool) {
	defer func() {
		if recover() != nil { // the value's own MarshalJSON or MarshalText
			text, ok = "", false
		}
	}()
	b, ok := appendValue(nil, value, extensionDepth)
	return string(b), ok
}

func appendValue(dst []byte, value any, depth int) ([]byte, bool) {
	switch v := value.(type) {
	case nil:
		return append(dst, "null"...), true
	case Code: // an error too, but one that everyone may see
		return strconv.AppendInt(dst, int64(v), 10), true
	case error:
		return dst, false
	case interface{ MarshalJSON() ([]byte, error) }:
		if isNilPointer(value) {
			return append(dst, "null"...), true
		}
		text, err := v.MarshalJSON()
		if err != nil {
			return dst, false
		}
		return escape.JSONText(dst, string(text))
	case interface{ MarshalText() ([]byte, error) }:
		if isNilPointer(value) {
			return append(dst, "null"...), true
		}
		text, err := v.MarshalText()
		return escape.JSON(dst, string(text)), err == nil
	case interface {
		String() string
		Int64() (int64, error)
		Float64() (float64, error)
	}: // a json.Number, without its package
		if isNilPointer(value) {
			return append(dst, "null"...), true
		}
		text := v.String()
		return append(dst, text...), text != "" && escape.NumberLen(text) == len(text)
	case []string:
		return appendList(dst, v, depth, func(dst []byte, s string, _ int) ([]byte, bool) { return escape.JSON(dst, s), true })
	case []any:
		return appendList(dst, v, depth, appendValue)
	case map[string]any:
		return appendMap(dst, v, depth)
	}
	return appendScalar(dst, reflect.ValueOf(value))
}

func isNilPointer(value any) bool {
	v := reflect.ValueOf(value)
	return v.Kind() == reflect.Pointer && v.IsNil()
}

func appendList[T any](dst []byte, list []T, depth int, element func([]byte, T, int) ([]byte, bool)) ([]byte, bool) {
	if list == nil {
		return append(dst, "null"...), true
	}
	ok := depth > 0
	dst = append(dst, '[')
	for i := 0; ok && i < len(list); i++ {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst, ok = element(dst, list[i], depth-1)
	}
	return append(dst, ']'), ok
}

// appendMap writes the members in the order of their names, so that the same
// error has the same body.
func appendMap(dst []byte, m map[string]any, depth int) ([]byte, bool) {
	if m == nil {
		return append(dst, "null"...), true
	}
	ok := depth > 0
	dst = append(dst, '{')
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if !ok {
			break
		}
		if dst[len(dst)-1] != '{' {
			dst = append(dst, ',')
		}
		dst = append(escape.JSON(dst, name), ':')
		dst, ok = appendValue(dst, m[name], depth-1)
	}
	return append(dst, '}'), ok
}

// appendScalar writes what JSON has a word for, whatever the name of its type.
func appendScalar(dst []byte, v reflect.Value) ([]byte, bool) {
	switch v.Kind() {
	case reflect.Bool:
		return strconv.AppendBool(dst, v.Bool()), true
	case reflect.String:
		return escape.JSON(dst, v.String()), true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(dst, v.Int(), 10), true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.AppendUint(dst, v.Uint(), 10), true
	case reflect.Float32, reflect.Float64:
		return appendFloat(dst, v.Float(), v.Type().Bits())
	}
	return dst, false
}

// appendFloat writes a float as ECMAScript does, and encoding/json: without an
// exponent where the number is neither very large nor very small.
func appendFloat(dst []byte, f float64, bits int) ([]byte, bool) {
	if f != f || math.IsInf(f, 0) {
		return dst, false
	}
	format, abs := byte('f'), math.Abs(f)
	if abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(dst, f, format, -1, bits), true
}
