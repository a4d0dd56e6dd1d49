package redirect

import "net/http"

func moved(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusMovedPermanently) // want `S-3xx-location: 301 \(Moved Permanently\) is sent without Location`
}
