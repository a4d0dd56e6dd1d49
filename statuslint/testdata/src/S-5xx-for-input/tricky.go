package input

import (
	"encoding/json"
	"net/http"
	"os"
	"strconv"
)

// What was stored, and what an upstream answered, is the server's to answer
// for.
func stored(w http.ResponseWriter, r *http.Request) {
	b, err := os.ReadFile("settings.json")
	if err != nil {
		http.Error(w, "cannot read", http.StatusInternalServerError)
		return
	}
	var v map[string]string
	if err := json.Unmarshal(b, &v); err != nil {
		http.Error(w, "cannot read", http.StatusInternalServerError)
		return
	}
	if _, err := strconv.Atoi(v["size"]); err != nil {
		http.Error(w, "cannot read", http.StatusInternalServerError)
		return
	}
}

func upstream(w http.ResponseWriter, r *http.Request) {
	resp, err := http.Get("http://upstream.example" + r.URL.Path)
	if err != nil {
		http.Error(w, "no upstream", http.StatusBadGateway)
		return
	}
	var v map[string]string
	if err := json.NewDecoder(resp.Body).Decode(&v); err != nil {
		http.Error(w, "no answer", http.StatusBadGateway)
		return
	}
}
