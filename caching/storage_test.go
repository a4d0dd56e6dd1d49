package caching_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/caching"
	"example.com/httpstatus/internal/race"
	"example.com/httpstatus/internal/reference"
)

// What the oracle calls the bullet of RFC 9111, Section 3, that was not met.
var storageWords = map[caching.StorageReason]string{
	caching.StorageExplicit:        "",
	caching.StoragePublic:          "",
	caching.StoragePrivate:         "",
	caching.StorageHeuristic:       "",
	caching.StorageContentLocation: "",
	caching.StorageMethod:          "method",
	caching.StorageMethodTerms:     "terms",
	caching.StorageNoStatus:        "no status",
	caching.StorageInterim:         "interim",
	caching.StorageForbidden:       "forbidden",
	caching.StoragePartial:         "partial",
	caching.StorageNotUnderstood:   "not understood",
	caching.StorageRequestNoStore:  "request no-store",
	caching.StorageNoStore:         "no-store",
	caching.StoragePrivateOnly:     "private",
	caching.StorageAuthorization:   "authorization",
	caching.StorageNoFreshness:     "nothing",
}

// Every code, method and kind of cache, with every combination of what decides,
// against the slow reading of RFC 9111.
func TestStorageAgainstReference(t *testing.T) {
	directives := []string{"max-age=60", "s-maxage=60", "public", "private", `private="x"`, "no-store", "must-understand", "must-revalidate", "no-cache"}
	codes := []httpstatus.Code{0, 103, 200, 206, 299, 302, 304, 404, 418, 429, 600} // one of each kind; all of them below
	check := func(s caching.Storage) {
		store, heuristic, why := reference.Store(reference.Exchange{
			Method: s.Method, Status: int(s.Status), Request: s.Request, Response: s.Response, Shared: s.Shared, Partial: s.Partial,
			Targets: s.Targets,
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
				s := caching.Storage{Status: code, Response: response, Shared: flags&1 != 0, Partial: flags&2 != 0}
				if flags&4 != 0 {
					s.Request = map[string][]string{"Authorization": {"Basic eDp5"}}
				}
				check(s)
				s.Targets = []string{"CDN-Cache-Control"}
				s.Response = map[string][]string{"CDN-Cache-Control": response["Cache-Control"], "Cache-Control": {"max-age=1"}, "Expires": {"0"}}
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
				check(caching.Storage{Method: method, Status: code, Response: response, Partial: code%2 == 0, Shared: code%3 == 0})
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
		s         caching.Storage
		store     bool
		heuristic bool
		reason    caching.StorageReason
	}{
		{"the zero value has no status", caching.Storage{}, no, no, caching.StorageNoStatus},
		{"200 without a word: heuristically cacheable", caching.Storage{Status: 200}, yes, yes, caching.StorageHeuristic},
		{"explicit freshness leaves no room for an estimate", caching.Storage{Status: 200, Response: cc("max-age=0")}, yes, no, caching.StorageExplicit},
		{"302 alone is not heuristically cacheable", caching.Storage{Status: 302}, no, no, caching.StorageNoFreshness},
		{"302 with max-age may be stored", caching.Storage{Status: 302, Response: cc("max-age=60")}, yes, no, caching.StorageExplicit},
		{"429 never, not even with max-age (RFC 6585, Section 4)", caching.Storage{Status: 429, Response: cc("public, max-age=60")}, no, no,
			caching.StorageForbidden},
		{"nor with must-understand", caching.Storage{Status: 511, Response: cc("must-understand, max-age=60")}, no, no, caching.StorageForbidden},
		{"1xx is not final", caching.Storage{Status: 103, Response: cc("max-age=60")}, no, no, caching.StorageInterim},
		{"206 needs a cache that combines ranges", caching.Storage{Status: 206, Response: cc("max-age=60")}, no, no, caching.StoragePartial},
		{"and is heuristically cacheable by one", caching.Storage{Status: 206, Partial: true}, yes, yes, caching.StorageHeuristic},
		{"304 likewise, but not heuristically", caching.Storage{Status: 304, Partial: true}, no, no, caching.StorageNoFreshness},
		{"an unregistered code with explicit freshness", caching.Storage{Status: 599, Response: cc("max-age=60")}, yes, no, caching.StorageExplicit},
		{"an unregistered code alone", caching.Storage{Status: 299}, no, no, caching.StorageNoFreshness},
		{"public makes it heuristically cacheable (RFC 9111, Section 5.2.2.9)", caching.Storage{Status: 599, Response: cc("public")}, yes,
			yes, caching.StoragePublic},
		{"must-understand keeps it out", caching.Storage{Status: 599, Response: cc("max-age=60, must-understand")}, no, no, caching.StorageNotUnderstood},
		{"also with no-store", caching.Storage{Status: 599, Response: cc("no-store, must-understand, max-age=60")}, no, no, caching.StorageNotUnderstood},
		{"must-understand overrides no-store for a registered code",
			caching.Storage{Status: 200, Response: cc("no-store, must-understand, max-age=60")}, yes, no, caching.StorageExplicit},
		{"but not a no-store of the request", caching.Storage{Status: 200, Request: cc("no-store"),
			Response: cc("must-understand, max-age=60")}, no, no, caching.StorageRequestNoStore},
		{"no-store beats everything that permits", caching.Storage{Status: 200, Response: cc("public, max-age=60", "No-Store")}, no, no,
			caching.StorageNoStore},
		{"no-store in an extension's string is none", caching.Storage{Status: 200, Response: cc(`ext="no-store, private"`)}, yes, yes,
			caching.StorageHeuristic},
		{"an escaped quote does not end a string", caching.Storage{Status: 200, Response: cc(`ext="\", no-store"`)}, yes, yes, caching.StorageHeuristic},
		{"no-store with an argument it may not have", caching.Storage{Status: 200, Response: cc("no-store=0")}, no, no, caching.StorageNoStore},
		{"no-store behind a quote that is never closed", caching.Storage{Status: 200, Response: cc(`ext="x, no-store`)}, no, no, caching.StorageNoStore},
		{"public behind such a quote permits nothing", caching.Storage{Status: 403, Response: cc(`ext="x, public`)}, no, no, caching.StorageNoFreshness},
		{"public with an argument permits nothing", caching.Storage{Status: 403, Response: cc("public=1")}, no, no, caching.StorageNoFreshness},
		{"empty members of the list", caching.Storage{Status: 403, Response: cc(",, ,max-age=60,")}, yes, no, caching.StorageExplicit},
		{"a quoted number of seconds", caching.Storage{Status: 403, Response: cc(`max-age="60"`)}, yes, no, caching.StorageExplicit},
		{"a lifetime that cannot be read is one in the past (RFC 9111, Section 4.2.1)",
			caching.Storage{Status: 200, Response: cc("max-age=soon")}, yes, no, caching.StorageExplicit},
		{"so is one that is negative", caching.Storage{Status: 200, Response: cc("max-age=-1")}, yes, no, caching.StorageExplicit},
		{"max-age without a number", caching.Storage{Status: 200, Response: cc("max-age")}, yes, no, caching.StorageExplicit},
		{"space around the equals sign", caching.Storage{Status: 200, Response: cc("max-age = 60")}, yes, no, caching.StorageExplicit},
		{"Expires: 0 is an expiration time (RFC 9111, Section 5.3)", caching.Storage{Status: 403, Response: fields{"Expires": {"0"}}}, yes,
			no, caching.StorageExplicit},
		{"a field without values is absent", caching.Storage{Status: 403, Response: fields{"Expires": nil}}, no, no, caching.StorageNoFreshness},
		{"names in any case", caching.Storage{Status: 403, Response: fields{"cache-control": {"MAX-AGE=60"}}}, yes, no, caching.StorageExplicit},
		{"no-cache is about use, not about storing", caching.Storage{Status: 200, Response: cc("no-cache")}, yes, yes, caching.StorageHeuristic},
		{"no-cache makes nothing storable", caching.Storage{Status: 403, Response: cc("no-cache")}, no, no, caching.StorageNoFreshness},
		{"Pragma says nothing (RFC 9111, Section 5.4)",
			caching.Storage{Status: 200, Request: fields{"Pragma": {"no-store"}},
				Response: fields{"Pragma": {"no-cache"}}}, yes, yes, caching.StorageHeuristic},
		{"Vary: * never matches, but may be stored", caching.Storage{Status: 200, Response: fields{"Vary": {"*"}}}, yes, yes, caching.StorageHeuristic},
		{"Set-Cookie does not matter", caching.Storage{Status: 200, Shared: true, Response: fields{"Set-Cookie": {"a=b"}}}, yes, yes, caching.StorageHeuristic},
		{"immutable is no lifetime", caching.Storage{Status: 302, Response: cc("immutable, stale-while-revalidate=60")}, no, no, caching.StorageNoFreshness},

		{"a string over two lines", caching.Storage{Status: 403, Response: cc(`ext="x`, `no-store", max-age=60`)}, yes, no, caching.StorageExplicit},
		{"a quote that no line closes", caching.Storage{Status: 403, Response: cc(`ext="x`, "public, no-cache")}, no, no, caching.StorageNoFreshness},
		{"private with what is no list of names is private altogether",
			caching.Storage{Status: 200, Shared: true, Response: cc(`private="Set-Cookie; X-User"`)}, no, no, caching.StoragePrivateOnly},
		{"so is one with a space behind the sign", caching.Storage{Status: 200, Shared: true, Response: cc(`private= "set-cookie"`)}, no,
			no, caching.StoragePrivateOnly},
		{"and one with an empty list", caching.Storage{Status: 200, Shared: true, Response: cc(`private=""`)}, no, no, caching.StoragePrivateOnly},
		{"s-maxage speaks to shared caches", caching.Storage{Status: 302, Shared: true, Response: cc("s-maxage=60")}, yes, no, caching.StorageExplicit},
		{"and to no other cache", caching.Storage{Status: 302, Response: cc("s-maxage=60")}, no, no, caching.StorageNoFreshness},
		{"a private cache may estimate beside s-maxage", caching.Storage{Status: 200, Response: cc("s-maxage=60")}, yes, yes, caching.StorageHeuristic},
		{"private keeps it out of a shared cache", caching.Storage{Status: 200, Shared: true, Response: cc("private, max-age=60")}, no, no,
			caching.StoragePrivateOnly},
		{"even beside public", caching.Storage{Status: 200, Shared: true, Response: cc("public", "private")}, no, no, caching.StoragePrivateOnly},
		{"private lets a private cache store what has no freshness", caching.Storage{Status: 403, Response: cc("private")}, yes, no, caching.StoragePrivate},
		{"private with fields keeps only those out",
			caching.Storage{Status: 200, Shared: true, Response: cc(`private="set-cookie", max-age=60`)}, yes, no, caching.StorageExplicit},
		{"also as a token (RFC 9111, Section 5.2)",
			caching.Storage{Status: 200, Shared: true, Response: cc(`private=set-cookie, max-age=60`)}, yes, no, caching.StorageExplicit},
		{"private with an empty list is private", caching.Storage{Status: 200, Shared: true, Response: cc(`private="", max-age=60`)}, no,
			no, caching.StoragePrivateOnly},
		{"so is one whose list cannot be read", caching.Storage{Status: 200, Shared: true, Response: cc(`private="set-cookie, max-age=60`)},
			no, no, caching.StoragePrivateOnly},
		{"private with fields marks nothing as cacheable", caching.Storage{Status: 403, Response: cc(`private="set-cookie"`)}, no, no,
			caching.StorageNoFreshness},

		{"Authorization keeps it out of a shared cache",
			caching.Storage{Status: 200, Shared: true, Request: fields{"authorization": {"Basic eDp5"}},
				Response: cc("max-age=60")}, no, no, caching.StorageAuthorization},
		{"public lets it in", caching.Storage{Status: 200, Shared: true, Request: fields{"Authorization": {"Basic eDp5"}},
			Response: cc("public")}, yes, yes, caching.StoragePublic},
		{"so does must-revalidate", caching.Storage{Status: 200, Shared: true, Request: fields{"Authorization": {"Basic eDp5"}},
			Response: cc("must-revalidate")}, yes, yes, caching.StorageHeuristic},
		{"and s-maxage", caching.Storage{Status: 200, Shared: true, Request: fields{"Authorization": {"Basic eDp5"}},
			Response: cc("s-maxage=60")}, yes, no, caching.StorageExplicit},
		{"but not one that cannot be read", caching.Storage{Status: 200, Shared: true, Request: fields{"Authorization": {"Basic eDp5"}},
			Response: cc("s-maxage=x")}, no, no, caching.StorageAuthorization},
		{"proxy-revalidate does not (RFC 9111, Section 3.5)",
			caching.Storage{Status: 200, Shared: true, Request: fields{"Authorization": {"Basic eDp5"}},
				Response: cc("proxy-revalidate, max-age=60")}, no, no, caching.StorageAuthorization},
		{"a private cache does not mind", caching.Storage{Status: 200, Request: fields{"Authorization": {"Basic eDp5"}}}, yes, yes, caching.StorageHeuristic},

		{"PUT is not cacheable (RFC 9110, Section 9.3.4)", caching.Storage{Method: "PUT", Status: 200, Response: cc("max-age=60")}, no, no,
			caching.StorageMethod},
		{"methods are case-sensitive", caching.Storage{Method: "get", Status: 200, Response: cc("max-age=60")}, no, no, caching.StorageMethod},
		{"QUERY is (RFC 10008, Section 2.7)", caching.Storage{Method: "QUERY", Status: 200}, yes, yes, caching.StorageHeuristic},
		{"POST is not, without explicit freshness",
			caching.Storage{Method: "POST", Status: 200, Response: fields{"Content-Location": {"/a"}}}, no, no, caching.StorageMethodTerms},
		{"nor without Content-Location", caching.Storage{Method: "POST", Status: 200, Response: cc("max-age=60")}, no, no, caching.StorageMethodTerms},
		{"with both it is", caching.Storage{Method: "POST", Status: 200, Response: fields{"Cache-Control": {"max-age=60"},
			"Content-Location": {"/a"}}}, yes, no, caching.StorageContentLocation},
		{"if that is the target", caching.Storage{Method: "POST", Status: 200, URL: "http://Example.com:80/a#b",
			Response: fields{"Cache-Control": {"max-age=60"}, "Content-Location": {"http://example.com/x/../a"}}}, yes, no, caching.StorageContentLocation},
		{"and not another resource", caching.Storage{Method: "POST", Status: 200, URL: "http://example.com/a",
			Response: fields{"Cache-Control": {"max-age=60"}, "Content-Location": {"/b"}}}, no, no, caching.StorageMethodTerms},
		{"nor another server", caching.Storage{Method: "PATCH", Status: 200, URL: "http://example.com/a",
			Response: fields{"Cache-Control": {"max-age=60"}, "Content-Location": {"//evil.example/a"}}}, no, no, caching.StorageMethodTerms},
		{"PATCH likewise (RFC 5789, Section 2)",
			caching.Storage{Method: "PATCH", Status: 200, URL: "http://example.com",
				Response: fields{"Expires": {"x"}, "Content-Location": {"http://example.com/"}}}, yes, no, caching.StorageContentLocation},
		{"two Content-Locations that differ say nothing",
			caching.Storage{Method: "POST", Status: 200,
				Response: fields{"Expires": {"x"}, "Content-Location": {"/a", "/b"}}}, no, no, caching.StorageMethodTerms},
		{"public does not replace explicit freshness for POST",
			caching.Storage{Method: "POST", Status: 200,
				Response: fields{"Cache-Control": {"public"}, "Content-Location": {"/a"}}}, no, no, caching.StorageMethodTerms},
	} {
		t.Run(tt.why, func(t *testing.T) {
			assert.Equal(t, caching.StorageDecision{Store: tt.store, Heuristic: tt.heuristic, Reason: tt.reason}, tt.s.Decide())
		})
	}
}

func TestStorageReasonString(t *testing.T) {
	seen := map[string]bool{}
	for reason := range storageWords {
		clause := reason.String()
		assert.Regexp(t, `^[a-z].*[^.]$`, clause)
		assert.False(t, seen[clause], "two reasons say %q", clause)
		seen[clause] = true
	}
	assert.Equal(t, "no reason", caching.StorageReason(0).String())
	assert.Equal(t, "StorageReason(200)", caching.StorageReason(200).String())
	assert.Equal(t, "StorageReason(18)", caching.StorageReason(len(storageWords)+1).String())
}

// Of each way to write what withholds, the fields beside those that always go.
func TestStorageWithheld(t *testing.T) {
	always := []string{
		"Connection", "Proxy-Connection", "Keep-Alive", "TE", "Transfer-Encoding", "Upgrade",
		"Proxy-Authenticate", "Proxy-Authentication-Info", "Proxy-Authorization",
	}
	cc := func(lines ...string) http.Header { return http.Header{"Cache-Control": lines} }
	for _, tt := range []struct {
		name     string
		response http.Header
		private  []string // withheld from a private cache
		shared   []string // and from a shared one as well
	}{
		{"nothing said", nil, nil, nil},
		{"Connection", http.Header{"Connection": {"close, X-Hop", ", x-y"}}, []string{"close", "X-Hop", "x-y"}, nil},
		{"no-cache", cc(`no-cache="Set-Cookie, X-A" , max-age=5`), []string{"Set-Cookie", "X-A"}, nil},
		{"private", cc(`private="X-B"`), nil, []string{"X-B"}},
		{"all of it", cc("no-cache, private"), nil, nil},
		{"an extension", cc(`ext="X-C", no-cache`), nil, nil},
		{"without quotes", cc("no-cache=Set-Cookie, private=X-B"), []string{"Set-Cookie"}, []string{"X-B"}},
		{"a space behind the sign", cc(`no-cache= "set-cookie"`), []string{"set-cookie"}, nil},
		{"spaces around it", cc(`no-cache = "set-cookie" , private	=x`), []string{"set-cookie"}, []string{"x"}},
		{"more behind it", cc(`no-cache="set-cookie" x`), []string{"set-cookie"}, nil},
		{"over two lines", cc(`no-cache="a`, `b"`), []string{"a", "b"}, nil},
		{"what is no name", cc(`no-cache="Set-Cookie; X-User, a b, c"`), []string{"c"}, nil},
		{"in lower case, on two spellings", http.Header{"cache-control": {"No-Cache=a"}, "Cache-Control": {"no-cache=b"}}, []string{"a", "b"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := caching.Storage{Status: 200, Response: tt.response}
			assert.ElementsMatch(t, append(tt.private, always...), slices.Collect(s.Withheld()))
			s.Shared = true
			assert.ElementsMatch(t, append(append(tt.shared, tt.private...), always...), slices.Collect(s.Withheld()))
		})
	}
}

func TestStorageAllocates(t *testing.T) {
	if race.Enabled {
		return // the race detector allocates for itself
	}
	for _, s := range []caching.Storage{
		{Status: 200},
		{Status: 200, Shared: true, Request: http.Header{"Authorization": {"x"}},
			Response: http.Header{"Cache-Control": {`max-age=60, private="a, b"`, "public"}, "Expires": {"0"}}},
		{Status: 200, Method: "POST", URL: "http://example.com/a?b", Response: http.Header{"Cache-Control": {"max-age=60"}, "Content-Location": {"/x/../a?b"}}},
	} {
		assert.Zero(t, testing.AllocsPerRun(100, func() { sinkStorage = s.Decide() }), "%+v", s)
	}
}

var sinkStorage caching.StorageDecision

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
		decide := func(lines ...string) caching.StorageDecision {
			return caching.Storage{
				Method: method, Status: httpstatus.Code(status), Shared: shared,
				Request:  map[string][]string{"Authorization": {"x"}},
				Response: map[string][]string{"Cache-Control": lines, "Content-Location": {line}},
			}.Decide()
		}
		d := decide(line)
		assert.False(t, d.Heuristic && !d.Store)
		assert.NotEqual(t, "no reason", d.Reason.String())
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

// A Content-Location that cannot be the target says nothing about it, nor does
// one where the target itself cannot be read.
func TestContentLocationOfNoTarget(t *testing.T) {
	for _, row := range [][2]string{
		{"mailto:a@example.com", "https://example.com/"},
		{"https://[/", "https://[/"},
		{"https://example.com/", "ftp://example.com/"},
		{"https://example.com/", "https:/"},
	} {
		d := caching.Storage{Method: "POST", Status: httpstatus.OK, URL: row[0], Response: map[string][]string{
			"Cache-Control":    {"max-age=60"},
			"Content-Location": {row[1]},
		}}.Decide()
		assert.False(t, d.Store, "%s at %s", row[1], row[0])
	}
}

// Who stops early gets no more names: a range loop panics if it is given one.
func TestWithheldStops(t *testing.T) {
	s := caching.Storage{Status: httpstatus.OK, Shared: true, Response: map[string][]string{
		"Cache-Control": {`private="set-cookie , x-user", no-cache="etag"`},
		"Connection":    {"close, x-hop"},
	}}
	for most := range 14 {
		n := 0
		for range s.Withheld() {
			if n++; n > most {
				break
			}
		}
		assert.LessOrEqual(t, n, most+1)
	}
}
