package retry

import (
	"log"
	"net/http"
	"strings"
)

// Each turn sends something else.
func all(urls []string) {
	for i := 0; i < len(urls); i++ {
		resp, err := http.Post(urls[i], "text/plain", strings.NewReader("x"))
		if err != nil {
			log.Print(err)
			continue
		}
		resp.Body.Close()
	}
}

// A GET, and a PUT, may be sent again.
func put(c *http.Client, url string) error {
	var last error
	for range 3 {
		req, err := http.NewRequest("PUT", url, strings.NewReader("x"))
		if err != nil {
			return err
		}
		resp, err := c.Do(req)
		if err != nil {
			last = err
			continue
		}
		resp.Body.Close()
		return nil
	}
	return last
}

// It gives up on every failure.
func pages(c *http.Client, url string) error {
	for more := true; more; {
		resp, err := c.Post(url, "text/plain", nil)
		if err != nil {
			return err
		}
		more = resp.Header.Get("Next") != ""
		resp.Body.Close()
	}
	return nil
}

// The helper sends a key.
func sendWithKey(method, url, key string) (*http.Response, error) {
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Idempotency-Key", key)
	return http.DefaultClient.Do(req)
}

func byHelperWithKey(id string) {
	for range 3 {
		resp, err := sendWithKey("POST", "http://example.org", id)
		if err != nil {
			continue
		}
		resp.Body.Close()
		return
	}
}
