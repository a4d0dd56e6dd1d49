package httpstatus_test

import (
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
)

// checkRange holds the decision against the slow reading of RFC 9110, and against
// what must be true of every decision.
func checkRange(t *testing.T, r httpstatus.RangeRequest) httpstatus.RangeDecision {
	t.Helper()
	got := r.Decide()
	limit := r.MaxRanges
	if limit == 0 {
		limit = 50
	}
	status, parts, contentRange := reference.Range(reference.Part{
		Method: r.Method, Request: r.Request, ETag: r.ETag, Modified: r.Modified, Date: r.Date, Size: r.Size, MaxRanges: limit,
	})
	var ranges []httpstatus.ByteRange
	for _, p := range parts {
		ranges = append(ranges, httpstatus.ByteRange{First: p[0], Last: p[1]})
	}
	if int(got.Status) != status || got.ContentRange != contentRange || fmt.Sprint(got.Ranges) != fmt.Sprint(ranges) {
		require.Fail(t, "decision differs", "%q: got %v, want %d %v %q", fmt.Sprint(r), got, status, ranges, contentRange)
	}
	total := int64(0)
	for _, p := range got.Ranges {
		if p.First < 0 || p.Last < p.First || p.Last >= r.Size {
			require.Fail(t, "outside the representation", "%q: %v", fmt.Sprint(r), got)
		}
		total += p.Len()
	}
	if total > max(r.Size, 0) || got.Status == 206 && total == 0 || got.Reason == 0 {
		require.Fail(t, "more than there is, or nothing", "%q: %v", fmt.Sprint(r), got)
	}
	return got
}

// Every range and every pair of ranges of representations of 0 to 12 octets, and
// of the largest, against the slow reading of RFC 9110.
func TestRangeRequestAgainstReference(t *testing.T) {
	specs := func(size int64) (all []string) {
		for a := int64(0); a <= size+1; a++ {
			all = append(all, fmt.Sprintf("%d-", a), fmt.Sprintf("-%d", a))
			for b := int64(0); b <= size+1; b++ {
				all = append(all, fmt.Sprintf("%d-%d", a, b))
			}
		}
		return all
	}
	for size := range int64(13) {
		t.Run(fmt.Sprintf("%d octets", size), func(t *testing.T) {
			all := specs(size)
			for _, a := range all {
				checkRange(t, httpstatus.RangeRequest{Size: size, Request: map[string][]string{"Range": {"bytes=" + a}}})
				if size > 6 {
					continue // pairs of those say no more than pairs of smaller ones
				}
				for _, b := range all {
					checkRange(t, httpstatus.RangeRequest{Size: size, Request: map[string][]string{"Range": {"bytes=" + a + "," + b}}})
				}
			}
		})
	}
	t.Run("three ranges of 4 octets", func(t *testing.T) {
		all := specs(3)
		for _, a := range all {
			for _, b := range all {
				for _, c := range all {
					checkRange(t, httpstatus.RangeRequest{Size: 4, Request: map[string][]string{"Range": {"bytes=" + a + ", " + b + "," + c}}})
				}
			}
		}
	})
	t.Run("the edge of int64", func(t *testing.T) {
		numbers := []string{
			"", "0", "00", "1", "007", "9223372036854775805", "9223372036854775806", "9223372036854775807", "9223372036854775808",
			"18446744073709551615", "18446744073709551616", "99999999999999999999999999", "0099999999999999999999999998",
		}
		for _, size := range []int64{math.MinInt64, -1, 0, 1, math.MaxInt64 - 1, math.MaxInt64} {
			for _, a := range numbers {
				for _, b := range numbers {
					checkRange(t, httpstatus.RangeRequest{Size: size, Request: map[string][]string{"Range": {"bytes=" + a + "-" + b}}})
					checkRange(t, httpstatus.RangeRequest{Size: size, Request: map[string][]string{"Range": {"bytes=5-" + b + ",-" + a}}})
				}
			}
		}
	})
	t.Run("fields", func(t *testing.T) {
		ranges := [][]string{
			nil, {}, {""}, {"bytes=0-1"}, {"BYTES=0-1"}, {" bytes=0-1\t"}, {"bytes=0-1", "bytes=0-1"}, {"bytes=20-"}, {"bytes"}, {"bytes="},
			{"bytes=,"}, {"bytes= 0-0 , ,5-6, "}, {"bytes =0-1"}, {"=0-1"}, {"lines=0-1"}, {"bytes=0 -1"}, {"bytes=0- 1"}, {"bytes=0-1;"},
			{"bytes=--1"}, {"bytes=-"}, {"bytes=+1-2"}, {"bytes=0x1-2"}, {"bytes=1"}, {"bytes=0-1 2-3"}, {"bytes=0-1,x"}, {"bytes=0-1, 3-2"},
			{"bytes=0-0,2-2,4-4"}, {"bytes=٣-٤"},
		}
		ifRanges := [][]string{
			nil, {}, {""}, {`"a"`}, {` "a" `}, {`W/"a"`}, {`"b"`}, {`"a", "b"`}, {`"a"`, `"a"`}, {`*`}, {`a`},
			{"Sat, 29 Oct 1994 19:43:31 GMT"}, {"Saturday, 29-Oct-94 19:43:31 GMT"}, {"Sat Oct 29 19:43:31 1994"},
			{"Sat, 29 Oct 1994 19:43:30 GMT"}, {"Sat, 29 Oct 1994 19:43:32 GMT"}, {"1994-10-29"},
		}
		for _, method := range conditionMethods {
			for _, lines := range ranges {
				for _, ifRange := range ifRanges {
					for _, etag := range []string{"", `"a"`, `W/"a"`} {
						for _, modified := range []time.Time{{}, lastModified} {
							for _, date := range []time.Time{{}, lastModified, lastModified.Add(time.Second)} {
								r := httpstatus.RangeRequest{
									Method: method, ETag: etag, Modified: modified, Date: date, Size: 10, MaxRanges: 2,
									Request: map[string][]string{"Range": lines, "If-Range": ifRange},
								}
								checkRange(t, r)
							}
						}
					}
				}
			}
		}
	})
}

func TestRangeRequest(t *testing.T) {
	ask := func(value string) http.Header { return http.Header{"Range": {value}} }
	when := func(value, ifRange string) http.Header { return http.Header{"Range": {value}, "If-Range": {ifRange}} }
	const date = "Sat, 29 Oct 1994 19:43:31 GMT"
	for _, test := range []struct {
		name         string
		r            httpstatus.RangeRequest
		status       httpstatus.Code
		contentRange string
		reason       httpstatus.RangeReason
	}{
		{"no Range", httpstatus.RangeRequest{Size: 10}, 200, "", httpstatus.RangeNone},
		{"the first octets", httpstatus.RangeRequest{Size: 10, Request: ask("bytes=0-4")}, 206, "bytes 0-4/10", httpstatus.RangePart},
		{"the last octets", httpstatus.RangeRequest{Size: 10, Request: ask("bytes=-4")}, 206, "bytes 6-9/10", httpstatus.RangePart},
		{"all of it, but asked for as a part", httpstatus.RangeRequest{Size: 10, Request: ask("bytes=0-")}, 206, "bytes 0-9/10", httpstatus.RangePart},
		{"more than there is", httpstatus.RangeRequest{Size: 10, Request: ask("bytes=5-99999999999999999999")}, 206, "bytes 5-9/10", httpstatus.RangePart},
		{"past the end", httpstatus.RangeRequest{Size: 10, Request: ask("bytes=10-")}, 416, "bytes */10", httpstatus.RangeUnsatisfiable},
		{"the last none", httpstatus.RangeRequest{Size: 10, Request: ask("bytes=-0")}, 416, "bytes */10", httpstatus.RangeUnsatisfiable},
		{"past the end of nothing", httpstatus.RangeRequest{Request: ask("bytes=0-")}, 416, "bytes */0", httpstatus.RangeUnsatisfiable},
		{"the last of nothing", httpstatus.RangeRequest{Request: ask("bytes=-5")}, 200, "", httpstatus.RangeNoOctets},
		{"one lies in it", httpstatus.RangeRequest{Size: 10, Request: ask("bytes=20-, 3-3")}, 206, "bytes 3-3/10", httpstatus.RangePart},
		{"the second 500 (RFC 9110, Section 14.1.2)", httpstatus.RangeRequest{Size: 10000, Request: ask("bytes=500-700,601-999")}, 206,
			"bytes 500-999/10000", httpstatus.RangePart},
		{"the same, touching", httpstatus.RangeRequest{Size: 10000, Request: ask("bytes=500-600,601-999")}, 206, "bytes 500-999/10000", httpstatus.RangePart},
		{"several parts have no Content-Range in the header",
			httpstatus.RangeRequest{Size: 10000, Request: ask("bytes= 0-999, 4500-5499, -1000")}, 206, "", httpstatus.RangePart},
		{"backwards", httpstatus.RangeRequest{Size: 10, Request: ask("bytes=4-3")}, 200, "", httpstatus.RangeMalformed},
		{"another unit", httpstatus.RangeRequest{Size: 10, Request: ask("pages=1-2")}, 200, "", httpstatus.RangeUnit},
		{"HEAD has no parts", httpstatus.RangeRequest{Method: "HEAD", Size: 10, Request: ask("bytes=0-4")}, 200, "", httpstatus.RangeMethod},
		{"QUERY has (RFC 10008)", httpstatus.RangeRequest{Method: "QUERY", Size: 10, Request: ask("bytes=0-4")}, 206, "bytes 0-4/10", httpstatus.RangePart},
		{"too many", httpstatus.RangeRequest{Size: 10, MaxRanges: 1, Request: ask("bytes=0-4,0-4")}, 200, "", httpstatus.RangeTooMany},
		{"none is wanted", httpstatus.RangeRequest{Size: 10, MaxRanges: -1, Request: ask("bytes=0-4")}, 200, "", httpstatus.RangeTooMany},
		{"unsatisfiable ones count", httpstatus.RangeRequest{Size: 10, MaxRanges: 1, Request: ask("bytes=20-,30-")}, 200, "", httpstatus.RangeTooMany},
		{"still the same tag", httpstatus.RangeRequest{Size: 10, ETag: `"v7"`, Request: when("bytes=0-4", `"v7"`)}, 206, "bytes 0-4/10", httpstatus.RangePart},
		{"another tag", httpstatus.RangeRequest{Size: 10, ETag: `"v8"`, Request: when("bytes=0-4", `"v7"`)}, 200, "", httpstatus.RangeIfRangeTag},
		{"another tag, and past the end: no 416", httpstatus.RangeRequest{Size: 10, ETag: `"v8"`, Request: when("bytes=20-", `"v7"`)}, 200,
			"", httpstatus.RangeIfRangeTag},
		{"a weak tag", httpstatus.RangeRequest{Size: 10, ETag: `"v7"`, Request: when("bytes=0-4", `W/"v7"`)}, 200, "", httpstatus.RangeIfRangeWeak},
		{"a weak current tag", httpstatus.RangeRequest{Size: 10, ETag: `W/"v7"`, Request: when("bytes=0-4", `"v7"`)}, 200, "", httpstatus.RangeIfRangeWeak},
		{"a tag, and there is none", httpstatus.RangeRequest{Size: 10, Request: when("bytes=0-4", `"v7"`)}, 200, "", httpstatus.RangeIfRangeTag},
		{"the same date", httpstatus.RangeRequest{Size: 10, Modified: lastModified, Request: when("bytes=0-4", date)}, 206, "bytes 0-4/10",
			httpstatus.RangePart},
		{"a later date is another", httpstatus.RangeRequest{Size: 10, Modified: lastModified.Add(-time.Second), Request: when("bytes=0-4",
			date)}, 200, "", httpstatus.RangeIfRangeDate},
		{"a date, and there is none", httpstatus.RangeRequest{Size: 10, Request: when("bytes=0-4", date)}, 200, "", httpstatus.RangeIfRangeDate},
		{"a date of this second", httpstatus.RangeRequest{Size: 10, Modified: lastModified, Date: lastModified, Request: when("bytes=0-4",
			date)}, 200, "", httpstatus.RangeIfRangeWeak},
		{"neither tag nor date", httpstatus.RangeRequest{Size: 10, ETag: `"v7"`, Request: when("bytes=0-4", `v7`)}, 200, "", httpstatus.RangeIfRangeMalformed},
		{"If-Range alone", httpstatus.RangeRequest{Size: 10, ETag: `"v8"`, Request: http.Header{"If-Range": {`"v7"`}}}, 200, "", httpstatus.RangeNone},
		{"size not known", httpstatus.RangeRequest{Size: -1, Request: ask("bytes=0-4")}, 200, "", httpstatus.RangeUnknownSize},
		{"names in lower case", httpstatus.RangeRequest{Size: 10, Request: map[string][]string{"range": {"bytes=0-4"}}}, 206,
			"bytes 0-4/10", httpstatus.RangePart},
		{"a name in two spellings is two lines",
			httpstatus.RangeRequest{Size: 10, Request: map[string][]string{"range": {"bytes=0-4"}, "Range": {"bytes=0-4"}}},
			200, "", httpstatus.RangeMalformed},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := test.r.Decide()
			assert.Equal(t, test.status, got.Status, "%v", got.Reason)
			assert.Equal(t, test.contentRange, got.ContentRange)
			assert.Equal(t, test.reason, got.Reason, "%v", got.Reason)
		})
	}
}

// Parts keep the order in which they were asked for, and what is joined stands at
// the place of the first (RFC 9110, Section 15.3.7.2).
func TestRangeRequestOrder(t *testing.T) {
	d := httpstatus.RangeRequest{Size: 100, Request: http.Header{"Range": {"bytes=90-99, 0-9, 50-59, 5-20, -5"}}}.Decide()
	assert.Equal(t, []httpstatus.ByteRange{{First: 90, Last: 99}, {First: 0, Last: 20}, {First: 50, Last: 59}}, d.Ranges)
	assert.Equal(t, int64(10), d.Ranges[0].Len())
	assert.Equal(t, "bytes 90-99/100", d.Ranges[0].ContentRange(100))
}

// A thousand ranges of one octet are not served as a thousand parts, and cost no
// more than to count as many as are worth serving.
func TestRangeRequestMany(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "%d-%d,", 2*i, 2*i)
	}
	r := httpstatus.RangeRequest{Size: 1 << 20, Request: http.Header{"Range": {"bytes=" + b.String()}}}
	assert.Equal(t, httpstatus.RangeDecision{Status: 200, Reason: httpstatus.RangeTooMany}, r.Decide())
	assert.Less(t, testing.AllocsPerRun(10, func() { r.Decide() }), 10.0, "what has been read is what is kept")

	r.MaxRanges = 1000 // a caller who wants to
	assert.Len(t, r.Decide().Ranges, 1000)

	r.MaxRanges, r.Request = 0, http.Header{"Range": {"bytes=" + strings.Repeat("0-,", 50)}}
	assert.Equal(t, "bytes 0-1048575/1048576", r.Decide().ContentRange)
	r.Request = http.Header{"Range": {"bytes=" + strings.Repeat("0-,", 51)}}
	assert.Equal(t, httpstatus.RangeTooMany, r.Decide().Reason)
}

func TestRangeRequestAllocations(t *testing.T) {
	r := httpstatus.RangeRequest{Size: 10, Request: http.Header{"Accept": {"*/*"}, "User-Agent": {"x"}}}
	assert.Zero(t, testing.AllocsPerRun(10, func() { sinkString = r.Decide().Reason.String() }))
	r.Request = http.Header{"Range": {"bytes=0-4"}}
	assert.LessOrEqual(t, testing.AllocsPerRun(10, func() { sinkString = r.Decide().ContentRange }), 2.0, "the range and its text")
}

// Each reason names its rule, and its text the field that decided.
func TestRangeReason(t *testing.T) {
	for r := httpstatus.RangePart; r <= httpstatus.RangeUnknownSize; r++ {
		assert.Regexp(t, `^RFC \d+, Section \d`, r.Reference(), "%v", r)
		if f := r.Field(); f != "" && r != httpstatus.RangeNoOctets {
			assert.Contains(t, r.String(), f, "%v", r)
		}
	}
	for _, r := range []httpstatus.RangeReason{0, httpstatus.RangeUnknownSize + 1, 255} {
		assert.Empty(t, r.Field())
		assert.Empty(t, r.Reference())
	}
}

// FuzzRangeRequest holds that the parts lie in the representation and are no
// larger together than it is, that the same request is decided the same way when
// its parts are asked for again, and that the oracle says the same.
func FuzzRangeRequest(f *testing.F) {
	for _, value := range []string{"bytes=0-4", "bytes=-5,0-0", "bytes=9-,3-3, 4-5", "Bytes=,1-99999999999999999999", "x=1"} {
		f.Add(value, `"a"`, `"a"`, int64(10), 3)
	}
	f.Fuzz(func(t *testing.T, value, ifRange, etag string, size int64, limit int) {
		request := map[string][]string{"Range": {value}}
		if ifRange != "" && !strings.Contains(ifRange, ":") { // a date: the oracle's reader takes more than the grammar does
			request["If-Range"] = []string{ifRange}
		}
		r := httpstatus.RangeRequest{Request: request, ETag: etag, Size: size, MaxRanges: limit % 100}
		got := checkRange(t, r)
		if got.Status != 206 {
			return
		}
		var again []string
		for _, p := range got.Ranges {
			again = append(again, fmt.Sprintf("%d-%d", p.First, p.Last))
		}
		r.Request = map[string][]string{"Range": {"bytes=" + strings.Join(again, ",")}}
		assert.Equal(t, got.Ranges, r.Decide().Ranges)
	})
}
