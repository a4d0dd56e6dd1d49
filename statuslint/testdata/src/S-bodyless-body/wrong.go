package empty

import (
	"encoding/json"
	"io"
	"net/http"
)

func deleted(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusNoContent)
	w.Write([]byte(`{"deleted":true}`)) // want `S-bodyless-body: content is written after 204 \(No Content\), which has none`
}

func unchanged(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusNotModified)
	if r.URL.Query().Has("verbose") {
		io.WriteString(w, "not modified") // want `S-bodyless-body: content is written after 304`
	}
}

func reset(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusResetContent)
	json.NewEncoder(w).Encode("reset") // want `S-bodyless-body`
}

func asError(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "nothing here", http.StatusNoContent) // want `S-bodyless-body: http.Error sends content`
}

// Through a helper that always writes.
func send(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}

func byHelper(w http.ResponseWriter, r *http.Request) {
	send(w, http.StatusNoContent, nil) // want `S-bodyless-body: send sends content`
}
