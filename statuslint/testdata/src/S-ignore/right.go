package ignore

import "net/http"

func right(w http.ResponseWriter, r *http.Request) {
	//statuslint:ignore S-401-challenge the gateway adds it
	w.WriteHeader(http.StatusUnauthorized)
}
