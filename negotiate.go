package httpstatus

import "strings"

// Negotiate chooses the format of an error by the values of the request's
// Accept field, from the offers; without offers, from all formats in the order
// [SimpleJSON], [ProblemJSON], [PlainText], [HTML].
//
// It is the format of the highest quality. Of several, the one that the client
// named more exactly, so that "text/html, */*" gets HTML; of several such, the
// first one offered. Where nothing is acceptable, nothing is asked for, or the field
// makes no sense, it is the first offer: an error is never replaced by a 406,
// which would hide it (RFC 9110, Section 15.5.7, lets a server do that).
//
// A range that is malformed is skipped. A parameter other than the quality
// makes a range one for something else, but for charset=utf-8.
// RFC 9110, Section 12.5.1.
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
	for _, line := range accept {
		for line != "" {
			var r mediaRange
			var ok bool
			if r, line, ok = cutMediaRange(line); !ok {
				continue
			}
			for f := range allFormats {
				if n := r.rank(Format(f)); n > rank[f] || n > 0 && n == rank[f] && r.quality > quality[f] {
					rank[f], quality[f] = n, r.quality
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
	return best
}

var allFormats = [...]Format{SimpleJSON, ProblemJSON, PlainText, HTML}

// A mediaRange is an element of an Accept field.
type mediaRange struct {
	typ, subtype string
	quality      int  // in thousandths
	other        bool // it has parameters that our formats do not
}

// rank returns how exactly r speaks of f: 0 for not at all, then */*, type/*
// and type/subtype.
func (r mediaRange) rank(f Format) int {
	typ, subtype, _ := strings.Cut(f.bareMediaType(), "/")
	switch {
	case r.other:
		return 0
	case r.typ == "*":
		return 1
	case !equalFold(r.typ, typ):
		return 0
	case r.subtype == "*":
		return 2
	case equalFold(r.subtype, subtype):
		return 3
	}
	return 0
}

// cutMediaRange reads the first element of an Accept field. The rest is what
// follows its comma, whether it was well-formed or not.
func cutMediaRange(s string) (r mediaRange, rest string, ok bool) {
	element, rest := cutElement(s)
	head, params, _ := strings.Cut(element, ";") // a type has no quotes
	var slash bool
	r.typ, r.subtype, slash = strings.Cut(strings.Trim(head, " \t"), "/")
	if !slash || !isFieldName(r.typ) || !isFieldName(r.subtype) || r.typ == "*" && r.subtype != "*" {
		return r, rest, false
	}
	r.quality = 1000
	for params != "" {
		var name, value string
		if name, value, params, ok = cutParameter(params); !ok {
			return r, rest, false
		}
		switch {
		case name == "":
		case equalFold(name, "q"):
			if r.quality, ok = parseQuality(value); !ok {
				return r, rest, false
			}
		case equalFold(name, "charset") && equalFold(value, "utf-8"):
		default:
			r.other = true
		}
	}
	return r, rest, true
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

// cutParameter reads one parameter, of those that follow a semicolon. An empty
// one is allowed and has no name (RFC 9110, Section 5.6.6).
func cutParameter(s string) (name, value, rest string, ok bool) {
	s = strings.TrimLeft(s, " \t")
	if s == "" || s[0] == ';' {
		return "", "", strings.TrimPrefix(s, ";"), true
	}
	i := 0
	for i < len(s) && isTokenByte(s[i]) {
		i++
	}
	if i == 0 || i == len(s) || s[i] != '=' {
		return "", "", "", false
	}
	name, s = s[:i], s[i+1:]
	if value, s, ok = cutValue(s); !ok {
		return "", "", "", false
	}
	if s = strings.TrimLeft(s, " \t"); s != "" && s[0] != ';' {
		return "", "", "", false
	}
	return name, value, strings.TrimPrefix(s, ";"), true
}

// cutValue reads a token or a quoted string. The escapes of the latter are
// left in: no value that we know needs one.
func cutValue(s string) (value, rest string, ok bool) {
	if s != "" && s[0] == '"' {
		for i := 1; i < len(s); i++ {
			switch s[i] {
			case '\\':
				i++
			case '"':
				return s[1:i], s[i+1:], true
			}
		}
		return "", "", false
	}
	i := 0
	for i < len(s) && isTokenByte(s[i]) {
		i++
	}
	return s[:i], s[i:], i > 0
}

// parseQuality reads a weight, in thousandths. RFC 9110, Section 12.4.2.
func parseQuality(s string) (int, bool) {
	if s == "" || s[0] != '0' && s[0] != '1' || len(s) > 1 && s[1] != '.' || len(s) > 5 {
		return 0, false
	}
	q, unit := int(s[0]-'0')*1000, 100
	for i := 2; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		q += int(s[i]-'0') * unit
		unit /= 10
	}
	return q, q <= 1000
}
