package double

import "net/http"

func once(w http.ResponseWriter, r *http.Request) {
	if err := store(r); err != nil {
		http.Error(w, "cannot store", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}
