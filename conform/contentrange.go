package conform

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// A contentRange is a parsed Content-Range value (RFC 9110, Section 14.4).
type contentRange struct {
	unit        string
	unsatisfied bool   // the form "*/1234"
	first, last string // digits
	complete    string // digits, or "*"
}

// parseContentRange splits value; problem says what keeps it from following
// the grammar, or from making sense.
func parseContentRange(value string) (r contentRange, problem string) {
	unit := field.TokenLen(value)
	if unit == 0 || unit == len(value) || value[unit] != ' ' {
		return r, "no range unit"
	}
	r.unit = value[:unit]
	rest := value[unit+1:]
	positions, complete, ok := strings.Cut(rest, "/")
	if !ok {
		return r, "no complete length"
	}
	r.complete = complete
	if positions == "*" {
		r.unsatisfied = true
		if !ascii.AllDigits(complete) {
			return r, "no complete length"
		}
		return r, ""
	}
	r.first, r.last, ok = strings.Cut(positions, "-")
	switch {
	case !ok || !ascii.AllDigits(r.first) || !ascii.AllDigits(r.last):
		return r, "no first and last position"
	case complete != "*" && !ascii.AllDigits(complete):
		return r, "no complete length"
	case compareDigits(r.last, r.first) < 0:
		return r, "the last position is less than the first"
	case complete != "*" && compareDigits(complete, r.last) <= 0:
		return r, "the complete length does not reach the last position"
	}
	return r, ""
}

// size returns the number of octets in a satisfied byte range; ok is false if
// it is none or the number does not fit.
func (r *contentRange) size() (n int64, ok bool) {
	first, ok1 := ascii.ParseDigits(r.first)
	last, ok2 := ascii.ParseDigits(r.last)
	if !ok1 || !ok2 || last < first || last-first == 1<<63-1 {
		return 0, false
	}
	return int64(last - first + 1), true
}

// rangeUnit returns the unit of a Range value; "" if there is none.
func rangeUnit(value string) string {
	unit, _, ok := strings.Cut(value, "=")
	if !ok {
		return ""
	}
	return ascii.TrimOWS(unit)
}

// rangeCount returns the number of ranges in a Range value.
func rangeCount(value string) int {
	_, set, _ := strings.Cut(value, "=")
	n := 0
	for {
		_, rest, ok := field.CutMember(set)
		if !ok {
			return n
		}
		n, set = n+1, rest
	}
}
