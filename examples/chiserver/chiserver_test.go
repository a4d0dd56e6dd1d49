package chiserver

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/conform"
	"example.com/httpstatus/probe"
	"example.com/httpstatus/statushttp"
)

func TestServer(t *testing.T) {
	var reported statushttp.Info
	h := New(func(_ *http.Request, _ error, info statushttp.Info) { reported = info })
	server := httptest.NewServer(conform.AssertHandler(t, h))
	defer server.Close()
	for _, tt := range []struct {
		method, path, id string
		status           int
		code             string
		allow            []string
	}{
		{"GET", "/users/1", "a-1", 200, "", nil},
		{"GET", "/users/2", "a-2", 404, "user_not_found", nil},
		{"GET", "/nowhere", "a-3", 404, "no_route", nil},
		{"POST", "/users/2", "a-4", 405, "method_not_allowed", []string{"GET, DELETE"}},
		{"DELETE", "/users/2", "a-5", 500, "internal_server_error", nil},
	} {
		req, err := http.NewRequestWithContext(t.Context(), tt.method, server.URL+tt.path, nil)
		require.NoError(t, err)
		req.Header.Set("X-Request-Id", tt.id)
		resp, err := server.Client().Do(req)
		require.NoError(t, err)
		assert.Equal(t, tt.status, resp.StatusCode, tt.path)
		err = statushttp.FromResponse(resp)
		resp.Body.Close()
		if tt.code == "" {
			assert.NoError(t, err)
			continue
		}
		var e *httpstatus.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, tt.code, e.ErrorCode())
		assert.Equal(t, tt.id, e.Extensions()["request_id"])
		assert.Equal(t, []string{tt.id}, resp.Header["X-Request-Id"])
		assert.Equal(t, tt.allow, resp.Header["Allow"])
		assert.Empty(t, reported.Missing, tt.path)
		if tt.status == 404 {
			assert.Equal(t, tt.code == "user_not_found", errors.Is(err, ErrUserNotFound))
		}
	}
}

// An id that a client chose may be no header value. It stays in the body, where
// everything can be written.
func TestRequestIDRefused(t *testing.T) {
	var reported statushttp.Info
	h := New(func(_ *http.Request, _ error, info statushttp.Info) { reported = info })
	req := httptest.NewRequest("GET", "/nowhere", nil)
	req.Header.Set("X-Request-Id", "é<b>")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	assert.Equal(t, 404, w.Code)
	assert.NotContains(t, w.Header(), "X-Request-Id")
	assert.NotContains(t, w.Body.String(), "<b>")
	assert.Equal(t, []string{"X-Request-Id"}, reported.Refused)
	assert.Equal(t, "é<b>", httpstatus.Decode(w.Code, w.Header(), w.Body).Extensions()["request_id"])
}

// A server that is asked all that probe has to ask has nothing to mend.
func TestProbed(t *testing.T) {
	for _, path := range []string{"/users/1", "/users/2"} {
		probe.Test(t, New(nil), path, probe.Options{})
	}
}
