package httpstatus

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// A RangeRequest holds what decides which part of a representation to send: the
// request, and the selected representation. The zero value of each field is the
// common case, so that RangeRequest{Request: r.Header, Size: n} is a GET of n
// octets.
//
// For net/http, Serve does all of this: see package
// [example.com/httpstatus/statushttp].
type RangeRequest struct {
	Method string // of the request, case-sensitive; "" is GET

	// Request is the header of the request, with names in any case. It is read
	// for Range and If-Range.
	Request map[string][]string

	// ETag is the entity tag of the selected representation as the response sends
	// it, quotes included; "" if there is none.
	ETag string

	// Modified is its Last-Modified, of which whole seconds count; zero if there
	// is none.
	Modified time.Time

	// Date is when the response is sent. A date in If-Range that is less than a
	// second older is weak, since the representation may have changed again within
	// that second, and does not match (RFC 9110, Section 8.8.2.2). If Date is
	// zero, this is not checked.
	Date time.Time

	// Size is the number of octets of the selected representation, as a 200 would
	// send it: after a content coding, if there is one. A negative Size means that
	// it is not known, and then the whole is sent.
	Size int64

	// MaxRanges is how many ranges are worth serving: if more are asked for, the
	// whole is sent. 0 means 50, and a negative number that no range is served.
	MaxRanges int
}

// defaultMaxRanges is MaxRanges if that is 0. It is more than a reader of pages
// asks for at once, and so few that the parts' headers cost no more than a page.
const defaultMaxRanges = 50

// A ByteRange is a part of a representation, by the positions of its first and
// its last octet. Both are included, as in Content-Range, and the first octet of
// the representation has position 0.
type ByteRange struct {
	First int64 // position of the first octet
	Last  int64 // position of the last octet
}

// Len returns the number of octets in r.
func (r ByteRange) Len() int64 { return r.Last - r.First + 1 }

// ContentRange returns the value of Content-Range for the part r of a
// representation of size octets, as in "bytes 0-4/10". RFC 9110, Section 14.4.
func (r ByteRange) ContentRange(size int64) string {
	b := make([]byte, 0, 64)
	b = append(b, "bytes "...)
	b = strconv.AppendInt(b, r.First, 10)
	b = append(b, '-')
	b = strconv.AppendInt(b, r.Last, 10)
	b = append(b, '/')
	return string(strconv.AppendInt(b, size, 10))
}

// A RangeDecision says which part of a representation to send.
type RangeDecision struct {
	// Status is 200 (OK) for all of it, 206 (Partial Content) for the Ranges, and
	// 416 (Range Not Satisfiable) for none.
	Status Code

	// Ranges are the parts that a 206 sends, in the order in which they were asked
	// for. Each has at least one octet and lies within the representation; ranges
	// that overlap or touch are joined, at the place of the first.
	Ranges []ByteRange

	// ContentRange is the value of Content-Range: for a 206 with one range, as in
	// "bytes 0-4/10", and for a 416, as in "bytes */10". With several ranges each
	// part has its own, and the header must have none
	// (RFC 9110, Section 15.3.7.2).
	ContentRange string

	Reason RangeReason // why
}

// Decide chooses the part of a representation to send. It is asked after
// [Precondition.Decide] has let a GET pass: where the answer would not be a 200,
// Range does not count (RFC 9110, Section 14.2). The first row that fits decides.
//
//	a method other than GET and QUERY              200
//	no Range, or one in another unit than bytes    200
//	a Range that is malformed                      200
//	more than MaxRanges ranges                     200
//	an If-Range that does not match                200
//	no range that lies in the representation       416
//	else                                           206
//
// Positions beyond the end, and beyond what an int64 holds, stand for the end.
// "bytes=-0" and a first position past the end cannot be satisfied; of several
// ranges those are left out. An empty representation is sent whole if its last
// octets are asked for, since no Content-Range can describe that part.
//
// If-Range compares entity tags strongly, so that a weak one never matches, and
// dates by equality (RFC 9110, Section 13.1.5). Range and If-Range have one
// value each; several lines are malformed. A Range is also malformed if in one
// of its ranges the last position is before the first
// (RFC 9110, Section 14.1.1).
//
// Ranges are counted before they are joined, and those that cannot be satisfied
// count as well, so that the work is bounded whatever is asked for
// (RFC 9110, Section 17.15).
func (r RangeRequest) Decide() RangeDecision {
	if r.Method != "" && r.Method != "GET" && r.Method != "QUERY" {
		return whole(RangeMethod)
	}
	var f rangeFields
	f.gather(r.Request)
	if len(f.ranges) == 0 {
		return whole(RangeNone)
	}
	if len(f.ranges) > 1 {
		return whole(RangeMalformed)
	}
	set, reason := cutRangeUnit(ascii.TrimOWS(f.ranges[0]))
	if reason != 0 {
		return whole(reason)
	}
	limit := r.MaxRanges
	if limit == 0 {
		limit = defaultMaxRanges
	}
	parts, empty, reason := r.parse(set, limit)
	if reason != 0 {
		return whole(reason)
	}
	if len(f.ifRange) > 0 {
		if reason := r.ifRange(f.ifRange); reason != 0 {
			return whole(reason)
		}
	}
	switch {
	case r.Size < 0:
		return whole(RangeUnknownSize)
	case len(parts) == 0 && empty:
		return whole(RangeNoOctets)
	case len(parts) == 0:
		return RangeDecision{
			Status: RangeNotSatisfiable, Reason: RangeUnsatisfiable, ContentRange: "bytes */" + strconv.FormatInt(r.Size, 10),
		}
	}
	parts = joined(parts)
	d := RangeDecision{Status: PartialContent, Reason: RangePart, Ranges: parts}
	if len(parts) == 1 {
		d.ContentRange = parts[0].ContentRange(r.Size)
	}
	return d
}

func whole(reason RangeReason) RangeDecision { return RangeDecision{Status: OK, Reason: reason} }

// rangeFields are the lines of the fields of a range request.
type rangeFields struct{ ranges, ifRange []string }

func (f *rangeFields) gather(header map[string][]string) {
	for name, lines := range header {
		switch len(name) {
		case len("Range"):
			addLines(&f.ranges, "Range", name, lines)
		case len("If-Range"):
			addLines(&f.ifRange, "If-Range", name, lines)
		}
	}
}

// cutRangeUnit returns what follows "bytes=", or why that is not to be looked at.
func cutRangeUnit(s string) (set string, reason RangeReason) {
	n := field.TokenLen(s)
	switch {
	case n == 0 || n == len(s) || s[n] != '=':
		return "", RangeMalformed
	case !ascii.EqualFold(s[:n], "bytes"):
		return "", RangeUnit
	}
	return s[n+1:], 0
}

// parse reads a set of ranges. It returns those that lie in the representation,
// and whether one is for the last octets of a representation that has none.
func (r *RangeRequest) parse(set string, limit int) (parts []ByteRange, empty bool, reason RangeReason) {
	n := 0
	for {
		spec, rest, ok := field.CutName(set)
		if !ok {
			break
		}
		set = rest
		if n++; n > limit {
			return nil, false, RangeTooMany
		}
		first, last, cut := strings.Cut(spec, "-")
		switch {
		case !cut, first != "" && !ascii.AllDigits(first), last != "" && !ascii.AllDigits(last),
			first == "" && last == "", first != "" && last != "" && isLess(last, first):
			return nil, false, RangeMalformed
		case first == "":
			length := position(last)
			empty = empty || length > 0 && r.Size == 0
			if length > 0 && r.Size > 0 {
				parts = append(parts, ByteRange{max(r.Size-length, 0), r.Size - 1})
			}
		case position(first) < r.Size:
			p := ByteRange{position(first), r.Size - 1}
			if last != "" {
				p.Last = min(p.Last, position(last))
			}
			parts = append(parts, p)
		}
	}
	if n == 0 {
		return nil, false, RangeMalformed
	}
	return parts, empty, 0
}

// isLess compares two numbers of any length.
func isLess(a, b string) bool {
	a, b = trimZeros(a), trimZeros(b)
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}

func trimZeros(digits string) string {
	for digits != "" && digits[0] == '0' {
		digits = digits[1:]
	}
	return digits
}

// position returns the value of digits, or the largest int64 if that is less.
func position(digits string) int64 {
	digits = trimZeros(digits)
	if len(digits) > len("9223372036854775807") {
		return math.MaxInt64
	}
	n := uint64(0) // which holds 19 digits, whatever they are
	for i := range len(digits) {
		n = n*10 + uint64(digits[i]-'0')
	}
	return int64(min(n, math.MaxInt64))
}

// joined joins the ranges that overlap or touch, each at the place of the first
// of its own.
func joined(parts []ByteRange) []ByteRange {
	if len(parts) == 1 {
		return parts
	}
	type placed struct {
		ByteRange
		place int
	}
	sorted := make([]placed, len(parts))
	for i, p := range parts {
		sorted[i] = placed{p, i}
	}
	slices.SortFunc(sorted, func(a, b placed) int { return cmp.Compare(a.First, b.First) })
	n := 0
	for _, p := range sorted[1:] {
		if last := &sorted[n]; p.First-1 <= last.Last {
			last.Last = max(last.Last, p.Last)
			last.place = min(last.place, p.place)
		} else {
			n++
			sorted[n] = p
		}
	}
	sorted = sorted[:n+1]
	slices.SortFunc(sorted, func(a, b placed) int { return cmp.Compare(a.place, b.place) })
	parts = parts[:0]
	for _, p := range sorted {
		parts = append(parts, p.ByteRange)
	}
	return parts
}

// ifRange returns why an If-Range field does not match, or 0 if it does.
// RFC 9110, Section 13.1.5.
func (r *RangeRequest) ifRange(lines []string) RangeReason {
	if len(lines) > 1 {
		return RangeIfRangeMalformed
	}
	value := ascii.TrimOWS(lines[0])
	if n, weak := field.EntityTagLen(value); n > 0 && n == len(value) {
		switch {
		case weak || len(r.ETag) > 2 && r.ETag[0] == 'W' && r.ETag[2:] == value:
			return RangeIfRangeWeak
		case value != r.ETag:
			return RangeIfRangeTag
		}
		return 0
	}
	unix, ok := field.ParseDate(value, r.Modified)
	switch {
	case !ok:
		return RangeIfRangeMalformed
	case r.Modified.IsZero() || unix != r.Modified.Unix():
		return RangeIfRangeDate
	case !r.Date.IsZero() && r.Date.Unix() <= unix:
		return RangeIfRangeWeak
	}
	return 0
}

// A RangeReason says why [RangeRequest.Decide] chose a part, the whole or
// nothing. Compare it with the constants, or print it. New reasons may be
// added.
type RangeReason uint8

// The reasons. All but the first two send the whole.
const (
	RangePart             RangeReason = iota + 1 // 206: a range lies in the representation
	RangeUnsatisfiable                           // 416: no range does
	RangeNone                                    // there is no Range
	RangeMethod                                  // neither GET nor QUERY
	RangeUnit                                    // Range is in another unit than bytes
	RangeMalformed                               // Range cannot be read
	RangeTooMany                                 // more ranges than MaxRanges
	RangeIfRangeTag                              // the entity tag in If-Range is another
	RangeIfRangeDate                             // the date in If-Range is another
	RangeIfRangeWeak                             // the validator in If-Range, or the current one, is weak
	RangeIfRangeMalformed                        // If-Range is neither an entity tag nor a date
	RangeNoOctets                                // the last octets of a representation that has none
	RangeUnknownSize                             // Size is less than 0
)

// rangeReasons has what is known of each reason.
var rangeReasons = [...]struct{ text, field, reference string }{
	0: {text: "no reason"},

	RangePart:             {"the Range lies in the representation", "Range", "RFC 9110, Section 14.2"},
	RangeUnsatisfiable:    {"no part of the Range lies in the representation", "Range", "RFC 9110, Section 15.5.17"},
	RangeNone:             {"the request has no Range", "", "RFC 9110, Section 14.2"},
	RangeMethod:           {"the method ignores Range", "", "RFC 9110, Section 14.2"},
	RangeUnit:             {"the Range is in another unit than bytes", "Range", "RFC 9110, Section 14.2"},
	RangeMalformed:        {"the Range is malformed", "Range", "RFC 9110, Section 14.1.1"},
	RangeTooMany:          {"the Range has more ranges than are worth serving", "Range", "RFC 9110, Section 17.15"},
	RangeIfRangeTag:       {"the entity tag in If-Range is not the current one", "If-Range", "RFC 9110, Section 13.1.5"},
	RangeIfRangeDate:      {"the date in If-Range is not the current one", "If-Range", "RFC 9110, Section 13.1.5"},
	RangeIfRangeWeak:      {"If-Range needs a strong validator, and the one that would match is weak", "If-Range", "RFC 9110, Section 13.1.5"},
	RangeIfRangeMalformed: {"If-Range is neither an entity tag nor a date", "If-Range", "RFC 9110, Section 13.1.5"},
	RangeNoOctets:         {"the representation has no octets to take a part of", "Range", "RFC 9110, Section 14.1.2"},
	RangeUnknownSize:      {"the size of the representation is not known", "", "RFC 9110, Section 14.2"},
}

// String returns the reason as a clause without a full stop, as in "the Range is
// malformed".
func (r RangeReason) String() string {
	if int(r) < len(rangeReasons) {
		return rangeReasons[r].text
	}
	return numbered("RangeReason", int(r))
}

// Field returns the name of the request field that decided, as in "If-Range", or
// "" where none did.
func (r RangeReason) Field() string {
	if int(r) < len(rangeReasons) {
		return rangeReasons[r].field
	}
	return ""
}

// Reference returns where the rule stands, as in "RFC 9110, Section 13.1.5".
func (r RangeReason) Reference() string {
	if int(r) < len(rangeReasons) {
		return rangeReasons[r].reference
	}
	return ""
}
