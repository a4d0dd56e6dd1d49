package double

import (
	"encoding/json"
	"net/http"
)

// Interim responses come before the final one.
func interim(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusProcessing)
	w.WriteHeader(http.StatusEarlyHints)
	w.WriteHeader(http.StatusOK)
}

// A value that does not encode has not been written.
func encoded(w http.ResponseWriter, v any) {
	if err := json.NewEncoder(w).Encode(v); err != nil {
		http.Error(w, "cannot encode", http.StatusInternalServerError)
	}
}

func encodedLater(w http.ResponseWriter, v any) {
	err := json.NewEncoder(w).Encode(v)
	if err != nil {
		http.Error(w, "cannot encode", http.StatusInternalServerError)
	}
}

// Each case has its own.
func cases(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case "GET":
		w.WriteHeader(http.StatusOK)
	case "PUT":
		w.WriteHeader(http.StatusNoContent)
	}
}

// The same test decides twice.
func tested(w http.ResponseWriter, r *http.Request, code int) {
	if code != 0 {
		w.WriteHeader(code)
	}
	if code == 0 {
		w.WriteHeader(http.StatusOK)
	}
}

// A writer that says so has not sent anything.
type recorder struct {
	http.ResponseWriter
	wrote bool
}

func (r *recorder) WriteHeader(code int) {
	if !r.wrote {
		r.wrote = true
		r.ResponseWriter.WriteHeader(code)
	}
}

func (r *recorder) Write(b []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.ResponseWriter.Write(b)
}

func replaced(w http.ResponseWriter, other http.ResponseWriter) {
	w.WriteHeader(http.StatusOK)
	w = other
	w.WriteHeader(http.StatusOK)
}
