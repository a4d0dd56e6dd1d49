package noreturn

import (
	"log"
	"net/http"
)

// A log call in between is harmless.
func logged(w http.ResponseWriter, r *http.Request) {
	v, err := load(r.PathValue("id"))
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		log.Print(err)
		return
	}
	w.Write(v)
}

// The tests exclude one another.
func excluded(w http.ResponseWriter, r *http.Request) {
	v, err := load(r.PathValue("id"))
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
	}
	if err == nil {
		w.Write(v)
	}
}

func flagged(w http.ResponseWriter, r *http.Request) {
	failed := false
	if _, err := load(r.PathValue("id")); err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		failed = true
	}
	if !failed {
		w.Write([]byte("there"))
	}
}

func elsewise(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case "GET":
		w.Write([]byte("there"))
	case "POST":
		http.Error(w, "no", http.StatusForbidden)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// The last thing that the function does, and one that does not come back.
func last(w http.ResponseWriter, r *http.Request) {
	if r.Method != "GET" {
		http.Error(w, "no", http.StatusForbidden)
		panic(http.ErrAbortHandler)
	}
	http.Error(w, "gone", http.StatusGone)
}

// Written later, by a function that is not called here.
func later(w http.ResponseWriter, r *http.Request) func() {
	http.Error(w, "no", http.StatusForbidden)
	return func() { w.Write([]byte("more")) }
}
