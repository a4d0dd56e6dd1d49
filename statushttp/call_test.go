package statushttp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/proxystatus"
	"example.com/httpstatus/statushttp"
)

func TestFromCall(t *testing.T) {
	answered := func(status int, retryAfter ...string) error {
		header := http.Header{"Set-Cookie": {secret}, "Retry-After": retryAfter, "Www-Authenticate": {secret}}
		return httpstatus.Decode(status, header, strings.NewReader(`{"error":"`+secret+`","message":"`+secret+`"}`))
	}
	dial := func(errno error) error {
		return &url.Error{Op: "Post", URL: secret, Err: &net.OpError{Op: "dial", Err: errno}}
	}
	for _, tt := range []struct {
		why        string
		err        error
		status     httpstatus.Code
		retryAfter string
	}{
		{"refused", dial(syscall.ECONNREFUSED), 502, ""},
		{"no route", dial(syscall.EHOSTUNREACH), 502, ""},
		{"not open in time", dial(syscall.ETIMEDOUT), 504, ""},
		{"no files left", dial(syscall.EMFILE), 500, ""},
		{"no URL", &url.Error{Op: "parse", URL: "http://" + secret + " /", Err: errors.New(secret)}, 500, ""},
		{"a field that net/http does not send", errors.New("net/http: invalid header field value for \"" + secret + "\""), 500, ""},
		{"no such name", &net.DNSError{Name: secret, IsNotFound: true}, 502, ""},
		{"no name in time", &net.DNSError{Name: secret, IsTimeout: true}, 504, ""},
		{"broken off", io.ErrUnexpectedEOF, 502, ""},
		{"late", context.DeadlineExceeded, 504, ""},
		{"a handshake that did not end", timeoutError("net/http: TLS handshake timeout"), 504, ""},
		{"canceled", fmt.Errorf("%s: %w", secret, context.Canceled), 503, ""},
		{"too large", fmt.Errorf("%s: %w", secret, &http.MaxBytesError{Limit: 3}), 413, ""},
		{"nothing known", errors.New(secret), 502, ""},
		{"a nil pointer", (*net.OpError)(nil), 502, ""},

		{"it is overloaded", answered(503, "120"), 503, "120"},
		{"we are too many", answered(429, "1"), 503, "1"},
		{"at once", answered(503, "0"), 503, "0"},
		{"wrapped", fmt.Errorf("%s: %w", secret, answered(429, "7")), 503, "7"},
		{"it names no time", answered(503), 502, ""},
		{"it names no valid time", answered(503, "soon"), 502, ""},
		{"it names two times", answered(503, "1", "2"), 502, ""},
		{"it names a time, but for something else", answered(502, "120"), 502, ""},
		{"it does not know us", answered(401), 502, ""},
		{"it does not know of what", answered(404), 502, ""},
		{"it has timed out", answered(504), 502, ""},

		{"a circuit breaker", httpstatus.ServiceUnavailable.New("open", "").WithRetryAfter(time.Second), 503, "1"},
		{"a circuit breaker, with what the other server said", httpstatus.ServiceUnavailable.New("open", "").WithCause(answered(500)), 503, ""},
		{"a code", fmt.Errorf("x: %w", httpstatus.InsufficientStorage), 507, ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			e := statushttp.FromCall(tt.err)
			assert.Equal(t, tt.status, e.Status())
			assert.False(t, e.Remote())
			assert.NotContains(t, string(e.AppendBody(nil, httpstatus.SimpleJSON)), secret)
			var want http.Header
			if tt.retryAfter != "" {
				want = http.Header{"Retry-After": {tt.retryAfter}}
			}
			assert.Equal(t, want, http.Header(e.Header()), "nothing else of the peer's")
			if tt.err != e {
				assert.ErrorIs(t, e, tt.err, "the cause, for the log")
			}
		})
	}
	assert.Nil(t, statushttp.FromCall(nil))
}

// timeoutError is a timeout that has a text and no type.
type timeoutError string

func (e timeoutError) Error() string { return string(e) }
func (timeoutError) Timeout() bool   { return true }

// TestProxyName: a proxy with a name says in Proxy-Status what went wrong, and
// nothing of how it went.
func TestProxyName(t *testing.T) {
	for _, tt := range []struct {
		why    string
		err    error
		status int
		want   string
	}{
		{"refused", &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, 502, `"edge 7"; error=connection_refused`},
		{"late", context.DeadlineExceeded, 504, `"edge 7"; error=http_response_timeout`},
		{"too large", &http.MaxBytesError{Limit: 3}, 413, `"edge 7"; error=http_request_error; status-code=413`},
		{"an answer that is not passed on", httpstatus.Decode(429, http.Header{"Retry-After": {"1"}}, nil), 503, `"edge 7"; received-status=429`},
		{"no type for it", errors.New(secret), 502, `"edge 7"`},
	} {
		t.Run(tt.why, func(t *testing.T) {
			rs := statushttp.Responder{ProxyName: "edge 7"}
			w := httptest.NewRecorder()
			rs.ProxyErrorHandler(w, httptest.NewRequest("GET", "/", nil), tt.err)
			assert.Equal(t, tt.status, w.Code)
			assert.Equal(t, []string{tt.want}, w.Header()["Proxy-Status"])
			entries, err := proxystatus.Parse(w.Header()["Proxy-Status"])
			require.NoError(t, err)
			assert.Equal(t, "edge 7", entries[0].Proxy)
		})
	}
	w := httptest.NewRecorder()
	statushttp.ProxyErrorHandler(w, httptest.NewRequest("GET", "/", nil), io.EOF)
	assert.NotContains(t, w.Header(), "Proxy-Status", "only with a name")
}
