// Package busyserver turns requests away politely: with the right code and with
// a time at which to come again. [Limit] answers 429 to a client that sends too
// much, and [Maintenance] 503 to everybody for a while.
package busyserver

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"example.com/httpstatus"
)

// Limit lets so many requests through in each window, and answers the others
// 429 (Too Many Requests) with the seconds until the next window, rounded up: a
// client that waits exactly so is let through.
//
// One window for all clients keeps the example short. Key it by client in
// earnest.
func Limit(next http.Handler, requests int, window time.Duration) http.Handler {
	var (
		mu    sync.Mutex
		ends  time.Time
		count int
	)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		now := time.Now()
		if !now.Before(ends) {
			ends, count = now.Add(window), 0
		}
		count++
		allowed, left := count <= requests, ends.Sub(now)
		mu.Unlock()
		if !allowed {
			seconds := (left + time.Second - 1) / time.Second
			w.Header().Set("Retry-After", strconv.Itoa(int(seconds)))
			w.WriteHeader(int(httpstatus.TooManyRequests))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Maintenance answers 503 (Service Unavailable) until the given time, and says
// so with that date. The server of net/http adds Date, so that a client with
// another idea of the time waits as long all the same.
func Maintenance(next http.Handler, until time.Time) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if time.Now().Before(until) {
			rounded := until.Add(time.Second - 1).UTC() // the format drops the fraction
			w.Header().Set("Retry-After", rounded.Format(http.TimeFormat))
			w.WriteHeader(int(httpstatus.ServiceUnavailable))
			return
		}
		next.ServeHTTP(w, r)
	})
}
