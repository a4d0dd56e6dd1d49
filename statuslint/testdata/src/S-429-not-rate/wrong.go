package health

import "net/http"

func readiness(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusTooManyRequests) // want `S-429-not-rate`
}
