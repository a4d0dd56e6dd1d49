package down

import "net/http"

func later(h http.Header) { h.Set("retry-after", "120") }

func downByHelper(w http.ResponseWriter, r *http.Request) {
	later(w.Header())
	http.Error(w, "down", http.StatusServiceUnavailable)
}
