package single

import "net/http"

// A GET that worked is a 200, and two tests are not one.
func get(url string) bool {
	resp, err := http.Get(url)
	return err == nil && resp.StatusCode == http.StatusOK
}

func two(url string) bool {
	resp, err := http.Post(url, "text/plain", nil)
	if err != nil {
		return false
	}
	return resp.StatusCode == http.StatusOK || resp.StatusCode == http.StatusCreated
}
