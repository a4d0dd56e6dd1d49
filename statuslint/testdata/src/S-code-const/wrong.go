package constant

import "net/http"

func notFound(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "not found", 404) // want `S-code-const: 404 is http.StatusNotFound`
}

func compare(resp *http.Response) bool {
	return resp.StatusCode == 200 // want `S-code-const`
}

func answer() *http.Response {
	return &http.Response{StatusCode: 502} // want `S-code-const`
}
