package handlers

import (
	"net/http"

	"github.com/go-chi/render"
)

func wrong(w http.ResponseWriter, r *http.Request) {
	render.Status(r, http.StatusMethodNotAllowed) // want `S-405-allow`
	render.JSON(w, r, "use GET")
}

func right(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Allow", "GET")
	render.Status(r, http.StatusMethodNotAllowed)
	render.JSON(w, r, "use GET")
}
