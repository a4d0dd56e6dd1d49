package notmethod

import "net/http"

func readOnly(w http.ResponseWriter, r *http.Request, locked bool) {
	w.Header().Set("Allow", "GET")
	if locked && r.Method != "GET" {
		http.Error(w, "read only", http.StatusMethodNotAllowed)
	}
}

// A handler that is for nothing else, and a helper.
func methodNotAllowed(w http.ResponseWriter, r *http.Request, quiet bool) {
	w.Header().Set("Allow", "GET")
	if quiet {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	http.Error(w, "use GET", http.StatusMethodNotAllowed)
}
