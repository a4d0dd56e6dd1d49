package socket

import "net/http"

func openRight(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") != "websocket" {
		w.Header().Set("Connection", "Upgrade")
		w.Header().Set("Upgrade", "websocket")
		http.Error(w, "use a WebSocket", http.StatusUpgradeRequired)
		return
	}
}
