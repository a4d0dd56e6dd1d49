package socket

import "net/http"

func open(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") != "websocket" {
		http.Error(w, "use a WebSocket", http.StatusUpgradeRequired) // want `S-426-upgrade`
		return
	}
}
