package bench

import (
	"context"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/failsafehttp"
	"github.com/hashicorp/go-retryablehttp"

	"example.com/httpstatus"
)

var now = time.Date(2026, 11, 22, 20, 30, 0, 0, time.UTC)

// The values are such as servers send.
var (
	delays    = []string{"0", "1", "5", "30", "120", "3600", "86400", "1000000"}
	imfDates  = []string{"Sun, 22 Nov 2026 20:30:30 GMT", "Mon, 23 Nov 2026 00:00:00 GMT", "Fri, 31 Dec 1999 23:59:59 GMT", "Tue, 29 Feb 2028 01:02:03 GMT"}
	oldDates  = []string{"Sunday, 22-Nov-26 20:30:30 GMT", "Sun Nov 22 20:30:30 2026", "Friday, 31-Dec-99 23:59:59 GMT", "Fri Dec  1 23:59:59 2028"}
	malformed = []string{"", "soon", "-1", "1.5", "10s", "2026-11-22T20:30:30Z", "Sun, 22 Nov 2026 20:30:30 UTC", "Sun, 32 Nov 2026 20:30:30 GMT"}
)

func BenchmarkParseRetryAfterSeconds(b *testing.B)   { compareRetryAfter(b, delays) }
func BenchmarkParseRetryAfterIMFDate(b *testing.B)   { compareRetryAfter(b, imfDates) }
func BenchmarkParseRetryAfterOldDates(b *testing.B)  { compareRetryAfter(b, oldDates) }
func BenchmarkParseRetryAfterMalformed(b *testing.B) { compareRetryAfter(b, malformed) }

// compareRetryAfter puts ParseRetryAfter beside what programs write by hand.
func compareRetryAfter(b *testing.B, values []string) {
	b.Helper()
	compare(b, len(values),
		way{"httpstatus", func() {
			for _, v := range values {
				wait, ok := httpstatus.ParseRetryAfter(v, now)
				sinkInt, sinkBool = int(wait), ok
			}
		}},
		way{"strconv+ParseTime", func() {
			for _, v := range values {
				wait, ok := byHand(v, now)
				sinkInt, sinkBool = int(wait), ok
			}
		}},
	)
}

// byHand is the usual code, with the usual faults left in: it takes "-1" and
// "+5", and 9223372037 seconds wrap around.
func byHand(value string, now time.Time) (time.Duration, bool) {
	if n, err := strconv.Atoi(value); err == nil {
		return time.Duration(n) * time.Second, true
	}
	if t, err := http.ParseTime(value); err == nil {
		return t.Sub(now), true
	}
	return 0, false
}

// BenchmarkRetryAfterHeader reads the field out of a response. The others have
// no function for a value, so they get what they want: a response with a status
// that they look at. failsafe-go reads seconds alone.
func BenchmarkRetryAfterHeader(b *testing.B) {
	for _, kind := range []struct {
		name   string
		values []string
	}{{"seconds", delays}, {"date", imfDates}, {"malformed", malformed}} {
		b.Run(kind.name, func(b *testing.B) {
			responses := retryResponses(kind.values)
			attempts := make([]failsafe.ExecutionAttempt[*http.Response], len(responses))
			for i, r := range responses {
				attempts[i] = answered{resp: r}
			}
			compare(b, len(responses),
				way{"httpstatus", func() {
					for _, r := range responses {
						a, ok := httpstatus.RetryAfter(r.Header, now)
						sinkInt, sinkBool = int(a.Wait), ok
					}
				}},
				way{"go-retryablehttp", func() {
					for _, r := range responses {
						sinkInt = int(retryablehttp.DefaultBackoff(time.Second, time.Minute, 1, r))
					}
				}},
				way{"failsafe-go", func() {
					for _, a := range attempts {
						sinkInt = int(failsafehttp.DelayFunc(a))
					}
				}},
			)
		})
	}
}

func retryResponses(values []string) []*http.Response {
	var responses []*http.Response
	for _, v := range values {
		responses = append(responses, &http.Response{StatusCode: 503, Header: http.Header{
			"Content-Type":   {"application/json"},
			"Content-Length": {"0"},
			"Date":           {"Sun, 22 Nov 2026 20:30:00 GMT"},
			"Retry-After":    {v},
		}})
	}
	return responses
}

// answered is an attempt of failsafe-go that ended with a response.
type answered struct {
	failsafe.ExecutionAttempt[*http.Response]
	resp *http.Response
}

func (a answered) LastResult() *http.Response { return a.resp }

// BenchmarkRetry is the whole decision. The CheckRetry of go-retryablehttp
// looks at the status alone.
func BenchmarkRetry(b *testing.B) {
	codes := []int{200, 302, 404, 408, 421, 425, 429, 500, 503, 599}
	header := http.Header{"Content-Type": {"text/plain"}, "Date": {"Sun, 22 Nov 2026 20:30:00 GMT"}, "Retry-After": {"30"}}
	responses := make([]*http.Response, len(codes))
	for i, c := range codes {
		responses[i] = &http.Response{StatusCode: c, Header: header}
	}
	ctx := context.Background()
	compare(b, len(codes),
		way{"httpstatus", func() {
			for _, r := range responses {
				d := httpstatus.Attempt{Method: "POST", Status: httpstatus.Code(r.StatusCode), Header: r.Header, Received: now}.Retry()
				sinkInt, sinkBool = int(d.Wait), d.Again
			}
		}},
		way{"go-retryablehttp", func() {
			for _, r := range responses {
				again, _ := retryablehttp.DefaultRetryPolicy(ctx, r, nil)
				sinkInt, sinkBool = int(retryablehttp.DefaultBackoff(time.Second, time.Minute, 1, r)), again
			}
		}},
	)
}
