package wrongcode

import (
	"net/http"
	"strings"
)

func negotiateRight(w http.ResponseWriter, r *http.Request) {
	if !strings.Contains(r.Header.Get("Accept"), "json") {
		http.Error(w, "only JSON", http.StatusNotAcceptable)
		return
	}
	w.Header().Set("Content-Type", "application/json")
}
