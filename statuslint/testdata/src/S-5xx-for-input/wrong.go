package input

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
)

func decoded(w http.ResponseWriter, r *http.Request) {
	var v map[string]string
	if err := json.NewDecoder(r.Body).Decode(&v); err != nil {
		http.Error(w, "cannot read", http.StatusInternalServerError) // want `S-5xx-for-input: 500 \(Internal Server Error\) is sent for an error of Decode, which is about the request; 400 is meant`
		return
	}
}

func unmarshalled(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		http.Error(w, "cannot read", http.StatusInternalServerError) // want `S-5xx-for-input: .*answer 413 for an`
		return
	}
	var v map[string]string
	err = json.Unmarshal(body, &v)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError) // want `S-5xx-for-input`
		return
	}
}

func number(w http.ResponseWriter, r *http.Request) {
	id := strings.TrimSpace(r.URL.Query().Get("id"))
	n, err := strconv.Atoi(id)
	if err != nil {
		http.Error(w, "no number", 500) // want `S-5xx-for-input: .* strconv.Atoi`
		return
	}
	w.Write([]byte{byte(n)})
}

func form(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, "no form", http.StatusInternalServerError) // want `S-5xx-for-input`
		return
	}
}
