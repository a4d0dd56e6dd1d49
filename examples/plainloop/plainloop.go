// Package plainloop repeats requests with nothing but net/http, statushttp and
// thirty lines. Copy them and change what you like: how often to try, how long
// to be patient, how to wait where the server gives no advice.
package plainloop

import (
	"io"
	"math/rand/v2"
	"net/http"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

const (
	attempts = 4
	patience = time.Minute     // a longer wait is not worth it
	firstGap = time.Second / 2 // where the server gives no advice; doubles with every attempt
)

// Do sends req, and sends it again as long as that is safe and has a chance. It
// waits at least as long as the server asks, and a little longer by chance, so
// that many clients that were turned away together do not return together. It
// gives up, and returns the last response, rather than come early: when the
// wait exceeds its patience or the deadline of req's context.
//
// A request that was lost is sent again too if that is safe: because the server
// never saw it, or because twice does no more than once.
func Do(client *http.Client, req *http.Request) (*http.Response, error) {
	for number := 1; ; number++ {
		watched := req.WithContext(statushttp.WatchSending(req.Context()))
		resp, err := client.Do(watched)
		attempt := statushttp.Attempt(watched, resp, err)
		attempt.Number = number
		retry := attempt.Retry()
		wait := retry.Wait
		if !retry.HasWait {
			wait = firstGap << (number - 1)
		}
		deadline, hasDeadline := req.Context().Deadline()
		if !retry.Again || number == attempts || wait > patience || hasDeadline && time.Until(deadline) < wait {
			return resp, err
		}
		wait += rand.N(wait/10 + time.Millisecond)

		if err == nil {
			io.CopyN(io.Discard, resp.Body, 64<<10) // a connection can be used again when the content has been read
			resp.Body.Close()
		}
		if retry.Needs == httpstatus.NeedsNewConnection {
			client.CloseIdleConnections()
		}
		select {
		case <-time.After(wait):
		case <-req.Context().Done():
			return nil, req.Context().Err()
		}
		req = req.WithContext(req.Context()) // a copy: the first may still be in use
		if req.GetBody != nil {
			if req.Body, err = req.GetBody(); err != nil {
				return nil, err
			}
		}
	}
}
