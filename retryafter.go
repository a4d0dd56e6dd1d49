package httpstatus

import (
	"math"
	"time"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// ParseRetryAfter returns how long the value of a Retry-After field asks to
// wait. ok is false if the value is malformed. A valid one is a number of
// seconds or an HTTP-date (RFC 9110, Section 10.2.3), in any of the three forms
// that a recipient must accept, exactly as their grammar says
// (RFC 9110, Section 5.6.7).
//
// The wait is never negative. A date in the past, like the number 0, is a wait
// of 0: advice to come at once. A malformed value, such as "-1", "1.5", "+5",
// "soon" or the empty string, is no advice; do not take it for 0. A longer wait
// than the largest [time.Duration], 292 years, becomes that one. There is no
// other limit: a server can ask for a year, and a client that will not wait a
// year should give up rather than come early.
//
// Spaces and tabs around the value do not count. A date is measured from now,
// and a two-digit year is the latest that is at most 50 years after now; if now
// is the zero time, a date is no advice. To measure by the server's own clock,
// and to read a whole header, use [RetryAfter].
//
// It does not allocate.
func ParseRetryAfter(value string, now time.Time) (wait time.Duration, ok bool) {
	if n, ok := ascii.ParseDigits(value); ok {
		return scale(n, time.Second), true
	}
	value = ascii.TrimOWS(value)
	if value == "" {
		return 0, false
	}
	if ascii.IsDigit(value[0]) { // no date begins with a digit
		n, ok := ascii.ParseDigits(value)
		return scale(n, time.Second), ok
	}
	unix, ok := field.ParseDate(value, now)
	if !ok || now.IsZero() {
		return 0, false
	}
	return until(unix, now), true
}

// Advice is a server's word on how long to wait.
type Advice struct {
	Wait   time.Duration // from the moment at which the response arrived; never negative
	Source AdviceSource  // what it was read from

	// Suspect is set if the number that the server sent looks like a point in time
	// and not like a number of seconds to wait: read as seconds or milliseconds
	// since 1970, it lies between September 2001 and the end of 2099; read as a
	// wait, it means decades. Wait is nevertheless what the field says; a caller
	// who knows the server can read the number as it was meant.
	Suspect bool
}

// AdviceSource says which field [Advice] was read from, and how.
type AdviceSource uint8

// The sources of advice; there is none in the zero Advice.
const (
	SourceDelaySeconds    AdviceSource = iota + 1 // Retry-After, a number of seconds
	SourceDateByServer                            // Retry-After, an HTTP-date measured from Date (and Age) of the same response
	SourceDateByReceipt                           // Retry-After, an HTTP-date measured from the time of receipt
	SourceRateLimit                               // RateLimit, the parameter t
	SourceRateLimitReset                          // RateLimit-Reset
	SourceXRateLimitReset                         // X-RateLimit-Reset or X-Rate-Limit-Reset
	SourceRetryAfterMS                            // Retry-After-Ms
)

var adviceSourceText = [...]string{
	0:                     "no advice",
	SourceDelaySeconds:    "Retry-After in seconds",
	SourceDateByServer:    "Retry-After as a date, measured from Date",
	SourceDateByReceipt:   "Retry-After as a date, measured from the time of receipt",
	SourceRateLimit:       "RateLimit",
	SourceRateLimitReset:  "RateLimit-Reset",
	SourceXRateLimitReset: "X-RateLimit-Reset",
	SourceRetryAfterMS:    "Retry-After-Ms",
}

// String names the field and how it was read, as in "Retry-After in seconds".
func (s AdviceSource) String() string {
	if int(s) < len(adviceSourceText) {
		return adviceSourceText[s]
	}
	return numbered("AdviceSource", int(s))
}

// RetryAfter returns the advice that a response gives in its Retry-After field,
// and whether it gives any. The field is defined for 503, where it says how
// long the service will be away, for 429 and 413, and for redirects, where it
// is the least time before following. It is read here whatever the status,
// since servers also send it with others, such as 202.
//
// The time now is when the response arrived. A number of seconds counts from
// there. An HTTP-date is a moment on the server's clock, so it is measured from
// the response's Date field plus its Age, if Date is valid: then it does not
// matter whether a clock is wrong, here or there. Without a valid Date it is
// measured from now. If now is the zero time as well, it is no advice.
//
// Names in header may be spelled in any case. Several Retry-After lines count
// as one if they are identical, and are no advice if they differ: a response
// that contradicts itself is not to be believed. Several Date lines are treated
// alike: if they differ, there is no valid Date. A line that holds a list, as
// in "120, 120", is malformed.
//
// [ParseRetryAfter] says what counts as malformed, and so as no advice, and what
// the largest wait is. RFC 9110, Section 10.2.3.
func RetryAfter(header map[string][]string, now time.Time) (Advice, bool) {
	// One pass finds all three fields: to go through a map takes longer than
	// all the rest.
	var retryAfter, date field.Sole
	var age ageField
	for name, lines := range header {
		switch len(name) {
		case len("Retry-After"):
			if name == "Retry-After" || ascii.EqualFold(name, "Retry-After") {
				retryAfter.Add(lines)
			}
		case len("Date"):
			if name == "Date" || ascii.EqualFold(name, "Date") {
				date.Add(lines)
			}
		case len("Age"):
			if ascii.EqualFold(name, "Age") {
				age.add(lines)
			}
		}
	}

	value := retryAfter.Value
	if value == "" {
		return Advice{}, false
	}
	if ascii.IsDigit(value[0]) {
		n, ok := ascii.ParseDigits(value)
		if !ok {
			return Advice{}, false
		}
		return Advice{Wait: scale(n, time.Second), Source: SourceDelaySeconds, Suspect: looksLikeEpoch(n)}, true
	}

	by, from, clock := SourceDateByReceipt, now, now
	if sent, ok := field.ParseDate(date.Value, clock); ok {
		by, from = SourceDateByServer, time.Unix(sent+age.seconds(), 0)
		if clock.IsZero() {
			clock = from
		}
	} else if clock.IsZero() {
		return Advice{}, false
	}
	unix, ok := field.ParseDate(value, clock)
	if !ok {
		return Advice{}, false
	}
	return Advice{Wait: until(unix, from), Source: by}, true
}

// An ageField gathers the Age field. Of a list the first member counts
// (RFC 9111, Section 5.1), and so of several lines the first. Where a map
// spells the name in two ways, which comes first is not known: they must agree.
type ageField struct {
	n          uint64
	found, bad bool
}

// add adds the lines that a header has under one spelling of the name.
func (a *ageField) add(lines []string) {
	if len(lines) == 0 {
		return
	}
	first := lines[0]
	for i := range len(first) {
		if first[i] == ',' {
			first = first[:i]
			break
		}
	}
	n, ok := ascii.ParseDigits(ascii.TrimOWS(first))
	a.bad = a.bad || !ok || a.found && n != a.n
	a.n, a.found = n, true
}

// seconds returns the age, 0 if there is none to believe.
func (a *ageField) seconds() int64 {
	if a.bad {
		return 0
	}
	return int64(min(a.n, 1<<31)) // which stands for infinity (RFC 9111, Section 1.2.2)
}

// age returns the value of the Age field in seconds, 0 if there is none to
// believe.
func age(header map[string][]string) int64 {
	var f ageField
	for name, lines := range header {
		if ascii.EqualFold(name, "Age") {
			f.add(lines)
		}
	}
	return f.seconds()
}

// scale returns n times unit, or the largest Duration if that is more.
func scale(n uint64, unit time.Duration) time.Duration {
	if n > uint64(math.MaxInt64/unit) {
		return math.MaxInt64
	}
	return time.Duration(n) * unit
}

// until returns how long it is from a time to a moment in seconds since the
// Unix epoch: 0 if that is past, and the largest Duration if it is farther.
func until(unix int64, from time.Time) time.Duration {
	start := from.Unix()
	if start >= unix {
		return 0
	}
	seconds := uint64(unix) - uint64(start) // right even where int64 would overflow
	if seconds > uint64(math.MaxInt64/time.Second)+1 {
		return math.MaxInt64
	}
	return time.Duration(min(seconds*uint64(time.Second)-uint64(from.Nanosecond()), math.MaxInt64))
}

// looksLikeEpoch reports whether n is a likely time stamp in seconds or
// milliseconds since 1970: one from 9 September 2001, when they came to have
// their present number of digits, to the end of 2099.
func looksLikeEpoch(n uint64) bool {
	const first, last = 1_000_000_000, 4_102_444_799
	return first <= n && n <= last || first*1000 <= n && n <= last*1000+999
}
