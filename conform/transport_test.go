package conform

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// loopback serves h over HTTP/1.1 or HTTP/2, watched on both sides, and returns
// what each side found.
func loopback(t *testing.T, http2 bool, h http.HandlerFunc, method, header string) (server, client []string) {
	var mu sync.Mutex
	s := httptest.NewUnstartedServer(Handler(h, func(_ *http.Request, findings []Finding) {
		mu.Lock()
		server = ids(findings)
		mu.Unlock()
	}))
	s.EnableHTTP2 = http2
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	c := *s.Client()
	c.Transport = Transport(c.Transport, func(_ *http.Response, findings []Finding) {
		mu.Lock()
		client = ids(findings)
		mu.Unlock()
	})
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	req, err := http.NewRequest(method, s.URL, nil)
	require.NoError(t, err)
	for line := range strings.Lines(header) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		req.Header.Set(name, value)
	}
	if resp, err := c.Do(req); err == nil {
		assert.Equal(t, http2, resp.ProtoMajor == 2)
		if resp.StatusCode != http.StatusSwitchingProtocols { // the server is done
			io.Copy(io.Discard, resp.Body)
		}
		resp.Body.Close()
	}
	s.Close()
	mu.Lock()
	defer mu.Unlock()
	return server, client
}

// The rules that depend on the version, and those about what net/http drops on
// one version only, over both.
func TestVersions(t *testing.T) {
	for _, test := range []struct {
		name           string
		h              http.HandlerFunc
		method, header string   // the header on HTTP/1.1: with Upgrade, net/http keeps to that
		server1        []string // what the middleware finds on HTTP/1.1
		client1        []string // what the transport finds there
		server2        []string // and on HTTP/2
		client2        []string
	}{
		{
			name:   "101 without Upgrade",
			h:      func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(101) },
			method: "GET", header: "Connection: upgrade\nUpgrade: websocket",
			server1: []string{"101-upgrade-missing"}, client1: []string{"101-upgrade-missing"},
			server2: []string{"101-http2"}, client2: []string{"101-http2"},
		},
		{
			name:    "101 without a request for it",
			h:       func(w http.ResponseWriter, r *http.Request) { upgradeTo(w, "websocket", 101) },
			method:  "GET",
			server1: []string{"101-not-requested"}, client1: []string{"101-not-requested"},
			server2: []string{"101-http2"}, client2: []string{"101-http2"},
		},
		{
			name: "426 without Connection",
			h: func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Upgrade", "websocket")
				http.Error(w, "upgrade", http.StatusUpgradeRequired)
			},
			method:  "GET",
			server1: []string{"upgrade-connection-missing"}, client1: []string{"upgrade-connection-missing"},
			server2: nil, client2: nil,
		},
		{
			name: "426 as it should be",
			h: func(w http.ResponseWriter, r *http.Request) {
				upgradeTo(w, "websocket", 426)
				io.WriteString(w, "upgrade")
			},
			method: "GET",
		},
		{
			name: "204 with Content-Length, which HTTP/1.1 strips",
			h: func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Length", "5")
				w.WriteHeader(204)
			},
			method:  "DELETE",
			server1: []string{"content-length-forbidden"}, client1: nil,
			server2: []string{"content-length-forbidden"}, client2: []string{"content-length-forbidden"},
		},
		{
			name: "204 with Transfer-Encoding, which both strip",
			h: func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Transfer-Encoding", "chunked")
				w.WriteHeader(204)
			},
			method:  "DELETE",
			server1: []string{"transfer-encoding-forbidden"}, client1: nil,
			server2: []string{"transfer-encoding-forbidden"}, client2: nil,
		},
		{
			name: "content after 204, which both drop",
			h: func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(204)
				io.WriteString(w, "dropped")
			},
			method:  "DELETE",
			server1: []string{"204-content"}, client1: nil,
			server2: []string{"204-content"}, client2: nil,
		},
		{
			name: "copied content after 304, which both drop",
			h: func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(304)
				io.Copy(w, strings.NewReader("dropped"))
			},
			method: "GET", header: "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT",
			server1: []string{"304-content"}, client1: nil,
			server2: []string{"304-content", "304-not-conditional"}, client2: []string{"304-not-conditional"},
		},
		{
			name: "content after 205, which both send",
			h: func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(205)
				io.WriteString(w, "sent")
			},
			method:  "POST",
			server1: []string{"205-content"}, client1: []string{"205-content"},
			server2: []string{"205-content"}, client2: []string{"205-content"},
		},
		{
			name: "a second code",
			h: func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(200)
				w.WriteHeader(500)
			},
			method:  "GET",
			server1: []string{"write-header-twice"}, client1: nil,
			server2: []string{"write-header-twice"}, client2: nil,
		},
		{
			name: "less content than declared",
			h: func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Length", "10")
				io.WriteString(w, "short")
			},
			method:  "GET",
			server1: []string{"content-length-mismatch"}, client1: []string{"content-length-mismatch"},
			server2: []string{"content-length-mismatch"}, client2: []string{"content-length-mismatch"},
		},
		{
			name: "interim responses",
			h: func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(100)
				w.WriteHeader(103)
				io.WriteString(w, "ok")
			},
			method:  "GET",
			server1: []string{"100-not-expected"}, client1: []string{"100-not-expected"},
			server2: []string{"100-not-expected"}, client2: []string{"100-not-expected"},
		},
		{
			name:   "HEAD",
			h:      func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) },
			method: "HEAD",
		},
		{
			name: "an empty Allow",
			h: func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Allow", "")
				http.Error(w, "no", http.StatusMethodNotAllowed)
			},
			method: "DELETE",
		},
		{
			name:    "no Allow",
			h:       func(w http.ResponseWriter, r *http.Request) { http.Error(w, "no", http.StatusMethodNotAllowed) },
			method:  "DELETE",
			server1: []string{"405-allow-missing"}, client1: []string{"405-allow-missing"},
			server2: []string{"405-allow-missing"}, client2: []string{"405-allow-missing"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			server, client := loopback(t, false, test.h, test.method, test.header)
			assert.Equal(t, test.server1, server, "middleware, HTTP/1.1")
			assert.Equal(t, test.client1, client, "transport, HTTP/1.1")
			server, client = loopback(t, true, test.h, test.method, "")
			assert.Equal(t, test.server2, server, "middleware, HTTP/2")
			assert.Equal(t, test.client2, client, "transport, HTTP/2")
		})
	}
}

func upgradeTo(w http.ResponseWriter, protocol string, status int) {
	w.Header().Set("Connection", "Upgrade")
	w.Header().Set("Upgrade", protocol)
	w.WriteHeader(status)
}

// An HTTP/1.0 client gets a 1xx from net/http, and the middleware says so.
func TestHTTP10(t *testing.T) {
	found := make(chan []string, 1)
	s := httptest.NewServer(Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(103)
		io.WriteString(w, "ok")
	}), func(_ *http.Request, findings []Finding) { found <- ids(findings) }))
	defer s.Close()
	conn, err := net.Dial("tcp", s.Listener.Addr().String())
	require.NoError(t, err)
	defer conn.Close()
	fmt.Fprint(conn, "GET / HTTP/1.0\r\n\r\n")
	line, err := bufio.NewReader(conn).ReadString('\n')
	require.NoError(t, err)
	assert.Equal(t, "HTTP/1.0 103 Early Hints\r\n", line)
	assert.Equal(t, []string{"interim-http10"}, <-found)
}

// A canned response from a wire, as a transport would give it.
func canned(t *testing.T, req *http.Request, wire string) *http.Response {
	resp, err := http.ReadResponse(bufio.NewReader(strings.NewReader(strings.ReplaceAll(wire, "\n", "\r\n"))), req)
	require.NoError(t, err)
	return resp
}

func TestResponse(t *testing.T) {
	req := httptest.NewRequest("GET", "https://example.com/a", nil)
	large := strings.Repeat("a", maxContent+1)
	for _, test := range []struct {
		name string
		req  *http.Request
		wire string
		want []string
		body string
	}{
		{"nothing wrong", req, "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", nil, "ok"},
		{"an error", req, "HTTP/1.1 401 Unauthorized\nContent-Length: 2\n\nno", []string{"401-challenge-missing"}, "no"},
		{"no request", nil, "HTTP/1.1 206 Partial Content\nContent-Range: bytes 0-1/2\nContent-Length: 2\n\nab", nil, "ab"},
		{"a redirect to itself", req, "HTTP/1.1 302 Found\nLocation: https://example.com/a\nContent-Length: 0\n\n", []string{"redirect-self"}, ""},
		{"large content", req, "HTTP/1.1 200 OK\nContent-Length: 70000\n\n" + large + strings.Repeat("b", 70000-len(large)), nil,
			large + strings.Repeat("b", 70000-len(large))},
		{"chunked 201", req, "HTTP/1.1 405 No\nAllow: PUT\nTransfer-Encoding: chunked\n\n2\nno\n0\n\n", []string{"405-get-head"}, "no"},
		{"chunked 204", req, "HTTP/1.1 204 No Content\nTransfer-Encoding: chunked\n\n", []string{"transfer-encoding-forbidden"}, ""},
		{"HEAD", httptest.NewRequest("HEAD", "/", nil), "HTTP/1.1 200 OK\nContent-Length: 9\n\n", nil, ""},
		{"411", posted("abc"), "HTTP/1.1 411 Length Required\nContent-Length: 2\n\nno", []string{"411-has-content-length"}, "no"},
		{"413", posted("abc"), "HTTP/1.1 413 Content Too Large\nContent-Length: 2\n\nno", nil, "no"},
	} {
		t.Run(test.name, func(t *testing.T) {
			resp := canned(t, test.req, test.wire)
			assert.Equal(t, test.want, ids(Response(resp)))
			body, err := io.ReadAll(resp.Body)
			assert.NoError(t, err)
			assert.Equal(t, test.body, string(body), "the content is still there")
			assert.NoError(t, resp.Body.Close())
		})
	}
}

func posted(content string) *http.Request {
	r, err := http.NewRequest("POST", "https://example.com/a", strings.NewReader(content))
	if err != nil {
		panic(err)
	}
	return r
}

// Content that ends early is a mismatch; a connection that breaks is not the
// server's doing. Either way the reader gets the error afterwards.
func TestResponseEndsEarly(t *testing.T) {
	resp := canned(t, nil, "HTTP/1.1 200 OK\nContent-Length: 5\n\nabc")
	assert.Equal(t, []string{"content-length-mismatch"}, ids(Response(resp)))
	body, err := io.ReadAll(resp.Body)
	assert.Equal(t, "abc", string(body))
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)

	broken := errors.New("broken")
	resp = &http.Response{StatusCode: 200, Header: http.Header{"Content-Length": {"5"}}, Body: &brokenBody{err: broken}}
	assert.Empty(t, Response(resp))
	_, err = io.ReadAll(resp.Body)
	assert.ErrorIs(t, err, broken)

	assert.Empty(t, Response(&http.Response{StatusCode: 200}), "no body at all")
}

type brokenBody struct {
	err    error
	closed bool
}

func (b *brokenBody) Read([]byte) (int, error) { return 0, b.err }
func (b *brokenBody) Close() error             { b.closed = true; return nil }

// roundTripper is a function as an http.RoundTripper.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// When a response is checked, and how often.
func TestTransportReports(t *testing.T) {
	wire := "HTTP/1.1 401 Unauthorized\nContent-Length: 5\n\nlogin"
	for _, test := range []struct {
		name  string
		wire  string
		use   func(*http.Response)
		want  int
		first string
	}{
		{"not before it is read", wire, func(*http.Response) {}, 0, ""},
		{"at the end", wire, func(r *http.Response) { io.ReadAll(r.Body) }, 1, "401-challenge-missing"},
		{"on Close", wire, func(r *http.Response) { r.Body.Close() }, 1, "401-challenge-missing"},
		{"once", wire, func(r *http.Response) { io.ReadAll(r.Body); r.Body.Close(); r.Body.Close() }, 1, "401-challenge-missing"},
		{"at once without content", "HTTP/1.1 204 No Content\nContent-Length: 5\n\n", func(*http.Response) {}, 1, "content-length-forbidden"},
		{"not without a finding", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", func(r *http.Response) { io.ReadAll(r.Body) }, 0, ""},
		{"content that is not read is not too short", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", func(r *http.Response) { r.Body.Close() }, 0, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var found [][]Finding
			req := httptest.NewRequest("GET", "https://example.com/", nil)
			tr := Transport(roundTripper(func(r *http.Request) (*http.Response, error) { return canned(t, r, test.wire), nil }),
				func(resp *http.Response, findings []Finding) {
					assert.Same(t, req, resp.Request)
					found = append(found, findings)
				})
			resp, err := tr.RoundTrip(req)
			require.NoError(t, err)
			test.use(resp)
			require.Len(t, found, test.want)
			if test.want > 0 {
				assert.Equal(t, test.first, found[0][0].Rule)
			}
		})
	}
	broken := errors.New("broken")
	tr := Transport(roundTripper(func(*http.Request) (*http.Response, error) { return nil, broken }), nil)
	_, err := tr.RoundTrip(httptest.NewRequest("GET", "/", nil))
	assert.ErrorIs(t, err, broken)
	assert.NotNil(t, Transport(nil, nil), "the default transport")
}

// What came over a network has Date; what a test made up need not.
func TestTransportDate(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Date"] = nil
		io.WriteString(w, "ok")
	}))
	defer s.Close()
	for _, test := range []struct {
		name string
		base http.RoundTripper
		opts []Option
		want []string
	}{
		{"the default transport", nil, nil, []string{"date-missing"}},
		{"another one", &http.Transport{DisableKeepAlives: true}, nil, []string{"date-missing"}},
		{"switched off", nil, []Option{Disable("date-missing")}, nil},
		{"a wrapped one", roundTripper(http.DefaultTransport.RoundTrip), nil, nil},
		{"switched on", roundTripper(http.DefaultTransport.RoundTrip), []Option{Enable("date-missing")}, []string{"date-missing"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var found []string
			c := http.Client{Transport: Transport(test.base, func(_ *http.Response, findings []Finding) { found = ids(findings) }, test.opts...)}
			resp, err := c.Get(s.URL)
			require.NoError(t, err)
			io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
			assert.Equal(t, test.want, found)
		})
	}
}

// Content that net/http decompresses has another length than was sent.
func TestTransportDecompresses(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, `{"error":"no such user"}`)
	z.Close()
	server, client := loopback(t, false, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(b.Bytes())
	}, "GET", "")
	assert.Empty(t, server, "what is compressed cannot be read")
	assert.Equal(t, []string{"success-with-error-body"}, client)
}

// A switched protocol keeps its connection, which can be written to.
func TestTransportSwitches(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, rw, err := http.NewResponseController(w).Hijack()
		if !assert.NoError(t, err) {
			return
		}
		defer conn.Close()
		rw.WriteString("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n")
		rw.Flush()
		line, _ := rw.ReadString('\n')
		rw.WriteString(line)
		rw.Flush()
	}))
	defer s.Close()
	req, err := http.NewRequest("GET", s.URL, nil)
	require.NoError(t, err)
	req.Header.Set("Connection", "upgrade")
	req.Header.Set("Upgrade", "echo")
	c := http.Client{Transport: Transport(nil, func(_ *http.Response, findings []Finding) { t.Error(findings) })}
	resp, err := c.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	rw, ok := resp.Body.(io.ReadWriter)
	require.True(t, ok)
	io.WriteString(rw, "hello\n")
	line, err := bufio.NewReader(rw).ReadString('\n')
	require.NoError(t, err)
	assert.Equal(t, "hello\n", line)
	c.CloseIdleConnections()
}

// fakeT notes what a test is told.
type fakeT struct {
	errors []string
}

func (f *fakeT) Helper() {}
func (f *fakeT) Errorf(format string, args ...any) {
	f.errors = append(f.errors, fmt.Sprintf(format, args...))
}

func TestAssert(t *testing.T) {
	f := &fakeT{}
	assert.True(t, Assert(f, Exchange{Method: "GET", Target: "/a", Status: 299}), "info does not fail a test")
	assert.Empty(t, f.errors)
	assert.False(t, Assert(f, Exchange{Method: "GET", Target: "/a", Status: 299}, MinSeverity(Info)))
	assert.False(t, Assert(f, Exchange{Method: "DELETE", Target: "/a", Status: 404}))
	assert.Equal(t, []string{
		"GET /a: info: status-unregistered: The status code 299 is not registered; clients treat it as 200. (RFC 9110, Section 15)",
		"DELETE /a: warning: error-content-missing: The 404 has no content. (RFC 9110, Section 15.5)",
	}, f.errors)

	f = &fakeT{}
	resp := canned(t, httptest.NewRequest("GET", "/me", nil), "HTTP/1.1 401 Unauthorized\nContent-Length: 2\n\nno")
	assert.False(t, AssertResponse(f, resp))
	AssertHandler(f, http.NotFoundHandler()).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/none", nil))
	AssertHandler(f, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Error(w, "no", http.StatusMethodNotAllowed) })).
		ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("PUT", "/users?a", nil))
	assert.Equal(t, []string{
		"GET /me: error: 401-challenge-missing: The 401 has no WWW-Authenticate field. (RFC 9110, Section 15.5.2)",
		"PUT /users?a: error: 405-allow-missing: The 405 to PUT has no Allow field. (RFC 9110, Section 15.5.6)",
	}, f.errors)
}
