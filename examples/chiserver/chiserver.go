// Package chiserver is a server on chi whose errors all look alike: those of its
// handlers, those of the router, and panics. Each carries the request's id.
package chiserver

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// ErrUserNotFound is for server and client to share.
var ErrUserNotFound = httpstatus.NotFound.New("user_not_found", "No such user.")

// New returns the server. The errors that it answers with go to report, which
// may be nil, with what is private about them.
func New(report func(*http.Request, error, statushttp.Info)) http.Handler {
	errs := &statushttp.Responder{Decorate: withRequestID, Report: report}
	r := chi.NewRouter()
	r.Use(middleware.RequestID, errs.Recover, middleware.GetHead)
	r.NotFound(errs.Handler(noRoute).ServeHTTP)
	r.MethodNotAllowed(errs.Handler(noMethod).ServeHTTP)
	r.Method("GET", "/users/{id}", errs.Handler(getUser))
	r.Method("DELETE", "/users/{id}", errs.Handler(deleteUser))
	return r
}

// withRequestID adds the id that chi's middleware found or made. The client may
// have chosen it, so it may hold anything: WithHeader refuses what cannot be in a
// header field, and Report is told so.
func withRequestID(r *http.Request, e *httpstatus.Error) *httpstatus.Error {
	id := middleware.GetReqID(r.Context())
	return e.WithHeader(middleware.RequestIDHeader, id).WithExtension("request_id", id)
}

func noRoute(http.ResponseWriter, *http.Request) error {
	return httpstatus.NotFound.New("no_route", "There is nothing at this path.")
}

// noMethod asks the router which methods it would have taken: a 405 must say so
// (RFC 9110, Section 15.5.6), and chi tells them to its own handler alone.
func noMethod(_ http.ResponseWriter, r *http.Request) error {
	routes := chi.RouteContext(r.Context()).Routes
	var allowed []string
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} {
		if routes.Match(chi.NewRouteContext(), method, r.URL.Path) {
			allowed = append(allowed, method)
		}
	}
	return httpstatus.MethodNotAllowed.New("", "").WithAllow(allowed...)
}

func getUser(w http.ResponseWriter, r *http.Request) error {
	if id := chi.URLParam(r, "id"); id != "1" {
		return ErrUserNotFound
	}
	_, err := w.Write([]byte("Ada\n"))
	return err
}

func deleteUser(http.ResponseWriter, *http.Request) error { panic("a mistake") }
