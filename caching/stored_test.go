package caching_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus/caching"
)

func TestAge(t *testing.T) {
	for _, tt := range []struct {
		why  string
		s    caching.Stored
		now  int64
		want time.Duration
	}{
		{"nothing but the time since it came", caching.Stored{Received: at(0)}, 30, 30 * time.Second},
		{"Age is added", caching.Stored{Received: at(0), Response: fields{"Age": {"20"}}}, 30, 50 * time.Second},
		{
			"and the time of the exchange, which Age cannot know",
			caching.Stored{Requested: at(-5), Received: at(0), Response: fields{"Age": {"20"}}}, 30, 55 * time.Second,
		},
		{
			"Date says that it is older",
			caching.Stored{Requested: at(-5), Received: at(0), Response: fields{"Age": {"20"}, "Date": {date(-60)}}}, 30, 90 * time.Second,
		},
		{"Date of a clock that is fast", caching.Stored{Received: at(0), Response: fields{"Date": {date(60)}}}, 30, 30 * time.Second},
		{"of a list the first member (RFC 9111, Section 5.1)", caching.Stored{Received: at(0), Response: fields{"Age": {"0, 7200"}}}, 0, 0},
		{"of several lines the first", caching.Stored{Received: at(0), Response: fields{"Age": {"7200", "0"}}}, 0, 2 * time.Hour},
		{"an empty line is no member", caching.Stored{Received: at(0), Response: fields{"Age": {"", "7"}}}, 0, 7 * time.Second},
		{
			"a first member that is none is ignored, and the next is not taken for it",
			caching.Stored{Received: at(0), Response: fields{"Age": {"old, 7"}}}, 0, 0,
		},
		{"so is a negative one", caching.Stored{Received: at(0), Response: fields{"Age": {"-7"}}}, 0, 0},
		{"too large for any number", caching.Stored{Received: at(0), Response: fields{"Age": {"999999999999999999999"}}}, 60, 1 << 31 * time.Second},
		{"a clock that was set back", caching.Stored{Received: at(0)}, -30, 0},
		{"a request after its response", caching.Stored{Requested: at(60), Received: at(0)}, 30, 30 * time.Second},
		{"two spellings: the older", caching.Stored{Received: at(0), Response: fields{"age": {"5"}, "Age": {"7"}}}, 0, 7 * time.Second},
		{"without a time of receipt it is as old as can be", caching.Stored{}, 0, 1 << 31 * time.Second},
	} {
		t.Run(tt.why, func(t *testing.T) { assert.Equal(t, tt.want, tt.s.Age(at(tt.now))) })
	}
	half := noon.Add(500 * time.Millisecond)
	s := caching.Stored{Received: half, Response: fields{"Date": {date(0)}}}
	assert.Zero(t, s.Age(half), "a date has whole seconds, so it may have been sent in the same instant")
	assert.Equal(t, 250*time.Millisecond, s.Age(half.Add(250*time.Millisecond)))
}

func TestLifetime(t *testing.T) {
	const never, guess, told = 0, true, false
	for _, tt := range []struct {
		why       string
		shared    bool
		status    int
		response  fields
		want      time.Duration
		heuristic bool
	}{
		{"max-age", false, 302, cc("max-age=60"), time.Minute, told},
		{"quoted", false, 200, cc(`max-age="60"`), time.Minute, told},
		{"leading zeros", false, 200, cc("max-age=0060"), time.Minute, told},
		{"in any case", false, 200, cc("MAX-Age=60"), time.Minute, told},
		{"not a number is in the past (RFC 9111, Section 4.2.1)", false, 200, cc("max-age=soon"), never, told},
		{"nor is a fraction", false, 200, cc("max-age=60.0"), never, told},
		{"nor anything behind a space", false, 200, cc("max-age= 60"), never, told},
		{"nor nothing", false, 200, cc("max-age"), never, told},
		{"too large is 2147483648 (RFC 9111, Section 1.2.2)", false, 200, cc("max-age=99999999999"), 1 << 31 * time.Second, told},
		{"two that differ are in the past (RFC 9111, Section 4.2.1)", false, 200, cc("max-age=60, max-age=30"), never, told},
		{"in whichever order", false, 200, cc("max-age=30", "max-age=60"), never, told},
		{"two that are the same are one", false, 200, cc("max-age=60", "max-age=060"), time.Minute, told},
		{"one of two cannot be read", false, 200, cc("max-age=60, max-age=x"), never, told},
		{"a number in a string of an extension is none", false, 200, cc(`ext="max-age=3600", max-age=1`), time.Second, told},
		{"s-maxage in a shared cache", true, 200, cc("max-age=60, s-maxage=30"), 30 * time.Second, told},
		{"even if it is longer", true, 200, cc("max-age=60, s-maxage=90"), 90 * time.Second, told},
		{"even if it cannot be read", true, 200, cc("max-age=60, s-maxage=x"), never, told},
		{"but not in a private one", false, 200, cc("max-age=60, s-maxage=30"), time.Minute, told},
		{"max-age goes before Expires", false, 200, fields{"Cache-Control": {"max-age=60"}, "Expires": {date(-60)}}, time.Minute, told},
		{"Expires minus Date", false, 200, fields{"Expires": {date(60)}, "Date": {date(-60)}}, 2 * time.Minute, told},
		{"Expires alone counts from the receipt", false, 200, fields{"Expires": {date(60)}}, time.Minute, told},
		{"so it does with a Date that is none", false, 200, fields{"Expires": {date(60)}, "Date": {"foo"}}, time.Minute, told},
		{"Expires: 0 (RFC 9111, Section 5.3)", false, 200, fields{"Expires": {"0"}}, never, told},
		{"Expires in UTC", false, 200, fields{"Expires": {"Thu, 26 Nov 2026 12:01:00 UTC"}}, never, told},
		{"Expires in the wrong case (RFC 9111, Section 4.2)", false, 200, fields{"Expires": {"tHU, 26 NOV 2026 12:01:00 gmt"}}, time.Minute, told},
		{"Expires as RFC 850 wrote it, in the wrong case", false, 200, fields{"Expires": {"THURSDAY, 26-nov-26 12:01:00 Gmt"}}, time.Minute, told},
		{"Expires as asctime wrote it, in the wrong case", false, 200, fields{"Expires": {"thu nov 26 12:01:00 2026"}}, time.Minute, told},
		{"two Expires that differ", false, 200, fields{"Expires": {date(60), date(30)}}, never, told},
		{"two that are the same", false, 200, fields{"Expires": {date(60), date(60)}, "expires": {date(60)}}, time.Minute, told},
		{"spelled in two ways, and so one list", false, 200, fields{"cache-control": {"public"}, "Cache-Control": {"max-age=60"}}, time.Minute, told},
		{"in the year 9999", false, 200, fields{"Expires": {"Fri, 31 Dec 9999 23:59:59 GMT"}}, 1 << 31 * time.Second, told},
		{"a tenth of what Last-Modified says", false, 200, fields{"Last-Modified": {date(-600)}, "Date": {date(0)}}, time.Minute, guess},
		{"at most a day", false, 200, fields{"Last-Modified": {date(-1e8)}}, 24 * time.Hour, guess},
		{"not from a date that is none", false, 200, fields{"Last-Modified": {"x"}}, never, guess},
		{"nor from one to come", false, 200, fields{"Last-Modified": {date(60)}}, never, guess},
		{"of two the shorter", false, 200, fields{"Last-Modified": {date(60), date(-600)}}, never, guess},
		{"free to guess, but nothing to go by", false, 200, nil, never, guess},
		{"302 is not heuristically cacheable", false, 302, fields{"Last-Modified": {date(-600)}}, never, told},
		{"unless it is public", false, 302, fields{"Cache-Control": {"public"}, "Last-Modified": {date(-600)}}, time.Minute, guess},
	} {
		t.Run(tt.why, func(t *testing.T) {
			s := stored(tt.status, tt.response)
			s.Shared = tt.shared
			d, heuristic := s.Lifetime()
			assert.Equal(t, tt.want, d)
			assert.Equal(t, tt.heuristic, heuristic)
		})
	}
}

// Targeted fields: RFC 9213. The last column is the lifetime, or -1 where the
// response may not be stored.
func TestTargets(t *testing.T) {
	targets := []string{"Example-Cache-Control", "CDN-Cache-Control"}
	for _, tt := range []struct {
		why      string
		response fields
		want     time.Duration
	}{
		{"it takes the place of Cache-Control", fields{"CDN-Cache-Control": {"max-age=60"}, "Cache-Control": {"max-age=1"}}, time.Minute},
		{"even where that forbids", fields{"CDN-Cache-Control": {"max-age=60"}, "Cache-Control": {"no-store"}}, time.Minute},
		{"and of Expires", fields{"CDN-Cache-Control": {"max-age=60"}, "Expires": {"0"}}, time.Minute},
		{"it may forbid", fields{"CDN-Cache-Control": {"no-store"}, "Cache-Control": {"max-age=60"}}, -1},
		{"and be private", fields{"CDN-Cache-Control": {"private"}, "Cache-Control": {"max-age=60"}}, -1},
		{"names in any case", fields{"cdn-cache-control": {"max-age=60"}}, time.Minute},
		{"the first target counts", fields{"CDN-Cache-Control": {"max-age=60"}, "Example-Cache-Control": {"max-age=30"}}, 30 * time.Second},
		{"if it is valid", fields{"CDN-Cache-Control": {"max-age=60"}, "Example-Cache-Control": {"max-age=30,"}}, time.Minute},
		{"and not empty", fields{"CDN-Cache-Control": {"max-age=60"}, "Example-Cache-Control": {" "}}, time.Minute},
		{"one that is malformed anywhere is ignored", fields{"CDN-Cache-Control": {"max-age=60, &&&"}, "Cache-Control": {"no-store"}}, -1},
		{"keys of a Dictionary are in lower case", fields{"CDN-Cache-Control": {"Max-Age=60"}, "Cache-Control": {"max-age=30"}}, 30 * time.Second},
		{"a space is malformed", fields{"CDN-Cache-Control": {"max-age =60"}, "Cache-Control": {"max-age=30"}}, 30 * time.Second},
		{"unknown directives are ignored", fields{"CDN-Cache-Control": {"foobar, max-age=60"}, "Cache-Control": {"max-age=30"}}, time.Minute},
		{"and so are parameters", fields{"CDN-Cache-Control": {"max-age=60;a=b"}}, time.Minute},
		{"a String is no number of seconds", fields{"CDN-Cache-Control": {`max-age="60"`}, "Cache-Control": {"max-age=30"}}, 0},
		{"nor is a Decimal", fields{"CDN-Cache-Control": {"max-age=60.0"}}, 0},
		{"nor a negative one", fields{"CDN-Cache-Control": {"max-age=-60"}}, 0},
		{"nor a list", fields{"CDN-Cache-Control": {"max-age=(60)"}}, 0},
		{"of two the last counts, as in any Dictionary", fields{"CDN-Cache-Control": {"max-age=30, max-age=60"}}, time.Minute},
		{"also over lines", fields{"CDN-Cache-Control": {"max-age=30", "max-age=60"}}, time.Minute},
		{"what forbids counts with whatever value", fields{"CDN-Cache-Control": {"no-store=?0, max-age=60"}}, -1},
		{"s-maxage goes before max-age there too", fields{"CDN-Cache-Control": {"s-maxage=60, max-age=30"}}, time.Minute},
		{"another target's field is not obeyed", fields{"Other-Cache-Control": {"no-store"}, "Cache-Control": {"max-age=60"}}, time.Minute},
		{
			"a field that says nothing lets Cache-Control say nothing",
			fields{"CDN-Cache-Control": {"none"}, "Cache-Control": {"no-store, max-age=60"}}, 0,
		},
	} {
		t.Run(tt.why, func(t *testing.T) {
			s := stored(200, tt.response)
			s.Shared, s.Targets = true, targets
			may := caching.Storage{Status: 200, Response: tt.response, Shared: true, Targets: targets}.Decide()
			r := s.Reuse("GET", nil, at(0))
			assert.Equal(t, tt.want != -1, may.Store, "%v", may.Reason)
			assert.Equal(t, tt.want != -1, r.Use != caching.Miss, "%v", r.Reason)
			if tt.want != -1 {
				assert.Equal(t, tt.want, r.Lifetime)
			}
		})
	}
	listed := caching.Storage{Shared: true, Targets: targets, Response: fields{
		"CDN-Cache-Control": {`no-cache="x-a, x-b", private="x-c"`}, "Cache-Control": {`private="x-d"`},
	}}
	var names []string
	for name := range listed.Withheld() {
		if name[0] == 'x' {
			names = append(names, name)
		}
	}
	assert.Equal(t, []string{"x-a", "x-b", "x-c"}, names, "the targeted field also says what is withheld")
}
