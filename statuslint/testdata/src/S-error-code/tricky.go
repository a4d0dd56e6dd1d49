package noerror

import "net/http"

// The status is not known here.
func passedOn(w http.ResponseWriter, resp *http.Response) {
	http.Error(w, resp.Status, resp.StatusCode)
}
