package main

import (
	"cmp"
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

// around is what stands around a number or a name that is copied from a text.
const around = " \t.,;:!?#\"'`()[]{}<>"

// lookup returns the codes that words name, in what people type and paste:
// numbers, names in any spelling and as libraries write them, status lines and
// messages that have one, lists with commas, a vendor and its number, a lone word
// of a phrase, a nickname.
func lookup(words []string) ([]httpstatus.Code, error) {
	text := strings.TrimSpace(strings.Join(words, " "))
	if codes, ok := numbers(words); ok {
		return codes, nil
	}
	c, err := named(text)
	if err == nil {
		return []httpstatus.Code{c}, nil
	}
	codes, err := list(text, err)
	if err == nil {
		return codes, nil
	}
	if c, ok := message(text); ok {
		return []httpstatus.Code{c}, nil
	}
	return nil, err
}

// list returns the codes of a list, of which every member has to be understood.
// The error is that of the member that is not, or asOne where the words were meant
// as one name.
func list(text string, asOne error) ([]httpstatus.Code, error) {
	parts := strings.FieldsFunc(comparing.ReplaceAllString(text, ","), func(r rune) bool { return r == ',' || r == ';' || r == '\n' })
	if len(parts) == 1 {
		parts = strings.Fields(text)
	}
	if len(parts) < 2 || len(parts) > maxAsked {
		return nil, asOne
	}
	var codes []httpstatus.Code
	for _, part := range parts {
		c, err := named(strings.TrimSpace(part))
		if err != nil && strings.ContainsAny(text, ",;") {
			return nil, err
		} else if err != nil {
			return nil, asOne
		}
		codes = append(codes, c)
	}
	return codes, nil
}

// comparing matches what stands between two names that are compared.
var comparing = regexp.MustCompile(`(?i) (?:vs\.?|versus|or|and) `)

// numbers returns the codes that words are if each is a number, or a list of
// numbers with commas. Words that compare them, as in "404 or 410", are passed
// over.
func numbers(words []string) (codes []httpstatus.Code, ok bool) {
	for _, w := range words {
		for part := range strings.FieldsFuncSeq(w, func(r rune) bool { return strings.ContainsRune(", \t/|+&", r) }) {
			if part = strings.Trim(part, around); len(codes) > 0 && slices.Contains([]string{"and", "or", "vs", "versus"}, strings.ToLower(part)) {
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
var statusLine = regexp.MustCompile(`(?i)^(?:http(?:/[0-9](?:\.[0-9])?)?|status(?:[ -]?code)?|code|error|err)["' :=]+`)

// named returns the code that one name means.
func named(text string) (httpstatus.Code, error) {
	plain := strings.Trim(text, around)
	name := plain
	for range 2 { // "HTTP error 404"
		name = strings.TrimSpace(statusLine.ReplaceAllString(name, ""))
	}
	if n, ok := parseNumber(name); ok {
		return httpstatus.Code(n), nil
	}
	c, err := httpstatus.Parse(name)
	if err == nil {
		return c, nil
	}
	// The reason phrase of a status line is free text: the code counts.
	if name != plain && len(name) > 4 && name[3] == ' ' {
		if n, ok := parseNumber(name[:3]); ok {
			return httpstatus.Code(n), nil
		}
	}
	for _, read := range [...]func(string) (httpstatus.Code, bool){vendorCode, identifier} {
		if c, ok := read(name); ok {
			return c, nil
		}
	}
	if err := connectionError(name); err != nil {
		return 0, err
	}
	if c, ok := nickname(name); ok {
		return c, nil
	}
	return 0, unknownName(text, err)
}

// netHTTPNames are the names of net/http that are neither IANA's phrase nor one
// that it had before, in small letters. A test compares with net/http.
var netHTTPNames = map[string]httpstatus.Code{
	"nonauthoritativeinfo":  httpstatus.NonAuthoritativeInformation,
	"requesturitoolong":     httpstatus.URITooLong,
	"proxyauthrequired":     httpstatus.ProxyAuthenticationRequired,
	"teapot":                418,
	"httpversionnotsupport": httpstatus.HTTPVersionNotSupported,
}

// borders are where the next word of a name begins: Status404NotFound.
var borders = regexp.MustCompile(`([a-z])([A-Z0-9])|([A-Z])([A-Z][a-z]|[0-9])|([0-9])([A-Za-z])`)

// aboutStatus are the words of a name that say no more than that it is that of a
// status code, or of the error for one.
var aboutStatus = []string{"http", "https", "status", "code", "codes", "sc", "err", "error", "exception", "response"}

// identifier reads the name of a code as languages and libraries have it, such as
// HttpStatus.NOT_FOUND, :not_found, Status404NotFound, NotFoundException or
// abort(404). What stands before the last part says whose name it is.
func identifier(name string) (httpstatus.Code, bool) {
	if strings.ContainsAny(name, " \t") {
		return 0, false
	}
	name = name[strings.LastIndexAny(name, ".:(>=/")+1:]
	if len(name) > maxCompared {
		return 0, false
	}
	words := strings.FieldsFunc(borders.ReplaceAllString(name, "$1$3$5 $2$4$6"), func(r rune) bool {
		return strings.ContainsRune(" _-", r)
	})
	isAbout := func(word string) bool { return slices.Contains(aboutStatus, strings.ToLower(word)) }
	for from := range words {
		for to := len(words); to > from; to-- {
			c, err := httpstatus.Parse(strings.Join(words[from:to], " "))
			if err == nil && isNumber(words[from]) && to > from+1 {
				_, err = httpstatus.Parse(strings.Join(words[from+1:to], " ")) // its own phrase, and no other text
			}
			if err == nil {
				return c, true
			}
			if c, ok := netHTTPNames[strings.ToLower(strings.Join(words[from:to], ""))]; ok {
				return c, true
			}
			if !isAbout(words[to-1]) {
				break
			}
		}
		if !isAbout(words[from]) {
			break
		}
	}
	return 0, false
}

var (
	// codeWord matches a code in a message, perhaps with the sub-status that IIS has.
	codeWord    = regexp.MustCompile(`^([1-5][0-9]{2})(?:\.[0-9]{1,3})?\.?$`)
	whoseAnswer = regexp.MustCompile(`^[A-Za-z]+ [0-9]{3}$`)
	// ofStatus matches a word by which a message or a question says that its number
	// is a status.
	ofStatus = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:https?|iis|status|code|error|err|returned|responded|response|failed|what|means?|meaning)(?:[^a-z]|$)`)
)

// message reads the one number of a message that is a code, as in "Request failed
// with status code 404" or "Not Found (404)".
func message(text string) (httpstatus.Code, bool) {
	var found httpstatus.Code
	rest := text[:min(len(text), 1000)]
	for word := range strings.FieldsFuncSeq(rest, func(r rune) bool { return r != '.' && normalize(string(r)) == "" }) {
		if m := codeWord.FindStringSubmatch(word); m != nil {
			n, _ := parseNumber(m[1])
			if found != 0 && found != httpstatus.Code(n) {
				return 0, false
			}
			found = httpstatus.Code(n)
			rest = strings.Replace(rest, word, " ", 1)
		}
	}
	rest = strings.Trim(rest, around+"-/")
	if named, err := httpstatus.Parse(rest); found == 0 || err == nil && named != found {
		return 0, false
	} else if err == nil || rest == "" || ofStatus.MatchString(borders.ReplaceAllString(text, "$1$3$5 $2$4$6")) {
		return found, true
	}
	// With its phrase among the words, or after one word, whose answer it may be.
	phrase := normalize(found.Phrase())
	return found, phrase != "" && (strings.Contains(normalize(rest), phrase) || whoseAnswer.MatchString(text))
}

// aConnection matches the name of an error that a socket or a browser has.
var aConnection = regexp.MustCompile(`^(?:[a-z]+::)?(?:ERR_[A-Z_]+|E[A-Z]{4,})$`)

// connectionError returns the error for a name of what went wrong before there was
// a response, and says which code speaks of it behind a gateway; nil for others.
func connectionError(name string) error {
	if !aConnection.MatchString(name) {
		return nil
	}
	matches := choosing.Rank(name)
	if len(matches) == 0 || matches[0].Score < 0.9 {
		return nil
	}
	return usageError(fmt.Sprintf("%s is no status code: no response came. A gateway that meets it answers %v", quote(name), matches[0].Code))
}

// vendorCode reads a vendor and a number that it uses, as in "nginx 499", or what
// it calls it.
func vendorCode(name string) (httpstatus.Code, bool) {
	words := strings.Fields(name)
	if len(words) < 2 {
		return 0, false
	}
	for u := range unofficial.All() {
		if u.Phrase != "" && normalize(u.Vendor+u.Phrase) == normalize(name) {
			return u.Code, true
		}
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
	vendor = cmp.Or(productsOf[strings.ToLower(vendor)], vendor)
	for _, u := range unofficial.Lookup(httpstatus.Code(n)) {
		if strings.Contains(normalize(u.Vendor), normalize(vendor)) || u.Phrase != "" && normalize(u.Phrase) == normalize(vendor) {
			return u.Code, true
		}
	}
	return 0, false
}

// productsOf has the vendor of a product by whose name people call it.
var productsOf = map[string]string{"iis": "Microsoft", "elb": "AWS", "alb": "AWS"}

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
	return said(name)
}

// said returns the code of which people say exactly this, unless the words speak
// for another one nearly as much: then they are for pick.
func said(name string) (httpstatus.Code, bool) {
	c, ok := choosing.Said(name)
	if !ok || parseClass(name) != 0 || inTables(name) {
		return 0, false
	}
	matches := choosing.Rank(name)
	return c, matches[0].Code == c && (len(matches) == 1 || matches[1].Score < 0.6*matches[0].Score)
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
