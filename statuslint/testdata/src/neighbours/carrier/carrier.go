// Package carrier holds errors that carry a status, with and without what it
// asks for.
package carrier

import (
	"errors"
	"net/http"
)

type apiError struct {
	code int
	text string
}

func (e *apiError) Error() string { return e.text }

// Every caller of the writing helper sets Allow.
type routeError struct{ status int }

func (e *routeError) Error() string { return http.StatusText(e.status) }

func writeRouteError(w http.ResponseWriter, e *routeError) {
	http.Error(w, e.Error(), e.status)
}

func byRoute(w http.ResponseWriter, r *http.Request) {
	if err := route(r); err != nil {
		w.Header().Set("Allow", "GET")
		writeRouteError(w, err)
	}
}

func byOtherRoute(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Allow", "GET, HEAD")
	if err := route(r); err != nil {
		writeRouteError(w, err)
	}
}

func route(r *http.Request) *routeError {
	if r.Method != "GET" {
		return &routeError{status: http.StatusMethodNotAllowed}
	}
	return nil
}

// The usual wrapper of handlers that return an error.
type handler func(http.ResponseWriter, *http.Request) error

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := h(w, r); err != nil {
		var e *apiError
		if errors.As(err, &e) {
			w.WriteHeader(e.code)
			w.Write([]byte(e.text))
			return
		}
		w.WriteHeader(http.StatusInternalServerError)
	}
}

func secret(w http.ResponseWriter, r *http.Request) error {
	if r.Header.Get("Authorization") == "" {
		return &apiError{code: http.StatusUnauthorized, text: "log in"} // want `S-401-carrier`
	}
	return nil
}

func secretRight(w http.ResponseWriter, r *http.Request) error {
	if r.Header.Get("Authorization") == "" {
		w.Header().Set("WWW-Authenticate", "Bearer")
		return &apiError{code: http.StatusUnauthorized, text: "log in"}
	}
	return nil
}

// A caller of the function that makes the error sets the field.
var errLogin = &apiError{code: http.StatusUnauthorized, text: "log in"}

func check(r *http.Request) error {
	if r.Header.Get("Authorization") == "" {
		return errLogin
	}
	if r.Header.Get("X-Token") == "" {
		return &apiError{code: http.StatusUnauthorized, text: "no token"}
	}
	return nil
}

func checked(w http.ResponseWriter, r *http.Request) error {
	if err := check(r); err != nil {
		w.Header().Set("WWW-Authenticate", "Bearer")
		return err
	}
	return nil
}
