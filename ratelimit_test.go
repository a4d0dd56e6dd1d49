package httpstatus_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/race"
)

func TestRateLimitReset(t *testing.T) {
	type header = map[string][]string
	const (
		retryAfter = httpstatus.SourceDelaySeconds
		rateLimit  = httpstatus.SourceRateLimit
		reset      = httpstatus.SourceRateLimitReset
		xReset     = httpstatus.SourceXRateLimitReset
		millis     = httpstatus.SourceRetryAfterMS
	)
	for _, tt := range []struct {
		why    string
		header header
		want   time.Duration
		source httpstatus.AdviceSource // 0: no advice
	}{
		{"nothing", nil, 0, 0},
		{"other fields", header{"RateLimit-Policy": {`"default";q=100;w=10`}, "RateLimit-Limit": {"10"}, "X-RateLimit-Limit": {"10"}}, 0, 0},

		// Retry-After wins (draft, Client Behavior).
		{"Retry-After alone", header{"Retry-After": {"120"}}, 120 * time.Second, retryAfter},
		{"Retry-After wins", header{"Retry-After": {"20"}, "RateLimit": {`"dynamic";r=15;t=40`}, "RateLimit-Reset": {"1"},
			"X-RateLimit-Reset": {"2"}, "Retry-After-Ms": {"3"}}, 20 * time.Second, retryAfter},
		{"also where it is shorter", header{"Retry-After": {"0"}, "RateLimit": {`"default";r=0;t=40`}}, 0, retryAfter},
		{"malformed Retry-After", header{"Retry-After": {"soon"}, "RateLimit": {`"default";r=0;t=5`}, "RateLimit-Reset": {"5"},
			"Retry-After-Ms": {"5000"}}, 0, 0},
		{"empty Retry-After", header{"Retry-After": {""}, "RateLimit-Reset": {"5"}}, 0, 0},
		{"differing Retry-After", header{"Retry-After": {"1", "2"}, "RateLimit-Reset": {"5"}}, 0, 0},
		{"Retry-After without lines is not there", header{"Retry-After": {}, "RateLimit-Reset": {"5"}}, 5 * time.Second, reset},

		// The field of the draft, with its examples.
		{"used up", header{"RateLimit": {`"default";r=0;t=50`}}, 50 * time.Second, rateLimit},
		{"used up, and on 301", header{"RateLimit": {`"problemPolicy";r=0;t=10`}}, 10 * time.Second, rateLimit},
		{"slow down without waiting", header{"RateLimit": {`"dynamic";r=9;t=50`}}, 0, 0},
		{"no reset, and not used up", header{"RateLimit": {`"default";r=999;pk=:dHJpYWwxMjEzMjM=:`}}, 0, 0},
		{"the remaining parameter is required", header{"RateLimit": {`quota;t=1`}}, 0, 0},
		{"two policies, one used up", header{"RateLimit": {`"burst";r=0;t=5, "daily";r=900;t=40000`}}, 5 * time.Second, rateLimit},
		{"two policies used up", header{"RateLimit": {`"burst";r=0;t=5,"daily";r=0;t=40000`}}, 40000 * time.Second, rateLimit},
		{"the same the other way round", header{"RateLimit": {`"daily";r=0;t=40000, "burst";r=0;t=5`}}, 40000 * time.Second, rateLimit},
		{"two lines", header{"RateLimit": {`"burst";r=0;t=5`, `"daily";r=0;t=40000`}}, 40000 * time.Second, rateLimit},
		{"two spellings", header{"RateLimit": {`"burst";r=0;t=5`}, "ratelimit": {`"daily";r=0;t=40000`}}, 40000 * time.Second, rateLimit},
		{"used up, without saying until when, beside one that says", header{"RateLimit": {`"a";r=0, "b";r=0;t=7`}}, 7 * time.Second, rateLimit},
		{"now", header{"RateLimit": {`"default";r=0;t=0`}}, 0, rateLimit},
		{"other parameters are comments",
			header{"RateLimit": {`"default";acme-burst;x=1.5;r=0;y="a;b,c";t=5;z=token/x;w=?1;v=@1659578233;u=%"a b%c3%a9~";*s=-3`}},
			5 * time.Second, rateLimit},
		{"spaces after semicolons and around commas", header{"RateLimit": {"  \"a\";  r=0; t=5 \t,\t \"b\";r=0; t=6\t"}}, 6 * time.Second, rateLimit},
		{"quotes and backslashes in a name", header{"RateLimit": {`"a\"b\\c,;";r=0;t=5`}}, 5 * time.Second, rateLimit},
		{"an empty name", header{"RateLimit": {`"";r=0;t=5`}}, 5 * time.Second, rateLimit},
		{"a token for a name, as the draft has it in one example", header{"RateLimit": {`quota;r=0;t=1`}}, time.Second, rateLimit},
		{"all a token may consist of", header{"RateLimit": {"*a!#$%&'*+-.^_`|~:/9Z;r=0;t=1"}}, time.Second, rateLimit},
		{"the last of a doubled parameter counts", header{"RateLimit": {`"a";r=5;t=1;r=0;t=9;pk=x;pk=:eA==:`}}, 9 * time.Second, rateLimit},
		{"zeros in front", header{"RateLimit": {`"a";r=000;t=0005`}}, 5 * time.Second, rateLimit},
		{"minus zero is zero", header{"RateLimit": {`"a";r=-0;t=-0`}}, 0, rateLimit},
		{"the largest Integer", header{"RateLimit": {`"a";r=0;t=999999999999999`}}, longest, rateLimit},
		{"an empty partition key", header{"RateLimit": {`"a";r=0;t=5;pk=::`}}, 5 * time.Second, rateLimit},

		// A malformed field is ignored, and the next one is read.
		{"malformed, and another field", header{"RateLimit": {`limit=10, remaining=0, reset=50`}, "RateLimit-Reset": {"6"}}, 6 * time.Second, reset},
		{"one line of two is malformed", header{"RateLimit": {`"a";r=0;t=5`, `"b";r=0;t=`}, "RateLimit-Reset": {"6"}}, 6 * time.Second, reset},
		{"one line of two is empty", header{"RateLimit": {`"a";r=0;t=5`, ``}, "RateLimit-Reset": {"6"}}, 6 * time.Second, reset},
		{"an empty list says nothing", header{"RateLimit": {``}, "RateLimit-Reset": {"6"}}, 6 * time.Second, reset},

		// What the field does not know, another may; what it denies, none does.
		{"used up, until an unknown time", header{"RateLimit": {`"a";r=0`}}, 0, 0},
		{"used up, until another field says", header{"RateLimit": {`"a";r=0`}, "RateLimit-Reset": {"6"}}, 6 * time.Second, reset},
		{"not used up", header{"RateLimit": {`"a";r=1;t=5`}, "RateLimit-Reset": {"5"}, "X-RateLimit-Reset": {"5"}}, 0, 0},
		{"not used up, but asked to wait",
			header{"RateLimit": {`"a";r=1;t=5`}, "RateLimit-Reset": {"5"}, "Retry-After-Ms": {"1500"}}, 1500 * time.Millisecond, millis},

		// The older fields.
		{"RateLimit-Reset", header{"RateLimit-Reset": {"30"}}, 30 * time.Second, reset},
		{"RateLimit-Reset first", header{"RateLimit-Reset": {"30"}, "X-RateLimit-Reset": {"40"}, "Retry-After-Ms": {"50"}}, 30 * time.Second, reset},
		{"X-RateLimit-Reset next", header{"X-RateLimit-Reset": {"40"}, "Retry-After-Ms": {"50"}}, 40 * time.Second, xReset},
		{"Retry-After-Ms last", header{"Retry-After-Ms": {"1500"}}, 1500 * time.Millisecond, millis},
		{"as HTTP/2 spells it", header{"retry-after-ms": {"1500"}}, 1500 * time.Millisecond, millis},
		{"as net/http spells it", header{"X-Ratelimit-Reset": {"40"}}, 40 * time.Second, xReset},
		{"in capitals", header{"X-RATELIMIT-RESET": {"40"}}, 40 * time.Second, xReset},
		{"none remaining", header{"X-RateLimit-Remaining": {"0"}, "X-RateLimit-Reset": {"40"}}, 40 * time.Second, xReset},
		{"some remaining", header{"X-RateLimit-Remaining": {"7"}, "X-RateLimit-Reset": {"40"}}, 0, 0},
		{"some remaining by the older draft", header{"RateLimit-Remaining": {"7"}, "RateLimit-Reset": {"40"}}, 0, 0},
		{"each has its own remainder", header{"RateLimit-Remaining": {"7"}, "RateLimit-Reset": {"30"},
			"X-RateLimit-Remaining": {"0"}, "X-RateLimit-Reset": {"40"}}, 40 * time.Second, xReset},
		{"malformed remainder", header{"X-RateLimit-Remaining": {"many"}, "X-RateLimit-Reset": {"40"}}, 40 * time.Second, xReset},
		{"zero", header{"X-RateLimit-Reset": {"0"}}, 0, xReset},
		{"the other spelling", header{"X-Rate-Limit-Remaining": {"0"}, "X-Rate-Limit-Reset": {"40"}, "Retry-After-Ms": {"50"}}, 40 * time.Second, xReset},
		{"the other spelling, some remaining", header{"X-Rate-Limit-Remaining": {"7"}, "X-Rate-Limit-Reset": {"40"}}, 0, 0},
		{"huge", header{"RateLimit-Reset": {"99999999999999999999"}}, longest, reset},
		{"huge in milliseconds", header{"Retry-After-Ms": {"99999999999999999999"}}, longest, millis},
		{"the largest that fits in milliseconds", header{"Retry-After-Ms": {"9223372036854"}}, 9223372036854 * time.Millisecond, millis},
		{"two lines that agree", header{"RateLimit-Reset": {"30", "30"}}, 30 * time.Second, reset},
		{"two lines that differ", header{"RateLimit-Reset": {"30", "31"}, "X-RateLimit-Reset": {"40"}}, 40 * time.Second, xReset},
		{"malformed numbers", header{"RateLimit-Reset": {"-5"}, "X-RateLimit-Reset": {"1.5"}, "Retry-After-Ms": {"1500.0"}}, 0, 0},
		{"durations and dates", header{"RateLimit-Reset": {"6m0s"}, "X-RateLimit-Reset": {"Sun, 06 Nov 1994 08:49:37 GMT"}}, 0, 0},

		// From a cache.
		{"stored", header{"Age": {"1"}, "RateLimit": {`"default";r=0;t=50`}, "RateLimit-Reset": {"5"}, "Retry-After-Ms": {"5000"}}, 0, 0},
		{"stored just now", header{"Age": {"0"}, "RateLimit": {`"default";r=0;t=50`}}, 50 * time.Second, rateLimit},
		{"stored, with Retry-After", header{"Age": {"1"}, "Retry-After": {"120"}}, 120 * time.Second, retryAfter},
	} {
		t.Run(tt.why, func(t *testing.T) {
			advice, ok := httpstatus.RateLimitReset(tt.header, received)
			assert.Equal(t, tt.source != 0, ok, tt.why)
			assert.Equal(t, httpstatus.Advice{Wait: tt.want, Source: tt.source}, advice, tt.why)
		})
	}
}

// Every way to break the syntax of a structured field, or what the draft asks of
// its parameters.
func TestRateLimitResetMalformed(t *testing.T) {
	for _, in := range []string{
		// Lists.
		`,`, `"a";r=0;t=5,`, `,"a";r=0;t=5`, `"a";r=0;t=5,,"b";r=0;t=5`, `"a";r=0;t=5 "b";r=0;t=5`, `"a";r=0;t=5;`, `"a";r=0;t=5 ;x`, `"a";r=0;t=5,` + "\t",
		`("a" "b");r=0;t=5`, `("a";r=0;t=5)`, `()`, `a=1`, `"a" r=0 t=5`, "\"a\";r=0;t=5\n", "\"a\"\t;r=0;t=5",

		// Items that name no policy.
		`1;r=0;t=5`, `-1;r=0;t=5`, `1.5;r=0;t=5`, `?1;r=0;t=5`, `:eA==:;r=0;t=5`, `@1;r=0;t=5`, `%"a";r=0;t=5`, `;r=0;t=5`, `r=0;t=5`, `0`, `30`,

		// Strings.
		`"a;r=0;t=5`, `"a\x";r=0;t=5`, `"a\`, `"`, "\"\u00e9\";r=0;t=5", "\"a\tb\";r=0;t=5",
		"\"a\x7f\";r=0;t=5", `'a';r=0;t=5`, `é;r=0;t=5`, `!a;r=0;t=5`, `/a;r=0;t=5`,

		// Parameters.
		`"a";;r=0;t=5`, `"a";R=0;t=5`, `"a";1=0;r=0;t=5`, `"a";-x;r=0;t=5`, `"a";r=0;t=5;x=`,
		`"a";r =0;t=5`, `"a";r= 0;t=5`, `"a";r=0;t=5;x=(1)`, "\"a\";\tr=0;t=5",
		`"a";r=0;t=5;pk=:=aGVs:`, `"a";r=0;t=5;pk=:aGVs=:`, `"a";r=0;t=5;pk=:aGVsbA=:`, `"a";r=0;t=5;pk=:a:`, `"a";r=0;t=5;x=:aGV=s:`,
		`"a";r=0;t=5;x=?2`, `"a";r=0;t=5;x=?`, `"a";r=0;t=5;x=:a`, `"a";r=0;t=5;x=:a-b:`, `"a";r=0;t=5;x=@`, `"a";r=0;t=5;x=@1.5`, `"a";r=0;t=5;x=@x`,
		`"a";r=0;t=5;x=%`, `"a";r=0;t=5;x=%a`, `"a";r=0;t=5;x=%"a`, `"a";r=0;t=5;x=%"%`,
		`"a";r=0;t=5;x=%"%c`, `"a";r=0;t=5;x=%"%C3"`, `"a";r=0;t=5;x=%"%c"`, "\"a\";r=0;t=5;x=%\"\u00e9\"",

		// Numbers.
		`"a";r=0;t=-`, `"a";r=0;t=+5`, `"a";r=0;t=1000000000000000`, `"a";r=0;t=5.`, `"a";r=0;t=.5`,
		`"a";r=0;t=5s`, `"a";r=0;t=5e3`, `"a";r=0;t=5;x=1.2345`, `"a";r=0;t=5;x=1234567890123.0`,
		`"a";r=0;t=5;x=--1`, `"a";r=0;t=5;x=1-`,

		// What the draft asks: r is required, r and t are non-negative Integers, pk is a Byte Sequence.
		`"a"`, `"a";t=5`, `"a";r;t=5`, `"a";r=?0;t=5`, `"a";r="0";t=5`, `"a";r=zero;t=5`, `"a";r=0.0;t=5`, `"a";r=-1;t=5`, `"a";r=:MA==:;t=5`,
		`"a";r=0;t`, `"a";r=0;t="5"`, `"a";r=0;t=5.0`, `"a";r=0;t=-5`, `"a";r=0;t=@5`, `"a";r=0;t=five`,
		`"a";r=0;t=%"5"`, `"a";r=0;t=5;pk`, `"a";r=0;t=5;pk="x"`, `"a";r=0;t=5;pk=x`, `"a";r=0;t=5;pk=1`,
		`"a";r=0;t=5, "b"`, `"a";r=0;t=5, "b";r=1;t=-5`, `"a";r=0;t=5, "b";`, `"a";r=0;t=5, "b";r=1;`,
		`"a";r=0;t=5, b{;r=0`, `"a";r=0;t=5, b@;r=0`, `"a";r=0;t=5, b[;r=0`,
	} {
		advice, ok := httpstatus.RateLimitReset(map[string][]string{"RateLimit": {in}}, received)
		assert.False(t, ok, "%q", in)
		assert.Zero(t, advice, "%q", in)
	}
}

// A server that sends a time stamp is found out, and its word is not turned
// into another.
func TestRateLimitResetSuspect(t *testing.T) {
	for _, tt := range []struct {
		header map[string][]string
		want   time.Duration
	}{
		{map[string][]string{"RateLimit": {`"a";r=0;t=1700000000`}}, 1700000000 * time.Second},
		{map[string][]string{"RateLimit-Reset": {"1700000000"}}, 1700000000 * time.Second},
		{map[string][]string{"X-RateLimit-Reset": {"1700000000"}}, 1700000000 * time.Second},
		{map[string][]string{"X-RateLimit-Reset": {"1700000000000"}}, longest},
		{map[string][]string{"Retry-After": {"1700000000"}}, 1700000000 * time.Second},
		{map[string][]string{"Retry-After-Ms": {"1700000000000"}}, 1700000000 * time.Second},
	} {
		t.Run(fmt.Sprint(tt.header), func(t *testing.T) {
			advice, ok := httpstatus.RateLimitReset(tt.header, received)
			assert.True(t, ok, "%v", tt.header)
			assert.True(t, advice.Suspect, "%v", tt.header)
			assert.Equal(t, tt.want, advice.Wait, "%v", tt.header)
		})
	}
}

func TestRateLimitResetAllocations(t *testing.T) {
	if race.Enabled {
		t.Log("the race detector allocates; what is read is tested elsewhere")
		return
	}
	for _, header := range []http.Header{
		{"Retry-After": {"120"}},
		{"Ratelimit": {`"burst";r=0;t=5;pk=:eA==:, "daily";r=900;t=40000`}},
		{"Ratelimit": {`malformed, "`}, "X-Ratelimit-Reset": {"1700000000"}},
		{"Retry-After-Ms": {"1500"}},
	} {
		assert.Zero(t, testing.AllocsPerRun(100, func() { sinkRetryAdvice, sinkRetryOK = httpstatus.RateLimitReset(header, received) }), "%v", header)
	}
}

// FuzzRateLimitReset: whatever the fields say, a wait is not negative, reading
// twice gives the same, advice names its source, Retry-After is read as by
// RetryAfter, and a RateLimit field in two lines means what it means in one.
func FuzzRateLimitReset(f *testing.F) {
	f.Add(`"burst";r=0;t=5, "daily";r=900;t=40000`, `"c";r=0;t=999999999999999`, "30", "0")
	f.Add(`"a\"b\\c";x=1.5;y=?1;z=:eA==:;w=@1;v=%"%c3%a9";u=*tok/en:`, `quota;r=0;t=1`, "1700000000", "")
	f.Add(`limit=10`, ``, "x", "99999999999999999999")
	f.Fuzz(func(t *testing.T, first, second, reset, retryAfter string) {
		header := map[string][]string{"RateLimit": {first, second}, "X-RateLimit-Reset": {reset}}
		advice, ok := httpstatus.RateLimitReset(header, received)
		assert.GreaterOrEqual(t, advice.Wait, time.Duration(0))
		assert.Equal(t, ok, advice.Source != 0)
		again, _ := httpstatus.RateLimitReset(header, received)
		assert.Equal(t, advice, again)

		// But where a line ends within a string, and the comma would be in it.
		if strings.Count(first, `"`)%2 == 0 && !strings.Contains(first, `\`) {
			joined, _ := httpstatus.RateLimitReset(map[string][]string{"ratelimit": {first + ", " + second}, "X-RateLimit-Reset": {reset}}, received)
			if first != "" || second != "" { // two empty lines are two empty members, or none
				assert.Equal(t, joined, advice, "%q and %q", first, second)
			}
		}

		header["Retry-After"] = []string{retryAfter}
		advice, ok = httpstatus.RateLimitReset(header, received)
		want, wantOK := httpstatus.RetryAfter(header, received)
		assert.Equal(t, want, advice)
		assert.Equal(t, wantOK, ok)
	})
}
