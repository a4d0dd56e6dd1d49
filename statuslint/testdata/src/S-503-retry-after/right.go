package down

import "net/http"

func downRight(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", "120")
	w.WriteHeader(http.StatusServiceUnavailable)
}
