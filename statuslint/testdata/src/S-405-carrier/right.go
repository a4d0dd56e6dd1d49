package carrier

import (
	"net/http"

	"example.com/httpstatus"
)

// The error has a place for its fields, and the writer sends them.
type fieldError struct {
	Status int
	Header http.Header
}

func (e *fieldError) Error() string { return http.StatusText(e.Status) }

func (e *fieldError) write(w http.ResponseWriter) {
	for k, v := range e.Header {
		w.Header()[k] = v
	}
	w.WriteHeader(e.Status)
}

func byField(r *http.Request) error {
	return &fieldError{Status: http.StatusMethodNotAllowed, Header: http.Header{"Allow": {"GET"}}}
}

func ownRight() error {
	return httpstatus.MethodNotAllowed.New("", "").WithAllow("GET", "HEAD")
}
