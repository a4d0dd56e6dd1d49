package statushttp_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

type report struct {
	err  error
	info statushttp.Info
}

// recording returns a Responder that records what it reports.
func recording() (*statushttp.Responder, *[]report) {
	var reports []report
	return &statushttp.Responder{Report: func(_ *http.Request, err error, info statushttp.Info) {
		reports = append(reports, report{err, info})
	}}, &reports
}

func TestResponder(t *testing.T) {
	rs, reports := recording()
	rs.Map = func(_ *http.Request, err error) error {
		if errors.Is(err, sql.ErrNoRows) {
			return httpstatus.NotFound.New("no_such_row", "").WithCause(err)
		}
		return nil
	}
	rs.Decorate = func(r *http.Request, e *httpstatus.Error) *httpstatus.Error {
		id := r.Header.Get("X-Request-Id")
		if id == "" {
			return nil
		}
		return e.WithExtension("request_id", id)
	}
	rs.Formats = []httpstatus.Format{httpstatus.ProblemJSON}
	remote := httpstatus.Decode(401, nil, strings.NewReader(`{"error":"hunter2","message":"hunter2"}`))
	for _, tt := range []struct {
		why    string
		id     string
		err    error
		status int
		body   string
	}{
		{"mapped and decorated", "r1", fmt.Errorf("hunter2: %w", sql.ErrNoRows), 404,
			`{"title":"Not Found","status":404,"code":"no_such_row","request_id":"r1"}`},
		{"neither", "", errSecret, 500, `{"title":"Internal Server Error","status":500,"code":"internal_server_error"}`},
		{"decorated 502 for a remote error", "r2", remote, 502, `{"title":"Bad Gateway","status":502,"code":"bad_gateway","request_id":"r2"}`},
		{"plain 502 for a remote error", "", remote, 502, `{"title":"Bad Gateway","status":502,"code":"bad_gateway"}`},
	} {
		t.Run(tt.why, func(t *testing.T) {
			*reports = nil
			w := httptest.NewRecorder()
			r := httptest.NewRequest("GET", "/", nil)
			r.Header.Set("X-Request-Id", tt.id)
			rs.Handler(func(http.ResponseWriter, *http.Request) error { return tt.err }).ServeHTTP(w, r)
			assert.Equal(t, tt.status, w.Code)
			assert.Equal(t, tt.body, w.Body.String())
			assert.Empty(t, w.Header()["Vary"], "one format is no choice")
			require.Len(t, *reports, 1)
			got := (*reports)[0]
			assert.Equal(t, tt.err, got.err, "the original: %s")
			assert.Equal(t, httpstatus.Code(tt.status), got.info.Status)
			assert.ErrorIs(t, got.info.Error, tt.err)
			assert.Contains(t, got.info.Error.Error(), secret, "the log has it: %s")
		})
	}

	*reports = nil
	w := httptest.NewRecorder()
	rs.Handler(func(w http.ResponseWriter, _ *http.Request) error { w.WriteHeader(204); return nil }).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	assert.Equal(t, 204, w.Code)
	assert.Empty(t, *reports)
}

func TestReportMissing(t *testing.T) {
	for _, tt := range []struct {
		why    string
		before http.Header
		err    error
		want   []string
	}{
		{"a 405 without Allow", nil, httpstatus.MethodNotAllowed, []string{"Allow"}},
		{"a 405 with Allow", nil, httpstatus.MethodNotAllowed.New("", "").WithAllow("GET"), nil},
		{"a 405 whose handler has set it", http.Header{"Allow": {""}}, httpstatus.MethodNotAllowed, nil},
		{"a 401 without a challenge", nil, httpstatus.Unauthorized, []string{"WWW-Authenticate"}},
		{"a 404", nil, httpstatus.NotFound, nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			rs, reports := recording()
			w := httptest.NewRecorder()
			for name, values := range tt.before {
				w.Header()[name] = values
			}
			rs.Write(w, httptest.NewRequest("GET", "/", nil), tt.err)
			require.Len(t, *reports, 1)
			assert.Equal(t, tt.want, (*reports)[0].info.Missing)
			assert.EqualValues(t, httpstatus.StatusOf(tt.err), w.Code, "it goes out all the same: %s")
		})
	}
}

func TestClientGone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r := httptest.NewRequestWithContext(ctx, "GET", "/", nil)
	rs, reports := recording()
	rs.Write(httptest.NewRecorder(), r, fmt.Errorf("x: %w", context.Canceled))
	cancel()
	w := httptest.NewRecorder()
	rs.Write(w, r, fmt.Errorf("x: %w", context.Canceled))
	rs.Write(httptest.NewRecorder(), r, httpstatus.NotFound)
	assert.Equal(t, 503, w.Code, "499 is no status code")
	require.Len(t, *reports, 3)
	assert.Equal(t, httpstatus.ServiceUnavailable, (*reports)[0].info.Status, "something else was canceled")
	assert.Equal(t, statushttp.ClientClosedRequest, (*reports)[1].info.Status)
	assert.Equal(t, statushttp.ClientClosedRequest, (*reports)[2].info.Status, "whatever the error is")
}

// passing is middleware of the kind that wraps the writer and can be unwrapped.
type passing struct{ http.ResponseWriter }

func (p passing) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// circular unwraps to itself.
type circular struct{ http.ResponseWriter }

func (c circular) Unwrap() http.ResponseWriter { return c }

// TestStarted returns an error after the response has begun, in all the ways
// that one can begin, over real connections: the client must see that it is not
// complete, and never the error.
func TestStarted(t *testing.T) {
	const part = "the first part"
	for why, begin := range map[string]func(w http.ResponseWriter){
		"Write":            func(w http.ResponseWriter) { _, _ = w.Write([]byte(part)) },
		"WriteString":      func(w http.ResponseWriter) { _, _ = io.WriteString(w, part) },
		"WriteHeader":      func(w http.ResponseWriter) { w.WriteHeader(200) },
		"Flush":            func(w http.ResponseWriter) { w.(http.Flusher).Flush() },
		"controller Flush": func(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() },
		"io.Copy":          func(w http.ResponseWriter) { _, _ = io.Copy(w, struct{ io.Reader }{strings.NewReader(part)}) },
		"through middleware": func(w http.ResponseWriter) {
			_, _ = passing{w}.Write([]byte(part))
			_ = http.NewResponseController(passing{w}).Flush()
		},
	} {
		t.Run(why, func(t *testing.T) {
			for _, h2 := range []bool{false, true} {
				rs, reports := recording()
				server := httptest.NewUnstartedServer(rs.Handler(func(w http.ResponseWriter, _ *http.Request) error {
					begin(w)
					return errUserNotFound
				}))
				server.EnableHTTP2 = h2
				server.StartTLS()
				resp, err := server.Client().Get(server.URL)
				if err == nil {
					var body []byte
					body, err = io.ReadAll(resp.Body)
					assert.NotContains(t, string(body), "user_not_found", why)
					_ = resp.Body.Close()
				}
				assert.Error(t, err, "%s, HTTP/2 %v: the client sees that it is cut off", why, h2)
				server.Close()
				require.Len(t, *reports, 1, why)
				assert.True(t, (*reports)[0].info.Started, why)
				assert.ErrorIs(t, (*reports)[0].err, errUserNotFound, why)
			}
		})
	}
}

func TestNotStarted(t *testing.T) {
	w := httptest.NewRecorder()
	statushttp.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
		w.WriteHeader(http.StatusEarlyHints) // an interim response is not the answer
		return errUserNotFound
	}).ServeHTTP(&interim{w}, httptest.NewRequest("GET", "/", nil))
	assert.Equal(t, simpleBody, w.Body.String())

	// A writer that cannot flush has not flushed.
	d := &discard{header: http.Header{}}
	statushttp.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
		assert.ErrorIs(t, http.NewResponseController(w).Flush(), http.ErrNotSupported)
		return errUserNotFound
	}).ServeHTTP(d, httptest.NewRequest("GET", "/", nil))
	assert.Equal(t, 404, d.status)

	statushttp.Write(circular{d}, httptest.NewRequest("GET", "/", nil), httpstatus.Gone)
	assert.Equal(t, 410, d.status)
}

// interim ignores interim responses, which a recorder takes for the answer.
type interim struct{ *httptest.ResponseRecorder }

func (i *interim) WriteHeader(status int) {
	if status >= 200 {
		i.ResponseRecorder.WriteHeader(status)
	}
}

func TestMiddlewareWrites(t *testing.T) {
	// A handler that writes errors itself, behind middleware, is watched too.
	server := httptest.NewServer(statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		_, _ = io.WriteString(w, "part")
		statushttp.Write(passing{w}, r, errUserNotFound)
		return nil
	}))
	defer server.Close()
	resp, err := server.Client().Get(server.URL)
	if err == nil {
		_, err = io.ReadAll(resp.Body)
		_ = resp.Body.Close()
	}
	assert.Error(t, err)
}

func TestUnwrap(t *testing.T) {
	server := httptest.NewServer(statushttp.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
		assert.NoError(t, http.NewResponseController(w).SetReadDeadline(time.Time{}), "what a controller can do, it can here")
		return httpstatus.Gone
	}))
	defer server.Close()
	resp, err := server.Client().Get(server.URL)
	require.NoError(t, err)
	assert.ErrorIs(t, statushttp.FromResponse(resp), httpstatus.Gone)
}

func TestHijacked(t *testing.T) {
	rs, reports := recording()
	done := make(chan struct{}) // no server waits for a connection that was taken over
	answer := rs.Handler(func(w http.ResponseWriter, _ *http.Request) error {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return err
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
		_ = conn.Close()
		return errUserNotFound
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(done)
		answer.ServeHTTP(w, r)
	}))
	defer server.Close()
	resp, err := server.Client().Get(server.URL)
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Equal(t, "ok", string(body), "the connection is the handler's")
	<-done
	require.Len(t, *reports, 1)
	assert.True(t, (*reports)[0].info.Started)
}

func TestRecover(t *testing.T) {
	for why, value := range map[string]any{
		"a string":             secret,
		"an error":             errSecret,
		"ours":                 httpstatus.NotFound.New(secret, secret),
		"a Code":               httpstatus.NotFound,
		"a value":              []int{1},
		"an abort, but not it": fmt.Errorf("x: %w", http.ErrAbortHandler),
	} {
		t.Run(why, func(t *testing.T) {
			rs, reports := recording()
			w := httptest.NewRecorder()
			rs.Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(value) })).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
			assert.Equal(t, 500, w.Code, why)
			assert.Equal(t, `{"error":"internal_server_error","message":"Internal Server Error"}`, w.Body.String(), why)
			require.Len(t, *reports, 1)
			var p *statushttp.PanicError
			require.ErrorAs(t, (*reports)[0].err, &p, why)
			assert.Equal(t, value, p.Value, why)
			assert.Contains(t, string(p.Stack), "TestRecover", why)
			assert.Contains(t, (*reports)[0].err.Error(), fmt.Sprint(value), why)
			if err, ok := value.(error); ok {
				assert.ErrorIs(t, (*reports)[0].err, err, why)
			}
		})
	}
	calm := statushttp.Recover(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }))
	w := httptest.NewRecorder()
	calm.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	assert.Equal(t, 204, w.Code)
	assert.PanicsWithValue(t, http.ErrAbortHandler, func() {
		statushttp.Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })).
			ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	})
	assert.PanicsWithValue(t, http.ErrAbortHandler, func() {
		rs, _ := recording()
		rs.Recover(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "part")
			panic(secret)
		})).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	}, "a response that has started is cut off")
}

func TestRecoverLog(t *testing.T) {
	var text bytes.Buffer
	server := httptest.NewUnstartedServer(statushttp.Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(secret) })))
	server.Config.ErrorLog = log.New(&text, "", 0)
	server.Start()
	resp, err := server.Client().Get(server.URL)
	require.NoError(t, err)
	assert.EqualError(t, statushttp.FromResponse(resp), "remote 500 internal_server_error: Internal Server Error")
	server.Close()
	assert.Regexp(t, `^http: panic serving 127.0.0.1:\d+: hunter2\ngoroutine `, text.String())

	text.Reset()
	before := log.Writer()
	log.SetOutput(&text)
	defer log.SetOutput(before)
	statushttp.Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(secret) })).
		ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	assert.Contains(t, text.String(), "hunter2\ngoroutine ")
}
