package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A bench is a proxy in front of an origin server, both with one clock, which
// the test sets.
type bench struct {
	*httptest.Server
	t      *testing.T
	cache  *cache
	passed atomic.Int64 // seconds since the test began
	asked  atomic.Int64 // requests that reached the origin server
}

var began = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

func newBench(t *testing.T, origin http.HandlerFunc) *bench {
	b := &bench{t: t}
	now := func() time.Time { return began.Add(time.Duration(b.passed.Load()) * time.Second) }
	o := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.asked.Add(1)
		w.Header().Set("Date", now().Format(http.TimeFormat))
		origin(w, r)
	}))
	t.Cleanup(o.Close)
	handler, err := newProxy(o.URL, 1<<16, []string{"CDN-Cache-Control"})
	require.NoError(t, err)
	b.cache = handler.Transport.(*cache)
	b.cache.now, b.cache.wait = now, time.Hour
	b.Server = httptest.NewServer(handler)
	t.Cleanup(b.Close)
	return b
}

// stored is how many bytes of content the store has.
func (b *bench) stored() int64 {
	b.cache.store.mu.Lock()
	defer b.cache.store.mu.Unlock()
	return b.cache.store.size
}

// get asks the proxy and returns the status, the content, and Cache-Status.
func (b *bench) get(path string, header ...string) (int, string, string) {
	b.t.Helper()
	resp, content := b.do(http.MethodGet, path, header...)
	return resp.StatusCode, content, resp.Header.Get("Cache-Status")
}

func (b *bench) do(method, path string, header ...string) (*http.Response, string) {
	b.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, b.URL+path, nil)
	require.NoError(b.t, err)
	for i := 0; i < len(header); i += 2 {
		req.Header.Add(header[i], header[i+1])
	}
	resp, err := b.Client().Do(req)
	require.NoError(b.t, err)
	content, err := io.ReadAll(resp.Body)
	require.NoError(b.t, err)
	resp.Body.Close()
	return resp, string(content)
}

func (b *bench) expect(code int, content, status string) func(int, string, string) {
	b.t.Helper()
	return func(gotCode int, gotContent, gotStatus string) {
		b.t.Helper()
		assert.Equal(b.t, code, gotCode)
		assert.Equal(b.t, content, gotContent)
		assert.Equal(b.t, status, gotStatus)
	}
}

func TestStoresAndValidates(t *testing.T) {
	b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=60")
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Connection", "X-Hop")
		w.Header().Set("X-Hop", "1")
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, "hello, cache")
	})
	b.expect(200, "hello, cache", "cacheproxy; fwd=uri-miss; stored")(b.get("/"))
	b.passed.Store(10)
	b.expect(200, "hello, cache", "cacheproxy; hit; ttl=50")(b.get("/"))
	b.expect(304, "", "cacheproxy; hit; ttl=50")(b.get("/", "If-None-Match", `"v1"`))
	b.expect(206, "hello", "cacheproxy; hit; ttl=50")(b.get("/", "Range", "bytes=0-4"))
	b.expect(416, "", "cacheproxy; hit; ttl=50")(b.get("/", "Range", "bytes=90-"))
	assert.EqualValues(t, 1, b.asked.Load())
	resp, content := b.do(http.MethodHead, "/")
	assert.Empty(t, content)
	assert.Equal(t, "12", resp.Header.Get("Content-Length"))
	assert.Equal(t, "10", resp.Header.Get("Age"))
	assert.Equal(t, []string{"1.1 cacheproxy"}, resp.Header["Via"])
	assert.Empty(t, resp.Header["X-Hop"])
	b.expect(200, "hello, cache", "cacheproxy; fwd=request; fwd-status=304; ttl=60; stored")(b.get("/", "Cache-Control", "no-cache"))
	b.passed.Store(70)
	b.expect(200, "hello, cache", "cacheproxy; fwd=stale; fwd-status=304; ttl=60; stored")(b.get("/"))
	b.expect(200, "hello, cache", "cacheproxy; hit; ttl=60")(b.get("/"))
	b.expect(504, "", "")(b.get("/other", "Cache-Control", "only-if-cached"))
	assert.EqualValues(t, 3, b.asked.Load())
}

func TestVariantsAndInvalidation(t *testing.T) {
	b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=60")
		w.Header().Set("Vary", "Foo")
		if r.Method == http.MethodPost {
			w.Header().Set("Content-Location", "/")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		fmt.Fprint(w, r.Header.Get("Foo"))
	})
	for _, foo := range []string{"1", "2"} {
		_, content, status := b.get("/", "Foo", foo)
		assert.Equal(t, foo, content)
		assert.Contains(t, status, "stored")
	}
	b.expect(200, "1", "cacheproxy; hit; ttl=60")(b.get("/", "Foo", "1"))
	b.expect(200, "2", "cacheproxy; hit; ttl=60")(b.get("/", "Foo", "2"))
	resp, _ := b.do(http.MethodPost, "/x")
	assert.Equal(t, "cacheproxy; fwd=method", resp.Header.Get("Cache-Status"))
	_, _, status := b.get("/", "Foo", "1")
	assert.Equal(t, "cacheproxy; fwd=uri-miss; stored", status)
	for i := range 100 {
		b.get("/", "Foo", fmt.Sprint(i))
	}
	assert.Len(t, b.cache.store.get("http://"+b.Listener.Addr().String()+"/"), variants)
}

// What cannot be reached, fails, or is stale while it is validated.
func TestStale(t *testing.T) {
	var fails atomic.Bool
	validated := make(chan bool, 1)
	b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Cache-Control", "max-age=60"+map[string]string{
			"/error": ", stale-if-error=60", "/strict": ", must-revalidate", "/background": ", stale-while-revalidate=60",
		}[r.URL.Path])
		switch {
		case fails.Load() && r.URL.Path == "/error":
			w.WriteHeader(http.StatusServiceUnavailable)
		case fails.Load():
			if r.URL.Path == "/background" {
				validated <- r.Header.Get("If-None-Match") == `"v1"`
			}
			panic(http.ErrAbortHandler)
		default:
			fmt.Fprint(w, "fine")
		}
	})
	for _, path := range []string{"/plain", "/error", "/strict", "/background"} {
		b.get(path)
	}
	fails.Store(true)
	b.passed.Store(90)
	b.expect(200, "fine", "cacheproxy; fwd=stale; ttl=-30")(b.get("/plain"))
	b.expect(200, "fine", "cacheproxy; fwd=stale; fwd-status=503; ttl=-30")(b.get("/error"))
	code, _, _ := b.get("/strict")
	assert.Equal(t, 502, code)
	b.expect(200, "fine", "cacheproxy; hit; ttl=-30")(b.get("/background"))
	assert.True(t, <-validated, "in the background")
	b.passed.Store(200)
	code, _, _ = b.get("/error")
	assert.Equal(t, 503, code)
}

// Ten clients want the same at once; the origin server is asked once.
func TestSingleFlight(t *testing.T) {
	go10 := make(chan struct{})
	b := newBench(t, func(w http.ResponseWriter, _ *http.Request) {
		<-go10
		w.Header().Set("Cache-Control", "max-age=60")
		fmt.Fprint(w, "once")
	})
	var clients sync.WaitGroup
	var collapsed atomic.Int64
	for range 10 {
		clients.Go(func() {
			code, content, status := b.get("/")
			assert.Equal(t, 200, code)
			assert.Equal(t, "once", content)
			if strings.HasSuffix(status, "collapsed") || strings.Contains(status, "; hit") {
				collapsed.Add(1)
			}
		})
	}
	close(go10)
	clients.Wait()
	assert.EqualValues(t, 1, b.asked.Load())
	assert.EqualValues(t, 9, collapsed.Load())
}

// A response that does not come to its end holds nobody else up for long.
func TestSlowFlight(t *testing.T) {
	begun, goOn := make(chan struct{}), make(chan struct{})
	b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=60")
		fmt.Fprint(w, "hello")
		if r.Header.Get("X-Slow") != "" {
			w.(http.Flusher).Flush()
			close(begun)
			<-goOn
		}
	})
	b.cache.wait = time.Millisecond
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.expect(200, "hello", "cacheproxy; fwd=uri-miss; stored")(b.get("/", "X-Slow", "1"))
	}()
	<-begun
	b.expect(200, "hello", "cacheproxy; fwd=uri-miss")(b.get("/"))
	close(goOn)
	<-done
	b.expect(200, "hello", "cacheproxy; hit; ttl=60")(b.get("/"))
	assert.EqualValues(t, 2, b.asked.Load())
}

// A POST that comes through while a response is under way keeps that out.
func TestSpoiled(t *testing.T) {
	begun, goOn := make(chan struct{}), make(chan struct{})
	b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=60")
		if r.Method == http.MethodGet {
			fmt.Fprint(w, "old")
			w.(http.Flusher).Flush()
			begun <- struct{}{}
			<-goOn
		}
	})
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.get("/")
	}()
	<-begun
	b.do(http.MethodPost, "/")
	close(goOn)
	<-done
	assert.Empty(t, b.cache.store.get("http://"+b.Listener.Addr().String()+"/"))
}

// What is not stored is passed on as it comes, before it ends.
func TestStreams(t *testing.T) {
	goOn := make(chan struct{})
	b := newBench(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		fmt.Fprintln(w, "first")
		w.(http.Flusher).Flush()
		<-goOn
		fmt.Fprintln(w, "second")
	})
	resp, err := b.Client().Get(b.URL)
	require.NoError(t, err)
	defer resp.Body.Close()
	lines := bufio.NewReader(resp.Body)
	line, err := lines.ReadString('\n')
	require.NoError(t, err)
	assert.Equal(t, "first\n", line)
	close(goOn)
	line, err = lines.ReadString('\n')
	require.NoError(t, err)
	assert.Equal(t, "second\n", line)
}

// The store stays below its limit, and what is too large or cut short is not in it.
func TestLimit(t *testing.T) {
	b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=60")
		switch r.URL.Path {
		case "/large":
			fmt.Fprint(w, strings.Repeat("x", 1<<14))
			w.(http.Flusher).Flush() // without a Content-Length
			fmt.Fprint(w, "y")
		case "/cut":
			w.Header().Set("Content-Length", "10")
			fmt.Fprint(w, "12345")
		default:
			fmt.Fprint(w, strings.Repeat("x", 1000))
		}
	})
	for i := range 200 {
		b.get(fmt.Sprintf("/%d", i))
		assert.LessOrEqual(t, b.stored(), b.cache.store.limit)
	}
	assert.Greater(t, b.stored(), b.cache.store.limit/2)
	resp, err := b.Client().Get(b.URL + "/cut")
	require.NoError(t, err)
	_, err = io.ReadAll(resp.Body)
	assert.Error(t, err)
	resp.Body.Close()
	b.get("/large")
	host := "http://" + b.Listener.Addr().String()
	assert.Empty(t, b.cache.store.get(host+"/large"))
	assert.Empty(t, b.cache.store.get(host+"/cut"))
}

// What is asked for again and again stays, however much else comes and goes.
func TestLeastRecentlyUsed(t *testing.T) {
	b := newBench(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "max-age=60")
		fmt.Fprint(w, strings.Repeat("x", 1000))
	})
	b.get("/home")
	for i := range 200 {
		b.get(fmt.Sprintf("/%d", i))
		_, _, status := b.get("/home")
		assert.Equal(t, "cacheproxy; hit; ttl=60", status)
	}
	_, _, status := b.get("/199")
	assert.Equal(t, "cacheproxy; hit; ttl=60", status)
	_, _, status = b.get("/0")
	assert.Equal(t, "cacheproxy; fwd=uri-miss; stored", status)
}

// A HEAD tells whether what is stored is still good.
func TestHead(t *testing.T) {
	var version atomic.Int64
	b := newBench(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "max-age=60")
		w.Header().Set("ETag", fmt.Sprintf(`"v%d"`, version.Load()))
		fmt.Fprint(w, "hello")
	})
	b.get("/")
	b.passed.Store(70)
	b.do(http.MethodHead, "/")
	b.expect(200, "hello", "cacheproxy; hit; ttl=60")(b.get("/"))
	version.Store(2)
	b.passed.Store(140)
	b.do(http.MethodHead, "/")
	b.expect(200, "hello", "cacheproxy; fwd=uri-miss; stored")(b.get("/"))
}

func TestOrigin(t *testing.T) {
	for _, origin := range []string{"", "example.com", "ftp://example.com", "http://", "http://%"} {
		_, err := newProxy(origin, 1, nil)
		assert.Error(t, err, origin)
	}
}
