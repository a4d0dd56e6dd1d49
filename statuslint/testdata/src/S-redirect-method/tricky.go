package post

import "net/http"

func either(w http.ResponseWriter, r *http.Request) {
	if r.Method == "GET" {
		http.Redirect(w, r, "/new", http.StatusFound)
		return
	}
	http.Redirect(w, r, "/new", http.StatusMovedPermanently)
}
