package notmethod

import "net/http"

func featureRight(w http.ResponseWriter, r *http.Request, enabled bool) {
	if !enabled {
		http.Error(w, "switched off", http.StatusNotFound)
		return
	}
}
