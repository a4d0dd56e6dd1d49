package leak

import (
	"log"
	"net/http"
	"os"
)

func readRight(w http.ResponseWriter, r *http.Request) {
	_, err := os.ReadFile("/etc/service/key")
	if err != nil {
		log.Print(err)
		http.Error(w, "cannot read the settings", http.StatusInternalServerError)
		return
	}
}
