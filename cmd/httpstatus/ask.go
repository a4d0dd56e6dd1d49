package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/choosing"
	"example.com/httpstatus/unofficial"
)

// maxAsked is how many codes one question may name.
const maxAsked = 1000

// lookup returns the codes that words name, in what people type and paste:
// numbers, names in any spelling, names of net/http, status lines, lists with
// commas, a vendor and its number, a lone word of a phrase, a nickname.
func lookup(words []string) ([]httpstatus.Code, error) {
	text := strings.TrimSpace(strings.Join(words, " "))
	if codes, ok := numbers(words); ok {
		return codes, nil
	}
	c, err := named(text)
	if err == nil {
		return []httpstatus.Code{c}, nil
	}
	// A list, of which every member has to be understood.
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' })
	if len(parts) == 1 {
		parts = strings.Fields(text)
	}
	if len(parts) < 2 || len(parts) > maxAsked {
		return nil, err
	}
	var codes []httpstatus.Code
	for _, part := range parts {
		c, perr := named(strings.TrimSpace(part))
		if perr != nil {
			if strings.ContainsAny(text, ",;") {
				return nil, perr
			}
			return nil, err // several words that were meant as one name
		}
		codes = append(codes, c)
	}
	return codes, nil
}

// numbers returns the codes that words are if each is a number, or a list of
// numbers with commas. Words that compare them, as in "404 or 410", are passed
// over.
func numbers(words []string) (codes []httpstatus.Code, ok bool) {
	for _, w := range words {
		for part := range strings.FieldsFuncSeq(w, func(r rune) bool { return strings.ContainsRune(", \t/|", r) }) {
			if len(codes) > 0 && slices.Contains([]string{"and", "or", "vs", "vs.", "versus"}, strings.ToLower(part)) {
				continue
			}
			n, isNumber := parseNumber(part)
			if !isNumber {
				return nil, false
			}
			codes = append(codes, httpstatus.Code(n))
		}
	}
	return codes, len(codes) > 0
}

// statusLine matches what a status line begins with, or a log that speaks of one.
var statusLine = regexp.MustCompile(`(?i)^(?:http(?:/[0-9](?:\.[0-9])?)?|status(?:[ -]?code)?|code|error|err)[ :=]+`)

// goName matches a name of net/http.
var goName = regexp.MustCompile(`^(?:http\.)?Status([A-Z][A-Za-z]*)$`)

// named returns the code that one name means.
func named(text string) (httpstatus.Code, error) {
	name := text
	name = strings.TrimPrefix(name, "< ") // as curl -v prints it
	for range 2 {                         // "HTTP error 404"
		name = strings.TrimSpace(statusLine.ReplaceAllString(name, ""))
	}
	if n, ok := parseNumber(name); ok {
		return httpstatus.Code(n), nil
	}
	if m := goName.FindStringSubmatch(name); m != nil {
		name = m[1]
	}
	c, err := httpstatus.Parse(name)
	if err == nil {
		return c, nil
	}
	if c, ok := netHTTPNames[name]; ok {
		return c, nil
	}
	// The reason phrase of a status line is free text: the code counts.
	if name != text && len(name) > 4 && name[3] == ' ' {
		if n, ok := parseNumber(name[:3]); ok {
			return httpstatus.Code(n), nil
		}
	}
	if c, ok := vendorCode(name); ok {
		return c, nil
	}
	if c, ok := nickname(name); ok {
		return c, nil
	}
	return 0, unknownName(text, err)
}

// netHTTPNames are the names of net/http that are neither IANA's phrase nor one
// that it had before. A test compares with net/http.
var netHTTPNames = map[string]httpstatus.Code{
	"NonAuthoritativeInfo":  httpstatus.NonAuthoritativeInformation,
	"RequestURITooLong":     httpstatus.URITooLong,
	"ProxyAuthRequired":     httpstatus.ProxyAuthenticationRequired,
	"Teapot":                418,
	"HTTPVersionNotSupport": httpstatus.HTTPVersionNotSupported,
}

// vendorCode reads a vendor and a number that it uses, as in "nginx 499".
func vendorCode(name string) (httpstatus.Code, bool) {
	words := strings.Fields(name)
	if len(words) < 2 {
		return 0, false
	}
	n, ok := parseNumber(words[len(words)-1])
	vendor := strings.Join(words[:len(words)-1], " ")
	if !ok {
		n, ok = parseNumber(words[0])
		vendor = strings.Join(words[1:], " ")
	}
	if !ok {
		return 0, false
	}
	for _, u := range unofficial.Lookup(httpstatus.Code(n)) {
		if strings.Contains(normalize(u.Vendor), normalize(vendor)) || u.Phrase != "" && normalize(u.Phrase) == normalize(vendor) {
			return u.Code, true
		}
	}
	return 0, false
}

// nickname reads what only one code can mean: a word that only its phrase has, a
// vendor's phrase, or what people say of it alone.
func nickname(name string) (httpstatus.Code, bool) {
	want := normalize(name)
	if len(want) < 3 {
		return 0, false
	}
	switch codes := withWord(name); len(codes) {
	case 0:
	case 1:
		return codes[0], true
	default:
		return 0, false
	}
	var found []httpstatus.Code
	for u := range unofficial.All() {
		if u.Phrase != "" && normalize(u.Phrase) == want && !slices.Contains(found, u.Code) {
			found = append(found, u.Code)
		}
	}
	if len(found) == 1 {
		return found[0], true
	}
	return choosing.Said(name)
}

// withWord returns the codes whose phrase has the word.
func withWord(word string) (codes []httpstatus.Code) {
	for c := range httpstatus.All() {
		if slices.ContainsFunc(strings.Fields(c.Phrase()), func(w string) bool { return strings.EqualFold(w, word) }) {
			codes = append(codes, c)
		}
	}
	return codes
}

// unknownName returns the error for a name that Parse refused with err.
func unknownName(name string, err error) error {
	if isNumber(name) {
		return usageError(quote(name) + " is no status code: those are the numbers 100 to 599, written with three digits")
	}
	if reason := numberReason(name, err); reason != "" {
		return usageError(quote(name) + " is no status code: " + reason)
	}
	if tables[name] != nil {
		return usageError(`"httpstatus list ` + name + `" shows that table`)
	}
	for u := range unofficial.All() {
		if strings.EqualFold(u.Vendor, name) {
			return usageError(quote(name) + ` has codes of its own; "httpstatus list unofficial" shows them, "httpstatus ` + u.Vendor + " " +
				strconv.Itoa(int(u.Code)) + `" one of them`)
		}
	}
	if several := withWord(name); len(several) > 1 {
		return usageError(fmt.Sprintf("%s is a word of several: %s", quote(name), orList(several)))
	}
	near := nearest(name)
	if len(near) == 0 {
		return usageError("no status code is called " + quote(name) + `; "httpstatus pick ` + pickWords(name) + `" looks for a situation`)
	}
	return usageError(fmt.Sprintf("no status code is called %s; did you mean %s?", quote(name), orList(near)))
}

// pickWords is name as it can be typed after pick, or WORDS.
func pickWords(name string) string {
	if name == "" || len(name) > maxQuoted || strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz -") != "" {
		return "WORDS"
	}
	return name
}

// orList names codes as alternatives.
func orList(codes []httpstatus.Code) string {
	var names []string
	for _, c := range codes {
		names = append(names, c.String())
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
