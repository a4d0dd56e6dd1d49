package caching

import (
	"math"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// A Stored is a response that a cache has stored, with the request that it
// answered and the times of both. A zero Stored means that nothing is stored,
// and is never used; see [ReuseNothing].
//
// Header fields are maps from name to values, so an http.Header fits; names may
// be spelled in any case. The methods do not change them.
type Stored struct {
	// Method is the method of the request, case-sensitive; "" is GET.
	Method string
	// Status is the status code of the response.
	Status httpstatus.Code
	// Request has the header fields of the request, at least those that the
	// Vary field of the response names.
	Request map[string][]string
	// Response has the header fields of the response, without those that
	// [Storage.Withheld] names.
	Response map[string][]string
	// Requested is when the request was sent, by the clock of the cache. If it
	// is zero, the response is taken to have arrived at once.
	Requested time.Time
	// Received is when the header of the response arrived. A response without
	// it is stale.
	Received time.Time
	// Shared is set if the cache answers more than one user, as a proxy or a
	// CDN does.
	Shared bool
	// Targets are the names of the targeted fields that the cache obeys, such
	// as "CDN-Cache-Control", the most specific first (RFC 9213, Section 2.2).
	Targets []string
}

// HeuristicLimit is the longest lifetime that [Stored.Lifetime] estimates.
const HeuristicLimit = 24 * time.Hour

// longest is the longest duration that is told apart from an endless one.
const longest = infinity * time.Second

// Age returns how long ago the origin server generated or validated the
// response, as far as the cache can know (RFC 9111, Section 4.2.3): the larger
// of the age by its Date and the age by its Age field and the time of the
// exchange, plus the time since it arrived. It is never negative, even if
// clocks are wrong or were set back, and at most 2147483648 seconds.
//
// Of an Age field that holds a list or has several lines, the first member
// counts; one that is not a number of seconds is ignored
// (RFC 9111, Section 5.1). An Age field to send is the whole seconds of the
// result.
func (s Stored) Age(now time.Time) time.Duration {
	r := s.read()
	return s.age(&r, now)
}

// Lifetime returns the freshness lifetime of the response: it is fresh as long
// as its [Stored.Age] is less. The first of these that is present counts
// (RFC 9111, Section 4.2.1):
//
//   - s-maxage, in a shared cache;
//   - max-age;
//   - Expires minus Date, or minus the time of receipt where Date is absent or
//     invalid;
//   - an estimate, if its status code is heuristically cacheable or it is
//     public: a tenth of the time since its Last-Modified, at most
//     [HeuristicLimit] (RFC 9111, Section 4.2.2).
//
// heuristic reports whether the cache may estimate, even if there is no
// Last-Modified to do it by: then the lifetime is 0.
//
// A malformed value, such as max-age=soon or Expires: 0, counts as one in the
// past, and so do two values that differ. A number of seconds that is too large
// is 2147483648 (RFC 9111, Section 1.2.2). Dates are read without regard to
// case, and by GMT alone (RFC 9111, Section 4.2).
func (s Stored) Lifetime() (d time.Duration, heuristic bool) {
	r := s.read()
	return s.lifetime(&r)
}

// A reading is what the fields of a stored response say.
type reading struct {
	control
	targeted bool // by a targeted field: Cache-Control and Expires do not count

	vary         []string
	etag         []string
	lastModified []string

	hasExpires bool
	expires    int64 // in seconds since the Unix epoch
	hasDate    bool  // a valid one
	date       int64 // likewise
	hasAge     bool
	age        int64 // in seconds
}

// read reads all fields that matter in one pass: to go through a map takes
// longer than all the rest.
func (s *Stored) read() (r reading) {
	if len(s.Targets) > 0 {
		r.control, r.targeted = readTargeted(s.Response, s.Targets)
	}
	var directives []string
	for name, lines := range s.Response {
		switch len(name) {
		case len("Age"):
			if ascii.EqualFold(name, "Age") {
				r.addAge(lines)
			}
		case len("Date"): // and Vary, and ETag
			switch {
			case ascii.EqualFold(name, "Date"):
				r.addDate(lines, s.Received)
			case ascii.EqualFold(name, "Vary"):
				r.vary = s.joined(r.vary, name, lines)
			case ascii.EqualFold(name, "ETag"):
				r.etag = s.joined(r.etag, name, lines)
			}
		case len("Expires"):
			if !r.targeted && ascii.EqualFold(name, "Expires") {
				r.addExpires(lines, s.Received)
			}
		case len("Cache-Control"): // and Last-Modified
			switch {
			case ascii.EqualFold(name, "Cache-Control"):
				directives = s.joined(directives, name, lines)
			case ascii.EqualFold(name, "Last-Modified"):
				r.lastModified = s.joined(r.lastModified, name, lines)
			}
		}
	}
	if !r.targeted {
		r.control.read(directives)
	}
	return r
}

// joined returns the lines of a field, of which found were found under another
// spelling of its name.
func (s *Stored) joined(found []string, name string, lines []string) []string {
	if len(found) == 0 {
		return lines
	}
	return field.Lines(s.Response, name)
}

// addAge reads Age. Where a map spells its name in two ways, the larger counts,
// because which comes first is not known.
func (r *reading) addAge(lines []string) {
	for _, line := range lines {
		member, _, ok := field.CutName(line)
		if !ok {
			continue
		}
		if n, ok := ascii.ParseDigits(member); ok {
			r.hasAge, r.age = true, max(r.age, int64(min(n, infinity)))
		}
		return
	}
}

// addDate reads Date. Of several the earliest counts, which makes the response
// the oldest.
func (r *reading) addDate(lines []string, clock time.Time) {
	for _, line := range lines {
		if unix, ok := parseDate(line, clock); ok && (!r.hasDate || unix < r.date) {
			r.hasDate, r.date = true, unix
		}
	}
}

// addExpires reads Expires. One that is invalid is in the past
// (RFC 9111, Section 5.3), and so are two that differ.
func (r *reading) addExpires(lines []string, clock time.Time) {
	for _, line := range lines {
		unix, ok := parseDate(line, clock)
		if !ok {
			unix = math.MinInt64
		}
		if r.hasExpires && unix != r.expires {
			unix = math.MinInt64
		}
		r.hasExpires, r.expires = true, unix
	}
}

// parseDate reads an HTTP-date in whatever case it is written
// (RFC 9111, Section 4.2).
func parseDate(s string, clock time.Time) (unix int64, ok bool) {
	s = ascii.TrimOWS(s)
	if unix, ok = field.ParseDate(s, clock); ok || len(s) > len("Wednesday, 06-Nov-94 08:49:37 GMT") {
		return unix, ok
	}
	b := []byte(s)
	inWord := false
	for i, c := range b {
		switch {
		case !ascii.IsAlpha(c):
			inWord = false
		case inWord:
			b[i] = ascii.Lower(c)
		default:
			b[i], inWord = ascii.Lower(c)-('a'-'A'), true
		}
	}
	if zone := len(b) - len("GMT"); zone > 0 && ascii.EqualFold(s[zone:], "GMT") {
		copy(b[zone:], "GMT")
	}
	return field.ParseDate(string(b), clock)
}

// age is RFC 9111, Section 4.2.3. None of its parts is negative or above longest,
// so that their sum does not overflow.
func (s *Stored) age(r *reading, now time.Time) time.Duration {
	initial := time.Duration(r.age) * time.Second
	if !s.Requested.IsZero() {
		initial += elapsed(s.Requested, s.Received)
	}
	if r.hasDate {
		initial = max(initial, seconds(s.Received.Unix()-r.date))
	}
	return min(initial+elapsed(s.Received, now), longest)
}

// lifetime is RFC 9111, Sections 4.2.1 and 4.2.2.
func (s *Stored) lifetime(r *reading) (d time.Duration, heuristic bool) {
	switch {
	case s.Shared && r.sMaxAge.present:
		return r.sMaxAge.lifetime(), false
	case r.maxAge.present:
		return r.maxAge.lifetime(), false
	case r.hasExpires && r.expires == math.MinInt64:
		return 0, false
	case r.hasExpires:
		return elapsed(s.generated(r), time.Unix(r.expires, 0)), false
	case !r.public && !s.Status.IsCacheable():
		return 0, false
	}
	for i, line := range r.lastModified {
		unix, ok := parseDate(line, s.Received)
		if !ok {
			return 0, true
		}
		estimate := min(elapsed(time.Unix(unix, 0), s.generated(r))/10, HeuristicLimit)
		if i == 0 || estimate < d {
			d = estimate
		}
	}
	return d, true
}

// generated is when the response was generated: its Date, or when it was
// received (RFC 9110, Section 6.6.1).
func (s *Stored) generated(r *reading) time.Time {
	if r.hasDate {
		return time.Unix(r.date, 0)
	}
	return s.Received
}

// lifetime returns the limit as a freshness lifetime: of values that differ
// "either the first occurrence should be used or the response should be
// considered stale" (RFC 9111, Section 4.2.1).
func (l *limit) lifetime() time.Duration {
	if l.differ {
		return 0
	}
	return l.duration()
}

// duration returns the smallest value; it is 0 where one cannot be read.
func (l *limit) duration() time.Duration {
	if !l.valid {
		return 0
	}
	return time.Duration(l.seconds) * time.Second
}

// elapsed returns the time between two moments: 0 if they are in the wrong
// order, and longest if it is more.
func elapsed(from, to time.Time) time.Duration { return min(max(0, to.Sub(from)), longest) }

// seconds returns n seconds, with the bounds of elapsed.
func seconds(n int64) time.Duration { return time.Duration(min(max(0, n), infinity)) * time.Second }
