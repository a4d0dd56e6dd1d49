package single

import (
	"fmt"
	"net/http"
)

func create(url string) error {
	resp, err := http.Post(url, "text/plain", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK { // want `S-single-2xx`
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return nil
}
