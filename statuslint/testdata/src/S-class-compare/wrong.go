package class

import (
	"net/http"

	"example.com/httpstatus"
)

func success(resp *http.Response) bool {
	return resp.StatusCode/100 == 2 // want `S-class-compare: resp.StatusCode / 100 == 2 is what httpstatus.Code.IsSuccess says`
}

func failure(resp *http.Response) bool {
	return resp.StatusCode < 200 || resp.StatusCode > 299 // want `S-class-compare`
}

func clientError(statusCode int) bool {
	return 400 <= statusCode && statusCode < 500 // want `S-class-compare`
}

func ours(code httpstatus.Code) bool {
	return code >= 500 && code <= 599 // want `S-class-compare`
}

// Not just the same: 600 is above 299 too.
func half(resp *http.Response) bool {
	return resp.StatusCode > 299 // want `S-class-compare: .* asks for the class of a status by a bound`
}
