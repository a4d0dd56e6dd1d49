package conform

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

var fixedTime = time.Date(1994, 11, 6, 8, 49, 37, 0, time.UTC)

type header = map[string][]string

func TestSeverity(t *testing.T) {
	for s := Info; s <= Error; s++ {
		parsed, err := ParseSeverity(s.String())
		require.NoError(t, err)
		assert.Equal(t, s, parsed)
	}
	assert.Equal(t, "info warning error", Info.String()+" "+Warning.String()+" "+Error.String())
	assert.Equal(t, "Severity(7)", Severity(7).String())
	_, err := ParseSeverity("Error")
	assert.EqualError(t, err, `conform: parsing severity "Error": not info, warning or error`)

	data, err := json.Marshal(Finding{Rule: "r", Severity: Warning})
	require.NoError(t, err)
	assert.JSONEq(t, `{"rule":"r","severity":"warning","message":"","reference":"","fix":""}`, string(data))
	var f Finding
	require.NoError(t, json.Unmarshal(data, &f))
	assert.Equal(t, Warning, f.Severity)
	assert.Error(t, json.Unmarshal([]byte(`{"severity":"bad"}`), &f))
}

func TestFinding(t *testing.T) {
	findings := Check(Exchange{Method: "DELETE", Status: 405, Body: []byte("no")})
	require.Len(t, findings, 1)
	f := findings[0]
	assert.Equal(t, "405-allow-missing", f.Rule)
	assert.Equal(t, Error, f.Severity)
	assert.Equal(t, "The 405 to DELETE has no Allow field.", f.Message)
	assert.Equal(t, "RFC 9110, Section 15.5.6", f.Reference)
	assert.NotEmpty(t, f.Fix)
	assert.Equal(t, "error: 405-allow-missing: The 405 to DELETE has no Allow field. (RFC 9110, Section 15.5.6)", f.String())
}

// A 405 without Allow in a cookie API, and options that change what is said.
func TestOptions(t *testing.T) {
	x := Exchange{Method: "GET", Target: "/me", Status: 401} // 401-challenge-missing, error-content-missing
	both := []string{"401-challenge-missing", "error-content-missing"}
	for _, test := range []struct {
		name string
		opts []Option
		want []string
	}{
		{"none", nil, both},
		{"an id", []Option{Disable("401-challenge-missing")}, both[1:]},
		{"a group", []Option{Disable("challenge")}, both[1:]},
		{"all", []Option{Disable("all")}, nil},
		{"all but one", []Option{Disable("all"), Enable("401-challenge-missing")}, both[:1]},
		{"later wins", []Option{Disable("challenge"), Enable("challenge")}, both},
		{"a name that is none", []Option{Disable("401-chalenge-missing")}, both},
		{"a floor", []Option{MinSeverity(Error)}, both[:1]},
		{"a severity", []Option{MinSeverity(Error), WithSeverity(Error, "problem")}, both},
		{"a lower severity", []Option{MinSeverity(Warning), WithSeverity(Info, "challenge")}, both[1:]},
		{"a rule that is off stays off", []Option{WithSeverity(Error, "date-missing")}, both},
		{"a rule that is off", []Option{Enable("date-missing")}, []string{both[0], "date-missing", both[1]}},
		{"an exemption", []Option{Exempt(func(rule string, x Exchange) bool {
			return rule == "401-challenge-missing" && strings.HasPrefix(x.Target, "/me")
		})}, both[1:]},
		{"two exemptions", []Option{
			Exempt(func(rule string, x Exchange) bool { return rule == both[0] }),
			Exempt(func(rule string, x Exchange) bool { return rule == both[1] }),
			Exempt(nil),
		}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, ids(Check(x, test.opts...)))
		})
	}
	findings := Check(x, WithSeverity(Info, "challenge"))
	assert.Equal(t, Info, findings[0].Severity)
}

func TestIsRuleName(t *testing.T) {
	for _, name := range []string{"405-allow-missing", "range", "all"} {
		assert.True(t, IsRuleName(name), name)
	}
	for _, name := range []string{"", "405", "ALL"} {
		assert.False(t, IsRuleName(name), name)
	}
}

// Outside 100 to 599 nothing else is said.
func TestOutOfRangeAlone(t *testing.T) {
	for _, c := range []httpstatus.Code{-1, 0, 42, 99, 600, 999, 1000, 1 << 30} {
		x := Exchange{Method: "HEAD", Status: c, Body: []byte("x"), Header: header{"Location": {""}}}
		assert.Equal(t, []string{"status-out-of-range"}, ids(Check(x, Enable("all"))), "%d", c)
	}
}

// Cases that text cannot hold, or not well.
func TestCheck(t *testing.T) {
	long := "/" + strings.Repeat("a", 7998)
	for _, test := range []struct {
		name string
		x    Exchange
		want []string
	}{
		{"an unknown request", Exchange{Status: 206, Header: header{"Content-Range": {"bytes 0-0/1"}}, Body: []byte("a")}, nil},
		{"an unknown request may be HEAD", Exchange{Status: 404, Header: header{"Content-Length": {"5"}}}, nil},
		{"HEAD or not, a problem document is empty", Exchange{Status: 404, Header: header{"Content-Type": {"application/problem+json"}}}, nil},
		{"HEAD or not, 300 has no choices", Exchange{Status: 300}, nil},
		{"HEAD or not, the range is longer", Exchange{Status: 206, Header: header{"Content-Range": {"bytes 0-1/2"}}}, nil},
		{"an unknown request is not HEAD with content", Exchange{Status: 404, Header: header{"Content-Length": {"5"}}, Body: []byte("no")},
			[]string{"content-length-mismatch"}},
		{"names in any case", Exchange{Method: "PUT", Status: 405, Header: header{"ALLOW": {"GET"}}, Body: []byte("a")}, nil},
		{"two spellings are one field", Exchange{Status: 302, Header: header{"Location": {"/a"}, "location": {"/b"}}}, []string{"location-invalid"}},
		{"a field without values is absent", Exchange{Method: "PUT", Status: 405, Header: header{"Allow": {}}, Body: []byte("a")},
			[]string{"405-allow-missing"}},
		{"7999 octets are too short to be too long", Exchange{Method: "GET", Target: long, Status: 414, Body: []byte("a")}, []string{"414-short-uri"}},
		{"8000 octets are not", Exchange{Method: "GET", Target: long + "a", Status: 414, Body: []byte("a")}, nil},
		{"a target that is not known", Exchange{Method: "GET", Status: 414, Body: []byte("a")}, nil},
		{"TLS early data", Exchange{Method: "GET", Status: 425, EarlyData: true, Body: []byte("a")}, nil},
		{"the beginning of the content", Exchange{Status: 200, Header: header{"Content-Length": {"5"}}, Body: []byte("a"), BodyLength: 5}, nil},
		{"a length that is not known", Exchange{Status: 200, Header: header{"Content-Length": {"5"}}, Body: []byte("a"), BodyLength: -1}, nil},
		{"a capture that was cut off", Exchange{Status: 200, Header: header{"Content-Length": {"5"}}, Body: []byte("a"), Truncated: true}, nil},
		{"no content, for all that is known", Exchange{Status: 404, BodyLength: -1, Truncated: true}, nil},
		{"the beginning of an object", Exchange{Status: 404, Header: header{"Content-Type": {"application/problem+json"}},
			Body: []byte(`{"a":`), Truncated: true}, nil},
		{"the beginning of something else", Exchange{Status: 404, Header: header{"Content-Type": {"application/problem+json"}},
			Body: []byte(`[`), Truncated: true}, []string{"problem-malformed"}},
		{"an interim response", Exchange{Status: 200, Interim: []Interim{{Status: 102, Body: []byte("a")}, {Status: 99}}},
			[]string{"interim-content", "status-out-of-range"}},
		{"a resumable upload's 104 has a Location", Exchange{Status: 200, Interim: []Interim{{Status: 104, Header: header{"Location": {"/u/1"}}}}}, nil},
		{"103 tells the fields of another response",
			Exchange{Status: 200, Interim: []Interim{{Status: 103, Header: header{"Location": {"/u/1"}, "Content-Range": {"bytes 0-0/1"},
				"Content-Type": {"text/html"}}}}}, nil},
		{"http to http", Exchange{Method: "GET", Target: "/a", Scheme: "http", Host: "Example.com", Status: 301,
			Header: header{"Location": {"http://example.com:80/a"}}}, []string{"redirect-self"}},
		{"http to https", Exchange{Method: "GET", Target: "/a", Scheme: "http", Host: "example.com", Status: 301,
			Header: header{"Location": {"https://example.com/a"}}}, nil},
		{"to the host with www", Exchange{Method: "GET", Target: "/a", Scheme: "http", Host: "example.com", Status: 301,
			Header: header{"Location": {"http://www.example.com/a"}}}, nil},
		{"404 to an upload's 416", Exchange{Method: "GET", Status: 416, Body: []byte("a"), RequestHeader: header{"Range": {"bytes"}}}, nil},
		{"415 about a coding alone", Exchange{Method: "POST", Status: 415, Body: []byte("a"), RequestHeader: header{"Content-Encoding": {"br"}}}, nil},
		{"413 before the content came", Exchange{Method: "POST", Status: 413, Body: []byte("a"), RequestHeader: header{"Content-Length": {"9"}}}, nil},
		{"413 to content of no length", Exchange{Method: "POST", Status: 413, Body: []byte("a"),
			RequestHeader: header{"Content-Length": {"00"}}}, []string{"413-without-content"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, ids(Check(test.x)))
		})
	}
}

// Fields that select a representation are compared as lists.
func TestSameField(t *testing.T) {
	for _, test := range []struct {
		a, b []string
		want bool
	}{
		{nil, nil, true}, {nil, []string{""}, true}, {[]string{" a"}, []string{"a "}, true}, {[]string{"a,b"}, []string{"a ,  b"}, true},
		{[]string{"a", "b"}, []string{"a, b,"}, true}, {[]string{"a"}, nil, false}, {[]string{"a, b"}, []string{"b, a"}, false},
		{[]string{"a"}, []string{"a, b"}, false},
	} {
		x, y := Exchange{RequestHeader: header{"Accept": test.a}}, Exchange{RequestHeader: header{"accept": test.b}}
		assert.Equal(t, test.want, sameField(&x, &y, "Accept"), "%q and %q", test.a, test.b)
	}
}

// Messages are one line of printable ASCII, whatever the values.
func TestMessagesAreSafe(t *testing.T) {
	evil := "\x1b[31m\r\nSet-Cookie: a=b\u202e\xff" + strings.Repeat("x", 10000)
	x := Exchange{Method: evil, Target: evil, Proto: evil, Status: 405, Header: header{}}
	for f := range fieldCount {
		x.Header[canonical[f]] = []string{evil}
	}
	findings := Check(x, Enable("all"))
	assert.NotEmpty(t, findings)
	for _, f := range findings {
		assert.Less(t, len(f.Message), 700)
		assert.Regexp(t, `^[\x20-\x7e]+$`, f.Message)
	}
}

// canonical holds the names of the fields that rules look at.
var canonical = [fieldCount]string{
	"Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Accept-Patch", "Accept-Ranges", "Allow",
	"Authorization", "Cache-Control", "Connection", "Content-Encoding", "Content-Language", "Content-Length",
	"Content-Location", "Content-Range", "Content-Type", "Cookie", "Date", "ETag", "Early-Data", "Expect", "Expires", "Host", "If", "If-Match",
	"If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "Last-Modified", "Link", "Location", "Overwrite",
	"Proxy-Authenticate", "Range", "RateLimit", "RateLimit-Reset", "Retry-After", "Set-Cookie", "Transfer-Encoding",
	"Upgrade", "Vary", "WWW-Authenticate", "X-RateLimit-Reset",
}

// Every field is found under its name, in any case, and no other name is
// taken for it.
func TestFieldNamed(t *testing.T) {
	for f, name := range canonical {
		assert.Equal(t, knownField(f), fieldNamed(name), name)
		assert.Equal(t, knownField(f), fieldNamed(strings.ToUpper(name)), name)
		assert.Equal(t, knownField(f), fieldNamed(strings.ToLower(name)), name)
		for i := range len(name) {
			other := name[:i] + "!" + name[i+1:]
			assert.Equal(t, noField, fieldNamed(other), other)
		}
		assert.Equal(t, noField, fieldNamed(name+"!"), name)
	}
	assert.Equal(t, fXRateLimitReset, fieldNamed("X-Rate-Limit-Reset"))
	assert.Equal(t, noField, fieldNamed(""))
	assert.LessOrEqual(t, int(fieldCount), 64, "one bit each")
}

func TestVersion(t *testing.T) {
	for proto, want := range map[string][2]int{
		"": {1, 1}, "HTTP/1.0": {1, 0}, "HTTP/1.1": {1, 1}, "http/1.0": {1, 0}, "HTTP/2": {2, 0}, "HTTP/2.0": {2, 0},
		"h2": {2, 0}, "h2c": {2, 0}, "h3": {3, 0}, "h3-29": {3, 0}, "HTTP/3": {3, 0}, "HTTP/0.9": {0, 9},
		"HTTP/": {1, 1}, "HTTP/x": {1, 1}, "SPDY/3": {1, 1}, "h": {1, 1}, "hq": {1, 1}, "HTTP/22": {1, 1},
	} {
		major, minor := version(proto)
		assert.Equal(t, want, [2]int{major, minor}, proto)
	}
}

// Checking what breaks nothing allocates nothing: every right example of every
// rule, and a few ordinary exchanges.
func TestCheckAllocs(t *testing.T) {
	if raceEnabled {
		t.Log("counting without the race detector only")
		return
	}
	exchanges := []Exchange{
		{Method: "GET", Target: "/", Status: 200, Header: header{"Content-Type": {"application/json"}}, Body: someJSON},
		{Method: "GET", Target: "/", Status: 302, Header: header{"Location": {"/a/b?c#d"}}},
	}
	for r := range Rules() {
		for _, s := range ruleFile(t, r.ID) {
			if s.name == "right" && !r.NeedsPair() {
				exchanges = append(exchanges, readOne(t, s.text))
			}
		}
	}
	for _, x := range exchanges {
		n := testing.AllocsPerRun(50, func() {
			if Check(x) != nil {
				t.Error("a finding")
			}
		})
		if x.Status == 206 || x.Status == 416 { // the decision about ranges makes a list
			assert.LessOrEqual(t, n, 6.0, "%+v", x)
			continue
		}
		assert.Zero(t, n, "%+v", x)
	}
	opts := []Option{Disable("challenge"), MinSeverity(Warning)}
	assert.Zero(t, testing.AllocsPerRun(50, func() { Check(exchanges[0], opts...) }), "with options")
}

func BenchmarkCheck(b *testing.B) {
	for _, bench := range []struct {
		name string
		x    Exchange
	}{
		{"200", Exchange{Method: "GET", Target: "/", Status: 200, Header: header{"Content-Type": {"text/plain"}, "Date": {"x"}}, Body: kibibyte}},
		{"404", Exchange{Method: "GET", Target: "/", Status: 404, Header: header{"Content-Type": {"text/plain"}}, Body: []byte("404 page not found\n")}},
		{"405 wrong", Exchange{Method: "PUT", Target: "/", Status: 405, Body: []byte("no")}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Check(bench.x)
			}
		})
	}
}
