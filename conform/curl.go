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

// ReadCurl returns an iterator over the exchanges that curl tells about with
// -v. Lines of a request begin with "> " there, and those of a response with
// "< "; all others, such as the progress, what curl says of the connection, and
// the content that came along, are skipped. So content is not known: the rules
// about it are silent. Mistakes are told as by [ReadText].
//
//	curl -v https://example.com/ 2>&1 | httpstatus check
func ReadCurl(r io.Reader) iter.Seq2[Exchange, error] {
	return func(yield func(Exchange, error) bool) {
		c := curlReader{br: decoded(r), yield: yield}
		err := c.read()
		switch {
		case err == errStopped:
		case err != nil:
			yield(Exchange{}, &ReadError{Place: c.place(), Reason: "the text cannot be read", Err: err})
		default:
			c.flush()
		}
	}
}

// isCurl reports whether text begins as what curl tells does.
func isCurl(start []byte) bool {
	for _, prefix := range []string{"* ", "> ", "< HTTP/", "% Total ", "Note: ", "Warning: "} {
		if bytes.HasPrefix(start, []byte(prefix)) {
			return true
		}
	}
	return false
}

// A curlReader reads what curl tells.
type curlReader struct {
	br    *bufio.Reader
	yield func(Exchange, error) bool
	line  int // lines read so far
	room  int // octets that the header fields of the exchange may still have

	x       Exchange
	problem string              // the first mistake in it
	header  map[string][]string // that the next field belongs to; nil outside of headers
	request bool                // it is that of the request
	scheme  string              // of the connection
}

func (c *curlReader) place() string { return "line " + strconv.Itoa(max(c.line, 1)) }

func (c *curlReader) read() error {
	for {
		b, err := c.br.ReadSlice('\n')
		if len(b) == 0 && err != nil {
			return endOf(err)
		}
		c.line++
		more := c.add(strings.TrimRight(withoutProgress(string(b)), "\r\n"))
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = c.br.ReadSlice('\n')
		}
		if !more {
			return errStopped
		}
		if err != nil {
			return endOf(err)
		}
	}
}

// endOf takes the end of the text for no error.
func endOf(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

// withoutProgress cuts off what curl's progress meter wrote at the beginning of
// the line, where it is written over itself.
func withoutProgress(line string) string {
	if strings.HasPrefix(line, "\r") {
		_, rest, _ := strings.Cut(line, "--:--:-- ")
		if i := strings.IndexAny(rest, "<>*{}"); i >= 0 {
			return rest[i:]
		}
	}
	return line
}

// add reads a line. It reports whether the caller wants more.
func (c *curlReader) add(line string) bool {
	kind, text, _ := strings.Cut(line, " ")
	switch kind {
	case ">":
		return c.sent(text)
	case "<":
		return c.received(text)
	case "*":
		c.note(text)
	case "}":
		c.x.RequestContent = true
	}
	return true
}

// note reads what curl says of the connection: whether it is a secure one.
func (c *curlReader) note(text string) {
	switch text = strings.TrimLeft(text, " "); {
	case strings.HasPrefix(text, "Trying "):
		c.scheme = "http"
	case strings.HasPrefix(text, "SSL connection "), strings.HasPrefix(text, "TLS"), strings.HasPrefix(text, "using TLS"):
		c.scheme = "https"
	case strings.HasPrefix(text, "Re-using "), strings.HasPrefix(text, "Reusing "):
		c.scheme = "" // one of those before
	}
}

func (c *curlReader) sent(text string) bool {
	method, rest, _ := strings.Cut(text, " ")
	target, proto, ok := strings.Cut(rest, " ")
	if c.header == nil || !c.request || text == "" {
		if !ok || !field.IsName(method) || !strings.HasPrefix(proto, "HTTP/") {
			c.header = nil
			return true
		}
		if !c.flush() {
			return false
		}
		c.room = maxHeader
		c.x = Exchange{
			Source: c.place(), Method: method, Target: target, Proto: ascii.TrimOWS(proto), Scheme: c.scheme,
			RequestHeader: map[string][]string{}, RequestComplete: true,
			BodyLength: -1, Truncated: true,
		}
		c.header, c.request = c.x.RequestHeader, true
		return true
	}
	c.addField(text)
	return true
}

func (c *curlReader) received(text string) bool {
	if isStatusLine(text) {
		return c.status(text)
	}
	if text == "" || c.request {
		c.header = nil
	} else if c.header != nil {
		c.addField(text)
	}
	return true
}

func (c *curlReader) status(text string) bool {
	if c.x.Status != 0 && !c.isInterim() { // without a request in between
		if !c.flush() {
			return false
		}
	}
	if c.x.Source == "" {
		c.x = Exchange{Source: c.place(), BodyLength: -1, Truncated: true}
		c.room = maxHeader
	} else if c.x.Status != 0 {
		if len(c.x.Interim) == maxInterim {
			c.wrong("more than 100 interim responses")
		} else {
			c.x.Interim = append(c.x.Interim, Interim{Status: c.x.Status, Header: c.x.Header})
		}
	}
	proto, rest, _ := strings.Cut(text, " ")
	code, _, _ := strings.Cut(rest, " ")
	n, ok := ascii.ParseDigits(code)
	if !ok || n > 1<<30 {
		c.wrong("the line " + quote(text) + " is not a status line")
	}
	if c.x.Proto == "" {
		c.x.Proto = proto
	}
	c.x.ResponseProto, c.x.Status, c.x.Header = proto, httpstatus.Code(n), map[string][]string{}
	c.header, c.request = c.x.Header, false
	return true
}

// isInterim reports whether another response follows the one that was read.
func (c *curlReader) isInterim() bool {
	major, _ := version(c.x.Proto)
	return c.x.Status.IsInformational() && !(c.x.Status == httpstatus.SwitchingProtocols && major == 1)
}

func (c *curlReader) wrong(problem string) {
	if c.problem == "" {
		c.problem = problem
	}
}

func (c *curlReader) addField(text string) {
	name, value, ok := strings.Cut(text, ":")
	trimmed := strings.TrimRight(name, " \t")
	switch c.room -= len(text) + fieldCost; {
	case c.room < 0:
		c.wrong("more than 1 MiB of header lines")
		return
	case !ok:
		c.wrong("the header line " + quote(text) + " has no colon")
		return
	case !field.IsName(trimmed), trimmed != name && !c.request:
		c.wrong("the field name " + quote(name) + " is not a token")
		return
	case trimmed != name:
		c.x.SpacedFields = append(c.x.SpacedFields, trimmed)
	}
	name = http.CanonicalHeaderKey(trimmed)
	c.header[name] = append(c.header[name], ascii.TrimOWS(value))
}

// flush yields the exchange that was read. It reports whether the caller wants
// more.
func (c *curlReader) flush() bool {
	x, problem := c.x, c.problem
	c.x, c.problem, c.header = Exchange{}, "", nil
	switch {
	case x.Source == "":
		return true
	case problem != "":
		return c.yield(Exchange{}, &ReadError{Place: x.Source, Reason: problem})
	case x.Status == 0:
		return c.yield(Exchange{}, &ReadError{Place: x.Source, Reason: "a request without a response", Err: ErrNoResponse})
	}
	return c.yield(x, nil)
}
