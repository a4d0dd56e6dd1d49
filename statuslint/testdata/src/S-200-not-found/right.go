package notfound

import "net/http"

func pageRight(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusNotFound)
	pages.ExecuteTemplate(w, "404.html", nil)
}
