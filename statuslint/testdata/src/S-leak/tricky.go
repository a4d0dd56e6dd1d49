package leak

import "net/http"

// The client's own mistake may be told to it.
func parse(w http.ResponseWriter, err error) {
	http.Error(w, err.Error(), http.StatusBadRequest)
}
