package redirect

import "net/http"

func okRight(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

var homeRight = http.RedirectHandler("/home", http.StatusPermanentRedirect)
