package caching_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/caching"
	"example.com/httpstatus/internal/race"
	"example.com/httpstatus/internal/reference"
)

// The clock of these tests: whole seconds, as dates have.
var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

func at(seconds int64) time.Time { return noon.Add(time.Duration(seconds) * time.Second) }

func date(seconds int64) string { return at(seconds).Format(http.TimeFormat) }

type fields = map[string][]string

func cc(lines ...string) fields { return fields{"Cache-Control": lines} }

// cached is what the oracle is told of a stored response.
func cached(s caching.Stored) reference.CachedResponse {
	return reference.CachedResponse{
		Method: s.Method, Status: int(s.Status), Request: s.Request, Response: s.Response,
		Requested: s.Requested, Received: s.Received, Shared: s.Shared, Targets: s.Targets,
	}
}

// agree holds every answer about a stored response equal to that of the oracle.
func agree(t *testing.T, s caching.Stored, method string, request fields, now time.Time) {
	t.Helper()
	x := cached(s)
	got := s.Reuse(method, request, now)
	if want := reference.MayReuse(x, method, request, now); got.Use.String() != want {
		assert.Fail(t, "Reuse differs", "%+v, %s %v after %v: %v, want %s", s, method, request, now.Sub(s.Received), got, want)
	}
	if want := reference.CurrentAge(x, now); s.Age(now) != want {
		assert.Fail(t, "Age differs", "%+v after %v: %v, want %v", s, now.Sub(s.Received), s.Age(now), want)
	}
	lifetime, heuristic := s.Lifetime()
	if want, guessed := reference.FreshnessLifetime(x); lifetime != want || heuristic != guessed {
		assert.Fail(t, "Lifetime differs", "%+v: %v %t, want %v %t", s, lifetime, heuristic, want, guessed)
	}
	if got.Use == caching.Miss {
		return
	}
	for _, status := range []httpstatus.Code{404, 503} {
		if want := reference.MayServeOnError(x, request, int(status), false, now); s.OnErrorFor(request, status, false, now) != want {
			assert.Fail(t, "OnErrorFor differs", "%+v, %v after %v, %v: want %t", s, request, now.Sub(s.Received), status, want)
		}
	}
	if want := reference.MayServeOnError(x, request, 0, true, now); s.OnErrorFor(request, 0, true, now) != want {
		assert.Fail(t, "OnErrorFor differs", "%+v, %v after %v, failed: want %t", s, request, now.Sub(s.Received), want)
	}
}

// Every combination of the directives of a response, with every directive of a
// request, in both kinds of cache, fresh, stale and very stale.
func TestReuseDirectivesAgainstReference(t *testing.T) {
	directives := []string{
		"max-age=60", "s-maxage=30", "no-cache", `no-cache="x-listed"`, "must-revalidate", "proxy-revalidate", "public",
		"stale-while-revalidate=20", "stale-if-error=40",
	}
	asks := []fields{
		nil, cc("no-cache"), cc("max-age=10"), cc("max-age=0, max-stale=500"), cc("min-fresh=40"), cc("max-stale"),
		cc("max-stale=5"), cc("only-if-cached, no-store"), cc("stale-if-error=5"), cc("no-cache, stale-if-error=500"),
	}
	for set := range 1 << len(directives) {
		if race.Enabled && set%7 != 0 {
			continue // the race detector takes its time, and nothing is shared
		}
		var list []string
		for i, d := range directives {
			if set>>i&1 != 0 {
				list = append(list, d)
			}
		}
		response := fields{"Date": {date(0)}, "Last-Modified": {date(-500)}}
		if len(list) > 0 {
			response["Cache-Control"] = []string{strings.Join(list, ", ")}
		}
		if set%3 == 0 {
			response["X-Listed"] = []string{"1"}
		}
		for shared := range 2 {
			s := caching.Stored{Status: 200, Response: response, Requested: at(0), Received: at(1), Shared: shared == 1}
			targeted := s // the same directives where a CDN reads them, and others that it must not heed
			targeted.Targets = []string{"CDN-Cache-Control"}
			targeted.Response = maps(response, fields{
				"CDN-Cache-Control": response["Cache-Control"], "Cache-Control": {"no-store"}, "Expires": {date(5)},
			})
			for _, request := range asks {
				for _, seconds := range []int64{2, 30, 65, 75, 500} {
					agree(t, s, "GET", request, at(seconds))
				}
				agree(t, targeted, "GET", request, at(int64(set%3)*35))
			}
		}
	}
}

// Every status code, and every pair of methods.
func TestReuseCodesAgainstReference(t *testing.T) {
	responses := []fields{
		nil, cc("max-age=60"), cc("private, max-age=60"), cc("no-store, max-age=60"), cc("must-understand, no-store, max-age=60"),
		{"Cache-Control": {"public"}, "Last-Modified": {date(-1000)}},
		{"Expires": {date(60)}, "Content-Location": {"/"}},
		{"Expires": {"0"}, "Last-Modified": {date(-1000)}},
	}
	for code := httpstatus.Code(-1); code <= 1000; code++ {
		for i, response := range responses {
			s := caching.Stored{Status: code, Response: response, Received: noon, Shared: (int(code)+i)%2 == 0}
			if i%2 == 0 {
				s.Request = fields{"Authorization": {"Basic eDp5"}}
			}
			agree(t, s, "GET", nil, at(30))
		}
	}
	methods := append(reference.Methods(), "", "get", "FROBNICATE")
	for _, stored := range methods {
		for _, method := range methods {
			for _, response := range responses {
				agree(t, caching.Stored{Method: stored, Status: 200, Response: response, Received: noon}, method, nil, at(30))
			}
		}
	}
}

// The three times of an exchange, Date, Age and Expires, in every combination of
// values that are absent, usual, invalid, and far away.
func TestAgeAndLifetimeAgainstReference(t *testing.T) {
	dates := [][]string{
		nil, {date(0)}, {date(-100)}, {date(50)}, {"soon"}, {"Thu, 26 nov 2026 11:59:00 gmt"}, {date(0), date(-10)},
		{"Fri, 31 Dec 9999 23:59:59 GMT"}, {"Sat Jan  1 00:00:00 0000"},
	}
	ages := [][]string{
		nil, {"0"}, {"30"}, {"-1"}, {"1.5"}, {"x"}, {"30, 7"}, {"30", "7"}, {"", "7"}, {", 7"}, {"99999999999999999999"}, {"2147483648"}, {"30;a"},
	}
	expires := [][]string{
		nil, {date(20)}, {date(-20)}, {"0"}, {date(20), date(10)}, {date(20), "x"}, {"Fri, 31 Dec 9999 23:59:59 GMT"},
		{"THU, 26 Nov 2026 12:00:40 GMT"}, {"Thu, 26 Nov 2026 12:00:40 UTC"},
	}
	received := []time.Time{noon, at(-3), at(1 << 31), {}, time.Unix(1<<60, 0)}
	for _, d := range dates {
		for _, age := range ages {
			for _, e := range expires {
				for i, r := range received {
					response := fields{"Date": d, "Age": age, "Expires": e, "Last-Modified": d}
					s := caching.Stored{Status: 200, Response: response, Received: r}
					if i%2 == 0 {
						s.Requested = r.Add(-7 * time.Second)
					}
					for _, now := range []time.Time{noon, at(25), at(-1000), {}, time.Unix(1<<61, 0)} {
						agree(t, s, "GET", nil, now)
					}
				}
			}
		}
	}
}

// stored is a response that came at noon.
func stored(status int, response fields) caching.Stored {
	return caching.Stored{Status: httpstatus.Code(status), Response: response, Received: noon}
}

func TestReuse(t *testing.T) {
	old := fields{"Cache-Control": {"max-age=10"}, "Etag": {`"v1"`}, "Last-Modified": {date(-5000)}}
	with := func(directives string) fields {
		return fields{"Cache-Control": {"max-age=10, " + directives}, "Etag": {`"v1"`}}
	}
	for _, tt := range []struct {
		why     string
		s       caching.Stored
		method  string
		request fields
		now     int64
		use     caching.Use
		reason  caching.ReuseReason
	}{
		{"nothing is stored", caching.Stored{}, "GET", nil, 0, caching.Miss, caching.ReuseNothing},
		{"fresh", stored(200, old), "GET", nil, 9, caching.Fresh, caching.ReuseFresh},
		{"a lifetime that is over is over to the second", stored(200, old), "GET", nil, 10, caching.Revalidate, caching.ReuseStale},
		{"a GET answers a HEAD", stored(200, old), "HEAD", nil, 9, caching.Fresh, caching.ReuseFresh},
		{"but no POST", stored(200, old), "POST", nil, 9, caching.Miss, caching.ReuseMethod},
		{"methods are case-sensitive", stored(200, old), "get", nil, 9, caching.Miss, caching.ReuseMethod},
		{"no 1xx is used", stored(103, old), "GET", nil, 0, caching.Miss, caching.ReuseNotStorable},
		{"nor a 429", stored(429, old), "GET", nil, 0, caching.Miss, caching.ReuseNotStorable},
		{"nor what should not be there", stored(200, cc("no-store, max-age=60")), "GET", nil, 0, caching.Miss, caching.ReuseNotStorable},

		{"no-cache", stored(200, with("no-cache")), "GET", nil, 0, caching.Revalidate, caching.ReuseNoCache},
		{"no-cache, however it is written", stored(200, with("no-cache=1;")), "GET", nil, 0, caching.Revalidate, caching.ReuseNoCache},
		{"no-cache for a field that is gone", stored(200, with(`no-cache="set-cookie"`)), "GET", nil, 0, caching.Fresh, caching.ReuseFresh},
		{"no-cache for one that is there", stored(200, with(`no-cache="etag"`)), "GET", nil, 0, caching.Revalidate, caching.ReuseNoCache},
		{
			"no-cache for too many fields to be looked for",
			stored(200, with(`no-cache="`+strings.Repeat("x,", 65)+`"`)), "GET", nil, 0, caching.Revalidate, caching.ReuseNoCache,
		},
		{"must-revalidate while it is fresh", stored(200, with("must-revalidate")), "GET", nil, 9, caching.Fresh, caching.ReuseFresh},
		{"and once it is stale", stored(200, with("must-revalidate")), "GET", cc("max-stale"), 11, caching.Revalidate, caching.ReuseMustRevalidate},
		{
			"proxy-revalidate is for shared caches",
			stored(200, with("proxy-revalidate")), "GET", cc("max-stale"), 11, caching.Stale, caching.ReuseMaxStale,
		},
		{"stale-while-revalidate", stored(200, with("stale-while-revalidate=5")), "GET", nil, 15, caching.Stale, caching.ReuseWhileRevalidate},
		{"and no longer", stored(200, with("stale-while-revalidate=5")), "GET", nil, 16, caching.Revalidate, caching.ReuseStale},
		{
			"not beside must-revalidate",
			stored(200, with("must-revalidate, stale-while-revalidate=5")), "GET", nil, 11, caching.Revalidate, caching.ReuseMustRevalidate,
		},
		{"nor if it cannot be read", stored(200, with("stale-while-revalidate=x")), "GET", nil, 11, caching.Revalidate, caching.ReuseStale},

		{"the request's no-cache", stored(200, old), "GET", cc("no-cache"), 0, caching.Revalidate, caching.ReuseRequested},
		{"its max-age", stored(200, old), "GET", cc("max-age=5"), 6, caching.Revalidate, caching.ReuseRequested},
		{"which the response meets", stored(200, old), "GET", cc("max-age=5"), 5, caching.Fresh, caching.ReuseFresh},
		{"max-age=0 as reload sends it", stored(200, old), "GET", cc("max-age=0"), 1, caching.Revalidate, caching.ReuseRequested},
		{
			"a max-age that cannot be read is as strict as can be",
			stored(200, old), "GET", cc("max-age=x"), 1, caching.Revalidate, caching.ReuseRequested,
		},
		{"min-fresh", stored(200, old), "GET", cc("min-fresh=5"), 6, caching.Revalidate, caching.ReuseRequested},
		{"which the response meets", stored(200, old), "GET", cc("min-fresh=5"), 5, caching.Fresh, caching.ReuseFresh},
		{"a min-fresh that cannot be read is as strict as can be", stored(200, old), "GET", cc("min-fresh"), 0, caching.Revalidate, caching.ReuseRequested},
		{"of two the stricter", stored(200, old), "GET", cc("max-age=9, max-age=5"), 6, caching.Revalidate, caching.ReuseRequested},
		{"of two the stricter", stored(200, old), "GET", cc("min-fresh=1, min-fresh=5"), 6, caching.Revalidate, caching.ReuseRequested},
		{"max-stale", stored(200, old), "GET", cc("max-stale=5"), 15, caching.Stale, caching.ReuseMaxStale},
		{"and no longer", stored(200, old), "GET", cc("max-stale=5"), 16, caching.Revalidate, caching.ReuseStale},
		{"of any age", stored(200, old), "GET", cc("max-stale"), 1e9, caching.Stale, caching.ReuseMaxStale},
		{"one that cannot be read permits nothing", stored(200, old), "GET", cc("max-stale=x"), 11, caching.Revalidate, caching.ReuseStale},
		{
			"max-age and max-stale are both heeded",
			stored(200, old), "GET", cc("max-age=20, max-stale"), 21, caching.Revalidate, caching.ReuseRequested,
		},
		{
			"with max-age nothing stale is wanted",
			stored(200, with("stale-while-revalidate=50")), "GET", cc("max-age=20"), 11, caching.Revalidate, caching.ReuseStale,
		},
		{"no-store is about storing the response to come", stored(200, old), "GET", cc("no-store"), 9, caching.Fresh, caching.ReuseFresh},
		{
			"Pragma says nothing (RFC 9111, Section 5.4)",
			stored(200, old), "GET", fields{"Pragma": {"no-cache"}}, 9, caching.Fresh, caching.ReuseFresh,
		},

		{"a 404 with a lifetime", stored(404, old), "GET", nil, 9, caching.Fresh, caching.ReuseFresh},
		{"an estimate", stored(200, fields{"Last-Modified": {date(-1000)}}), "GET", nil, 99, caching.Fresh, caching.ReuseFresh},
		{"which is over", stored(200, fields{"Last-Modified": {date(-1000)}}), "GET", nil, 100, caching.Revalidate, caching.ReuseStale},
	} {
		t.Run(tt.why, func(t *testing.T) {
			r := tt.s.Reuse(tt.method, tt.request, at(tt.now))
			assert.Equal(t, tt.use, r.Use)
			assert.Equal(t, tt.reason, r.Reason, "%v", r.Reason)
			assert.Zero(t, r.Status)
		})
	}
}

func TestReuseShared(t *testing.T) {
	basic := fields{"Authorization": {"Basic eDp5"}}
	for _, tt := range []struct {
		why      string
		response fields
		request  fields
		now      int64
		reason   caching.ReuseReason
	}{
		{"the answer to one user", cc("max-age=10"), basic, 0, caching.ReuseNotStorable},
		{"public", cc("max-age=10, public"), basic, 0, caching.ReuseFresh},
		{"must-revalidate", cc("max-age=10, must-revalidate"), basic, 0, caching.ReuseFresh},
		{"private", cc("max-age=10, private"), nil, 0, caching.ReuseNotStorable},
		{"s-maxage forbids what is stale", cc("s-maxage=10, stale-while-revalidate=10"), nil, 11, caching.ReuseMustRevalidate},
		{"so does proxy-revalidate", cc("max-age=10, proxy-revalidate, stale-while-revalidate=10"), nil, 11, caching.ReuseMustRevalidate},
	} {
		t.Run(tt.why, func(t *testing.T) {
			s := stored(200, tt.response)
			s.Shared, s.Request = true, tt.request
			assert.Equal(t, tt.reason, s.Reuse("GET", nil, at(tt.now)).Reason)
		})
	}
}

// only-if-cached: what may be used is used, and all else is a 504.
func TestReuseOnlyIfCached(t *testing.T) {
	only := cc("only-if-cached")
	s := stored(200, fields{"Cache-Control": {"max-age=10"}, "Etag": {`"v1"`}})
	assert.Equal(t, httpstatus.GatewayTimeout, caching.Stored{}.Reuse("GET", only, noon).Status)
	assert.Zero(t, s.Reuse("GET", only, at(9)).Status)
	r := s.Reuse("GET", only, at(10))
	assert.Equal(t, httpstatus.GatewayTimeout, r.Status)
	assert.Equal(t, caching.Revalidate, r.Use)
	assert.Nil(t, r.Conditional, "there is nothing to send")
	assert.Zero(t, s.Reuse("GET", cc("only-if-cached, max-stale"), at(10)).Status)
	assert.Zero(t, s.Reuse("GET", cc("only-if-cached=1"), at(10)).Status, "malformed, and then it is better to ask")
}

func TestReuseConditional(t *testing.T) {
	for _, tt := range []struct {
		why      string
		response fields
		want     fields
	}{
		{"a strong entity tag", fields{"ETag": {`"a"`}}, fields{"If-None-Match": {`"a"`}}},
		{"a weak one", fields{"ETag": {`W/"a"`}}, fields{"If-None-Match": {`W/"a"`}}},
		{"a date", fields{"Last-Modified": {date(-60)}}, fields{"If-Modified-Since": {date(-60)}}},
		{"both", fields{"etag": {`"a"`}, "last-modified": {date(-60)}}, fields{"If-None-Match": {`"a"`}, "If-Modified-Since": {date(-60)}}},
		{"neither", nil, nil},
		{"what is no entity tag", fields{"ETag": {"a"}}, nil},
		{"several entity tags", fields{"ETag": {`"a"`, `"b"`}}, nil},
		{"what is no date", fields{"Last-Modified": {"yesterday"}}, nil},
		{"a line break does not get into a request", fields{"ETag": {"\"a\r\nX: y\""}, "Last-Modified": {"x\r\nX: y"}}, nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			tt.response = maps(tt.response, cc("max-age=0"))
			r := stored(200, tt.response).Reuse("GET", nil, noon)
			assert.Equal(t, caching.Revalidate, r.Use)
			assert.Equal(t, tt.want, fields(r.Conditional))
		})
	}
	fresh := stored(200, fields{"ETag": {`"a"`}, "Cache-Control": {"max-age=5, stale-while-revalidate=5"}})
	assert.Nil(t, fresh.Reuse("GET", nil, noon).Conditional)
	assert.NotNil(t, fresh.Reuse("GET", nil, at(6)).Conditional, "to be sent in the background")
	assert.Nil(t, fresh.Reuse("GET", cc("max-stale"), at(20)).Conditional, "the client is content")
}

// maps returns all fields of several maps.
func maps(headers ...fields) fields {
	all := fields{}
	for _, h := range headers {
		for name, lines := range h {
			all[name] = lines
		}
	}
	return all
}

func TestVary(t *testing.T) {
	for _, tt := range []struct {
		why           string
		vary          []string
		first, second fields
		match         bool
	}{
		{"the same", []string{"Foo"}, fields{"Foo": {"1"}}, fields{"Foo": {"1"}}, true},
		{"another", []string{"Foo"}, fields{"Foo": {"1"}}, fields{"Foo": {"2"}}, false},
		{"absent then", []string{"Foo"}, nil, fields{"Foo": {"1"}}, false},
		{"absent now", []string{"Foo"}, fields{"Foo": {"1"}}, nil, false},
		{"absent in both", []string{"Foo"}, nil, fields{"Foo": nil}, true},
		{"absent and empty differ (RFC 9111, Section 4.1)", []string{"Foo"}, nil, fields{"Foo": {""}}, false},
		{"names in any case", []string{"fOO"}, fields{"foo": {"1"}}, fields{"FOO": {"1"}}, true},
		{"a field that it does not name", []string{"Foo"}, fields{"Bar": {"1"}}, fields{"Bar": {"2"}}, true},
		{"each of several", []string{"Foo, Bar"}, fields{"Foo": {"1"}, "Bar": {"1"}}, fields{"Foo": {"1"}, "Bar": {"2"}}, false},
		{"over lines", []string{"Foo", "Bar"}, fields{"Foo": {"1"}, "Bar": {"1"}}, fields{"Foo": {"1"}, "Bar": {"2"}}, false},
		{"in whatever order", []string{"Bar, , Foo,"}, fields{"Foo": {"1"}, "Bar": {"2"}}, fields{"Bar": {"2"}, "Foo": {"1"}}, true},
		{"an asterisk", []string{"*"}, nil, nil, false},
		{"an asterisk among others", []string{"Foo", " , *"}, nil, nil, false},
		{"what is no name", []string{"Foo Bar"}, nil, nil, false},
		{"nothing", []string{""}, nil, fields{"Foo": {"1"}}, true},
		{"white space around members", []string{"Foo"}, fields{"Foo": {"1,2"}}, fields{"Foo": {" 1, 2 "}}, true},
		{"one line or two", []string{"Foo"}, fields{"Foo": {"1, 2"}}, fields{"Foo": {"1", "2"}}, true},
		{"but not another order", []string{"Foo"}, fields{"Foo": {"1, 2"}}, fields{"Foo": {"2, 1"}}, false},
		{"nor fewer", []string{"Foo"}, fields{"Foo": {"1, 2"}}, fields{"Foo": {"1"}}, false},
		{"nor another case", []string{"Foo"}, fields{"Foo": {"a"}}, fields{"Foo": {"A"}}, false},
		{"white space in a string counts", []string{"Foo"}, fields{"Foo": {`"1, 2"`}}, fields{"Foo": {`"1,2"`}}, false},
		{
			"the order of languages does not",
			[]string{"Accept-Language"}, fields{"Accept-Language": {"en, de"}}, fields{"Accept-Language": {"De,eN"}}, true,
		},
		{"their number does", []string{"Accept-Language"}, fields{"Accept-Language": {"en, de"}}, fields{"Accept-Language": {"de, en, en"}}, false},
		{"and their weight", []string{"Accept-Language"}, fields{"Accept-Language": {"en, de"}}, fields{"Accept-Language": {"en, de;q=0.5"}}, false},
		{
			"so for types, but in their case",
			[]string{"Accept"}, fields{"Accept": {"text/html, text/plain"}}, fields{"Accept": {"text/plain", "text/html"}}, true,
		},
		{"as parameters have one", []string{"Accept"}, fields{"Accept": {"text/html;a=B"}}, fields{"Accept": {"text/html;a=b"}}, false},
		{"a comma in a comment makes no list", []string{"User-Agent"}, fields{"User-Agent": {"a (b,c)"}}, fields{"User-Agent": {"a (b, c)"}}, false},
		{"two spellings are two lines", []string{"Foo"}, fields{"Foo": {"1"}, "foo": {"2"}}, fields{"Foo": {"1", "2"}}, true},
	} {
		t.Run(tt.why, func(t *testing.T) {
			s := stored(200, fields{"Cache-Control": {"max-age=60"}, "Vary": tt.vary})
			s.Request = tt.first
			r := s.Reuse("GET", tt.second, noon)
			assert.Equal(t, tt.match, r.Use == caching.Fresh, "%v", r.Reason)
			if !tt.match {
				assert.Equal(t, caching.ReuseVary, r.Reason)
			}
		})
	}
	many := stored(200, fields{"Cache-Control": {"max-age=60"}, "Vary": {strings.Repeat("Foo,", 64)}})
	assert.Equal(t, caching.Fresh, many.Reuse("GET", nil, noon).Use)
	many.Response["Vary"] = []string{strings.Repeat("Foo,", 65)}
	assert.Equal(t, caching.ReuseVary, many.Reuse("GET", nil, noon).Reason, "too many to be looked for")
	long := strings.Repeat("en, ", 100)
	s := stored(200, fields{"Cache-Control": {"max-age=60"}, "Vary": {"Accept-Language"}})
	s.Request = fields{"Accept-Language": {long + "de"}}
	assert.Equal(t, caching.Miss, s.Reuse("GET", fields{"Accept-Language": {"de, " + long}}, noon).Use, "too long to be sorted")
	assert.Equal(t, caching.Fresh, s.Reuse("GET", fields{"Accept-Language": {long + "de "}}, noon).Use, "but the same")
}

// Which ranges a stored part answers: bytes 10 to 19 of 100.
func TestReusePartial(t *testing.T) {
	for _, tt := range []struct {
		why     string
		content string
		request fields
		use     caching.Use
	}{
		{"no range is all of it", "bytes 10-19/100", nil, caching.Miss},
		{"the same", "bytes 10-19/100", fields{"Range": {"bytes=10-19"}}, caching.Fresh},
		{"less", "bytes 10-19/100", fields{"Range": {"BYTES=11-18"}}, caching.Fresh},
		{"before it", "bytes 10-19/100", fields{"Range": {"bytes=9-12"}}, caching.Miss},
		{"behind it", "bytes 10-19/100", fields{"Range": {"bytes=15-20"}}, caching.Miss},
		{"to the end, which it has not", "bytes 10-19/100", fields{"Range": {"bytes=15-"}}, caching.Miss},
		{"to the end, which it has", "bytes 10-19/20", fields{"Range": {"bytes=15-"}}, caching.Fresh},
		{"beyond the end", "bytes 10-19/20", fields{"Range": {"bytes=15-99"}}, caching.Fresh},
		{"the last", "bytes 10-19/20", fields{"Range": {"bytes=-5"}}, caching.Fresh},
		{"more of the last", "bytes 10-19/20", fields{"Range": {"bytes=-11"}}, caching.Miss},
		{"none of the last", "bytes 10-19/20", fields{"Range": {"bytes=-0"}}, caching.Miss},
		{"the last of an unknown number", "bytes 10-19/*", fields{"Range": {"bytes=-5"}}, caching.Miss},
		{"a size that is not known does not matter", "bytes 10-19/*", fields{"Range": {"bytes=10-12"}}, caching.Fresh},
		{"several", "bytes 10-19/100", fields{"Range": {"bytes=10-11,12-13"}}, caching.Miss},
		{"backwards", "bytes 10-19/100", fields{"Range": {"bytes=12-11"}}, caching.Miss},
		{"another unit", "bytes 10-19/100", fields{"Range": {"lines=10-11"}}, caching.Miss},
		{"two fields", "bytes 10-19/100", fields{"Range": {"bytes=10-11", "bytes=10-12"}}, caching.Miss},
		{"too large for any number", "bytes 10-19/100", fields{"Range": {"bytes=10-99999999999999999999"}}, caching.Miss},
		{"a Content-Range that contradicts itself", "bytes 10-19/19", fields{"Range": {"bytes=10-11"}}, caching.Miss},
		{"one of nothing", "bytes */100", fields{"Range": {"bytes=10-11"}}, caching.Miss},
		{"one in another unit", "lines 10-19/100", fields{"Range": {"bytes=10-11"}}, caching.Miss},
		{"If-Range with its tag", "bytes 10-19/100", fields{"Range": {"bytes=10-11"}, "If-Range": {`"a"`}}, caching.Fresh},
		{"with another tag all of it is asked for", "bytes 10-19/100", fields{"Range": {"bytes=10-11"}, "If-Range": {`"b"`}}, caching.Miss},
		{"with a weak tag", "bytes 10-19/100", fields{"Range": {"bytes=10-11"}, "If-Range": {`W/"a"`}}, caching.Miss},
		{"with a date", "bytes 10-19/100", fields{"Range": {"bytes=10-11"}, "If-Range": {date(-60)}}, caching.Miss},
	} {
		t.Run(tt.why, func(t *testing.T) {
			s := stored(206, fields{"Cache-Control": {"max-age=60"}, "Content-Range": {tt.content}, "Etag": {`"a"`}, "Last-Modified": {date(-60)}})
			assert.Equal(t, tt.use, s.Reuse("GET", tt.request, noon).Use)
			assert.Equal(t, tt.use, s.Reuse("", tt.request, noon).Use)
			assert.Equal(t, caching.Miss, s.Reuse("HEAD", tt.request, noon).Use, "a HEAD has no ranges (RFC 9110, Section 14.2)")
		})
	}
}

func TestOnError(t *testing.T) {
	with := func(directives string) caching.Stored { return stored(200, cc("max-age=10"+directives)) }
	shared := with(", s-maxage=10, stale-if-error=60")
	shared.Shared = true
	for _, tt := range []struct {
		why     string
		s       caching.Stored
		request fields
		status  httpstatus.Code // 0: no response
		now     int64
		want    bool
	}{
		{"disconnected", with(""), nil, 0, 1000, true},
		{"an error is an answer", with(""), nil, 503, 1000, false},
		{"stale-if-error", with(", stale-if-error=60"), nil, 503, 70, true},
		{"and no longer", with(", stale-if-error=60"), nil, 503, 71, false},
		{"its limit counts when disconnected too", with(", stale-if-error=60"), nil, 0, 71, false},
		{"500 is an error", with(", stale-if-error=60"), nil, 500, 20, true},
		{"502", with(", stale-if-error=60"), nil, 502, 20, true},
		{"504", with(", stale-if-error=60"), nil, 504, 20, true},
		{"501 is none (RFC 5861, Section 4)", with(", stale-if-error=60"), nil, 501, 20, false},
		{"nor is 404", with(", stale-if-error=60"), nil, 404, 20, false},
		{"nor 429", with(", stale-if-error=60"), nil, 429, 20, false},
		{"nor success", with(", stale-if-error=60"), nil, 200, 20, false},
		{"must-revalidate forbids", with(", must-revalidate, stale-if-error=60"), nil, 0, 20, false},
		{"but not while it is fresh", with(", must-revalidate"), nil, 0, 5, true},
		{"no-cache always forbids", with(", no-cache, stale-if-error=60"), nil, 0, 5, false},
		{"so does s-maxage in a shared cache", shared, nil, 503, 20, false},
		{"the request's stale-if-error", with(""), cc("stale-if-error=60"), 503, 70, true},
		{"takes the place of the response's", with(", stale-if-error=600"), cc("stale-if-error=60"), 503, 71, false},
		{"and may be larger", with(", stale-if-error=6"), cc("stale-if-error=60"), 503, 70, true},
		{"but does not permit what is forbidden", with(", must-revalidate"), cc("stale-if-error=60"), 503, 20, false},
		{"one that cannot be read permits nothing", with(""), cc("stale-if-error=x"), 503, 20, false},
		{"a request that wants validation", with(", stale-if-error=60"), cc("no-cache"), 503, 5, false},
		{"unless it says what on errors", with(""), cc("no-cache, stale-if-error=60"), 503, 5, true},
		{"a request that wants a younger one", with(""), cc("max-age=5"), 0, 6, false},
		{"a request that wants a fresher one", with(""), cc("min-fresh=5"), 0, 6, false},
		{"nothing is stored", caching.Stored{}, nil, 0, 0, false},
		{"nor should it be", stored(429, cc("max-age=60")), nil, 0, 0, false},
	} {
		t.Run(tt.why, func(t *testing.T) {
			assert.Equal(t, tt.want, tt.s.OnErrorFor(tt.request, tt.status, tt.status == 0, at(tt.now)))
			if tt.request == nil {
				assert.Equal(t, tt.want, tt.s.OnError(tt.status, tt.status == 0, at(tt.now)))
			}
		})
	}
}

func TestSelect(t *testing.T) {
	variant := func(foo string, generated int64, vary bool, directives string) caching.Stored {
		s := stored(200, fields{"Cache-Control": {directives}, "Date": {date(generated)}})
		if s.Request = (fields{"Foo": {foo}}); vary {
			s.Response["Vary"] = []string{"Foo"}
		}
		return s
	}
	ask := fields{"Foo": {"1"}}
	for _, tt := range []struct {
		why    string
		stored []caching.Stored
		index  int
		reason caching.ReuseReason
	}{
		{"nothing", nil, -1, caching.ReuseNothing},
		{"nothing that fits", []caching.Stored{variant("2", 0, true, "max-age=60")}, -1, caching.ReuseVary},
		{"the one that fits", []caching.Stored{variant("2", 0, true, "max-age=60"), variant("1", 0, true, "max-age=60")}, 1, caching.ReuseFresh},
		{
			"the most recent",
			[]caching.Stored{
				variant("1", -9, true, "max-age=60"),
				variant("1", -1, true, "max-age=60"),
				variant("1", -5, true, "max-age=60"),
			}, 1, caching.ReuseFresh,
		},
		{
			"a fresh one before a more recent one that is stale",
			[]caching.Stored{variant("1", -9, true, "max-age=60"), variant("1", -1, true, "max-age=1")}, 0, caching.ReuseFresh,
		},
		{"in whichever order", []caching.Stored{variant("1", -1, true, "max-age=1"), variant("1", -9, true, "max-age=60")}, 1, caching.ReuseFresh},
		{
			"one that varies before a more recent one that does not",
			[]caching.Stored{variant("1", -1, false, "max-age=60"), variant("1", -9, true, "max-age=60")}, 1, caching.ReuseFresh,
		},
		{"in whichever order", []caching.Stored{variant("1", -9, true, "max-age=60"), variant("1", -1, false, "max-age=60")}, 0, caching.ReuseFresh},
		{
			"the most recent to be validated",
			[]caching.Stored{variant("1", -1, true, "max-age=1"), variant("1", -9, true, "max-age=1")}, 0, caching.ReuseStale,
		},
	} {
		t.Run(tt.why, func(t *testing.T) {
			index, r := caching.Select(tt.stored, "GET", ask, noon)
			assert.Equal(t, tt.index, index)
			assert.Equal(t, tt.reason, r.Reason)
			if index >= 0 {
				assert.Equal(t, tt.stored[index].Reuse("GET", ask, noon), r)
			}
		})
	}
	_, r := caching.Select(nil, "GET", cc("only-if-cached"), noon)
	assert.Equal(t, httpstatus.GatewayTimeout, r.Status)
}

func TestReuseWords(t *testing.T) {
	assert.Equal(t, "no reason", caching.ReuseReason(0).String())
	assert.Equal(t, "ReuseReason(200)", caching.ReuseReason(200).String())
	assert.Equal(t, "miss", caching.Use(9).String())
	seen := map[string]bool{}
	for r := caching.ReuseNothing; r <= caching.ReuseStale; r++ {
		assert.NotContains(t, r.String(), "ReuseReason")
		assert.False(t, seen[r.String()], "two reasons say %q", r)
		seen[r.String()] = true
	}
}

var sinkReuse caching.Reuse

func TestReuseAllocates(t *testing.T) {
	if race.Enabled {
		return // the race detector allocates for itself
	}
	s, request := typical()
	allocs := testing.AllocsPerRun(100, func() { sinkReuse = s.Reuse("GET", request, at(10)) })
	assert.Equal(t, caching.Fresh, sinkReuse.Use)
	assert.Zero(t, allocs, "a fresh response")
	allocs = testing.AllocsPerRun(100, func() { sinkReuse = s.Reuse("GET", request, at(1000)) })
	assert.Equal(t, caching.Revalidate, sinkReuse.Use)
	assert.LessOrEqual(t, allocs, 2.0, "the fields of a conditional request")
	assert.Len(t, sinkReuse.Conditional, 2)
}

// typical is a response as servers send them, and a request as browsers do.
func typical() (s caching.Stored, request http.Header) {
	request = http.Header{
		"Accept": {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}, "Accept-Encoding": {"gzip, deflate, br, zstd"},
		"Accept-Language": {"en-US,en;q=0.5"}, "User-Agent": {"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},
		"Connection": {"keep-alive"}, "Cookie": {"session=0123456789abcdef"}, "Sec-Fetch-Mode": {"navigate"}, "Upgrade-Insecure-Requests": {"1"},
	}
	return caching.Stored{
		Status: 200, Request: request.Clone(), Requested: at(-1), Received: at(0), Shared: true,
		Response: http.Header{
			"Date": {date(0)}, "Cache-Control": {"public, max-age=600, stale-if-error=3600"}, "Age": {"12"}, "Vary": {"Accept-Encoding"},
			"Etag": {`"5f3a-62c1b"`}, "Last-Modified": {date(-86400)}, "Expires": {date(600)}, "Content-Type": {"text/html; charset=utf-8"},
			"Content-Length": {"24378"}, "Content-Encoding": {"gzip"}, "Server": {"example"}, "Strict-Transport-Security": {"max-age=63072000"},
		},
	}, request
}

func BenchmarkReuse(b *testing.B) {
	s, request := typical()
	b.Run("fresh", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			sinkReuse = s.Reuse("GET", request, at(10))
		}
	})
	b.Run("stale", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			sinkReuse = s.Reuse("GET", request, at(1000))
		}
	})
}
