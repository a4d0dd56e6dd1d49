package notmethod

import "net/http"

func feature(w http.ResponseWriter, r *http.Request, enabled bool) {
	w.Header().Set("Allow", "")
	if !enabled {
		http.Error(w, "switched off", http.StatusMethodNotAllowed) // want `S-405-not-method`
		return
	}
}
