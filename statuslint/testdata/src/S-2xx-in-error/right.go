package swallowed

import (
	"net/http"
	"os"
)

func saveRight(w http.ResponseWriter, r *http.Request) {
	if err := os.Remove("x"); err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
}
