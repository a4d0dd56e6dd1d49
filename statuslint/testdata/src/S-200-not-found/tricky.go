package notfound

import (
	"fmt"
	"net/http"
)

// Found, although it speaks of what is not.
func report(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, "3 files found, 2 not found")
}
