package statushttp_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/proxystatus"
	"example.com/httpstatus/statushttp"
)

// loopback returns a function that dials one address, whichever is asked for.
func loopback(address string) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}
}

// fetch sends a GET and reads the content to its end.
func fetch(c *http.Client, url string) error {
	return finish(c.Get(url))
}

// stream sends a POST whose content cannot be sent again.
func stream(c *http.Client, url string) error {
	return finish(c.Post(url, "text/plain", struct{ io.Reader }{strings.NewReader("content")}))
}

func finish(resp *http.Response, err error) error {
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// deadline is a connection that gets a deadline when it is used.
type deadline struct {
	net.Conn
	read, write bool
}

func (d deadline) Read(b []byte) (int, error) {
	if d.read {
		_ = d.SetReadDeadline(time.Now())
	}
	return d.Conn.Read(b)
}

func (d deadline) Write(b []byte) (int, error) {
	if d.write {
		_ = d.SetWriteDeadline(time.Now().Add(-time.Second))
	}
	return d.Conn.Write(b)
}

// get is fetch with a context.
func get(ctx context.Context, c *http.Client, url string) error {
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return err
	}
	return finish(c.Do(req))
}

// refuse is the Control of a net.Dialer that allows no connection.
func refuse(string, string, syscall.RawConn) error { return errors.New("not this address") }

// via returns a client that goes through a proxy.
func via(t *testing.T, proxy string) *http.Client {
	u, err := url.Parse(proxy)
	require.NoError(t, err)
	return client(t, &http.Transport{Proxy: http.ProxyURL(u)}, nil)
}

// hurried returns a function that dials a connection with deadlines.
func hurried(d deadline) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := new(net.Dialer).DialContext(ctx, network, address)
		return deadline{c, d.read, d.write}, err
	}
}

// idle provokes a POST on a connection that the server resets, which it had kept
// open after an earlier request, either with the POST read or without.
func idle(read bool) func(*testing.T, *atomic.Int64) error {
	return func(t *testing.T, handled *atomic.Int64) error {
		address := listen(t, func(c net.Conn, _ int) {
			r := bufio.NewReader(c)
			if _, err := http.ReadRequest(r); err != nil {
				return
			}
			_, _ = io.WriteString(c, "HTTP/1.1 204 No Content\r\n\r\n")
			if _, err := r.Peek(1); err == nil && read {
				_, err = http.ReadRequest(r)
				assert.NoError(t, err)
				handled.Add(1)
			}
			reset(c)
		})
		c := client(t, &http.Transport{}, nil)
		require.NoError(t, fetch(c, "http://"+address))
		return stream(c, "http://"+address)
	}
}

// ending is a connection that the other side seems to close when end is closed.
type ending struct {
	net.Conn
	end, closed chan struct{}
	once        sync.Once
}

func (c *ending) Read(b []byte) (int, error) {
	type result struct {
		n   int
		err error
	}
	read := make(chan result, 1)
	go func() {
		n, err := c.Conn.Read(b)
		read <- result{n, err}
	}()
	select {
	case r := <-read:
		return r.n, r.err
	case <-c.end:
		return 0, io.EOF
	}
}

func (c *ending) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

// through returns a client whose connections are conn, and the context of a request
// that waits for the end of conn as soon as it has got it.
func (c *ending) through(t *testing.T, tr *http.Transport) (*http.Client, context.Context) {
	c.end, c.closed = make(chan struct{}), make(chan struct{})
	tr.DialContext = func(ctx context.Context, network, address string) (_ net.Conn, err error) {
		c.Conn, err = new(net.Dialer).DialContext(ctx, network, address)
		return c, err
	}
	return client(t, tr, nil), httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) {
		close(c.end)
		<-c.closed
	}})
}

// closedIdle provokes the end of a connection that was idle, after a POST has got
// it and before any of that is written.
func closedIdle(t *testing.T, handled *atomic.Int64) error {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { handled.Add(1) }))
	defer server.Close()
	c, ctx := new(ending).through(t, &http.Transport{})
	require.NoError(t, fetch(c, server.URL))
	require.EqualValues(t, 1, handled.Swap(0))
	req, err := http.NewRequestWithContext(ctx, "POST", server.URL, struct{ io.Reader }{strings.NewReader("content")})
	require.NoError(t, err)
	err = finish(c.Do(req))
	assert.Zero(t, handled.Load())
	return err
}

// notEstablished provokes the end of a connection of HTTP/2 before its first
// stream.
func notEstablished(t *testing.T, _ *atomic.Int64) error {
	tr := &http.Transport{Protocols: new(http.Protocols)}
	tr.Protocols.SetUnencryptedHTTP2(true)
	c, ctx := new(ending).through(t, tr)
	return get(ctx, c, "http://"+listen(t, func(c net.Conn, _ int) { _, _ = io.Copy(io.Discard, c) }))
}

// during provokes the end of a context while a server handles the request, with
// the cancel function called by the server if it is to be.
func during(with func(context.Context) (context.Context, context.CancelFunc), early bool) func(*testing.T, *atomic.Int64) error {
	return func(t *testing.T, handled *atomic.Int64) error {
		ctx, cancel := with(t.Context())
		defer cancel()
		server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			handled.Add(1)
			if early {
				cancel()
			}
			<-r.Context().Done()
		}))
		defer server.Close()
		return get(ctx, client(t, &http.Transport{}, nil), server.URL)
	}
}

// awaitHeaders reads the preface of HTTP/2, and frames until one opens a stream.
func awaitHeaders(r *bufio.Reader) {
	_, _ = io.CopyN(io.Discard, r, 24)
	for {
		var head [9]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return
		}
		_, _ = io.CopyN(io.Discard, r, int64(head[0])<<16|int64(head[1])<<8|int64(head[2]))
		if head[3] == h2Headers {
			return
		}
	}
}

// silent is a logger for what a server has to say about the tests.
var silent = log.New(io.Discard, "", 0)

// A provoked failure: run makes a call fail for real and counts in handled the
// requests of which a server has read the header.
type provoked struct {
	name string
	run  func(t *testing.T, handled *atomic.Int64) error
	want statushttp.Failure
	ran  bool // the server handled the request
}

// TestFailureOf provokes failures and tells them apart. Where the request is said
// not to have been applied, no server has handled it.
func TestFailureOf(t *testing.T) {
	const (
		unknown = httpstatus.AppliedUnknown
		not     = httpstatus.NotApplied
	)
	plain := func(h http.HandlerFunc, change func(*http.Transport)) func(*testing.T, *atomic.Int64) error {
		return func(t *testing.T, handled *atomic.Int64) error {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				handled.Add(1)
				h(w, r)
			}))
			defer server.Close()
			return fetch(client(t, &http.Transport{}, change), server.URL)
		}
	}
	secure := func(configure func(server, client *tls.Config)) func(*testing.T, *atomic.Int64) error {
		return func(t *testing.T, handled *atomic.Int64) error {
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { handled.Add(1) }))
			server.TLS = &tls.Config{}
			server.Config.ErrorLog = silent
			mine := &tls.Config{}
			configure(server.TLS, mine)
			server.StartTLS()
			defer server.Close()
			if mine.RootCAs == nil && mine.NextProtos == nil {
				mine.RootCAs = server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
			}
			mine.NextProtos = nil
			return fetch(client(t, &http.Transport{TLSClientConfig: mine}, nil), server.URL)
		}
	}
	text := func(text string, change func(*http.Transport)) func(*testing.T, *atomic.Int64) error {
		return func(t *testing.T, handled *atomic.Int64) error {
			return fetch(client(t, &http.Transport{}, change), answer(t, handled, text))
		}
	}
	content := func(content string) func(*testing.T, *atomic.Int64) error {
		return text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"+content, nil)
	}
	dialing := func(d *net.Dialer, url string) func(*testing.T, *atomic.Int64) error {
		return func(t *testing.T, _ *atomic.Int64) error {
			return fetch(client(t, &http.Transport{DialContext: d.DialContext}, nil), url)
		}
	}
	const refuses, handles = int64(0), int64(1) // what the server does with the request, it says
	http2 := func(
		call func(*http.Client, string) error, does int64, respond func(stream uint32) []byte,
	) func(*testing.T, *atomic.Int64) error {
		return func(t *testing.T, handled *atomic.Int64) error {
			return call(h2Client(t, nil), h2(t, func(stream uint32) []byte {
				handled.Add(does)
				return respond(stream)
			}))
		}
	}
	refused := statushttp.Failure{Type: proxystatus.ProxyInternalError, Applied: not} // by net/http
	post := func(c *http.Client, url string, change func(*http.Request)) error {
		req, err := http.NewRequest("POST", url, strings.NewReader("content"))
		if err == nil {
			change(req)
		}
		return finish(c.Do(req))
	}
	sending := func(change func(*http.Request)) func(*testing.T, *atomic.Int64) error {
		return func(t *testing.T, h *atomic.Int64) error {
			return post(client(t, &http.Transport{}, nil), answer(t, h, "HTTP/1.1 204 No Content\r\n\r\n"), change)
		}
	}
	sendingH2 := func(change func(*http.Request)) func(*testing.T, *atomic.Int64) error {
		return func(t *testing.T, h *atomic.Int64) error {
			return post(h2Client(t, nil), h2(t, func(uint32) []byte {
				h.Add(1)
				return nil
			}), change)
		}
	}
	socks := func(reply byte) func(*testing.T, *atomic.Int64) error {
		return func(t *testing.T, _ *atomic.Int64) error {
			return fetch(via(t, "socks5://"+listen(t, func(c net.Conn, _ int) {
				_, _ = io.ReadFull(c, make([]byte, 3))
				_, _ = c.Write([]byte{5, 0})
				_, _ = io.ReadFull(c, make([]byte, 7+len("service.invalid.")))
				_, _ = c.Write([]byte{5, reply, 0, 1, 0, 0, 0, 0, 0, 0})
			})), "http://service.invalid./")
		}
	}
	rst := func(code uint32) func(uint32) []byte {
		return func(stream uint32) []byte { return frame(h2RST, 0, stream, words(code)...) }
	}

	for _, tt := range []provoked{
		{"no such name", func(t *testing.T, h *atomic.Int64) error {
			return dialing(&net.Dialer{Resolver: stubborn(t, 3)}, "http://service.invalid./")(t, h)
		}, statushttp.Failure{Type: proxystatus.DNSError, Applied: not}, false},
		{"a server of names that fails", func(t *testing.T, h *atomic.Int64) error {
			return dialing(&net.Dialer{Resolver: stubborn(t, 2)}, "http://service.invalid./")(t, h)
		}, statushttp.Failure{Type: proxystatus.DNSError, Applied: not}, false},
		{"a server of names that is silent", func(t *testing.T, h *atomic.Int64) error {
			return dialing(&net.Dialer{Resolver: stubborn(t, -1), Timeout: short}, "http://service.invalid./")(t, h)
		}, statushttp.Failure{Type: proxystatus.DNSTimeout, Applied: not}, false},

		{"refused", func(t *testing.T, h *atomic.Int64) error {
			return dialing(&net.Dialer{}, "http://"+closedPort())(t, h)
		}, statushttp.Failure{Type: proxystatus.ConnectionRefused, Applied: not}, false},
		{"not open in time", dialing(&net.Dialer{Timeout: 1}, "http://127.0.0.1:9/"),
			statushttp.Failure{Type: proxystatus.ConnectionTimeout, Applied: not}, false},
		{"not to be dialed", dialing(&net.Dialer{Control: refuse}, "http://127.0.0.1:9/"),
			statushttp.Failure{Applied: not}, false},
		{"no address of ours is left", dialing(&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1)}}, "http://127.0.0.1:9/"),
			statushttp.Failure{Type: proxystatus.ProxyInternalError, Applied: not}, false},
		{"the proxy refuses the connection", func(t *testing.T, _ *atomic.Int64) error {
			return fetch(via(t, "http://"+closedPort()), "https://service.invalid./")
		}, statushttp.Failure{Type: proxystatus.ConnectionRefused, Applied: not}, false},
		{"the proxy says no", func(t *testing.T, h *atomic.Int64) error {
			return fetch(via(t, answer(t, new(atomic.Int64), "HTTP/1.1 403 Forbidden\r\n\r\n")), "https://service.invalid./")
		}, statushttp.Failure{}, false},
		{"the SOCKS proxy says no", socks(1), statushttp.Failure{Applied: not}, false},
		{"the SOCKS proxy says that it is not allowed", socks(2), statushttp.Failure{Type: proxystatus.DestinationIPProhibited, Applied: not}, false},
		{"the SOCKS proxy finds no network", socks(3), statushttp.Failure{Type: proxystatus.DestinationIPUnroutable, Applied: not}, false},
		{"the SOCKS proxy finds no host", socks(4), statushttp.Failure{Type: proxystatus.DestinationIPUnroutable, Applied: not}, false},
		{"the SOCKS proxy was refused", socks(5), statushttp.Failure{Type: proxystatus.ConnectionRefused, Applied: not}, false},
		{"the SOCKS proxy does not know what to do", socks(7), statushttp.Failure{Applied: not}, false},
		{"another scheme", dialing(&net.Dialer{}, "gopher://127.0.0.1/"),
			statushttp.Failure{Type: proxystatus.DestinationNotFound, Applied: not}, false},
		{"no host", dialing(&net.Dialer{}, "http:///"),
			statushttp.Failure{Type: proxystatus.DestinationNotFound, Applied: not}, false},
		{"no such port", dialing(&net.Dialer{}, "http://127.0.0.1:99999/"),
			statushttp.Failure{Type: proxystatus.DestinationNotFound, Applied: not}, false},
		{"no URL", dialing(&net.Dialer{}, "http://a b/"),
			statushttp.Failure{Type: proxystatus.DestinationNotFound, Applied: not}, false},
		{"no socket", func(t *testing.T, _ *atomic.Int64) error {
			_, err := net.Dial("unix", t.TempDir()+"/none")
			return err
		}, statushttp.Failure{Applied: not}, false},
		{"a file and no socket", func(t *testing.T, _ *atomic.Int64) error {
			name := t.TempDir() + "/file"
			require.NoError(t, os.WriteFile(name, nil, 0o600))
			_, err := net.Dial("unix", name)
			return err
		}, statushttp.Failure{Type: proxystatus.ConnectionRefused, Applied: not}, false},
		{"no such network", func(*testing.T, *atomic.Int64) error {
			_, err := net.Dial("tcp9", "127.0.0.1:9")
			return err
		}, statushttp.Failure{Type: proxystatus.ProxyInternalError, Applied: not}, false},
		{"a hook that dials nothing", func(t *testing.T, _ *atomic.Int64) error {
			return fetch(client(t, &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
				return nil, nil
			}}, nil), "http://service.invalid./")
		}, refused, false},

		{"a value with a line feed", sending(func(r *http.Request) { r.Header.Set("X", "a\nb") }), refused, false},
		{"a name with a space", sending(func(r *http.Request) { r.Header["a b"] = []string{"x"} }), refused, false},
		{"a trailer with a space", sending(func(r *http.Request) { r.Trailer = http.Header{"a b": nil} }), refused, false},
		{"a trailer that may not be one", sending(func(r *http.Request) {
			r.ContentLength, r.Trailer = -1, http.Header{"Content-Length": nil}
		}), refused, false},
		{"a method with a space", sending(func(r *http.Request) { r.Method = "B D" }), refused, false},
		{"a request of a server", sending(func(r *http.Request) { r.RequestURI = "/" }), refused, false},
		{"a request without URL", sending(func(r *http.Request) { r.URL = nil }), refused, false},
		{"a request without header", func(*testing.T, *atomic.Int64) error {
			_, err := http.DefaultTransport.RoundTrip(&http.Request{URL: &url.URL{Scheme: "http", Host: "service.invalid."}})
			return err
		}, refused, false},
		{"a request without context", func(*testing.T, *atomic.Int64) error {
			//lint:ignore SA1012 a nil Context is what is tested
			_, err := http.NewRequestWithContext(nil, "GET", "/", nil)
			return err
		}, refused, false},
		{"a control character in the URL", sending(func(r *http.Request) { r.URL.Opaque = "//x/\x01" }), refused, false},
		{"HTTP/2: a field of HTTP/1.1", sendingH2(func(r *http.Request) { r.Header.Set("Connection", "x") }), refused, false},
		{"HTTP/2: a host with a space", sendingH2(func(r *http.Request) { r.Host = "a b" }), refused, false},
		{"HTTP/2: no path", sendingH2(func(r *http.Request) { r.URL.Opaque = "x" }), refused, false},
		{"HTTP/2: a header that the peer would not take", func(t *testing.T, h *atomic.Int64) error {
			address := h2(t, func(stream uint32) []byte { // the limit, and a 200 without content
				limit := frame(h2Settings, 0, 0, 0, 6, 0, 0, 0, 100) // SETTINGS_MAX_HEADER_LIST_SIZE
				return append(limit, frame(h2Headers, h2EndStream|h2EndHeaders, stream, 0x88)...)
			})
			c := h2Client(t, nil)
			require.NoError(t, fetch(c, address), "before the limit is known")
			req, err := http.NewRequest("GET", address, nil)
			require.NoError(t, err)
			req.Header.Set("X", strings.Repeat("x", 1000))
			return finish(c.Do(req))
		}, statushttp.Failure{Type: proxystatus.ProxyInternalError}, false},

		{"a certificate of an unknown authority", secure(func(_, mine *tls.Config) { mine.NextProtos = []string{"none"} }),
			statushttp.Failure{Type: proxystatus.TLSCertificateError, Applied: not}, false},
		{"a certificate for another name", secure(func(_, mine *tls.Config) { mine.ServerName = "service.invalid" }),
			statushttp.Failure{Type: proxystatus.TLSCertificateError, Applied: not}, false},
		{"a certificate that has expired", secure(func(_, mine *tls.Config) {
			mine.Time = func() time.Time { return time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC) }
		}), statushttp.Failure{Type: proxystatus.TLSCertificateError, Applied: not}, false},
		{"the server alerts in the handshake", secure(func(theirs, mine *tls.Config) {
			theirs.MinVersion, mine.MaxVersion = tls.VersionTLS13, tls.VersionTLS12
		}), statushttp.Failure{Type: proxystatus.TLSAlertReceived}, false},
		{"the server wants a certificate of ours", secure(func(theirs, _ *tls.Config) {
			theirs.ClientAuth = tls.RequireAnyClientCert
		}), statushttp.Failure{Type: proxystatus.TLSAlertReceived}, false},
		{"a handshake that does not end", func(t *testing.T, _ *atomic.Int64) error {
			quiet := listen(t, func(c net.Conn, _ int) { _, _ = io.Copy(io.Discard, c) })
			return fetch(client(t, &http.Transport{TLSHandshakeTimeout: short}, nil), "https://"+quiet)
		}, statushttp.Failure{Applied: not}, false},
		{"no TLS at all", func(t *testing.T, _ *atomic.Int64) error {
			other := listen(t, func(c net.Conn, _ int) { _, _ = io.WriteString(c, "SSH-2.0-Server\r\n") })
			return fetch(client(t, &http.Transport{}, nil), "https://"+other)
		}, statushttp.Failure{Type: proxystatus.TLSProtocolError, Applied: not}, false},
		{"HTTP and no TLS", func(t *testing.T, h *atomic.Int64) error {
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { h.Add(1) }))
			server.Config.ErrorLog = silent
			server.Start()
			defer server.Close()
			return fetch(client(t, &http.Transport{}, nil), "https"+strings.TrimPrefix(server.URL, "http"))
		}, statushttp.Failure{Type: proxystatus.TLSProtocolError}, false},
		{"plain text after the handshake", func(t *testing.T, h *atomic.Int64) error {
			server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				h.Add(1)
				c, _, err := w.(http.Hijacker).Hijack()
				if assert.NoError(t, err) {
					_, _ = io.WriteString(c.(*tls.Conn).NetConn(), "HTTP/1.1 200 OK\r\n\r\n")
					reset(c.(*tls.Conn).NetConn())
				}
			}))
			defer server.Close()
			return fetch(server.Client(), server.URL)
		}, statushttp.Failure{Type: proxystatus.TLSProtocolError}, true},

		{"closed without a word", text("", nil), statushttp.Failure{Type: proxystatus.ConnectionTerminated}, true},
		{"cut by the handler", plain(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, nil),
			statushttp.Failure{Type: proxystatus.ConnectionTerminated}, true},
		{"reset without a word", func(t *testing.T, h *atomic.Int64) error {
			address := listen(t, func(c net.Conn, _ int) {
				if _, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
					h.Add(1)
				}
				reset(c)
			})
			return fetch(client(t, &http.Transport{}, nil), "http://"+address)
		}, statushttp.Failure{Type: proxystatus.ConnectionTerminated}, true},
		{"reset on a connection that was idle", idle(true), statushttp.Failure{Type: proxystatus.ConnectionTerminated}, true},
		{"reset on a connection that was idle, unread", idle(false), statushttp.Failure{Type: proxystatus.ConnectionTerminated}, false},
		{"closed while it was idle", closedIdle, statushttp.Failure{Type: proxystatus.ConnectionTerminated}, false},
		{"cut in the header", text("HTTP/1.1 200 OK\r\nServer: x\r\n", nil), statushttp.Failure{Type: proxystatus.HTTPResponseIncomplete}, true},
		{"cut in the content", text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345", nil),
			statushttp.Failure{Type: proxystatus.HTTPResponseIncomplete}, true},
		{"cut in a chunk", content("5\r\n123"), statushttp.Failure{Type: proxystatus.HTTPResponseIncomplete}, true},
		{"cut before the trailer", content("0\r\n"), statushttp.Failure{Type: proxystatus.HTTPResponseIncomplete}, true},

		{"not HTTP", text("BOGUS\r\n\r\n", nil), statushttp.Failure{Type: proxystatus.HTTPProtocolError}, true},
		{"no status code", text("HTTP/1.1 many OK\r\n\r\n", nil), statushttp.Failure{Type: proxystatus.HTTPProtocolError}, true},
		{"another version", text("HTTP/x.1 200 OK\r\n\r\n", nil), statushttp.Failure{Type: proxystatus.HTTPProtocolError}, true},
		{"no field", text("HTTP/1.1 200 OK\r\nno field\r\n\r\n", nil), statushttp.Failure{Type: proxystatus.HTTPProtocolError}, true},
		{"no length", text("HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n", nil), statushttp.Failure{Type: proxystatus.HTTPProtocolError}, true},
		{"two lengths", text("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", nil),
			statushttp.Failure{Type: proxystatus.HTTPProtocolError}, true},
		{"a transfer coding of no kind", text("HTTP/1.1 200 OK\r\nTransfer-Encoding: folded\r\n\r\n", nil),
			statushttp.Failure{Type: proxystatus.HTTPResponseTransferCoding}, true},
		{"two transfer codings", text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", nil),
			statushttp.Failure{Type: proxystatus.HTTPResponseTransferCoding}, true},
		{"a header that is too large", text("HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 10000)+"\r\n\r\n", func(tr *http.Transport) {
			tr.MaxResponseHeaderBytes = 100
		}), statushttp.Failure{Type: proxystatus.HTTPResponseHeaderSectionSize}, true},
		{"a chunk without a length", content("\r\n\r\n"), statushttp.Failure{Type: proxystatus.HTTPResponseTransferCoding}, true},
		{"a chunk with a bad length", content("zz\r\n"), statushttp.Failure{Type: proxystatus.HTTPResponseTransferCoding}, true},
		{"a chunk that is too long", content("fffffffffffffffff\r\n"), statushttp.Failure{Type: proxystatus.HTTPResponseTransferCoding}, true},
		{"a chunk with a long extension", content("1;" + strings.Repeat("x", 10000) + "\r\n"),
			statushttp.Failure{Type: proxystatus.HTTPResponseTransferCoding}, true},
		{"a chunk that does not end", content("1\r\nxy\r\n0\r\n\r\n"), statushttp.Failure{Type: proxystatus.HTTPResponseTransferCoding}, true},
		{"a chunk with a bare LF", content("1\nx\n0\n\n"), statushttp.Failure{Type: proxystatus.HTTPResponseTransferCoding}, true},
		{"a chunk with a stray CR", content("1\r1\r\nx\r\n"), statushttp.Failure{Type: proxystatus.HTTPResponseTransferCoding}, true},
		{"more chunk than content", content(strings.Repeat("1;"+strings.Repeat("x", 2000)+"\r\nx\r\n", 20) + "0\r\n\r\n"),
			statushttp.Failure{Type: proxystatus.HTTPResponseTransferCoding}, true},
		{"a long trailer", content("0\r\nX: " + strings.Repeat("x", 10000) + "\r\n\r\n"), statushttp.Failure{Type: proxystatus.HTTPProtocolError}, true},
		{"cut in the trailer", content("0\r\nX: x"), statushttp.Failure{Type: proxystatus.HTTPProtocolError}, true},
		{"not gzip", text("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nplain text, though", nil),
			statushttp.Failure{Type: proxystatus.HTTPResponseContentCoding}, true},
		{"gzip that does not inflate", text("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00plain", nil),
			statushttp.Failure{Type: proxystatus.HTTPResponseContentCoding}, true},
		{"gzip with another checksum", text("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+
			"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00\x03\x00xxxxxxxx", nil), statushttp.Failure{Type: proxystatus.HTTPResponseContentCoding}, true},

		{"the header is late", plain(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, func(tr *http.Transport) {
			tr.ResponseHeaderTimeout = short
		}), statushttp.Failure{Type: proxystatus.HTTPResponseTimeout}, false},
		{"the client's limit", func(t *testing.T, h *atomic.Int64) error {
			c := client(t, &http.Transport{}, nil)
			c.Timeout = short
			return fetch(c, "http://"+listen(t, func(c net.Conn, _ int) { _, _ = io.Copy(io.Discard, c) }))
		}, statushttp.Failure{Type: proxystatus.HTTPResponseTimeout}, false},
		{"the client's limit within the content", func(t *testing.T, h *atomic.Int64) error {
			c := client(t, &http.Transport{}, nil)
			c.Timeout = short
			return fetch(c, "http://"+listen(t, func(c net.Conn, _ int) {
				if _, err := http.ReadRequest(bufio.NewReader(c)); err != nil {
					return
				}
				_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")
				_, _ = io.Copy(io.Discard, c)
			}))
		}, statushttp.Failure{Type: proxystatus.HTTPResponseTimeout}, false},
		{"a deadline", during(func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, short)
		}, false), statushttp.Failure{Type: proxystatus.HTTPResponseTimeout}, false},
		{"a deadline before anything", func(t *testing.T, h *atomic.Int64) error {
			ctx, cancel := context.WithTimeout(t.Context(), -1)
			defer cancel()
			return get(ctx, client(t, &http.Transport{}, nil), "http://127.0.0.1:9/")
		}, statushttp.Failure{Type: proxystatus.HTTPResponseTimeout}, false},
		{"nothing to read in time", func(t *testing.T, h *atomic.Int64) error {
			return fetch(client(t, &http.Transport{DialContext: hurried(deadline{read: true})}, nil), answer(t, h, "HTTP/1.1 204 No Content\r\n\r\n"))
		}, statushttp.Failure{Type: proxystatus.ConnectionReadTimeout}, false},
		{"nothing taken in time", func(t *testing.T, h *atomic.Int64) error {
			return fetch(client(t, &http.Transport{DialContext: hurried(deadline{write: true})}, nil), answer(t, h, "HTTP/1.1 204 No Content\r\n\r\n"))
		}, statushttp.Failure{Type: proxystatus.ConnectionWriteTimeout, Applied: not}, false},

		{"canceled while it waits", during(context.WithCancel, true), statushttp.Failure{Canceled: true}, true},
		{"canceled before anything", func(t *testing.T, _ *atomic.Int64) error {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			return get(ctx, client(t, &http.Transport{}, nil), "http://127.0.0.1:9/")
		}, statushttp.Failure{Canceled: true}, false},
		{"canceled while it dials", func(t *testing.T, _ *atomic.Int64) error {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			_, err := new(net.Dialer).DialContext(ctx, "tcp", "127.0.0.1:9")
			return err
		}, statushttp.Failure{Canceled: true, Applied: not}, false},
		{"canceled the old way", func(t *testing.T, h *atomic.Int64) error {
			stop := make(chan struct{})
			address := listen(t, func(c net.Conn, _ int) {
				if _, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
					h.Add(1)
					close(stop)
				}
				_, _ = io.Copy(io.Discard, c)
			})
			req, err := http.NewRequest("GET", "http://"+address, nil)
			require.NoError(t, err)
			//lint:ignore SA1019 older programs use it
			req.Cancel = stop
			return finish(client(t, &http.Transport{}, nil).Do(req))
		}, statushttp.Failure{Canceled: true}, true},
		{"canceled the old way, without a connection", func(t *testing.T, _ *atomic.Int64) error {
			stop := make(chan struct{})
			req, err := http.NewRequest("GET", "http://service.invalid./", nil)
			require.NoError(t, err)
			//lint:ignore SA1019 older programs use it
			req.Cancel = stop
			return finish(client(t, &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
				close(stop)
				<-ctx.Done()
				return nil, ctx.Err()
			}}, nil).Do(req))
		}, statushttp.Failure{Canceled: true, Applied: not}, false},

		{"a redirect to nowhere", text("HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n", nil),
			statushttp.Failure{Type: proxystatus.HTTPProtocolError}, true},
		{"too many redirects", plain(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }, nil),
			statushttp.Failure{}, true},
		{"less content than said", func(t *testing.T, h *atomic.Int64) error {
			server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				h.Add(1)
				_, _ = io.Copy(io.Discard, r.Body)
			}))
			defer server.Close()
			req, err := http.NewRequest("POST", server.URL, struct{ io.Reader }{strings.NewReader("content")})
			require.NoError(t, err)
			req.ContentLength = 100
			return finish(client(t, &http.Transport{}, nil).Do(req))
		}, statushttp.Failure{Type: proxystatus.ProxyInternalError}, false},
		{"no content where some is said", func(t *testing.T, h *atomic.Int64) error {
			req, err := http.NewRequest("POST", answer(t, h, "HTTP/1.1 204 No Content\r\n\r\n"), nil)
			require.NoError(t, err)
			req.ContentLength = 100
			return finish(client(t, &http.Transport{}, nil).Do(req))
		}, statushttp.Failure{Type: proxystatus.ProxyInternalError, Applied: not}, false},
		{"more content than we take", func(t *testing.T, h *atomic.Int64) error {
			server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				h.Add(1)
				_, _ = io.Copy(io.Discard, r.Body)
			}))
			defer server.Close()
			body := http.MaxBytesReader(nil, io.NopCloser(strings.NewReader("content")), 3)
			return finish(client(t, &http.Transport{}, nil).Post(server.URL, "text/plain", body))
		}, statushttp.Failure{Type: proxystatus.HTTPRequestError}, false},
		{"another protocol than was asked for", func(t *testing.T, h *atomic.Int64) error {
			target, err := url.Parse(answer(t, h, "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: chess\r\n\r\n"))
			require.NoError(t, err)
			failed := make(chan error, 1)
			proxy := httputil.NewSingleHostReverseProxy(target)
			proxy.ErrorHandler = func(_ http.ResponseWriter, _ *http.Request, err error) { failed <- err }
			r := httptest.NewRequest("GET", "/", nil)
			r.Header.Set("Connection", "upgrade")
			r.Header.Set("Upgrade", "websocket")
			proxy.ServeHTTP(httptest.NewRecorder(), r)
			return <-failed
		}, statushttp.Failure{Type: proxystatus.HTTPUpgradeFailed}, true},

		{"HTTP/2: refused", http2(stream, refuses, rst(0x7)), statushttp.Failure{Type: proxystatus.ConnectionTerminated, Applied: not}, false},
		{"HTTP/2: refused within the response", http2(fetch, refuses, func(stream uint32) []byte {
			return append(frame(h2Headers, h2EndHeaders, stream, 0x88), frame(h2RST, 0, stream, words(0x7)...)...)
		}), statushttp.Failure{Type: proxystatus.ConnectionTerminated, Applied: not}, false},
		{"HTTP/2: internal error", http2(fetch, handles, rst(0x2)), statushttp.Failure{Type: proxystatus.ConnectionTerminated}, true},
		{"HTTP/2: our protocol error", http2(stream, handles, rst(0x1)), statushttp.Failure{Type: proxystatus.HTTPProtocolError}, true},
		{"HTTP/2: wants HTTP/1.1", http2(fetch, handles, rst(0xd)), statushttp.Failure{Type: proxystatus.HTTPProtocolError}, true},
		{"HTTP/2: a code of no kind", http2(fetch, handles, rst(0x1234)), statushttp.Failure{Type: proxystatus.ConnectionTerminated}, true},
		{"HTTP/2: goes away before the stream", http2(stream, refuses, func(uint32) []byte { return frame(h2GoAway, 0, 0, words(0, 0)...) }),
			statushttp.Failure{Type: proxystatus.ConnectionTerminated, Applied: not}, false},
		{"HTTP/2: goes away before the stream, in anger", http2(stream, refuses, func(uint32) []byte { return frame(h2GoAway, 0, 0, words(0, 0xb)...) }),
			statushttp.Failure{Type: proxystatus.ConnectionTerminated, Applied: not}, false},
		{"HTTP/2: goes away after the stream", func(t *testing.T, h *atomic.Int64) error {
			return stream(h2Client(t, nil), "http://"+listen(t, func(c net.Conn, _ int) {
				r := bufio.NewReader(c)
				_, _ = c.Write(frame(h2Settings, 0, 0))
				awaitHeaders(r)
				h.Add(1)
				_, _ = c.Write(frame(h2GoAway, 0, 0, words(1, 0)...))
			}))
		}, statushttp.Failure{Type: proxystatus.ConnectionTerminated}, true},
		{"HTTP/2: closed without a word", http2(fetch, handles, func(uint32) []byte { return nil }),
			statushttp.Failure{Type: proxystatus.HTTPResponseIncomplete}, true},
		{"HTTP/2: a frame of no sense", http2(fetch, handles, func(uint32) []byte { return frame(h2Data, 0, 0) }),
			statushttp.Failure{Type: proxystatus.HTTPProtocolError}, true},
		{"HTTP/2: HTTP/1.1 in answer", func(t *testing.T, h *atomic.Int64) error {
			return fetch(h2Client(t, nil), "http://"+listen(t, func(c net.Conn, _ int) {
				awaitHeaders(bufio.NewReader(c))
				_, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n")
			}))
		}, statushttp.Failure{Type: proxystatus.HTTPProtocolError}, false},
		{"HTTP/2: HTTP/1.1 at once", notEstablished, statushttp.Failure{Type: proxystatus.ConnectionTerminated, Applied: not}, false},
		{"HTTP/2: more content than said", http2(fetch, handles, func(stream uint32) []byte {
			return append(frame(h2Headers, h2EndHeaders, stream, 0x88, 0x5c, 1, '1'), frame(h2Data, 0, stream, 'x', 'y')...)
		}), statushttp.Failure{Type: proxystatus.HTTPProtocolError}, true},
		{"HTTP/2: no status code", http2(fetch, handles, func(stream uint32) []byte { return frame(h2Headers, h2EndHeaders, stream, 0x86) }),
			statushttp.Failure{Type: proxystatus.HTTPProtocolError}, true},
		{"HTTP/2: a header that is too large", func(t *testing.T, h *atomic.Int64) error {
			return fetch(h2Client(t, func(tr *http.Transport) { tr.MaxResponseHeaderBytes = 100 }), h2(t, func(stream uint32) []byte {
				h.Add(1)
				// Ten fields without an index: x and 40 octets. Together they are
				// more than the limit of 420, but not twice as much, which would
				// be an error of the connection.
				field := "\x00\x01x\x28" + strings.Repeat("x", 40)
				return frame(h2Headers, h2EndHeaders, stream, []byte("\x88"+strings.Repeat(field, 10))...)
			}))
		}, statushttp.Failure{Type: proxystatus.HTTPResponseHeaderSectionSize}, true},
		{"HTTP/2: the header is late", func(t *testing.T, h *atomic.Int64) error {
			return fetch(h2Client(t, func(tr *http.Transport) { tr.ResponseHeaderTimeout = short }), h2(t, func(uint32) []byte {
				h.Add(1)
				return frame(h2Settings, 0, 0)
			}))
		}, statushttp.Failure{Type: proxystatus.HTTPResponseTimeout}, false},
		{"HTTP/2: a PING without an answer", func(t *testing.T, h *atomic.Int64) error {
			return fetch(h2Client(t, func(tr *http.Transport) {
				tr.HTTP2 = &http.HTTP2Config{SendPingTimeout: short, PingTimeout: short}
			}), h2(t, func(uint32) []byte {
				h.Add(1)
				return frame(h2Settings, 0, 0)
			}))
		}, statushttp.Failure{Type: proxystatus.ConnectionReadTimeout}, false},
		{"HTTP/2: a handler that panics", func(t *testing.T, h *atomic.Int64) error {
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
				h.Add(1)
				panic(http.ErrAbortHandler)
			}))
			server.EnableHTTP2 = true
			server.StartTLS()
			defer server.Close()
			return fetch(server.Client(), server.URL)
		}, statushttp.Failure{Type: proxystatus.ConnectionTerminated}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var handled atomic.Int64
			err := tt.run(t, &handled)
			require.Error(t, err)
			assert.Equal(t, tt.want, statushttp.FailureOf(err), "%v (%T)", err, errors.Unwrap(err))
			if tt.ran {
				assert.NotZero(t, handled.Load(), "the server has handled the request")
			}
			if tt.want.Applied == not {
				assert.Zero(t, handled.Load(), "the server has handled the request")
			}
		})
	}
}

// A panicking error panics when it is looked at.
type panicking struct{}

func (*panicking) Error() string   { panic("Error") }
func (*panicking) Is(error) bool   { panic("Is") }
func (*panicking) Timeout() bool   { panic("Timeout") }
func (e *panicking) Unwrap() error { return io.EOF }

// TestFailureOfErrors is about errors that no test can provoke on loopback, and
// about such as only look like one that says something.
func TestFailureOfErrors(t *testing.T) {
	const not = httpstatus.NotApplied
	system := func(call string, errno error) error {
		return &net.OpError{Op: call, Err: os.NewSyscallError("x", errno)}
	}
	goAway := errors.New("http2: Transport received Server's graceful shutdown GOAWAY")
	for _, tt := range []struct {
		name string
		err  error
		want statushttp.Failure
	}{
		{"nothing", nil, statushttp.Failure{}},
		{"nothing that is known", errors.New("out of cheese"), statushttp.Failure{}},
		{"no route to the network", system("dial", syscall.ENETUNREACH), statushttp.Failure{Type: proxystatus.DestinationIPUnroutable, Applied: not}},
		{"no route to the host", system("dial", syscall.EHOSTUNREACH), statushttp.Failure{Type: proxystatus.DestinationIPUnroutable, Applied: not}},
		{"not allowed by a firewall of ours", system("dial", syscall.EPERM), statushttp.Failure{Type: proxystatus.DestinationIPProhibited, Applied: not}},
		{"no files left", system("dial", syscall.EMFILE), statushttp.Failure{Type: proxystatus.ProxyInternalError, Applied: not}},
		{"the kernel ran out of time", system("dial", syscall.ETIMEDOUT), statushttp.Failure{Type: proxystatus.ConnectionTimeout, Applied: not}},
		{"no port", &net.OpError{Op: "dial", Err: &net.AddrError{Err: "missing port in address"}},
			statushttp.Failure{Type: proxystatus.DestinationNotFound, Applied: not}},
		{"refused in words of Windows", system("dial", syscall.Errno(10061)), statushttp.Failure{Type: proxystatus.ConnectionRefused, Applied: not}},
		{"a connection that the kernel gave up", system("read", syscall.ETIMEDOUT), statushttp.Failure{Type: proxystatus.ConnectionReadTimeout}},
		{"a broken pipe", system("write", syscall.EPIPE), statushttp.Failure{Type: proxystatus.ConnectionTerminated}},
		{"closed by ourselves", &net.OpError{Op: "read", Err: net.ErrClosed}, statushttp.Failure{Type: proxystatus.ConnectionTerminated}},
		{"refused, but not when it was dialed", system("read", syscall.ECONNREFUSED), statushttp.Failure{}},
		{"a record that could not be read", &net.OpError{Op: "local error", Err: errors.New("tls: bad record MAC")},
			statushttp.Failure{Type: proxystatus.TLSProtocolError}},
		{"a record of another version", tls.RecordHeaderError{Msg: "received record with version"}, statushttp.Failure{Type: proxystatus.TLSProtocolError}},
		{"TLS with words alone", errors.New("tls: server selected unsupported protocol version 301"),
			statushttp.Failure{Type: proxystatus.TLSProtocolError}},
		{"ECH refused", &tls.ECHRejectionError{}, statushttp.Failure{Type: proxystatus.TLSProtocolError, Applied: not}},
		{"a certificate", x509.UnknownAuthorityError{}, statushttp.Failure{Type: proxystatus.TLSCertificateError, Applied: not}},
		//lint:ignore SA1019 older packages make such errors
		{"HTTP with words alone", &http.ProtocolError{ErrorString: "x"}, statushttp.Failure{Type: proxystatus.HTTPProtocolError}},
		{"an answer that was not asked for", fmt.Errorf("readLoopPeekFailLocked: %w", error(nil)), statushttp.Failure{Type: proxystatus.HTTPProtocolError}},
		{"what could not be read", fmt.Errorf("net/http: HTTP/1.x transport connection broken: %w", errors.New("?")),
			statushttp.Failure{Type: proxystatus.HTTPProtocolError}},
		{"a pipe in memory", io.ErrClosedPipe, statushttp.Failure{Type: proxystatus.ConnectionTerminated}},
		{"a stream that could not be opened", errors.New("http2: client conn not usable"),
			statushttp.Failure{Type: proxystatus.ConnectionTerminated, Applied: not}},
		{"a method that is called parse", &url.Error{Op: "parse", URL: "http://service.invalid/", Err: io.EOF},
			statushttp.Failure{Type: proxystatus.ConnectionTerminated}},
		{"a trailer that the peer would not take", errors.New("request header list larger than peer's advertised limit"),
			statushttp.Failure{Type: proxystatus.ProxyInternalError}},
		{"a transport that returns nothing", errors.New("http: RoundTripper implementation (x) returned a nil *Response with a nil error"),
			statushttp.Failure{Type: proxystatus.ProxyInternalError}},
		{"a deadline of a file", os.ErrDeadlineExceeded, statushttp.Failure{Type: proxystatus.HTTPResponseTimeout}},
		{"one of several", errors.Join(errors.New("x"), fmt.Errorf("y: %w", system("dial", syscall.ECONNREFUSED))),
			statushttp.Failure{Type: proxystatus.ConnectionRefused, Applied: not}},

		{"golang.org/x/net: refused", errors.New("stream error: stream ID 3; REFUSED_STREAM; received from peer"),
			statushttp.Failure{Type: proxystatus.ConnectionTerminated, Applied: not}},
		{"golang.org/x/net: a protocol error", errors.New("stream error: stream ID 3; PROTOCOL_ERROR; received from peer"),
			statushttp.Failure{Type: proxystatus.HTTPProtocolError}},
		{"golang.org/x/net: HTTP/1.1", errors.New("stream error: stream ID 3; HTTP_1_1_REQUIRED; received from peer"),
			statushttp.Failure{Type: proxystatus.HTTPProtocolError}},
		{"golang.org/x/net: another code", errors.New("stream error: stream ID 3; INTERNAL_ERROR; received from peer"),
			statushttp.Failure{Type: proxystatus.ConnectionTerminated}},
		{"refused, but not by the peer", errors.New("stream error: stream ID 3; REFUSED_STREAM"), statushttp.Failure{Type: proxystatus.HTTPProtocolError}},
		{"a GOAWAY in words of the peer", fmt.Errorf("malformed HTTP response %q", goAway), statushttp.Failure{Type: proxystatus.HTTPProtocolError}},
		{"a GOAWAY in words of another", fmt.Errorf("upstream said: %v", goAway), statushttp.Failure{}},
		{"a GOAWAY, wrapped", fmt.Errorf("upstream: %w", goAway), statushttp.Failure{Type: proxystatus.ConnectionTerminated, Applied: not}},

		{"the answer of a peer that did it", httpstatus.Decode(503, nil, nil), statushttp.Failure{}},
		{"the answer of a peer that did not", fmt.Errorf("x: %w", httpstatus.Decode(429, nil, nil)), statushttp.Failure{Applied: not}},
		{"an error of our own", httpstatus.TooManyRequests.New("", ""), statushttp.Failure{}},
		{"an error of our own, with a cause", httpstatus.BadGateway.New("", "").WithCause(system("dial", syscall.ECONNREFUSED)),
			statushttp.Failure{Type: proxystatus.ConnectionRefused, Applied: not}},
		{"a code of our own", httpstatus.TooManyRequests, statushttp.Failure{}},

		{"an error that panics", &panicking{}, statushttp.Failure{}},
		{"a nil pointer", (*net.DNSError)(nil), statushttp.Failure{}},
		{"another nil pointer", &url.Error{Op: "Get", Err: (*net.OpError)(nil)}, statushttp.Failure{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, statushttp.FailureOf(tt.err))
		})
	}
}

// TestFailureOfRepeated: the transport repeats a GET by itself when a connection
// that was idle breaks, and the error is that of the repetition. FailureOf cannot
// know of the first one.
func TestFailureOfRepeated(t *testing.T) {
	var handled atomic.Int64
	var l net.Listener
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	served := make(chan struct{})
	go func() {
		defer close(served)
		c, err := l.Accept()
		if !assert.NoError(t, err) {
			return
		}
		r := bufio.NewReader(c)
		for range 2 {
			if _, err := http.ReadRequest(r); !assert.NoError(t, err) {
				return
			}
			if handled.Add(1) == 1 {
				_, _ = io.WriteString(c, "HTTP/1.1 204 No Content\r\n\r\n")
			}
		}
		assert.NoError(t, l.Close())
		reset(c)
	}()
	c := client(t, &http.Transport{}, nil)
	require.NoError(t, fetch(c, "http://"+l.Addr().String()))
	err = fetch(c, "http://"+l.Addr().String())
	<-served
	assert.EqualValues(t, 2, handled.Load())
	assert.Equal(t, statushttp.Failure{Type: proxystatus.ConnectionRefused, Applied: httpstatus.NotApplied}, statushttp.FailureOf(err), "%v", err)
}

// FuzzFailureOf: an error with nothing but a text means the same however it is
// wrapped, and a text means nothing where another one repeats it: what a peer has
// sent may stand in an error, but not at its beginning.
func FuzzFailureOf(f *testing.F) {
	for _, text := range []string{
		"net/http: TLS handshake timeout", "http2: Transport received Server's graceful shutdown GOAWAY",
		"stream error: stream ID 1; REFUSED_STREAM; received from peer", "malformed HTTP response \"x\"", "tls: bad record MAC",
		"http2: Transport: cannot retry err [x] after Request.Body was written; define Request.GetBody to avoid this error",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		err := errors.New(text)
		got := statushttp.FailureOf(err)
		require.Equal(t, got, statushttp.FailureOf(fmt.Errorf("a call: %w", err)))
		require.Equal(t, got, statushttp.FailureOf(errors.Join(errors.New("a"), err)))
		require.Equal(t, statushttp.Failure{}, statushttp.FailureOf(fmt.Errorf("the peer said %q", text)))
		require.Equal(t, statushttp.Failure{}, statushttp.FailureOf(fmt.Errorf("a call: %v", err)))
	})
}
