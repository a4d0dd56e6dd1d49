package caching_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/caching"
	"example.com/httpstatus/internal/field"
)

// A drawer makes headers of what is left of a fuzzer's input.
type drawer struct{ bytes []byte }

func (d *drawer) draw(n int) int {
	if len(d.bytes) == 0 {
		return 0
	}
	b := d.bytes[0]
	d.bytes = d.bytes[1:]
	return int(b) % n
}

func (d *drawer) pick(from ...string) string { return from[d.draw(len(from))] }

// directives makes lines of Cache-Control, which are well-formed, though their
// values may be none.
func (d *drawer) directives(names ...string) (lines []string) {
	for range d.draw(3) {
		var line []string
		for range 1 + d.draw(4) {
			directive := d.pick(names...)
			if strings.HasSuffix(directive, "=") {
				directive += d.pick("0", "1", "10", "60", "600", `"30"`, "x", "1.5", "2147483648", "99999999999999999999")
			}
			line = append(line, directive)
		}
		lines = append(lines, strings.Join(line, d.pick(",", ", ", " , ,")))
	}
	return lines
}

// targeted makes lines of a targeted field, of which some are malformed and some
// have numbers that are none.
func (d *drawer) targeted() (lines []string) {
	for range d.draw(3) {
		lines = append(lines, d.pick("max-age=", "s-maxage=", "stale-if-error=", "stale-while-revalidate=")+
			d.pick("60", "0", "1", `"60"`, "6.5", "x", "?1", "-1", "999999999999999")+d.pick("", ", ", ";a=b, ", " ,\t")+
			d.pick("", "no-store", `no-cache="x, y"`, "no-cache=?1", "private;x", `private="x"`, "must-revalidate", "public", "proxy-revalidate",
				"must-understand", "Public", "max-age=5", `ext="max-age=1, no-store"`, "a="))
	}
	return lines
}

func (d *drawer) dates() (lines []string) {
	for range d.draw(3) {
		lines = append(lines, d.pick(date(0), date(-60), date(60), date(-5000), date(1e6), "0", "x", strings.ToUpper(date(30)),
			"Sat, 01 Jan 0000 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"))
	}
	return lines
}

func (d *drawer) moment() time.Time {
	return []time.Time{noon, at(1), at(-1), at(30), at(-60), at(5000), at(-1e9), at(1e10), {}, time.Unix(1<<60, 0)}[d.draw(10)]
}

func (d *drawer) values() (lines []string) {
	for range d.draw(3) {
		lines = append(lines, d.pick("1", "2", "1, 2", "1,2", "", "2 ,, 1", "a"))
	}
	return lines
}

// Whatever headers say, every answer is that of the slow reading.
func FuzzReuseAgainstReference(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("0123456789abcdefghijklmnopqrstuvwxyz"))
	f.Add(slices.Repeat([]byte{1, 2, 3, 5, 7, 11, 13, 250}, 12))
	f.Fuzz(func(t *testing.T, input []byte) {
		d := drawer{input}
		s := caching.Stored{
			Method: d.pick("", "GET", "HEAD", "POST", "QUERY", "PUT"),
			Status: []httpstatus.Code{200, 200, 200, 404, 302, 206, 103, 429, 599, 0}[d.draw(10)],
			Shared: d.draw(2) == 1, Received: d.moment(), Requested: d.moment(),
			Request: fields{"Foo": d.values(), "Bar": d.values()},
			Response: fields{
				"Cache-Control": d.directives("max-age=", "s-maxage=", "no-cache", `no-cache="foo"`, `no-cache="x, y"`, "must-revalidate",
					"proxy-revalidate", "public", "private", "no-store", "must-understand", "stale-while-revalidate=", "stale-if-error=",
					"ext=", `ext="no-store"`),
				"Date": d.dates(), "Expires": d.dates(), "Last-Modified": d.dates(), "Age": d.values(), "X": d.values(),
				"Vary": {d.pick("", "Foo", "foo, BAR", "Foo,Baz", "*", ", ,")}, "Content-Location": {"/"},
			},
		}
		if d.draw(2) == 1 {
			s.Targets = []string{"Example-Cache-Control", "CDN-Cache-Control"}
			s.Response["Example-Cache-Control"], s.Response["CDN-Cache-Control"] = d.targeted(), d.targeted()
		}
		if d.draw(4) == 1 {
			s.Request["Authorization"] = []string{"Basic eDp5"}
		}
		request := fields{
			"Foo": d.values(), "Bar": d.values(),
			"Cache-Control": d.directives("max-age=", "min-fresh=", "max-stale=", "max-stale", "no-cache", "no-store", "stale-if-error=", "only-if-cached"),
		}
		agree(t, s, d.pick("GET", "", "HEAD", "QUERY", "POST"), request, d.moment())
	})
}

// Whatever a response and a request say, in whatever form:
//
//   - what must-revalidate, no-cache, or a differing Vary forbids is not used;
//   - nothing with a status code that may not be stored is used, and no 1xx;
//   - neither age nor lifetime is negative or above 2^31 seconds;
//   - what is called fresh has some of its lifetime left, and what is called
//     stale has not;
//   - only stored validators, and no line break, go into a conditional request.
func FuzzReuse(f *testing.F) {
	f.Add(200, "max-age=60, must-revalidate", "12", "Foo", `"a"`, "max-stale", int64(0), int64(30))
	f.Add(103, `max-age="60", ext="x`, "-1", "*", "a", "min-fresh=9999999999999999", int64(-1<<40), int64(1<<40))
	f.Add(206, "public", "1,2", "foo, ,bar", "W/\"\r\n\"", "", int64(1<<62), int64(-1<<62))
	f.Fuzz(func(t *testing.T, status int, directives, age, vary, tag, asked string, received, now int64) {
		s := caching.Stored{
			Status: httpstatus.Code(status), Received: time.Unix(received, 0), Requested: time.Unix(now, 0),
			Request:  fields{"Foo": {age}},
			Response: fields{"Cache-Control": {directives}, "Age": {age}, "Vary": {vary}, "Etag": {tag}, "Last-Modified": {age}, "Date": {date(0)}},
		}
		request := fields{"Foo": {age}, "Cache-Control": {asked}}
		reuse := func(response fields) caching.Reuse {
			x := s
			x.Response = maps(s.Response, response)
			return x.Reuse("GET", request, time.Unix(now, 0))
		}
		r := s.Reuse("GET", request, time.Unix(now, 0))
		if status != 0 {
			assert.Equal(t, s.Age(time.Unix(now, 0)), r.Age)
		}
		for _, d := range []time.Duration{r.Age, r.Lifetime} {
			assert.True(t, 0 <= d && d <= 1<<31*time.Second, "%v", d)
		}
		switch r.Use {
		case caching.Fresh:
			assert.Less(t, r.Age, r.Lifetime)
			assert.Nil(t, r.Conditional)
		case caching.Stale:
			assert.GreaterOrEqual(t, r.Age, r.Lifetime)
		}
		if httpstatus.Code(status).ForbidsStorage() || status < 200 || status > 599 {
			assert.Equal(t, caching.Miss, r.Use)
			assert.False(t, s.OnError(503, true, time.Unix(now, 0)))
		}
		for name, lines := range r.Conditional {
			assert.Len(t, lines, 1)
			assert.Equal(t, map[string]string{"If-None-Match": tag, "If-Modified-Since": age}[name], lines[0])
			assert.NotContains(t, lines[0], "\n")
		}
		for _, line := range []string{"must-revalidate", "no-cache"} {
			strict := reuse(fields{"Cache-Control": {directives, line}})
			assert.NotEqual(t, caching.Stale, strict.Use, "%s forbids it", line)
			assert.False(t, line == "no-cache" && strict.Use == caching.Fresh, "no-cache forbids it")
		}
		s.Request = fields{"Foo": {age}, "X-Differs": {"1"}}
		assert.Equal(t, caching.Miss, reuse(fields{"Vary": {vary, "X-Differs"}}).Use)
		assert.Equal(t, caching.Miss, reuse(fields{"Vary": {"*", vary}}).Use)
	})
}

// Whatever a targeted field says: if it is malformed or empty, all is as if it
// were not there; if not, nothing that Cache-Control or Expires says changes
// anything (RFC 9213, Section 2.2).
func FuzzTargets(f *testing.F) {
	for _, line := range []string{"max-age=60", "", "max-age", `no-cache="x", private`, "max-age=60,", "no-store=?0", "max-age=(1 2)", "a=1;b", "Max-Age=1"} {
		f.Add(line, "max-age=5, public")
	}
	f.Fuzz(func(t *testing.T, targeted, directives string) {
		reuse := func(response fields, targets ...string) caching.Reuse {
			s := stored(200, response)
			s.Shared, s.Targets = true, targets
			r := s.Reuse("GET", nil, at(1))
			d := caching.Storage{Status: 200, Response: response, Shared: true, Targets: targets}.Decide()
			assert.Equal(t, d.Store, r.Use != caching.Miss, "%v, %v", d.Reason, r.Reason)
			return r
		}
		plain := cc(directives)
		both := maps(plain, fields{"CDN-Cache-Control": {targeted}, "Expires": {date(30)}})
		alone := fields{"CDN-Cache-Control": {targeted}}
		if d, ok := field.ParseDictionary([]string{targeted}); ok && len(slices.Collect(d.All())) > 0 {
			assert.Equal(t, reuse(alone, "CDN-Cache-Control"), reuse(both, "CDN-Cache-Control"))
		} else {
			assert.Equal(t, reuse(maps(plain, fields{"Expires": {date(30)}})), reuse(both, "CDN-Cache-Control"))
		}
		assert.Equal(t, reuse(plain), reuse(maps(plain, alone)), "a cache that does not obey it")
	})
}
