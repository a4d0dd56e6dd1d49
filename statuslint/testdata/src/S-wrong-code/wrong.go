package wrongcode

import (
	"net/http"
	"strings"
)

func negotiate(w http.ResponseWriter, r *http.Request) {
	if !strings.Contains(r.Header.Get("Accept"), "json") {
		http.Error(w, "only JSON", http.StatusUnsupportedMediaType) // want `S-wrong-code: 415 is about the content`
		return
	}
	w.Header().Set("Content-Type", "application/json")
}
