package statushttp_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// served runs a handler behind a real server and returns the server and what the
// Responder reports.
func served(t *testing.T, h2 bool, handler func(rs *statushttp.Responder) http.Handler) (*httptest.Server, <-chan report) {
	t.Helper()
	reports := make(chan report, 10)
	rs := &statushttp.Responder{Report: func(_ *http.Request, err error, info statushttp.Info) { reports <- report{err, info} }}
	server := httptest.NewUnstartedServer(handler(rs))
	server.EnableHTTP2 = h2
	server.StartTLS()
	t.Cleanup(server.Close)
	return server, reports
}

// TestClientLeaves has clients that leave, and middleware that cancels a context
// while the client waits: only the former is a 499.
func TestClientLeaves(t *testing.T) {
	for _, h2 := range []bool{false, true} {
		for _, wrap := range []func(http.Handler) http.Handler{
			func(h http.Handler) http.Handler { return h },
			func(h http.Handler) http.Handler { // one that can be unwrapped
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(passing{w}, r) })
			},
		} {
			t.Run(fmt.Sprintf("leaves, HTTP/2 %v", h2), func(t *testing.T) {
				began := make(chan struct{})
				server, reports := served(t, h2, func(rs *statushttp.Responder) http.Handler {
					return wrap(rs.Handler(func(_ http.ResponseWriter, r *http.Request) error {
						close(began)
						<-r.Context().Done()
						return errors.New("write: broken pipe") // whatever the error is
					}))
				})
				ctx, cancel := context.WithCancel(t.Context())
				r, err := http.NewRequestWithContext(ctx, "GET", server.URL, nil)
				require.NoError(t, err)
				go func() { <-began; cancel() }()
				if resp, err := server.Client().Do(r); err == nil { // between the end of TLS and that of the connection
					require.NoError(t, resp.Body.Close())
				} else {
					require.ErrorIs(t, err, context.Canceled)
				}
				assert.Equal(t, statushttp.ClientClosedRequest, (<-reports).info.Status)
			})
			for name, inside := range map[string]bool{"before us": false, "behind us": true} {
				t.Run(fmt.Sprintf("a middleware cancels %s, HTTP/2 %v", name, h2), func(t *testing.T) {
					canceling := func(h http.Handler) http.Handler {
						return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
							ctx, cancel := context.WithCancel(r.Context())
							cancel()
							h.ServeHTTP(w, r.WithContext(ctx))
						})
					}
					server, reports := served(t, h2, func(rs *statushttp.Responder) http.Handler {
						write := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { rs.Write(w, r, r.Context().Err()) })
						if !inside {
							return wrap(canceling(rs.Handler(func(_ http.ResponseWriter, r *http.Request) error { return r.Context().Err() })))
						}
						return wrap(rs.Handler(func(w http.ResponseWriter, r *http.Request) error {
							canceling(write).ServeHTTP(w, r)
							return nil
						}))
					})
					resp, err := server.Client().Get(server.URL)
					require.NoError(t, err)
					_ = resp.Body.Close()
					assert.Equal(t, 503, resp.StatusCode)
					assert.Equal(t, httpstatus.ServiceUnavailable, (<-reports).info.Status)
				})
			}
		}
	}
}

// TestUploadBreaksOff has a client that leaves in the middle of its upload
// through a proxy.
func TestUploadBreaksOff(t *testing.T) {
	began := make(chan struct{}, 1)
	backend := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = r.Body.Read(make([]byte, 1))
		began <- struct{}{}
		_, _ = io.Copy(io.Discard, r.Body)
	}))
	defer backend.Close()
	target, err := url.Parse(backend.URL)
	require.NoError(t, err)
	reports := make(chan report, 1)
	rs := &statushttp.Responder{Report: func(_ *http.Request, err error, info statushttp.Info) { reports <- report{err, info} }}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }, ErrorHandler: rs.ProxyErrorHandler}
	server := httptest.NewServer(proxy)
	defer server.Close()
	for range 20 {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		require.NoError(t, err)
		_, err = io.WriteString(conn, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nabc")
		require.NoError(t, err)
		<-began
		_ = conn.(*net.TCPConn).SetLinger(0) // a reset
		_ = conn.Close()
		assert.Equal(t, statushttp.ClientClosedRequest, (<-reports).info.Status)
	}
}

// TestAskedTooLate asks a writer whose handler has ended.
func TestAskedTooLate(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	rs, reports := recording()
	rs.Write(ended{httptest.NewRecorder()}, httptest.NewRequestWithContext(ctx, "GET", "/", nil), httpstatus.NotFound)
	rs.Write(circular{httptest.NewRecorder()}, httptest.NewRequestWithContext(ctx, "GET", "/", nil), httpstatus.NotFound)
	rs.Write(httptest.NewRecorder(), nil, httpstatus.NotFound)
	assert.Equal(t, statushttp.ClientClosedRequest, (*reports)[0].info.Status)
	assert.Equal(t, statushttp.ClientClosedRequest, (*reports)[1].info.Status)
	assert.Equal(t, httpstatus.NotFound, (*reports)[2].info.Status)
}

type ended struct{ http.ResponseWriter }

func (ended) CloseNotify() <-chan bool { panic("the handler has ended") }

// TestTrailers holds that an error has none of the trailers that were meant for
// the content.
func TestTrailers(t *testing.T) {
	for _, h2 := range []bool{false, true} {
		t.Run(fmt.Sprintf("HTTP/2 %v", h2), func(t *testing.T) {
			server, _ := served(t, h2, func(rs *statushttp.Responder) http.Handler {
				return rs.Handler(func(w http.ResponseWriter, _ *http.Request) error {
					w.Header().Set("Trailer", "X-Declared")
					w.Header().Set("X-Declared", "abc")
					w.Header().Set(http.TrailerPrefix+"X-Digest", "abc")
					w.Header().Set("X-Other", "stays")
					return errUserNotFound
				})
			})
			resp, err := server.Client().Get(server.URL)
			require.NoError(t, err)
			body, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			_ = resp.Body.Close()
			assert.Equal(t, simpleBody, string(body))
			assert.Empty(t, resp.Trailer, "HTTP/2 %v", h2)
			assert.Empty(t, resp.Header.Get("X-Declared"), "nor in the header")
			assert.Equal(t, "stays", resp.Header.Get("X-Other"))
		})
	}
}

// TestMaxBytesCloses holds that a connection is closed after content that was too
// large, as it is without our ResponseWriter in between.
func TestMaxBytesCloses(t *testing.T) {
	read := func(w http.ResponseWriter, r *http.Request) error {
		_, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 3))
		return err
	}
	for _, tt := range []struct {
		name    string
		handler http.Handler
		status  string
		closes  bool
	}{
		{"by FromRead", statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error { return statushttp.FromRead(read(w, r)) }), "413", true},
		{"as it is", statushttp.HandlerFunc(read), "413", true},
		{"in another error", statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
			return fmt.Errorf("x: %w", read(w, r))
		}), "413", true},
		{"wrapped", statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
			return httpstatus.BadRequest.New("", "").WithCause(fmt.Errorf("x: %w", read(w, r)))
		}), "400", true},
		{"a small one", statushttp.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) error {
			_, _ = io.Copy(io.Discard, r.Body)
			return httpstatus.ContentTooLarge
		}), "413", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := httptest.NewServer(tt.handler)
			defer server.Close()
			conn, err := net.Dial("tcp", server.Listener.Addr().String())
			require.NoError(t, err)
			defer conn.Close()
			_, err = io.WriteString(conn, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789")
			require.NoError(t, err)
			reader := bufio.NewReader(conn)
			resp, err := http.ReadResponse(reader, nil)
			require.NoError(t, err)
			_, err = io.Copy(io.Discard, resp.Body)
			require.NoError(t, err)
			assert.True(t, strings.HasPrefix(resp.Status, tt.status), resp.Status)
			assert.Equal(t, tt.closes, resp.Close)
			if tt.closes {
				_, err = reader.ReadByte()
				assert.Error(t, err, "the connection is closed")
			}
		})
	}
}

// TestUpgradeByVersion holds that HTTP/2 gets neither Upgrade nor Connection,
// which it does not have, and that they are not missed there.
func TestUpgradeByVersion(t *testing.T) {
	for _, h2 := range []bool{false, true} {
		t.Run(fmt.Sprintf("HTTP/2 %v", h2), func(t *testing.T) {
			server, reports := served(t, h2, func(rs *statushttp.Responder) http.Handler {
				return rs.Handler(func(_ http.ResponseWriter, r *http.Request) error {
					if r.URL.Path == "/bare" {
						return httpstatus.UpgradeRequired
					}
					return httpstatus.UpgradeRequired.New("", "").WithHeader("Upgrade", "h2c").WithHeader("Connection", "upgrade")
				})
			})
			resp, err := server.Client().Get(server.URL)
			require.NoError(t, err)
			_ = resp.Body.Close()
			assert.Equal(t, 426, resp.StatusCode)
			assert.Equal(t, !h2, resp.Header.Get("Upgrade") != "")
			assert.Equal(t, !h2, resp.Header.Get("Connection") != "")
			assert.Empty(t, (<-reports).info.Missing)

			resp, err = server.Client().Get(server.URL + "/bare")
			require.NoError(t, err)
			_ = resp.Body.Close()
			assert.Equal(t, h2, len((<-reports).info.Missing) == 0)
		})
	}
}

// TestTargetedCacheControl holds that all fields that speak of the freshness of
// the content go.
func TestTargetedCacheControl(t *testing.T) {
	w := httptest.NewRecorder()
	for _, name := range []string{"CDN-Cache-Control", "Cloudflare-CDN-Cache-Control", "Vercel-CDN-Cache-Control", "X-Cache-Control", "Surrogate-Control"} {
		w.Header().Set(name, "max-age=600")
	}
	w.Header().Set("Cache-Control", "max-age=600, private")
	w.Header().Set("X-Cache", "stays")
	statushttp.Write(w, httptest.NewRequest("GET", "/", nil), errUserNotFound)
	assert.Equal(t, http.Header{
		"Cache-Control": {"private"}, "X-Cache": {"stays"},
		"Content-Type": {"application/json"}, "Vary": {"Accept"}, "X-Content-Type-Options": {"nosniff"},
	}, w.Header())
}
