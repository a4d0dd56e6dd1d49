package httpstatus_test

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"example.com/httpstatus"
)

// The snippets of the README.

func Example_errors() {
	cause := errors.New("pq: password authentication failed for user admin")
	err := httpstatus.NotFound.Newf("user_not_found", "No user with ID %d exists.", 42).WithCause(cause)

	status, _, body := err.Response("GET", nil) // statushttp.Write(w, r, err) for net/http
	fmt.Println(status, string(body))           // to the client
	fmt.Println(err)                            // to the log

	// On the other side.
	got := httpstatus.Decode(status, nil, bytes.NewReader(body))
	fmt.Println(errors.Is(got, httpstatus.NotFound), got.ErrorCode())
	// Output:
	// 404 {"error":"user_not_found","message":"No user with ID 42 exists."}
	// 404 user_not_found: No user with ID 42 exists.: pq: password authentication failed for user admin
	// true user_not_found
}

func Example_retry() {
	busy := httpstatus.Attempt{Method: "POST", Status: httpstatus.ServiceUnavailable}
	fmt.Println(busy.Retry().Again, "-", busy.Retry().Reason)

	busy.Header = map[string][]string{"Retry-After": {"Sun, 06 Nov 1994 08:49:37 GMT"}}
	busy.Received = time.Date(1994, time.November, 6, 8, 49, 0, 0, time.UTC)
	fmt.Println(busy.Retry().Again, busy.Retry().Wait, "-", busy.Retry().Reason)
	// Output:
	// false - the request may have been applied, and twice may do more than once
	// true 37s - the server turned the request away and named a time to come again
}

func Example_redirect() {
	for _, c := range []httpstatus.Code{301, 303, 308} {
		method, keepContent := c.RedirectMethod("DELETE") // net/http makes it a GET on a 301
		fmt.Println(c, method, keepContent)
	}
	// Output:
	// 301 Moved Permanently DELETE true
	// 303 See Other GET false
	// 308 Permanent Redirect DELETE true
}
