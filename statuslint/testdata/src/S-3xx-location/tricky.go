package redirect

import "net/http"

// 304 is no redirect.
func unchanged(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusNotModified)
}
