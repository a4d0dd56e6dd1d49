package afterwrite

import (
	"encoding/json"
	"log"
	"net/http"
)

func listRight(w http.ResponseWriter, r *http.Request) {
	b, err := json.Marshal(r.Header)
	if err != nil {
		http.Error(w, "cannot encode", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusAccepted)
	if _, err := w.Write(b); err != nil {
		log.Print(err)
	}
}
