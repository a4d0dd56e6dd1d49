package noreturn

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
)

func show(w http.ResponseWriter, r *http.Request) {
	v, err := load(r.PathValue("id"))
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound) // want `S-error-no-return: http.Error is not followed by a return, and the function goes on to write to the same response`
	}
	w.Write(v)
}

func load(id string) ([]byte, error) { return nil, fs.ErrNotExist }

func several(w http.ResponseWriter, r *http.Request) {
	v, err := load(r.PathValue("id"))
	if errors.Is(err, fs.ErrNotExist) {
		http.Error(w, "not found", http.StatusNotFound) // want `S-error-no-return`
	}
	if err != nil {
		http.Error(w, "cannot load", http.StatusInternalServerError)
		return
	}
	w.Write(v)
}

// The same through a helper.
func fail(w http.ResponseWriter, status int) {
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(status)
}

func byHelper(w http.ResponseWriter, r *http.Request) {
	if r.PathValue("id") == "" {
		fail(w, http.StatusBadRequest) // want `S-error-no-return: fail is not followed`
	}
	w.WriteHeader(http.StatusNoContent)
}

func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			http.Error(w, "no", http.StatusForbidden) // want `S-error-no-return`
		}
		next.ServeHTTP(w, r)
	})
}

func inLoop(w http.ResponseWriter, ids []string) {
	for _, id := range ids {
		if _, err := load(id); err != nil {
			http.Error(w, "not found", http.StatusNotFound) // want `S-error-no-return`
			break
		}
	}
	w.Write([]byte("all there"))
}
