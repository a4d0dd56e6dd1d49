// Package servemux has an http.ServeMux answer by our errors in the two cases in
// which it answers by itself: no pattern fits the path, or the method.
package servemux

import (
	"net/http"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// Handler returns a handler that serves mux, and answers with errs where mux
// would answer with a line of text.
func Handler(mux *http.ServeMux, errs *statushttp.Responder) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		own, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		// What the mux would say, so that a 405 names the methods.
		said := answer{header: http.Header{}}
		own.ServeHTTP(&said, r)
		e := said.status.New("", "")
		for _, allow := range said.header["Allow"] {
			e = e.WithHeader("Allow", allow)
		}
		errs.Write(w, r, e)
	})
}

// An answer keeps status and header, and drops the content.
type answer struct {
	header http.Header
	status httpstatus.Code
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) WriteHeader(status int)      { a.status = httpstatus.Code(status) }
func (a *answer) Write(b []byte) (int, error) { return len(b), nil }
