package late

import (
	"bytes"
	"io"
	"net/http"
)

// Trailers are set after the content.
func declared(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Trailer", "X-Sum, X-Count")
	w.WriteHeader(http.StatusOK)
	io.WriteString(w, "content")
	w.Header().Set("x-sum", "1")
	w.Header().Set("X-Count", "2")
}

func prefixed(w http.ResponseWriter, name string) {
	w.Write([]byte("content"))
	w.Header().Set(http.TrailerPrefix+"X-Sum", "1")
	w.Header().Set(http.TrailerPrefix+name, "1")
}

func passedOn(w http.ResponseWriter, resp *http.Response) {
	w.WriteHeader(resp.StatusCode)
	io.Copy(w, resp.Body)
	for k, vs := range resp.Trailer {
		for _, v := range vs {
			w.Header().Add(k, v)
		}
	}
}

// An interim response is followed by the header proper.
func hints(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Link", "</a.css>; rel=preload")
	w.WriteHeader(http.StatusEarlyHints)
	w.Header().Set("Content-Type", "text/html")
	w.Write([]byte("<p>"))
}

// One way or the other, never both.
func either(w http.ResponseWriter, r *http.Request, ok bool) {
	if !ok {
		w.WriteHeader(http.StatusNotFound)
	}
	if ok {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte("<p>"))
	}
}

// If the write failed, nothing may have been sent.
func failed(w http.ResponseWriter, r io.Reader) {
	if _, err := io.Copy(w, r); err != nil {
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(http.StatusBadGateway)
	}
}

// Another header, another writer.
func others(w http.ResponseWriter, out http.ResponseWriter, req *http.Request) {
	w.WriteHeader(http.StatusOK)
	req.Header.Set("X-Seen", "1")
	out.Header().Set("X-Seen", "1")
	h := http.Header{}
	h.Set("X-Seen", "1")
}

// A writer that keeps everything back.
type buffered struct {
	http.ResponseWriter
	buf    bytes.Buffer
	status int
}

func (b *buffered) WriteHeader(status int)      { b.status = status }
func (b *buffered) Write(p []byte) (int, error) { return b.buf.Write(p) }

func keptBack(w http.ResponseWriter, r *http.Request) {
	b := &buffered{ResponseWriter: w}
	b.WriteHeader(http.StatusOK)
	b.Header().Set("Content-Type", "text/html")
}

// The next turn of a loop is another response.
func each(ws []http.ResponseWriter) {
	for _, w := range ws {
		w.Header().Set("X-Seen", "1")
		w.WriteHeader(http.StatusOK)
	}
}

// A trailer that the caller has declared, and one that is called so.
func declares(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Trailer", "X-End")
	if r.Method != "GET" {
		ends(w)
		return
	}
}

func ends(w http.ResponseWriter) {
	w.WriteHeader(http.StatusBadRequest)
	w.Header().Set("X-End", "complete")
}

const sumTrailer = "X-Sum"

func sums(w http.ResponseWriter) {
	w.WriteHeader(http.StatusOK)
	w.Header().Set(sumTrailer, "1")
}
