package carrier

import "net/http"

// The writer sends a challenge with whatever it answers.
type challenged struct{ Code int }

func (c challenged) write(w http.ResponseWriter) {
	w.Header().Set("WWW-Authenticate", "Bearer")
	w.WriteHeader(c.Code)
}

func challenge() challenged { return challenged{Code: http.StatusUnauthorized} }
