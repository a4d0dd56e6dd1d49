// Package anyerr answers with any error that tells its status.
package anyerr

import (
	"errors"
	"net/http"
)

func Write(w http.ResponseWriter, err error) {
	status := statusOf(err)
	http.Error(w, http.StatusText(status), status)
}

func statusOf(err error) (status int) {
	status = http.StatusInternalServerError
	var s interface{ HTTPStatus() int }
	if errors.As(err, &s) {
		status = s.HTTPStatus()
	}
	return
}
