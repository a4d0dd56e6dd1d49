package created

import "net/http"

func createRight(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", "/things/1")
	w.WriteHeader(http.StatusCreated)
}
