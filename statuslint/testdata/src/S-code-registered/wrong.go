package registered

import "net/http"

func own(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(490) // want `S-code-registered: 490 is not registered; a client takes it for 400`
}
