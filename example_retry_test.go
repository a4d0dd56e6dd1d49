package httpstatus_test

import (
	"fmt"
	"time"

	"example.com/httpstatus"
)

// Should I repeat this POST? Not after a 502: the server behind the gateway may
// have done what it says. After a 429 nothing was done. A 503 is the one as well
// as the other, until it names a time.
func ExampleAttempt_Retry() {
	inTwoMinutes := map[string][]string{"Retry-After": {"120"}}
	for _, a := range []httpstatus.Attempt{
		{Method: "POST", Status: 502},
		{Method: "PUT", Status: 502},
		{Method: "POST", Status: 429},
		{Method: "POST", Status: 503},
		{Method: "POST", Status: 503, Header: inTwoMinutes},
		{Method: "POST", Status: 501, Header: inTwoMinutes},
	} {
		r := a.Retry()
		fmt.Printf("%s %d: %v, %v: %v\n", a.Method, int(a.Status), r.Again, r.Wait, r.Reason)
	}
	// Output:
	// POST 502: false, 0s: the request may have been applied, and twice may do more than once
	// PUT 502: true, 0s: the method is idempotent, so that twice does no more than once
	// POST 429: true, 0s: the server turned the request away without processing it
	// POST 503: false, 0s: the request may have been applied, and twice may do more than once
	// POST 503: true, 2m0s: the server turned the request away and named a time to come again
	// POST 501: false, 2m0s: the same request would get the same answer
}

// How do I make my POST repeatable? Send an Idempotency-Key to a server that
// honours it, and say so. Then a lost answer is no trouble, and a 409 means that
// the first attempt is still at work.
func ExampleAttempt_Retry_idempotencyKey() {
	for _, status := range []httpstatus.Code{500, 504, 409, 422} {
		with := httpstatus.Attempt{Method: "POST", Status: status, Vouched: true}.Retry()
		without := httpstatus.Attempt{Method: "POST", Status: status}.Retry()
		fmt.Printf("%v: with a key %v, without %v\n", status, with.Again, without.Again)
	}
	// Output:
	// 500 Internal Server Error: with a key true, without false
	// 504 Gateway Timeout: with a key true, without false
	// 409 Conflict: with a key true, without false
	// 422 Unprocessable Content: with a key false, without false
}

// What does my retry loop do besides sleeping? It looks at what the next attempt
// needs: a 421 comes back on the same connection, and a 401 on the same request.
func ExampleRetry_needs() {
	for _, status := range []httpstatus.Code{421, 425, 401, 431, 503} {
		r := httpstatus.Attempt{Status: status}.Retry()
		fmt.Printf("%d: again %v, needs %v, field %q\n", int(status), r.Again, r.Needs, r.Reason.Field())
	}
	// Output:
	// 421: again true, needs new connection, field ""
	// 425: again true, needs no early data, field ""
	// 401: again false, needs changed request, field "Authorization"
	// 431: again false, needs changed request, field ""
	// 503: again true, needs nothing, field ""
}

// Why does my DELETE fail on the second attempt? Perhaps because the first one
// worked, and only its answer was lost.
func ExampleAttempt_Retry_echo() {
	for number := 1; number <= 2; number++ {
		r := httpstatus.Attempt{Method: "DELETE", Status: httpstatus.NotFound, Number: number}.Retry()
		fmt.Println(number, r.Again, r.Reason == httpstatus.NoRetryEcho, r.Reason)
	}
	// Output:
	// 1 false false the same request would get the same answer
	// 2 false true an earlier attempt of this request may have been applied and be the cause of this answer
}

// What if the wait is too long for me? Give up. To come early anyway burdens a
// server that asked for rest, and is answered with the same again.
func ExampleRetry_Within() {
	for _, value := range []string{"30", "0", "9223372037", "soon"} {
		r := httpstatus.Attempt{Status: 503, Header: map[string][]string{"Retry-After": {value}}}.Retry()
		switch {
		case !r.Within(time.Minute):
			fmt.Printf("%q: give up\n", value)
		case r.HasWait:
			fmt.Printf("%q: wait %v\n", value, r.Wait)
		default:
			fmt.Printf("%q: no advice, wait as long as you see fit\n", value)
		}
	}
	// Output:
	// "30": wait 30s
	// "0": wait 0s
	// "9223372037": give up
	// "soon": no advice, wait as long as you see fit
}

// How long does this value ask me to wait? The three forms of a date are as good
// as a number. What is malformed is no advice, and not the advice to come at
// once.
func ExampleParseRetryAfter() {
	now := time.Date(1994, time.November, 6, 8, 49, 27, 0, time.UTC)
	for _, value := range []string{
		"120",
		"Sun, 06 Nov 1994 08:49:37 GMT",
		"Sunday, 06-Nov-94 08:49:37 GMT",
		"Sun Nov  6 08:49:37 1994",
		"Sun, 06 Nov 1994 08:00:00 GMT",
		"-1",
		"1.5",
	} {
		fmt.Println(httpstatus.ParseRetryAfter(value, now))
	}
	// Output:
	// 2m0s true
	// 10s true
	// 10s true
	// 10s true
	// 0s true
	// 0s false
	// 0s false
}

// How long do I wait if my clock is wrong? As long as the server meant: a date is
// measured from the moment at which the server says that it wrote it.
func ExampleRetryAfter() {
	header := map[string][]string{
		"Date":        {"Fri, 31 Dec 1999 23:58:59 GMT"},
		"Retry-After": {"Fri, 31 Dec 1999 23:59:59 GMT"},
	}
	wrong := time.Date(1970, time.January, 1, 0, 0, 0, 0, time.UTC)
	advice, ok := httpstatus.RetryAfter(header, wrong)
	fmt.Println(advice.Wait, ok, advice.Source)

	delete(header, "Date")
	advice, ok = httpstatus.RetryAfter(header, wrong.AddDate(29, 11, 30))
	fmt.Println(advice.Wait, ok, advice.Source)
	// Output:
	// 1m0s true Retry-After as a date, measured from Date
	// 23h59m59s true Retry-After as a date, measured from the time of receipt
}

// When is my quota renewed? Servers say it in several ways, some of them as a
// time stamp where others have seconds. Such a number is suspect, and for the
// caller to interpret, who knows the server.
func ExampleRateLimitReset() {
	now := time.Date(2023, time.November, 14, 22, 13, 10, 0, time.UTC)
	for _, header := range []map[string][]string{
		{"RateLimit": {`"burst";r=0;t=5, "daily";r=900;t=40000`}},
		{"RateLimit": {`"burst";r=9;t=5, "daily";r=900;t=40000`}},
		{"RateLimit-Reset": {"30"}},
		{"X-RateLimit-Remaining": {"0"}, "X-RateLimit-Reset": {"1700000000"}},
		{"Retry-After": {"60"}, "X-RateLimit-Reset": {"1700000000"}},
	} {
		advice, ok := httpstatus.RateLimitReset(header, now)
		if advice.Suspect {
			advice.Wait = time.Unix(int64(advice.Wait/time.Second), 0).Sub(now) // this server sends Unix time
		}
		fmt.Println(advice.Wait, ok, advice.Source)
	}
	// Output:
	// 5s true RateLimit
	// 0s false no advice
	// 30s true RateLimit-Reset
	// 10s true X-RateLimit-Reset
	// 1m0s true Retry-After in seconds
}
