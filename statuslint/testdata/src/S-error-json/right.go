package jsonerror

import (
	"io"
	"net/http"
)

func literalRight(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusNotFound)
	io.WriteString(w, `{"error": "not found"}`)
}
