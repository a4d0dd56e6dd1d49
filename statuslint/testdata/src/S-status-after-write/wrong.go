package afterwrite

import (
	"encoding/json"
	"net/http"
)

func list(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusAccepted)
	if err := json.NewEncoder(w).Encode(r.Header); err != nil {
		http.Error(w, "cannot encode", http.StatusInternalServerError) // want `S-status-after-write: http.Error sends a status because a write failed`
	}
}
