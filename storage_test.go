package httpstatus_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
)

// What the oracle calls the bullet of RFC 9111, Section 3, that was not met.
var storageWords = map[httpstatus.StorageReason]string{
	httpstatus.StorageExplicit:        "",
	httpstatus.StoragePublic:          "",
	httpstatus.StoragePrivate:         "",
	httpstatus.StorageHeuristic:       "",
	httpstatus.StorageContentLocation: "",
	httpstatus.StorageMethod:          "method",
	httpstatus.StorageMethodTerms:     "terms",
	httpstatus.StorageNoStatus:        "no status",
	httpstatus.StorageInterim:         "interim",
	httpstatus.StorageForbidden:       "forbidden",
	httpstatus.StoragePartial:         "partial",
	httpstatus.StorageNotUnderstood:   "not understood",
	httpstatus.StorageRequestNoStore:  "request no-store",
	httpstatus.StorageNoStore:         "no-store",
	httpstatus.StoragePrivateOnly:     "private",
	httpstatus.StorageAuthorization:   "authorization",
	httpstatus.StorageNoFreshness:     "nothing",
}

// Every code, method and kind of cache, with every combination of what decides,
// against the slow reading of RFC 9111.
func TestStorageAgainstReference(t *testing.T) {
	directives := []string{"max-age=60", "s-maxage=60", "public", "private", `private="x"`, "no-store", "must-understand", "must-revalidate", "no-cache"}
	codes := []httpstatus.Code{0, 103, 200, 206, 299, 302, 304, 404, 418, 429, 600} // one of each kind; all of them below
	check := func(s httpstatus.Storage) {
		store, heuristic, why := reference.Store(reference.Exchange{
			Method: s.Method, Status: int(s.Status), Request: s.Request, Response: s.Response, Shared: s.Shared, Partial: s.Partial,
		})
		got := s.Decide()
		if got.Store != store || got.Heuristic != heuristic || storageWords[got.Reason] != why {
			assert.Fail(t, "decision differs", "%+v: got %+v, want store %t, heuristic %t, %q", s, got, store, heuristic, why)
		}
	}
	for set := range 1 << len(directives) {
		var cc []string
		for i, d := range directives {
			if set>>i&1 != 0 {
				cc = append(cc, d)
			}
		}
		response := map[string][]string{}
		if len(cc) > 0 {
			response["Cache-Control"] = []string{strings.Join(cc, ", ")}
		}
		for _, code := range codes {
			for flags := range 8 {
				if flags&2 != 0 && code != 206 && code != 304 {
					continue // for others Partial means nothing, which the loop below sees
				}
				s := httpstatus.Storage{Status: code, Response: response, Shared: flags&1 != 0, Partial: flags&2 != 0}
				if flags&4 != 0 {
					s.Request = map[string][]string{"Authorization": {"Basic eDp5"}}
				}
				check(s)
			}
		}
	}
	// Every code and method, with little else.
	for code := httpstatus.Code(-1); code <= 1000; code++ {
		for _, method := range append(reference.Methods(), "", "get", "FROBNICATE") {
			for _, response := range []map[string][]string{
				nil,
				{"Cache-Control": {"max-age=60"}},
				{"Expires": {"0"}},
				{"Cache-Control": {"max-age=60"}, "Content-Location": {"/x"}},
				{"Cache-Control": {"public"}, "Content-Location": {"/x"}},
			} {
				check(httpstatus.Storage{Method: method, Status: code, Response: response, Partial: code%2 == 0, Shared: code%3 == 0})
			}
		}
	}
}

func TestStorageDecide(t *testing.T) {
	type fields = map[string][]string
	cc := func(lines ...string) fields { return fields{"Cache-Control": lines} }
	const yes, no = true, false
	for _, tt := range []struct {
		why       string
		s         httpstatus.Storage
		store     bool
		heuristic bool
		reason    httpstatus.StorageReason
	}{
		{"the zero value has no status", httpstatus.Storage{}, no, no, httpstatus.StorageNoStatus},
		{"200 without a word: heuristically cacheable", httpstatus.Storage{Status: 200}, yes, yes, httpstatus.StorageHeuristic},
		{"explicit freshness leaves no room for an estimate", httpstatus.Storage{Status: 200, Response: cc("max-age=0")}, yes, no, httpstatus.StorageExplicit},
		{"302 alone is not heuristically cacheable", httpstatus.Storage{Status: 302}, no, no, httpstatus.StorageNoFreshness},
		{"302 with max-age may be stored", httpstatus.Storage{Status: 302, Response: cc("max-age=60")}, yes, no, httpstatus.StorageExplicit},
		{"429 never, not even with max-age (RFC 6585, Section 4)", httpstatus.Storage{Status: 429, Response: cc("public, max-age=60")}, no, no, httpstatus.StorageForbidden},
		{"nor with must-understand", httpstatus.Storage{Status: 511, Response: cc("must-understand, max-age=60")}, no, no, httpstatus.StorageForbidden},
		{"1xx is not final", httpstatus.Storage{Status: 103, Response: cc("max-age=60")}, no, no, httpstatus.StorageInterim},
		{"206 needs a cache that combines ranges", httpstatus.Storage{Status: 206, Response: cc("max-age=60")}, no, no, httpstatus.StoragePartial},
		{"and is heuristically cacheable by one", httpstatus.Storage{Status: 206, Partial: true}, yes, yes, httpstatus.StorageHeuristic},
		{"304 likewise, but not heuristically", httpstatus.Storage{Status: 304, Partial: true}, no, no, httpstatus.StorageNoFreshness},
		{"an unregistered code with explicit freshness", httpstatus.Storage{Status: 599, Response: cc("max-age=60")}, yes, no, httpstatus.StorageExplicit},
		{"an unregistered code alone", httpstatus.Storage{Status: 299}, no, no, httpstatus.StorageNoFreshness},
		{"public makes it heuristically cacheable (RFC 9111, Section 5.2.2.9)", httpstatus.Storage{Status: 599, Response: cc("public")}, yes, yes, httpstatus.StoragePublic},
		{"must-understand keeps it out", httpstatus.Storage{Status: 599, Response: cc("max-age=60, must-understand")}, no, no, httpstatus.StorageNotUnderstood},
		{"also with no-store", httpstatus.Storage{Status: 599, Response: cc("no-store, must-understand, max-age=60")}, no, no, httpstatus.StorageNotUnderstood},
		{"must-understand overrides no-store for a registered code", httpstatus.Storage{Status: 200, Response: cc("no-store, must-understand, max-age=60")}, yes, no, httpstatus.StorageExplicit},
		{"but not a no-store of the request", httpstatus.Storage{Status: 200, Request: cc("no-store"), Response: cc("must-understand, max-age=60")}, no, no, httpstatus.StorageRequestNoStore},
		{"no-store beats everything that permits", httpstatus.Storage{Status: 200, Response: cc("public, max-age=60", "No-Store")}, no, no, httpstatus.StorageNoStore},
		{"no-store in an extension's string is none", httpstatus.Storage{Status: 200, Response: cc(`ext="no-store, private"`)}, yes, yes, httpstatus.StorageHeuristic},
		{"an escaped quote does not end a string", httpstatus.Storage{Status: 200, Response: cc(`ext="\", no-store"`)}, yes, yes, httpstatus.StorageHeuristic},
		{"no-store with an argument it may not have", httpstatus.Storage{Status: 200, Response: cc("no-store=0")}, no, no, httpstatus.StorageNoStore},
		{"no-store behind a quote that is never closed", httpstatus.Storage{Status: 200, Response: cc(`ext="x, no-store`)}, no, no, httpstatus.StorageNoStore},
		{"public behind such a quote permits nothing", httpstatus.Storage{Status: 403, Response: cc(`ext="x, public`)}, no, no, httpstatus.StorageNoFreshness},
		{"public with an argument permits nothing", httpstatus.Storage{Status: 403, Response: cc("public=1")}, no, no, httpstatus.StorageNoFreshness},
		{"empty members of the list", httpstatus.Storage{Status: 403, Response: cc(",, ,max-age=60,")}, yes, no, httpstatus.StorageExplicit},
		{"a quoted number of seconds", httpstatus.Storage{Status: 403, Response: cc(`max-age="60"`)}, yes, no, httpstatus.StorageExplicit},
		{"a lifetime that cannot be read is one in the past (RFC 9111, Section 4.2.1)", httpstatus.Storage{Status: 200, Response: cc("max-age=soon")}, yes, no, httpstatus.StorageExplicit},
		{"so is one that is negative", httpstatus.Storage{Status: 200, Response: cc("max-age=-1")}, yes, no, httpstatus.StorageExplicit},
		{"max-age without a number", httpstatus.Storage{Status: 200, Response: cc("max-age")}, yes, no, httpstatus.StorageExplicit},
		{"space around the equals sign", httpstatus.Storage{Status: 200, Response: cc("max-age = 60")}, yes, no, httpstatus.StorageExplicit},
		{"Expires: 0 is an expiration time (RFC 9111, Section 5.3)", httpstatus.Storage{Status: 403, Response: fields{"Expires": {"0"}}}, yes, no, httpstatus.StorageExplicit},
		{"a field without values is absent", httpstatus.Storage{Status: 403, Response: fields{"Expires": nil}}, no, no, httpstatus.StorageNoFreshness},
		{"names in any case", httpstatus.Storage{Status: 403, Response: fields{"cache-control": {"MAX-AGE=60"}}}, yes, no, httpstatus.StorageExplicit},
		{"no-cache is about use, not about storing", httpstatus.Storage{Status: 200, Response: cc("no-cache")}, yes, yes, httpstatus.StorageHeuristic},
		{"no-cache makes nothing storable", httpstatus.Storage{Status: 403, Response: cc("no-cache")}, no, no, httpstatus.StorageNoFreshness},
		{"Pragma says nothing (RFC 9111, Section 5.4)", httpstatus.Storage{Status: 200, Request: fields{"Pragma": {"no-store"}}, Response: fields{"Pragma": {"no-cache"}}}, yes, yes, httpstatus.StorageHeuristic},
		{"Vary: * never matches, but may be stored", httpstatus.Storage{Status: 200, Response: fields{"Vary": {"*"}}}, yes, yes, httpstatus.StorageHeuristic},
		{"Set-Cookie does not matter", httpstatus.Storage{Status: 200, Shared: true, Response: fields{"Set-Cookie": {"a=b"}}}, yes, yes, httpstatus.StorageHeuristic},
		{"immutable is no lifetime", httpstatus.Storage{Status: 302, Response: cc("immutable, stale-while-revalidate=60")}, no, no, httpstatus.StorageNoFreshness},

		{"s-maxage speaks to shared caches", httpstatus.Storage{Status: 302, Shared: true, Response: cc("s-maxage=60")}, yes, no, httpstatus.StorageExplicit},
		{"and to nobody else", httpstatus.Storage{Status: 302, Response: cc("s-maxage=60")}, no, no, httpstatus.StorageNoFreshness},
		{"a private cache may estimate beside s-maxage", httpstatus.Storage{Status: 200, Response: cc("s-maxage=60")}, yes, yes, httpstatus.StorageHeuristic},
		{"private keeps it out of a shared cache", httpstatus.Storage{Status: 200, Shared: true, Response: cc("private, max-age=60")}, no, no, httpstatus.StoragePrivateOnly},
		{"even beside public", httpstatus.Storage{Status: 200, Shared: true, Response: cc("public", "private")}, no, no, httpstatus.StoragePrivateOnly},
		{"private lets a private cache store what has no freshness", httpstatus.Storage{Status: 403, Response: cc("private")}, yes, no, httpstatus.StoragePrivate},
		{"private with fields keeps only those out", httpstatus.Storage{Status: 200, Shared: true, Response: cc(`private="set-cookie", max-age=60`)}, yes, no, httpstatus.StorageExplicit},
		{"also as a token (RFC 9111, Section 5.2)", httpstatus.Storage{Status: 200, Shared: true, Response: cc(`private=set-cookie, max-age=60`)}, yes, no, httpstatus.StorageExplicit},
		{"private with an empty list is private", httpstatus.Storage{Status: 200, Shared: true, Response: cc(`private="", max-age=60`)}, no, no, httpstatus.StoragePrivateOnly},
		{"so is one whose list cannot be read", httpstatus.Storage{Status: 200, Shared: true, Response: cc(`private="set-cookie, max-age=60`)}, no, no, httpstatus.StoragePrivateOnly},
		{"private with fields marks nothing as cacheable", httpstatus.Storage{Status: 403, Response: cc(`private="set-cookie"`)}, no, no, httpstatus.StorageNoFreshness},

		{"Authorization keeps it out of a shared cache", httpstatus.Storage{Status: 200, Shared: true, Request: fields{"authorization": {"Basic eDp5"}}, Response: cc("max-age=60")}, no, no, httpstatus.StorageAuthorization},
		{"public lets it in", httpstatus.Storage{Status: 200, Shared: true, Request: fields{"Authorization": {"Basic eDp5"}}, Response: cc("public")}, yes, yes, httpstatus.StoragePublic},
		{"so does must-revalidate", httpstatus.Storage{Status: 200, Shared: true, Request: fields{"Authorization": {"Basic eDp5"}}, Response: cc("must-revalidate")}, yes, yes, httpstatus.StorageHeuristic},
		{"and s-maxage", httpstatus.Storage{Status: 200, Shared: true, Request: fields{"Authorization": {"Basic eDp5"}}, Response: cc("s-maxage=60")}, yes, no, httpstatus.StorageExplicit},
		{"but not one that cannot be read", httpstatus.Storage{Status: 200, Shared: true, Request: fields{"Authorization": {"Basic eDp5"}}, Response: cc("s-maxage=x")}, no, no, httpstatus.StorageAuthorization},
		{"proxy-revalidate does not (RFC 9111, Section 3.5)", httpstatus.Storage{Status: 200, Shared: true, Request: fields{"Authorization": {"Basic eDp5"}}, Response: cc("proxy-revalidate, max-age=60")}, no, no, httpstatus.StorageAuthorization},
		{"a private cache does not mind", httpstatus.Storage{Status: 200, Request: fields{"Authorization": {"Basic eDp5"}}}, yes, yes, httpstatus.StorageHeuristic},

		{"PUT is not cacheable (RFC 9110, Section 9.3.4)", httpstatus.Storage{Method: "PUT", Status: 200, Response: cc("max-age=60")}, no, no, httpstatus.StorageMethod},
		{"methods are case-sensitive", httpstatus.Storage{Method: "get", Status: 200, Response: cc("max-age=60")}, no, no, httpstatus.StorageMethod},
		{"QUERY is (RFC 10008, Section 2.7)", httpstatus.Storage{Method: "QUERY", Status: 200}, yes, yes, httpstatus.StorageHeuristic},
		{"POST is not, without explicit freshness", httpstatus.Storage{Method: "POST", Status: 200, Response: fields{"Content-Location": {"/a"}}}, no, no, httpstatus.StorageMethodTerms},
		{"nor without Content-Location", httpstatus.Storage{Method: "POST", Status: 200, Response: cc("max-age=60")}, no, no, httpstatus.StorageMethodTerms},
		{"with both it is", httpstatus.Storage{Method: "POST", Status: 200, Response: fields{"Cache-Control": {"max-age=60"}, "Content-Location": {"/a"}}}, yes, no, httpstatus.StorageContentLocation},
		{"if that is the target", httpstatus.Storage{Method: "POST", Status: 200, URL: "http://Example.com:80/a#b", Response: fields{"Cache-Control": {"max-age=60"}, "Content-Location": {"http://example.com/x/../a"}}}, yes, no, httpstatus.StorageContentLocation},
		{"and not another resource", httpstatus.Storage{Method: "POST", Status: 200, URL: "http://example.com/a", Response: fields{"Cache-Control": {"max-age=60"}, "Content-Location": {"/b"}}}, no, no, httpstatus.StorageMethodTerms},
		{"nor another server", httpstatus.Storage{Method: "PATCH", Status: 200, URL: "http://example.com/a", Response: fields{"Cache-Control": {"max-age=60"}, "Content-Location": {"//evil.example/a"}}}, no, no, httpstatus.StorageMethodTerms},
		{"PATCH likewise (RFC 5789, Section 2)", httpstatus.Storage{Method: "PATCH", Status: 200, URL: "http://example.com", Response: fields{"Expires": {"x"}, "Content-Location": {"http://example.com/"}}}, yes, no, httpstatus.StorageContentLocation},
		{"two Content-Locations that differ say nothing", httpstatus.Storage{Method: "POST", Status: 200, Response: fields{"Expires": {"x"}, "Content-Location": {"/a", "/b"}}}, no, no, httpstatus.StorageMethodTerms},
		{"public does not replace explicit freshness for POST", httpstatus.Storage{Method: "POST", Status: 200, Response: fields{"Cache-Control": {"public"}, "Content-Location": {"/a"}}}, no, no, httpstatus.StorageMethodTerms},
	} {
		assert.Equal(t, httpstatus.StorageDecision{Store: tt.store, Heuristic: tt.heuristic, Reason: tt.reason}, tt.s.Decide(), tt.why)
	}
}

func TestStorageReasonString(t *testing.T) {
	seen := map[string]bool{}
	for reason := range storageWords {
		sentence := reason.String()
		assert.True(t, strings.HasSuffix(sentence, "."), sentence)
		assert.False(t, seen[sentence], "two reasons say %q", sentence)
		seen[sentence] = true
	}
	assert.Equal(t, "No reason was given.", httpstatus.StorageReason(0).String())
	assert.Equal(t, "No reason was given.", httpstatus.StorageReason(200).String())
}

func TestStorageWithheld(t *testing.T) {
	proxy := []string{"Connection", "Proxy-Authenticate", "Proxy-Authentication-Info", "Proxy-Authorization"}
	header := http.Header{
		"Connection":    {"close, X-Hop"},
		"Cache-Control": {`no-cache="Set-Cookie, X-A" , max-age=5`, `private="X-B"`, `ext="X-C", no-cache`},
	}
	for shared, want := range map[bool][]string{
		false: {"X-A", "X-Hop", "Set-Cookie", "close"},
		true:  {"X-A", "X-Hop", "Set-Cookie", "close", "X-B"},
	} {
		s := httpstatus.Storage{Status: 200, Response: header, Shared: shared}
		assert.ElementsMatch(t, append(want, proxy...), slices.Collect(s.Withheld()), "shared: %t", shared)
	}
	for name := range (httpstatus.Storage{Response: header}).Withheld() { // may be left early
		assert.Equal(t, "Connection", name)
		break
	}
}

func TestStorageAllocates(t *testing.T) {
	if raceEnabled {
		return // the race detector allocates for itself
	}
	for _, s := range []httpstatus.Storage{
		{Status: 200},
		{Status: 200, Shared: true, Request: http.Header{"Authorization": {"x"}}, Response: http.Header{"Cache-Control": {`max-age=60, private="a, b"`, "public"}, "Expires": {"0"}}},
		{Status: 200, Method: "POST", URL: "http://example.com/a?b", Response: http.Header{"Cache-Control": {"max-age=60"}, "Content-Location": {"/x/../a?b"}}},
	} {
		assert.Zero(t, testing.AllocsPerRun(100, func() { sinkStorage = s.Decide() }), "%+v", s)
	}
}

var sinkStorage httpstatus.StorageDecision

// Whatever a Cache-Control line says: estimates are only for what is stored,
// several lines are the list that they are joined to, the order and number of
// lines without quotes do not matter, and no-store behind any, on a line of its
// own, always forbids, unless must-understand is about.
func FuzzStorage(f *testing.F) {
	for _, line := range []string{`max-age="60", private="a\"b"`, `a="b, no-store`, "public=, =,;=\"", "must-understand, no-store", "s-maxage=1"} {
		f.Add(line, 200, "GET", true)
		f.Add(line, 599, "POST", false)
	}
	f.Fuzz(func(t *testing.T, line string, status int, method string, shared bool) {
		decide := func(lines ...string) httpstatus.StorageDecision {
			return httpstatus.Storage{
				Method: method, Status: httpstatus.Code(status), Shared: shared,
				Request:  map[string][]string{"Authorization": {"x"}},
				Response: map[string][]string{"Cache-Control": lines, "Content-Location": {line}},
			}.Decide()
		}
		d := decide(line)
		assert.False(t, d.Heuristic && !d.Store)
		assert.NotEqual(t, "No reason was given.", d.Reason.String())
		assert.Equal(t, decide(line+", public, "+line), decide(line, "public", line))
		if !strings.Contains(line, `"`) {
			assert.Equal(t, d, decide(line, "", line))
			assert.Equal(t, decide(line, "public"), decide("public", line))
		}
		if !strings.Contains(strings.ToLower(line), "must-understand") {
			assert.False(t, decide(line, "no-store").Store)
			assert.False(t, decide("no-store", line).Store)
		}
	})
}
