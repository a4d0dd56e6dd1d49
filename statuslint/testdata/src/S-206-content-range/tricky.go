package partial

import "net/http"

// The ranges stand in the parts.
func parts(w http.ResponseWriter, boundary string) {
	w.Header().Set("Content-Type", "multipart/byteranges; boundary="+boundary)
	w.WriteHeader(http.StatusPartialContent)
}
