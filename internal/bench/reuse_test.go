package bench

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/pquerna/cachecontrol"
	"github.com/pquerna/cachecontrol/cacheobject"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/caching"
)

// storedAt is when the response of these benchmarks came: peers read the clock.
var storedAt = time.Now().Truncate(time.Second)

// typicalRequest is a request as browsers send them.
var typicalRequest = http.Header{
	"Accept":          {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
	"Accept-Encoding": {"gzip, deflate, br, zstd"}, "Accept-Language": {"en-US,en;q=0.5"},
	"User-Agent": {"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},
	"Connection": {"keep-alive"}, "Cookie": {"session=0123456789abcdef"}, "Sec-Fetch-Mode": {"navigate"}, "Upgrade-Insecure-Requests": {"1"},
}

// typicalResponse is a response as servers send them.
var typicalResponse = http.Header{
	"Date": {storedAt.UTC().Format(http.TimeFormat)}, "Cache-Control": {"public, max-age=600, stale-if-error=3600"}, "Age": {"12"},
	"Vary": {"Accept-Encoding"}, "Etag": {`"5f3a-62c1b"`}, "Last-Modified": {"Thu, 26 Nov 2026 02:00:00 GMT"},
	"Expires": {storedAt.Add(600 * time.Second).UTC().Format(http.TimeFormat)}, "Content-Type": {"text/html; charset=utf-8"},
	"Content-Length": {"24378"}, "Content-Encoding": {"gzip"}, "Server": {"example"}, "Strict-Transport-Security": {"max-age=63072000"},
}

var typicalStored = caching.Stored{
	Status: 200, Request: typicalRequest, Response: typicalResponse, Requested: storedAt, Received: storedAt, Shared: true,
}

// BenchmarkReuse puts the decision beside the package of Go that comes closest:
// pquerna/cachecontrol reads the directives of request and response and says
// until when the response may be used. It looks neither at Age nor at Vary, nor
// at what a request asks of a stored response, and has no fields to validate it
// with.
func BenchmarkReuse(b *testing.B) {
	target, err := url.Parse("https://example.com/a")
	require.NoError(b, err)
	req := &http.Request{Method: http.MethodGet, URL: target, Header: typicalRequest}
	resp := &http.Response{StatusCode: 200, Header: typicalResponse, Request: req}
	peer := func(now time.Time) func() {
		return func() {
			reasons, until, err := cachecontrol.CachableResponse(req, resp, cachecontrol.Options{})
			sinkInt, sinkBool = len(reasons), err == nil && now.Before(until)
		}
	}
	ours := func(now time.Time) func() {
		return func() {
			r := typicalStored.Reuse(http.MethodGet, typicalRequest, now)
			sinkInt, sinkBool = int(r.Reason), r.Use == caching.Fresh
		}
	}
	b.Run("fresh", func(b *testing.B) {
		now := storedAt.Add(10 * time.Second)
		compare(b, 1, way{"httpstatus", ours(now)}, way{"cachecontrol", peer(now)})
	})
	b.Run("stale", func(b *testing.B) {
		now := storedAt.Add(time.Hour)
		compare(b, 1, way{"httpstatus", ours(now)}, way{"cachecontrol", peer(now)})
	})
}

// TestReuseAllocations holds the counts that the times rest on.
func TestReuseAllocations(t *testing.T) {
	fresh := func() {
		sinkBool = typicalStored.Reuse("GET", typicalRequest, storedAt.Add(time.Second)).Use == caching.Fresh
	}
	stale := func() {
		sinkBool = typicalStored.Reuse("GET", typicalRequest, storedAt.Add(time.Hour)).Use == caching.Revalidate
	}
	assert.Zero(t, testing.AllocsPerRun(100, fresh))
	assert.True(t, sinkBool)
	assert.LessOrEqual(t, testing.AllocsPerRun(100, stale), 2.0)
	assert.True(t, sinkBool)
}

// lifetimeBy is how long cachecontrol says that a response may be used, from its
// Date on, and what we say.
func lifetimeBy(directives, age string) (theirs, ours time.Duration) {
	header := http.Header{"Date": typicalResponse["Date"], "Cache-Control": {directives}}
	if age != "" {
		header.Set("Age", age)
	}
	d, err := cacheobject.ParseResponseCacheControl(directives)
	if err == nil {
		o := cacheobject.Object{
			RespDirectives: d, RespHeaders: header, RespStatusCode: 200, ReqDirectives: &cacheobject.RequestCacheDirectives{},
			RespDateHeader: storedAt, NowUTC: storedAt, ReqMethod: http.MethodGet,
		}
		var rv cacheobject.ObjectResults
		cacheobject.CachableObject(&o, &rv)
		cacheobject.ExpirationObject(&o, &rv)
		theirs = rv.OutExpirationTime.Sub(storedAt)
	}
	s := caching.Stored{Status: 200, Response: header, Received: storedAt, Shared: true}
	lifetime, _ := s.Lifetime()
	return theirs, max(0, lifetime-s.Age(storedAt))
}

// What it answers otherwise than RFC 9111 does.
func TestReuseDifferences(t *testing.T) {
	for _, tt := range []struct {
		directives, age string
		theirs, ours    time.Duration
	}{
		{"max-age=600", "", 600 * time.Second, 600 * time.Second},
		{"max-age=600", "500", 600 * time.Second, 100 * time.Second}, // Section 4.2.3
	} {
		theirs, ours := lifetimeBy(tt.directives, tt.age)
		assert.Equal(t, tt.theirs, theirs, "cachecontrol, %s, Age %q", tt.directives, tt.age)
		assert.Equal(t, tt.ours, ours, "%s, Age %q", tt.directives, tt.age)
	}
}
