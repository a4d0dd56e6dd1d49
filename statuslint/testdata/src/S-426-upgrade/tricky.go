package socket

import "net/http"

const upgrade = "Upgrade"

// The name is a constant, and the fields are set in a helper.
func demand(h http.Header, protocol string) {
	h.Set("Connection", upgrade)
	h.Set(upgrade, protocol)
}

func openByHelper(w http.ResponseWriter, r *http.Request) {
	demand(w.Header(), "websocket")
	w.WriteHeader(http.StatusUpgradeRequired)
}
