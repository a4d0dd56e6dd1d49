package main

import (
	"regexp"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
)

// isNumber reports whether s is decimal digits, perhaps with a minus sign.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// parseNumber returns the int that s is. Any int will do, as every int has an
// answer, but not a padded one: "0404" is more likely a slip than a code.
func parseNumber(s string) (n int, ok bool) {
	if !isNumber(s) {
		return 0, false
	}
	if d := strings.TrimPrefix(s, "-"); d[0] == '0' && s != "0" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// parseClass returns the class that s names: "4xx", "4" or "client error" in
// any case and with any separators; else 0.
func parseClass(s string) httpstatus.Class {
	s = normalize(s)
	for _, of := range [...]string{"statuscodes", "codes", "errors", "responses"} { // as in "5xx errors"
		if short, ok := strings.CutSuffix(s, "xx"+of); ok {
			s = short + "xx"
		}
	}
	for _, c := range card.Classes {
		digit := strconv.Itoa(int(c))
		switch s {
		case digit, digit + "xx", normalize(card.ClassName(c)), normalize(card.ClassName(c)) + "s":
			return c
		}
	}
	switch s {
	case "success":
		return httpstatus.Successful
	case "redirect", "redirects":
		return httpstatus.Redirection
	}
	return 0
}

// parseClasses returns the classes that s names, with spaces, commas or "and"
// between them; none where some of it is no class.
func parseClasses(s string) (classes []httpstatus.Class) {
	if class := parseClass(s); class != 0 {
		return []httpstatus.Class{class}
	}
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(" ,/&+", r) }) {
		class := parseClass(word)
		switch {
		case class != 0 && len(classes) < len(card.Classes):
			classes = append(classes, class)
		case word != "and" && word != "or":
			return nil
		}
	}
	return classes
}

// codeRange matches two codes with all between them, or the first two digits of
// ten.
var codeRange = regexp.MustCompile(`^(?:([1-5][0-9]{2}) ?(?:-|\.\.\.?|–|to) ?([1-5][0-9]{2})|([1-5][0-9])[xX*])$`)

// parseRange reads "404-410", "404..410" or "40x".
func parseRange(s string) (from, to httpstatus.Code, ok bool) {
	m := codeRange.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, false
	}
	a, _ := strconv.Atoi(m[1] + m[3])
	b, _ := strconv.Atoi(m[2])
	if m[3] != "" {
		a, b = 10*a, 10*a+9
	}
	return httpstatus.Code(a), httpstatus.Code(b), a <= b
}

// normalize returns the ASCII letters and digits of s in lower case. It looks
// at the first few hundred bytes, which is more than any name has.
func normalize(s string) string {
	s = s[:min(len(s), 300)]
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r - 'A' + 'a'
		}
		return -1
	}, s)
}
