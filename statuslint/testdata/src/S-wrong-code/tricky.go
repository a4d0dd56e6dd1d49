package wrongcode

import "net/http"

func content(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Content-Type") != "application/json" {
		http.Error(w, "only JSON", http.StatusUnsupportedMediaType)
	}
}
