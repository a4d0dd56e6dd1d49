package class

import (
	"net/http"

	"example.com/httpstatus"
)

func successRight(resp *http.Response) bool {
	return httpstatus.Code(resp.StatusCode).IsSuccess()
}
