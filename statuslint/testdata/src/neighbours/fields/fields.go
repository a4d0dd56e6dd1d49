// Package fields holds right code that is close to the mistakes about fields,
// and the mistakes beside it.
package fields

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"net/http"
)

// Correlated tests: the second is so only if the first was.
func correlated(w http.ResponseWriter, r *http.Request) {
	_, _, ok := r.BasicAuth()
	if !ok {
		w.Header().Set("WWW-Authenticate", "Basic")
	}
	count(r)
	if !ok {
		http.Error(w, "log in", http.StatusUnauthorized)
		return
	}
}

func count(r *http.Request) {}

func correlatedByText(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") == "" {
		w.Header().Set("WWW-Authenticate", "Basic")
	}
	if r.Header.Get("Authorization") != "" {
		return
	}
	w.WriteHeader(http.StatusUnauthorized)
}

func correlatedByError(w http.ResponseWriter, r *http.Request) {
	err := r.ParseForm()
	if err != nil {
		w.Header().Set("WWW-Authenticate", "Basic")
	}
	if err == nil {
		return
	}
	w.WriteHeader(http.StatusUnauthorized)
}

func uncorrelated(w http.ResponseWriter, r *http.Request) {
	_, _, ok := r.BasicAuth()
	if !ok {
		w.Header().Set("WWW-Authenticate", "Basic")
	}
	ok = r.Method == "GET"
	if !ok {
		http.Error(w, "log in", http.StatusUnauthorized) // want `S-401-challenge`
	}
}

func otherWay(w http.ResponseWriter, r *http.Request) {
	_, _, ok := r.BasicAuth()
	if ok {
		w.Header().Set("WWW-Authenticate", "Basic")
	}
	if !ok {
		http.Error(w, "log in", http.StatusUnauthorized) // want `S-401-challenge`
	}
}

// An encoder or a buffer sets no field.
func encoder(w http.ResponseWriter, r *http.Request) {
	enc := json.NewEncoder(w)
	if r.Method != "GET" {
		w.WriteHeader(http.StatusMethodNotAllowed) // want `S-405-allow`
		enc.Encode("use GET")
		return
	}
}

func buffered(w http.ResponseWriter, r *http.Request) {
	buf := bufio.NewWriter(w)
	defer buf.Flush()
	if r.Method != "GET" {
		w.WriteHeader(http.StatusMethodNotAllowed) // want `S-405-allow`
		return
	}
	csv.NewWriter(w)
	gz := gzip.NewWriter(w)
	defer gz.Close()
	if r.Header.Get("Authorization") == "" {
		w.WriteHeader(http.StatusUnauthorized) // want `S-401-challenge`
	}
}

// A handler that is made with its status.
func always(code int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(code) })
}

func alwaysRight(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", "GET")
		w.WriteHeader(code)
	}
}

func routes(mux *http.ServeMux) {
	mux.Handle("/closed", always(http.StatusMethodNotAllowed)) // want `S-405-carrier`
	mux.Handle("/gone", always(http.StatusGone))
	mux.Handle("/read", alwaysRight(http.StatusMethodNotAllowed))
}

// A store of sessions sets a cookie and nothing else; something that is asked
// whether the user may go on could set the challenge.
type sessionStore interface {
	Clear(w http.ResponseWriter, r *http.Request) error
}

type authorizer interface {
	Allow(w http.ResponseWriter, r *http.Request) error
}

func cleared(w http.ResponseWriter, r *http.Request, s sessionStore) {
	if err := s.Clear(w, r); err != nil {
		http.Error(w, "log in", http.StatusUnauthorized) // want `S-401-challenge`
	}
}

func asked(w http.ResponseWriter, r *http.Request, a authorizer) {
	if err := a.Allow(w, r); err != nil {
		http.Error(w, "log in", http.StatusUnauthorized)
	}
}

// An error page that cannot be looked into is no help for another case.
type pages struct {
	show func(w http.ResponseWriter, r *http.Request, text string)
}

func (p *pages) errorPage(w http.ResponseWriter, r *http.Request, text string) { p.show(w, r, text) }

func (p *pages) serve(w http.ResponseWriter, r *http.Request, err error) {
	switch err {
	case nil:
		w.WriteHeader(http.StatusNoContent)
	case http.ErrNoCookie:
		w.WriteHeader(http.StatusUnauthorized) // want `S-401-challenge`
	default:
		p.errorPage(w, r, err.Error())
	}
}
