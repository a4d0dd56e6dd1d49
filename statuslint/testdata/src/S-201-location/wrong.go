package created

import "net/http"

func create(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusCreated) // want `S-201-location`
}

func routes(mux *http.ServeMux) {
	mux.HandleFunc("POST /items", create)
	mux.HandleFunc("POST /things", createRight)
	mux.HandleFunc("PUT /items/{id}", put)
}
