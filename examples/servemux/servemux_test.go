package servemux

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/conform"
	"example.com/httpstatus/statushttp"
)

func TestHandler(t *testing.T) {
	errs := &statushttp.Responder{}
	mux := http.NewServeMux()
	mux.Handle("GET /users/{id}", errs.Handler(func(http.ResponseWriter, *http.Request) error {
		return httpstatus.NotFound.New("user_not_found", "No such user.")
	}))
	mux.Handle("PUT /users/{id}", errs.Handler(func(http.ResponseWriter, *http.Request) error {
		return errors.New("password is hunter2")
	}))
	mux.HandleFunc("/dir/", func(http.ResponseWriter, *http.Request) {})
	h := conform.AssertHandler(t, Handler(mux, errs))

	for _, tt := range []struct {
		request, path string
		status        int
		body          string
		allow         []string
	}{
		{"GET", "/users/1", 404, `{"error":"user_not_found","message":"No such user."}`, nil},
		{"PUT", "/users/1", 500, `{"error":"internal_server_error","message":"Internal Server Error"}`, nil},
		{"GET", "/nowhere", 404, `{"error":"not_found","message":"Not Found"}`, nil},
		{"DELETE", "/users/1", 405, `{"error":"method_not_allowed","message":"Method Not Allowed"}`, []string{"GET, HEAD, PUT"}},
		{"HEAD", "/nowhere", 404, "", nil},
		{"GET", "/dir/", 200, "", nil},
		{"HEAD", "/dir", 307, "", nil}, // the mux's own redirect is left alone
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(tt.request, tt.path, nil))
		assert.Equal(t, tt.status, w.Code, tt.path)
		assert.Equal(t, tt.body, w.Body.String(), tt.path)
		assert.Equal(t, tt.allow, w.Header()["Allow"], tt.path)
	}
}
