package down

import "net/http"

func down(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusServiceUnavailable) // want `S-503-retry-after`
}
