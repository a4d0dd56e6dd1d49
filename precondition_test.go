package httpstatus_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/race"
	"example.com/httpstatus/internal/reference"
)

// The moment of RFC 9110's own examples, with a fraction that no field can carry.
var lastModified = time.Date(1994, 10, 29, 19, 43, 31, 999_999_999, time.UTC)

// The forms that a list of entity tags comes in, each as the lines of a field.
var tagLists = [][]string{
	nil, // absent
	{},  // a name without lines is absent too
	{""},
	{`"a"`},
	{`W/"a"`},
	{`"b"`},
	{`"b", "a"`},
	{`"b","a" , W/"c"`},
	{`"b"`, `"a"`},
	{`,, "a",`},
	{"\t\"a\" "},
	{`*`},
	{` * `},
	{`*`, `*`},
	{`*, "a"`},
	{`"a", *`},
	{`"a,b"`},
	{`""`},
	{`a`},
	{`"a" "b"`},
	{`"a`},
	{`"a", b`},
	{`w/"a"`},
	{`W/ "a"`},
	{`"a b", "a"`},
	{"\"\x80\""},
	{"\"\x7f\", \"a\""},
	{`"a"x`},
	{`W/`},
}

var currentTags = []string{"", `"a"`, `W/"a"`, `"a,b"`, `""`, `W/""`, "a", `"a`, `"a b"`, "\"\x80\"", `W/`}

var conditionDates = [][]string{
	nil,
	{"Sat, 29 Oct 1994 19:43:31 GMT"},  // the second of the modification
	{"Sat, 29 Oct 1994 19:43:30 GMT"},  // earlier
	{" Sat, 29 Oct 1994 19:43:32 GMT"}, // later
	{"Saturday, 29-Oct-94 19:43:31 GMT"},
	{"Sat Oct 29 19:43:30 1994"},
	{"Sat, 29 Oct 1994 19:43:31 GMT", "Sat, 29 Oct 1994 19:43:31 GMT"}, // two members
	{"Sat, 29 Oct 1994 19:43:31 UTC"},
	{"1994-10-29T19:43:31Z"},
	{""},
}

var conditionMethods = []string{"", "GET", "HEAD", "QUERY", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "BREW"}

// Every method with every state of the target, and every combination of the forms
// in which two of the fields come, against the slow reading of RFC 9110.
func TestPreconditionAgainstReference(t *testing.T) {
	tried := 0
	check := func(p httpstatus.Precondition) {
		if tried++; race.Enabled && tried%13 != 0 {
			return // the race detector takes its time, and nothing is shared
		}
		status, field := reference.Precondition(reference.Condition{
			Method: p.Method, Request: p.Request, Absent: p.Absent, ETag: p.ETag, Modified: p.Modified, Required: p.Required,
		})
		got := p.Decide()
		if int(got.Status) != status || got.Reason.Field() != field || got.Reason.String() == "" {
			require.Fail(t, "decision differs", "%q: got %d for %q, want %d for %q", fmt.Sprint(p), got.Status, got.Reason.Field(), status, field)
		}
	}
	states := func(request map[string][]string, each func(p httpstatus.Precondition)) {
		for _, method := range conditionMethods {
			for _, modified := range []time.Time{{}, lastModified} {
				for flags := range 4 {
					each(httpstatus.Precondition{
						Method: method, Request: request, Modified: modified, Absent: flags&1 != 0, Required: flags&2 != 0,
					})
				}
			}
		}
	}
	lists := func(name string, other string, others [][]string) {
		for _, lines := range tagLists {
			for _, date := range others {
				states(map[string][]string{name: lines, other: date}, func(p httpstatus.Precondition) {
					for _, p.ETag = range currentTags {
						check(p)
					}
				})
			}
		}
	}
	t.Run("If-Match and If-None-Match", func(t *testing.T) { lists("If-Match", "If-None-Match", tagLists) })
	t.Run("If-Match and If-Unmodified-Since", func(t *testing.T) { lists("If-Match", "If-Unmodified-Since", conditionDates) })
	t.Run("If-None-Match and If-Modified-Since", func(t *testing.T) { lists("If-None-Match", "If-Modified-Since", conditionDates) })
	t.Run("If-None-Match and If-Unmodified-Since", func(t *testing.T) { lists("If-None-Match", "If-Unmodified-Since", conditionDates) })
	t.Run("dates", func(t *testing.T) {
		for _, since := range conditionDates {
			for _, unmodified := range conditionDates {
				states(map[string][]string{"If-Modified-Since": since, "If-Unmodified-Since": unmodified}, check)
			}
		}
	})
}

func TestPrecondition(t *testing.T) {
	const date = "Sat, 29 Oct 1994 19:43:31 GMT"
	for _, test := range []struct {
		name   string
		p      httpstatus.Precondition
		status httpstatus.Code
		reason httpstatus.PreconditionReason
	}{
		{"nothing known, nothing asked", httpstatus.Precondition{}, 0, httpstatus.PreconditionNone},
		{"a lost update", httpstatus.Precondition{Method: "PUT", ETag: `"v8"`, Request: http.Header{"If-Match": {`"v7"`}}},
			412, httpstatus.PreconditionIfMatch},
		{"an update of what was seen", httpstatus.Precondition{Method: "PUT", ETag: `"v7"`, Request: http.Header{"If-Match": {`"v7"`}}, Required: true},
			0, httpstatus.PreconditionMet},
		{"a tag that a compressing proxy made weak", httpstatus.Precondition{Method: "PUT", ETag: `"v7"`, Request: http.Header{"If-Match": {`W/"v7"`}}},
			412, httpstatus.PreconditionIfMatchWeak},
		{"a current tag that is weak", httpstatus.Precondition{Method: "PUT", ETag: `W/"v7"`, Request: http.Header{"If-Match": {`W/"v7"`, `"v7"`}}},
			412, httpstatus.PreconditionIfMatchWeak},
		{"a tag without quotes", httpstatus.Precondition{Method: "PUT", ETag: `"v7"`, Request: http.Header{"If-Match": {`v7`}}},
			412, httpstatus.PreconditionIfMatchMalformed},
		{"If-Match for what is gone", httpstatus.Precondition{Method: "DELETE", Absent: true, ETag: `"v7"`, Request: http.Header{"If-Match": {"*"}}},
			412, httpstatus.PreconditionIfMatchAbsent},
		{"If-Match fails in a GET too", httpstatus.Precondition{ETag: `"v8"`, Request: http.Header{"If-Match": {`"v7"`}}},
			412, httpstatus.PreconditionIfMatch},
		{"a cache asks again", httpstatus.Precondition{ETag: `W/"v7"`, Request: http.Header{"If-None-Match": {`"v6", "v7"`}}},
			304, httpstatus.PreconditionIfNoneMatch},
		{"a query is asked again (RFC 10008)", httpstatus.Precondition{Method: "QUERY", ETag: `"v7"`, Request: http.Header{"If-None-Match": {`"v7"`}}},
			304, httpstatus.PreconditionIfNoneMatch},
		{"so is another method that changes nothing", httpstatus.Precondition{Method: "PROPFIND", ETag: `"v7"`, Request: http.Header{"If-None-Match": {`"v7"`}}},
			304, httpstatus.PreconditionIfNoneMatch},
		{"but not one that may", httpstatus.Precondition{Method: "POST", ETag: `"v7"`, Request: http.Header{"If-None-Match": {`"v7"`}}},
			412, httpstatus.PreconditionIfNoneMatch},
		{"create, if it is not there", httpstatus.Precondition{Method: "PUT", Absent: true, Request: http.Header{"If-None-Match": {"*"}}, Required: true},
			0, httpstatus.PreconditionMet},
		{"create, but it is there", httpstatus.Precondition{Method: "PUT", ETag: `"v7"`, Request: http.Header{"If-None-Match": {"*"}}},
			412, httpstatus.PreconditionIfNoneMatchAny},
		{"it is there, and has neither tag nor date", httpstatus.Precondition{Request: http.Header{"If-None-Match": {"*"}}},
			304, httpstatus.PreconditionIfNoneMatchAny},
		{"a tag says changed, a date not: the tag counts", httpstatus.Precondition{ETag: `"v8"`, Modified: lastModified,
			Request: http.Header{"If-None-Match": {`"v7"`}, "If-Modified-Since": {date}}}, 0, httpstatus.PreconditionMet},
		{"a tag that cannot be read hides the date as well", httpstatus.Precondition{ETag: `"v7"`, Modified: lastModified,
			Request: http.Header{"If-None-Match": {`v7`}, "If-Modified-Since": {date}}}, 0, httpstatus.PreconditionMet},
		{"If-Match holds, and then the cache has it", httpstatus.Precondition{ETag: `"v7"`,
			Request: http.Header{"If-Match": {`"v7"`}, "If-None-Match": {`"v7"`}}}, 304, httpstatus.PreconditionIfNoneMatch},
		{"modified within the second that the field names", httpstatus.Precondition{Modified: lastModified, Request: http.Header{"If-Modified-Since": {date}}},
			304, httpstatus.PreconditionIfModifiedSince},
		{"If-Modified-Since is not for POST", httpstatus.Precondition{Method: "POST", Modified: lastModified,
			Request: http.Header{"If-Modified-Since": {date}}},
			0, httpstatus.PreconditionNone},
		{"1970 is a date like any other", httpstatus.Precondition{Modified: time.Unix(0, 0), Request: http.Header{"If-Modified-Since": {date}}},
			304, httpstatus.PreconditionIfModifiedSince},
		{"modified since", httpstatus.Precondition{Method: "PATCH", Modified: lastModified.Add(time.Second),
			Request: http.Header{"If-Unmodified-Since": {date}}},
			412, httpstatus.PreconditionIfUnmodifiedSince},
		{"a write that protects nothing", httpstatus.Precondition{Method: "PUT", ETag: `"v7"`, Required: true},
			428, httpstatus.PreconditionMissing},
		{"a condition that does not count is none", httpstatus.Precondition{Method: "PUT", ETag: `"v7"`, Required: true,
			Request: http.Header{"If-Unmodified-Since": {date}}}, 428, httpstatus.PreconditionMissing},
		{"nor is a date that is none", httpstatus.Precondition{Method: "PUT", Modified: lastModified, Required: true,
			Request: http.Header{"If-Unmodified-Since": {"yesterday"}}}, 428, httpstatus.PreconditionMissing},
		{"nor does another version's absence protect this one", httpstatus.Precondition{Method: "PUT", ETag: `"v7"`, Required: true,
			Request: http.Header{"If-None-Match": {`"v6"`}}}, 428, httpstatus.PreconditionMissing},
		{"reading needs no condition", httpstatus.Precondition{ETag: `"v7"`, Required: true}, 0, httpstatus.PreconditionNone},
		{"a method that the registry does not know may change the target", httpstatus.Precondition{Method: "BREW", ETag: `"v7"`, Required: true},
			428, httpstatus.PreconditionMissing},
		{"OPTIONS has no conditions", httpstatus.Precondition{Method: "OPTIONS", Required: true, Request: http.Header{"If-Match": {`"v7"`}}},
			0, httpstatus.PreconditionIgnored},
		{"names in lower case", httpstatus.Precondition{ETag: `"v7"`, Request: map[string][]string{"if-none-match": {`"v7"`}}},
			304, httpstatus.PreconditionIfNoneMatch},
		{"a name in two spellings is one field", httpstatus.Precondition{ETag: `"v7"`,
			Request: map[string][]string{"if-none-match": {`"v7"`}, "If-None-Match": {`"v6"`}}}, 304, httpstatus.PreconditionIfNoneMatch},
		{"names of the same length are other fields", httpstatus.Precondition{ETag: `"v7"`,
			Request: map[string][]string{"Location": {`"v7"`}, "Accept-Ranges": {`"v7"`}}}, 0, httpstatus.PreconditionNone},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := test.p.Decide()
			assert.Equal(t, httpstatus.PreconditionDecision{Status: test.status, Reason: test.reason}, got, "%v", got.Reason)
		})
	}
}

// The table of RFC 9110, Section 8.8.3.2.
func TestPreconditionComparison(t *testing.T) {
	for _, test := range []struct {
		listed, current string
		strong, weak    bool
	}{
		{`W/"1"`, `W/"1"`, false, true},
		{`W/"1"`, `W/"2"`, false, false},
		{`W/"1"`, `"1"`, false, true},
		{`"1"`, `"1"`, true, true},
	} {
		t.Run(test.listed+" and "+test.current, func(t *testing.T) {
			strong := httpstatus.Precondition{ETag: test.current, Request: http.Header{"If-Match": {test.listed}}}.Decide()
			assert.Equal(t, test.strong, strong.Status == 0)
			weak := httpstatus.Precondition{ETag: test.current, Request: http.Header{"If-None-Match": {test.listed}}}.Decide()
			assert.Equal(t, test.weak, weak.Status == 304)
		})
	}
}

// A list that is as long as a server lets a header be costs one pass over it.
func TestPreconditionLongList(t *testing.T) {
	list := strings.Repeat(`W/"x", ,`, 100_000)
	p := httpstatus.Precondition{ETag: `"y"`, Request: http.Header{"If-None-Match": {list + `"y"`}}}
	assert.Equal(t, httpstatus.NotModified, p.Decide().Status)
}

func TestPreconditionAllocations(t *testing.T) {
	for _, request := range []http.Header{
		{},
		{"If-None-Match": {`"v7"`}, "Accept": {"*/*"}, "User-Agent": {"x"}},
		{"If-Match": {`"v6", W/"v7"`, `"v7"`}},
		{"If-Modified-Since": {"Sat, 29 Oct 1994 19:43:31 GMT"}},
		{"If-Unmodified-Since": {"Saturday, 29-Oct-94 19:43:31 GMT"}},
	} {
		p := httpstatus.Precondition{Method: "PUT", Request: request, ETag: `"v7"`, Modified: lastModified, Required: true}
		assert.Zero(t, testing.AllocsPerRun(10, func() { sinkString = p.Decide().Reason.String() }), "%v", request)
	}
}

// Each reason names its rule, and its text the field that decided.
func TestPreconditionReason(t *testing.T) {
	for r := httpstatus.PreconditionNone; r <= httpstatus.PreconditionMissing; r++ {
		assert.Regexp(t, `^RFC \d+, Section \d`, r.Reference(), "%v", r)
		if f := r.Field(); f != "" && r != httpstatus.PreconditionMissing {
			assert.Contains(t, r.String(), f, "%v", r)
		}
	}
	for _, r := range []httpstatus.PreconditionReason{0, httpstatus.PreconditionMissing + 1, 255} {
		assert.Empty(t, r.Field())
		assert.Empty(t, r.Reference())
	}
}

// FuzzPrecondition holds that a 304 comes of a tag that is listed, that what
// changes the target is carried out only if a listed strong tag is the current
// one, and that the oracle says the same of everything.
func FuzzPrecondition(f *testing.F) {
	for _, lines := range tagLists {
		f.Add(uint8(0), strings.Join(lines, ","), `"a"`, "", uint8(1))
		f.Add(uint8(4), `"b"`, `"a"`, strings.Join(lines, "\n"), uint8(2))
	}
	f.Add(uint8(5), "Sat, 29 Oct 1994 19:43:31 GMT", `W/"a"`, `*`, uint8(12))
	names := []string{"If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"}
	f.Fuzz(func(t *testing.T, method uint8, first, etag, second string, flags uint8) {
		request := map[string][]string{names[flags&3]: strings.Split(first, "\n")}
		request[names[flags>>2&3]] = append(request[names[flags>>2&3]], strings.Split(second, "\n")...)
		p := httpstatus.Precondition{
			Method: conditionMethods[int(method)%len(conditionMethods)], Request: request, ETag: etag,
			Modified: lastModified, Absent: flags&16 != 0, Required: flags&32 != 0,
		}
		got := p.Decide()
		all := strings.Join(request["If-None-Match"], ",")
		if got.Reason == httpstatus.PreconditionIfNoneMatch {
			assert.Contains(t, all, strings.TrimPrefix(etag, "W/"))
		}
		if lines := request["If-Match"]; len(lines) > 0 && got.Status == 0 && got.Reason != httpstatus.PreconditionIgnored {
			list := strings.Join(lines, ",")
			assert.True(t, strings.Contains(list, etag) && strings.HasPrefix(etag, `"`) || strings.Contains(list, "*"), "%q of %q", list, etag)
		}
		if strings.Contains(first+second, "-") || strings.Contains(first+second, ":60") {
			return // the oracle knows no leap second, and counts years of two digits from another time
		}
		status, field := reference.Precondition(reference.Condition{
			Method: p.Method, Request: request, Absent: p.Absent, ETag: etag, Modified: p.Modified, Required: p.Required,
		})
		assert.Equal(t, status, int(got.Status), "%q", fmt.Sprint(p))
		assert.Equal(t, field, got.Reason.Field(), "%q", fmt.Sprint(p))
	})
}
