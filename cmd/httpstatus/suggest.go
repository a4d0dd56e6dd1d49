package main

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/choosing"
)

const (
	maxSuggestions = 3
	maxQuoted      = 40 // bytes of bad input that an error message repeats
	maxCompared    = 64 // bytes of it that are compared with names; the longest has 31
)

// numberReason returns what is wrong with a name that begins with a digit: the
// code, or what stands after it, and not the name.
func numberReason(name string, err error) string {
	var parse *httpstatus.ParseError
	if errors.As(err, &parse) && name != "" && '0' <= name[0] && name[0] <= '9' {
		return parse.Reason
	}
	return ""
}

// nearest returns the few codes whose phrase or historic name is so like the
// given name that a slip explains it, the likeliest first. A short name is like
// none: it would be like many.
func nearest(name string) []httpstatus.Code {
	name = normalize(name)
	if len(name) < 4 || len(name) > maxCompared {
		return nil
	}
	limit := max(1, len(name)/4) // more changes than that make another name
	type candidate struct {
		code     httpstatus.Code
		distance int
	}
	var found []candidate
	for c := range httpstatus.All() {
		best := limit + 1
		for _, known := range append([]string{c.Phrase()}, httpstatus.Describe(c).HistoricNames...) {
			words := strings.Fields(known)
			known = normalize(known)
			d := choosing.Distance(name, known)
			if strings.HasPrefix(known, name) && len(name) >= 5 {
				d = 1 // cut off
			}
			for _, w := range words { // a slip in a word of it
				if w = normalize(w); len(w) >= 5 && choosing.Distance(name, w) == 1 {
					d = min(d, 1)
				}
			}
			best = min(best, d)
		}
		if best <= limit {
			found = append(found, candidate{c, best})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	var codes []httpstatus.Code
	for _, f := range found[:min(len(found), maxSuggestions)] {
		codes = append(codes, f.code)
	}
	return codes
}

// quote returns s as a quoted ASCII string that is safe to print, shortened if
// it is long.
func quote(s string) string {
	if len(s) > maxQuoted {
		return strconv.QuoteToASCII(s[:maxQuoted]) + "..."
	}
	return strconv.QuoteToASCII(s)
}

// oneLine returns s without anything that could move the cursor, shortened if
// it is long: it is for texts of others that repeat bad input.
func oneLine(s string) string {
	q := strconv.QuoteToASCII(s[:min(len(s), 2*maxQuoted)])
	q = strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`)
	if len(s) > 2*maxQuoted {
		q += "..."
	}
	return q
}
