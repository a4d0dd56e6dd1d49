package conform

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/internal/nethttp"
)

// watch serves one request with h and returns the findings.
func watch(h http.HandlerFunc, r *http.Request, opts ...Option) []Finding {
	var got []Finding
	watched := Handler(h, func(_ *http.Request, findings []Finding) { got = findings }, opts...)
	func() {
		defer func() { recover() }() // net/http would do so
		watched.ServeHTTP(httptest.NewRecorder(), r)
	}()
	return got
}

func get(target string) *http.Request { return httptest.NewRequest("GET", target, nil) }

func TestHandlerFindings(t *testing.T) {
	for _, test := range []struct {
		name string
		h    http.HandlerFunc
		r    *http.Request
		want []string
	}{
		{"nothing written is a 200", func(w http.ResponseWriter, r *http.Request) {}, get("/"), nil},
		{"content after 204, which net/http drops", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(204)
			io.WriteString(w, "gone")
		}, get("/"), []string{"204-content"}},
		{"content after 304", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(304)
			w.Write([]byte("gone"))
		}, get("/"), []string{"304-content", "304-not-conditional"}},
		{"content after 205, which net/http sends", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(205)
			w.Write([]byte("sent"))
		}, get("/"), []string{"205-content"}},
		{"content by ReadFrom", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(205)
			io.Copy(w, strings.NewReader("sent"))
		}, get("/"), []string{"205-content"}},
		{"content that answers HEAD is dropped by design", func(w http.ResponseWriter, r *http.Request) {
			http.NotFound(w, r)
		}, httptest.NewRequest("HEAD", "/", nil), nil},
		{"a second code", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(200)
			w.WriteHeader(500)
		}, get("/"), []string{"write-header-twice"}},
		{"a code after content", func(w http.ResponseWriter, r *http.Request) {
			w.Write([]byte("ok"))
			w.WriteHeader(500)
		}, get("/"), []string{"write-header-twice"}},
		{"http.Error after content also changes the header", func(w http.ResponseWriter, r *http.Request) {
			w.Write([]byte("ok"))
			http.Error(w, "no", 500)
		}, get("/"), []string{"write-header-twice", "header-after-write"}},
		{"a field set too late", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(201)
			w.Header().Set("Location", "/a")
		}, get("/"), []string{"201-safe-method", "header-after-write"}},
		{"a field changed in place", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-A", "1")
			w.WriteHeader(200)
			w.Header()["X-A"][0] = "2"
		}, get("/"), []string{"header-after-write"}},
		{"a field deleted too late", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-A", "1")
			w.WriteHeader(200)
			w.Header().Del("X-A")
		}, get("/"), []string{"header-after-write"}},
		{"what was set too late does not count", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(405)
			w.Header().Set("Allow", "POST")
			io.WriteString(w, "no")
		}, httptest.NewRequest("PUT", "/", nil), []string{"405-allow-missing", "header-after-write"}},
		{"trailers are set late on purpose", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Trailer", "X-Sum, X-Count")
			w.WriteHeader(200)
			w.Header().Set("X-Sum", "1")
			w.Header().Set("X-Count", "1")
			w.Header().Set(http.TrailerPrefix+"X-More", "1")
		}, get("/"), nil},
		{"a flush sends the header", func(w http.ResponseWriter, r *http.Request) {
			w.(http.Flusher).Flush()
			w.Header().Set("X-A", "1")
		}, get("/"), []string{"header-after-write"}},
		{"a flush by the controller, too", func(w http.ResponseWriter, r *http.Request) {
			http.NewResponseController(w).Flush()
			w.WriteHeader(500)
		}, get("/"), []string{"write-header-twice"}},
		{"interim responses", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Link", "</a>; rel=preload")
			w.Header().Set("Content-Length", "2")
			w.WriteHeader(103)
			io.WriteString(w, "ok")
		}, get("/"), []string{"content-length-forbidden"}},
		{"a code that net/http refuses", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(1000)
		}, get("/"), []string{"status-out-of-range"}},
		{"a code that net/http sends", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(600)
		}, get("/"), []string{"status-out-of-range"}},
		{"a panic cuts the response off", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(405)
			panic(http.ErrAbortHandler)
		}, get("/"), nil},
		{"too little content", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "10")
			io.WriteString(w, "short")
		}, get("/"), []string{"content-length-mismatch"}},
		{"too little content for a client that is gone", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "10")
			io.WriteString(w, "short")
		}, canceled(get("/")), nil},
		{"JSON in http.Error", func(w http.ResponseWriter, r *http.Request) {
			http.Error(w, `{"error":"x"}`, 400)
		}, get("/"), []string{"json-error-mislabelled"}},
		{"JSON without a type, which net/http labels text/plain", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(400)
			io.WriteString(w, `{"error":"x"}`)
		}, get("/"), []string{"json-error-mislabelled"}},
		{"JSON without a type, which net/http is not to guess", func(w http.ResponseWriter, r *http.Request) {
			w.Header()["Content-Type"] = nil
			w.WriteHeader(400)
			io.WriteString(w, `{"error":"x"}`)
		}, get("/"), nil},
		{"an error with status 200", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `{"error":"x"}`)
		}, get("/"), []string{"success-with-error-body"}},
		{"TRACE answered as GET", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, "<p>hello")
		}, httptest.NewRequest("TRACE", "/", nil), []string{"trace-not-reflected"}},
		{"TRACE", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "message/http")
			io.WriteString(w, "TRACE / HTTP/1.1\r\n")
		}, httptest.NewRequest("TRACE", "/", nil), nil},
		{"a method that there is not", func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "hello")
		}, httptest.NewRequest("FROB", "/", nil), []string{"method-unknown-accepted"}},
		{"a condition that is ignored", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"v1"`)
			io.WriteString(w, "hello")
		}, with(get("/"), "If-None-Match", `"v1"`), []string{"if-none-match-ignored"}},
		{"any representation is one too many", func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "hello")
		}, with(get("/"), "If-None-Match", "*"), []string{"if-none-match-ignored"}},
		{"a part without a range", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "multipart/byteranges; boundary=b")
			w.WriteHeader(206)
			io.WriteString(w, "--b\r\n\r\n01\r\n--b--")
		}, with(get("/"), "Range", "bytes=0-1, 5-6"), []string{"206-part-content-range-missing"}},
		{"content of 200 that no rule reads", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, `{"error":"x"}`)
		}, get("/"), nil},
		{"the request's header", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(304)
		}, with(get("/"), "If-None-Match", `"a"`), []string{"304-etag-missing"}},
		{"a redirect to itself", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://example.com/a", http.StatusFound)
		}, get("/a"), []string{"redirect-self"}},
		{"a redirect to the secure side", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://example.com/a", http.StatusFound)
		}, get("/a"), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, ids(watch(test.h, test.r)))
		})
	}
}

func canceled(r *http.Request) *http.Request {
	ctx, cancel := context.WithCancel(r.Context())
	cancel()
	return r.WithContext(ctx)
}

func with(r *http.Request, name, value string) *http.Request {
	r.Header.Set(name, value)
	return r
}

// The handlers of net/http get no error and no warning where they are right.
func TestNetHTTPRight(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /item", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "item") })
	mux.HandleFunc("/dir/", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "dir") })
	mux.HandleFunc("/error", func(w http.ResponseWriter, r *http.Request) { http.Error(w, "no", 500) })
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/item", http.StatusMovedPermanently)
	})
	mux.HandleFunc("/see", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/item", http.StatusSeeOther) })
	mux.Handle("/files/", http.StripPrefix("/files", http.FileServer(http.Dir("testdata"))))
	mux.HandleFunc("/content", serveContent)

	for _, test := range []struct {
		method, target string
		header         string // "Name: value" lines
		status         int
	}{
		{"GET", "/item", "", 200},
		{"HEAD", "/item", "", 200},
		{"POST", "/item", "", 405},
		{"GET", "/none", "", 404},
		{"HEAD", "/none", "", 404},
		{"GET", "/dir", "", here(t, nethttp.Slash)},
		{"GET", "/dir/../item", "", here(t, nethttp.Slash)},
		{"GET", "/error", "", 500},
		{"GET", "/moved", "", 301},
		{"POST", "/see", "", 303},
		{"GET", "/files/", "", 200},
		{"GET", "/files/rules", "", 301},
		{"GET", "/files/none", "", 404},
		{"GET", "/files/passages.txt", "", 200},
		{"GET", "/files/passages.txt", "Range: bytes=0-9", 206},
		{"GET", "/files/passages.txt", "If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT", 304},
		{"GET", "/content", "", 200},
		{"HEAD", "/content", "", 200},
		{"GET", "/content", "Range: bytes=1-2", 206},
		{"GET", "/content", "Range: bytes=-2", 206},
		{"GET", "/content", "Range: bytes=0-0,2-2", here(t, nethttp.TwoRanges)},
		{"GET", "/content", "Range: bytes=9-", 416},
		{"GET", "/content", `If-None-Match: "v1"`, 304},
		{"HEAD", "/content", `If-None-Match: "v1"`, 304},
		{"GET", "/content", `If-Range: "v0"` + "\nRange: bytes=1-2", 200},
	} {
		t.Run(test.method+" "+test.target+" "+test.header, func(t *testing.T) {
			r := httptest.NewRequest(test.method, test.target, nil)
			for line := range strings.Lines(test.header) {
				name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
				r.Header.Set(name, value)
			}
			w := httptest.NewRecorder()
			AssertHandler(t, mux).ServeHTTP(w, r)
			assert.Equal(t, test.status, w.Code)
		})
	}
}

// here returns the status with which the net/http of this Go version answers.
func here(t *testing.T, row nethttp.Row) int {
	status, err := strconv.Atoi(row.Here())
	require.NoError(t, err)
	return status
}

// With 301, a POST may go on as a GET.
func TestServeMuxSlash(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("/dir/", http.NotFoundHandler())
	var want []string
	if nethttp.Slash.Here() == "301" {
		want = []string{"redirect-method-change"}
	}
	assert.Equal(t, want, ids(watch(mux.ServeHTTP, httptest.NewRequest("POST", "/dir", nil))))
}

func serveContent(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("ETag", `"v1"`)
	http.ServeContent(w, r, "a.txt", fixedTime, strings.NewReader("abcde"))
}

// Where net/http answers against the book, it gets the finding.
func TestNetHTTPWrong(t *testing.T) {
	content := http.HandlerFunc(serveContent)
	ranged := func(method, value string) *http.Request {
		return with(httptest.NewRequest(method, "/", nil), "Range", value)
	}
	redirect := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", status) }
	}
	fail := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Error(w, "text", status) }
	}
	slow := http.TimeoutHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), 1, "")
	for _, test := range []struct {
		name string
		h    http.Handler
		r    *http.Request
		want []string
	}{
		{"ServeContent answers POST with a range", content, ranged("POST", "bytes=1-2"), []string{"206-non-get"}},
		{"ServeContent answers PUT with a range", content, ranged("PUT", "bytes=1-2"), []string{"206-non-get"}},
		{"ServeContent answers HEAD with a range", content, ranged("HEAD", "bytes=1-2"), []string{"206-non-get"}},
		{"ServeContent refuses a unit that it does not know", content, ranged("GET", "seconds=1-2"), []string{"416-unknown-unit"}},
		{"ServeContent sends nothing of nothing", content, ranged("GET", "bytes=-0"), []string{"206-content-range-invalid"}},
		{"ServeContent explains no 412", content, with(get("/"), "If-Match", `"v0"`), []string{"error-content-missing"}},
		{"TimeoutHandler names no time", slow, get("/"), []string{"503-retry-after-missing"}},
		{"Redirect takes 200", redirect(200), get("/"), []string{"location-meaningless"}},
		{"Redirect takes 404", redirect(404), get("/"), []string{"location-meaningless"}},
		{"Redirect takes 304", redirect(304), get("/"), []string{"304-content", "location-meaningless", "304-representation-metadata", "304-not-conditional"}},
		{"Redirect takes 204", redirect(204), get("/"), []string{"204-content", "location-meaningless"}},
		{"Redirect does not check the URL", http.RedirectHandler("/a b", http.StatusFound), get("/"), []string{"location-invalid"}},
		{"Error takes 204", fail(204), get("/"), []string{"204-content"}},
		{"Error takes 405 without Allow", fail(405), httptest.NewRequest("PUT", "/", nil), []string{"405-allow-missing"}},
		{"Error takes 401 without a challenge", fail(401), get("/"), []string{"401-challenge-missing"}},
		{"Error takes 600", fail(600), get("/"), []string{"status-out-of-range"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, ids(watch(test.h.ServeHTTP, test.r)))
		})
	}
}

// Over a connection, hijacking works and ends the watch.
func TestHijack(t *testing.T) {
	s := httptest.NewServer(AssertHandler(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, rw, err := http.NewResponseController(w).Hijack()
		if !assert.NoError(t, err) {
			return
		}
		defer conn.Close()
		rw.WriteString("HTTP/1.1 405 Method Not Allowed\r\n\r\n")
		rw.Flush()
	})))
	defer s.Close()
	resp, err := http.Get(s.URL)
	require.NoError(t, err)
	resp.Body.Close()
	assert.Equal(t, 405, resp.StatusCode)
}

// Deadlines are set through Unwrap.
func TestResponseController(t *testing.T) {
	s := httptest.NewServer(AssertHandler(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := http.NewResponseController(w)
		assert.NoError(t, c.SetWriteDeadline(fixedTime.AddDate(1000, 0, 0)))
		assert.NoError(t, c.EnableFullDuplex())
		io.WriteString(w, "ok")
		assert.NoError(t, c.Flush())
	})))
	defer s.Close()
	resp, err := http.Get(s.URL)
	require.NoError(t, err)
	resp.Body.Close()
}

// A compressor below changes the header when the content comes, or even later;
// that is not the handler's doing, but what the handler does in between is.
func TestLayersBelow(t *testing.T) {
	for _, test := range []struct {
		name string
		h    http.HandlerFunc
		want []string
	}{
		{"at the first content", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "some text") }, nil},
		{"after WriteHeader", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(200)
			io.WriteString(w, "so")
			io.WriteString(w, "me text")
		}, nil},
		{"by ReadFrom", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(200)
			io.Copy(w, strings.NewReader("some text"))
		}, nil},
		{"and by the handler in between", func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "so")
			w.Header().Set("X-A", "1")
			io.WriteString(w, "me text")
		}, []string{"header-after-write"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			h := Handler(test.h, func(_ *http.Request, findings []Finding) { got = ids(findings) })
			h.ServeHTTP(&compressor{ResponseWriter: httptest.NewRecorder()}, get("/"))
			assert.Equal(t, test.want, got)
		})
	}
}

// A compressor decides after three octets.
type compressor struct {
	http.ResponseWriter
	n int
}

func (c *compressor) Write(p []byte) (int, error) {
	if c.n += len(p); c.n > 3 {
		c.Header().Set("Content-Encoding", "gzip")
		c.Header().Set("Vary", "Accept-Encoding")
	}
	return len(p), nil
}

// A reverse proxy copies whatever the backend sent, trailers and interim
// responses too, and nothing of it is late.
func TestReverseProxy(t *testing.T) {
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Link", "</a>; rel=preload")
		w.WriteHeader(http.StatusEarlyHints)
		w.Header().Set("Trailer", "X-Sum")
		io.WriteString(w, "hello")
		w.(http.Flusher).Flush()
		w.Header().Set("X-Sum", "1")
		w.Header().Set(http.TrailerPrefix+"X-More", "2")
	}))
	defer backend.Close()
	to, err := url.Parse(backend.URL)
	require.NoError(t, err)
	proxy := httptest.NewServer(AssertHandler(t, &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }}))
	defer proxy.Close()
	resp, err := http.Get(proxy.URL)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Equal(t, "hello", string(body))
	assert.Equal(t, http.Header{"X-Sum": {"1"}, "X-More": {"2"}}, resp.Trailer)
}

// Content that does not reach the client is not held against the handler, which
// is right to stop then.
func TestBrokenConnection(t *testing.T) {
	var got []string
	h := Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "10")
		if _, err := io.WriteString(w, "hello"); err != nil {
			return
		}
		io.WriteString(w, "world")
	}), func(_ *http.Request, findings []Finding) { got = ids(findings) })
	h.ServeHTTP(brokenConnection{httptest.NewRecorder()}, get("/"))
	assert.Empty(t, got)
}

type brokenConnection struct{ http.ResponseWriter }

func (brokenConnection) Write([]byte) (int, error) { return 0, net.ErrClosed }

// A handler that writes after it has returned reaches its own response only,
// and does not panic.
func TestWriteAfterReturn(t *testing.T) {
	var kept http.ResponseWriter
	h := AssertHandler(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { kept = w }))
	first := httptest.NewRecorder()
	h.ServeHTTP(&fileWriter{first}, get("/"))
	stale := kept
	second := httptest.NewRecorder()
	h.ServeHTTP(second, get("/"))
	stale.WriteHeader(500)
	io.WriteString(stale, "late")
	stale.(io.ReaderFrom).ReadFrom(strings.NewReader("r"))
	stale.(http.Flusher).Flush()
	assert.Equal(t, "later", first.Body.String())
	assert.Empty(t, second.Body.String())
}

// A fileWriter has ReadFrom, as the writers of net/http's server have.
type fileWriter struct{ *httptest.ResponseRecorder }

func (w fileWriter) ReadFrom(src io.Reader) (int64, error) { return io.Copy(w.Body, src) }

// One gibibyte goes through without being kept: the content is counted, and at
// most 64 KiB stay.
func TestLargeContent(t *testing.T) {
	const size = gibibyte
	for _, test := range []struct {
		name  string
		serve func(w http.ResponseWriter)
	}{
		{"Write", func(w http.ResponseWriter) {
			b := make([]byte, 1<<20)
			for range size / len(b) {
				w.Write(b)
			}
		}},
		{"ReadFrom", func(w http.ResponseWriter) { io.Copy(w, io.LimitReader(zeros{}, size)) }},
	} {
		for _, contentType := range []string{"application/octet-stream", "application/json"} {
			t.Run(test.name+" "+contentType, func(t *testing.T) {
				var got []Finding
				h := Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					w.Header().Set("Content-Type", contentType)
					w.Header().Set("Content-Length", strconv.Itoa(size-1))
					test.serve(w)
					assert.LessOrEqual(t, cap(recorderOf(w).notes.body), 2*maxContent)
				}), func(_ *http.Request, f []Finding) { got = f })
				w := &discarder{header: http.Header{}}
				h.ServeHTTP(w, get("/"))
				assert.EqualValues(t, size, w.n)
				assert.Equal(t, []string{"content-length-mismatch"}, ids(got), "one octet too many")
			})
		}
	}
}

// discarder is a ResponseWriter that counts.
type discarder struct {
	header http.Header
	n      int64
}

func (d *discarder) Header() http.Header { return d.header }
func (d *discarder) WriteHeader(int)     {}
func (d *discarder) Write(p []byte) (int, error) {
	d.n += int64(len(p))
	return len(p), nil
}

func (d *discarder) ReadFrom(r io.Reader) (int64, error) {
	n, err := io.Copy(writeOnly{d}, r)
	return n, err
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// net/http adds Date after the handler, so its absence is never reported, also
// where all rules are switched on.
func TestHandlerIgnoresDate(t *testing.T) {
	for _, opts := range [][]Option{nil, {Enable("all")}, {Enable("date-missing")}, {WithSeverity(Error, "date-missing")}} {
		for _, f := range watch(oneKiB, get("/"), opts...) {
			assert.NotEqual(t, "date-missing", f.Rule)
		}
	}
	assert.NotEmpty(t, Check(Exchange{Status: 200}, Enable("date-missing")), "but by Check it is")
}

// The promise about overhead, as far as counts go: two allocations at most.
func TestHandlerAllocs(t *testing.T) {
	if raceEnabled {
		t.Log("counting without the race detector only")
		return
	}
	plain := http.HandlerFunc(oneKiB)
	watched := Handler(plain, func(*http.Request, []Finding) { t.Error("a finding") })
	without := testing.AllocsPerRun(200, serveOnce(plain))
	with := testing.AllocsPerRun(200, serveOnce(watched))
	assert.LessOrEqual(t, with-without, 2.0)
}

var (
	kibibyte = bytes.Repeat([]byte("0123456789abcdef"), 64)
	typeText = []string{"text/plain; charset=utf-8"}
)

func oneKiB(w http.ResponseWriter, r *http.Request) {
	w.Header()["Content-Type"] = typeText
	w.Write(kibibyte)
}

func serveOnce(h http.Handler) func() {
	r := get("/")
	w := &discarder{header: http.Header{}}
	return func() { h.ServeHTTP(w, r) }
}

// BenchmarkHandler compares a clean 200 with 1 KiB of content with and without
// the middleware in one run.
func BenchmarkHandler(b *testing.B) {
	report := func(*http.Request, []Finding) { b.Error("a finding") }
	json := http.HandlerFunc(oneKiBJSON)
	for _, bench := range []struct {
		name string
		h    http.Handler
	}{
		{"text/without", http.HandlerFunc(oneKiB)},
		{"text/with", Handler(http.HandlerFunc(oneKiB), report)},
		{"json/without", json},
		{"json/with", Handler(json, report)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			serve := serveOnce(bench.h)
			b.ReportAllocs()
			for b.Loop() {
				serve()
			}
		})
	}
}

var (
	someJSON = []byte(`{"users":[` + strings.Repeat(`{"id":42,"name":"Ada","admin":false},`, 27) + `{}]}`)
	typeJSON = []string{"application/json"}
)

func oneKiBJSON(w http.ResponseWriter, r *http.Request) {
	w.Header()["Content-Type"] = typeJSON
	w.Write(someJSON)
}
