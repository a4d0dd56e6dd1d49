package httpstatus

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// NegotiateType chooses the media type of a response by the values of the
// request's Accept field, from those that the server can send. An offer may have
// parameters, as in "text/plain;format=flowed".
//
// It returns the offer of the highest quality. Among offers of equal quality it
// takes the one that the client named most exactly, and then the first. The
// quality of an offer is that of the range that names it most exactly: with its
// parameters, by type and subtype, by type, or by */*. If the field is absent
// or empty, it returns the first offer.
//
// ok is false if no offer is acceptable. What happens then is the caller's
// choice: a server may answer 406 (Not Acceptable), or disregard the field and
// send what it has, although the client may be unable to use it
// (RFC 9110, Section 12.4.1). Send "Vary: Accept" in every case. For errors,
// [Negotiate] makes that choice.
//
// Malformed ranges are skipped, as is a malformed offer. Old Java clients send
// the malformed "*/*; q=.2", and may be left without an acceptable offer. A range
// with charset=utf-8 also matches an offer that names no charset.
// RFC 9110, Section 12.5.1.
func NegotiateType(accept []string, offers ...string) (offer string, ok bool) {
	return negotiate(accept, offers, func(r, offer preference) int {
		switch {
		case r.subtype == "" || offer.subtype == "":
			return 0
		case r.typ == "*":
			return r.demands(offer, 1)
		case !ascii.EqualFold(r.typ, offer.typ):
			return 0
		case r.subtype == "*":
			return r.demands(offer, 2)
		case ascii.EqualFold(r.subtype, offer.subtype):
			return r.demands(offer, 3)
		}
		return 0
	})
}

// NegotiateLanguage chooses the language of a response by the values of the
// request's Accept-Language field, from the language tags that the server has,
// as [NegotiateType] chooses among media types.
//
// The range "en" matches the tags "en" and "en-GB". A tag that no range matches
// in this way is matched by a longer range that begins with it and is not
// excluded, as "en" is by "en-GB", and else by "*". Among tags of equal quality
// it takes one that a range equals first. RFC 9110, Section 12.5.4, leaves the
// matching scheme to the server.
func NegotiateLanguage(accept []string, offers ...string) (offer string, ok bool) {
	return negotiate(accept, offers, func(r, offer preference) int {
		switch {
		case r.subtype != "" || offer.subtype != "":
			return 0
		case r.typ == "*":
			return within
		case ascii.EqualFold(offer.typ, r.typ):
			return 1002 * within
		case beginsTag(offer.typ, r.typ): // of one tag, the longer range is the more exact
			return 1001*within + min(len(r.typ), within-1)
		case r.quality > 0 && beginsTag(r.typ, offer.typ): // the less has to be left out, the more exact
			left := r.typ[len(offer.typ):]
			return max(1000-strings.Count(left, "-"), 2) * within
		}
		return 0
	})
}

// beginsTag reports whether a language tag goes on after prefix with another
// subtag.
func beginsTag(tag, prefix string) bool {
	return len(tag) > len(prefix) && tag[len(prefix)] == '-' && ascii.EqualFold(tag[:len(prefix)], prefix)
}

// NegotiateEncoding chooses the content coding of a response by the values of
// the request's Accept-Encoding field, from those that the server can apply.
// The result "identity" means no coding. It need not be offered, and is chosen
// if no offer is acceptable or if the client prefers it.
//
// Without the field the result is "identity": RFC 9110 allows any coding then,
// but a client that does not send the field can seldom decode one. ok is false
// if the client excludes every offer and "identity" as well; then a server may
// disregard the field or answer 406, as with [NegotiateType]. Send
// "Vary: Accept-Encoding" in every case.
//
// "*" stands for codings that the field does not list, and x-gzip is gzip
// (RFC 9110, Section 8.4.1.3). RFC 9110, Section 12.5.3.
func NegotiateEncoding(accept []string, offers ...string) (coding string, ok bool) {
	const identity = "identity"
	if len(accept) == 0 {
		return identity, true
	}
	best := 0
	for _, offer := range offers {
		if ascii.EqualFold(offer, identity) {
			continue // comes last, unless the client says more of it
		}
		if q, _ := codingQuality(accept, offer); q > best {
			coding, best = offer, q
		}
	}
	if q, listed := codingQuality(accept, identity); listed && q > best || best == 0 && (!listed || q > 0) {
		return identity, true
	}
	return coding, best > 0
}

// codingQuality returns the quality of a content coding, and whether the field
// speaks of it. Of identity, "*" speaks only to exclude it.
func codingQuality(accept []string, coding string) (quality int, listed bool) {
	rank := 0
	each(accept, func(r preference) {
		n := 0
		switch {
		case r.subtype != "":
		case r.typ == "*" && (coding != "identity" || r.quality == 0):
			n = 1
		case ascii.EqualFold(plainCoding(r.typ), plainCoding(coding)):
			n = 2
		}
		if n > rank || n > 0 && n == rank && r.quality > quality {
			rank, quality = n, r.quality
		}
	})
	return quality, rank > 0
}

// plainCoding returns the name of a content coding without the "x-" that older
// programs put before it.
func plainCoding(s string) string {
	if ascii.EqualFold(s, "x-gzip") || ascii.EqualFold(s, "x-compress") {
		return s[2:]
	}
	return s
}

// within is by what a rank is divided to compare offers.
const within = 1 << 10

// negotiate chooses the offer of the highest quality. The rank says how exactly a
// range speaks of an offer, 0 for not at all. Less than within it orders the ranges
// that speak of one offer, and makes none of several offers the better one.
func negotiate(accept, offers []string, rankOf func(r, offer preference) int) (best string, ok bool) {
	if isEmptyField(accept) {
		if len(offers) == 0 {
			return "", false
		}
		return offers[0], true
	}
	bestQuality, bestRank := 0, 0
	for _, text := range offers {
		offer, rest, wellFormed := cutPreference(text)
		if !wellFormed || rest != "" {
			continue
		}
		quality, rank := 0, 0
		each(accept, func(r preference) {
			if n := rankOf(r, offer); n > rank || n > 0 && n == rank && r.quality > quality {
				quality, rank = r.quality, n
			}
		})
		if rank /= within; quality > bestQuality || quality > 0 && quality == bestQuality && rank > bestRank {
			best, bestQuality, bestRank = text, quality, rank
		}
	}
	return best, bestQuality > 0
}

// isEmptyField reports whether a list has no element.
func isEmptyField(lines []string) bool {
	for _, line := range lines {
		if _, _, ok := field.CutName(line); ok {
			return false
		}
	}
	return true
}

// each calls visit for each well-formed element of a field of preferences.
func each(lines []string, visit func(preference)) {
	for _, line := range lines {
		for line != "" {
			var r preference
			var ok bool
			if r, line, ok = cutPreference(line); ok {
				visit(r)
			}
		}
	}
}

// A preference is an element of an Accept field or one like it: a media range, or
// a coding or language range, which has no subtype; and its weight.
type preference struct {
	typ, subtype string
	parameters   string // with the weight, as they stand
	quality      int    // in thousandths
	other        bool   // it has parameters that no format of an error has
}

// demands returns the rank of a media range that speaks of the type of an offer:
// 0 if the offer lacks one of its parameters, and more the more it has.
func (r preference) demands(offer preference, rank int) int {
	rank *= 1000 * within
	for rest := r.parameters; rest != ""; {
		var name, value string
		name, value, rest, _ = field.CutParameter(rest)
		if name == "" || ascii.EqualFold(name, "q") {
			continue
		}
		has, there := offer.parameter(name)
		has, value = field.Unescape(has), field.Unescape(value)
		charset := ascii.EqualFold(name, "charset")
		switch {
		case there && (has == value || charset && ascii.EqualFold(has, value)):
			rank += within
		case charset && !there && ascii.EqualFold(value, "utf-8"):
		default:
			return 0
		}
	}
	return rank
}

// parameter returns the value of a parameter.
func (r preference) parameter(name string) (value string, ok bool) {
	for rest := r.parameters; rest != ""; {
		var n string
		if n, value, rest, _ = field.CutParameter(rest); ascii.EqualFold(n, name) {
			return value, true
		}
	}
	return "", false
}

// cutPreference reads the first element of a field of preferences. The rest is
// what follows its comma, whether it was well-formed or not.
func cutPreference(s string) (r preference, rest string, ok bool) {
	t := skipOWS(s)
	i := field.TokenLen(t)
	r.typ, t = t[:i], t[i:]
	wellFormed := i > 0
	if wellFormed && t != "" && t[0] == '/' {
		i = field.TokenLen(t[1:])
		r.subtype, t = t[1:1+i], t[1+i:]
		wellFormed = i > 0 && (r.typ != "*" || r.subtype == "*")
	}
	t = skipOWS(t)
	r.quality = 1000
	if wellFormed && t == "" {
		return r, "", true
	}
	if wellFormed && t[0] == ',' {
		return r, t[1:], true
	}
	element, rest := cutElement(t)
	if !wellFormed || element[0] != ';' {
		return r, rest, false
	}
	r.parameters = element[1:]
	for parameters := r.parameters; parameters != ""; {
		var name, value string
		if name, value, parameters, ok = field.CutParameter(parameters); !ok {
			return r, rest, false
		}
		switch {
		case name == "":
		case ascii.EqualFold(name, "q"):
			if r.quality, ok = field.ParseQuality(value); !ok {
				return r, rest, false
			}
		case ascii.EqualFold(name, "charset") && ascii.EqualFold(value, "utf-8"):
		default:
			r.other = true
		}
	}
	return r, rest, true
}

// skipOWS returns s without the spaces and tabs that it begins with.
func skipOWS(s string) string {
	for s != "" && ascii.IsOWS(s[0]) {
		s = s[1:]
	}
	return s
}

// cutElement cuts s at the first comma that is not inside a quoted string.
func cutElement(s string) (element, rest string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == '\\' && quoted:
			i++
		case s[i] == ',' && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}
