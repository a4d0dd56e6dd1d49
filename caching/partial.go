package caching

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// holds reports whether a stored 206 has all of the one range that a request
// asks for (RFC 9111, Section 3.3). Ranges are not combined (Section 3.4), and a
// request for several is not answered.
func (s *Stored) holds(request map[string][]string) bool {
	first, last, size, ok := contentRange(soleLine(field.Lines(s.Response, "Content-Range")))
	if !ok {
		return false
	}
	if condition := field.Lines(request, "If-Range"); len(condition) > 0 {
		// Strong comparison (RFC 9110, Section 13.1.5). A date would have to be
		// strong as well, which is not tried.
		tag := soleLine(condition)
		if n, weak := field.EntityTagLen(tag); n != len(tag) || weak || tag == "" || tag != soleLine(field.Lines(s.Response, "ETag")) {
			return false
		}
	}
	from, to, ok := singleRange(soleLine(field.Lines(request, "Range")), size)
	return ok && first <= from && to <= last
}

// contentRange reads the Content-Range of a 206 (RFC 9110, Section 14.4). The
// size of the whole is -1 where it is not known.
func contentRange(s string) (first, last, size int64, ok bool) {
	unit, s, _ := strings.Cut(s, " ")
	span, whole, slash := strings.Cut(s, "/")
	from, to, dash := strings.Cut(span, "-")
	first, ok1 := position(from)
	last, ok2 := position(to)
	size, ok3 := int64(-1), true
	if whole != "*" {
		size, ok3 = position(whole)
		ok3 = ok3 && last < size
	}
	return first, last, size, slash && dash && ok1 && ok2 && ok3 && first <= last && ascii.EqualFold(unit, "bytes")
}

// singleRange reads a Range that asks for one range of octets
// (RFC 9110, Section 14.1.2), of a whole whose size is -1 where it is not known.
func singleRange(s string, size int64) (from, to int64, ok bool) {
	unit, s, _ := strings.Cut(s, "=")
	first, last, dash := strings.Cut(ascii.TrimOWS(s), "-")
	if !dash || !ascii.EqualFold(unit, "bytes") {
		return 0, 0, false
	}
	switch {
	case first == "": // the last octets
		n, ok := position(last)
		return max(0, size-n), size - 1, ok && n > 0 && size > 0
	case last == "": // from there to the end
		from, ok = position(first)
		return from, size - 1, ok && from < size
	}
	from, ok1 := position(first)
	to, ok2 := position(last)
	if ok2 && size >= 0 {
		ok2, to = from <= to, min(to, size-1)
	}
	return from, to, ok1 && ok2 && from <= to
}

// position reads a position or a length; one above the largest int64 is that.
func position(s string) (n int64, ok bool) {
	u, ok := ascii.ParseDigits(s)
	return int64(u), ok
}

// soleLine returns the one line of a field. Of several, or of none, it is "".
func soleLine(lines []string) string {
	if len(lines) != 1 {
		return ""
	}
	return ascii.TrimOWS(lines[0])
}
