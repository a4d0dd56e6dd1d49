package login

import "net/http"

func secretRight(w http.ResponseWriter, r *http.Request) {
	if _, _, ok := r.BasicAuth(); !ok {
		w.Header().Set("WWW-Authenticate", `Basic realm="secret"`)
		http.Error(w, "log in first", http.StatusUnauthorized)
		return
	}
	w.Write([]byte("the secret"))
}
