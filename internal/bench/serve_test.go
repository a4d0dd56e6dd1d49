package bench

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.com/httpstatus/statushttp"
)

// A file of 1 MiB, of which each request opens its own, as it must for
// http.ServeContent.
func fileHandlers(b *testing.B) (ours, netHTTP http.Handler) {
	name := filepath.Join(b.TempDir(), "file.bin")
	require.NoError(b, os.WriteFile(name, make([]byte, 1<<20), 0o666))
	modified := time.Unix(1_000_000_000, 0)
	open := func() *os.File {
		file, err := os.Open(name)
		if err != nil {
			panic(err)
		}
		return file
	}
	ours = statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		file := open()
		defer file.Close()
		return statushttp.Serve(w, r, statushttp.Representation{
			Content: file, Size: 1 << 20, ContentType: "application/octet-stream", ETag: `"v7"`, Modified: modified,
		})
	})
	netHTTP = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file := open()
		defer file.Close()
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("ETag", `"v7"`)
		http.ServeContent(w, r, "file.bin", modified, file)
	})
	return ours, netHTTP
}

// BenchmarkServeFile sends the file over a connection of this machine.
func BenchmarkServeFile(b *testing.B) {
	ours, netHTTP := fileHandlers(b)
	buf := make([]byte, 256<<10)
	fetch := func(h http.Handler) func() {
		server := httptest.NewServer(h)
		b.Cleanup(server.Close)
		return func() {
			resp, err := server.Client().Get(server.URL)
			if err != nil {
				panic(err)
			}
			n, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{resp.Body}, buf)
			if err != nil || n != 1<<20 {
				panic(err)
			}
			resp.Body.Close()
		}
	}
	compare(b, 1, way{"httpstatus", fetch(ours)}, way{"http.ServeContent", fetch(netHTTP)})
}

// BenchmarkServeNotModified answers that the client has the file.
func BenchmarkServeNotModified(b *testing.B) {
	ours, netHTTP := fileHandlers(b)
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("If-None-Match", `"v7"`)
	answer := func(h http.Handler) func() {
		return func() {
			w := &nowhere{header: http.Header{}}
			h.ServeHTTP(w, r)
			if w.status != http.StatusNotModified {
				panic(w.status)
			}
		}
	}
	compare(b, 1, way{"httpstatus", answer(ours)}, way{"http.ServeContent", answer(netHTTP)})
}

// BenchmarkServePart answers with 100 octets from the middle.
func BenchmarkServePart(b *testing.B) {
	ours, netHTTP := fileHandlers(b)
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Range", "bytes=500000-500099")
	answer := func(h http.Handler) func() {
		return func() {
			w := &nowhere{header: http.Header{}}
			h.ServeHTTP(w, r)
			if w.status != http.StatusPartialContent {
				panic(w.status)
			}
		}
	}
	compare(b, 1, way{"httpstatus", answer(ours)}, way{"http.ServeContent", answer(netHTTP)})
}

// nowhere is a ResponseWriter that keeps the status.
type nowhere struct {
	header http.Header
	status int
}

func (n *nowhere) Header() http.Header         { return n.header }
func (n *nowhere) WriteHeader(status int)      { n.status = status }
func (n *nowhere) Write(p []byte) (int, error) { return len(p), nil }
