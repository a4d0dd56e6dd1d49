package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/httpstatus"
)

const (
	maxSuggestions = 3
	maxQuoted      = 40 // bytes of bad input that an error message repeats
	maxCompared    = 64 // bytes of it that are compared with names; the longest has 31
)

// unknownName returns the error for a name that Parse refused with err.
func unknownName(name string, err error) error {
	if isNumber(name) {
		return usageError(quote(name) + " is no status code: those are the numbers 100 to 599, written with three digits")
	}
	var parse *httpstatus.ParseError
	if errors.As(err, &parse) && name != "" && '0' <= name[0] && name[0] <= '9' {
		// A code and something after it: what is wrong is not the name.
		return usageError(quote(name) + " is no status code: " + parse.Reason)
	}
	near := nearest(name)
	if len(near) == 0 {
		return usageError("no status code is called " + quote(name) + `; "httpstatus list" shows them all`)
	}
	var names []string
	for _, c := range near {
		names = append(names, c.String())
	}
	meant := names[len(names)-1]
	if len(names) > 1 {
		meant = strings.Join(names[:len(names)-1], ", ") + " or " + meant
	}
	return usageError(fmt.Sprintf("no status code is called %s; did you mean %s?", quote(name), meant))
}

// nearest returns the few codes whose phrase or historic name is most like the
// given name, the likeliest first. A name that is part of a phrase ("timeout")
// is as near as one wrong letter.
func nearest(name string) []httpstatus.Code {
	name = normalize(name)
	if name == "" || len(name) > maxCompared {
		return nil
	}
	limit := max(2, len(name)/3) // more changes than that make another name
	type candidate struct {
		code     httpstatus.Code
		distance int
	}
	var found []candidate
	for c := range httpstatus.All() {
		best := limit + 1
		for _, known := range append([]string{c.Phrase()}, httpstatus.Describe(c).HistoricNames...) {
			known = normalize(known)
			d := editDistance(name, known)
			if len(name) >= 3 && strings.Contains(known, name) {
				d = min(d, 1)
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

// editDistance returns how many bytes must be inserted, deleted, replaced or
// swapped with their neighbour to make b of a (optimal string alignment).
func editDistance(a, b string) int {
	before, last, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(last[j]+cost, last[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, last, next = last, next, before
	}
	return last[len(b)]
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
