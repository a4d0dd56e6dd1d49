// Package routers has handlers of routers that hand them plain writers.
package routers

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gorilla/mux"
	"github.com/julienschmidt/httprouter"
)

// httprouter and gin set Allow before they call the handler for a method that
// is not allowed; chi and gorilla/mux do not.
func byHTTPRouter() *httprouter.Router {
	r := &httprouter.Router{}
	r.MethodNotAllowed = http.HandlerFunc(notAllowed)
	r.GET("/items/:id", item)
	return r
}

func notAllowed(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "no such method", http.StatusMethodNotAllowed)
}

func byGin(e *gin.Engine) {
	e.NoMethod(func(c *gin.Context) { c.JSON(http.StatusMethodNotAllowed, "no such method") })
}

func byChi() *chi.Mux {
	r := chi.NewRouter()
	r.MethodNotAllowed(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "no such method", http.StatusMethodNotAllowed) // want `S-405-allow`
	})
	return r
}

func byMux() *mux.Router {
	r := mux.NewRouter()
	r.MethodNotAllowedHandler = http.HandlerFunc(notAllowedByMux)
	return r
}

func notAllowedByMux(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "no such method", http.StatusMethodNotAllowed) // want `S-405-allow`
}

func item(w http.ResponseWriter, r *http.Request, ps httprouter.Params) {
	if r.Header.Get("Authorization") == "" {
		w.WriteHeader(http.StatusUnauthorized) // want `S-401-challenge`
		return
	}
	if _, err := strconv.Atoi(chi.URLParam(r, "id")); err != nil {
		w.WriteHeader(http.StatusInternalServerError) // want `S-5xx-for-input`
		return
	}
	if _, err := strconv.Atoi(mux.Vars(r)["id"]); err != nil {
		w.WriteHeader(http.StatusInternalServerError) // want `S-5xx-for-input`
		return
	}
}

// A plain ServeMux.
func byServeMux() {
	http.HandleFunc("POST /items", func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength == 0 {
			http.Error(w, "no content", http.StatusBadRequest) // want `S-error-no-return`
		}
		w.WriteHeader(http.StatusCreated)
	})
}
