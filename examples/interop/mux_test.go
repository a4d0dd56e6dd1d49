package interop

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/stretchr/testify/assert"

	"example.com/httpstatus/statushttp"
)

// What chi says of itself looks like all other errors behind statushttp.Mux, and
// what its handlers say stays as it is.
func TestMuxAroundChi(t *testing.T) {
	r := chi.NewRouter()
	r.Get("/users/{id}", func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, chi.URLParam(r, "id")) })
	r.Put("/users/{id}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusNotFound)
	})
	r.Mount("/sub", chi.NewRouter().With().Route("/", func(r chi.Router) { r.Post("/x", func(http.ResponseWriter, *http.Request) {}) }))
	h := statushttp.Mux(r)
	for _, tt := range []struct {
		method, path string
		status       int
		allow        string // "*" for any order
		body         string
	}{
		{"GET", "/users/7", 200, "", "7"},
		{"PUT", "/users/7", 404, "", ""},
		{"GET", "/nowhere", 404, "", `{"error":"not_found","message":"Not Found"}`},
		{"GET", "/sub/nowhere", 404, "", `{"error":"not_found","message":"Not Found"}`},
		{"DELETE", "/users/7", 405, "*", `{"error":"method_not_allowed","message":"Method Not Allowed"}`},
		{"OPTIONS", "/users/7", 204, "*", ""},
		{"GET", "/sub/x", 405, "POST, OPTIONS", `{"error":"method_not_allowed","message":"Method Not Allowed"}`},
		{"STEEP", "/users/7", 501, "", `{"error":"not_implemented","message":"Not Implemented"}`},
	} {
		t.Run(tt.method+" "+tt.path, func(t *testing.T) {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(tt.method, tt.path, nil))
			assert.Equal(t, tt.status, w.Code)
			assert.Equal(t, tt.body, w.Body.String())
			if tt.allow != "*" {
				assert.Equal(t, tt.allow, w.Header().Get("Allow"))
				return
			}
			for _, method := range []string{"GET", "PUT", "OPTIONS"} {
				assert.Contains(t, w.Header().Get("Allow"), method)
			}
		})
	}
}
