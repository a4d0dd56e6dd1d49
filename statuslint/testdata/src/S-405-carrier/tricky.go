package carrier

import (
	"errors"
	"net/http"

	"example.com/httpstatus"
)

// The field is set before the error is returned.
func before(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Allow", "GET")
	return &statusError{Status: http.StatusMethodNotAllowed}
}

// The writer sets it for this status.
type routeError struct {
	Code    int
	Methods string
}

func (e *routeError) write(w http.ResponseWriter) {
	if e.Code == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", e.Methods)
	}
	w.WriteHeader(e.Code)
}

func routed() *routeError { return &routeError{Code: http.StatusMethodNotAllowed, Methods: "GET"} }

// A struct that nobody answers with: what a client expects, a row of a log.
type expectation struct{ Status int }

func expected() expectation { return expectation{Status: http.StatusMethodNotAllowed} }

// A sentinel that is completed where it is used, and one that is only compared
// with.
var errNotAllowed = httpstatus.MethodNotAllowed.New("", "")

func used() error { return errNotAllowed.WithAllow("GET") }

func compared(err error) bool { return errors.Is(err, httpstatus.MethodNotAllowed.New("", "")) }

// The handler sets the field itself.
func showAllowed(w http.ResponseWriter, r *http.Request) (int, error) {
	if r.Method != "GET" {
		w.Header().Set("Allow", "GET")
		return http.StatusMethodNotAllowed, errMethod
	}
	return http.StatusOK, nil
}

// For other packages to complete, and completed here.
var ErrForOthers = newError(http.StatusMethodNotAllowed, "method not allowed")

var errCompleted = newError(http.StatusMethodNotAllowed, "method not allowed")

func completes(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Allow", "GET")
	return errCompleted
}
