package httpstatus_test

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/race"
)

// received is ten seconds before the date that RFC 9110 uses in its examples.
var received = time.Date(1994, time.November, 6, 8, 49, 27, 0, time.UTC)

const longest = time.Duration(math.MaxInt64)

func TestParseRetryAfter(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want time.Duration
	}{
		// delay-seconds.
		{"0", 0},
		{"1", time.Second},
		{"120", 2 * time.Minute}, // the example of RFC 9110, Section 10.2.3
		{"3600", time.Hour},
		{"999999999", 999999999 * time.Second},
		{"1000000000", 1000000000 * time.Second},
		{"00", 0},
		{"007", 7 * time.Second}, // 1*DIGIT allows zeros in front
		{"0000000000000000000000000000000120", 2 * time.Minute},

		// The largest Duration is 9223372036.854775807 seconds.
		{"9223372036", 9223372036 * time.Second},
		{"9223372037", longest}, // multiplied out, this is negative
		{"18446744073", longest},
		{"18446744074", longest}, // multiplied out, this is 0.29 seconds
		{"9223372036854775807", longest},
		{"9223372036854775808", longest},
		{"18446744073709551615", longest},
		{"18446744073709551616", longest}, // 0 in 64 bits
		{"18446744073709551617", longest}, // 1 in 64 bits
		{"99999999999999999999999999", longest},
		{strings.Repeat("9", 10000), longest},
		{strings.Repeat("0", 10000), 0},

		// Whitespace around the value is no part of it (RFC 9110, Section 5.5).
		{" 120", 2 * time.Minute},
		{"120 ", 2 * time.Minute},
		{"\t 120 \t", 2 * time.Minute},
		{" \tSun, 06 Nov 1994 08:49:37 GMT\t ", 10 * time.Second},

		// HTTP-date, three forms.
		{"Sun, 06 Nov 1994 08:49:37 GMT", 10 * time.Second},
		{"Sunday, 06-Nov-94 08:49:37 GMT", 10 * time.Second},
		{"Sun Nov  6 08:49:37 1994", 10 * time.Second},
		{"Fri, 31 Dec 1999 23:59:59 GMT", time.Date(1999, time.December, 31, 23, 59, 59, 0, time.UTC).Sub(received)}, // the other example of Section 10.2.3
		{"Sun, 06 Nov 1994 08:49:60 GMT", 33 * time.Second},

		// Now or past is a wait of 0.
		{"Sun, 06 Nov 1994 08:49:27 GMT", 0},
		{"Sun, 06 Nov 1994 08:49:26 GMT", 0},
		{"Thu, 01 Jan 1970 00:00:00 GMT", 0},
		{"Sat, 01 Jan 0000 00:00:00 GMT", 0}, // 1994 years are more than a Duration holds
		{"Sunday, 06-Nov-93 08:49:37 GMT", 0},
		{"Sun Nov  6 08:49:26 1994", 0},

		// So far that a Duration cannot hold it.
		{"Fri, 31 Dec 9999 23:59:59 GMT", longest},
		{"Fri Dec 31 23:59:59 9999", longest},
	} {
		t.Run(tt.in, func(t *testing.T) {
			wait, ok := httpstatus.ParseRetryAfter(tt.in, received)
			assert.True(t, ok, "%.50q", tt.in)
			assert.Equal(t, tt.want, wait, "%.50q", tt.in)
		})
	}

	for _, in := range []string{
		"", " ", "\t", "-1", "-0", "+1", "+0", "1.5", "1.0", "1,5", "1e3", "0x10", "1_000", "1 2", "12 0", "120s", "120 s", "120;", "2m", "1h30m",
		"120, 120", "120,120", ",120", "120,", "\"120\"", "'120'", "(120)", "soon", "never", "NaN", "Inf", "null", "false", "[]",
		"\n120", "120\n", "120\r\n", "\v120", "120\f", "\x00120", "120\x00", "\u00a0120", "１２０", "١٢٠", "۱", "½", "²",
		strings.Repeat("9", 10000) + "x", strings.Repeat("9", 20) + ".0", strings.Repeat("0", 30) + "-",
		"Sun, 06 Nov 1994 08:49:37 UTC", "sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT, 120", "1994-11-06T08:49:37Z",
		"Sun, 06 Nov 1994 08:49:37 GMT\n", "Wed, 29 Feb 2023 00:00:00 GMT",
	} {
		wait, ok := httpstatus.ParseRetryAfter(in, received)
		assert.False(t, ok, "%.50q", in)
		assert.Zero(t, wait, "%.50q", in)
	}
}

// Where the clock stands between two seconds, it shortens the wait for a date;
// in which zone it shows them, and that it runs, does not matter.
func TestParseRetryAfterClock(t *testing.T) {
	const date = "Sun, 06 Nov 1994 08:49:37 GMT"
	for now, want := range map[time.Time]time.Duration{
		received.Add(300 * time.Millisecond):       9700 * time.Millisecond,
		received.Add(10*time.Second - 1):           1,
		received.Add(10 * time.Second):             0,
		received.Add(10*time.Second + 1):           0,
		received.In(time.FixedZone("", -5*60*60)):  10 * time.Second,
		received.Add(10*time.Second - longest):     longest,
		received.Add(10*time.Second - longest + 1): longest - 1,
		received.Add(9*time.Second - longest):      longest,
		time.Unix(1<<62, 0):                        0,
		time.Unix(-1<<62, 0):                       longest,
	} {
		wait, ok := httpstatus.ParseRetryAfter(date, now)
		assert.True(t, ok, "at %v", now)
		assert.Equal(t, want, wait, "at %v", now)
	}

	now := time.Now() // has a monotonic reading, which a date has not
	wait, ok := httpstatus.ParseRetryAfter(now.Add(time.Hour).UTC().Format(http.TimeFormat), now)
	assert.True(t, ok)
	assert.Equal(t, now.Add(time.Hour).Truncate(time.Second).Sub(now.Round(0)), wait)

	// Without a clock numbers are as good as ever, and dates are not.
	wait, ok = httpstatus.ParseRetryAfter("120", time.Time{})
	assert.True(t, ok)
	assert.Equal(t, 2*time.Minute, wait)
	for _, in := range []string{date, "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Mon, 01 Jan 0001 00:00:00 GMT"} {
		_, ok = httpstatus.ParseRetryAfter(in, time.Time{})
		assert.False(t, ok, "%q", in)
	}
}

func TestRetryAfter(t *testing.T) {
	const (
		in10s  = "Sun, 06 Nov 1994 08:49:37 GMT"
		dated  = "Sun, 06 Nov 1994 07:49:27 GMT" // by the server's clock, an hour behind ours
		later1 = "Sun, 06 Nov 1994 07:50:27 GMT" // a minute after that
	)
	type header = map[string][]string
	none := time.Time{}
	seconds, byServer, byReceipt := httpstatus.SourceDelaySeconds, httpstatus.SourceDateByServer, httpstatus.SourceDateByReceipt
	for _, tt := range []struct {
		why    string
		header header
		now    time.Time
		want   time.Duration
		source httpstatus.AdviceSource // 0: no advice
	}{
		{"no header", nil, received, 0, 0},
		{"nothing about it", header{"Date": {dated}, "Age": {"5"}}, received, 0, 0},
		{"no lines", header{"Retry-After": {}}, received, 0, 0},
		{"an empty line", header{"Retry-After": {""}}, received, 0, 0},
		{"seconds", header{"Retry-After": {"120"}}, received, 120 * time.Second, seconds},
		{"zero", header{"Retry-After": {"0"}}, received, 0, seconds},
		{"spaces", header{"Retry-After": {" 120\t"}}, received, 120 * time.Second, seconds},
		{"malformed", header{"Retry-After": {"-1"}}, received, 0, 0},
		{"malformed, though it begins as a number", header{"Retry-After": {"1 minute"}}, received, 0, 0},
		{"huge", header{"Retry-After": {"9223372037"}}, received, longest, seconds},
		{"seconds need no clock", header{"Retry-After": {"120"}}, none, 120 * time.Second, seconds},
		{"seconds do not care for Date and Age", header{"Retry-After": {"120"}, "Date": {dated}, "Age": {"60"}}, received, 120 * time.Second, seconds},

		{"lower case, as HTTP/2 sends it", header{"retry-after": {"120"}}, received, 120 * time.Second, seconds},
		{"any case", header{"rEtRy-aFtEr": {"120"}}, received, 120 * time.Second, seconds},
		{"not quite the name", header{"Retry_After": {"120"}, "Retry-After ": {"120"}, "Retry-Afte\u0155": {"120"}, "X-Retry-After": {"120"}}, received, 0, 0},

		{"two lines that agree", header{"Retry-After": {"120", "120"}}, received, 120 * time.Second, seconds},
		{"two lines that agree but for spaces", header{"Retry-After": {"120", " 120 "}}, received, 120 * time.Second, seconds},
		{"two lines that differ", header{"Retry-After": {"120", "60"}}, received, 0, 0},
		{"two lines that differ, and one is malformed", header{"Retry-After": {"120", "x"}}, received, 0, 0},
		{"two lines that differ, and one is empty", header{"Retry-After": {"", "120"}}, received, 0, 0},
		{"two ways to write one number", header{"Retry-After": {"120", "0120"}}, received, 0, 0},
		{"three lines", header{"Retry-After": {"120", "120", "60"}}, received, 0, 0},
		{"two spellings that agree", header{"Retry-After": {"120"}, "retry-after": {"120"}}, received, 120 * time.Second, seconds},
		{"two spellings that differ", header{"Retry-After": {"120"}, "retry-after": {"60"}}, received, 0, 0},
		{"two lines joined", header{"Retry-After": {"120, 120"}}, received, 0, 0},
		{"two dates that agree", header{"Retry-After": {in10s, in10s}}, received, 10 * time.Second, byReceipt},
		{"two forms of one date", header{"Retry-After": {in10s, "Sun Nov  6 08:49:37 1994"}}, received, 0, 0},

		{"a date", header{"Retry-After": {in10s}}, received, 10 * time.Second, byReceipt},
		{"a date in the second form", header{"Retry-After": {"Sunday, 06-Nov-94 08:49:37 GMT"}}, received, 10 * time.Second, byReceipt},
		{"a date in the third form", header{"Retry-After": {"Sun Nov  6 08:49:37 1994"}}, received, 10 * time.Second, byReceipt},
		{"a malformed date", header{"Retry-After": {"Sun, 06 Nov 1994 08:49:37 EST"}, "Date": {dated}}, received, 0, 0},
		{"a date without a clock", header{"Retry-After": {in10s}}, none, 0, 0},

		{"measured from Date", header{"Retry-After": {later1}, "Date": {dated}}, received, time.Minute, byServer},
		{"names in lower case", header{"retry-after": {later1}, "date": {dated}, "age": {"10"}}, received, 50 * time.Second, byServer},
		{"Date needs no clock here", header{"Retry-After": {later1}, "Date": {dated}}, none, time.Minute, byServer},
		{"Date in other forms", header{"Retry-After": {later1}, "Date": {"Sun Nov  6 07:49:27 1994"}}, none, time.Minute, byServer},
		{"Date with two-digit year", header{"Retry-After": {later1}, "Date": {"Sunday, 06-Nov-94 07:49:27 GMT"}}, received, time.Minute, byServer},
		{"Date with two-digit year and no clock", header{"Retry-After": {later1}, "Date": {"Sunday, 06-Nov-94 07:49:27 GMT"}}, none, 0, 0},
		{"two-digit year, by the clock of Date", header{"Retry-After": {"Sunday, 06-Nov-94 07:50:27 GMT"}, "Date": {dated}}, none, time.Minute, byServer},
		{"the moment of Date", header{"Retry-After": {dated}, "Date": {dated}}, received, 0, byServer},
		{"before Date", header{"Retry-After": {dated}, "Date": {later1}}, received, 0, byServer},
		{"malformed Date", header{"Retry-After": {in10s}, "Date": {"yesterday"}}, received, 10 * time.Second, byReceipt},
		{"malformed Date without a clock", header{"Retry-After": {in10s}, "Date": {"yesterday"}}, none, 0, 0},
		{"a number as Date", header{"Retry-After": {in10s}, "Date": {"784111777"}}, received, 10 * time.Second, byReceipt},
		{"two Dates that agree", header{"Retry-After": {later1}, "Date": {dated, dated}}, received, time.Minute, byServer},
		{"two Dates that differ", header{"Retry-After": {in10s}, "Date": {dated, later1}}, received, 10 * time.Second, byReceipt},

		{"Age has passed since Date", header{"Retry-After": {later1}, "Date": {dated}, "Age": {"15"}}, received, 45 * time.Second, byServer},
		{"all has passed since Date", header{"Retry-After": {later1}, "Date": {dated}, "Age": {"61"}}, received, 0, byServer},
		{"Age of 0", header{"Retry-After": {later1}, "Date": {dated}, "Age": {"0"}}, received, time.Minute, byServer},
		{"huge Age", header{"Retry-After": {later1}, "Date": {dated}, "Age": {strings.Repeat("9", 40)}}, received, 0, byServer},
		{"malformed Age", header{"Retry-After": {later1}, "Date": {dated}, "Age": {"-15"}}, received, time.Minute, byServer},
		{"empty Age", header{"Retry-After": {later1}, "Date": {dated}, "Age": {""}}, received, time.Minute, byServer},
		{"first member of Age", header{"Retry-After": {later1}, "Date": {dated}, "Age": {" 15 , 20"}}, received, 45 * time.Second, byServer},
		{"first line of Age", header{"Retry-After": {later1}, "Date": {dated}, "Age": {"15", "20"}}, received, 45 * time.Second, byServer},
		{"first member of Age is malformed", header{"Retry-After": {later1}, "Date": {dated}, "Age": {"x, 20"}}, received, time.Minute, byServer},
		{"two spellings of Age that agree", header{"Retry-After": {later1}, "Date": {dated}, "Age": {"15"}, "age": {"15"}}, received,
			45 * time.Second, byServer},
		{"two spellings of Age that differ", header{"Retry-After": {later1}, "Date": {dated}, "Age": {"15"}, "age": {"16"}}, received, time.Minute, byServer},
		{"Age without lines", header{"Retry-After": {later1}, "Date": {dated}, "Age": nil}, received, time.Minute, byServer},
		{"Age without Date", header{"Retry-After": {in10s}, "Age": {"5"}}, received, 10 * time.Second, byReceipt},
		{"far in the future", header{"Retry-After": {"Fri, 31 Dec 9999 23:59:59 GMT"}, "Date": {"Sat, 01 Jan 0000 00:00:00 GMT"}}, received, longest, byServer},
		{"the first moment of time.Time", header{"Retry-After": {"Mon, 01 Jan 0001 00:00:05 GMT"},
			"Date": {"Mon, 01 Jan 0001 00:00:00 GMT"}}, none, 5 * time.Second, byServer},
	} {
		t.Run(tt.why, func(t *testing.T) {
			advice, ok := httpstatus.RetryAfter(tt.header, tt.now)
			assert.Equal(t, tt.source != 0, ok, tt.why)
			assert.Equal(t, httpstatus.Advice{Wait: tt.want, Source: tt.source}, advice, tt.why)
		})
	}
}

// Numbers between 2001 and 2099, read as time stamps, are suspect. They are not
// taken for time stamps.
func TestRetryAfterSuspect(t *testing.T) {
	for in, suspect := range map[string]bool{
		"0": false, "120": false, "86400": false, "31536000": false, // a year
		"999999999": false, "1000000000": true, // 9 September 2001
		"1700000000": true, "01700000000": true, // 2023
		"4102444799": true, "4102444800": false, // the end of 2099
		"9223372037": false, "999999999999": false,
		"1000000000000": true, "1700000000000": true, "4102444799999": true, // milliseconds
		"4102444800000": false, "1700000000000000": false,
		strings.Repeat("9", 40): false,
	} {
		t.Run(in, func(t *testing.T) {
			advice, ok := httpstatus.RetryAfter(map[string][]string{"Retry-After": {in}}, received)
			require.True(t, ok, "%s", in)
			assert.Equal(t, suspect, advice.Suspect, "%s", in)
			wait, _ := httpstatus.ParseRetryAfter(in, received)
			assert.Equal(t, wait, advice.Wait, "%s", in)
		})
	}
}

func TestRetryAfterAllocations(t *testing.T) {
	if race.Enabled {
		t.Log("the race detector allocates; what is read is tested elsewhere")
		return
	}
	for _, in := range []string{
		"120", "0", "  120 ", "9223372037", "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
		"", "-1", "1.5", "soon", "Sun, 06 Nov 1994 08:49:37 EST", strings.Repeat("9", 100), strings.Repeat("x", 100),
	} {
		assert.Zero(t, testing.AllocsPerRun(100, func() { sinkRetryWait, sinkRetryOK = httpstatus.ParseRetryAfter(in, received) }), "%q", in)
		header := http.Header{"Date": {"Sun, 06 Nov 1994 08:49:37 GMT"}, "Age": {"5"}, "Retry-After": {in, in}, "Server": {"test"}}
		assert.Zero(t, testing.AllocsPerRun(100, func() { sinkRetryAdvice, sinkRetryOK = httpstatus.RetryAfter(header, received) }), "%q in a header", in)
	}
}

var (
	sinkRetryWait   time.Duration
	sinkRetryAdvice httpstatus.Advice
	sinkRetryOK     bool
)

// FuzzParseRetryAfter: whatever the value and the clock, a wait is not negative,
// is 0 where there is no advice, and is the same when read a second time; digits
// alone are always advice, and what strconv reads from them is the wait; and a
// header with the value in it says the same.
func FuzzParseRetryAfter(f *testing.F) {
	for _, s := range []string{
		"120", "0", "-1", "1.5", "9223372036", "9223372037", "18446744073709551617", " 120\t",
		"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Fri, 31 Dec 9999 23:59:59 GMT",
	} {
		f.Add(s, received.Unix(), int64(0))
	}
	f.Add("Sunday, 06-Nov-94 08:49:37 GMT", int64(math.MaxInt64), int64(999999999))
	f.Add("Sat, 01 Jan 0000 00:00:00 GMT", int64(math.MinInt64), int64(0))
	f.Fuzz(func(t *testing.T, value string, sec, nsec int64) {
		now := time.Unix(sec, nsec)
		wait, ok := httpstatus.ParseRetryAfter(value, now)
		assert.GreaterOrEqual(t, wait, time.Duration(0))
		if !ok {
			assert.Zero(t, wait)
		}
		again, okAgain := httpstatus.ParseRetryAfter(value, now)
		assert.Equal(t, wait, again)
		assert.Equal(t, ok, okAgain)

		if trimmed := strings.Trim(value, " \t"); trimmed != "" && strings.Trim(trimmed, "0123456789") == "" {
			assert.True(t, ok, "%q is 1*DIGIT", value)
			if n, err := strconv.ParseInt(trimmed, 10, 64); err == nil && n <= int64(longest/time.Second) {
				assert.Equal(t, time.Duration(n)*time.Second, wait)
			} else {
				assert.Equal(t, longest, wait)
			}
		}

		advice, okAdvice := httpstatus.RetryAfter(map[string][]string{"retry-after": {value, value}}, now)
		assert.Equal(t, ok, okAdvice)
		assert.Equal(t, wait, advice.Wait)
	})
}

// FuzzRetryAfterHeader: whatever stands in the header, a wait is not negative
// and is the same when read a second time, with or without a clock.
func FuzzRetryAfterHeader(f *testing.F) {
	f.Add("120", "Sun, 06 Nov 1994 08:49:37 GMT", "5")
	f.Add("Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "99999999999999999999")
	f.Add("Sunday, 06-Nov-94 08:49:37 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "-1")
	f.Fuzz(func(t *testing.T, value, date, age string) {
		for _, header := range []map[string][]string{
			{"Retry-After": {value}, "Date": {date}, "Age": {age}},
			{"Retry-After": {value}, "retry-after": {value}, "Date": {date}, "date": {age}, "Age": {age}, "age": {date}},
		} {
			for _, now := range []time.Time{received, {}} {
				advice, ok := httpstatus.RetryAfter(header, now)
				assert.GreaterOrEqual(t, advice.Wait, time.Duration(0))
				assert.Equal(t, ok, advice.Source != 0)
				again, _ := httpstatus.RetryAfter(header, now)
				assert.Equal(t, advice, again)
			}
		}
	})
}

func BenchmarkParseRetryAfter(b *testing.B) {
	for _, kind := range []struct {
		name   string
		values []string
	}{
		{"seconds", []string{"120", "5", "0", "86400"}},
		{"dates", []string{"Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:26 GMT", "Fri, 31 Dec 1999 23:59:59 GMT"}},
		{"obsolete", []string{"Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"}},
		{"malformed", []string{"soon", "1.5", "", "Sun, 06 Nov 1994 08:49:37 EST"}},
	} {
		b.Run(kind.name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				sinkRetryWait, sinkRetryOK = httpstatus.ParseRetryAfter(kind.values[i%len(kind.values)], received)
			}
		})
		b.Run(kind.name+"/strconv and net/http", func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				sinkRetryWait, sinkRetryOK = naiveRetryAfter(kind.values[i%len(kind.values)], received)
			}
		})
	}
}

// naiveRetryAfter is what many clients do.
func naiveRetryAfter(value string, now time.Time) (time.Duration, bool) {
	if seconds, err := strconv.Atoi(value); err == nil {
		return time.Duration(seconds) * time.Second, true
	}
	if date, err := http.ParseTime(value); err == nil {
		return date.Sub(now), true
	}
	return 0, false
}
