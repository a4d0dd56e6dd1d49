package servemux

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/conform"
	"example.com/httpstatus/probe"
	"example.com/httpstatus/statushttp"
)

// The life of a file, as several clients see it. By the rules of conform each
// answer is in order.
func TestStore(t *testing.T) {
	h := conform.AssertHandler(t, new(Store).Handler(&statushttp.Responder{}))
	const (
		first  = `"1e6eef327837a7c6"`
		second = `"ee023048e2d53804"`
	)
	for _, step := range []struct {
		name    string
		request string
		fields  string
		content string
		status  int
		field   string // of the response, with its value
		body    string
	}{
		{"nothing there", "GET /files/a", "", "", 404, "", `{"error":"no_such_file","message":"No such file."}`},
		{"a PUT must say what it expects", "PUT /files/a", "", "0123456789", 428, "", "*"},
		{"create it", "PUT /files/a", "If-None-Match: *", "0123456789", 201, "ETag: " + first, ""},
		{"another client creates it too", "PUT /files/a", "If-None-Match: *", "mine", 412, "", "*"},
		{"read it", "GET /files/a", "", "", 200, "ETag: " + first, "0123456789"},
		{"ask for its header", "HEAD /files/a", "", "", 200, "Content-Length: 10", ""},
		{"a cache asks again", "GET /files/a", "If-None-Match: " + first, "", 304, "Cache-Control: no-cache", ""},
		{"part of it", "GET /files/a", "Range: bytes=2-4", "", 206, "Content-Range: bytes 2-4/10", "234"},
		{"past its end", "GET /files/a", "Range: bytes=10-", "", 416, "Content-Range: bytes */10", "*"},
		{"change what was read", "PUT /files/a", "If-Match: " + first, "abc", 204, "ETag: " + second, ""},
		{"change what has changed", "PUT /files/a", "If-Match: " + first, "mine", 412, "",
			`{"error":"precondition_failed","message":"No entity tag in If-Match is the current one."}`},
		{"the rest of what was begun, if it is the same", "GET /files/a", "Range: bytes=2-\nIf-Range: " + first, "", 200, "ETag: " + second, "abc"},
		{"delete blindly", "DELETE /files/a", "", "", 428, "", "*"},
		{"no such method", "POST /files/a", "", "x", 405, "Allow: DELETE, GET, HEAD, PUT, OPTIONS",
			`{"error":"method_not_allowed","message":"Method Not Allowed"}`},
		{"a method that nobody knows", "STEEP /files/a", "", "", 501, "", `{"error":"not_implemented","message":"Not Implemented"}`},
		{"what can be done", "OPTIONS /files/a", "", "", 204, "Allow: DELETE, GET, HEAD, PUT, OPTIONS", ""},
		{"no such path", "GET /nowhere", "", "", 404, "", `{"error":"not_found","message":"Not Found"}`},
		{"delete what was seen", "DELETE /files/a", "If-Match: " + second, "", 204, "", ""},
		{"delete it again", "DELETE /files/a", "If-Match: " + second, "", 404, "", "*"},
	} {
		t.Run(step.name, func(t *testing.T) {
			method, path, _ := strings.Cut(step.request, " ")
			r := httptest.NewRequest(method, path, strings.NewReader(step.content))
			if step.content != "" {
				r.Header.Set("Content-Type", "text/plain")
			}
			for line := range strings.SplitSeq(step.fields, "\n") {
				if name, value, ok := strings.Cut(line, ": "); ok {
					r.Header.Set(name, value)
				}
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			assert.Equal(t, step.status, w.Code)
			if name, value, ok := strings.Cut(step.field, ": "); ok {
				assert.Equal(t, value, w.Header().Get(name))
			}
			if step.body != "*" {
				assert.Equal(t, step.body, w.Body.String())
			}
		})
	}
	t.Run("no type", func(t *testing.T) {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("PUT", "/files/b", strings.NewReader("x")))
		assert.Equal(t, 415, w.Code)
	})
	t.Run("too large", func(t *testing.T) {
		r := httptest.NewRequest("PUT", "/files/b", strings.NewReader(strings.Repeat("x", 1<<20+1)))
		r.Header.Set("Content-Type", "text/plain")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		assert.Equal(t, 413, w.Code)
	})
}

// A server that is asked all that probe has to ask, reading and writing, with and
// without something there, has nothing to mend.
func TestProbed(t *testing.T) {
	h := new(Store).Handler(&statushttp.Responder{})
	r := httptest.NewRequest("PUT", "/files/a", strings.NewReader(strings.Repeat("0123456789", 10)))
	r.Header.Set("If-None-Match", "*")
	r.Header.Set("Content-Type", "text/plain")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	require.Equal(t, 201, w.Code)
	for _, path := range []string{"/files/a", "/files/b", "/nowhere"} {
		probe.Test(t, h, path, probe.Options{Write: true})
	}
}
