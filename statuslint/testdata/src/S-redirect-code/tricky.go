package redirect

import "net/http"

// 300 names a preferred choice in Location.
func choices(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/first", http.StatusMultipleChoices)
}

func chosen(w http.ResponseWriter, r *http.Request, permanent bool) {
	code := http.StatusFound
	if permanent {
		code = http.StatusMovedPermanently
	}
	http.Redirect(w, r, "/first", code)
}
