package post

import "net/http"

func submit(w http.ResponseWriter, r *http.Request) {
	if r.Method != "POST" {
		w.Header().Set("Allow", "POST")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	http.Redirect(w, r, "/done", http.StatusFound) // want `S-redirect-method: after 302 \(Found\) to POST`
}

func routes(mux *http.ServeMux) {
	mux.HandleFunc("POST /old", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/new", http.StatusMovedPermanently) // want `S-redirect-method`
	})
}
