package ignore

import "net/http"

func tricky(w http.ResponseWriter, r *http.Request) {
	//statuslint:ignore all this answers whatever a test asks for
	w.WriteHeader(http.StatusUnauthorized)
}
