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

	assert.Equal(t, []string{"max-age=5"}, write("GET", "", http.Header{"Cache-Control": {"no-store"}}, e.WithHeader("Cache-Control",
		"max-age=5")).Header()["Cache-Control"],
		"the error has the last word")
	assert.Equal(t, []string{"nosniff"}, write("GET", "", http.Header{"Content-Type": {"application/json"}},
		errUserNotFound).Header()["X-Content-Type-Options"])
	assert.Equal(t, []string{"Accept"}, write("GET", "", http.Header{"Content-Type": {"application/json"},
		"X-Content-Type-Options": {"nosniff"}}, errUserNotFound).Header()["Vary"])
}

// TestWriteCleans holds what of a field that was set before goes out with an error,
// in whatever case a handler spelled its name. A field that is not wanted is "".
func TestWriteCleans(t *testing.T) {
	for _, tt := range []struct {
		name, value string
		status      httpstatus.Code
		want        string
	}{
		{"Cache-Control", "max-age=3600, public", 404, ""},
		{"cache-control", "max-age=3600, public", 404, ""},
		{"Cache-Control", "No-Store", 404, "no-store"},
		{"Cache-Control", "private, max-age=60, no-cache", 404, "private, no-cache"},
		{"Cache-Control", `private="X-User, X-Team", max-age=60`, 404, `private="X-User, X-Team"`},
		{"Cache-Control", `no-cache="Set-Cookie"`, 404, `no-cache="Set-Cookie"`},
		{"Cache-Control", "private;x", 404, "private"},
		{"Cache-Control", `no-store="x"`, 404, "no-store"},
		{"Cache-Control", `ext="a, no-store, b"`, 404, ""},
		{"Cache-Control", "max-age=0, must-revalidate", 404, "no-cache"},
		{"Cache-Control", "s-maxage=0, max-age=60", 404, "no-cache"},
		{"Cache-Control", "max-age=0, s-maxage=0, no-cache", 404, "no-cache"},
		{"Cache-Control", "max-age=x", 404, "no-cache"},
		{"Cache-Control", "max-age=60", 304, "max-age=60"},
		{"CDN-Cache-Control", "max-age=60", 404, ""},
		{"cdn-cache-control", "max-age=60", 404, ""},
		{"Surrogate-Control", "max-age=60", 404, ""},
		{"Edge-Control", "max-age=60", 404, ""},
		{"Expires", "Sun, 06 Nov 2094 08:49:37 GMT", 404, ""},
		{"Age", "1", 404, ""},
		{"ETag", `"a"`, 404, ""},
		{"Etag", `"a"`, 304, `"a"`},
		{"last-modified", "Sun, 06 Nov 1994 08:49:37 GMT", 404, ""},
		{"content-encoding", "gzip", 404, ""},
		{"content-encoding", "gzip", 304, ""},
		{"content-length", "5", 404, ""},
		{"content-type", "text/css", 304, ""},
		{"Content-Disposition", "attachment", 404, ""},
		{"Content-Transfer-Encoding", "binary", 404, ""},
		{"Content-Description", "File Transfer", 404, ""},
		{"Content-Digest", "sha-256=:x:", 404, ""},
		{"Content-Location", "/a", 304, "/a"},
		{"Content-Security-Policy", "default-src 'self'", 404, "default-src 'self'"},
		{"Content-Security-Policy-Report-Only", "default-src 'self'", 404, "default-src 'self'"},
		{"Content-Range", "bytes */10", 416, "bytes */10"},
		{"content-range", "bytes 0-1/10", 404, ""},
		{"location", "/x", 404, ""},
		{"Location", "/x", 302, "/x"},
		{"X-Accel-Redirect", "/private/file", 403, ""},
		{"X-Accel-Expires", "3600", 404, ""},
		{"X-Sendfile", "/private/file", 403, ""},
		{"X-LiteSpeed-Location", "/private/file", 403, ""},
		{"Transfer-Encoding", "identity", 404, ""},
		{"trailer", "X-Digest", 404, ""},
		{"Trailer", "Content-Type, Vary", 404, ""},
		{"X-Content-Type-Options", "sniff", 404, "nosniff"},
		{"x-content-type-options", "sniff", 404, ""},
		{"Vary", "Accept", 404, "Accept"},
		{"Vary", "Origin, accept", 404, "Origin, accept"},
		{"Vary", "*", 404, "*"},
		{"vary", "Origin", 404, "Origin"},
		{"Pragma", "no-cache", 404, "no-cache"},
		{"Retry-After", "5", 503, "5"},
		{"www-authenticate", "Basic", 401, "Basic"},
		{"retry-after", "5", 429, ""}, // the error has its own
	} {
		t.Run(fmt.Sprintf("%d, %s: %s", tt.status, tt.name, tt.value), func(t *testing.T) {
			e := tt.status.New("", "")
			if tt.status == httpstatus.TooManyRequests {
				e = e.WithRetryAfter(time.Minute)
			}
			h := write("GET", "", http.Header{tt.name: {tt.value}}, e).Header()
			assert.Equal(t, tt.want, strings.Join(h[tt.name], ", "))
			if tt.status == httpstatus.NotModified {
				return
			}
			assert.Equal(t, []string{"application/json"}, h["Content-Type"])
			assert.Equal(t, []string{"nosniff"}, h["X-Content-Type-Options"])
			assert.NotEmpty(t, h["Vary"])
		})
	}
}

// A trailer that an error takes away is not sent in the header either.
func TestWriteDropsTrailers(t *testing.T) {
	h := write("GET", "", http.Header{"Trailer": {"X-Digest, x-count"}, "X-Digest": {"1"}, "X-Count": {"2"}, "x-digest": {"3"}, "X-Other": {"4"}},
		errUserNotFound).Header()
	assert.Equal(t, http.Header{
		"Content-Type": {"application/json"}, "X-Content-Type-Options": {"nosniff"}, "Vary": {"Accept"}, "X-Other": {"4"},
	}, h)
}

// A compressing middleware says so before it calls the handler, and compresses
// what is written, an error too: its Content-Encoding stays, and that of the
// handler goes.
func TestContentEncodingOfMiddleware(t *testing.T) {
	for _, tt := range []struct {
		name             string
		outside, handler string
		want             string
		h                func(statushttp.HandlerFunc) http.Handler
	}{
		{"of the middleware", "gzip", "", "gzip", func(f statushttp.HandlerFunc) http.Handler { return f }},
		{"of both", "gzip", "br", "gzip", func(f statushttp.HandlerFunc) http.Handler { return f }},
		{"of the handler", "", "br", "", func(f statushttp.HandlerFunc) http.Handler { return f }},
		{"taken back", "gzip", "-", "", func(f statushttp.HandlerFunc) http.Handler { return f }},
		{"behind a mux", "gzip", "", "gzip", func(f statushttp.HandlerFunc) http.Handler {
			mux := http.NewServeMux()
			mux.Handle("/", f)
			return statushttp.Mux(mux)
		}},
		{"a panic", "gzip", "", "gzip", func(statushttp.HandlerFunc) http.Handler {
			return (&statushttp.Responder{Report: func(*http.Request, error, statushttp.Info) {}}).
				Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("") }))
		}},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			t.Run(tt.name+", "+method, func(t *testing.T) {
				w := httptest.NewRecorder()
				if tt.outside != "" {
					w.Header().Set("Content-Encoding", tt.outside)
				}
				tt.h(func(w http.ResponseWriter, r *http.Request) error {
					switch tt.handler {
					case "":
					case "-":
						w.Header().Del("Content-Encoding")
					default:
						w.Header().Set("Content-Encoding", tt.handler)
					}
					return errUserNotFound
				}).ServeHTTP(w, httptest.NewRequest(method, "/", nil))
				assert.Equal(t, tt.want, w.Header().Get("Content-Encoding"))
				if method == "HEAD" {
					assert.Equal(t, tt.want == "", w.Header().Get("Content-Length") != "", "it is not known how long it will be")
				}
			})
		}
	}
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
		t.Run(tt.method+" "+tt.path, func(t *testing.T) {
			req, err := http.NewRequest(tt.method, server.URL+tt.path, nil)
			require.NoError(t, err)
			resp, err := server.Client().Do(req)
			require.NoError(t, err)
			assert.EqualError(t, statushttp.FromResponse(resp), tt.want)
		})
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
