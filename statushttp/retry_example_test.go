package statushttp_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"

	"example.com/httpstatus/statushttp"
)

// Should I send this request again? A loop asks after every answer, counts its
// attempts, and waits as the server advises. Here it sends an order, which is
// repeatable because of its key, and so survives a gateway that lost the first
// answer.
func ExampleAttempt() {
	calls := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if calls++; calls < 3 {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusGatewayTimeout)
		}
	}))
	defer server.Close()

	req, err := http.NewRequest("POST", server.URL, strings.NewReader("one of each"))
	if err != nil {
		panic(err)
	}
	req.Header.Set("Idempotency-Key", `"8e03978e-40d5-43e8-bc93-6894a57f9324"`)

	for number := 1; number <= 5; number++ {
		req.Body, _ = req.GetBody()
		resp, err := server.Client().Do(req)
		if err != nil {
			panic(err)
		}
		resp.Body.Close()

		attempt := statushttp.Attempt(req, resp, nil)
		attempt.Number = number
		retry := attempt.Retry()
		fmt.Println(number, resp.StatusCode, retry.Again, retry.Wait, retry.Reason)
		if !retry.Again {
			break
		}
		// Wait here: at least retry.Wait.
	}
	// Output:
	// 1 504 true 0s the caller vouches that twice does no more than once
	// 2 504 true 0s the caller vouches that twice does no more than once
	// 3 200 false 0s the request did not fail
}

// A deadline passed while no connection was open yet: nothing was sent, and a
// POST may be sent again.
func ExampleWatchSending() {
	slow := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return nil, context.DeadlineExceeded
	}}
	req, _ := http.NewRequest("POST", "http://service.example/orders", nil)
	req = req.WithContext(statushttp.WatchSending(req.Context()))

	resp, err := slow.RoundTrip(req)
	a := statushttp.Attempt(req, resp, err)
	fmt.Println(a.Applied, a.Retry().Again)
	// Output:
	// not applied true
}
