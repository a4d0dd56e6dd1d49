package single

import (
	"fmt"
	"net/http"

	"example.com/httpstatus"
)

func createRight(url string) error {
	resp, err := http.Post(url, "text/plain", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if !httpstatus.Code(resp.StatusCode).IsSuccess() {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return nil
}
