package leak

import (
	"fmt"
	"net/http"
	"os"
)

func read(w http.ResponseWriter, r *http.Request) {
	_, err := os.ReadFile("/etc/service/key")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError) // want `S-leak`
		return
	}
}

func format(w http.ResponseWriter, err error) {
	http.Error(w, fmt.Sprintf("cannot read: %v", err), http.StatusInternalServerError) // want `S-leak`
}
