package afterwrite

import (
	"encoding/json"
	"net/http"
)

// Nothing was sent before the encoder: it fails before it writes.
func encoded(w http.ResponseWriter, r *http.Request) {
	if err := json.NewEncoder(w).Encode(r.Header); err != nil {
		http.Error(w, "cannot encode", http.StatusInternalServerError)
	}
}
