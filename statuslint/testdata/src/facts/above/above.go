// Package above answers with the errors of the package below.
package above

import (
	"errors"
	"net/http"

	"facts/apperr"
	"facts/below"
)

func handle(w http.ResponseWriter, r *http.Request) {
	err := below.Check(r.Method)
	var e *apperr.Error
	if errors.As(err, &e) {
		w.Header().Set("Allow", "GET")
		w.WriteHeader(e.Status) // want `S-426-carrier: 426 \(Upgrade Required\) is put into the value at below.go:8, and the writer of this value sends no Upgrade`
	}
}
