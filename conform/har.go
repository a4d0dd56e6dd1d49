package conform

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// ReadHAR returns an iterator over the exchanges in an HTTP Archive (HAR 1.2),
// as browsers and proxies export it. Source counts the entries from 0, as their
// array does. The archive may stand in a call, as in "onInputData({...});", by
// which pages load it.
//
// An entry that cannot be read is a [*ReadError], and the next one follows. An
// entry without a response, because the request was blocked or canceled, is a
// *ReadError that wraps [ErrNoResponse]. The iteration ends with an error where
// the text stops being JSON, and if something follows the archive.
//
// A HAR holds content as it was after decoding, and often leaves it out, so the
// length of what was sent is not known (BodyLength is -1) and the rules about
// it are silent. The content of a 304 is what the browser had stored, and is
// left out, as are the fields that describe it. Where the browser says that the
// response comes from its cache or from a service worker, the request counts as
// not known. It holds one entry at a time, with at most 64 KiB of content.
func ReadHAR(r io.Reader) iter.Seq2[Exchange, error] {
	return func(yield func(Exchange, error) bool) {
		h := harReader{jsonStream: jsonStream{r: decoded(r)}, yield: yield, place: "log.entries"}
		if n := callLen(beginning(h.r)); n > 0 {
			h.called = true
			h.peek() // past the white space before it
			h.r.Discard(n)
			h.at += int64(n)
		}
		err := h.archive()
		if err == nil {
			h.place = "the end"
			err = h.end()
		}
		if err != nil && err != errStopped {
			yield(Exchange{}, &ReadError{Place: h.place + " (near octet " + strconv.FormatInt(h.at, 10) + ")", Reason: "not a HAR", Err: err})
		}
	}
}

// ErrNoResponse is wrapped by the *ReadError for a request that got no
// response, so that there is nothing to check.
var ErrNoResponse = errors.New("there is no response")

// errStopped ends the reading when the caller wants no more.
var errStopped = errors.New("stopped")

// A harReader reads an archive.
type harReader struct {
	jsonStream
	yield func(Exchange, error) bool
	place string // what is being read
	n     int    // entries before

	called bool // the archive stands in a call
}

// callLen returns the length of the beginning of a call that has an object as
// its argument, as in "onInputData({", without the brace; 0 if text does not
// begin so.
func callLen(text []byte) int {
	open := bytes.IndexByte(text, '(')
	if open < 1 || !bytes.HasPrefix(bytes.TrimLeft(text[open+1:], " \t\r\n"), []byte("{")) {
		return 0
	}
	for i, c := range text[:open] {
		if !ascii.IsAlpha(c) && c != '_' && c != '$' && (i == 0 || !ascii.IsDigit(c) && c != '.') {
			return 0
		}
	}
	return open + 1
}

// archive reads the outermost object.
func (h *harReader) archive() error {
	found := false
	err := h.object(func(name string) error {
		if name != "log" {
			return h.skip()
		}
		if found {
			return h.skipWithError("a second log", "it is not read")
		}
		found = true
		return h.log()
	})
	if err == nil && !found {
		err = errors.New(`there is no member "log"`)
	}
	return err
}

// skipWithError skips a value, and yields an error about it.
func (h *harReader) skipWithError(place, reason string) error {
	if !h.yield(Exchange{}, &ReadError{Place: place, Reason: reason}) {
		return errStopped
	}
	return h.skip()
}

func (h *harReader) log() error {
	found := false
	err := h.object(func(name string) error {
		if name != "entries" {
			return h.skip()
		}
		if found {
			return h.skipWithError("a second log.entries", "it is not read")
		}
		found = true
		err := h.array(h.entry)
		if err == nil {
			h.place = "the end of log"
		}
		return err
	})
	if err == nil && !found {
		err = errors.New(`there is no member "entries"`)
	}
	return err
}

// end reads what follows the archive, which should be nothing.
func (h *harReader) end() error {
	if h.called {
		if err := h.expect(')'); err != nil {
			return err
		}
		h.take(';')
	}
	switch _, err := h.peek(); err {
	case io.ErrUnexpectedEOF:
		return nil
	case nil:
		return errors.New("something follows the archive")
	default:
		return err
	}
}

// entry reads an entry and yields what it is.
func (h *harReader) entry() error {
	h.place = "entry " + strconv.Itoa(h.n)
	var e harEntry
	if err := e.read(&h.jsonStream); err != nil {
		return err
	}
	x, err := e.exchange()
	switch {
	case e.problem != "":
		err = &ReadError{Place: h.place, Reason: "it makes no exchange", Err: errors.New(e.problem)}
	case err == ErrNoResponse:
		err = &ReadError{Place: h.place, Reason: "it makes no exchange", Err: err}
	case err != nil:
		err = &ReadError{Place: h.place, Reason: "it makes no exchange", Err: err}
	default:
		x.Source = h.place
	}
	if err != nil {
		x = Exchange{}
	}
	if !h.yield(x, err) {
		return errStopped
	}
	h.n++
	h.place = "the end of log.entries"
	return nil
}

// A harEntry is what matters of an entry.
type harEntry struct {
	problem string // the first member that is of the wrong type

	method, url, requestVersion string
	requestHeader               map[string][]string
	sent                        bool // the request had content
	stored                      bool // the response is none to this request

	status, responseVersion string
	header                  map[string][]string
	bodySize, size          string // as written; "" if there is none
	text                    []byte
	textCut                 bool
	base64                  bool

	room int // octets that the header fields may still have
}

// maxKept is how much of a content's text is kept: enough for 64 KiB in base64.
const maxKept = maxContent/3*4 + 4

// read reads an entry. It is an error only if the text is not JSON.
func (e *harEntry) read(s *jsonStream) error {
	e.room = maxHeader
	return e.object(s, "the entry", func(name string) error {
		switch name {
		case "_fromCache", "_fetchType", "_fetchedViaServiceWorker":
			return e.fetched(s)
		case "request":
			return e.object(s, "the request", func(name string) error { return e.request(s, name) })
		case "response":
			return e.object(s, "the response", func(name string) error { return e.response(s, name) })
		}
		return s.skip()
	})
}

// fetched reads a member by which browsers tell that the response is not the
// answer to this very request: one that a cache had, perhaps after asking
// whether it is still good, or one that a script made.
func (e *harEntry) fetched(s *jsonStream) error {
	kind, err := s.scalar(64)
	switch kind {
	case jsonString:
		e.stored = e.stored || len(s.buf) > 0 && !bytes.HasPrefix(s.buf, []byte("Network"))
	case jsonBool:
		e.stored = e.stored || string(s.buf) == "true"
	}
	return err
}

// object reads an object, or null. Another value is a problem, and is skipped.
func (e *harEntry) object(s *jsonStream, what string, member func(string) error) error {
	kind, err := s.kind()
	if err == nil && kind == jsonObject {
		return s.object(member)
	}
	return e.not(s, kind, err, what+" is not an object")
}

// not skips a value that is of the wrong kind, which is a problem unless it is
// null.
func (e *harEntry) not(s *jsonStream, kind jsonKind, err error, problem string) error {
	if err != nil {
		return err
	}
	if kind != jsonNull {
		e.wrong(problem)
	}
	return s.skip()
}

// wrong notes the first problem.
func (e *harEntry) wrong(problem string) {
	if e.problem == "" {
		e.problem = problem
	}
}

// string reads a string; null is "".
func (e *harEntry) string(s *jsonStream, what string, limit int) (string, error) {
	kind, err := s.scalar(limit)
	if err != nil || kind == jsonNull {
		return "", err
	}
	if kind != jsonString {
		e.wrong(what + " is not a string")
		return "", nil
	}
	return string(s.buf), nil
}

// number reads a number, or a string that holds one, with or without commas
// between its groups of digits. null is "".
func (e *harEntry) number(s *jsonStream, what string) (string, error) {
	kind, err := s.scalar(64)
	if err != nil || kind == jsonNull {
		return "", err
	}
	if kind != jsonNumber && kind != jsonString {
		e.wrong(what + " is not a number")
		return "", nil
	}
	return string(bytes.ReplaceAll(bytes.TrimSpace(s.buf), []byte(","), nil)), nil
}

func (e *harEntry) request(s *jsonStream, name string) (err error) {
	switch name {
	case "method":
		e.method, err = e.string(s, "the method", maxLine)
	case "url":
		e.url, err = e.string(s, "the URL", maxLine)
	case "httpVersion":
		e.requestVersion, err = e.string(s, "the version", 64)
	case "headers":
		e.requestHeader, err = e.fields(s)
	case "bodySize":
		var n string
		n, err = e.number(s, "the size of the request's content")
		e.sent = e.sent || isPositive(n)
	case "postData":
		err = e.object(s, "the posted data", func(name string) error { return e.posted(s, name) })
	default:
		err = s.skip()
	}
	return err
}

// posted reads a member of the posted data, which some exporters write though
// nothing was posted.
func (e *harEntry) posted(s *jsonStream, name string) error {
	switch name {
	case "text":
		_, err := s.scalar(1)
		e.sent = e.sent || len(s.buf) > 0
		return err
	case "params":
		if kind, err := s.kind(); err != nil || kind != jsonArray {
			return orElse(err, s.skip())
		}
		return s.array(func() error {
			e.sent = true
			return s.skip()
		})
	}
	return s.skip()
}

func (e *harEntry) response(s *jsonStream, name string) (err error) {
	switch name {
	case "status":
		e.status, err = e.number(s, "the status")
	case "httpVersion":
		e.responseVersion, err = e.string(s, "the version", 64)
	case "headers":
		e.header, err = e.fields(s)
	case "bodySize":
		e.bodySize, err = e.number(s, "the size of the response")
	case "content":
		err = e.object(s, "the content", func(name string) error { return e.content(s, name) })
	default:
		err = s.skip()
	}
	return err
}

func (e *harEntry) content(s *jsonStream, name string) (err error) {
	switch name {
	case "size":
		e.size, err = e.number(s, "the size of the content")
	case "text":
		var text string
		text, err = e.string(s, "the text of the content", maxKept)
		e.text, e.textCut = []byte(text), s.cut
	case "encoding":
		var encoding string
		encoding, err = e.string(s, "the encoding of the content", 64)
		e.base64 = ascii.EqualFold(encoding, "base64")
	default:
		err = s.skip()
	}
	return err
}

// fields reads an array of header fields, without the pseudo fields of HTTP/2.
func (e *harEntry) fields(s *jsonStream) (map[string][]string, error) {
	h := make(map[string][]string)
	if kind, err := s.kind(); err != nil || kind != jsonArray {
		return h, e.not(s, kind, err, "the header is not an array")
	}
	return h, s.array(func() error {
		name, value := "", ""
		err := e.object(s, "a header field", func(member string) (err error) {
			switch member {
			case "name":
				name, err = e.string(s, "the name of a header field", maxLine)
			case "value":
				value, err = e.string(s, "the value of a header field", maxLine)
			default:
				err = s.skip()
			}
			return err
		})
		if e.room -= len(name) + len(value) + fieldCost; e.room < 0 {
			e.wrong("the header fields have more than 1 MiB")
			return err
		}
		if err == nil && name != "" && name[0] != ':' {
			h[name] = append(h[name], ascii.TrimOWS(value))
		}
		return err
	})
}

// hasNoResponse reports whether the status says that none came. Browsers write
// 0 and -1, proxies -2 and null; no status code is negative.
func (e *harEntry) hasNoResponse() bool {
	return e.status == "" || e.status == "0" || e.status[0] == '-'
}

// exchange returns the entry as an exchange, or ErrNoResponse.
func (e *harEntry) exchange() (Exchange, error) {
	if e.hasNoResponse() {
		return Exchange{}, ErrNoResponse
	}
	status, err := strconv.Atoi(e.status)
	if err != nil {
		return Exchange{}, errors.New("the response status " + quote(e.status) + " is not a number")
	}
	x := Exchange{
		Proto:          e.requestVersion,
		Method:         e.method,
		Target:         e.url,
		RequestHeader:  e.requestHeader,
		RequestContent: e.sent,
		Status:         httpstatus.Code(status),
		Header:         e.header,
	}
	// No browser sends HTTP/1.0: that is what exporters write who do not know.
	if ascii.EqualFold(x.Proto, "unknown") || x.Proto == "" || ascii.EqualFold(x.Proto, "HTTP/1.0") {
		x.Proto = e.responseVersion
	}
	repairLength(x.Header)
	switch {
	case e.stored, x.Status == httpstatus.NotModified && !isWhole304(&x), x.Status == httpstatus.OK && e.mayBeValidated(&x):
		x.Method = ""
	}
	if u, err := url.Parse(e.url); err == nil && u.Scheme != "" {
		if !isWebScheme(u.Scheme) { // such as data: and blob:, which get a 200 without HTTP
			return Exchange{}, ErrNoResponse
		}
		x.Scheme, x.Host, x.Target = u.Scheme, u.Host, u.RequestURI()
	}
	return x, e.fill(&x)
}

// repairLength mends what browsers make of Content-Length: Internet Explorer
// writes commas into it, and Chrome writes it twice.
func repairLength(h map[string][]string) {
	for name, lines := range h {
		if !ascii.EqualFold(name, "Content-Length") {
			continue
		}
		for i := range lines {
			if digits := strings.ReplaceAll(lines[i], ",", ""); len(digits) > 3 && ascii.AllDigits(digits) {
				lines[i] = digits
			}
		}
		h[name] = slices.Compact(lines)
	}
}

// isWhole304 takes out of a 304 what browsers add from the stored response. It
// reports whether the rest is what was sent: it has a date, which servers add
// and Internet Explorer leaves out, and the request has its condition, which a
// browser adds after it has recorded the request.
func isWhole304(x *Exchange) bool {
	for name := range x.Header {
		for _, stored := range [...]string{"Content-Type", "Content-Encoding", "Content-Language", "Content-Length"} {
			if ascii.EqualFold(name, stored) {
				delete(x.Header, name)
			}
		}
	}
	return field.Has(x.Header, "Date") && isConditional(x)
}

func isConditional(x *Exchange) bool {
	return field.Has(x.RequestHeader, "If-None-Match") || field.Has(x.RequestHeader, "If-Modified-Since")
}

// mayBeValidated reports whether a 200 may be a stored response that a 304 has
// validated: Chrome's protocol shows it so to others. The request had a
// condition, and no such content came as the response tells of.
func (e *harEntry) mayBeValidated(x *Exchange) bool {
	if !isConditional(x) {
		return false
	}
	came, ok1 := ascii.ParseDigits(e.bodySize)
	declared, ok2 := ascii.ParseDigits(ascii.TrimOWS(field.First(x.Header, "Content-Length")))
	return !ok1 || !ok2 || came == 0 || came < declared
}

// isWebScheme reports whether a resource with such a URI is asked for by HTTP.
func isWebScheme(scheme string) bool {
	switch scheme { // in lower case, as net/url returns it
	case "http", "https", "ws", "wss":
		return true
	}
	return false
}

// fill fills in what the entry says of the response's content.
func (e *harEntry) fill(x *Exchange) error {
	if x.Status == httpstatus.NotModified {
		x.BodyLength, x.Truncated = -1, true
		return nil
	}
	body := e.text
	if e.base64 {
		var err error
		if body, err = decodeBase64(body, e.textCut); err != nil {
			return errors.New("the content is not base64")
		}
	}
	switch {
	case len(body) > 0:
		x.BodyLength = -1
		x.Body = bytes.Clone(body[:min(len(body), maxContent)])
		x.Truncated = e.textCut || len(body) > maxContent
	case e.size == "0" && e.bodySize == "0" && !isPositive(field.First(x.Header, "Content-Length")) &&
		!field.Has(x.Header, "Transfer-Encoding") && !field.Has(x.Header, "Content-Encoding"):
		// Empty, by the word of who exported it.
	default:
		x.BodyLength, x.Truncated = -1, true
	}
	return nil
}

// decodeBase64 decodes either alphabet, with or without padding and line ends.
// If the text was cut off, its complete groups are decoded.
func decodeBase64(text []byte, cut bool) ([]byte, error) {
	text = bytes.Map(func(r rune) rune {
		switch r {
		case '-':
			return '+'
		case '_':
			return '/'
		case ' ', '\n', '\r', '\t':
			return -1
		}
		return r
	}, text)
	text = bytes.TrimRight(text, "=")
	if cut && len(text)%4 == 1 {
		text = text[:len(text)-1]
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(text)))
	n, err := base64.RawStdEncoding.Decode(out, text)
	return out[:n], err
}

func isPositive(n string) bool {
	f, err := strconv.ParseFloat(strings.ReplaceAll(n, ",", ""), 64)
	return err == nil && f > 0
}
