package caching_test

import (
	"fmt"
	"net/http"
	"time"

	"example.com/httpstatus/caching"
)

// May I use what I stored, and what do I ask if not?
func ExampleStored_Reuse() {
	came := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	stored := caching.Stored{
		Status:   200,
		Response: http.Header{"Cache-Control": {"max-age=60"}, "Etag": {`"v7"`}, "Vary": {"Accept-Language"}},
		Request:  http.Header{"Accept-Language": {"en, de"}},
		Received: came,
	}
	ask := func(after time.Duration, request http.Header) {
		r := stored.Reuse("GET", request, came.Add(after))
		fmt.Printf("%v: %v; %v\n", r.Use, r.Reason, http.Header(r.Conditional))
	}
	ask(30*time.Second, http.Header{"Accept-Language": {"de,en"}})
	ask(90*time.Second, http.Header{"Accept-Language": {"de,en"}})
	ask(90*time.Second, http.Header{"Accept-Language": {"de,en"}, "Cache-Control": {"max-stale"}})
	ask(30*time.Second, http.Header{"Accept-Language": {"fr"}})
	// Output:
	// fresh: the stored response is fresh; map[]
	// revalidate: the stored response is stale; map[If-None-Match:["v7"]]
	// stale: the stored response is stale, which the request allows; map[]
	// miss: the request differs in a field that Vary names from the one that was answered; map[]
}

// How long is a response fresh, and how old is it already?
func ExampleStored_Lifetime() {
	came := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	for _, header := range []http.Header{
		{"Cache-Control": {"max-age=600, s-maxage=60"}, "Age": {"20"}},
		{"Expires": {"0"}},
		{"Last-Modified": {"Thu, 26 Nov 2026 02:00:00 GMT"}},
	} {
		s := caching.Stored{Status: 200, Response: header, Received: came, Shared: true}
		lifetime, heuristic := s.Lifetime()
		fmt.Println(lifetime, heuristic, s.Age(came.Add(time.Second)))
	}
	// Output:
	// 1m0s false 21s
	// 0s false 1s
	// 1h0m0s true 1s
}

// The origin server answered 304: what I stored is good again.
func ExampleStored_Update() {
	came := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	stored := caching.Stored{
		Status:   200,
		Response: http.Header{"Cache-Control": {"max-age=60"}, "Etag": {`"v7"`}, "Content-Length": {"5"}},
		Received: came,
	}
	now := came.Add(time.Hour)
	notModified := http.Header{"Cache-Control": {"max-age=600"}, "Etag": {`"v7"`}, "Content-Length": {"0"}}
	if stored.Validated(304, notModified) {
		stored = stored.Update(notModified, now)
	}
	fmt.Println(stored.Response["Content-Length"], stored.Reuse("GET", nil, now).Use)
	// Output:
	// [5] fresh
}

// The origin server fails. May I answer with what is stale?
func ExampleStored_OnError() {
	came := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	for _, cc := range []string{"max-age=60", "max-age=60, stale-if-error=3600", "max-age=60, must-revalidate"} {
		s := caching.Stored{Status: 200, Response: http.Header{"Cache-Control": {cc}}, Received: came}
		now := came.Add(10 * time.Minute)
		fmt.Printf("%s: a 503 %t, no response %t\n", cc, s.OnError(503, false, now), s.OnError(0, true, now))
	}
	// Output:
	// max-age=60: a 503 false, no response true
	// max-age=60, stale-if-error=3600: a 503 true, no response true
	// max-age=60, must-revalidate: a 503 false, no response false
}

// A POST went through. Which stored responses are out of date?
func ExampleInvalidates() {
	header := http.Header{"Location": {"/orders/7"}, "Content-Location": {"https://cdn.example.net/x"}}
	for uri := range caching.Invalidates("POST", 201, "https://example.com/orders", header) {
		fmt.Println(uri)
	}
	// Output:
	// https://example.com/orders
	// https://example.com/orders/7
}

// Cache-Status tells whoever debugs what the cache did.
func ExampleReuse_CacheStatus() {
	came := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	s := caching.Stored{Status: 200, Response: http.Header{"Cache-Control": {"max-age=60"}}, Received: came}
	for _, after := range []time.Duration{10 * time.Second, 80 * time.Second} {
		fmt.Println(s.Reuse("GET", nil, came.Add(after)).CacheStatus("cache.example.net"))
	}
	// Output:
	// cache.example.net; hit; ttl=50
	// cache.example.net; fwd=stale; ttl=-20
}
