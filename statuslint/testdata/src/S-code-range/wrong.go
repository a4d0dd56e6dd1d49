package coderange

import "net/http"

func zero(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(0) // want `S-code-range: 0 is no status code`
}

func teapots(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "too much", 999) // want `S-code-range`
}

func fail(w http.ResponseWriter, code int) { w.WriteHeader(code) }

func byHelper(w http.ResponseWriter, r *http.Request) {
	fail(w, 4040) // want `S-code-range`
}

func redirect(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/", 0) // want `S-code-range`
}
