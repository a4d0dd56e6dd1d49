package coderange

import "net/http"

// 0 means the default.
func failOr500(w http.ResponseWriter, code int) {
	if code == 0 {
		code = http.StatusInternalServerError
	}
	w.WriteHeader(code)
}

func byDefault(w http.ResponseWriter, r *http.Request) {
	failOr500(w, 0)
}

// A code that is not registered is a status code all the same.
func unregistered(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(599)
}

// Another WriteHeader, of an archive.
type archive struct{}

func (archive) WriteHeader(n int) {}

func archived(a archive) { a.WriteHeader(7) }
