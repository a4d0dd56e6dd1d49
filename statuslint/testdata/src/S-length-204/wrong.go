package length

import "net/http"

func deleted(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", "0") // want `S-length-204: Content-Length is set for 204`
	w.WriteHeader(http.StatusNoContent)
}

func onOneWay(w http.ResponseWriter, found bool) {
	w.Header().Set("Content-Length", "2") // want `S-length-204`
	if !found {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Write([]byte("{}"))
}
