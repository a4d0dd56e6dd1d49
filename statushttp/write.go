package statushttp

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
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
	if h := w.Header(); head && h["Content-Encoding"] == nil {
		h["Content-Length"] = []string{strconv.Itoa(len(*buf))}
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

// clean removes from h what speaks of the content that is not sent now, in
// whatever case its name is spelled: a handler may have written to the map.
func clean(h http.Header, status httpstatus.Code) {
	for name, values := range h {
		canonical := http.CanonicalHeaderKey(name)
		switch {
		case canonical == "Trailer":
			delete(h, name)
			dropTrailers(h, values)
		case isStale(canonical, status), canonical != name && isOurs(canonical):
			delete(h, name)
		case canonical == "Cache-Control" && status != httpstatus.NotModified:
			delete(h, name)
			if values = restrictions(values); values != nil {
				h[canonical] = values
			}
		}
	}
}

// isOurs reports whether a field has been set for the content that is sent.
func isOurs(name string) bool { return name == "Content-Type" || name == "X-Content-Type-Options" }

// dropTrailers deletes the fields that were declared as trailers. They would else
// be sent in the header.
func dropTrailers(h http.Header, trailer []string) {
	for _, line := range trailer {
		for name, rest, ok := field.CutName(line); ok; name, rest, ok = field.CutName(rest) {
			if name = http.CanonicalHeaderKey(name); !isOurs(name) && name != "Vary" {
				drop(h, name)
			}
		}
	}
}

// drop deletes a field in whatever case its name is spelled.
func drop(h http.Header, canonical string) {
	for name := range h {
		if len(name) == len(canonical) && ascii.EqualFold(name, canonical) {
			delete(h, name)
		}
	}
}

// addHeader sets the fields of e; a remote one has none to pass on.
func addHeader(h http.Header, e *httpstatus.Error) {
	own := e.Header()
	if own == nil || e.Remote() {
		return
	}
	for name, values := range own {
		switch {
		case name == "X-Content-Type-Options": // has its one value
		case field.MayRepeat(name):
			h[name] = append(h[name], values...)
		default:
			drop(h, name)
			h[name] = values
		}
	}
}

// fitVersion sets and removes what is the connection's. HTTP/2 and HTTP/3 have
// neither Upgrade nor Connection: RFC 9113, Section 8.2.2;
// RFC 9114, Section 4.2. With HTTP/1.1 a connection is closed after a request whose
// content was larger than [http.MaxBytesReader] allows, as net/http does by
// itself unless its ResponseWriter is wrapped.
func fitVersion(h http.Header, r *http.Request, closes bool) {
	switch {
	case r == nil:
	case r.ProtoMajor >= 2:
		delete(h, "Connection")
		delete(h, "Upgrade")
	case closes:
		h["Connection"] = []string{"close"}
	}
}

// maxBytes returns the error of [http.MaxBytesReader] that err is or wraps; nil if
// there is none.
func maxBytes(err error) (found *http.MaxBytesError) {
	errtree.Walk(err, func(err error) bool {
		found, _ = err.(*http.MaxBytesError)
		return found != nil
	})
	return found
}

// tooLarge returns the error for content that is larger than the limit.
func tooLarge(limit int64) *httpstatus.Error {
	return httpstatus.ContentTooLarge.New("", "The content is larger than "+strconv.FormatInt(limit, 10)+" bytes.")
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
	case "Content-Length", "Content-Encoding", "Transfer-Encoding":
		return true
	case "Content-Type": // set again where there is content
		return status == httpstatus.NotModified
	case "Content-Range":
		return status != httpstatus.RangeNotSatisfiable
	case "Location":
		return !status.IsRedirection()
	case "Etag", "Last-Modified", "Expires", "Age", "Repr-Digest", "Digest", "Surrogate-Control", "Edge-Control":
		return status != httpstatus.NotModified
	case "X-Sendfile", "X-Lighttpd-Send-File", "X-Litespeed-Location": // a server in front of us would send the file
		return true
	}
	switch {
	case strings.HasPrefix(name, http.TrailerPrefix): // net/http takes it for a trailer
		return true
	case strings.HasPrefix(name, "X-Accel-"): // the same for nginx, and how long it may keep it
		return true
	case strings.HasPrefix(name, "Content-"): // all others but the one that is no metadata
		return status != httpstatus.NotModified && !strings.HasPrefix(name, "Content-Security-Policy")
	case strings.HasSuffix(name, "-Cache-Control"): // RFC 9213, and its like
		return status != httpstatus.NotModified
	}
	return false
}

// restrictions returns what a Cache-Control field says against storing and
// reusing a response; that holds for an error too. How long the content would
// have been fresh does not, but that it was not to be fresh at all does.
//
// must-revalidate is not kept: it says nothing of what is fresh, and lets a shared
// cache store the answer to a request with credentials
// (RFC 9111, Section 3.5).
func restrictions(values []string) []string {
	var kept []string
	list := field.CacheControl(values)
	for d, ok := list.Next(); ok; d, ok = list.Next() {
		name := strings.ToLower(d.Name)
		switch name {
		case "no-store":
		case "no-cache", "private":
			if d.ListsNames() {
				name += `="` + d.Argument + `"`
			}
		case "max-age", "s-maxage":
			if seconds, ok := d.Seconds(); ok && seconds > 0 {
				continue
			}
			name = "no-cache"
		default:
			continue
		}
		if !slices.Contains(kept, name) {
			kept = append(kept, name)
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
	case has(vary, "Accept"):
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
