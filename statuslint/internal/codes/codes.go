// Package codes holds what statuslint knows of each status code: a generated
// table, and the few questions the rules ask of it.
package codes

import (
	"sort"
	"strconv"
)

// A Code is one registered status code.
type Code struct {
	Number    int
	Name      string   // the constant in package httpstatus, such as NotFound
	Phrase    string   // the registered phrase, such as Not Found
	Required  []string // the fields that every response with this code must carry
	NoContent bool     // a response with this code has no content
	Redirect  bool     // a client follows the Location of such a response by itself
}

// Lookup returns the registered code with the given number.
func Lookup(number int) (Code, bool) {
	i := sort.Search(len(table), func(i int) bool { return table[i].Number >= number })
	if i < len(table) && table[i].Number == number {
		return table[i], true
	}
	return Code{}, false
}

// IsValid reports whether number is a status code at all.
func IsValid(number int) bool { return lowest <= number && number <= highest }

// AllowsContent reports whether a response with the given code may carry
// content. A code that is not registered acts as its class does.
func AllowsContent(number int) bool {
	if c, ok := Lookup(number); ok {
		return !c.NoContent
	}
	return number < 100 || number > 199
}

// Describe returns the number with its phrase, as in "405 (Method Not
// Allowed)".
func Describe(number int) string {
	c, ok := Lookup(number)
	if !ok {
		return strconv.Itoa(number)
	}
	return strconv.Itoa(number) + " (" + c.Phrase + ")"
}
