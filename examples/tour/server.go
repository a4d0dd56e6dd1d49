package main

import (
	"errors"
	"fmt"
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
	note, version := "Buy tea.", 1 // a document that several people edit
	etag := func() string { return fmt.Sprintf(`"v%d"`, version) }
	routes := map[string]statushttp.HandlerFunc{
		"GET /note": func(w http.ResponseWriter, r *http.Request) error {
			w.Header().Set("Cache-Control", "no-cache")
			return statushttp.Serve(w, r, statushttp.Representation{
				Content: strings.NewReader(note), Size: int64(len(note)), ContentType: "text/plain", ETag: etag(),
			})
		},
		"PUT /note": func(w http.ResponseWriter, r *http.Request) error {
			if err := statushttp.CheckPrecondition(r, httpstatus.Precondition{ETag: etag(), Required: true}); err != nil {
				return err
			}
			note, version = r.FormValue("text"), version+1
			w.Header().Set("ETag", etag())
			w.WriteHeader(http.StatusNoContent)
			return nil
		},
		"POST /orders": func(w http.ResponseWriter, r *http.Request) error {
			var order struct {
				Items []struct {
					Name  string `json:"name"`
					Count int    `json:"count"`
				} `json:"items"`
			}
			reader := statushttp.JSONReader{RejectUnknown: true}
			if err := reader.Read(w, r, &order); err != nil {
				return err
			}
			w.WriteHeader(http.StatusNoContent)
			return nil
		},
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
	return errs.Mux(mux)
}
