package statushttp_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/race"
	"example.com/httpstatus/statushttp"
)

func TestAttrs(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{nil, "level=INFO msg=m\n"},
		{httpstatus.NotFound, "level=INFO msg=m status=404 error_code=not_found message=\"Not Found\"\n"},
		{errUserNotFound.WithCause(errSecret),
			"level=INFO msg=m status=404 error_code=user_not_found message=\"No user with ID 42 exists.\" cause=\"password is hunter2\"\n"},
		{fmt.Errorf("x: %w", errSecret),
			"level=INFO msg=m status=500 error_code=internal_server_error message=\"Internal Server Error\" cause=\"x: password is hunter2\"\n"},
		{errUserNotFound.WithField(httpstatus.Field{Pointer: "/a", ErrorCode: "bad", Message: "No."}, httpstatus.Field{Parameter: "page"}),
			"level=INFO msg=m status=404 error_code=user_not_found message=\"No user with ID 42 exists.\" fields=\"[/a: bad: No. page]\"\n"},
		{httpstatus.Decode(429, nil, strings.NewReader("slow\ndown")),
			"level=INFO msg=m status=429 error_code=too_many_requests message=\"slow\\ndown\" remote=true\n"},
	} {
		t.Run(fmt.Sprintf("%v", tt.err), func(t *testing.T) {
			var b bytes.Buffer
			logger := slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
				if a.Key == slog.TimeKey {
					return slog.Attr{}
				}
				return a
			}}))
			logger.LogAttrs(t.Context(), slog.LevelInfo, "m", statushttp.Attrs(tt.err)...)
			assert.Equal(t, tt.want, b.String())
		})
	}
}

// logged collects what is logged by slog.Default while the test runs.
func logged(t *testing.T) *bytes.Buffer {
	t.Helper()
	var b bytes.Buffer
	before := slog.Default()
	t.Cleanup(func() { slog.SetDefault(before) })
	slog.SetDefault(slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})))
	return &b
}

// TestLog holds what a Responder without hooks logs: each error that the server
// is to blame for, once.
func TestLog(t *testing.T) {
	r := httptest.NewRequest("POST", "/users/42?token=hunter2", nil)
	gone, leave := context.WithCancel(t.Context())
	leave()
	for _, tt := range []struct {
		name string
		r    *http.Request
		err  error
		want string
	}{
		{"a 404", r, errUserNotFound, ""},
		{"nothing", r, nil, ""},
		{"a 500", r, fmt.Errorf("x: %w", errSecret),
			`level=ERROR msg="request failed" status=500 error_code=internal_server_error message="Internal Server Error" ` +
				`cause="x: password is hunter2" method=POST path=/users/42 request_id=r-1` + "\n"},
		{"a 503", r, httpstatus.ServiceUnavailable,
			`level=WARN msg="request failed" status=503 error_code=service_unavailable message="Service Unavailable" ` +
				`method=POST path=/users/42 request_id=r-1` + "\n"},
		{"a method that no resource has", r, httpstatus.NotImplemented,
			`level=WARN msg="request failed" status=501 error_code=not_implemented message="Not Implemented" method=POST path=/users/42 request_id=r-1` + "\n"},
		{"what a peer said", r, httpstatus.Decode(404, nil, strings.NewReader("gone")),
			`level=ERROR msg="request failed" status=502 error_code=not_found message=gone remote=true method=POST path=/users/42 request_id=r-1` + "\n"},
		{"no request", nil, httpstatus.BadGateway,
			`level=ERROR msg="request failed" status=502 error_code=bad_gateway message="Bad Gateway" request_id=r-1` + "\n"},
		{"a request without a URL", &http.Request{Method: "GET"}, httpstatus.BadGateway,
			`level=ERROR msg="request failed" status=502 error_code=bad_gateway message="Bad Gateway" method=GET request_id=r-1` + "\n"},
		{"the client has left", r.WithContext(gone), errSecret, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := logged(t)
			w := httptest.NewRecorder()
			w.Header().Set("X-Request-Id", "r-1")
			statushttp.Write(w, tt.r, tt.err)
			assert.Equal(t, tt.want, b.String())
		})
	}
	t.Run("a response that has begun", func(t *testing.T) {
		b := logged(t)
		assert.PanicsWithValue(t, http.ErrAbortHandler, func() {
			statushttp.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
				w.WriteHeader(200)
				return errUserNotFound
			}).ServeHTTP(httptest.NewRecorder(), r)
		})
		assert.Equal(t, 1, strings.Count(b.String(), `msg="response cut off" status=404`), b.String())
	})
	t.Run("one inside of the other", func(t *testing.T) {
		b := logged(t)
		statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
			statushttp.HandlerFunc(func(http.ResponseWriter, *http.Request) error { return errSecret }).ServeHTTP(w, r)
			return nil
		}).ServeHTTP(httptest.NewRecorder(), r)
		assert.Equal(t, 1, strings.Count(b.String(), "\n"), b.String())
	})
	t.Run("a log that is not interested", func(t *testing.T) {
		before := slog.Default()
		t.Cleanup(func() { slog.SetDefault(before) })
		slog.SetDefault(slog.New(slog.DiscardHandler))
		w := &discard{header: http.Header{}}
		if got := testing.AllocsPerRun(100, func() { statushttp.Write(w, r, httpstatus.BadGateway) }); !race.Enabled {
			assert.LessOrEqual(t, got, 1.0, "the error that is made of the code")
		}
	})
	t.Run("a hook has the say", func(t *testing.T) {
		b := logged(t)
		rs := statushttp.Responder{Report: func(*http.Request, error, statushttp.Info) {}}
		rs.Write(httptest.NewRecorder(), r, errSecret)
		assert.Empty(t, b.String())
	})
	t.Run("a panic is logged by Recover", func(t *testing.T) {
		b := logged(t)
		server := &http.Server{ErrorLog: log.New(io.Discard, "", 0)}
		ctx := context.WithValue(t.Context(), http.ServerContextKey, server)
		statushttp.Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("x") })).ServeHTTP(httptest.NewRecorder(), r.WithContext(ctx))
		assert.Empty(t, b.String())
	})
}

// TestInfoAttrs holds that the log has what the client was told.
func TestInfoAttrs(t *testing.T) {
	b := logged(t)
	rs := statushttp.Responder{
		Map: func(_ *http.Request, err error) error {
			return httpstatus.Conflict.New("taken", "Taken.").WithCause(err)
		},
		Report: func(r *http.Request, _ error, info statushttp.Info) {
			slog.LogAttrs(r.Context(), slog.LevelInfo, "m", info.Attrs()...)
		},
	}
	rs.Write(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), errSecret)
	assert.Equal(t, `level=INFO msg=m status=409 error_code=taken message=Taken. cause="password is hunter2"`+"\n", b.String())
}

// TestLoggedLevel holds that each 5xx is logged at the level that Outcome has for
// it.
func TestLoggedLevel(t *testing.T) {
	for c := httpstatus.Code(500); c <= 599; c++ {
		b := logged(t)
		w := httptest.NewRecorder()
		statushttp.Write(w, httptest.NewRequest("GET", "/", nil), c)
		assert.Contains(t, b.String(), "level="+statushttp.Outcome{Server: true, Status: c}.Level().String()+" ", "%d", int(c))
	}
}
