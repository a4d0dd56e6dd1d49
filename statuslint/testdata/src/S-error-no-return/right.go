package noreturn

import "net/http"

func showRight(w http.ResponseWriter, r *http.Request) {
	v, err := load(r.PathValue("id"))
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	w.Write(v)
}
