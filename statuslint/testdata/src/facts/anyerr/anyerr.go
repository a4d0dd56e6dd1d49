// Package anyerr answers with any error that tells its status.
package anyerr

import (
	"errors"
	"net/http"
)

func Write(w http.ResponseWriter, err error) {
	var s interface{ HTTPStatus() int }
	status := http.StatusInternalServerError
	if errors.As(err, &s) {
		status = s.HTTPStatus()
	}
	http.Error(w, http.StatusText(status), status)
}
