package httpstatus_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
)

func readString(s string) io.Reader { return strings.NewReader(s) }

func validation() *httpstatus.Error {
	return httpstatus.UnprocessableContent.New("validation_failed", "Check the <fields>.").
		WithField(httpstatus.Field{Pointer: "/email", ErrorCode: "invalid_email", Message: "Not an email address."},
			httpstatus.Field{Pointer: "/a~1b/é %&\"", ErrorCode: "bad"},
			httpstatus.Field{Message: "In all."},
			httpstatus.Field{Parameter: "page", ErrorCode: "range"}, httpstatus.Field{Header: "If-Match", Message: "Not <a> tag."}).
		WithType("https://example.com/probs/validation", "Not valid.").WithInstance("/r/1?a&b").
		WithExtension("request_id", "r-1").WithCause(errSecret)
}

func TestAppendBody(t *testing.T) {
	bare := httpstatus.NotFound.New("user_not_found", "No user with ID 42 exists.")
	for _, tt := range []struct {
		why    string
		e      *httpstatus.Error
		format httpstatus.Format
		want   string
	}{
		{"simple", bare, httpstatus.SimpleJSON, `{"error":"user_not_found","message":"No user with ID 42 exists."}`},
		{"a format that is none", bare, 200, `{"error":"user_not_found","message":"No user with ID 42 exists."}`},
		{"problem", bare, httpstatus.ProblemJSON, `{"title":"Not Found","status":404,"detail":"No user with ID 42 exists.","code":"user_not_found"}`},
		{"a problem without detail", httpstatus.NotFound.New("", ""), httpstatus.ProblemJSON, `{"title":"Not Found","status":404,"code":"not_found"}`},
		{"a type without a title", bare.WithType("/probs/u", ""), httpstatus.ProblemJSON,
			`{"type":"/probs/u","title":"Not Found","status":404,"detail":"No user with ID 42 exists.","code":"user_not_found"}`},
		{"a type without a title of its own", bare.WithType("/probs/t", "T").WithType("/probs/u", ""), httpstatus.ProblemJSON,
			`{"type":"/probs/u","title":"T","status":404,"detail":"No user with ID 42 exists.","code":"user_not_found"}`},
		{"about:blank is left out", bare.WithType("about:blank", ""), httpstatus.ProblemJSON,
			`{"title":"Not Found","status":404,"detail":"No user with ID 42 exists.","code":"user_not_found"}`},
		{"the status that is answered", httpstatus.OK.New("", ""), httpstatus.ProblemJSON,
			`{"title":"Internal Server Error","status":500,"code":"internal_server_error"}`},
		{"text", bare, httpstatus.PlainText, "No user with ID 42 exists.\n"},
		{"HTML", bare, httpstatus.HTML,
			"<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>No user with ID 42 exists.</title></head>\n<body>\n" +
				"<h1>404 Not Found</h1>\n<p>No user with ID 42 exists.</p>\n</body>\n</html>\n"},
		{"HTML, no phrase", httpstatus.Code(471).New("", "x"), httpstatus.HTML,
			"<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>x</title></head>\n<body>\n" +
				"<h1>471</h1>\n<p>x</p>\n</body>\n</html>\n"},
		{"simple, all", validation(), httpstatus.SimpleJSON, `{"error":"validation_failed","message":"Check the \u003cfields\u003e.","fields":[` +
			`{"pointer":"/email","error":"invalid_email","message":"Not an email address."},` +
			`{"pointer":"/a~1b/é %\u0026\"","error":"bad"},{"message":"In all."},` +
			`{"parameter":"page","error":"range"},{"header":"If-Match","message":"Not \u003ca\u003e tag."}],"request_id":"r-1"}`},
		{"problem, all", validation(), httpstatus.ProblemJSON, `{"type":"https://example.com/probs/validation","title":"Not valid.","status":422,` +
			`"detail":"Check the \u003cfields\u003e.","instance":"/r/1?a\u0026b","code":"validation_failed","errors":[` +
			`{"detail":"Not an email address.","pointer":"#/email","code":"invalid_email"},` +
			`{"pointer":"#/a~1b/%C3%A9%20%25\u0026%22","code":"bad"},{"detail":"In all."},` +
			`{"parameter":"page","code":"range"},{"detail":"Not \u003ca\u003e tag.","header":"If-Match"}],"request_id":"r-1"}`},
		{"text, all", validation(), httpstatus.PlainText,
			"Check the <fields>.\n/email: Not an email address.\n/a~1b/é %&\": bad\nIn all.\npage: range\nIf-Match: Not <a> tag.\n"},
		{"HTML, all", validation(), httpstatus.HTML,
			"<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>Check the &lt;fields&gt;.</title></head>\n<body>\n" +
				"<h1>422 Unprocessable Content</h1>\n<p>Check the &lt;fields&gt;.</p>\n<ul>\n<li><code>/email</code> Not an email address.</li>\n" +
				"<li><code>/a~1b/é %&amp;&#34;</code> bad</li>\n<li>In all.</li>\n" +
				"<li><code>page</code> range</li>\n<li><code>If-Match</code> Not &lt;a&gt; tag.</li>\n</ul>\n</body>\n</html>\n"},
		{"control characters for a terminal", httpstatus.BadRequest.New("", "a\x1b[2J\u202e\r\n\tb\u0085\xff\u200d"), httpstatus.PlainText,
			"a\\x1b[2J\\u202e\\r\n\tb\\u0085\ufffd\u200d\n"},
		{"for a browser", httpstatus.BadRequest.New("", "'\x00\xff"), httpstatus.HTML,
			"<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>&#39;\ufffd\ufffd</title></head>\n<body>\n" +
				"<h1>400 Bad Request</h1>\n<p>&#39;\ufffd\ufffd</p>\n</body>\n</html>\n"},
		{"a pointer that is none", httpstatus.BadRequest.New("", "").WithField(httpstatus.Field{Pointer: "email"},
			httpstatus.Field{Pointer: "/\xff"}), httpstatus.ProblemJSON,
			`{"title":"Bad Request","status":400,"code":"bad_request","errors":[{"pointer":"email"},{"pointer":"#/%EF%BF%BD"}]}`},
	} {
		t.Run(tt.why, func(t *testing.T) {
			assert.Equal(t, "before "+tt.want, string(tt.e.AppendBody([]byte("before "), tt.format)))
		})
	}
}

func TestAppendBodyAllocations(t *testing.T) {
	buf := make([]byte, 0, 4096)
	for _, e := range []*httpstatus.Error{httpstatus.NotFound.New("", ""), validation(), nil, httpstatus.Decode(404, nil, nil)} {
		for _, f := range allFormats {
			assert.Zero(t, testing.AllocsPerRun(100, func() { sinkBody = e.AppendBody(buf, f) }), "%v", f)
		}
	}
}

// FuzzAppendBody holds that the JSON bodies are, byte for byte, what the rules
// of the reference make of the values, and mean the same to encoding/json; that
// no body has what a browser could take for markup, or anything that is not
// UTF-8; and that the simple body comes back from Decode as it was sent.
func FuzzAppendBody(f *testing.F) {
	f.Add("user_not_found", "No user with ID 42 exists.", "/a", "k", "v")
	f.Add("", "", "", "", "")
	f.Add("<&>", "\u2028\u2029\x00\b\f\n\r\t\"\\\x7f", "\xff\xc0\xaf\xed\xa0\x80", "é😀", "]]>")
	f.Fuzz(func(t *testing.T, code, message, pointer, name, value string) {
		bare := httpstatus.Conflict.New(code, message)
		e := bare.WithField(httpstatus.Field{Pointer: pointer, Message: value})
		if name != "" && utf8.ValidString(name) {
			e = e.WithExtension(name, value)
		}
		field := object("pointer", pointer, "message", value)
		want := strings.TrimSuffix(object("error", e.ErrorCode(), "message", e.Message()), "}") + `,"fields":[` + field + "]"
		for x := range e.Extensions() { // at most one
			if x != "error" && x != "message" && x != "fields" {
				want += "," + reference.JSONString(x) + ":" + reference.JSONString(value)
			}
		}
		got := e.AppendBody(nil, httpstatus.SimpleJSON)
		assert.Equal(t, want+"}", string(got))
		assert.Equal(t, object("error", bare.ErrorCode(), "message", bare.Message()), string(bare.AppendBody(nil, httpstatus.SimpleJSON)))
		assert.Equal(t, `{"title":"Conflict","status":409,`+object("detail", message, "code", bare.ErrorCode())[1:],
			string(bare.AppendBody(nil, httpstatus.ProblemJSON)))

		var meant simpleStruct
		require.NoError(t, json.Unmarshal(got, &meant))
		assert.Equal(t, simpleStruct{toValid(e.ErrorCode()), toValid(e.Message())}, meant)
		problem := e.AppendBody(nil, httpstatus.ProblemJSON)
		assert.True(t, json.Valid(problem), "%s", problem)
		for _, body := range [][]byte{got, problem} {
			assert.False(t, bytes.ContainsAny(body, "<>&\u2028\u2029"), "%s", body)
		}
		for _, f := range allFormats {
			assert.True(t, utf8.Valid(e.AppendBody(nil, f)))
		}
		page := string(e.AppendBody(nil, httpstatus.HTML))
		assert.Equal(t, strings.Count(page, "<"), strings.Count(page, ">"))
		if pointer == "" || value == "" {
			return
		}
		back := httpstatus.Decode(409, nil, bytes.NewReader(got))
		if code != "" && message != "" {
			assert.Equal(t, toValid(code), back.ErrorCode())
			assert.Equal(t, toValid(message), back.Message())
		}
	})
}

// object returns a JSON object of the named strings, without the empty ones.
func object(members ...string) string {
	var list []string
	for i := 0; i < len(members); i += 2 {
		if members[i+1] != "" {
			list = append(list, reference.JSONString(members[i])+":"+reference.JSONString(members[i+1]))
		}
	}
	return "{" + strings.Join(list, ",") + "}"
}

// toValid replaces what is not UTF-8 as encoding/json does: byte by byte.
func toValid(s string) string { return string([]rune(s)) }

func TestResponse(t *testing.T) {
	e := httpstatus.MethodNotAllowed.New("no", "No.").WithAllow("GET").WithHeader("Vary", "Origin").WithCause(errSecret)
	status, header, body := e.Response("POST", []string{"application/problem+json"})
	assert.Equal(t, 405, status)
	assert.Equal(t, `{"title":"Method Not Allowed","status":405,"detail":"No.","code":"no"}`, string(body))
	assert.Equal(t, map[string][]string{
		"Allow": {"GET"}, "Content-Type": {"application/problem+json"}, "Content-Length": {strconv.Itoa(len(body))},
		"Vary": {"Origin", "Accept"}, "X-Content-Type-Options": {"nosniff"},
	}, header)

	_, headHeader, none := e.Response("HEAD", []string{"application/problem+json"})
	assert.Equal(t, header, headHeader, "HEAD has the header of GET")
	assert.Empty(t, none)

	_, header, _ = e.Response("GET", nil, httpstatus.HTML)
	assert.Equal(t, []string{"Origin"}, header["Vary"], "one format is no choice")
	assert.Equal(t, []string{"text/html; charset=utf-8"}, header["Content-Type"])
	for _, vary := range []string{"*", "Origin, accept"} {
		_, header, _ = e.WithHeader("Vary", vary).Response("GET", nil)
		assert.Equal(t, []string{"Origin", vary}, header["Vary"], "said already")
	}

	status, header, body = httpstatus.NotModified.New("", "").WithHeader("Etag", `"a"`).Response("GET", nil)
	assert.Equal(t, 304, status)
	assert.Equal(t, map[string][]string{"Etag": {`"a"`}, "X-Content-Type-Options": {"nosniff"}}, header,
		"a 304 describes a stored response, not itself")
	assert.Empty(t, body)
}

// TestResponseStatus tries the status codes of an error, and some that are
// none: the answer is always one to 300 to 599.
func TestResponseStatus(t *testing.T) {
	for c := -10; c < 1100; c++ {
		want := 500
		if 300 <= c && c <= 599 {
			want = c
		}
		status, _, body := httpstatus.Code(c).New("", "").Response("GET", nil)
		assert.Equal(t, want, status)
		assert.Equal(t, httpstatus.Code(want), httpstatus.Code(c).New("", "").Answer())
		assert.Equal(t, c == 304, len(body) == 0, "%d", c)

		e := httpstatus.Decode(c, map[string][]string{"X-Secret": {secret}}, readString(`{"error":"hunter2","message":"hunter2"}`))
		assert.Equal(t, httpstatus.Code(c), e.Status(), "what the peer said, whatever it is")
		status, header, body := e.Response("GET", nil)
		assert.Equal(t, httpstatus.BadGateway, e.Answer())
		assert.Equal(t, 502, status, "the failure is that of a server behind us")
		assert.NotContains(t, header, "X-Secret")
		assert.Equal(t, `{"error":"bad_gateway","message":"Bad Gateway"}`, string(body))
	}
}

// TestSecret plants a secret in all that is private and looks for it in all
// that is sent.
func TestSecret(t *testing.T) {
	header := map[string][]string{"X-Secret": {secret}, "Www-Authenticate": {secret}}
	remote := httpstatus.Decode(401, header,
		readString(`{"type":"urn:hunter2","title":"hunter2","detail":"hunter2","code":"hunter2","errors":[{"detail":"hunter2"}],"x":"hunter2"}`)).
		WithHeader("X-Mine", "a").WithExtension("mine", 1)
	for why, err := range map[string]error{
		"a plain error":    errSecret,
		"a wrapping text":  fmt.Errorf("hunter2: %w", httpstatus.NotFound.New("a", "b")),
		"a joined error":   errors.Join(httpstatus.NotFound.New("a", "b"), errSecret),
		"a remote one":     remote,
		"a wrapped remote": wrappedError{remote},
		"a cause":          httpstatus.NotFound.New("a", "b").WithCause(errSecret),
		"a remote cause":   httpstatus.NotFound.New("a", "b").WithCause(remote),
		"by Newf":          httpstatus.NotFound.Newf("a", "b %v %s", errSecret, remote),
	} {
		t.Run(why, func(t *testing.T) {
			e := httpstatus.FromError(err)
			assert.Contains(t, e.Error(), secret, why)
			for _, f := range allFormats {
				_, header, body := e.Response("GET", nil, f)
				assert.NotContains(t, string(body), secret, why)
				for name, values := range header {
					assert.NotContains(t, name+strings.Join(values, ""), secret, why)
				}
				assert.NotContains(t, header, "X-Mine")
			}
		})
	}
}

type wrappedError struct{ error }

func (w wrappedError) Unwrap() error { return w.error }
