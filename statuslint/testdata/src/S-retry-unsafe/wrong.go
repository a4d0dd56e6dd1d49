package retry

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"
)

func post(url, body string) error {
	for range 3 {
		resp, err := http.Post(url, "text/plain", strings.NewReader(body)) // want `S-retry-unsafe: this loop sends POST again when it failed`
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		resp.Body.Close()
		return nil
	}
	return errors.New("gave up")
}

func patch(c *http.Client, url string) (*http.Response, error) {
	req, err := http.NewRequest("PATCH", url, strings.NewReader("x"))
	if err != nil {
		return nil, err
	}
	for i := 0; ; i++ {
		resp, err := c.Do(req) // want `S-retry-unsafe`
		if err == nil && resp.StatusCode < 500 {
			return resp, nil
		}
		if i == 3 {
			return nil, err
		}
	}
}

// The same request with another context.
func withContext(ctx context.Context) error {
	req, err := http.NewRequest("POST", "http://example.org", nil)
	if err != nil {
		return err
	}
	req = req.WithContext(ctx)
	for range 3 {
		resp, err := http.DefaultClient.Do(req) // want `S-retry-unsafe`
		if err != nil {
			continue
		}
		return resp.Body.Close()
	}
	return errors.New("gave up")
}

// A send helper of the package.
func send(method, url string) (*http.Response, error) {
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func byHelper() error {
	for range 3 {
		resp, err := send("POST", "http://example.org") // want `S-retry-unsafe`
		if err != nil {
			continue
		}
		return resp.Body.Close()
	}
	return errors.New("gave up")
}
