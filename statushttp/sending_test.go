package statushttp_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// An expiring is a context whose deadline passes when the test says so.
type expiring struct {
	context.Context
	done chan struct{}
}

func (c *expiring) Done() <-chan struct{} { return c.done }

func (c *expiring) Err() error {
	select {
	case <-c.done:
		return context.DeadlineExceeded
	default:
		return c.Context.Err()
	}
}

// TestWatchSending: what is known of a POST with and without it, when its deadline
// passes in the middle. Where it is said that the request was not applied, no
// server has handled it.
func TestWatchSending(t *testing.T) {
	var handled atomic.Int64
	var now func() // the deadline passes
	handler := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		handled.Add(1)
		_, _ = io.Copy(io.Discard, r.Body) // or else the end of the connection is not seen
		now()
		<-r.Context().Done()
	})
	plain := httptest.NewServer(handler)
	defer plain.Close()
	secure := httptest.NewUnstartedServer(handler)
	secure.EnableHTTP2 = true
	secure.StartTLS()
	defer secure.Close()
	trust := secure.Client().Transport.(*http.Transport).TLSClientConfig
	quiet := listen(t, func(c net.Conn, _ int) {
		_, _ = c.Read(make([]byte, 1))
		now()
		_, _ = io.Copy(io.Discard, c)
	})
	never := func(ctx context.Context, _, _ string) (net.Conn, error) {
		now()
		<-ctx.Done()
		return nil, ctx.Err()
	}

	const not, unknown = httpstatus.NotApplied, httpstatus.AppliedUnknown
	for _, tt := range []struct {
		name             string
		transport        http.RoundTripper
		url              string
		without, watched httpstatus.Applied
	}{
		{"the connection is not opened", &http.Transport{DialContext: never}, "http://service.invalid/", unknown, not},
		{"TLS is not negotiated", &http.Transport{TLSClientConfig: trust}, "https://" + quiet, unknown, not},
		{"a proxy refuses CONNECT", via(t, answer(t, new(atomic.Int64), "HTTP/1.1 403 Forbidden\r\n\r\n")).Transport,
			"https://service.invalid/", unknown, not},
		{"the server does not answer", &http.Transport{}, plain.URL, unknown, unknown},
		{"HTTP/2: the server does not answer", &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: trust}, secure.URL, unknown, unknown},
		{"a transport that tells nothing", roundTripper(func(*http.Request) (*http.Response, error) {
			return nil, context.DeadlineExceeded
		}), "http://service.invalid/", unknown, unknown},
		{"refused", &http.Transport{}, "http://" + closedPort(), not, not},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, watched := range []bool{false, true} {
				handled.Store(0)
				deadline := &expiring{t.Context(), make(chan struct{})}
				now = sync.OnceFunc(func() { close(deadline.done) })
				ctx, want := context.Context(deadline), tt.without
				if watched {
					ctx, want = statushttp.WatchSending(ctx), tt.watched
				}
				req, err := http.NewRequestWithContext(ctx, "POST", tt.url, strings.NewReader("content"))
				require.NoError(t, err)
				resp, err := (&http.Client{Transport: tt.transport}).Do(req)
				require.Error(t, err)
				a := statushttp.Attempt(req, resp, err)
				assert.Equal(t, want, a.Applied, "watched: %t, %v", watched, err)
				assert.Equal(t, want == not, a.Retry().Again)
				if want == not {
					assert.Zero(t, handled.Load())
				}
			}
			if tr, ok := tt.transport.(*http.Transport); ok {
				tr.CloseIdleConnections()
			}
		})
	}
}

// A context of several attempts: one that had a connection is enough for doubt.
func TestWatchSendingTwice(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	ctx := statushttp.WatchSending(t.Context())
	req, err := http.NewRequestWithContext(ctx, "POST", server.URL, nil)
	require.NoError(t, err)
	require.NoError(t, finish(server.Client().Do(req)))
	server.Close()
	deadline, cancel := context.WithTimeout(ctx, -time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.Clone(deadline))
	require.Error(t, finish(resp, err))
	assert.Equal(t, httpstatus.AppliedUnknown, statushttp.Attempt(req, nil, err).Applied)
	assert.Equal(t, httpstatus.AppliedUnknown, statushttp.Attempt(nil, nil, errors.New("no request")).Applied)
}
