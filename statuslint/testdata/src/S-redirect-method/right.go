package post

import "net/http"

func submitRight(w http.ResponseWriter, r *http.Request) {
	if r.Method == "POST" {
		http.Redirect(w, r, "/done", http.StatusSeeOther)
		return
	}
}
