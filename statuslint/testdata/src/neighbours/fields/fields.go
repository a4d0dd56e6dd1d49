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
