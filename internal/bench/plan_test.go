package bench

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/caching"
)

var steps = []httpstatus.RedirectStep{
	{Status: 200, URL: "https://example.com/a"},
	{Status: 301, URL: "https://example.com/a", Location: []string{"https://example.com/b"}},
	{Status: 302, URL: "https://example.com/a?q=1", Location: []string{"/login?next=%2Fa"}},
	{Status: 303, URL: "https://example.com/orders", Method: "POST", HasContent: true, Location: []string{"orders/42"}},
	{Status: 307, URL: "https://example.com/a", Method: "PUT", HasContent: true, Location: []string{"https://eu.example.com/a"}},
	{Status: 308, URL: "https://example.com/a/b/c#top", Location: []string{"../d/./e"}},
	{Status: 302, URL: "https://example.com/a", Location: []string{"http://example.com/a"}},
}

// BenchmarkPlan puts the plan of a redirect beside the two calls that net/http
// needs for the URL alone.
func BenchmarkPlan(b *testing.B) {
	compare(b, len(steps),
		way{"httpstatus", func() {
			for i := range steps {
				p := steps[i].Plan(httpstatus.RedirectPolicy{})
				sinkInt, sinkBool = len(p.URL), p.KeepContent
			}
		}},
		way{"net/url", func() {
			for i := range steps {
				s := &steps[i]
				if !s.Status.IsRedirect() {
					continue
				}
				base, _ := url.Parse(s.URL)
				next, _ := base.Parse(s.Location[0])
				sinkInt = len(next.String())
			}
		}},
	)
}

var exchanges = []caching.Storage{
	{Status: 200, Response: http.Header{"Cache-Control": {"max-age=60"}, "Content-Type": {"text/html"}, "Date": {"Sun, 22 Nov 2026 20:30:00 GMT"}}},
	{Status: 404, Response: http.Header{"Content-Type": {"text/html"}}, Shared: true},
	{Status: 200, Shared: true, Request: http.Header{"Authorization": {"Bearer x"}, "Accept": {"*/*"}},
		Response: http.Header{"Cache-Control": {`private="set-cookie", no-cache`, "s-maxage=60"}}},
	{Status: 302, Response: http.Header{"Location": {"/login"}, "Cache-Control": {"no-store"}}},
	{Status: 429, Response: http.Header{"Retry-After": {"30"}}},
	{Method: "POST", Status: 201, Response: http.Header{"Location": {"/orders/42"}}},
}

// BenchmarkDecide has no peer: no Go package answers the question by itself.
func BenchmarkDecide(b *testing.B) {
	compare(b, len(exchanges),
		way{"httpstatus", func() {
			for i := range exchanges {
				d := exchanges[i].Decide()
				sinkInt, sinkBool = int(d.Reason), d.Store
			}
		}},
	)
}

// TestDecisionsDoNotAllocate holds the counts that the times rest on.
func TestDecisionsDoNotAllocate(t *testing.T) {
	for i := range steps {
		s := &steps[i]
		var plan httpstatus.RedirectPlan
		got := testing.AllocsPerRun(100, func() { plan = s.Plan(httpstatus.RedirectPolicy{}) })
		want := 0.0
		if plan.URL != "" && plan.URL != s.Location[0] {
			want = 1 // the URL
		}
		assert.Equal(t, want, got, "Plan of %+v", s)
	}
	for i := range exchanges {
		x := &exchanges[i]
		assert.Zero(t, testing.AllocsPerRun(100, func() { sinkBool = x.Decide().Store }), "Decide of %+v", x)
	}
	header := http.Header{"Retry-After": {"Sun, 22 Nov 2026 20:30:30 GMT"}, "Date": {"Sun, 22 Nov 2026 20:30:00 GMT"}}
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		sinkBool = httpstatus.Attempt{Method: "POST", Status: 503, Header: header, Received: now}.Retry().Again
	}), "Retry")
	for _, values := range [][]string{delays, imfDates, oldDates, malformed} {
		for _, v := range values {
			assert.Zero(t, testing.AllocsPerRun(100, func() { _, sinkBool = httpstatus.ParseRetryAfter(v, now) }), "ParseRetryAfter of %q", v)
		}
	}
}
