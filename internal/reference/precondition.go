package reference

import (
	"regexp"
	"strings"
	"time"
)

// A Condition is a request and the state of its target, for Precondition. Field
// names are spelled as in the RFCs.
type Condition struct {
	Method   string
	Request  map[string][]string
	Absent   bool
	ETag     string
	Modified time.Time
	Required bool
}

const (
	entityTag = `(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"` // RFC 9110, Section 8.8.3, as bytes
	ows       = `[ \t]*`                             // RFC 9110, Section 5.6.3
)

var (
	// RFC 9110, Section 5.6.1.2: "#element => [ element ] *( OWS "," OWS [ element ] )"
	tagList  = regexp.MustCompile(`^(?:` + entityTag + `)?(?:` + ows + `,` + ows + `(?:` + entityTag + `)?)*$`)
	tagAlone = regexp.MustCompile(`^` + entityTag + `$`)
	tagEach  = regexp.MustCompile(entityTag)
)

// latin1 makes a character of each byte, so that an expression can name them.
func latin1(s string) string {
	r := make([]rune, 0, len(s))
	for i := range len(s) {
		r = append(r, rune(s[i]))
	}
	return string(r)
}

// combined is the value of a field: the lines joined by a comma (RFC 9110,
// Section 5.3), without the whitespace around it.
func combined(request map[string][]string, name string) (value string, present bool) {
	lines := request[name]
	return latin1(strings.Trim(strings.Join(lines, ", "), " \t")), len(lines) > 0
}

// listed returns the entity tags of a list; ok is false if the value is no list.
func listed(value string) (tags []string, ok bool) {
	if !tagList.MatchString(value) {
		return nil, false
	}
	return tagEach.FindAllString(value, -1), true
}

func isWeakTag(tag string) bool { return strings.HasPrefix(tag, "W/") }

// strongly is the strong comparison of RFC 9110, Section 8.8.3.2.
func strongly(a, b string) bool { return !isWeakTag(a) && !isWeakTag(b) && a == b }

// weakly is the weak one.
func weakly(a, b string) bool { return strings.TrimPrefix(a, "W/") == strings.TrimPrefix(b, "W/") }

// dateForm has the digits of the three forms; the names are left to time.Parse.
var dateForm = regexp.MustCompile(`^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$|` +
	`^[A-Z][a-z]+day, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$|` +
	`^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$`)

// httpDate reads one of the three forms of RFC 9110, Section 5.6.7. The year of
// the second has two digits, and the reader looks for the one that is not more
// than 50 years after the modification.
func httpDate(value string, modified time.Time) (time.Time, bool) {
	if !dateForm.MatchString(value) {
		return time.Time{}, false // time.Parse takes "9:43:31" too, and fractions of a second
	}
	if t, err := time.Parse("Mon, 02 Jan 2006 15:04:05 GMT", value); err == nil {
		return t, true
	}
	if t, err := time.Parse("Monday, 02-Jan-06 15:04:05 GMT", value); err == nil {
		for t = t.AddDate(-400, 0, 0); !t.AddDate(100, 0, 0).After(modified.AddDate(50, 0, 0)); t = t.AddDate(100, 0, 0) {
		}
		return t, true
	}
	t, err := time.Parse("Mon Jan _2 15:04:05 2006", value)
	return t, err == nil
}

// Precondition reads RFC 9110, Section 13.2.2, step by step, and returns the
// status code that answers the request, or 0 to carry it out, and the name of the
// field that decided.
func Precondition(c Condition) (status int, field string) {
	method := c.Method
	if method == "" {
		method = "GET"
	}
	// Section 13.2.1: "A server MUST ignore the conditional request header fields
	// ... such as CONNECT, OPTIONS, or TRACE"
	if method == "CONNECT" || method == "OPTIONS" || method == "TRACE" {
		return 0, ""
	}
	current := c.ETag
	hasTag := !c.Absent && tagAlone.MatchString(latin1(current))
	current = latin1(current)
	modified := c.Modified.Truncate(time.Second)
	dated := !c.Absent && !c.Modified.IsZero()
	ifMatch, hasIfMatch := combined(c.Request, "If-Match")
	ifNoneMatch, hasIfNoneMatch := combined(c.Request, "If-None-Match")
	condition := false // one that RFC 6585, Section 3, would ask for

	// "1. When recipient is the origin server and If-Match is present"
	if hasIfMatch {
		holds := false
		if ifMatch == "*" {
			holds = !c.Absent
		} else if tags, ok := listed(ifMatch); ok && hasTag {
			for _, tag := range tags {
				holds = holds || strongly(tag, current)
			}
		}
		if !holds {
			return 412, "If-Match"
		}
		condition = true
	}

	// "2. ... If-Match is not present, and If-Unmodified-Since is present"
	if value, present := combined(c.Request, "If-Unmodified-Since"); present && !hasIfMatch && dated {
		if t, ok := httpDate(value, c.Modified); ok {
			if modified.After(t) {
				return 412, "If-Unmodified-Since"
			}
			condition = true
		}
	}

	// "3. When If-None-Match is present"
	if hasIfNoneMatch {
		holds := true
		if ifNoneMatch == "*" {
			holds = c.Absent
		} else if tags, ok := listed(ifNoneMatch); ok && hasTag {
			for _, tag := range tags {
				if weakly(tag, current) {
					holds = false
				}
			}
		}
		if !holds {
			if IsSafe(method) { // GET and HEAD; RFC 10008, Section 2.6
				return 304, "If-None-Match"
			}
			return 412, "If-None-Match"
		}
		if ifNoneMatch == "*" {
			condition = true
		}
	}

	// "4. When the method is GET or HEAD, If-None-Match is not present, and
	// If-Modified-Since is present"
	if method == "GET" || method == "HEAD" || method == "QUERY" {
		if value, present := combined(c.Request, "If-Modified-Since"); present && !hasIfNoneMatch && dated {
			if t, ok := httpDate(value, c.Modified); ok && !modified.After(t) {
				return 304, "If-Modified-Since"
			}
		}
	}

	// RFC 6585, Section 3: "the origin server requires the request to be
	// conditional"
	if c.Required && !IsSafe(method) && !condition {
		return 428, "If-Match"
	}
	return 0, ""
}
