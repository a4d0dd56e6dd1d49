package unsatisfiable

import "net/http"

func part(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Range") != "" {
		w.WriteHeader(http.StatusRequestedRangeNotSatisfiable) // want `S-416-content-range`
	}
}
