package field

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// dateClock is the time against which the tests of this file read two-digit years.
var dateClock = time.Date(2026, time.November, 22, 20, 0, 0, 0, time.UTC)

func TestParseDate(t *testing.T) {
	at := func(year int, month time.Month, day, hour, minute, second int) int64 {
		return time.Date(year, month, day, hour, minute, second, 0, time.UTC).Unix()
	}
	example := at(1994, time.November, 6, 8, 49, 37)
	for _, tt := range []struct {
		in   string
		want int64
	}{
		// The examples of RFC 9110, Sections 5.6.7, 6.6.1 and 10.2.3.
		{"Sun, 06 Nov 1994 08:49:37 GMT", example},
		{"Sunday, 06-Nov-94 08:49:37 GMT", example},
		{"Sun Nov  6 08:49:37 1994", example},
		{"Tue, 15 Nov 1994 08:12:31 GMT", at(1994, time.November, 15, 8, 12, 31)},
		{"Fri, 31 Dec 1999 23:59:59 GMT", at(1999, time.December, 31, 23, 59, 59)},

		{"Sun Nov 06 08:49:37 1994", example}, // date3 has 2DIGIT or SP 1DIGIT
		{"Sun Nov 16 08:49:37 1994", at(1994, time.November, 16, 8, 49, 37)},

		// Wrong day-names: it was a Sunday.
		{"Mon, 06 Nov 1994 08:49:37 GMT", example},
		{"Wednesday, 06-Nov-94 08:49:37 GMT", example},
		{"Sat Nov  6 08:49:37 1994", example},

		// Leap seconds, of which the one at the end of 1998 took place.
		{"Thu, 31 Dec 1998 23:59:60 GMT", at(1999, time.January, 1, 0, 0, 0)},
		{"Thursday, 31-Dec-98 23:59:60 GMT", at(1999, time.January, 1, 0, 0, 0)},
		{"Thu Dec 31 23:59:60 1998", at(1999, time.January, 1, 0, 0, 0)},

		// The ends of what can be written, and of every month.
		{"Thu, 01 Jan 1970 00:00:00 GMT", 0},
		{"Wed, 31 Dec 1969 23:59:59 GMT", -1},
		{"Sat, 01 Jan 0000 00:00:00 GMT", at(0, time.January, 1, 0, 0, 0)},
		{"Tue, 29 Feb 0000 00:00:00 GMT", at(0, time.February, 29, 0, 0, 0)},
		{"Mon, 01 Jan 0001 00:00:00 GMT", at(1, time.January, 1, 0, 0, 0)},
		{"Fri, 31 Dec 9999 23:59:59 GMT", at(9999, time.December, 31, 23, 59, 59)},
		{"Tue, 19 Jan 2038 03:14:08 GMT", 1 << 31},
		{"Tue, 29 Feb 2000 12:00:00 GMT", at(2000, time.February, 29, 12, 0, 0)},
		{"Thu, 29 Feb 2024 12:00:00 GMT", at(2024, time.February, 29, 12, 0, 0)},
	} {
		t.Run(tt.in, func(t *testing.T) {
			got, ok := ParseDate(tt.in, dateClock)
			assert.True(t, ok, "%q", tt.in)
			assert.Equal(t, tt.want, got, "%q", tt.in)
		})
	}
}

func TestParseDateMalformed(t *testing.T) {
	for _, in := range []string{
		"", " ", "0", "-1", "now", "GMT", "Sun", "Sun,", "Sunday,",

		// The calendar.
		"Tue, 00 Nov 1994 08:49:37 GMT", "Thu, 31 Nov 1994 08:49:37 GMT", "Thu, 32 Dec 1994 08:49:37 GMT",
		"Wed, 30 Feb 2000 08:49:37 GMT", "Thu, 29 Feb 1900 08:49:37 GMT", "Wed, 29 Feb 2023 08:49:37 GMT", "Sun, 29 Feb 2100 08:49:37 GMT",
		"Sun Nov  0 08:49:37 1994", "Sun Nov 31 08:49:37 1994", "Wed Feb 29 08:49:37 2023",
		"Sunday, 00-Nov-94 08:49:37 GMT", "Sunday, 31-Nov-94 08:49:37 GMT", "Sunday, 29-Feb-93 08:49:37 GMT",

		// The time of day.
		"Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 1994 99:49:37 GMT",
		"Sunday, 06-Nov-94 24:00:00 GMT", "Sun Nov  6 24:00:00 1994", "Sun Nov  6 08:60:00 1994", "Sun Nov  6 08:49:61 1994",
		"Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 08:49:37.5 GMT", "Sun, 06 Nov 1994  8:49:37 GMT",
		"Sun, 06 Nov 1994 08.49.37 GMT", "Sun, 06 Nov 1994 08:-9:37 GMT", "Sun, 06 Nov 1994 +8:49:37 GMT", "Sun, 06 Nov 1994 084937 GMT",

		// Case: HTTP-date is case-sensitive.
		"sun, 06 Nov 1994 08:49:37 GMT", "SUN, 06 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 NOV 1994 08:49:37 GMT",
		"Sun, 06 Nov 1994 08:49:37 gmt", "sunday, 06-Nov-94 08:49:37 GMT", "Sunday, 06-nov-94 08:49:37 GMT", "sun Nov  6 08:49:37 1994",
		"Sun nov  6 08:49:37 1994",

		// Other zones, or none, or one too many.
		"Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 EST", "Sun, 06 Nov 1994 08:49:37 +0000", "Sun, 06 Nov 1994 08:49:37 Z",
		"Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 GMT+1", "Sunday, 06-Nov-94 08:49:37 UTC", "Sunday, 06-Nov-94 08:49:37 PST",
		"Sunday, 06-Nov-94 08:49:37", "Sun Nov  6 08:49:37 GMT 1994", "Sun Nov  6 08:49:37 1994 GMT", "Sun Nov  6 08:49:37 UTC 1994",

		// Names of days: missing, unknown, of the other form.
		"06 Nov 1994 08:49:37 GMT", "Xyz, 06 Nov 1994 08:49:37 GMT", "Sunday, 06 Nov 1994 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT",
		"Sunda, 06-Nov-94 08:49:37 GMT", "Someday, 06-Nov-94 08:49:37 GMT", "Sunday Nov  6 08:49:37 1994", "Sun, Nov  6 08:49:37 1994",
		"Sun Nov, 6 08:49:37 1994",

		// Names of months.
		"Sun, 06 Xyz 1994 08:49:37 GMT", "Sun, 06 November 1994 08:49:37 GMT", "Sun, 06 11 1994 08:49:37 GMT", "Sunday, 06-11-94 08:49:37 GMT",

		// Separators that are missing, doubled or other ones.
		"Sun 06 Nov 1994 08:49:37 GMT", "Sun,06 Nov 1994 08:49:37 GMT", "Sun,  06 Nov 1994 08:49:37 GMT", "Sun, 06  Nov 1994 08:49:37 GMT",
		"Sun, 06 Nov  1994 08:49:37 GMT", "Sun, 06 Nov 1994  08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37  GMT", "Sun, 06-Nov-1994 08:49:37 GMT",
		"Sun,\t06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37GMT", "Sunday, 06 Nov 94 08:49:37 GMT", "Sunday, 06/Nov/94 08:49:37 GMT",
		"Sun Nov 6 08:49:37 1994", "Sun Nov   6 08:49:37 1994", "Sun  Nov  6 08:49:37 1994", "Sun Nov  6  08:49:37 1994", "Sun Nov  6 08:49:37  1994",

		// Numbers with another count of digits.
		"Sun, 6 Nov 1994 08:49:37 GMT", "Sun,  6 Nov 1994 08:49:37 GMT", "Sun, 006 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
		"Sun, 06 Nov 194 08:49:37 GMT", "Sun, 06 Nov 19940 08:49:37 GMT", "Sun, 06 Nov -994 08:49:37 GMT", "Sun, 06 Nov 1x94 08:49:37 GMT",
		"Sun, 06 Nov 19x4 08:49:37 GMT",
		"Sunday, 06-Nov-1994 08:49:37 GMT", "Sunday, 6-Nov-94 08:49:37 GMT", "Sunday, 06-Nov-+4 08:49:37 GMT", "Sunday, 06-Nov-4 08:49:37 GMT",
		"Sun Nov  6 08:49:37 94", "Sun Nov  6 08:49:37 x994", "Sun Nov x6 08:49:37 1994",

		// More before or after it: the caller has removed the whitespace.
		" Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 06 Nov 1994 08:49:37 GMT;",
		"Sun, 06 Nov 1994 08:49:37 GMT\x00", "\"Sun, 06 Nov 1994 08:49:37 GMT\"",

		// Other formats.
		"1994-11-06T08:49:37Z", "1994-11-06 08:49:37", "Sun, 06 Nov 1994 08:49:37 -0000", "6 Nov 1994", "784111777", "Nov 6 1994",

		// Bytes and letters that are not ASCII.
		"Sun, ０6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GM\u0422", "\xffun, 06 Nov 1994 08:49:37 GMT", "\u017Fun, 06 Nov 1994 08:49:37 GM",
	} {
		_, ok := ParseDate(in, dateClock)
		assert.False(t, ok, "%q", in)
	}
}

// Every day of the calendar that four digits of a year can write, by every form.
func TestParseDateEveryDay(t *testing.T) {
	const formASCTime2 = "Mon Jan 02 15:04:05 2006" // the day with two digits, not padded with a space
	for _, year := range []int{0, 1, 4, 100, 399, 400, 1582, 1700, 1752, 1899, 1900, 1901, 1969, 1970, 1999, 2000, 2023, 2024, 2025, 2100, 2400, 9999} {
		for month := time.January; month <= time.December; month++ {
			for day := 1; day <= 31; day++ {
				want := time.Date(year, month, day, 23, 5, 9, 0, time.UTC)
				exists := want.Day() == day
				for _, form := range []string{http.TimeFormat, time.ANSIC, formASCTime2} {
					in := want.Format(form)
					if !exists { // written by hand, since Format normalizes
						first := time.Date(year, month, 1, 23, 5, 9, 0, time.UTC)
						in = strings.Replace(first.Format(form), " 01 ", " "+string(rune('0'+day/10))+string(rune('0'+day%10))+" ", 1)
						in = strings.Replace(in, "  1 ", " "+string(rune('0'+day/10))+string(rune('0'+day%10))+" ", 1)
					}
					got, ok := ParseDate(in, dateClock)
					if assert.Equal(t, exists, ok, "%q", in) && ok {
						assert.Equal(t, want.Unix(), got, "%q", in)
					}
				}
			}
		}
	}
}

// A two-digit year is the latest one that is at most 50 years ahead, to the
// instant.
func TestParseDateTwoDigitYear(t *testing.T) {
	for _, tt := range []struct {
		clock string
		in    string
		want  int // the year; 0 if it is no date
	}{
		{"2026-11-22T20:00:00Z", "Sunday, 06-Nov-94 08:49:37 GMT", 1994},
		{"2026-11-22T20:00:00Z", "Sunday, 22-Nov-26 20:00:00 GMT", 2026},
		{"2026-11-22T20:00:00Z", "Sunday, 01-Jan-00 00:00:00 GMT", 2000},
		{"2026-11-22T20:00:00Z", "Sunday, 01-Jan-69 00:00:00 GMT", 2069}, // 1969 by the rule of time.Parse
		{"2026-11-22T20:00:00Z", "Sunday, 31-Dec-75 23:59:59 GMT", 2075},
		{"2026-11-22T20:00:00Z", "Sunday, 31-Dec-77 23:59:59 GMT", 1977},
		{"2026-11-22T20:00:00Z", "Sunday, 01-Jan-77 00:00:00 GMT", 1977},

		// Fifty years to the second, and around it.
		{"2026-11-22T20:00:00Z", "Sunday, 22-Nov-76 20:00:00 GMT", 2076},
		{"2026-11-22T20:00:00Z", "Sunday, 22-Nov-76 19:59:59 GMT", 2076},
		{"2026-11-22T20:00:00Z", "Sunday, 22-Nov-76 20:00:01 GMT", 1976},
		{"2026-11-22T20:00:00Z", "Sunday, 22-Nov-76 20:01:00 GMT", 1976},
		{"2026-11-22T20:00:00Z", "Sunday, 22-Nov-76 21:00:00 GMT", 1976},
		{"2026-11-22T20:00:00Z", "Sunday, 23-Nov-76 00:00:00 GMT", 1976},
		{"2026-11-22T20:00:00Z", "Sunday, 01-Dec-76 00:00:00 GMT", 1976},
		{"2026-11-22T20:00:00Z", "Sunday, 21-Nov-76 23:59:59 GMT", 2076},
		{"2026-11-22T20:00:00Z", "Sunday, 31-Oct-76 23:59:59 GMT", 2076},
		{"2026-11-22T20:00:00.5Z", "Sunday, 22-Nov-76 20:00:00 GMT", 2076},
		{"2026-11-22T20:00:00.5Z", "Sunday, 22-Nov-76 20:00:01 GMT", 1976}, // half a second too far

		// The instant counts, not the zone in which the clock is read.
		{"2026-11-22T22:00:00+02:00", "Sunday, 22-Nov-76 20:00:00 GMT", 2076},
		{"2026-11-22T22:00:00+02:00", "Sunday, 22-Nov-76 20:00:01 GMT", 1976},
		{"2027-01-01T01:00:00+02:00", "Sunday, 31-Dec-76 23:00:00 GMT", 2076}, // it is still 2026 in UTC
		{"2027-01-01T01:00:00+02:00", "Sunday, 31-Dec-76 23:00:01 GMT", 1976},

		// Other times to live in. The rule was made for the first of them.
		{"1998-06-01T00:00:00Z", "Saturday, 01-Jan-05 00:00:00 GMT", 2005},
		{"1998-06-01T00:00:00Z", "Saturday, 01-Jan-48 00:00:00 GMT", 2048},
		{"1998-06-01T00:00:00Z", "Saturday, 01-Jan-49 00:00:00 GMT", 1949},
		{"2076-01-01T00:00:00Z", "Saturday, 01-Jan-01 00:00:00 GMT", 2101},
		{"2049-12-31T23:59:59Z", "Saturday, 31-Dec-99 23:59:59 GMT", 2099},
		{"2050-01-01T00:00:00Z", "Saturday, 01-Jan-00 00:00:00 GMT", 2100},
		{"2050-01-01T00:00:00Z", "Saturday, 01-Jan-00 00:00:01 GMT", 2000},
		{"0060-01-01T00:00:00Z", "Saturday, 01-Jan-10 00:00:00 GMT", 110},
		{"0060-01-01T00:00:00Z", "Saturday, 01-Jan-11 00:00:00 GMT", 11},

		// The day has to exist in the year that is meant.
		{"2026-11-22T20:00:00Z", "Saturday, 29-Feb-00 00:00:00 GMT", 2000},
		{"2050-02-28T00:00:00Z", "Saturday, 29-Feb-00 00:00:00 GMT", 2000}, // more than 50 years to 1 March 2100
		{"2060-01-01T00:00:00Z", "Saturday, 29-Feb-00 00:00:00 GMT", 0},    // 2100 has none
		{"2026-11-22T20:00:00Z", "Saturday, 29-Feb-76 00:00:00 GMT", 2076},
		{"2026-01-22T20:00:00Z", "Saturday, 29-Feb-76 00:00:00 GMT", 1976},
		{"2024-02-29T12:00:00Z", "Saturday, 28-Feb-74 12:00:01 GMT", 2074},
		{"2024-02-29T12:00:00Z", "Saturday, 01-Mar-74 12:00:01 GMT", 1974},

		// A leap second past the limit is past it.
		{"2026-12-31T23:59:59Z", "Saturday, 31-Dec-76 23:59:59 GMT", 2076},
		{"2026-12-31T23:59:59Z", "Saturday, 31-Dec-76 23:59:60 GMT", 1977}, // the first second of 1977

		// No clock, or one far outside of four digits.
		{"", "Sunday, 06-Nov-94 08:49:37 GMT", 0},
		{"0020-01-01T00:00:00Z", "Sunday, 06-Nov-94 08:49:37 GMT", 0}, // would be in the year -6
	} {
		t.Run(tt.in, func(t *testing.T) {
			now := time.Time{}
			if tt.clock != "" {
				var err error
				now, err = time.Parse(time.RFC3339, tt.clock)
				assert.NoError(t, err)
			}
			unix, ok := ParseDate(tt.in, now)
			if assert.Equal(t, tt.want != 0, ok, "%q at %s", tt.in, tt.clock) && ok {
				assert.Equal(t, tt.want, time.Unix(unix, 0).UTC().Year(), "%q at %s", tt.in, tt.clock)
			}
		})
	}

	for _, far := range []time.Time{time.Unix(1<<62, 0), time.Unix(-1<<62, 0), time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)} {
		_, ok := ParseDate("Sunday, 06-Nov-94 08:49:37 GMT", far)
		assert.False(t, ok, "at %v", far)
	}
}

// Here http.ParseTime differs from the grammar. The fuzz target below knows
// these differences and no other.
func TestParseDateAgainstNetHTTP(t *testing.T) {
	for _, tt := range []struct {
		in   string
		ours bool
	}{
		{"Sun, 06 Nov 1994 08:49:60 GMT", true},     // net/http knows no second 60
		{"Sunday, 06-Nov-70 08:49:37 GMT", true},    // the year is 2070 by the 50-year rule, and 1970 by that of package time
		{"sUN, 06 nOV 1994 08:49:37 GMT", false},    // it reads names in any case
		{"Sunday, 06-Nov-94 08:49:37 EST", false},   // it takes any zone in the second form, and then often takes it for UTC
		{"Sunday, 06-Nov-94 08:49:37 GMT+3", false}, // likewise
		{"Sun, 06 Nov 1994 08:49:37.25 GMT", false}, // fractions of a second
		{"Sun, 06 Nov 1994 8:49:37 GMT", false},     // hours with one digit
		{"Sun,   06 Nov  1994 08:49:37 GMT", false}, // any number of spaces where there is one
		{"Sun Nov 6 08:49:37 1994", false},          // a day with one digit and no space in its place
		{"Sunday, 06-Nov-+4 08:49:37 GMT", false},   // a sign in a two-digit year
	} {
		t.Run(tt.in, func(t *testing.T) {
			theirs, err := http.ParseTime(tt.in)
			unix, ok := ParseDate(tt.in, dateClock)
			assert.Equal(t, tt.ours, ok, "%q", tt.in)
			assert.True(t, ok != (err == nil) || unix != theirs.Unix(), "net/http has come to agree on %q", tt.in)
		})
	}
}

// FuzzParseDate holds the parser against http.ParseTime. What one accepts
// and the other does not is explained: a date is ours exactly if, with second 59
// in place of 60 and GMT as the zone, net/http reads it and Go's time package
// writes the same bytes for it, but for the name of the day, in one of the three
// forms. And both mean the same instant, but for the century of two-digit years,
// for which ours is the one that is at most 50 years ahead and less than 50 back.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{
		"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun Nov 16 08:49:37 1994",
		"Sun, 06 Nov 1994 08:49:60 GMT", "Sunday, 29-Feb-00 23:59:60 GMT", "Mon Feb 29 23:59:60 2000", "sun, 06 nov 1994 08:49:37 GMT",
		"Wednesday, 06-Nov-94 08:49:37 EST", "Sun, 06 Nov 1994 08:49:37.5 GMT", "Sun, 6 Nov 1994 8:49:37 GMT", "Sun Nov 06 08:49:37 1994",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := ParseDate(s, dateClock)
		again, okAgain := ParseDate(s, dateClock)
		assert.Equal(t, got, again, "a second reading of %q", s)
		assert.Equal(t, ok, okAgain, "a second reading of %q", s)

		want, form, theirs := byNetHTTP(s)
		assert.Equal(t, theirs, ok, "acceptance of %q", s)
		if !ok || !theirs {
			return
		}
		ours := time.Unix(got, 0).UTC()
		if form != time.RFC850 {
			assert.Equal(t, want, ours, "instant of %q", s)
			return
		}
		assert.Zero(t, (ours.Year()-want.Year())%100, "century of %q", s)
		assert.Equal(t, want.Format("01-02 15:04:05"), ours.Format("01-02 15:04:05"), "instant of %q", s)
		assert.False(t, ours.After(dateClock.AddDate(50, 0, 1)), "%q is read as too far ahead", s) // a day for 29 February
		assert.True(t, ours.After(dateClock.AddDate(-50, 0, -1)), "%q is read as too far back", s)
	})
}

// Every date that differs from a good one in one byte.
func TestParseDateEveryByte(t *testing.T) {
	for _, good := range []string{"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Wednesday, 29-Feb-24 23:59:59 GMT",
		"Sun Nov  6 08:49:37 1994", "Thu Feb 29 23:59:59 2024"} {
		for i := range len(good) {
			for b := range 256 {
				in := good[:i] + string([]byte{byte(b)}) + good[i+1:]
				unix, ok := ParseDate(in, dateClock)
				want, form, wantOK := byNetHTTP(in)
				assert.Equal(t, wantOK, ok, "%q", in)
				if ok && form != time.RFC850 {
					assert.Equal(t, want.Unix(), unix, "%q", in)
				}
			}
		}
	}
}

// byNetHTTP reads s with http.ParseTime, takes the differences that are known
// into account, and returns the instant and the form.
func byNetHTTP(s string) (at time.Time, form string, ok bool) {
	leap := time.Duration(0)
	if i := strings.Index(s, ":60 "); i >= 0 && strings.Count(s, ":60 ") == 1 {
		s, leap = s[:i]+":59 "+s[i+4:], time.Second
	}
	for _, form := range []string{http.TimeFormat, time.RFC850, time.ANSIC, "Mon Jan 02 15:04:05 2006"} {
		at, err := time.Parse(form, s)
		if err != nil {
			continue
		}
		if _, err := http.ParseTime(s); err != nil {
			continue
		}
		// The time package writes the right name of the day; ours may be wrong.
		_, day, _ := strings.Cut(strings.Replace(at.UTC().Format(form), " UTC", " GMT", 1), " ")
		name, rest, _ := strings.Cut(s, " ")
		if at.Location() == time.UTC || form == time.RFC850 && strings.HasSuffix(s, " GMT") {
			if rest == day && wellFormedDayName(name, form) {
				return at.UTC().Add(leap), form, true
			}
		}
	}
	return time.Time{}, "", false
}

func wellFormedDayName(name, form string) bool {
	for day := time.Sunday; day <= time.Saturday; day++ {
		long := day.String()
		switch form {
		case time.RFC850:
			if name == long+"," {
				return true
			}
		case http.TimeFormat:
			if name == long[:3]+"," {
				return true
			}
		default:
			if name == long[:3] {
				return true
			}
		}
	}
	return false
}
