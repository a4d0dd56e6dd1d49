package partial

import "net/http"

func page(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Link", `</items?page=2>; rel="next"`)
	w.WriteHeader(http.StatusPartialContent) // want `S-206-content-range`
	w.Write([]byte("[1, 2, 3]"))
}
