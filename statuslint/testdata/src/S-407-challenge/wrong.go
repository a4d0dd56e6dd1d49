package proxy

import "net/http"

func connect(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Proxy-Authorization") == "" {
		w.WriteHeader(http.StatusProxyAuthRequired) // want `S-407-challenge`
		return
	}
	w.WriteHeader(http.StatusOK)
}
