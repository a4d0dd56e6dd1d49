// Package proxystatus reads and writes the field Proxy-Status, in which proxies
// and gateways say what went wrong behind them, and has the error types that
// they use.
//
//	entries, err := proxystatus.Parse(resp.Header["Proxy-Status"])
//	for _, e := range entries {
//		fmt.Println(e.Error, e.Error.Status(), e.Error.Applied()) // connection_refused 502 Bad Gateway not applied
//	}
//
// An [ErrorType] has the status code that RFC 9209 recommends, and says whether
// the request may have been carried out. The types are those of
// RFC 9209, Section 2.3, and what has been registered since. FailureOf in
// package statushttp says which of them an error of net/http is.
package proxystatus

import (
	"iter"

	"example.com/httpstatus"
)

// An ErrorType is a proxy error type. The zero ErrorType is none, and so is every
// number without a constant. The numbers are this package's own; new types get
// the next ones.
type ErrorType uint8

// An entry is what the table knows of a type.
type entry struct {
	name         string
	reference    string
	status       httpstatus.Code // 0 where none is recommended
	applied      httpstatus.Applied
	intermediary bool // only intermediaries generate the response
	parameters   []Parameter
}

// A Parameter is an extra parameter that an error type defines for itself.
type Parameter struct {
	Name string // as in the field: "rcode"
	Type string // of its value: "String", "Token", "Integer" or "Token or String"
}

// A Description is the prose about a type.
type Description struct {
	Meaning string // a clause: "the next hop refused the connection"
	Applied string // why the request cannot, or may, have been carried out: a clause
	URL     string // of the definition
}

// All returns the types in the order in which they were registered.
func All() iter.Seq[ErrorType] {
	return func(yield func(ErrorType) bool) {
		for t := ErrorType(1); int(t) < len(table); t++ {
			if !yield(t) {
				return
			}
		}
	}
}

// entry returns what is known of t: nothing where t is no type.
func (t ErrorType) entry() *entry {
	if int(t) < len(table) {
		return &table[t]
	}
	return &table[0]
}

// String returns the name of t in the field, as "connection_refused", or "" if it
// is no type.
func (t ErrorType) String() string { return t.entry().name }

// Status returns the status code that RFC 9209 recommends for a response that an
// intermediary generates because of t. It is 0 for none, and for the two types
// that leave it open: [HTTPRequestError], which is some 4xx, and
// [ProxyInternalResponse], which can be anything.
func (t ErrorType) Status() httpstatus.Code { return t.entry().status }

// Applied says whether the request may have been carried out, by the definition
// of t: [[httpstatus.NotApplied] if it cannot have reached the next hop, and
// otherwise [httpstatus.AppliedUnknown]. RFC 9209 does not say this explicitly;
// [Describe] gives the reason for each type. It is never
// [httpstatus.WasApplied].
//
// It is as reliable as the proxy that uses the name. Nothing checks that the
// field is true (RFC 9209, Section 4), and not every proxy is exact: some send
// [ConnectionTimeout] when the response was late.
func (t ErrorType) Applied() httpstatus.Applied { return t.entry().applied }

// OnlyIntermediary reports whether a response with t always comes from the
// intermediary itself. Otherwise it may be the beginning of the next hop's
// response, with t in its trailer section.
func (t ErrorType) OnlyIntermediary() bool { return t.entry().intermediary }

// Parameters returns the parameters that t defines beside those that every entry
// of the field may have.
func (t ErrorType) Parameters() iter.Seq[Parameter] {
	return func(yield func(Parameter) bool) {
		for _, p := range t.entry().parameters {
			if !yield(p) {
				return
			}
		}
	}
}

// Reference returns where t is defined, as "RFC 9209, Section 2.3.7", or "" if it
// is no type.
func (t ErrorType) Reference() string { return t.entry().reference }

// Describe returns the prose about t, which is empty if it is no type.
func Describe(t ErrorType) Description {
	if int(t) < len(descriptions) {
		return descriptions[t]
	}
	return Description{}
}

// ParseErrorType returns the type with the given name, and false if there is none
// of exactly that name: the names are tokens, in which case matters.
func ParseErrorType(name string) (ErrorType, bool) {
	for t := 1; t < len(table); t++ {
		if table[t].name == name {
			return ErrorType(t), true
		}
	}
	return 0, false
}
