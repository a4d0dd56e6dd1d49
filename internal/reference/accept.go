package reference

import "strings"

// A MediaRange is an element of an Accept field, or an offer; in lower case.
type MediaRange struct {
	Type, Subtype string
	Parameters    map[string]string
	Quality       int // in thousandths
}

// matches reports whether r covers the media type, and how specific it is.
func (r MediaRange) matches(t MediaRange) (specific [2]int, ok bool) {
	for name, value := range r.Parameters {
		if t.Parameters[name] != value {
			return specific, false
		}
	}
	specific[1] = len(r.Parameters)
	switch {
	case r.Type == "*" && r.Subtype == "*":
		specific[0] = 1
	case r.Type == t.Type && r.Subtype == "*":
		specific[0] = 2
	case r.Type == t.Type && r.Subtype == t.Subtype:
		specific[0] = 3
	default:
		return specific, false
	}
	return specific, true
}

func less(a, b [2]int) bool { return a[0] < b[0] || a[0] == b[0] && a[1] < b[1] }

// Accept returns the index of the offer that RFC 9110, Section 12.5.1, prefers; -1
// if none is acceptable. Of equal ones it is the one named more exactly, and then
// the first.
func Accept(ranges, offers []MediaRange) int {
	best, quality, precedence := -1, 0, [2]int{}
	for i, offer := range offers {
		q, p := precedent(ranges, offer)
		if q > quality || q == quality && q > 0 && less(precedence, p) {
			best, quality, precedence = i, q, p
		}
	}
	return best
}

// AcceptQuality returns the quality of a media type; 0 if it is not acceptable.
func AcceptQuality(ranges []MediaRange, offer MediaRange) int {
	q, _ := precedent(ranges, offer)
	return q
}

// precedent returns the quality of a media type and the precedence of the range
// that gives it: "The media type quality factor associated with a given type is
// determined by finding the media range with the highest precedence that matches
// the type."
func precedent(ranges []MediaRange, offer MediaRange) (q int, p [2]int) {
	for _, r := range ranges {
		if specific, ok := r.matches(offer); ok && (less(p, specific) || p == specific && r.Quality > q) {
			q, p = r.Quality, specific
		}
	}
	return q, p
}

// AcceptCoding returns the quality of a content coding by the three rules of
// RFC 9110, Section 12.5.3, where the field is there, and whether the field speaks
// of it. All names are in lower case.
func AcceptCoding(qualities map[string]int, coding string) (quality int, listed bool) {
	if q, ok := qualities[strings.TrimPrefix(coding, "x-")]; ok {
		return q, true
	}
	star, ok := qualities["*"]
	if coding == "identity" {
		return 0, ok && star == 0 // "*;q=0" without a more specific entry for "identity"
	}
	return star, ok
}

// A LanguageRange is an element of an Accept-Language field, in lower case.
type LanguageRange struct {
	Range   string
	Quality int // in thousandths
}

// AcceptLanguage returns the index of the offer that is preferred; -1 if none is
// acceptable. The quality of a tag is that of the range that it equals; else of
// the longest range that it matches by RFC 4647, Section 3.3.1 ("exactly equals a
// prefix of the tag such that the first character following the prefix is "-"");
// else of the range that leads to it by Section 3.4 ("progressively truncated from
// the end"), in the fewest steps, if that is not excluded; else of "*". Of equal
// ones it is the one that comes first in this list, and then the first.
func AcceptLanguage(ranges []LanguageRange, offers []string) int {
	const equal, begins, truncated, star = 4, 3, 2, 1
	best, quality, kind, steps := -1, 0, 0, 0
	for i, offer := range offers {
		q, k, length, cut := 0, 0, 0, 0
		for _, r := range ranges {
			rk, rlength, rcut := 0, len(r.Range), 0
			switch {
			case r.Range == "*":
				rk = star
			case r.Range == offer:
				rk = equal
			case strings.HasPrefix(offer, r.Range+"-"):
				rk = begins
			case strings.HasPrefix(r.Range, offer+"-") && r.Quality > 0:
				rk, rlength, rcut = truncated, 0, len(strings.Split(r.Range, "-"))-len(strings.Split(offer, "-"))
			default:
				continue
			}
			better := rk > k || rk == k && (rlength > length || rlength == length && rcut < cut)
			if better || rk == k && rlength == length && rcut == cut && r.Quality > q {
				q, k, length, cut = r.Quality, rk, rlength, rcut
			}
		}
		if q > quality || q > 0 && q == quality && (k > kind || k == kind && cut < steps) {
			best, quality, kind, steps = i, q, k, cut
		}
	}
	return best
}
