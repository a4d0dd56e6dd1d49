package double

import (
	"encoding/json"
	"net/http"
)

func twice(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusAccepted)
	if err := store(r); err != nil {
		http.Error(w, "cannot store", http.StatusInternalServerError) // want `S-double-header: http.Error sends a status after WriteHeader sent 202 \(Accepted\), and net/http ignores it`
		return
	}
}

func store(r *http.Request) error { return nil }

func afterWrite(w http.ResponseWriter, r *http.Request) {
	json.NewEncoder(w).Encode("stored")
	w.WriteHeader(http.StatusCreated) // want `S-double-header: WriteHeader sends a status after content was written`
}

func onTheWay(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength == 0 {
		w.WriteHeader(http.StatusNoContent) // want `S-error-no-return: WriteHeader is not followed by a return, and the function goes on to write to the same response: it sends 200 \(OK\)`
	}
	w.WriteHeader(http.StatusOK)
}
