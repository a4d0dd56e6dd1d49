package httpstatus

import (
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"
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

// AppendBody appends the content of a response that tells of e, in the given
// format, and returns the extended slice. It cannot fail. It does not allocate
// if dst has room.
//
// JSON is what encoding/json would write, with HTML escaping: without a <, > or
// & that a browser could stumble over, and with U+FFFD for what is not UTF-8.
// HTML is escaped. In plain text <, > and & are written as in JSON, as \u003c,
// \u003e and \u0026, for whoever takes it for HTML all the same; so are control
// characters other than tab and line feed. It ends with a line feed.
//
// Nothing of the cause is in it. A remote error is written as a bare 502.
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
		dst = appendJSONString(dst, e.Message())
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
	dst = appendPlain(dst, e.Message())
	dst = append(dst, '\n')
	for _, f := range e.details().fields {
		dst = appendPlain(dst, f.Pointer)
		if f.Pointer != "" && f.publicText() != "" {
			dst = append(dst, ": "...)
		}
		dst = appendPlain(dst, f.publicText())
		dst = append(dst, '\n')
	}
	return dst
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
	dst = appendHTMLText(dst, message)
	dst = append(dst, "</title></head>\n<body>\n<h1>"...)
	status := e.status.answer()
	if status.Phrase() != "" {
		dst = append(dst, status.String()...)
	} else {
		dst = strconv.AppendInt(dst, int64(status), 10)
	}
	dst = append(dst, "</h1>\n<p>"...)
	dst = appendHTMLText(dst, message)
	dst = append(dst, "</p>\n"...)
	if fields := e.details().fields; len(fields) > 0 {
		dst = append(dst, "<ul>\n"...)
		for _, f := range fields {
			dst = append(dst, "<li>"...)
			if f.Pointer != "" {
				dst = append(dst, "<code>"...)
				dst = appendHTMLText(dst, f.Pointer)
				dst = append(dst, "</code> "...)
			}
			dst = appendHTMLText(dst, f.publicText())
			dst = append(dst, "</li>\n"...)
		}
		dst = append(dst, "</ul>\n"...)
	}
	return append(dst, "</body>\n</html>\n"...)
}

func (e *Error) appendCode(dst []byte) []byte {
	if e.code != "" {
		return appendJSONString(dst, e.code)
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
	return appendJSONString(appendKey(dst, key), value)
}

func appendKey(dst []byte, key string) []byte {
	if dst[len(dst)-1] != '{' {
		dst = append(dst, ',')
	}
	return append(dst, key...)
}

func appendExtension(dst []byte, x *extension) []byte {
	dst = append(dst, ',')
	dst = appendJSONString(dst, x.name)
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
	for i := 0; i < len(pointer); {
		r, size := utf8.DecodeRuneInString(pointer[i:])
		if r == utf8.RuneError && size == 1 {
			dst = append(dst, "%EF%BF%BD"...) // U+FFFD, as everywhere
			i++
			continue
		}
		for _, b := range []byte(pointer[i : i+size]) {
			switch {
			case b == '&':
				dst = append(dst, `\u0026`...)
			case isFragmentByte(b):
				dst = append(dst, b)
			default:
				const hex = "0123456789ABCDEF"
				dst = append(dst, '%', hex[b>>4], hex[b&15])
			}
		}
		i += size
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

// appendJSONString appends s as encoding/json writes it, with HTML escaping.
func appendJSONString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	start := 0 // of what is not yet appended
	for i := plainJSON(s); i < len(s); i += plainJSON(s[i:]) {
		if b := s[i]; b < utf8.RuneSelf {
			dst = append(dst, s[start:i]...)
			switch b {
			case '\\', '"':
				dst = append(dst, '\\', b)
			case '\b':
				dst = append(dst, '\\', 'b')
			case '\f':
				dst = append(dst, '\\', 'f')
			case '\n':
				dst = append(dst, '\\', 'n')
			case '\r':
				dst = append(dst, '\\', 'r')
			case '\t':
				dst = append(dst, '\\', 't')
			default:
				dst = append(dst, '\\', 'u', '0', '0', hex[b>>4], hex[b&15])
			}
			i++
			start = i
			continue
		}
		for i < len(s) && s[i] >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			switch {
			case r == utf8.RuneError && size == 1:
				dst = append(dst, s[start:i]...)
				dst = append(dst, `\ufffd`...)
				start = i + 1
			case r == '\u2028' || r == '\u2029': // line ends in old JavaScript
				dst = append(dst, s[start:i]...)
				dst = append(dst, `\u202`...)
				dst = append(dst, hex[r&15])
				start = i + size
			}
			i += size
		}
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

// isPlainJSON reports whether s can stand in a JSON string as it is.
func isPlainJSON(s string) bool { return plainJSON(s) == len(s) }

// plainJSON returns how many bytes at the beginning of s can stand in a JSON
// string as they are. It looks at eight at a time, since that is what most of
// the time goes into.
func plainJSON(s string) int {
	i := 0
	for ; len(s)-i >= 8; i += 8 {
		if special := specialJSON(eightBytes(s, i)); special != 0 {
			return i + bits.TrailingZeros64(special)/8
		}
	}
	if i > 0 && i < len(s) { // the last eight, of which the first were plain
		special := specialJSON(eightBytes(s, len(s)-8))
		return len(s) - 8 + bits.TrailingZeros64(special)/8 // 64 zeros if none is special
	}
	for i < len(s) && s[i] < utf8.RuneSelf && jsonSafe[s[i]>>6]>>(s[i]&63)&1 != 0 {
		i++
	}
	return i
}

// specialJSON marks those of eight bytes that are not plain, each in the highest
// bit of its byte. Only the lowest mark is to be relied on: a byte that has one
// borrows from the next.
func specialJSON(x uint64) uint64 {
	const (
		ones  = 0x0101010101010101
		highs = 0x8080808080808080
	)
	// For a byte b below 0x80, b^c-1 has its highest bit set if b is c, and
	// b-0x20 if b is a control character. Setting a bit first makes two
	// characters one: < and > differ in that of 2, " and & in that of 4.
	control := x - ones*' '
	backslash := (x ^ ones*'\\') - ones
	angle := ((x | ones*2) ^ ones*'>') - ones
	quoteAnd := ((x | ones*4) ^ ones*'&') - ones
	return (x | control | backslash | angle | quoteAnd) & highs
}

// eightBytes returns those of s from i on, the first of which is the lowest. The
// compiler makes one load of it, and inlines it.
func eightBytes(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// jsonSafe has a bit for each ASCII character that stands for itself in a JSON
// string: all from the space on but ", &, <, > and \.
var jsonSafe = [2]uint64{
	0xffffffff_00000000 &^ (1<<'"' | 1<<'&' | 1<<'<' | 1<<'>'),
	0xffffffff_ffffffff &^ (1 << ('\\' - 64)),
}

// appendHTMLText appends s as the text of an element.
func appendHTMLText(dst []byte, s string) []byte {
	start := 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		var reference string
		switch r {
		case '<':
			reference = "&lt;"
		case '>':
			reference = "&gt;"
		case '&':
			reference = "&amp;"
		case '"':
			reference = "&#34;"
		case '\'':
			reference = "&#39;"
		case utf8.RuneError, 0:
			reference = "\ufffd"
		default:
			i += size
			continue
		}
		dst = append(dst, s[start:i]...)
		dst = append(dst, reference...)
		i += size
		start = i
	}
	return append(dst, s[start:]...)
}

// appendPlain appends s as a line or several of plain text, for a terminal as
// likely as for a browser.
func appendPlain(dst []byte, s string) []byte {
	start := 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case r == utf8.RuneError:
			dst = append(dst, s[start:i]...)
			dst = append(dst, "\ufffd"...)
			start = i + size
		case r == '<' || r == '>' || r == '&':
			const hex = "0123456789abcdef"
			dst = append(dst, s[start:i]...)
			dst = append(dst, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
			start = i + size
		case r != '\n' && r != '\t' && isTricky(r):
			dst = append(dst, s[start:i]...)
			dst = appendEscaped(dst, s[i:i+size], 16)
			start = i + size
		}
		i += size
	}
	return append(dst, s[start:]...)
}

// isTricky reports whether r can change how the text around it looks: a control
// character, or one that turns the direction of the text.
func isTricky(r rune) bool {
	return r < ' ' || 0x7f <= r && r < 0xa0 || r == '\u061c' || r == '\u200e' || r == '\u200f' ||
		'\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}
