package coderange

import "net/http"

func right(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusNotFound)
}
