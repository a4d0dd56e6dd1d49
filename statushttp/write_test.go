package statushttp_test

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/race"
	"example.com/httpstatus/statushttp"
)

const secret = "hunter2"

var errSecret = errors.New("password is " + secret)

const simpleBody = `{"error":"user_not_found","message":"No user with ID 42 exists."}`

func write(method, accept string, before http.Header, err error) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	for name, values := range before {
		w.Header()[name] = values
	}
	r := httptest.NewRequest(method, "/", nil)
	if accept != "" {
		r.Header.Set("Accept", accept)
	}
	statushttp.Write(w, r, err)
	return w
}

func TestWrite(t *testing.T) {
	w := write("GET", "", nil, fmt.Errorf("loading: %w", errUserNotFound.WithCause(errSecret)))
	assert.Equal(t, 404, w.Code)
	assert.Equal(t, simpleBody, w.Body.String())
	assert.Equal(t, http.Header{
		"Content-Type": {"application/json"}, "Vary": {"Accept"}, "X-Content-Type-Options": {"nosniff"},
	}, w.Header())

	w = write("HEAD", "text/plain", nil, errUserNotFound)
	assert.Equal(t, 404, w.Code)
	assert.Empty(t, w.Body.String())
	assert.Equal(t, "27", w.Header().Get("Content-Length"), "that of GET")
	assert.Equal(t, "text/plain; charset=utf-8", w.Header().Get("Content-Type"))

	w = write("GET", "", nil, errSecret)
	assert.Equal(t, 500, w.Code)
	assert.Equal(t, `{"error":"internal_server_error","message":"Internal Server Error"}`, w.Body.String())

	w = write("GET", "", http.Header{"Etag": {`"a"`}, "Content-Type": {"text/css"}, "Cache-Control": {"max-age=3"}}, httpstatus.NotModified)
	assert.Equal(t, 304, w.Code)
	assert.Empty(t, w.Body.String())
	assert.Equal(t, http.Header{"Etag": {`"a"`}, "Cache-Control": {"max-age=3"}, "X-Content-Type-Options": {"nosniff"}}, w.Header())

	var nilError *httpstatus.Error
	for _, err := range []error{nil, nilError} {
		w = write("GET", "", http.Header{"Etag": {"a"}}, err)
		assert.False(t, w.Flushed)
		assert.Equal(t, http.Header{"Etag": {"a"}}, w.Header())
		assert.Empty(t, w.Body.String())
	}

	rec := httptest.NewRecorder()
	statushttp.Write(rec, nil, errUserNotFound)
	assert.Equal(t, simpleBody, rec.Body.String(), "without a request")
}

// TestWriteStatus writes every number near a status code to a writer that, like
// net/http, panics for what is none.
func TestWriteStatus(t *testing.T) {
	for c := -10; c < 1100; c++ {
		w := write("GET", "", nil, httpstatus.Code(c).New("", ""))
		want := 500
		if 300 <= c && c <= 599 {
			want = c
		}
		assert.Equal(t, want, w.Code)
		w = write("GET", "", nil, httpstatus.Code(c))
		assert.Equal(t, want, w.Code)
		w = write("GET", "", nil, httpstatus.Decode(c, http.Header{"X-Secret": {secret}}, strings.NewReader(secret)))
		assert.Equal(t, 502, w.Code)
		assert.NotContains(t, w.Body.String(), secret)
		assert.NotContains(t, w.Header(), "X-Secret")
	}
}

func TestWriteHeader(t *testing.T) {
	before := http.Header{
		"Content-Length": {"3"}, "Content-Encoding": {"gzip"}, "Content-Type": {"text/css"}, "Etag": {`"a"`},
		"Last-Modified": {"x"}, "Expires": {"x"}, "Content-Range": {"bytes */3"}, "Location": {"/x"}, "Trailer": {"X"},
		"Transfer-Encoding": {"identity"}, "Content-Disposition": {"attachment"}, "Vary": {"Origin"},
		"Set-Cookie": {"a=b"}, "X-Request-Id": {"1"}, "Link": {"<a>"}, "Access-Control-Allow-Origin": {"*"},
	}
	e := errUserNotFound.WithHeader("X-Mine", "m").WithHeader("Set-Cookie", "c=d").WithHeader("X-Request-Id", "2").
		WithHeader("X-Content-Type-Options", "sniff")
	w := write("GET", "", before.Clone(), e)
	assert.Equal(t, http.Header{
		"Content-Type": {"application/json"}, "X-Content-Type-Options": {"nosniff"}, "Vary": {"Origin", "Accept"},
		"Set-Cookie": {"a=b", "c=d"}, "X-Request-Id": {"2"}, "X-Mine": {"m"}, "Link": {"<a>"}, "Access-Control-Allow-Origin": {"*"},
	}, w.Header())
	assert.Equal(t, []string{"bytes */3"}, write("GET", "", before.Clone(), httpstatus.RangeNotSatisfiable).Header()["Content-Range"])
	assert.Equal(t, []string{"/x"}, write("GET", "", before.Clone(), httpstatus.SeeOther).Header()["Location"])

	for _, tt := range []struct {
		before, after []string
	}{
		{[]string{"max-age=3600, public"}, nil},
		{[]string{"No-Store"}, []string{"no-store"}},
		{[]string{"private, max-age=60", "no-cache"}, []string{"private, no-cache"}},
	} {
		assert.Equal(t, tt.after, write("GET", "", http.Header{"Cache-Control": tt.before}, e).Header()["Cache-Control"])
	}
	assert.Equal(t, []string{"max-age=5"}, write("GET", "", http.Header{"Cache-Control": {"no-store"}}, e.WithHeader("Cache-Control",
		"max-age=5")).Header()["Cache-Control"],
		"the error has the last word")
	for _, vary := range []string{"Accept", "Origin, accept", "*"} {
		assert.Equal(t, []string{vary}, write("GET", "", http.Header{"Vary": {vary}}, errUserNotFound).Header()["Vary"])
	}
	assert.Equal(t, []string{"nosniff"}, write("GET", "", http.Header{"Content-Type": {"application/json"}},
		errUserNotFound).Header()["X-Content-Type-Options"])
	assert.Equal(t, []string{"Accept"}, write("GET", "", http.Header{"Content-Type": {"application/json"},
		"X-Content-Type-Options": {"nosniff"}}, errUserNotFound).Header()["Vary"])
}

func TestWriteAllocations(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	w := &discard{header: http.Header{}}
	got := testing.AllocsPerRun(100, func() { statushttp.Write(w, r, errUserNotFound) })
	if !race.Enabled {
		assert.Zero(t, got, "a header map that has the values already")
	}
	got = testing.AllocsPerRun(100, func() {
		clear(w.header)
		statushttp.Write(w, r, errUserNotFound)
	})
	if !race.Enabled {
		assert.LessOrEqual(t, got, 1.0, "all values in one")
	}
	assert.Equal(t, 404, w.status)
}

// TestRawConnection plants line breaks in names and values, and reads what
// comes out of the connection.
func TestRawConnection(t *testing.T) {
	var refused []string
	rs := statushttp.Responder{Report: func(_ *http.Request, _ error, info statushttp.Info) { refused = info.Refused }}
	server := httptest.NewServer(rs.Handler(func(http.ResponseWriter, *http.Request) error {
		return httpstatus.BadRequest.New("a\r\nX-Evil: 1", "b\r\nX-Evil: 2\x00").
			WithHeader("X-A", "a\r\nX-Evil: 3").WithHeader("X-B\r\nX-Evil", "4").WithHeader("X-C", "a\nX-Evil: 5").
			WithHeader("X-D", "\x00").WithHeader("X-E", "é").WithHeader("X-F: X-Evil", "6").WithChallenge("a\rX-Evil: 7").
			WithAllow("GET\r\nX-Evil: 8").WithHeader("X-Good", "yes")
	}))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	require.NoError(t, err)
	defer conn.Close()
	_, err = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
	require.NoError(t, err)
	answer, err := io.ReadAll(conn)
	require.NoError(t, err)
	head, body, ok := strings.Cut(string(answer), "\r\n\r\n")
	require.True(t, ok)
	assert.Contains(t, head, "HTTP/1.1 400 Bad Request\r\n")
	assert.Contains(t, head, "X-Good: yes")
	assert.NotContains(t, head, "X-Evil")
	for line := range strings.SplitSeq(head, "\r\n") {
		for _, b := range []byte(line) {
			assert.True(t, ' ' <= b && b < 0x7f, "%q", line)
		}
	}
	assert.Equal(t, `{"error":"a\r\nX-Evil: 1","message":"b\r\nX-Evil: 2\u0000"}`, body)
	assert.Equal(t, []string{"X-A", `X-B\r\nX-Evil`, "X-C", "X-D", "X-E", "X-F: X-Evil", "Www-Authenticate", "Allow"}, refused)
}

// TestRoundTrip sends an error over HTTP/1.1 and HTTP/2, and reads it with the
// client.
func TestRoundTrip(t *testing.T) {
	sent := httpstatus.UnprocessableContent.New("validation_failed", "Check the fields.").
		WithField(httpstatus.Field{Pointer: "/email", ErrorCode: "bad", Message: "No."}).
		WithType("/probs/validation", "Not valid.").WithInstance("i/1").WithRetryAfter(time.Minute).WithCause(errSecret)
	for _, h2 := range []bool{false, true} {
		server := httptest.NewUnstartedServer(statushttp.HandlerFunc(func(http.ResponseWriter, *http.Request) error { return sent }))
		server.EnableHTTP2 = h2
		server.StartTLS()
		for _, method := range []string{"GET", "HEAD", "POST", "QUERY"} {
			req, err := http.NewRequest(method, server.URL+"/a/b", nil)
			require.NoError(t, err)
			req.Header.Set("Accept", "application/problem+json")
			resp, err := server.Client().Do(req)
			require.NoError(t, err)
			assert.Equal(t, h2, resp.ProtoMajor == 2)
			assert.EqualValues(t, len(sent.AppendBody(nil, httpstatus.ProblemJSON)), resp.ContentLength, "HEAD too")
			got := statushttp.FromResponse(resp)
			assert.ErrorIs(t, got, httpstatus.UnprocessableContent)
			assert.NotContains(t, got.Error(), secret)
			e := httpstatus.FromError(got)
			assert.Equal(t, []string{"60"}, e.Header()["Retry-After"])
			if method == "HEAD" {
				continue
			}
			assert.ErrorIs(t, got, sent)
			assert.Equal(t, sent.Fields(), e.Fields())
			assert.Equal(t, server.URL+"/probs/validation", e.Type(), "resolved")
			assert.Equal(t, server.URL+"/a/i/1", e.Instance(), "resolved")
			assert.Equal(t, "Not valid.", e.Title())
		}
		server.Close()
	}
}

// TestServeMux mounts handlers in a plain mux, beside its own 404 and 405,
// which the client reads as well.
func TestServeMux(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("GET /users/{id}", statushttp.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) error {
		return httpstatus.NotFound.Newf("user_not_found", "No user with ID %s exists.", r.PathValue("id"))
	}))
	server := httptest.NewServer(mux)
	defer server.Close()
	for _, tt := range []struct{ method, path, want string }{
		{"GET", "/users/42", "remote 404 user_not_found: No user with ID 42 exists."},
		{"GET", "/teams", "remote 404 not_found: 404 page not found"},
		{"DELETE", "/users/42", "remote 405 method_not_allowed: Method Not Allowed"},
	} {
		req, err := http.NewRequest(tt.method, server.URL+tt.path, nil)
		require.NoError(t, err)
		resp, err := server.Client().Do(req)
		require.NoError(t, err)
		assert.EqualError(t, statushttp.FromResponse(resp), tt.want)
	}
}

// With one format there is nothing to negotiate, and Vary does not say so,
// whatever the handler has set before.
func TestOneFormatDoesNotVary(t *testing.T) {
	responder := statushttp.Responder{Formats: []httpstatus.Format{httpstatus.ProblemJSON}}
	for _, before := range []http.Header{{}, {"X-Request-Id": {"1"}}} {
		w := httptest.NewRecorder()
		maps.Copy(w.Header(), before)
		responder.Write(w, httptest.NewRequest("GET", "/", nil), httpstatus.NotFound)
		before["Content-Type"] = []string{"application/problem+json"}
		before["X-Content-Type-Options"] = []string{"nosniff"}
		assert.Equal(t, before, w.Header())
	}
}

// The fields of which an error keeps every value are those whose values go
// beside what the handler has set; all others replace it.
func TestHeaderAddedOrReplaced(t *testing.T) {
	oneFormat := statushttp.Responder{Formats: []httpstatus.Format{httpstatus.SimpleJSON}} // adds nothing to Vary
	added := 0
	for _, name := range []string{
		"Link", "Set-Cookie", "Vary", "Warning", "Www-Authenticate", "Proxy-Authenticate",
		"Allow", "Location", "Retry-After", "Cache-Control", "Accept-Patch", "X-Request-Id",
	} {
		e := httpstatus.Found.New("", "").WithHeader(name, "a").WithHeader(name, "b")
		want := e.Header()[name]
		w := httptest.NewRecorder()
		w.Header().Set(name, "no-store")
		oneFormat.Write(w, httptest.NewRequest("GET", "/", nil), e)
		if len(want) == 2 {
			added++
			want = append([]string{"no-store"}, want...)
		}
		assert.Equal(t, want, w.Header()[name], name)
	}
	assert.Equal(t, 6, added)
}
