package constant

import "net/http"

// No constant has this value, and these are no statuses.
func other(w http.ResponseWriter, r *http.Request) int {
	w.WriteHeader(499)
	if r.ContentLength == 404 {
		return 200
	}
	return 500
}
