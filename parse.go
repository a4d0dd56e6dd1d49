package httpstatus

import (
	"strconv"

	"example.com/httpstatus/internal/ascii"
)

// A ParseError says which text is no status code, and why.
type ParseError struct {
	Input  string // the text, whole
	Reason string // such as "outside 100 to 599"
}

// Error returns a line such as
//
//	httpstatus: parsing "600": outside 100 to 599
//
// in which the input is quoted, and cut after 64 bytes.
func (e *ParseError) Error() string {
	const most = 64
	in := e.Input
	if len(in) > most {
		in = in[:most] + "..."
	}
	return "httpstatus: parsing " + strconv.Quote(in) + ": " + e.Reason
}

// Parse returns the status code that s names. It takes
//
//   - three digits from 100 to 599, registered or not: "404", "471";
//   - the digits and a phrase, as in a status line: "404 Not Found";
//   - a phrase, or the name of its constant: "Not Found", "NotFound",
//     "not_found", "not-found", in upper or lower case;
//   - an older phrase: "Request Entity Too Large" is 413, and "I'm a
//     teapot" is 418.
//
// The phrase after the digits may be any text, or missing, because servers
// write there what they like (RFC 9112, Section 4). A phrase that belongs to
// another code is refused, as in "200 Not Found", and so is a control character,
// which is no part of a phrase; a tab is.
//
// The error is always a *[ParseError]. White space around s is an error.
func Parse(s string) (Code, error) {
	c, reason := parse(s)
	if reason != "" {
		return 0, &ParseError{Input: s, Reason: reason}
	}
	return c, nil
}

func parse(s string) (c Code, reason string) {
	digits := 0
	for digits < len(s) && ascii.IsDigit(s[digits]) {
		digits++
	}
	switch {
	case s == "":
		return 0, "empty"
	case digits == 0:
		if c, ok := lookupName(s); ok {
			return c, ""
		}
		return 0, "neither a number nor the name of a status code"
	case digits != 3:
		return 0, "not three digits"
	}
	c = Code(s[0]-'0')*100 + Code(s[1]-'0')*10 + Code(s[2]-'0')
	switch {
	case !c.IsValid():
		return 0, "outside 100 to 599"
	case len(s) == 3:
		return c, ""
	case s[3] != ' ':
		return 0, "no space after the three digits"
	}
	for i := 4; i < len(s); i++ {
		if s[i] < ' ' && s[i] != '\t' || s[i] == 0x7F {
			return 0, "a control character in the phrase"
		}
	}
	if named, ok := lookupName(s[4:]); ok && named != c {
		return 0, "the phrase is that of " + strconv.Itoa(int(named))
	}
	return c, ""
}

// lookupName returns the code with the given phrase, constant name, or historic
// phrase. It compares letters and digits alone, without regard to case.
func lookupName(s string) (Code, bool) {
	var buf [maxNameKey]byte
	key := buf[:0]
	for i := range len(s) {
		b := ascii.Lower(s[i])
		switch {
		case 'a' <= b && b <= 'z' || ascii.IsDigit(b):
			if len(key) == len(buf) {
				return 0, false
			}
			key = append(key, b)
		case b != ' ' && b != '-' && b != '_' && b != '\'':
			return 0, false
		case i == 0 || i == len(s)-1:
			return 0, false // a separator that separates nothing
		}
	}
	lo, hi := 0, len(nameTable)
	for lo < hi {
		if m := int(uint(lo+hi) / 2); nameTable[m].key < string(key) {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(nameTable) && nameTable[lo].key == string(key) {
		return Code(nameTable[lo].code), true
	}
	return 0, false
}

// MarshalJSON returns c as a JSON number. It does so for every int, valid or
// not, and never fails.
func (c Code) MarshalJSON() ([]byte, error) {
	return strconv.AppendInt(nil, int64(c), 10), nil
}

// UnmarshalJSON sets *c from a JSON number without fraction or exponent, or
// from a string of digits, as some services send it: 404 or "404". Any number
// that fits an int is taken, valid as a status code or not, so that what
// [Code.MarshalJSON] wrote comes back; ask [Code.IsValid]. null leaves *c as it
// is. For anything else the error is a *[ParseError], and *c is unchanged.
func (c *Code) UnmarshalJSON(data []byte) error {
	text := string(data)
	if text == "null" {
		return nil
	}
	number := text
	if len(text) >= 2 && text[0] == '"' && text[len(text)-1] == '"' {
		number = text[1 : len(text)-1]
		if number == "" || number[0] == '-' {
			return &ParseError{Input: text, Reason: "not a string of digits"}
		}
	}
	if !isInteger(number) {
		return &ParseError{Input: text, Reason: "neither a whole number nor a string of digits"}
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return &ParseError{Input: text, Reason: "too large a number"}
	}
	*c = Code(n)
	return nil
}

// isInteger reports whether s is an integer as JSON writes it: an optional
// minus sign, and digits without a leading zero.
func isInteger(s string) bool {
	if s != "" && s[0] == '-' {
		s = s[1:]
	}
	if s == "" || s[0] == '0' && len(s) > 1 {
		return false
	}
	for i := range len(s) {
		if !ascii.IsDigit(s[i]) {
			return false
		}
	}
	return true
}
