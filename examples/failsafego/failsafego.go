// Package failsafego lets httpstatus decide for failsafe-go, whose own HTTP
// policy repeats every method on 429 and every 5xx but 501, and reads Retry-After
// as a number only, with 429 and 503.
package failsafego

import (
	"io"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/failsafehttp"
	"github.com/failsafe-go/failsafe-go/retrypolicy"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// NewTransport returns a transport that repeats what may be repeated, at most
// three times, and waits as the server advises. It gives up at once, and returns
// the response, when the advice exceeds patience.
//
// As a transport it stands beneath the redirects of http.Client, so that each
// response answers the very request that would be repeated.
func NewTransport(next http.RoundTripper, patience time.Duration) http.RoundTripper {
	return failsafehttp.NewRoundTripper(next, NewPolicy(patience))
}

// NewPolicy returns the policy of [NewTransport], to be combined with others.
//
// Do not add WithJitter or WithMaxDuration to it: they would shorten the wait
// that the server asked for.
func NewPolicy(patience time.Duration) retrypolicy.RetryPolicy[*http.Response] {
	return retrypolicy.NewBuilder[*http.Response]().
		HandleIf(func(resp *http.Response, err error) bool {
			if err != nil {
				// The request is not at hand, but what was never applied may
				// be sent again whatever it is.
				return statushttp.FailureOf(err).Applied == httpstatus.NotApplied
			}
			retry := decide(resp, 1)
			return retry.Again && retry.Wait <= patience
		}).
		WithDelayFunc(func(exec failsafe.ExecutionAttempt[*http.Response]) time.Duration {
			var retry httpstatus.Retry
			if exec.LastError() == nil {
				retry = decide(exec.LastResult(), exec.Attempts())
			}
			wait := retry.Wait
			if !retry.HasWait {
				wait = time.Second / 2 << min(exec.Retries(), 6)
			}
			return wait + rand.N(wait/10+time.Millisecond)
		}).
		OnRetryScheduled(func(event failsafe.ExecutionScheduledEvent[*http.Response]) {
			// A connection can be used again when the content has been read.
			// To close it would end the whole execution.
			if event.LastError() == nil {
				io.CopyN(io.Discard, event.LastResult().Body, 64<<10)
			}
		}).
		WithMaxRetries(3).
		ReturnLastFailure().
		Build()
}

func decide(resp *http.Response, number int) httpstatus.Retry {
	attempt := statushttp.Attempt(resp.Request, resp, nil)
	attempt.Number = number
	attempt.Unrepeatable = false // failsafehttp keeps the content
	return attempt.Retry()
}
