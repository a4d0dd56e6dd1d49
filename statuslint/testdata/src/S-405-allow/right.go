package shop

import "net/http"

func listRight(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	w.Write([]byte("[]"))
}

// A field that is present and empty is correct: no method is allowed for now.
func closed(w http.ResponseWriter, r *http.Request) {
	w.Header()["Allow"] = []string{""}
	w.WriteHeader(http.StatusMethodNotAllowed)
}
