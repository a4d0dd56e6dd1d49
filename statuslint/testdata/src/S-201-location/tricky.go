package created

import "net/http"

// A PUT creates what it names.
func put(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusCreated)
}
