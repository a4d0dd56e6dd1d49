package late

import (
	"encoding/json"
	"fmt"
	"net/http"
)

func created(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusCreated)
	w.Header().Set("Content-Type", "application/json") // want `S-late-header: Content-Type is changed after WriteHeader sent the header, and net/http drops the change`
	w.Header().Set("Cache-Control", "no-store")        // want `S-late-header: Cache-Control`
	w.Write([]byte("{}"))
}

func page(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, "<p>Hello")
	w.Header().Set("Content-Type", "text/html") // want `S-late-header: Content-Type is changed after content was written`
}

func index(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	json.NewEncoder(w).Encode(1)
	h["X-Total"] = []string{"1"} // want `S-late-header`
}

func branch(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/gone" {
		w.WriteHeader(http.StatusGone)
	}
	w.Header().Del("ETag") // want `S-late-header`
}

func send(w http.ResponseWriter, status int) { w.WriteHeader(status) }

func afterHelper(w http.ResponseWriter, r *http.Request) {
	send(w, http.StatusOK)
	w.Header().Set("ETag", `"1"`) // want `S-late-header: Etag is changed after send sent the header`
}
