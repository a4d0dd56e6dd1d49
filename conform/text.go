package conform

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"net/http"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// Bounds of what ReadText takes.
const (
	maxLine    = 256 << 10 // octets in a start line or header line
	maxFields  = 1000      // header lines in one message
	maxInterim = 100       // interim responses in one exchange
)

// ReadText returns an iterator over the exchanges in text that holds HTTP
// messages as HTTP/1.1 writes them. It holds one exchange at a time, with at
// most 64 KiB of its content; longer content is counted. A mistake is a
// [*ReadError], which wraps [ErrNoResponse] where a request has no response; the
// next exchange follows, unless the text cannot be read.
//
// An exchange is a request, any number of 1xx responses, and a final one. The
// request may be missing, and then a status line in place of content begins the
// next exchange, as in what curl -sIL prints. Between two exchanges stands a
// line "###". Lines end with LF or CRLF; before a message, empty lines and lines that begin with "# "
// are skipped. The version in the start lines may be any, so that exchanges of
// HTTP/2 can be written down too.
//
//	GET /now HTTP/1.1
//	Host: example.com
//
//	HTTP/1.1 405 Method Not Allowed
//	Content-Length: 4
//
//	POST
//
// The content of a request ends where a status line begins, and that of a
// response where the exchange ends, whatever Content-Length says: so what was
// sent by mistake is seen. A last line end counts as content only if
// Content-Length includes it. Chunked content is decoded. What follows a 101 in
// HTTP/1.1 belongs to another protocol and is skipped.
func ReadText(r io.Reader) iter.Seq2[Exchange, error] {
	return func(yield func(Exchange, error) bool) {
		t := textReader{br: decoded(r)}
		for {
			x, err := t.exchange()
			if err == io.EOF || !yield(x, err) || t.end {
				return
			}
			if err != nil {
				t.recover()
			}
		}
	}
}

// A textReader reads messages line by line.
type textReader struct {
	br   *bufio.Reader
	line int // lines read so far
	room int // octets that the header fields of the exchange may still have

	separator bool // the last line that was read is one
	end       bool // nothing more can be read
}

// recover reads up to a line that separates two exchanges.
func (t *textReader) recover() {
	for !t.separator {
		b, err := t.br.ReadSlice('\n')
		t.separator = err == nil && isSeparator(cutCR(strings.TrimSuffix(string(b), "\n")))
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = t.br.ReadSlice('\n')
		}
		if err != nil { // which the next reading meets again
			return
		}
		t.line++
	}
}

// fail returns an error about the line that was read last.
func (t *textReader) fail(reason string) error {
	return &ReadError{Place: "line " + strconv.Itoa(t.line), Reason: reason}
}

// failed does so, with a cause.
func (t *textReader) failed(reason string, cause error) error {
	return &ReadError{Place: "line " + strconv.Itoa(t.line), Reason: reason, Err: cause}
}

// broken returns an error of the reader itself.
func (t *textReader) broken(err error) error {
	t.end = true
	return &ReadError{Place: "line " + strconv.Itoa(t.line), Reason: "the text cannot be read", Err: err}
}

// peek returns the next line without its end, without reading it: "" at the
// end of the text, and only the beginning of a line that is very long.
func (t *textReader) peek() (line string, end bool) {
	for n := 256; ; n *= 16 {
		b, err := t.br.Peek(min(n, maxLine))
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			return cutCR(string(b[:i])), false
		}
		if err != nil || n >= maxLine {
			return cutCR(string(b)), len(b) == 0
		}
	}
}

func cutCR(s string) string { return strings.TrimSuffix(s, "\r") }

// next reads a line without its end.
func (t *textReader) next() (string, error) {
	t.line++
	b, err := t.br.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = t.br.ReadSlice('\n')
		}
		return "", t.fail("a line of more than 256 KiB")
	case err == io.EOF && len(b) > 0:
		return cutCR(string(b)), nil
	case err == io.EOF:
		t.line--
		return "", io.EOF
	case err != nil:
		return "", t.broken(err)
	}
	line := cutCR(string(b[:len(b)-1]))
	t.separator = isSeparator(line)
	return line, nil
}

// start reads the next line that is neither empty nor a comment. It answers
// io.EOF at the end of the text, and separator lines as they are.
func (t *textReader) start() (string, error) {
	for {
		line, err := t.next()
		if err != nil || ascii.TrimOWS(line) != "" && line != "#" && !strings.HasPrefix(line, "# ") {
			return line, err
		}
	}
}

func isSeparator(line string) bool { return ascii.TrimOWS(line) == "###" }

// isStatusLine reports whether a line begins a response.
func isStatusLine(line string) bool {
	version, rest, ok := strings.Cut(line, " ")
	return ok && strings.HasPrefix(version, "HTTP/") && rest != "" && ascii.IsDigit(rest[0])
}

// exchange reads the next exchange, or answers io.EOF.
func (t *textReader) exchange() (Exchange, error) {
	line, err := t.start()
	for err == nil && isSeparator(line) {
		line, err = t.start()
	}
	if err != nil {
		return Exchange{}, err
	}
	x := Exchange{Source: "line " + strconv.Itoa(t.line)}
	t.room = maxHeader
	if !strings.HasPrefix(line, "HTTP/") {
		if err := t.request(&x, line); err != nil {
			return Exchange{}, t.within(err)
		}
		if line, err = t.start(); err == io.EOF || err == nil && isSeparator(line) {
			err = t.failed("a request without a response", ErrNoResponse)
		}
		if err != nil {
			return Exchange{}, err
		}
	}
	if err := t.responses(&x, line); err != nil {
		return Exchange{}, t.within(err)
	}
	return x, nil
}

// within keeps an end of the text within an exchange from passing for the end
// of all.
func (t *textReader) within(err error) error {
	if err == io.EOF {
		return t.fail("the text ends within a message")
	}
	return err
}

func (t *textReader) request(x *Exchange, line string) error {
	method, rest, _ := strings.Cut(line, " ")
	target, proto, ok := strings.Cut(rest, " ")
	if !ok || !field.IsName(method) || target == "" || !strings.HasPrefix(proto, "HTTP/") {
		return t.fail("the line " + quote(line) + " is neither a request line nor a status line")
	}
	x.Method, x.Target, x.Proto = method, target, ascii.TrimOWS(proto)
	header, err := t.header(&x.SpacedFields)
	if err != nil {
		return err
	}
	x.RequestHeader, x.RequestComplete = header, true
	c, err := t.content(header, func(line string) bool { return isStatusLine(line) || isSeparator(line) })
	x.RequestContent = c.length > 0
	return err
}

// responses reads the responses of an exchange, the first of which has the
// given status line.
func (t *textReader) responses(x *Exchange, line string) error {
	for {
		r, proto, err := t.statusLine(line)
		if err != nil {
			return err
		}
		if x.Proto == "" {
			x.Proto = proto
		}
		x.ResponseProto = proto
		if r.Header, err = t.header(nil); err != nil {
			return err
		}
		x.Status, x.Header = r.Status, r.Header
		if !r.Status.IsInformational() {
			return t.final(x)
		}
		major, _ := version(x.Proto)
		if r.Status == httpstatus.SwitchingProtocols && major == 1 {
			_, err := t.content(nil, isSeparator)
			return err
		}
		c, err := t.content(nil, func(line string) bool { return isStatusLine(line) || isSeparator(line) })
		if err != nil {
			return err
		}
		r.Body = c.kept
		if line, _ = t.peek(); !isStatusLine(line) {
			x.Body, x.BodyLength = c.kept, c.total()
			return nil
		}
		if len(x.Interim) == maxInterim {
			return t.fail("more than 100 interim responses")
		}
		x.Interim = append(x.Interim, r)
		if line, err = t.next(); err != nil {
			return err
		}
	}
}

// final reads the content of a final response and its trailer.
func (t *textReader) final(x *Exchange) error {
	bodiless := x.Method == "HEAD" || !x.Status.AllowsContent() || x.Method == "CONNECT" && x.Status.IsSuccess()
	if isChunked(x.Header) && !bodiless {
		if line, end := t.peek(); !end && !isSeparator(line) {
			return t.chunks(x)
		}
	}
	if line, _ := t.peek(); x.Method == "" && isStatusLine(line) {
		return nil
	}
	c, err := t.content(x.Header, isSeparator)
	x.Body, x.BodyLength = c.kept, c.total()
	return err
}

// statusLine reads version and code; any number is taken for a code, so that
// the rule about them sees it.
func (t *textReader) statusLine(line string) (r Interim, proto string, err error) {
	proto, rest, _ := strings.Cut(line, " ")
	code, _, _ := strings.Cut(rest, " ")
	n, ok := ascii.ParseDigits(code)
	if !strings.HasPrefix(proto, "HTTP/") || !ok || n > 1<<30 {
		return r, "", t.fail("the line " + quote(line) + " is not a status line")
	}
	return Interim{Status: httpstatus.Code(n)}, proto, nil
}

// header reads header lines up to an empty line or the end of the text. Names
// with whitespace before their colon go to spaced; without it, they are a
// mistake.
func (t *textReader) header(spaced *[]string) (map[string][]string, error) {
	h := make(map[string][]string)
	last := ""
	for n := 0; ; n++ {
		if line, end := t.peek(); end || isSeparator(line) {
			return h, nil
		}
		line, err := t.next()
		if err != nil || line == "" {
			return h, err
		}
		if n == maxFields {
			return nil, t.fail("more than 1000 header lines")
		}
		if t.room -= len(line) + fieldCost; t.room < 0 {
			return nil, t.fail("more than 1 MiB of header lines")
		}
		if line[0] == ' ' || line[0] == '\t' { // a line that continues the last one
			if last == "" {
				return nil, t.fail("a header line that begins with whitespace")
			}
			values := h[last]
			values[len(values)-1] = ascii.TrimOWS(values[len(values)-1] + " " + ascii.TrimOWS(line))
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, t.fail("the header line " + quote(line) + " has no colon")
		}
		if trimmed := strings.TrimRight(name, " \t"); spaced != nil && len(trimmed) < len(name) && field.IsName(trimmed) {
			name = trimmed
			*spaced = append(*spaced, name)
		}
		if !field.IsName(name) {
			return nil, t.fail("the field name " + quote(name) + " is not a token")
		}
		last = http.CanonicalHeaderKey(name)
		h[last] = append(h[last], ascii.TrimOWS(value))
	}
}

// A textContent is content as far as it is kept, and its length.
type textContent struct {
	kept   []byte
	length int64
}

func (c *textContent) add(b []byte) {
	c.length += int64(len(b))
	c.kept = append(c.kept, b[:min(len(b), maxContent-len(c.kept))]...)
}

// total returns the length where kept does not tell it.
func (c *textContent) total() int64 {
	if c.length > int64(len(c.kept)) {
		return c.length
	}
	return 0
}

// content reads up to a line for which stop answers true, which it leaves, or
// to the end of the text.
func (t *textReader) content(header map[string][]string, stop func(string) bool) (textContent, error) {
	var c textContent
	var end []byte // of the last line: content only if something follows it
	blank := true  // nothing but line ends so far
	fresh := true  // at the beginning of a line
	for {
		if fresh {
			if line, over := t.peek(); over || stop(line) {
				break
			}
			t.line++
		}
		b, err := t.br.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) && err != io.EOF {
			return c, t.broken(err)
		}
		c.add(end)
		text := bytes.TrimSuffix(b, []byte("\n"))
		fresh = len(text) < len(b)
		if fresh {
			text = bytes.TrimSuffix(text, []byte("\r"))
		}
		blank = blank && len(text) == 0
		c.add(text)
		end = append(end[:0], b[len(text):]...)
		if err == io.EOF {
			break
		}
	}
	declared := int64(-1)
	if values := header["Content-Length"]; len(values) > 0 {
		if n, ok := ascii.ParseDigits(values[0]); ok {
			declared = int64(n)
		}
	}
	switch all := c.length + int64(len(end)); {
	case declared == all:
		c.add(end)
	case blank && declared != c.length:
		c = textContent{}
	}
	return c, nil
}

// isChunked reports whether chunked is the last transfer coding.
func isChunked(header map[string][]string) bool {
	last := ""
	for coding := range members(header["Transfer-Encoding"]) {
		last = coding
	}
	return ascii.EqualFold(last, "chunked")
}

// chunks reads chunked content and the trailer (RFC 9112, Section 7.1).
func (t *textReader) chunks(x *Exchange) error {
	var c textContent
	for {
		line, err := t.next()
		if err != nil {
			return err
		}
		size, _, _ := strings.Cut(line, ";")
		n, err := strconv.ParseUint(ascii.TrimOWS(size), 16, 62)
		if err != nil {
			return t.fail("the chunk size " + quote(size) + " is not a hexadecimal number")
		}
		if n == 0 {
			break
		}
		if err := t.chunk(&c, int64(n)); err != nil {
			return err
		}
	}
	x.Body, x.BodyLength = c.kept, c.total()
	trailer, err := t.header(nil)
	if err != nil {
		return err
	}
	if len(trailer) > 0 {
		x.Trailer = trailer
	}
	line, err := t.start()
	if err == io.EOF || err == nil && isSeparator(line) {
		return nil
	}
	if err != nil {
		return err
	}
	return t.fail("the line " + quote(line) + " follows the last chunk")
}

// chunk reads n octets and the line end after them.
func (t *textReader) chunk(c *textContent, n int64) error {
	for n > 0 {
		b, err := t.br.Peek(int(min(n, int64(t.br.Size()), max(1, int64(t.br.Buffered())))))
		if len(b) == 0 && err == io.EOF {
			return t.fail("the text ends within a chunk")
		}
		if len(b) == 0 {
			return t.broken(err)
		}
		c.add(b)
		t.line += bytes.Count(b, []byte("\n"))
		n -= int64(len(b))
		t.br.Discard(len(b))
	}
	if line, err := t.next(); err != nil {
		return t.within(err)
	} else if line != "" {
		return t.fail("a chunk is longer than its size: " + quote(line) + " follows it")
	}
	return nil
}
