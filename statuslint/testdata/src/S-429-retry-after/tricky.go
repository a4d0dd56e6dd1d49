package limit

import "net/http"

// Another field says as much.
func limitedOther(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-RateLimit-Reset", "1767225600")
	w.WriteHeader(http.StatusTooManyRequests)
}
