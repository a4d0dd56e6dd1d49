package login

import "net/http"

func secret(w http.ResponseWriter, r *http.Request) {
	if _, _, ok := r.BasicAuth(); !ok {
		http.Error(w, "log in first", http.StatusUnauthorized) // want `S-401-challenge: 401 \(Unauthorized\) is sent without WWW-Authenticate \(RFC 9110, Section 15.5.2\)`
		return
	}
	w.Write([]byte("the secret"))
}

// The challenge comes after the status has gone out.
func tooLate(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusUnauthorized)                // want `S-401-challenge`
	w.Header().Set("WWW-Authenticate", `Basic realm="a"`) // want `S-late-header`
}

// Taken out again.
func takenOut(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("WWW-Authenticate", "Bearer")
	w.Header().Del("WWW-Authenticate")
	w.WriteHeader(http.StatusUnauthorized) // want `S-401-challenge`
}
