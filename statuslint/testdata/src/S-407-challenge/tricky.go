package proxy

import "net/http"

// The name is spelled in another case, and set by an index.
func spelled(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h["Proxy-Authenticate"] = append(h["Proxy-Authenticate"], "Negotiate")
	http.Error(w, "log in first", 407)
}
