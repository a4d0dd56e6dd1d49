package jsonerror

import (
	"fmt"
	"net/http"
)

// Braces do not make it JSON.
func braces(w http.ResponseWriter, id string) {
	http.Error(w, "{id} is missing", http.StatusBadRequest)
	panic(http.ErrAbortHandler)
}

func template(w http.ResponseWriter, id string) {
	http.Error(w, fmt.Sprintf("{%s} is no pattern", id), http.StatusBadRequest)
}
