package styles

import (
	"encoding/json"
	"net/http"
)

// Fields that a user configures for all responses are none that an error needs.

type server struct {
	config struct {
		Headers map[string]string
	}
}

func setAll(w http.ResponseWriter, headers map[string]string) {
	for name, value := range headers {
		w.Header().Set(name, value)
	}
}

type codedError interface {
	error
	Code() int
}

type codeError struct {
	text string
	code int
}

func (e *codeError) Error() string { return e.text }
func (e *codeError) Code() int     { return e.code }

func newCoded(code int, text string) codedError { return &codeError{text, code} }

func (s *server) wrapCoded(h func(http.ResponseWriter, *http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		setAll(w, s.config.Headers)
		obj, err := h(w, r)
	failed:
		if err != nil {
			code := http.StatusInternalServerError
			if c, ok := err.(codedError); ok {
				code = c.Code()
			}
			w.WriteHeader(code)
			w.Write([]byte(err.Error()))
			return
		}
		b, err := json.Marshal(obj)
		if err != nil {
			goto failed
		}
		w.Write(b)
	}
}

func (s *server) list(w http.ResponseWriter, r *http.Request) (any, error) {
	if r.Method != http.MethodGet {
		return nil, newCoded(http.StatusMethodNotAllowed, "use GET") // want "S-405-carrier"
	}
	return []string{}, nil
}

func (s *server) listAllowed(w http.ResponseWriter, r *http.Request) (any, error) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", "GET")
		return nil, newCoded(http.StatusMethodNotAllowed, "use GET")
	}
	return []string{}, nil
}

func (s *server) plain(w http.ResponseWriter, r *http.Request) {
	for name, value := range s.config.Headers {
		w.Header().Set(name, value)
	}
	if r.Method != http.MethodGet {
		w.WriteHeader(http.StatusMethodNotAllowed) // want "S-405-allow"
	}
}

// Those of an error are.

type headed struct {
	status  int
	headers map[string]string
}

func (s *server) answerHeaded(w http.ResponseWriter, e *headed) {
	setAll(w, s.config.Headers)
	setAll(w, e.headers)
	w.WriteHeader(e.status)
}

func (s *server) headed(w http.ResponseWriter, r *http.Request) {
	s.answerHeaded(w, &headed{status: http.StatusMethodNotAllowed, headers: map[string]string{"Allow": "GET"}})
}
