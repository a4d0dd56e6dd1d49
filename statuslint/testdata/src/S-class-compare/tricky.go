package class

import "net/http"

// Other numbers, and other ranges.
func other(resp *http.Response, size int) bool {
	if size/100 == 2 || size >= 400 {
		return true
	}
	return resp.StatusCode >= 200 && resp.StatusCode < 400
}
