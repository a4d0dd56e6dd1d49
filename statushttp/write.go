package statushttp

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/errtree"
	"example.com/httpstatus/internal/field"
)

// Write answers a request with err: with its status code, its header fields and
// content in the format that the request asks for. It is the Write method of a
// zero [Responder]: see [Responder.Write] for the particulars.
//
//	statushttp.Write(w, r, httpstatus.NotFound.New("user_not_found", "No such user."))
func Write(w http.ResponseWriter, r *http.Request, err error) {
	var rs Responder
	rs.Write(w, r, err)
}

// send writes e in the given format to w, whose header is complete but for the
// length: net/http finds that out by itself unless there is no content.
func send(w http.ResponseWriter, head bool, e *httpstatus.Error, status httpstatus.Code, f httpstatus.Format) {
	buf := buffers.Get().(*[]byte)
	*buf = e.AppendBody((*buf)[:0], f)
	if head {
		w.Header()["Content-Length"] = []string{strconv.Itoa(len(*buf))}
	}
	w.WriteHeader(int(status))
	if !head {
		_, _ = w.Write(*buf) // there is no one left to tell
	}
	if cap(*buf) <= maxBuffer {
		buffers.Put(buf)
	}
}

// maxBuffer is the largest buffer that is worth keeping.
const maxBuffer = 16 << 10

var buffers = sync.Pool{New: func() any {
	b := make([]byte, 0, 512)
	return &b
}}

// clean removes from h what speaks of the content that is not sent now.
func clean(h http.Header, status httpstatus.Code) {
	for name, values := range h {
		switch {
		case isStale(name, status):
			delete(h, name)
		case name == "Cache-Control" && status != httpstatus.NotModified:
			if values = restrictions(values); values == nil {
				delete(h, name)
			} else {
				h[name] = values
			}
		}
	}
}

// addHeader sets the fields of e; a remote one has none to pass on.
func addHeader(h http.Header, e *httpstatus.Error) {
	if e.Remote() {
		return
	}
	for name, values := range e.Header() {
		switch {
		case name == "X-Content-Type-Options": // has its one value
		case field.MayRepeat(name):
			h[name] = append(h[name], values...)
		default:
			h[name] = values
		}
	}
}

// fitVersion sets and removes what is the connection's. HTTP/2 and HTTP/3 have
// neither Upgrade nor Connection: RFC 9113, Section 8.2.2;
// RFC 9114, Section 4.2. With HTTP/1.1 a connection is closed after a request whose
// content was larger than [http.MaxBytesReader] allows, as net/http does by
// itself unless its ResponseWriter is wrapped.
func fitVersion(h http.Header, r *http.Request, err error) {
	switch {
	case r == nil:
	case r.ProtoMajor >= 2:
		delete(h, "Connection")
		delete(h, "Upgrade")
	case isTooLarge(err):
		h["Connection"] = []string{"close"}
	}
}

// isTooLarge reports whether err is that of [http.MaxBytesReader].
func isTooLarge(err error) bool {
	if e, ok := err.(*httpstatus.Error); ok && e.Unwrap() == nil { // most are
		return false
	}
	return errtree.Walk(err, func(err error) bool {
		_, ok := err.(*http.MaxBytesError)
		return ok
	})
}

// missing returns the fields that a status code requires and h lacks, without
// those that the version of HTTP does not have.
func missing(h http.Header, r *http.Request, status httpstatus.Code) []string {
	names := status.MissingHeaders(h)
	if r != nil && r.ProtoMajor >= 2 {
		names = slices.DeleteFunc(names, func(name string) bool { return name == "Connection" || name == "Upgrade" })
	}
	return slices.Clip(names)
}

// isStale reports whether a header field that was set before the error came up
// speaks of that other content. A 304 has what it says of the stored response,
// a 416 the size that would have been right, and a redirect its target.
func isStale(name string, status httpstatus.Code) bool {
	switch name {
	case "Content-Length", "Content-Encoding", "Transfer-Encoding", "Trailer":
		return true
	case "Content-Type": // set again where there is content
		return status == httpstatus.NotModified
	case "Content-Range":
		return status != httpstatus.RangeNotSatisfiable
	case "Location":
		return !status.IsRedirection()
	case "Content-Disposition", "Content-Language", "Content-Location", "Content-Md5", "Content-Digest", "Repr-Digest", "Digest",
		"Etag", "Last-Modified", "Expires", "Age", "Surrogate-Control":
		return status != httpstatus.NotModified
	}
	switch {
	case strings.HasPrefix(name, http.TrailerPrefix): // net/http takes it for a trailer
		return true
	case strings.HasSuffix(name, "-Cache-Control"): // RFC 9213, and its like
		return status != httpstatus.NotModified
	}
	return false
}

// restrictions returns what a Cache-Control field says against storing and
// reusing a response; that holds for an error too. How long the content would
// have been fresh does not.
func restrictions(values []string) []string {
	var kept []string
	for _, line := range values {
		for directive := range strings.SplitSeq(line, ",") {
			switch directive = strings.ToLower(strings.TrimSpace(directive)); directive {
			case "no-store", "no-cache", "private":
				kept = append(kept, directive)
			}
		}
	}
	if kept == nil {
		return nil
	}
	return []string{strings.Join(kept, ", ")}
}

// setContentHeader sets the fields that describe the content, as far as they
// are not there already, and returns how many they are. All values are in one
// allocation.
func setContentHeader(h http.Header, f httpstatus.Format, negotiated bool) int {
	var values *[3]string
	media := f.MediaType()
	if len(h) == 0 { // as net/http gives it to a handler that has set nothing
		values = &[3]string{media, "nosniff", "Accept"}
		h["Content-Type"] = values[0:1:1]
		h["X-Content-Type-Options"] = values[1:2:2]
		if !negotiated {
			return 2
		}
		h["Vary"] = values[2:3:3]
		return 3
	}
	if !has(h["Content-Type"], media) {
		values = new([3]string)
		values[0] = media
		h["Content-Type"] = values[0:1:1]
	}
	if !has(h["X-Content-Type-Options"], "nosniff") {
		if values == nil {
			values = new([3]string)
		}
		values[1] = "nosniff"
		h["X-Content-Type-Options"] = values[1:2:2]
	}
	if !negotiated {
		return 2
	}
	switch vary := h["Vary"]; {
	case len(vary) == 0 && values != nil:
		values[2] = "Accept"
		h["Vary"] = values[2:3:3]
	default:
		if with := field.WithVary(vary, "Accept"); len(with) > len(vary) {
			h["Vary"] = with
		}
	}
	return 3
}

// has reports whether a field has the one value.
func has(values []string, value string) bool { return len(values) == 1 && values[0] == value }
