package carrier

import "net/http"

type upgrade struct{ protocol string }

func (u upgrade) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Connection", "Upgrade")
	w.Header().Set("Upgrade", u.protocol)
	w.WriteHeader(http.StatusUpgradeRequired)
}

var toWebSocket = upgrade{protocol: "websocket"}
