package partial

import "net/http"

func pageRight(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Link", `</items?page=2>; rel="next"`)
	w.Write([]byte("[1, 2, 3]"))
}

func part(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Range", "bytes 0-4/10")
	w.WriteHeader(http.StatusPartialContent)
	w.Write([]byte("hello"))
}
