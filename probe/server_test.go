package probe_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"example.com/httpstatus"
)

// A shop is a server that answers by the book, until its fault breaks something.
// The fault may answer in the place of the shop, or change what it answers.
type shop struct {
	content  string
	etag     string
	modified time.Time
	fault    func(s *shop, w http.ResponseWriter, r *http.Request) (answered bool)
}

func newShop(fault func(s *shop, w http.ResponseWriter, r *http.Request) bool) *shop {
	return &shop{
		content: "Four score and seven parts ago", etag: `"v1"`,
		modified: time.Date(2026, time.January, 2, 3, 4, 5, 0, time.UTC), fault: fault,
	}
}

const allow = "GET, HEAD, OPTIONS"

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.fault != nil && s.fault(s, w, r) {
		return
	}
	s.serve(w, r)
}

func (s *shop) serve(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path != "/thing":
		s.fail(w, 404)
	case r.Method == "OPTIONS":
		w.Header().Set("Allow", allow)
		w.WriteHeader(204)
	case r.Method == "GET" || r.Method == "HEAD":
		s.get(w, r)
	case r.Method == "POST" || r.Method == "PUT" || r.Method == "PATCH" || r.Method == "DELETE" || r.Method == "TRACE":
		w.Header().Set("Allow", allow)
		s.fail(w, 405)
	default:
		s.fail(w, 501)
	}
}

func (s *shop) fail(w http.ResponseWriter, c httpstatus.Code) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(int(c))
	fmt.Fprintf(w, `{"title":%q,"status":%d}`, c.Phrase(), int(c))
}

func (s *shop) get(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("ETag", s.etag)
	h.Set("Last-Modified", s.modified.Format(http.TimeFormat))
	h.Set("Cache-Control", "max-age=60")
	h.Set("Accept-Ranges", "bytes")
	decision := httpstatus.Precondition{Method: r.Method, Request: r.Header, ETag: s.etag, Modified: s.modified}.Decide()
	switch decision.Status {
	case 304:
		h.Del("Last-Modified")
		w.WriteHeader(304)
		return
	case 412:
		s.fail(w, 412)
		return
	}
	ranged := httpstatus.RangeRequest{Method: r.Method, Request: r.Header, ETag: s.etag, Modified: s.modified, Size: int64(len(s.content))}.Decide()
	part := s.content
	switch {
	case ranged.Status == 416:
		h.Set("Content-Range", ranged.ContentRange)
		s.fail(w, 416)
		return
	case ranged.Status == 206 && len(ranged.Ranges) == 1:
		h.Set("Content-Range", ranged.ContentRange)
		part = part[ranged.Ranges[0].First : ranged.Ranges[0].Last+1]
	case ranged.Status == 206:
		ranged.Status = 200 // the whole is allowed in place of parts
	}
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Length", fmt.Sprint(len(part)))
	w.WriteHeader(int(ranged.Status))
	if r.Method == "GET" {
		io.Copy(w, strings.NewReader(part))
	}
}
