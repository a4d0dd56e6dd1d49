package httpstatus

import (
	"strconv"

	"example.com/httpstatus/internal/ascii"
)

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
