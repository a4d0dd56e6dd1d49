package main

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// The errors of an API stand in a package that server and client share. They
// never change; the With methods return copies.
var (
	ErrUserNotFound = httpstatus.NotFound.New("user_not_found", "No such user.")
	ErrInvalid      = httpstatus.UnprocessableContent.New("validation_failed", "Check the fields.")
	ErrRateLimited  = httpstatus.TooManyRequests.New("rate_limited", "Slow down.")
)

// newServer returns the server of the tour. What it notes goes to log.
func newServer(log func(string)) http.Handler {
	errs := &statushttp.Responder{
		Report: func(_ *http.Request, _ error, info statushttp.Info) {
			log(info.Error.Error())
			if len(info.Missing) > 0 {
				log("the answer lacks " + strings.Join(info.Missing, ", "))
			}
		},
	}
	routes := map[string]statushttp.HandlerFunc{
		"GET /users/{id}": func(_ http.ResponseWriter, r *http.Request) error {
			return httpstatus.NotFound.Newf("user_not_found", "No user with ID %s exists.", r.PathValue("id"))
		},
		"POST /users": func(http.ResponseWriter, *http.Request) error {
			return ErrInvalid.WithField(
				httpstatus.Field{Pointer: "/email", ErrorCode: "invalid_email", Message: "Not an email address."},
				httpstatus.Field{Pointer: "/age", ErrorCode: "too_young", Message: "Must be 18 at least."})
		},
		"GET /report": func(http.ResponseWriter, *http.Request) error {
			return errors.New("pq: password authentication failed for user admin")
		},
		"GET /invoice": func(http.ResponseWriter, *http.Request) error {
			cause := errors.New("pq: no rows in result set")
			return httpstatus.NotFound.New("invoice_not_found", "No such invoice.").WithCause(cause)
		},
		"/readonly": func(_ http.ResponseWriter, r *http.Request) error {
			e := httpstatus.MethodNotAllowed.New("", "This is for reading only.")
			if r.Header.Get("X-Forgetful") != "" {
				return e
			}
			return e.WithAllow("GET", "HEAD")
		},
		"GET /search": func(http.ResponseWriter, *http.Request) error {
			return ErrRateLimited.WithRetryAfter(30 * time.Second)
		},
		"POST /payments": func(http.ResponseWriter, *http.Request) error {
			return httpstatus.BadGateway.New("", "The bank does not answer.")
		},
		"/old/{id}": func(w http.ResponseWriter, r *http.Request) error {
			http.Redirect(w, r, "/users/"+r.PathValue("id"), http.StatusMovedPermanently)
			return nil
		},
	}
	mux := http.NewServeMux()
	for pattern, handler := range routes {
		mux.Handle(pattern, errs.Handler(handler))
	}
	mux.HandleFunc("DELETE /users/{id}", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}
