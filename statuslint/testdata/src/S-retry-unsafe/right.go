package retry

import (
	"errors"
	"net/http"
	"strings"
)

func postRight(url, body, key string) error {
	for range 3 {
		req, err := http.NewRequest("POST", url, strings.NewReader(body))
		if err != nil {
			return err
		}
		req.Header.Set("Idempotency-Key", key)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			continue
		}
		resp.Body.Close()
		return nil
	}
	return errors.New("gave up")
}
