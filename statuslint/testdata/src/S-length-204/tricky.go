package length

import "net/http"

// Taken out in time, and one way or the other.
func takenOut(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", "2")
	w.Header().Del("Content-Length")
	w.WriteHeader(http.StatusNoContent)
}

func eitherWay(w http.ResponseWriter, found bool) {
	if found {
		w.Header().Set("Content-Length", "2")
		w.Write([]byte("{}"))
	} else {
		w.WriteHeader(http.StatusNoContent)
	}
}

func head(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", "2")
	w.WriteHeader(http.StatusOK)
}
