package httpstatus_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

const secret = "hunter2"

var errSecret = errors.New("password is " + secret)

// timeoutError is a timeout by its method alone, as those of package net are.
type timeoutError struct{}

func (timeoutError) Error() string { return "took too long" }
func (timeoutError) Timeout() bool { return true }

// hostile is an error whose methods panic, as those of nil pointers do.
type hostile struct{}

func (*hostile) Error() string { panic("Error called") }
func (*hostile) Unwrap() error { panic("Unwrap called") }

// endless wraps itself.
type endless struct{}

func (e *endless) Error() string { return "endless" }
func (e *endless) Unwrap() error { return e }

// disguised is an *Error for errors.As alone.
type disguised struct{ as any }

func (disguised) Error() string { return "disguised" }
func (d disguised) As(target any) bool {
	switch t := target.(type) {
	case **httpstatus.Error:
		e, ok := d.as.(*httpstatus.Error)
		if ok {
			*t = e
		}
		return ok
	case *httpstatus.Code:
		c, ok := d.as.(httpstatus.Code)
		if ok {
			*t = c
		}
		return ok
	}
	return false
}

func TestStatusOf(t *testing.T) {
	var nilError *httpstatus.Error
	notFound := httpstatus.NotFound.New("", "")
	remote := httpstatus.Decode(429, nil, nil)
	for _, tt := range []struct {
		why  string
		err  error
		want httpstatus.Code
	}{
		{"nothing went wrong", nil, 0},
		{"a nil *Error in an error is the success of a function that returns *Error", nilError, 0},
		{"an *Error", notFound, 404},
		{"a Code is an error too", httpstatus.Gone, 410},
		{"wrapped", fmt.Errorf("loading: %w", notFound), 404},
		{"wrapped Code", fmt.Errorf("loading: %w", httpstatus.Gone), 410},
		{"the outer one counts", httpstatus.Conflict.New("", "").WithCause(notFound), 409},
		{"the first of a list", errors.Join(errSecret, notFound, httpstatus.Gone), 404},
		{"a nil *Error inside hides nothing", errors.Join(nilError, httpstatus.Gone), 410},
		{"wrapped nil *Error: something went wrong, and no one says what", fmt.Errorf("x: %w", nilError), 500},
		{"by As", disguised{notFound}, 404},
		{"by As, a Code", disguised{httpstatus.Gone}, 410},
		{"by As, neither", disguised{3}, 500},
		{"what the peer said", fmt.Errorf("calling: %w", remote), 429},
		{"says nothing", errSecret, 500},
		{"0 is the answer for nil alone", httpstatus.Code(0), 500},
		{"nor for an Error without a status", &httpstatus.Error{}, 500},
		{"as it was given", httpstatus.Code(42), 42},
		{"out of time", fmt.Errorf("x: %w", context.DeadlineExceeded), 504},
		{"a timeout by its method", fmt.Errorf("x: %w", timeoutError{}), 504},
		{"of the os", os.ErrDeadlineExceeded, 504},
		{"canceled", fmt.Errorf("x: %w", context.Canceled), 503},
		{"a status beats a timeout", fmt.Errorf("%w: %w", context.DeadlineExceeded, httpstatus.Conflict), 409},
		{"methods that panic", &hostile{}, 500},
		{"an error that wraps itself", &endless{}, 500},
	} {
		t.Run(tt.why, func(t *testing.T) {
			assert.Equal(t, tt.want, httpstatus.StatusOf(tt.err))
			e := httpstatus.FromError(tt.err)
			if tt.want == 0 {
				assert.Nil(t, e)
				return
			}
			require.NotNil(t, e)
			if e.Status() != 0 {
				assert.Equal(t, tt.want, e.Status(), "FromError agrees: %s")
			}
			switch tt.err.(type) {
			case httpstatus.Code, *httpstatus.Error:
			default:
				assert.True(t, tt.err == errors.Unwrap(e), "the original is the cause: %s")
			}
		})
	}
	assert.Same(t, notFound, httpstatus.FromError(notFound), "an *Error is itself")
	assert.Nil(t, errors.Unwrap(httpstatus.FromError(httpstatus.Gone)), "a bare Code has no cause")
	wrapped := fmt.Errorf("loading: %w", notFound)
	assert.Equal(t, wrapped, errors.Unwrap(httpstatus.FromError(wrapped)), "the wrapping text is kept for the log")
}

func TestFromFS(t *testing.T) {
	_, missing := os.Open("no such file")
	_, invalid := fs.Sub(os.DirFS("."), "..")
	_, directory := os.ReadFile(".")
	_, zero := os.Open("a\x00b")
	_, zeroStat := os.Stat("a\x00b")
	root, err := os.OpenRoot(t.TempDir())
	require.NoError(t, err)
	defer root.Close()
	_, outside := root.Open("../a")
	_, inMap := fs.ReadFile(fstest.MapFS{"a/b": {}}, "a")
	for _, tt := range []struct {
		err  error
		want httpstatus.Code
	}{
		{nil, 0},
		{missing, 404},
		{invalid, 404},
		{directory, 404},
		{inMap, 404},
		{zero, 404},
		{zeroStat, 404},
		{&fs.PathError{Op: "read", Path: secret, Err: syscall.EINVAL}, 500}, // says nothing of the name
		{outside, 404},
		{fmt.Errorf("x: %w", outside), 404},
		{errors.New("http: invalid or unsafe file path"), 404}, // of http.Dir
		{&fs.PathError{Op: "read", Path: secret, Err: errors.New("is a directory")}, 404}, // of an embed.FS
		{errors.New("no such file; is a directory missing?"), 500},
		{&fs.PathError{Op: "open", Path: secret, Err: syscall.ENOTDIR}, 404},
		{&fs.PathError{Op: "open", Path: secret, Err: syscall.ENAMETOOLONG}, 404},
		{&fs.PathError{Op: "open", Path: secret, Err: syscall.EACCES}, 403},
		{&fs.PathError{Op: "open", Path: secret, Err: syscall.EEXIST}, 409},
		{&fs.PathError{Op: "read", Path: secret, Err: syscall.EIO}, 500},
		{context.DeadlineExceeded, 504},
		{fmt.Errorf("x: %w: %w", fs.ErrNotExist, httpstatus.Gone), 410},
		{&hostile{}, 500},
	} {
		t.Run(fmt.Sprintf("%v", tt.err), func(t *testing.T) {
			e := httpstatus.FromFS(tt.err)
			assert.Equal(t, tt.want, e.Status(), "%#v", tt.err)
			assert.NotContains(t, string(e.AppendBody(nil, httpstatus.HTML)), secret)
			if tt.want != 0 {
				assert.ErrorIs(t, e, tt.err)
			}
		})
	}
}

func TestDefaults(t *testing.T) {
	for _, tt := range []struct {
		code          httpstatus.Code
		name, message string
	}{
		{404, "not_found", "Not Found"},
		{414, "uri_too_long", "URI Too Long"},
		{300, "multiple_choices", "Multiple Choices"},
		{471, "bad_request", "Bad Request"},                       // unregistered: as its class
		{200, "internal_server_error", "Internal Server Error"},   // no error: answered as 500
		{0, "internal_server_error", "Internal Server Error"},     //
		{-1, "internal_server_error", "Internal Server Error"},    //
		{99999, "internal_server_error", "Internal Server Error"}, //
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := tt.code.New("", "")
			assert.Equal(t, tt.name, e.ErrorCode())
			assert.Equal(t, tt.message, e.Message())
			assert.Equal(t, tt.message, e.Title())
			assert.Equal(t, "about:blank", e.Type())
			assert.Equal(t, `{"error":"`+tt.name+`","message":"`+tt.message+`"}`, string(e.AppendBody(nil, httpstatus.SimpleJSON)))
			assert.Equal(t, tt.code, e.Status(), "as it was given")
		})
	}
	remote := httpstatus.Decode(203, nil, nil)
	assert.Equal(t, "non_authoritative_information", remote.ErrorCode(), "what the peer said, though it is no error")
}

func TestNilError(t *testing.T) {
	var e *httpstatus.Error
	assert.Zero(t, e.Status())
	assert.Equal(t, "internal_server_error", e.ErrorCode())
	assert.Equal(t, "Internal Server Error", e.Message())
	assert.Equal(t, "Internal Server Error", e.Title())
	assert.Equal(t, "about:blank", e.Type())
	assert.Empty(t, e.Instance())
	assert.Nil(t, e.Fields())
	assert.Nil(t, e.Header())
	assert.Nil(t, e.Extensions())
	assert.Nil(t, e.MissingHeaders())
	assert.Nil(t, e.RefusedHeaders())
	assert.Nil(t, e.RefusedExtensions())
	assert.NoError(t, e.Unwrap())
	assert.False(t, e.Remote())
	assert.False(t, e.HasErrorCode())
	assert.Equal(t, "<nil>", e.Error())
	assert.False(t, e.Is(httpstatus.NotFound))
	assert.False(t, e.Is(httpstatus.NotFound.New("", "")))
	assert.True(t, e.Is(e))
	status, _, body := e.Response("GET", nil)
	assert.Equal(t, 500, status)
	assert.Equal(t, `{"error":"internal_server_error","message":"Internal Server Error"}`, string(body))
	assert.Equal(t, []string{"0"}, e.WithRetryAfter(-1).Header()["Retry-After"])
	assert.Equal(t, "/x", e.WithInstance("/x").Instance())
}

func TestIs(t *testing.T) {
	sentinel := httpstatus.NotFound.New("user_not_found", "No such user.")
	typed := httpstatus.Forbidden.New("", "").WithType("https://example.com/probs/out-of-credit", "")
	other := httpstatus.Forbidden.New("", "").WithType("https://example.com/probs/blocked", "")
	peer := func(body string) error {
		return fmt.Errorf("calling: %w", httpstatus.Decode(403, nil, strings.NewReader(body)))
	}
	for _, tt := range []struct {
		why    string
		err    error
		target error
		want   bool
	}{
		{"status", sentinel, httpstatus.NotFound, true},
		{"another status", sentinel, httpstatus.Gone, false},
		{"derived", sentinel.WithCause(io.EOF).WithInstance("/x"), sentinel, true},
		{"the cause", sentinel.WithCause(io.EOF), io.EOF, true},
		{"same code, made elsewhere", httpstatus.NotFound.New("user_not_found", "Non."), sentinel, true},
		{"same code, another status", httpstatus.Gone.New("user_not_found", ""), sentinel, false},
		{"another code", httpstatus.NotFound.New("team_not_found", ""), sentinel, false},
		{"no code stands for the default one", httpstatus.NotFound.New("", ""), httpstatus.NotFound.New("not_found", "x"), true},
		{"nil target", sentinel, (*httpstatus.Error)(nil), false},
		{"a foreign target", sentinel, io.EOF, false},
		{"type of a peer without codes", peer(`{"type":"https://example.com/probs/out-of-credit","title":"x","status":403}`), typed, true},
		{"another type", peer(`{"type":"https://example.com/probs/out-of-credit","title":"x","status":403}`), other, false},
		{"codes count before types", typed.WithType("x", ""), httpstatus.Forbidden.New("forbidden", ""), true},
		{"a peer that names no type", peer(`{"error":"forbidden","message":""}`), typed, true},
		{"a page is not our error", httpstatus.Decode(404, nil, strings.NewReader("<title>404 Not Found</title>")),
			httpstatus.NotFound.New("not_found", "x"), false},
		{"nor the other way around", httpstatus.NotFound.New("not_found", "x"), httpstatus.Decode(404, nil, nil), false},
		{"a phrase is no code", httpstatus.Decode(404, nil, strings.NewReader(`{"error":"Not Found","message":"m"}`)),
			httpstatus.NotFound.New("Not Found", "x"), false},
		{"neither said one", httpstatus.Decode(404, nil, nil), httpstatus.NotFound.New("", "x"), true},
		{"the default code, said", httpstatus.Decode(404, nil, strings.NewReader(`{"error":"not_found","message":"m"}`)),
			httpstatus.NotFound.New("", "x"), true},
		{"the status is that all the same", httpstatus.Decode(404, nil, nil), httpstatus.NotFound, true},
		{"half a code is no code", peer(`{"error":"forb`), httpstatus.Forbidden.New("forb", ""), false},
	} {
		t.Run(tt.why, func(t *testing.T) {
			assert.Equal(t, tt.want, errors.Is(tt.err, tt.target))
		})
	}
}

func TestHeader(t *testing.T) {
	e := httpstatus.MethodNotAllowed.New("", "")
	assert.Equal(t, []string{"Allow"}, e.MissingHeaders())
	allowed := e.WithAllow("GET", "POST", "GET")
	assert.Equal(t, map[string][]string{"Allow": {"GET, POST"}}, allowed.Header())
	assert.Empty(t, allowed.MissingHeaders())
	assert.Empty(t, e.WithAllow().MissingHeaders(), "no method is allowed for now")
	assert.Nil(t, e.Header(), "the original is as it was")
	assert.Equal(t, []string{"PUT"}, allowed.WithAllow("PUT").Header()["Allow"])
	bad := e.WithAllow("GET", "P OST", "x\r\ny")
	assert.Equal(t, []string{"GET"}, bad.Header()["Allow"])
	assert.Equal(t, []string{"Allow", "Allow"}, bad.RefusedHeaders())

	unauthorized := httpstatus.Unauthorized.New("", "").WithChallenge(`Bearer realm="a"`).WithChallenge(`Basic realm="a"`)
	assert.Equal(t, []string{`Bearer realm="a"`, `Basic realm="a"`}, unauthorized.Header()["Www-Authenticate"])
	assert.Empty(t, unauthorized.MissingHeaders())
	assert.Empty(t, httpstatus.ProxyAuthenticationRequired.New("", "").WithChallenge("Basic").MissingHeaders())
	assert.Empty(t, httpstatus.UpgradeRequired.New("", "").WithHeader("upgrade", "h2c").WithHeader("connection", "Upgrade").MissingHeaders())

	for _, tt := range []struct {
		wait time.Duration
		want string
	}{
		{0, "0"}, {-time.Hour, "0"}, {math.MinInt64, "0"}, {1, "1"}, {time.Second, "1"}, {time.Second + 1, "2"},
		{time.Minute, "60"}, {math.MaxInt64, "9223372037"},
	} {
		t.Run(tt.wait.String(), func(t *testing.T) {
			got := httpstatus.TooManyRequests.New("", "").WithRetryAfter(time.Hour).WithRetryAfter(tt.wait).Header()["Retry-After"]
			assert.Equal(t, []string{tt.want}, got, "%d ns", int64(tt.wait))
		})
	}
}

func TestWithHeader(t *testing.T) {
	for _, tt := range []struct {
		why, name, value string
		want             map[string][]string
	}{
		{"any case", "x-request-id", " a\t", map[string][]string{"X-Request-Id": {"a"}}},
		{"a tab inside is allowed", "X-A", "a\tb", map[string][]string{"X-A": {"a\tb"}}},
		{"empty", "X-A", "", map[string][]string{"X-A": {""}}},
		{"already canonical", "Retry-After", "1", map[string][]string{"Retry-After": {"1"}}},
		{"upper case", "ETAG", `"a"`, map[string][]string{"Etag": {`"a"`}}},
		{"CR", "X-A", "a\rb", nil},
		{"LF", "X-A", "a\nSet-Cookie: b", nil},
		{"NUL", "X-A", "a\x00", nil},
		{"DEL", "X-A", "a\x7f", nil},
		{"obs-text", "X-A", "caf\xe9", nil},
		{"UTF-8", "X-A", "café", nil},
		{"space in the name", "X A", "a", nil},
		{"colon in the name", "X:", "a", nil},
		{"CRLF in the name", "X\r\nY", "a", nil},
		{"no name", "", "a", nil},
		{"non-ASCII name", "X-\u212a", "a", nil},
		{"a pseudo-header field", ":status", "200", nil},
		{"describes the content", "content-type", "text/html", nil},
		{"describes the content", "CONTENT-LENGTH", "3", nil},
		{"describes the content", "Content-Encoding", "gzip", nil},
		{"frames the content", "Transfer-Encoding", "chunked", nil},
		{"frames the content", "Trailer", "X", nil},
		{"the connection is the server's", "Connection", "close", nil},
		{"the connection is the server's", "Connection", "upgrade, close", nil},
		{"the connection is the server's", "Keep-Alive", "timeout=5", nil},
		{"the connection is the server's", "Proxy-Connection", "close", nil},
		{"a 426 needs it", "connection", "Upgrade", map[string][]string{"Connection": {"Upgrade"}}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			e := httpstatus.BadRequest.New("", "").WithHeader(tt.name, tt.value)
			assert.Equal(t, tt.want, e.Header(), "%s: %q", tt.why, tt.name)
			if tt.want == nil {
				require.Len(t, e.RefusedHeaders(), 1)
				assert.NotContains(t, e.RefusedHeaders()[0], "\n")
			} else {
				assert.Empty(t, e.RefusedHeaders())
				for name := range tt.want {
					assert.Equal(t, http.CanonicalHeaderKey(tt.name), name)
				}
			}
		})
	}
	e := httpstatus.BadRequest.New("", "").WithHeader("Retry-After", "1").WithHeader("retry-after", "2").
		WithHeader("Link", "<a>").WithHeader("Link", "<b>")
	assert.Equal(t, map[string][]string{"Retry-After": {"2"}, "Link": {"<a>", "<b>"}}, e.Header())
	h := e.Header()
	h["Link"][0] = "changed"
	assert.Equal(t, "<a>", e.Header()["Link"][0], "the map is the caller's own")
}

// FuzzWithHeader holds that whatever a field is set to, the response has no name
// that is not a token, and no value with a byte that is not visible ASCII, a
// space or a tab.
func FuzzWithHeader(f *testing.F) {
	f.Add("X-A", "b\r\nX-Evil: 1")
	f.Add("Connection", "upgrade")
	f.Add("a:b", "\x00\u00e9")
	f.Fuzz(func(t *testing.T, name, value string) {
		e := httpstatus.Unauthorized.New(name, value).WithHeader(name, value).WithAllow(name, value).WithChallenge(value)
		_, header, body := e.Response("GET", nil)
		for name, values := range header {
			assert.Regexp(t, "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", name)
			assert.Equal(t, http.CanonicalHeaderKey(name), name)
			for _, v := range values {
				assert.Regexp(t, "^[\t -~]*$", v)
			}
		}
		assert.Equal(t, []string{"application/json"}, header["Content-Type"])
		assert.Equal(t, []string{fmt.Sprint(len(body))}, header["Content-Length"])
		assert.Equal(t, []string{"nosniff"}, header["X-Content-Type-Options"])
		for _, refused := range e.RefusedHeaders() {
			assertLine(t, refused)
		}
	})
}

func TestWithExtension(t *testing.T) {
	cycle := map[string]any{}
	cycle["self"] = cycle
	deep := any("x")
	for range 32 {
		deep = []any{deep}
	}
	base := httpstatus.Forbidden.New("out_of_credit", "")
	for _, tt := range []struct {
		why   string
		name  string
		value any
		json  string // "" for left out
	}{
		{"a number", "balance", 30, `30`},
		{"a list", "accounts", []string{"/a/1"}, `["/a/1"]`},
		{"nil", "hint", nil, `null`},
		{"a boolean", "x", true, `true`},
		{"small kinds", "x", []any{int8(-8), int16(-16), int32(-32), int64(math.MinInt64), uint8(8), uint16(16), uint32(32), uint(64), uintptr(1)},
			`[-8,-16,-32,-9223372036854775808,8,16,32,64,1]`},
		{"a large number", "x", uint64(math.MaxUint64), `18446744073709551615`},
		{"floats", "x", []any{0.0, 0.5, -1e20, 1e21, 1e-6, 1e-7, float32(0.1), math.MaxFloat64},
			`[0,0.5,-100000000000000000000,1e+21,0.000001,1e-07,0.1,1.7976931348623157e+308]`},
		{"a time", "x", time.Date(2026, 11, 26, 1, 2, 3, 5e8, time.FixedZone("", 3600)), `"2026-11-26T01:02:03.5+01:00"`},
		{"a list of times", "x", slices.Repeat([]any{time.Date(2026, 11, 26, 1, 2, 3, 0, time.FixedZone("X", 3600))}, 20),
			"[" + strings.Repeat(`"2026-11-26T01:02:03+01:00",`, 19) + `"2026-11-26T01:02:03+01:00"]`},
		{"a type of one's own", "x", []any{level(3), name("n")}, `[3,"n"]`},
		{"a duration is a number", "x", time.Second, `1000000000`},
		{"a text", "x", textual("<a>"), `"\u003ca\u003e"`},
		{"nil lists", "x", []any{[]any(nil), []string(nil), map[string]any(nil), (*textual)(nil), (*rawJSON)(nil)}, `[null,null,null,null,null]`},
		{"empty lists", "x", []any{[]any{}, []string{}, map[string]any{}}, `[[],[],{}]`},
		{"members by name", "x", map[string]any{"b": 2, "a": []string{"x", "y"}, "<": nil}, `{"\u003c":null,"a":["x","y"],"b":2}`},
		{"a list of many", "x", make([]any, 20000), "[null" + strings.Repeat(",null", 19999) + "]"},
		{"32 deep", "x", deep, strings.Repeat("[", 32) + `"x"` + strings.Repeat("]", 32)},
		{"deeper", "x", []any{deep}, ``},
		{"deeper, in a map", "x", map[string]any{"a": 1, "b": deep, "c": 1}, ``},
		{"a year that RFC 3339 does not have", "x", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), ``},
		{"a text that fails", "x", textual(""), ``},
		{"a MarshalJSON that fails", "x", httpstatus.Number("x"), ``},
		{"bytes", "x", []byte("x"), ``},
		{"a struct", "x", struct{ A int }{1}, ``},
		{"a struct inside", "x", map[string]any{"a": struct{}{}}, ``},
		{"an error by pointer", "x", &pointerJSON{}, ``},
		{"HTML is escaped", "hint", "<b>", `"\u003cb\u003e"`},
		{"raw JSON", "hint", rawJSON(` {"a": "<" } `), `{"a":"\u003c"}`},
		{"raw JSON that is not UTF-8", "hint", rawJSON("\"\xff\""), `"\ufffd"`},
		{"a Code is public", "was", httpstatus.NotFound, `404`},
		{"a number of encoding/json", "x", json.Number("1.50"), `1.50`},
		{"such numbers in a list", "x", []any{json.Number("-1e3"), json.Number("12345678901234567890")}, `[-1e3,12345678901234567890]`},
		{"such a number that is none", "x", json.Number("01"), ``},
		{"such a number that is empty", "x", json.Number(""), ``},
		{"a pointer to such a number that is nil", "x", (*json.Number)(nil), `null`},
		{"a function", "x", func() {}, ``},
		{"a channel", "x", make(chan int), ``},
		{"NaN", "x", math.NaN(), ``},
		{"an infinity inside", "x", []float64{math.Inf(1)}, ``},
		{"a cycle", "x", cycle, ``},
		{"a MarshalJSON that panics", "x", panicking{}, ``},
		{"raw nonsense", "x", rawJSON("{"), ``},
		{"no name", "", 1, ``},
		{"type", "type", "x", ``},
		{"title", "title", "x", ``},
		{"status", "status", 200, ``},
		{"detail", "detail", "x", ``},
		{"instance", "instance", "x", ``},
		{"code", "code", "x", ``},
		{"an error", "cause", &fs.PathError{Op: "open", Path: secret, Err: errSecret}, ``},
		{"an error by value", "cause", fs.PathError{Op: "open", Path: secret, Err: errSecret}, ``},
		{"an error inside", "cause", map[string]any{"a": []any{errSecret}}, ``},
		{"our own errors too", "x", base, ``},
	} {
		t.Run(tt.why, func(t *testing.T) {
			e := base.WithExtension("first", 1).WithExtension(tt.name, tt.value)
			simple := `{"error":"out_of_credit","message":"Forbidden","first":1`
			problem := `{"title":"Forbidden","status":403,"code":"out_of_credit","first":1`
			if tt.json != "" {
				simple += `,"` + tt.name + `":` + tt.json
				problem += `,"` + tt.name + `":` + tt.json
				assert.Equal(t, map[string]any{"first": 1, tt.name: tt.value}, e.Extensions())
				assert.Empty(t, e.RefusedExtensions())
			} else {
				assert.Equal(t, map[string]any{"first": 1}, e.Extensions())
				assert.Equal(t, []string{tt.name}, e.RefusedExtensions())
			}
			assert.Equal(t, simple+"}", string(e.AppendBody(nil, httpstatus.SimpleJSON)))
			assert.Equal(t, problem+"}", string(e.AppendBody(nil, httpstatus.ProblemJSON)))
		})
	}

	e := base.WithExtension("a", 1).WithExtension("b", 2).WithExtension("a", 3)
	assert.Equal(t, `{"error":"out_of_credit","message":"Forbidden","b":2,"a":3}`, string(e.AppendBody(nil, 0)), "the last of a name")
	list := []any{1}
	e = base.WithExtension("list", list)
	list[0] = 2
	assert.Contains(t, string(e.AppendBody(nil, 0)), `"list":[1]`, "encoded when it was given")

	e = base.WithExtension("a\n", errSecret).WithExtension("b", errSecret)
	assert.Equal(t, []string{`a\n`, "b"}, e.RefusedExtensions())

	// Names that one of the formats has a use for.
	e = base.WithExtension("error", 1).WithExtension("message", 2).WithExtension("fields", 3).WithExtension("errors", 4)
	assert.Equal(t, `{"error":"out_of_credit","message":"Forbidden","errors":4}`, string(e.AppendBody(nil, httpstatus.SimpleJSON)))
	assert.Equal(t, `{"title":"Forbidden","status":403,"code":"out_of_credit","error":1,"message":2,"fields":3,"errors":4}`,
		string(e.AppendBody(nil, httpstatus.ProblemJSON)))
	assert.Equal(t, `{"title":"Forbidden","status":403,"code":"out_of_credit","errors":[{"detail":"x"}],"error":1,"message":2,"fields":3}`,
		string(e.WithField(httpstatus.Field{Message: "x"}).AppendBody(nil, httpstatus.ProblemJSON)))
}

type (
	level   uint8
	name    string
	textual string
)

func (x textual) MarshalText() ([]byte, error) {
	if x == "" {
		return nil, errSecret
	}
	return []byte(x), nil
}

// pointerJSON is an error by its pointer, and could be written as JSON.
type pointerJSON struct{}

func (*pointerJSON) Error() string                { return secret }
func (*pointerJSON) MarshalJSON() ([]byte, error) { return []byte("1"), nil }

type rawJSON string

func (r rawJSON) MarshalJSON() ([]byte, error) { return []byte(r), nil }

type panicking struct{}

func (panicking) MarshalJSON() ([]byte, error) { panic(secret) }
func (panicking) String() string               { panic(secret) }

func TestErrorText(t *testing.T) {
	user := httpstatus.NotFound.New("user_not_found", "No such user.")
	for _, tt := range []struct {
		why  string
		err  error
		want string
	}{
		{"bare", user, "404 user_not_found: No such user."},
		{"with the cause", user.WithCause(sql.ErrNoRows), "404 user_not_found: No such user.: sql: no rows in result set"},
		{"defaults", httpstatus.NotFound.New("", ""), "404 not_found: Not Found"},
		{"as given", httpstatus.Code(42).New("a", "b"), "42 a: b"},
		{"fields", httpstatus.BadRequest.New("a", "b").WithField(
			httpstatus.Field{Pointer: "/email", ErrorCode: "bad", Message: "Not an address."},
			httpstatus.Field{Message: "Too much."}), "400 a: b [/email: bad: Not an address.; Too much.]"},
		{"one line", user.WithCause(errors.New("a\r\nb\x00\x1b[1m")), `404 user_not_found: No such user.: a\r\nb\x00\x1b[1m`},
		{"bidi and invisible", httpstatus.BadRequest.New("a\u202e", "b\u2066\u200d\u2028\u0085\u00a0c\u00e9\U0001F600\U000E0041"),
			`400 a\u202e: b\u2066\u200d\u2028\u0085\u00a0cé😀\U000e0041`},
		{"not UTF-8", httpstatus.BadRequest.New("a", "b\xff"), `400 a: b\xff`},
		{"a cause that panics", user.WithCause(&hostile{}), "404 user_not_found: No such user.: (its Error method panicked)"},
		{"a wrapped one is told once", httpstatus.FromError(fmt.Errorf("load: %w", user.WithCause(sql.ErrNoRows))),
			"404 user_not_found: No such user.: load: sql: no rows in result set"},
		{"wrapped, without a cause", httpstatus.FromError(fmt.Errorf("load: %w", user)), "404 user_not_found: No such user.: load"},
		{"wrapped twice", httpstatus.FromError(fmt.Errorf("a: %w", fmt.Errorf("b: %w", user.WithCause(io.EOF)))),
			"404 user_not_found: No such user.: a: b: EOF"},
		{"wrapped by nothing but itself", user.WithCause(user), "404 user_not_found: No such user."},
		{"wrapped, with its text inside a sentence", user.WithCause(fmt.Errorf("(%w)", user)),
			"404 user_not_found: No such user.: (404 user_not_found: No such user.)"},
		{"with a newline inside", httpstatus.FromError(fmt.Errorf("load: %w", httpstatus.Gone.New("a", "b\nc"))), `410 a: b\nc: load`},
		{"another one inside", user.WithCause(httpstatus.Gone.New("a", "b")), "404 user_not_found: No such user.: 410 a: b"},
		{"remote", httpstatus.Decode(404, nil, strings.NewReader("gone\nfishing")), `remote 404 not_found: gone\nfishing`},
	} {
		t.Run(tt.why, func(t *testing.T) {
			assert.Equal(t, tt.want, tt.err.Error())
		})
	}
	long := httpstatus.BadRequest.New(strings.Repeat("a", 9000), strings.Repeat("\u202e", 9000)).WithCause(errors.New(strings.Repeat("x\n", 5000)))
	for range 100 {
		long = long.WithField(httpstatus.Field{Pointer: "/" + strings.Repeat("p", 50), Message: "é\nlong"})
	}
	text := long.Error()
	assertLine(t, text)
	assert.Contains(t, text, "x\\nx\\n", "there is room for the cause")
	assert.Equal(t, 4, strings.Count(text, "…"), "each part says that it was cut")
}

func TestFieldString(t *testing.T) {
	for want, f := range map[string]httpstatus.Field{
		"":                {},
		"/a: bad: No.":    {Pointer: "/a", ErrorCode: "bad", Message: "No."},
		"page: No.":       {Parameter: "page", Message: "No."},
		"If-Match: stale": {Header: "If-Match", ErrorCode: "stale"},
		"bad: No\n":       {ErrorCode: "bad", Message: "No\n"},
	} {
		t.Run(want, func(t *testing.T) {
			assert.Equal(t, want, f.String())
		})
	}
}

// assertLine holds what is promised of the text of an Error.
func assertLine(t *testing.T, text string) {
	t.Helper()
	assert.LessOrEqual(t, len(text), 1024)
	for _, r := range text {
		if !unicode.IsPrint(r) {
			assert.Fail(t, "not printable", "%q in %q", r, text)
			return
		}
	}
}

// TestSentinel holds that deriving leaves the original alone: eight goroutines
// derive from one (run it with -race), and then it is as it was.
func TestSentinel(t *testing.T) {
	sentinel := httpstatus.UnprocessableContent.New("a", "b").
		WithField(httpstatus.Field{Pointer: "/a"}, httpstatus.Field{Pointer: "/b"}).
		WithHeader("Link", "<a>").WithExtension("x", 1).WithHeader("\n", "")
	before := sentinel.Error() + string(sentinel.AppendBody(nil, httpstatus.ProblemJSON)) + fmt.Sprint(sentinel.Header(), sentinel.RefusedHeaders())
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 100 {
				e := sentinel.WithCause(io.EOF).WithField(httpstatus.Field{Pointer: "/c"}).WithHeader("Link", "<b>").
					WithExtension("x", i).WithExtension("y", i).WithInstance("/i").WithType("/t", "T").WithAllow("GET").
					WithRetryAfter(1).WithChallenge("Basic").WithHeader("\r", "")
				if len(e.Fields()) != 3 || len(e.Header()["Link"]) != 2 || len(e.RefusedHeaders()) != 2 {
					panic("derived wrongly")
				}
			}
		})
	}
	wg.Wait()
	after := sentinel.Error() + string(sentinel.AppendBody(nil, httpstatus.ProblemJSON)) + fmt.Sprint(sentinel.Header(), sentinel.RefusedHeaders())
	assert.Equal(t, before, after)
}

func TestPointer(t *testing.T) {
	for want, segments := range map[string][]any{
		"":                       {},
		"/":                      {""},
		"/items/0/price":         {"items", 0, "price"},
		"/a~1b/m~0n/ü /~01":      {"a/b", "m~n", "ü ", "~1"},
		"/9223372036854775807/7": {int64(1<<63 - 1), uint8(7)},
	} {
		t.Run(want, func(t *testing.T) {
			assert.Equal(t, want, httpstatus.Pointer(segments...))
		})
	}
}
