package noerror

import "net/http"

func done(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "done", http.StatusOK) // want `S-error-code: http.Error is for errors, and 200 \(OK\) is none`
}
