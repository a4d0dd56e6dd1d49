package api

import (
	"net/http"

	"facts/anyerr"
	"facts/coded"
)

func told(w http.ResponseWriter, r *http.Request) {
	if r.Method != "GET" {
		anyerr.Write(w, coded.New(http.StatusMethodNotAllowed)) // want `S-405-carrier`
		return
	}
	if r.Method != "GET" {
		w.Header().Set("WWW-Authenticate", "Bearer")
		anyerr.Write(w, coded.New(http.StatusUnauthorized))
	}
}
