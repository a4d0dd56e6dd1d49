package shop

import (
	"encoding/json"
	"net/http"
)

// The methods that are allowed stand in the test.
func list(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed) // want `S-405-allow: 405 \(Method Not Allowed\) is sent without Allow \(RFC 9110, Section 15.5.6\)`
		return
	}
	w.Write([]byte("[]"))
}

// And in the cases of the switch.
func item(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case "GET":
		w.Write([]byte("{}"))
	case "PUT", "DELETE":
		w.WriteHeader(http.StatusNoContent)
	default:
		w.WriteHeader(http.StatusMethodNotAllowed) // want `S-405-allow`
	}
}

func chain(w http.ResponseWriter, r *http.Request) {
	if r.Method == "GET" {
		w.Write([]byte("{}"))
	} else if r.Method == "POST" || r.Method == "PUT" {
		w.WriteHeader(http.StatusNoContent)
	} else {
		w.WriteHeader(405) // want `S-405-allow`
	}
}

// Set on another branch only.
func other(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodOptions {
		w.Header().Set("Allow", "GET, OPTIONS")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if r.Method != http.MethodGet {
		w.WriteHeader(http.StatusMethodNotAllowed) // want `S-405-allow`
		return
	}
	w.Write([]byte("{}"))
}

// Set on one way only.
func sometimes(w http.ResponseWriter, r *http.Request, verbose bool) {
	if verbose {
		w.Header().Set("Allow", "GET")
	}
	http.Error(w, "only GET", http.StatusMethodNotAllowed) // want `S-405-allow`
}

// The status travels through a helper.
func fail(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]string{"error": message})
}

func create(w http.ResponseWriter, r *http.Request) {
	if r.Method != "POST" {
		fail(w, http.StatusMethodNotAllowed, "use POST") // want `S-405-allow`
		return
	}
	w.WriteHeader(http.StatusCreated)
}

// Through two of them.
func failText(w http.ResponseWriter, status int) { fail(w, status, http.StatusText(status)) }

func remove(w http.ResponseWriter, r *http.Request) {
	if r.Method != "DELETE" {
		failText(w, http.StatusMethodNotAllowed) // want `S-405-allow`
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// Through a variable.
func replace(w http.ResponseWriter, r *http.Request) {
	status := http.StatusOK
	if r.Method != "PUT" {
		status = http.StatusMethodNotAllowed // want `S-405-allow`
	}
	w.WriteHeader(status)
}

// Through a function of the function.
func patch(w http.ResponseWriter, r *http.Request) {
	fail := func(status int) {
		http.Error(w, http.StatusText(status), status)
	}
	if r.Method != "PATCH" {
		fail(http.StatusMethodNotAllowed) // want `S-405-allow`
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

type server struct{ w http.ResponseWriter }

func (s *server) answer(status int) { s.w.WriteHeader(status) }

func (s *server) handle(r *http.Request) {
	if r.Method != "GET" {
		s.answer(http.StatusMethodNotAllowed) // want `S-405-allow`
		return
	}
	s.answer(http.StatusOK)
}

// One of its callers knows.
func notAllowed(w http.ResponseWriter) { w.WriteHeader(http.StatusMethodNotAllowed) }

func knows(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Allow", "GET")
	notAllowed(w)
}

func forgets(w http.ResponseWriter, r *http.Request) {
	notAllowed(w) // want `S-405-allow: 405 \(Method Not Allowed\) is sent without Allow by notAllowed`
}

// A method that happens to be called Write, and one of a type that is a writer.
type problem struct{ text string }

func (p problem) Write(w http.ResponseWriter) {
	http.Error(w, p.text, http.StatusMethodNotAllowed) // want `S-405-allow`
}

type context struct {
	http.ResponseWriter
	request *http.Request
}

func (c *context) onlyGet() {
	if c.request.Method != "GET" {
		c.WriteHeader(http.StatusMethodNotAllowed) // want `S-405-allow`
	}
}
