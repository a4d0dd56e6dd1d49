package input

import (
	"encoding/json"
	"errors"
	"net/http"
)

func decodedRight(w http.ResponseWriter, r *http.Request) {
	var v map[string]string
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&v); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			http.Error(w, "too large", http.StatusRequestEntityTooLarge)
			return
		}
		http.Error(w, "cannot read", http.StatusBadRequest)
		return
	}
}
