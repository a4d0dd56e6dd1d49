package statushttp_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// How does a client follow redirects safely? The same PUT meets a 301, once with
// what net/http does by itself, and once with the strict policy.
func ExampleCheckRedirect() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
			return
		}
		fmt.Println(r.Method, r.URL.Path, r.ContentLength)
	}))
	defer server.Close()

	for _, client := range []*http.Client{
		{},
		{CheckRedirect: statushttp.CheckRedirect(httpstatus.RedirectPolicy{})},
	} {
		req, _ := http.NewRequest("PUT", server.URL+"/old", strings.NewReader("hello"))
		resp, err := client.Do(req)
		if err != nil {
			fmt.Println(err)
			continue
		}
		resp.Body.Close()
	}
	// Output:
	// GET /new 0
	// PUT /new 5
}

// Why was a redirect not followed?
func ExampleRedirectError() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://user@example.com/", http.StatusFound)
	}))
	defer server.Close()

	client := &http.Client{CheckRedirect: statushttp.CheckRedirect(httpstatus.RedirectPolicy{})}
	_, err := client.Get(server.URL)
	var refused *statushttp.RedirectError
	if errors.As(err, &refused) {
		fmt.Println(refused.Status, refused.Reason == httpstatus.RedirectUserinfo)
		fmt.Println(refused)
	}
	// Output:
	// 302 Found true
	// statushttp: redirect refused: the Location contains user information
}
