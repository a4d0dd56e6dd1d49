// Package goretryablehttp lets httpstatus decide for hashicorp's
// go-retryablehttp, whose own policy repeats every method on every 5xx but 501,
// and reads Retry-After with 429 and 503 only.
package goretryablehttp

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// NewClient returns a client that repeats what may be repeated, waits as the
// server advises, and returns the last response, rather than an error, when it
// gives up. It gives up at once when the advice exceeds patience.
func NewClient(patience time.Duration) *retryablehttp.Client {
	c := retryablehttp.NewClient()
	c.Logger = nil
	c.ErrorHandler = retryablehttp.PassthroughErrorHandler
	c.CheckRetry = func(ctx context.Context, resp *http.Response, err error) (bool, error) {
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if err != nil {
			return repeatAfter(ctx, err)
		}
		retry := decide(resp, 1)
		return retry.Again && retry.Wait <= patience, nil
	}
	c.Backoff = func(min, max time.Duration, retries int, resp *http.Response) time.Duration {
		// Without the response, so that go-retryablehttp does not read what
		// httpstatus has found to be no advice.
		wait := retryablehttp.DefaultBackoff(min, max, retries, nil)
		if resp != nil {
			retry := decide(resp, retries+1)
			if retry.HasWait {
				wait = retry.Wait
			}
			if retry.Needs == httpstatus.NeedsNewConnection {
				c.HTTPClient.CloseIdleConnections() // the one of resp is idle now
			}
		}
		return wait + rand.N(wait/10+time.Millisecond) // later, never earlier
	}
	return c
}

// decide asks whether to repeat the request that go-retryablehttp would repeat.
// That is the first one: if a redirect was followed, resp answers the last.
func decide(resp *http.Response, number int) httpstatus.Retry {
	req := resp.Request
	for req != nil && req.Response != nil && req.Response.Request != nil {
		req = req.Response.Request
	}
	attempt := statushttp.Attempt(req, resp, nil)
	attempt.Number = number
	attempt.Unrepeatable = false // go-retryablehttp keeps the content
	return attempt.Retry()
}

// repeatAfter decides about a request that got no response. All that is known of
// it is its method, and not whether a redirect was followed; so it may have been
// applied, and a POST with an Idempotency-Key is not repeated here.
func repeatAfter(ctx context.Context, err error) (bool, error) {
	again, reason := retryablehttp.DefaultRetryPolicy(ctx, nil, err)
	var failed *url.Error
	if !again || !errors.As(err, &failed) {
		return false, reason
	}
	lost := httpstatus.Attempt{Method: strings.ToUpper(failed.Op), Lost: true}
	return lost.Retry().Again, nil
}
