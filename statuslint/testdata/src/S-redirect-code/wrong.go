package redirect

import "net/http"

func ok(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/login", http.StatusUnauthorized) // want `S-redirect-code: 401 \(Unauthorized\) does not redirect`
}

var home = http.RedirectHandler("/home", http.StatusOK) // want `S-redirect-code`
