package reference

import (
	"math/big"
	"slices"
	"strings"
	"time"
)

// A CachedResponse is a response that a cache has stored, for CurrentAge and
// those after it. Field names are spelled as net/http does, and Cache-Control and
// targeted fields are written as for Exchange.
type CachedResponse struct {
	Method              string
	Status              int
	Request, Response   map[string][]string
	Requested, Received time.Time
	Shared              bool
	Targets             []string
}

// deltaSeconds is RFC 9111, Section 1.2.2: "a non-negative integer,
// representing time in seconds". "If a cache receives a delta-seconds value
// greater than the greatest integer it can represent [...] the cache MUST
// consider the value to be 2147483648 (2^31)".
func deltaSeconds(s string) (d time.Duration, ok bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, _ := new(big.Int).SetString(s, 10)
	return atMostInfinity(n), true
}

// atMostInfinity returns n seconds, or 2^31 of them if that is less.
func atMostInfinity(n *big.Int) time.Duration {
	infinity := big.NewInt(1 << 31)
	if n.Cmp(infinity) > 0 {
		n = infinity
	}
	return time.Duration(n.Int64()) * time.Second
}

// between is the time from one moment to another, in the same bounds; "an
// overflow be detected and not treated as a negative value".
func between(from, to time.Time) time.Duration {
	if !to.After(from) {
		return 0
	}
	return min(to.Sub(from), (1<<31)*time.Second)
}

// dateAnyCase is RFC 9110, Section 5.6.7, for years of four digits, "case-insensitively"
// as RFC 9111, Section 4.2, has it.
func dateAnyCase(s string) (time.Time, bool) {
	for _, layout := range []string{"Mon, 02 Jan 2006 15:04:05", "Mon Jan _2 15:04:05 2006"} {
		zone := ""
		if layout[3] == ',' {
			zone = " GMT"
		}
		if len(s) != len(layout)+len(zone) || !strings.EqualFold(s[len(layout):], zone) {
			continue
		}
		if t, err := time.Parse(strings.ToLower(layout), strings.ToLower(s[:len(layout)])); err == nil {
			return t, true
		}
		if t, err := time.Parse(layout, s[:len(layout)]); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// CurrentAge is RFC 9111, Section 4.2.3.
func CurrentAge(x CachedResponse, now time.Time) time.Duration {
	// "age_value denotes the value of the Age header field [...]; or 0, if not
	// available." Section 5.1: "SHOULD use the first member of the field value,
	// discarding subsequent ones"; if "invalid [...], a cache SHOULD ignore the
	// field".
	ageValue := time.Duration(0)
	for _, member := range strings.Split(strings.Join(x.Response["Age"], ","), ",") {
		if member = strings.Trim(member, " \t"); member != "" {
			ageValue, _ = deltaSeconds(member)
			break
		}
	}
	responseTime := x.Received
	requestTime := x.Requested
	if requestTime.IsZero() {
		requestTime = responseTime
	}

	// "apparent_age = max(0, response_time - date_value)", in whole seconds,
	// which is what a date has.
	apparentAge := time.Duration(0)
	if dateValue, ok := earliest(x.Response["Date"]); ok {
		apparentAge = between(dateValue, responseTime.Truncate(time.Second))
	}
	responseDelay := between(requestTime, responseTime)
	correctedAgeValue := ageValue + responseDelay
	correctedInitialAge := max(apparentAge, correctedAgeValue)
	residentTime := between(responseTime, now)
	return min(correctedInitialAge+residentTime, (1<<31)*time.Second)
}

// earliest returns the earliest valid date of several lines.
func earliest(lines []string) (first time.Time, found bool) {
	for _, line := range lines {
		if t, ok := dateAnyCase(strings.Trim(line, " \t")); ok && (!found || t.Before(first)) {
			first, found = t, true
		}
	}
	return first, found
}

// smallest is the value of a request directive that restricts: of several the
// most restrictive.
func smallest(values []string) time.Duration {
	least := time.Duration((1 << 31) * time.Second)
	for _, v := range values {
		d, ok := deltaSeconds(v)
		if !ok {
			return 0
		}
		least = min(least, d)
	}
	return least
}

// lifetimeOf is the value of a directive that says how long a response is fresh.
// "When there is more than one value present for a given directive [...], either
// the first occurrence should be used or the response should be considered
// stale." "Caches are encouraged to consider responses that have invalid
// freshness information [...] to be stale."
func lifetimeOf(values []string) time.Duration {
	first, _ := deltaSeconds(values[0])
	for _, v := range values {
		if d, ok := deltaSeconds(v); !ok || d != first {
			return 0
		}
	}
	return first
}

// FreshnessLifetime is RFC 9111, Sections 4.2.1 and 4.2.2.
func FreshnessLifetime(x CachedResponse) (lifetime time.Duration, heuristic bool) {
	x.Response = untargeted(x.Response, x.Targets)
	directives := cacheDirectives(x.Response["Cache-Control"])
	has := func(name string) bool { return len(directives[name]) > 0 }
	date, ok := earliest(x.Response["Date"])
	if !ok {
		date = x.Received // "using the time the message was received if it is not present"
	}

	// "If the cache is shared and the s-maxage response directive is present,
	// use its value"
	if x.Shared && has("s-maxage") {
		return lifetimeOf(directives["s-maxage"]), false
	}
	// "If the max-age response directive is present, use its value"
	if has("max-age") {
		return lifetimeOf(directives["max-age"]), false
	}
	// "If the Expires response header field is present, use its value minus the
	// value of the Date response header field"; Section 5.3: "MUST interpret
	// invalid date formats, especially the value 0, as representing a time in
	// the past".
	if lines := x.Response["Expires"]; len(lines) > 0 {
		expires, _ := earliest(lines)
		for _, line := range lines {
			if t, ok := dateAnyCase(strings.Trim(line, " \t")); !ok || !t.Equal(expires) {
				return 0, false
			}
		}
		return between(date, expires), false
	}
	// "heuristics can only be used on responses without explicit freshness whose
	// status codes are defined as heuristically cacheable [...] and on responses
	// without explicit freshness that have been marked as explicitly cacheable
	// (e.g., with a public response directive)"
	if !IsCacheable(x.Status) && !has("public") {
		return 0, false
	}
	// "no more than some fraction of the interval since that time. A typical
	// setting of this fraction might be 10%." At most a day is our own bound.
	modified := x.Response["Last-Modified"]
	for _, line := range modified {
		if _, ok := dateAnyCase(strings.Trim(line, " \t")); !ok {
			return 0, true
		}
	}
	least := 24 * time.Hour
	for _, line := range modified {
		t, _ := dateAnyCase(strings.Trim(line, " \t"))
		least = min(least, between(t, date)/10)
	}
	if len(modified) == 0 {
		least = 0
	}
	return least, true
}

// MayReuse is RFC 9111, Section 4, one bullet after the other. It answers
// "miss", "revalidate", "stale" or "fresh".
func MayReuse(x CachedResponse, method string, request map[string][]string, now time.Time) string {
	x.Response, x.Targets = untargeted(x.Response, x.Targets), nil
	response, asked := cacheDirectives(x.Response["Cache-Control"]), cacheDirectives(request["Cache-Control"])

	if x.Status == 0 {
		return "miss" // nothing is stored
	}

	// "the request method associated with the stored response allows it to be
	// used for the presented request"
	stored := x.Method
	if stored == "" {
		stored = "GET"
	}
	if method == "" {
		method = "GET"
	}
	answers := map[string][]string{
		"GET":   {"GET", "HEAD"}, // RFC 9110, Section 9.3.1: "to satisfy subsequent GET and HEAD requests"
		"HEAD":  {"HEAD"},        // RFC 9110, Section 9.3.2: "to satisfy subsequent HEAD requests"
		"POST":  {"GET", "HEAD"}, // RFC 9110, Section 9.3.3: "to satisfy a later GET or HEAD request"
		"PATCH": {"GET", "HEAD"}, // RFC 5789, Section 2
		"QUERY": {"QUERY"},       // RFC 10008, Section 2.7: "to satisfy subsequent QUERY requests"
	}
	if !slices.Contains(answers[stored], method) {
		return "miss"
	}

	// What Section 3 does not allow to be stored must not be there. Of its
	// request only Authorization is looked at (Section 3.5): "the no-store
	// request directive does not apply to the already stored response".
	if ok, _, _ := Store(Exchange{
		Method: x.Method, Status: x.Status, Shared: x.Shared, Partial: true,
		Request: map[string][]string{"Authorization": x.Request["Authorization"]}, Response: x.Response,
	}); !ok {
		return "miss"
	}

	// "request header fields nominated by the stored response (if any) match
	// those presented"
	for _, name := range strings.Split(strings.Join(x.Response["Vary"], ","), ",") {
		name = strings.Trim(name, " \t")
		if name == "" {
			continue
		}
		if name == "*" || !sameHeader(header(x.Request, name), header(request, name)) {
			return "miss"
		}
	}

	// Section 3.3: "MUST NOT use an incomplete response to answer requests
	// unless [...] the request is partial and specifies a range wholly within
	// the incomplete response". Tried for itself, not here.
	if x.Status == 206 {
		return "miss"
	}

	// "the stored response does not contain the no-cache directive, unless it is
	// successfully validated"
	if refusesUnvalidated(x) {
		return "revalidate"
	}

	currentAge := CurrentAge(x, now)
	freshnessLifetime, _ := FreshnessLifetime(x)
	if unwanted(asked, currentAge, freshnessLifetime) {
		return "revalidate"
	}

	// "response_is_fresh = (freshness_lifetime > current_age)"
	if freshnessLifetime > currentAge {
		return "fresh"
	}

	// Section 4.2.4: "MUST NOT generate a stale response if it is prohibited by
	// an explicit in-protocol directive"
	if prohibitsStale(x) {
		return "revalidate"
	}
	staleness := currentAge - freshnessLifetime
	// "[...] unless [...] doing so is explicitly permitted by the client"
	if values := asked["max-stale"]; len(values) > 0 {
		limit, permitted := time.Duration((1<<31)*time.Second), false
		for _, v := range values {
			if d, ok := deltaSeconds(v); ok || v == "" {
				permitted = true
				if ok {
					limit = min(limit, d)
				}
			}
		}
		if permitted && staleness <= limit {
			return "stale"
		}
	}
	// Section 5.2.1.1: "Unless the max-stale request directive is also present,
	// the client does not wish to receive a stale response."
	if len(asked["max-age"]) > 0 {
		return "revalidate"
	}
	// "or origin server"; RFC 5861, Section 3: "up to the indicated number of
	// seconds"
	if limit, ok := permission(response["stale-while-revalidate"]); ok && staleness <= limit {
		return "stale"
	}
	return "revalidate"
}

// refusesUnvalidated is Section 5.2.2.4: no-cache without a list of fields, or
// with one of which not all "are excluded from the subsequent response".
func refusesUnvalidated(x CachedResponse) bool {
	for _, list := range cacheDirectives(x.Response["Cache-Control"])["no-cache"] {
		if list == "" {
			return true
		}
		for _, name := range strings.Split(list, ",") {
			if len(header(x.Response, strings.Trim(name, " \t"))) > 0 {
				return true
			}
		}
	}
	return false
}

// unwanted says whether a request prefers that a response of this age and
// lifetime is not used without validation.
func unwanted(asked map[string][]string, age, lifetime time.Duration) bool {
	// Section 5.2.1.4: "prefers [a] stored response not be used [...] without
	// successful validation"
	if len(asked["no-cache"]) > 0 {
		return true
	}
	// Section 5.2.1.1: "prefers a response whose age is less than or equal to
	// the specified number of seconds"
	if len(asked["max-age"]) > 0 && age > smallest(asked["max-age"]) {
		return true
	}
	// Section 5.2.1.3: "prefers a response whose freshness lifetime is no less
	// than its current age plus the specified time in seconds"
	for _, v := range asked["min-fresh"] {
		d, ok := deltaSeconds(v)
		if !ok {
			d = (1 << 31) * time.Second
		}
		if lifetime < age+d {
			return true
		}
	}
	return false
}

// prohibitsStale is the list in Section 4.2.4, but for no-cache.
func prohibitsStale(x CachedResponse) bool {
	response := cacheDirectives(x.Response["Cache-Control"])
	has := func(name string) bool { return len(response[name]) > 0 }
	return has("must-revalidate") || x.Shared && (has("proxy-revalidate") || has("s-maxage"))
}

// permission is the smallest of the values that can be read, if there are any.
func permission(values []string) (least time.Duration, ok bool) {
	least = (1 << 31) * time.Second
	for _, v := range values {
		if d, valid := deltaSeconds(v); valid {
			least, ok = min(least, d), true
		}
	}
	return least, ok
}

// header returns the lines of a field, by its name in any case.
func header(h map[string][]string, name string) (lines []string) {
	for k, v := range h {
		if strings.EqualFold(k, name) {
			lines = append(lines, v...)
		}
	}
	return lines
}

// sameHeader is Section 4.1 for a field that is a list of tokens: "adding or
// removing whitespace", "combining multiple header field lines". "If [...] a
// header field is absent from a request, it can only match another request if it
// is also absent there."
func sameHeader(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	normal := func(lines []string) (members []string) {
		for _, m := range strings.Split(strings.Join(lines, ","), ",") {
			if m = strings.Trim(m, " \t"); m != "" {
				members = append(members, m)
			}
		}
		return members
	}
	return slices.Equal(normal(a), normal(b))
}

// MayServeOnError is RFC 9111, Section 4.2.4, and RFC 5861, Section 4, for a
// response that MayReuse does not call a miss.
func MayServeOnError(x CachedResponse, request map[string][]string, status int, failed bool, now time.Time) bool {
	x.Response, x.Targets = untargeted(x.Response, x.Targets), nil
	response, asked := cacheDirectives(x.Response["Cache-Control"]), cacheDirectives(request["Cache-Control"])
	// "an error is any situation that would result in a 500, 502, 503, or 504
	// HTTP response status code being returned"
	if !failed && !slices.Contains([]int{500, 502, 503, 504}, status) {
		return false
	}
	age := CurrentAge(x, now)
	lifetime, _ := FreshnessLifetime(x)

	// "prohibited by an explicit in-protocol directive (e.g., by a no-cache
	// response directive, a must-revalidate response directive, or an applicable
	// s-maxage or proxy-revalidate response directive"
	if refusesUnvalidated(x) || age >= lifetime && prohibitsStale(x) {
		return false
	}
	// What the request prefers, unless it says what it wants on errors: "When
	// used as a request Cache-Control extension, its scope of application is the
	// request it appears in".
	limit, limited := permission(asked["stale-if-error"])
	if !limited && unwanted(asked, age, lifetime) {
		return false
	}
	if age < lifetime {
		return true
	}
	if !limited {
		limit, limited = permission(response["stale-if-error"])
	}
	if limited {
		return age-lifetime <= limit // "when the cached response is more stale [...] SHOULD NOT be used"
	}
	return failed // "unless it is disconnected or doing so is explicitly permitted"
}
