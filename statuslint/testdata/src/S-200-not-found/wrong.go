package notfound

import (
	"fmt"
	"html/template"
	"net/http"
)

var pages = template.Must(template.New("404.html").Parse("no such page"))

func page(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		pages.ExecuteTemplate(w, "404.html", nil) // want `S-200-not-found`
		return
	}
	fmt.Fprintln(w, "there")
}

func text(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "404 page not found") // want `S-200-not-found`
}
