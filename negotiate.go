package httpstatus

import (
	"slices"
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// A Format is a way to write an error as the content of a response.
type Format uint8

// The formats. The zero Format is the default, and a number that is no format
// acts like it.
const (
	// SimpleJSON is an object with the error code, the message, the fields if
	// there are any, and the extensions:
	//
	//	{"error":"user_not_found","message":"No user with ID 42 exists."}
	SimpleJSON Format = iota

	// ProblemJSON is the problem details object of RFC 9457, with the error
	// code as the member "code" and the fields in the form of that RFC's
	// example, as the member "errors":
	//
	//	{"title":"Not Found","status":404,"detail":"No user with ID 42 exists.","code":"user_not_found"}
	ProblemJSON

	// PlainText is the message, and a line for each field.
	PlainText

	// HTML is a small page with the status, the message and the fields.
	HTML
)

// MediaType returns the value of Content-Type for f, such as
// "application/problem+json". The text formats have a charset parameter; JSON
// has none.
func (f Format) MediaType() string {
	switch f {
	case ProblemJSON:
		return "application/problem+json"
	case PlainText:
		return "text/plain; charset=utf-8"
	case HTML:
		return "text/html; charset=utf-8"
	}
	return "application/json"
}

// String returns the same as [Format.MediaType].
func (f Format) String() string { return f.MediaType() }

// bareMediaType returns the media type without parameters.
func (f Format) bareMediaType() string {
	switch f {
	case PlainText:
		return "text/plain"
	case HTML:
		return "text/html"
	}
	return f.MediaType()
}

// Negotiate chooses the format of an error by the values of the request's
// Accept field, from the offers; without offers, from all formats in the order
// [SimpleJSON], [ProblemJSON], [PlainText], [HTML].
//
// It returns the format of the highest quality. Among formats of equal quality
// it takes the one that the client named most exactly, so that "text/html, */*"
// gets HTML, and then the first offer. But if the client names the media type
// of [ProblemJSON], that comes before [SimpleJSON] of no higher quality,
// whatever their order: a client that lists both, as in the example of
// RFC 9457, wants plain JSON for responses that are not errors. If nothing is
// acceptable, or the field is absent or malformed, it returns the first offer:
// a server may disregard the field (RFC 9110, Section 12.4.1), and a 406 would
// hide the error.
//
// A malformed range is skipped. A range with a parameter other than the quality
// and charset=utf-8 matches no format. RFC 9110, Section 12.5.1.
func Negotiate(accept []string, offers ...Format) Format {
	if len(offers) == 0 {
		offers = allFormats[:]
	}
	if len(offers) == 1 || len(accept) == 0 || len(accept) == 1 && (accept[0] == "" || accept[0] == "*/*") {
		return offers[0]
	}
	if len(accept) == 1 { // one format, plainly asked for
		for _, f := range offers {
			if accept[0] == f.bareMediaType() {
				return f
			}
		}
	}
	// Per format: the rank of the most specific range that speaks of it, and
	// the quality that this range gives it.
	var rank, quality [len(allFormats)]int
	named := false // the first offer is, at the highest quality, and what follows was looked at
	for _, line := range accept {
		for line != "" {
			var r preference
			var ok bool
			if r, line, ok = cutPreference(line); !ok || r.subtype == "" || r.other {
				continue
			}
			for f := range formatNames {
				if n := r.rank(&formatNames[f]); n > rank[f] || n > 0 && n == rank[f] && r.quality > quality[f] {
					rank[f], quality[f] = n, r.quality
				}
			}
			if first := offers[0]; !named && int(first) < len(rank) && rank[first] == 3 && quality[first] == 1000 {
				named = true
				if first != SimpleJSON || len(accept) == 1 && rank[ProblemJSON] < 3 && strings.IndexByte(line, '+') < 0 {
					return first // nothing can be better
				}
			}
		}
	}
	best, bestScore := offers[0], 0
	for _, f := range offers {
		i := f
		if int(i) >= len(allFormats) {
			i = SimpleJSON
		}
		if quality[i] == 0 {
			continue
		}
		if score := quality[i]*4 + rank[i]; score > bestScore {
			best, bestScore = f, score
		}
	}
	if best == SimpleJSON && rank[ProblemJSON] == 3 && quality[ProblemJSON] >= max(quality[SimpleJSON], 1) &&
		slices.Contains(offers, ProblemJSON) {
		return ProblemJSON
	}
	return best
}

var allFormats = [...]Format{SimpleJSON, ProblemJSON, PlainText, HTML}

// formatNames has the type and subtype of each format.
var formatNames = [...]struct{ typ, subtype string }{
	SimpleJSON:  {"application", "json"},
	ProblemJSON: {"application", "problem+json"},
	PlainText:   {"text", "plain"},
	HTML:        {"text", "html"},
}

// rank returns how exactly r speaks of a format: 0 for not at all, then */*,
// type/* and type/subtype.
func (r *preference) rank(format *struct{ typ, subtype string }) int {
	switch {
	case r.typ == "*":
		return 1
	case r.typ != format.typ && !ascii.EqualFold(r.typ, format.typ):
		return 0
	case r.subtype == "*":
		return 2
	case ascii.EqualFold(r.subtype, format.subtype):
		return 3
	}
	return 0
}
