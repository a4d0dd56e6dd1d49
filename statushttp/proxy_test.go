package statushttp_test

import (
	"bufio"
	"bytes"
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
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

var errOpen = errors.New("circuit breaker is open: hunter2")

func TestProxyErrorHandler(t *testing.T) {
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tt := range []struct {
		why      string
		ctx      context.Context
		err      error
		status   httpstatus.Code
		reported httpstatus.Code
	}{
		{"refused", t.Context(), &net.OpError{Op: "dial", Err: errors.New("connection refused")}, 502, 502},
		{"broken off", t.Context(), io.ErrUnexpectedEOF, 502, 502},
		{"not found", t.Context(), &net.DNSError{Name: secret, IsNotFound: true}, 502, 502},
		{"name service out of time", t.Context(), &net.DNSError{Name: secret, IsTimeout: true}, 504, 504},
		{"out of time", t.Context(), context.DeadlineExceeded, 504, 504},
		{"our limit", t.Context(), fmt.Errorf("hunter2: %w", &http.MaxBytesError{Limit: 3}), 413, 413},
		{"the client has gone", canceled, fmt.Errorf("hunter2: %w", context.Canceled), 503, 499},
		{"the client has gone, whatever the failure", canceled, io.ErrUnexpectedEOF, 503, 499},
		{"something else of ours was canceled", t.Context(), context.Canceled, 503, 503},
		{"circuit open, by a Code", t.Context(), fmt.Errorf("hunter2: %w", httpstatus.ServiceUnavailable), 503, 503},
		{"circuit open, by Map", t.Context(), errOpen, 503, 503},
		{"of ModifyResponse", t.Context(), httpstatus.BadGateway.New("bad_upstream", ""), 502, 502},
		{"what another server said", t.Context(), httpstatus.Decode(404, nil, strings.NewReader(secret)), 502, 502},
		{"nothing", t.Context(), nil, 502, 502},
	} {
		t.Run(tt.why, func(t *testing.T) {
			rs, reports := recording()
			rs.Map = func(_ *http.Request, err error) error {
				if errors.Is(err, errOpen) {
					return httpstatus.ServiceUnavailable.New("", "").WithRetryAfter(time.Second).WithCause(err)
				}
				return nil
			}
			w := httptest.NewRecorder()
			rs.ProxyErrorHandler(w, httptest.NewRequestWithContext(tt.ctx, "GET", "/", nil), tt.err)
			assert.EqualValues(t, tt.status, w.Code, tt.why)
			assert.NotContains(t, w.Body.String(), secret, tt.why)
			require.Len(t, *reports, 1)
			assert.Equal(t, tt.err, (*reports)[0].err, tt.why)
			assert.Equal(t, tt.reported, (*reports)[0].info.Status, tt.why)
		})
	}
}

// A client that sends malformed chunks is told so, and the other server is not to
// blame. Of a request without chunks it can only be the response.
func TestProxyMalformedChunks(t *testing.T) {
	upstream := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }))
	defer upstream.Close()
	target, err := url.Parse(upstream.URL)
	require.NoError(t, err)
	rs, reports := recording()
	rs.ProxyName = "edge"
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.ErrorHandler = rs.ProxyErrorHandler
	front := httptest.NewServer(proxy)
	defer front.Close()
	c, err := net.Dial("tcp", front.Listener.Addr().String())
	require.NoError(t, err)
	defer c.Close()
	_, err = io.WriteString(c, "POST / HTTP/1.1\r\nHost: edge\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
	require.NoError(t, err)
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	require.NoError(t, err)
	defer resp.Body.Close()
	assert.Equal(t, 400, resp.StatusCode)
	assert.Equal(t, "edge; error=http_request_error; status-code=400", resp.Header.Get("Proxy-Status"))
	require.Len(t, *reports, 1)
	report := (*reports)[0]
	o := statushttp.Outcome{Server: true, Status: report.info.Status, Err: report.err}
	assert.Equal(t, statushttp.FaultClient, o.Fault())
	assert.False(t, o.Counts())

	for _, tt := range []struct {
		why     string
		content io.Reader
		err     error
	}{
		{"the request has no chunks", strings.NewReader("content"), report.err},
		{"the response has another coding", struct{ io.Reader }{strings.NewReader("content")}, errors.New(`unsupported transfer encoding: "x"`)},
	} {
		w := httptest.NewRecorder()
		rs.ProxyErrorHandler(w, httptest.NewRequest("POST", "/", tt.content), tt.err)
		assert.Equal(t, 502, w.Code, tt.why)
		assert.Equal(t, "edge; error=http_response_transfer_coding", w.Header().Get("Proxy-Status"), tt.why)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestReverseProxy puts the handler into the proxy of the standard library,
// before servers that fail.
func TestReverseProxy(t *testing.T) {
	release := make(chan struct{})
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/slow":
			<-release
		case "/broken":
			panic(http.ErrAbortHandler)
		case "/read":
			_, _ = io.Copy(io.Discard, r.Body)
		}
	}))
	defer upstream.Close()
	defer close(release)
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, nobody.Close())
	target, err := url.Parse(upstream.URL)
	require.NoError(t, err)

	impatient, patient := &http.Transport{ResponseHeaderTimeout: time.Millisecond}, &http.Transport{}
	defer impatient.CloseIdleConnections()
	defer patient.CloseIdleConnections()
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			if r.In.URL.Path == "/refused" {
				r.Out.URL.Host = nobody.Addr().String()
			}
		},
		Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == "/slow" {
				return impatient.RoundTrip(r)
			}
			return patient.RoundTrip(r)
		}),
		ErrorHandler: statushttp.ProxyErrorHandler,
	}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 10)
		proxy.ServeHTTP(w, r)
	}))
	defer front.Close()
	for _, tt := range []struct {
		path string
		body io.Reader
		want httpstatus.Code
	}{
		{"/slow", nil, 504},
		{"/broken", nil, 502},
		{"/refused", nil, 502},
		{"/read", struct{ io.Reader }{bytes.NewReader(make([]byte, 1000))}, 413},
	} {
		t.Run(tt.path, func(t *testing.T) {
			resp, err := front.Client().Post(front.URL+tt.path, "text/plain", tt.body)
			require.NoError(t, err)
			assert.ErrorIs(t, statushttp.FromResponse(resp), tt.want, tt.path)
		})
	}
}
