package redirect

import "net/http"

func movedRight(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/new", http.StatusMovedPermanently)
}

func movedByHand(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", "/new")
	w.WriteHeader(http.StatusMovedPermanently)
}
