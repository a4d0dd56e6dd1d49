package statushttp_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// TestWatchSending: what is known of a POST with and without it. Where it is said
// that the request was not applied, no server has handled it.
func TestWatchSending(t *testing.T) {
	var handled atomic.Int64
	handler := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		handled.Add(1)
		_, _ = io.Copy(io.Discard, r.Body) // or else the end of the connection is not seen
		<-r.Context().Done()
	})
	plain := httptest.NewServer(handler)
	defer plain.Close()
	secure := httptest.NewUnstartedServer(handler)
	secure.EnableHTTP2 = true
	secure.StartTLS()
	defer secure.Close()
	trust := secure.Client().Transport.(*http.Transport).TLSClientConfig
	quiet := listen(t, func(c net.Conn, _ int) { _, _ = io.Copy(io.Discard, c) })
	unencrypted := new(http.Protocols)
	unencrypted.SetUnencryptedHTTP2(true)
	never := func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}

	const not, unknown = httpstatus.NotApplied, httpstatus.AppliedUnknown
	for _, tt := range []struct {
		name             string
		transport        http.RoundTripper
		url              string
		without, watched httpstatus.Applied
		ran              bool
	}{
		{"the connection is not opened", &http.Transport{DialContext: never}, "http://service.invalid/", unknown, not, false},
		{"TLS is not negotiated", &http.Transport{TLSClientConfig: trust}, "https://" + quiet, unknown, not, false},
		{"the server does not answer", &http.Transport{}, plain.URL, unknown, unknown, true},
		{"HTTP/2: the server does not answer", &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: trust}, secure.URL, unknown, unknown, true},
		{"HTTP/2 without TLS: the server does not speak it", &http.Transport{Protocols: unencrypted}, "http://" + quiet, unknown, unknown, false},
		{"a transport that tells nothing", rt(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		}), "http://service.invalid/", unknown, unknown, false},
		{"refused", &http.Transport{}, "http://" + closedPort(), not, not, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, watched := range []bool{false, true} {
				handled.Store(0)
				ctx, cancel := context.WithTimeout(t.Context(), 5*short)
				defer cancel()
				want := tt.without
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

// rt is a transport that is a function.
type rt func(*http.Request) (*http.Response, error)

func (f rt) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

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
