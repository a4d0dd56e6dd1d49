// Package session logs in by a form and a cookie.
//
//statuslint:session-auth the login form is the challenge
package session

import "net/http"

func secret(w http.ResponseWriter, r *http.Request) {
	if _, err := r.Cookie("session"); err != nil {
		http.Error(w, "log in", http.StatusUnauthorized)
	}
}

func proxy(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "log in", http.StatusProxyAuthRequired) // want `S-407-challenge`
}
