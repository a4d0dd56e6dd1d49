package shop

import (
	"fmt"
	"log"
	"maps"
	"net/http"
	"strings"
)

// A variable for the header, and a helper that sets the field.
func alias(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Add("allow", "GET")
	w.WriteHeader(http.StatusMethodNotAllowed)
}

func setAllow(w http.ResponseWriter, methods ...string) {
	w.Header().Set("Allow", strings.Join(methods, ", "))
}

func byHelper(w http.ResponseWriter, r *http.Request) {
	setAllow(w, "GET")
	fail(w, http.StatusMethodNotAllowed, "use GET")
}

// The helper sets it itself.
func failAllow(w http.ResponseWriter, status int, methods string) {
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", methods)
	}
	w.WriteHeader(status)
}

func byStatus(w http.ResponseWriter, r *http.Request) {
	failAllow(w, http.StatusMethodNotAllowed, "GET")
}

// One field per method, and none only if there is none.
func loop(w http.ResponseWriter, methods []string) {
	for _, m := range methods {
		w.Header().Add("Allow", m)
	}
	w.WriteHeader(http.StatusMethodNotAllowed)
}

// If there is something to say.
func ifKnown(w http.ResponseWriter, methods string) {
	if methods != "" {
		w.Header().Set("Allow", methods)
	}
	w.WriteHeader(http.StatusMethodNotAllowed)
}

// Every case sets it.
func cases(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/a":
		w.Header().Set("Allow", "GET")
	default:
		w.Header().Set("Allow", "POST")
	}
	w.WriteHeader(http.StatusMethodNotAllowed)
}

// A copy of whatever an upstream sent.
func copied(w http.ResponseWriter, resp *http.Response) {
	for k, vs := range resp.Header {
		for _, v := range vs {
			w.Header().Add(k, v)
		}
	}
	if resp.StatusCode == http.StatusMethodNotAllowed {
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

func copyHeader(dst, src http.Header) {
	for k, vs := range src {
		dst[k] = vs
	}
}

func copiedByHelper(w http.ResponseWriter, resp *http.Response) {
	copyHeader(w.Header(), resp.Header)
	w.WriteHeader(http.StatusMethodNotAllowed)
}

func copiedByMaps(w http.ResponseWriter, resp *http.Response) {
	maps.Copy(w.Header(), resp.Header)
	w.WriteHeader(http.StatusMethodNotAllowed)
}

// Somebody else may set it.
type policy interface{ Apply(w http.ResponseWriter) }

func byInterface(w http.ResponseWriter, p policy) {
	p.Apply(w)
	w.WriteHeader(http.StatusMethodNotAllowed)
}

// A wrapper of the writer leads to the same response.
type logger struct{ http.ResponseWriter }

func wrapped(w http.ResponseWriter, r *http.Request) {
	lw := &logger{w}
	lw.Header().Set("Allow", "GET")
	w.WriteHeader(http.StatusMethodNotAllowed)
}

// A status in a log, a comparison, a metric and a client's expectation is no
// answer.
func noSink(resp *http.Response, count func(code int)) error {
	log.Print(http.StatusMethodNotAllowed)
	count(http.StatusMethodNotAllowed)
	if resp.StatusCode == http.StatusMethodNotAllowed {
		return fmt.Errorf("status %d", http.StatusMethodNotAllowed)
	}
	return nil
}
