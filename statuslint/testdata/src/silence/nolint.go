//nolint:statuslint // somebody else's file

package silence

import "net/http"

func wholeFile(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusMethodNotAllowed)
}
