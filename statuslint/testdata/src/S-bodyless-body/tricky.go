package empty

import "net/http"

// An interim response has its own end, and the content is that of the 200.
func hints(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusEarlyHints)
	w.Write([]byte("<p>"))
}

// Nothing is nothing.
func nothing(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusNoContent)
	w.Write(nil)
}

// Written on another way.
func another(w http.ResponseWriter, found bool) {
	if !found {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Write([]byte("found"))
}

func byStatus(w http.ResponseWriter, status int) {
	w.WriteHeader(status)
	if status != http.StatusNoContent {
		w.Write([]byte("content"))
	}
}

func byStatusCalled(w http.ResponseWriter) {
	byStatus(w, http.StatusNoContent)
}
