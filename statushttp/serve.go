package statushttp

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/errtree"
)

// A Representation is what [Serve] sends.
type Representation struct {
	// Content has the octets of the representation; those of the content coding if
	// the handler has set Content-Encoding. Only the parts that are sent are read.
	// Several requests may share it, as they may share an *os.File: its position
	// is neither used nor changed.
	Content io.ReaderAt

	// Size is how many octets Content has.
	Size int64

	// ContentType is the media type. If it is "", the Content-Type that the
	// handler has set stays, and without one it is application/octet-stream. The
	// type is never guessed from the content.
	ContentType string

	// ETag is the entity tag, quotes included: `"v7"`, or `W/"v7"` if it is weak.
	// If it is "", the ETag that the handler has set counts. Compressed and plain
	// representations need different tags.
	ETag string

	// Modified is when the representation was last modified; zero if that is not
	// known. A time in the future is sent as the present
	// (RFC 9110, Section 8.8.2.1). A Last-Modified that the handler has set is
	// sent if Modified is zero, and not compared.
	Modified time.Time

	// MaxRanges is how many ranges are worth serving; see
	// [httpstatus.RangeRequest].
	MaxRanges int
}

// Serve answers a GET or HEAD request, or a QUERY, with a representation, with
// the part of it that the request asks for, or with a 304 if the client has it
// already:
//
//   - 200 with all of it;
//   - 206 with one part, or with several as multipart/byteranges;
//   - 304 if a precondition shows that the client has it. Of the fields that
//     describe the representation it keeps those that RFC 9110, Section 15.4.5,
//     names.
//
// In all other cases Serve sends nothing and returns an *httpstatus.Error, for
// a [HandlerFunc] to return:
//
//   - 412 if a precondition fails, and 416 if no part of a Range lies in the
//     representation;
//   - 405 for another method. The result of a POST is not a representation of
//     its target, and is simply written;
//   - 500 for a representation that cannot be sent: its ETag is no entity tag,
//     its Content is nil or its Size negative, or Content fails before anything
//     was sent.
//
// The decisions are those of [httpstatus.Precondition] and
// [httpstatus.RangeRequest]. The fields that the handler has set, such as
// Cache-Control, Vary, Content-Encoding and Content-Disposition, are sent along.
// Serve sets Content-Length, Content-Type, ETag, Last-Modified, Accept-Ranges and
// Content-Range.
//
// If the client leaves or Content fails halfway, the error is an
// [*IncompleteError]. If a HandlerFunc returns it, the connection is cut, so
// that what was sent does not look complete.
func Serve(w http.ResponseWriter, r *http.Request, rep Representation) error {
	switch r.Method {
	case "", http.MethodGet, http.MethodHead, methodQuery:
	default:
		return httpstatus.MethodNotAllowed.New("", "").WithAllow(http.MethodGet, http.MethodHead)
	}
	h := w.Header()
	respell(h)
	if rep.ETag == "" {
		rep.ETag = h.Get("Etag")
	}
	if err := checkETag(rep.ETag); err != nil {
		return err
	}
	if rep.Size < 0 {
		return errNoContent
	}
	now := time.Now()
	if rep.Modified.After(now) {
		rep.Modified = now
	}
	condition := httpstatus.Precondition{Method: r.Method, Request: r.Header, ETag: rep.ETag, Modified: rep.Modified}.Decide()
	if condition.Status == httpstatus.NotModified {
		if rep.ETag != "" { // a date is then not sent
			rep.Modified = time.Time{}
		}
		rep.setValidators(h)
		keepForNotModified(h)
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	if condition.Status != 0 {
		return refusal(condition)
	}
	part := httpstatus.RangeRequest{
		Method: r.Method, Request: r.Header, ETag: rep.ETag, Modified: rep.Modified, Date: now, Size: rep.Size, MaxRanges: rep.MaxRanges,
	}.Decide()
	if part.Status == httpstatus.RangeNotSatisfiable {
		return part.Status.New("", fmt.Sprintf("No part of the Range lies in the representation, which has %d octets.", rep.Size)).
			WithHeader("Content-Range", part.ContentRange)
	}
	return rep.send(w, r.Method == http.MethodHead, part)
}

// respell gives the fields that Serve reads and sets their canonical names: a
// handler that wrote to the map may have spelled one ETag.
func respell(h http.Header) {
	for name, values := range h {
		canonical := http.CanonicalHeaderKey(name)
		if canonical == name {
			continue
		}
		switch canonical {
		case "Etag", "Last-Modified", "Content-Type", "Content-Length", "Accept-Ranges", "Content-Range":
			delete(h, name)
			if len(h[canonical]) == 0 {
				h[canonical] = values
			}
		}
	}
}

// methodQuery is in no package of net/http yet (RFC 10008).
const methodQuery = "QUERY"

var errNoContent = errors.New("statushttp: a Representation needs a Content, and a Size that is not negative")

// An IncompleteError says that [Serve] has sent part of a response and could not
// send the rest.
type IncompleteError struct {
	Sent int64 // octets of content that were handed to net/http
	Size int64 // octets that were announced
	Err  error // of the client's connection, or of the content
}

// Error says how much was sent, and why not all.
func (e *IncompleteError) Error() string {
	return fmt.Sprintf("statushttp: sent %d of %d octets: %v", e.Sent, e.Size, e.Err)
}

// Unwrap returns Err.
func (e *IncompleteError) Unwrap() error { return e.Err }

// isIncomplete reports whether err is or wraps an [*IncompleteError].
func isIncomplete(err error) bool {
	return errtree.Walk(err, func(err error) bool {
		_, ok := err.(*IncompleteError)
		return ok
	})
}

// setValidators sets ETag and Last-Modified.
func (rep *Representation) setValidators(h http.Header) {
	if rep.ETag != "" {
		h["Etag"] = []string{rep.ETag}
	}
	if !rep.Modified.IsZero() {
		h["Last-Modified"] = []string{rep.Modified.UTC().Format(http.TimeFormat)}
	}
}

// send sends a 200 or a 206.
func (rep *Representation) send(w http.ResponseWriter, head bool, part httpstatus.RangeDecision) error {
	h := w.Header()
	media := strings.NewReplacer("\r", " ", "\n", " ").Replace(rep.ContentType)
	if media == "" {
		media = h.Get("Content-Type")
	}
	if media == "" {
		media = "application/octet-stream"
	}
	ranges := part.Ranges
	if part.Status == httpstatus.OK {
		ranges = []httpstatus.ByteRange{{First: 0, Last: rep.Size - 1}}
	}
	s := sender{w: w, content: rep.Content, ranges: ranges, announced: ranges[0].Len()}
	if len(ranges) > 1 {
		boundary := rand.Text()
		s.multipart(rep.Size, media, boundary)
		media = "multipart/byteranges; boundary=" + boundary
	}
	if !head && rep.Size > 0 {
		s.buf = contentBuffers.Get().(*[]byte)
		defer contentBuffers.Put(s.buf)
		// Read before anything is sent, so that a failure can still be told.
		if s.read(ranges[0]); s.err != nil {
			return s.err
		}
	}
	rep.setValidators(h)
	h["Content-Type"] = []string{media}
	h["Content-Length"] = []string{strconv.FormatInt(s.announced, 10)}
	h["Accept-Ranges"] = []string{"bytes"}
	if rep.MaxRanges < 0 {
		h["Accept-Ranges"] = []string{"none"}
	}
	delete(h, "Content-Range")
	if part.ContentRange != "" {
		h["Content-Range"] = []string{part.ContentRange}
	}
	w.WriteHeader(int(part.Status))
	if s.buf == nil {
		return nil
	}
	if s.send(); s.err != nil {
		return &IncompleteError{s.sent, s.announced, s.err}
	}
	return nil
}

// A sender sends ranges of a content, with text around them if they are the parts
// of a multipart.
type sender struct {
	w         http.ResponseWriter
	content   io.ReaderAt
	ranges    []httpstatus.ByteRange
	before    []string // each range, if there are several
	after     string   // all of them
	announced int64    // the sum of it
	buf       *[]byte  // for what is read
	unsent    []byte   // what has been read
	sent      int64
	err       error // the first that came up
}

// contentBuffers has buffers that are large enough for the calls to the system
// not to matter, and so small that many slow clients do not need much.
var contentBuffers = sync.Pool{New: func() any {
	b := make([]byte, 128<<10)
	return &b
}}

// multipart puts the text of multipart/byteranges around the ranges.
// RFC 9110, Section 14.6.
func (s *sender) multipart(size int64, media, boundary string) {
	s.after = "\r\n--" + boundary + "--\r\n"
	s.announced = int64(len(s.after))
	s.before = make([]string, len(s.ranges))
	lineEnd := ""
	for i, r := range s.ranges {
		s.before[i] = lineEnd + "--" + boundary + "\r\nContent-Type: " + media + "\r\nContent-Range: " + r.ContentRange(size) + "\r\n\r\n"
		s.announced += int64(len(s.before[i])) + r.Len()
		lineEnd = "\r\n"
	}
}

// send sends all ranges, of which the beginning of the first has been read.
func (s *sender) send() {
	for i, r := range s.ranges {
		if s.before != nil {
			s.write([]byte(s.before[i]))
		}
		for s.err == nil {
			if s.unsent == nil {
				s.read(r)
			}
			r.First += int64(len(s.unsent))
			s.write(s.unsent)
			s.unsent = nil
			if r.First > r.Last {
				break
			}
		}
	}
	s.write([]byte(s.after))
}

// read reads the beginning of a range into the buffer.
func (s *sender) read(r httpstatus.ByteRange) {
	if s.content == nil {
		s.err = errNoContent
		return
	}
	s.unsent = (*s.buf)[:min(r.Len(), int64(len(*s.buf)))]
	if n, err := s.content.ReadAt(s.unsent, r.First); n < len(s.unsent) {
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		s.err = fmt.Errorf("statushttp: reading the content at octet %d: %w", r.First+int64(n), err)
	}
}

// write sends b, unless something failed before.
func (s *sender) write(b []byte) {
	if s.err != nil || len(b) == 0 {
		return
	}
	n, err := s.w.Write(b)
	s.sent += int64(n)
	s.err = err
}
