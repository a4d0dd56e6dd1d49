package statushttp_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// discard is a ResponseWriter that costs nothing and keeps its header map, as a
// server does that serves one connection after the other.
type discard struct {
	header http.Header
	status int
	n      int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(status int)      { d.status = status }
func (d *discard) Write(p []byte) (int, error) { d.n += len(p); return len(p), nil }

var errUserNotFound = httpstatus.NotFound.New("user_not_found", "No user with ID 42 exists.")

type simpleStruct struct {
	Error   string `json:"error"`
	Message string `json:"message"`
}

// BenchmarkWrite compares ways to write the same error. Each round runs a batch
// of all of them, one after the other, so that a noisy neighbour slows down all
// or is not seen: the ratios are those of the fastest batch of each.
func BenchmarkWrite(b *testing.B) {
	request := httptest.NewRequest("GET", "/users/42", nil)
	problems := httptest.NewRequest("GET", "/users/42", nil)
	problems.Header.Set("Accept", "application/problem+json")
	ways := []struct {
		name  string
		write func(w http.ResponseWriter)
		best  time.Duration
	}{
		{name: "simple", write: func(w http.ResponseWriter) { statushttp.Write(w, request, errUserNotFound) }},
		{name: "problem", write: func(w http.ResponseWriter) { statushttp.Write(w, problems, errUserNotFound) }},
		{name: "http.Error", write: func(w http.ResponseWriter) { http.Error(w, "No user with ID 42 exists.", 404) }},
		{name: "encoding/json", write: func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("X-Content-Type-Options", "nosniff")
			w.WriteHeader(404)
			_ = json.NewEncoder(w).Encode(simpleStruct{"user_not_found", "No user with ID 42 exists."})
		}},
	}
	for i := range ways {
		ways[i].best = time.Hour
	}
	const batch = 100
	for b.Loop() {
		for i := range ways {
			w := &discard{header: http.Header{}}
			start := time.Now()
			for range batch {
				ways[i].write(w)
			}
			ways[i].best = min(ways[i].best, time.Since(start))
		}
	}
	b.ReportMetric(0, "ns/op")
	for _, way := range ways {
		b.ReportMetric(float64(way.best)/batch, way.name+"-ns")
	}
	b.ReportMetric(float64(ways[0].best)/float64(ways[2].best), "simple/http.Error")
	b.ReportMetric(float64(ways[0].best)/float64(ways[3].best), "simple/encoding/json")
}
