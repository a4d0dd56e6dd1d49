package login

import "net/http"

// The helper says by its result whether it set the challenge.
func allowed(w http.ResponseWriter, r *http.Request) bool {
	if r.Header.Get("Authorization") == "" {
		w.Header().Set("WWW-Authenticate", "Bearer")
		return false
	}
	return true
}

func guarded(w http.ResponseWriter, r *http.Request) {
	if !allowed(w, r) {
		http.Error(w, "log in first", http.StatusUnauthorized)
		return
	}
	w.Write([]byte("the secret"))
}

// Only if nobody did before.
func unlessSet(w http.ResponseWriter, r *http.Request) {
	if w.Header().Get("WWW-Authenticate") == "" {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(http.StatusUnauthorized)
}

// A function around this one sets it.
func around(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("WWW-Authenticate", "Bearer")
	func() {
		http.Error(w, "log in first", http.StatusUnauthorized)
	}()
}
