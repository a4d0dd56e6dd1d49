package limit

import "net/http"

func limited(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusTooManyRequests) // want `S-429-retry-after`
}
