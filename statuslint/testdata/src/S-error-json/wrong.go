package jsonerror

import (
	"encoding/json"
	"fmt"
	"net/http"
)

func literal(w http.ResponseWriter, r *http.Request) {
	http.Error(w, `{"error": "not found"}`, http.StatusNotFound) // want `S-error-json: http.Error sends this JSON as text/plain`
}

func formatted(w http.ResponseWriter, id string) {
	http.Error(w, fmt.Sprintf(`{"error": "no user %s"}`, id), http.StatusNotFound) // want `S-error-json`
}

func joined(w http.ResponseWriter, message string) {
	http.Error(w, `{"error": "`+message+`"}`, http.StatusBadRequest) // want `S-error-json`
}

func encoded(w http.ResponseWriter, v any) {
	b, _ := json.Marshal(v)
	w.Header().Set("Content-Type", "application/json")
	http.Error(w, string(b), http.StatusBadRequest) // want `S-error-json`
}

// Whichever way was taken, it is JSON.
func either(w http.ResponseWriter, r *http.Request) {
	b, err := json.Marshal(r.Header)
	if err != nil {
		b, _ = json.Marshal("cannot encode")
	}
	http.Error(w, string(b), http.StatusBadRequest) // want `S-error-json`
}
