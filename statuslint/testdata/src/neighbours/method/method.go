// Package method holds 405s that depend on the method by a detour.
package method

import "net/http"

type operation int

const (
	opUnknown operation = iota
	opRead
	opWrite
)

type call struct {
	Operation operation
	user      string
}

func parse(r *http.Request) *call {
	c := &call{user: r.Header.Get("X-User")}
	switch r.Method {
	case "GET", "HEAD":
		c.Operation = opRead
	case "PUT":
		c.Operation = opWrite
	}
	return c
}

func serve(w http.ResponseWriter, r *http.Request) {
	c := parse(r)
	if c.Operation == opUnknown {
		w.Header().Set("Allow", "GET, HEAD, PUT")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	if c.user == "" {
		w.Header().Set("Allow", "GET, HEAD, PUT")
		w.WriteHeader(http.StatusMethodNotAllowed) // want `S-405-not-method`
	}
}

// A table of what each verb is handled by.
type table map[string]http.HandlerFunc

func (t table) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key := r.Method
	h := t[key]
	if h == nil {
		w.Header().Set("Allow", "GET")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	h(w, r)
}

func writable(r *http.Request) bool { return r.Method == "PUT" }

func readOnly(w http.ResponseWriter, r *http.Request) {
	if writable(r) {
		w.Header().Set("Allow", "GET")
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}
