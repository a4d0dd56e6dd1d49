package proxystatus

import (
	"encoding/base64"
	"strconv"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/field"
)

// FieldName is the name of the field: "Proxy-Status".
const FieldName = "Proxy-Status"

// An Entry is what one intermediary says in a Proxy-Status field about its
// handling of a response. A field that says nothing is zero.
type Entry struct {
	// Proxy identifies the intermediary: a name of the service, a host name, an
	// IP address or any string.
	Proxy string

	// Error is the type of the error; 0 if there was none, or one that this
	// package does not know.
	Error ErrorType

	// ErrorName is the name of a type that this package does not know, as it was
	// received; otherwise it is "".
	ErrorName string

	// Extra holds the extra parameters that Error defines for itself, by name,
	// each as text whatever its type: "rcode": "NXDOMAIN". Others are left out.
	Extra map[string]string

	// NextHop identifies the intermediary or the origin server to which the
	// request was, or would have been, forwarded.
	NextHop string

	// NextProtocol is the ALPN protocol identifier of what was spoken to the next
	// hop: "h2", "http/1.1". It may have any octets.
	NextProtocol string

	// ReceivedStatus is the status code that came from the next hop. It is not
	// checked.
	ReceivedStatus httpstatus.Code

	// Details says more, in words of the intermediary.
	Details string
}

// The bounds of what [Parse] reads.
const (
	maxLength  = 64 << 10 // octets of all lines
	maxEntries = 256
)

// A ParseError says why a field cannot be read.
type ParseError struct {
	Reason string // such as "longer than 64 KiB"
}

// Error returns a line such as
//
//	proxystatus: parsing Proxy-Status: longer than 64 KiB
func (e *ParseError) Error() string { return "proxystatus: parsing Proxy-Status: " + e.Reason }

// Parse reads the lines of a Proxy-Status field. The first entry is of the
// intermediary that is closest to the origin server, and the last of the one that
// is closest to the reader. No line at all gives no entry.
//
// If any part of the field is malformed, all of it is ignored
// (RFC 9651, Section 2.2): Parse then returns a *ParseError and no entry. It
// does the same if the field has more than 64 KiB or 256 entries. A parameter
// that is not known, or is not of the type that RFC 9209 asks for, is ignored.
// The one exception is an error whose name is a String that could be the Token
// it has to be, as in an example of RFC 9209, Section 2.1.5.
//
// Nothing verifies the field on the way, and it is meant for people and logs.
// Do not trust it more than the connection that it came over.
func Parse(lines []string) ([]Entry, error) {
	length := 0
	for _, line := range lines {
		if length += len(line) + 1; length > maxLength {
			return nil, &ParseError{"longer than 64 KiB"}
		}
	}
	list, ok := field.ParseList(lines)
	if !ok {
		return nil, &ParseError{"no list of structured fields"}
	}
	var entries []Entry
	for m := range list.All() {
		switch {
		case m.Value.Kind != field.KindString && m.Value.Kind != field.KindToken:
			return nil, &ParseError{"an entry begins with neither a string nor a token"}
		case len(entries) == maxEntries:
			return nil, &ParseError{"more than 256 entries"}
		}
		entries = append(entries, entryOf(m))
	}
	return entries, nil
}

// entryOf reads a member of the list.
func entryOf(m field.Member) Entry {
	e := Entry{Proxy: m.Value.Text()}
	for name, v := range m.Params.All() { // of two with one name, the last counts
		text := v.Kind == field.KindString || v.Kind == field.KindToken
		switch {
		case name == "error":
			e.Error, e.ErrorName = 0, ""
			if text {
				if t, ok := ParseErrorType(v.Text()); ok {
					e.Error = t
				} else if field.IsStructuredToken(v.Text()) {
					e.ErrorName = v.Text()
				}
			}
		case name == "next-hop":
			e.NextHop = v.Text()
			if !text {
				e.NextHop = ""
			}
		case name == "next-protocol":
			e.NextProtocol = string(v.Bytes())
			if v.Kind == field.KindToken {
				e.NextProtocol = v.Text()
			}
		case name == "received-status":
			e.ReceivedStatus = 0
			if v.Kind == field.KindInteger && int64(int32(v.Integer)) == v.Integer {
				e.ReceivedStatus = httpstatus.Code(v.Integer)
			}
		case name == "details":
			e.Details = ""
			if v.Kind == field.KindString {
				e.Details = v.Text()
			}
		}
	}
	for p := range e.Error.Parameters() {
		if text, ok := extra(p, m.Params.Get(p.Name)); ok {
			if e.Extra == nil {
				e.Extra = map[string]string{}
			}
			e.Extra[p.Name] = text
		}
	}
	return e
}

// extra returns the value of an extra parameter as text, and false if it is not
// there or of another type.
func extra(p Parameter, v field.Value) (text string, ok bool) {
	switch {
	case v.Kind == field.KindInteger && p.Type == "Integer":
		return strconv.FormatInt(v.Integer, 10), true
	case v.Kind == field.KindString && (p.Type == "String" || p.Type == "Token or String"),
		v.Kind == field.KindToken && (p.Type == "Token" || p.Type == "Token or String"):
		return v.Text(), true
	}
	return "", false
}

// Append appends e to dst as a member of a Proxy-Status field, which is a field
// line of its own, or goes after a comma behind the lines that there are: "when
// adding a value to the Proxy-Status field, intermediaries SHOULD preserve the
// existing members" (RFC 9209, Section 2).
//
// It never fails. In a String, each byte that is neither visible ASCII nor a
// space becomes "?", so nothing in e can end the field line. A name is sent as
// a Token if it is one. A value that does not fit its type is left out: an
// extra parameter that Error does not define or that is not of its type, an
// ErrorName that is no Token, a ReceivedStatus that has more than 15 digits.
//
// Details and NextHop can tell an attacker about the network behind the proxy
// (RFC 9209, Section 4).
func (e Entry) Append(dst []byte) []byte {
	dst = appendName(dst, e.Proxy)
	name := e.Error.String()
	if name == "" && field.IsStructuredToken(e.ErrorName) {
		name = e.ErrorName
	}
	if name != "" {
		dst = append(append(dst, "; error="...), name...)
	}
	for p := range e.Error.Parameters() {
		if text, ok := e.Extra[p.Name]; ok {
			dst = appendExtra(dst, p, text)
		}
	}
	if e.NextHop != "" {
		dst = appendName(append(dst, "; next-hop="...), e.NextHop)
	}
	if e.NextProtocol != "" {
		dst = append(dst, "; next-protocol="...)
		if field.IsStructuredToken(e.NextProtocol) {
			dst = append(dst, e.NextProtocol...)
		} else {
			dst = append(base64.StdEncoding.AppendEncode(append(dst, ':'), []byte(e.NextProtocol)), ':')
		}
	}
	if n := int64(e.ReceivedStatus); n != 0 && isInteger(n) {
		dst = strconv.AppendInt(append(dst, "; received-status="...), n, 10)
	}
	if e.Details != "" {
		dst = appendString(append(dst, "; details="...), e.Details)
	}
	return dst
}

// appendExtra appends an extra parameter if its text fits its type.
func appendExtra(dst []byte, p Parameter, text string) []byte {
	start := len(dst)
	dst = append(append(append(dst, "; "...), p.Name...), '=')
	switch p.Type {
	case "String":
		return appendString(dst, text)
	case "Integer":
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && isInteger(n) {
			return strconv.AppendInt(dst, n, 10)
		}
	case "Token or String":
		return appendName(dst, text)
	case "Token":
		if field.IsStructuredToken(text) {
			return append(dst, text...)
		}
	}
	return dst[:start]
}

// isInteger reports whether n is an Integer, which has at most 15 digits.
// RFC 9651, Section 3.3.1.
func isInteger(n int64) bool { return -1e15 < n && n < 1e15 }

// appendName appends a Token, or a String if s is none.
func appendName(dst []byte, s string) []byte {
	if field.IsStructuredToken(s) {
		return append(dst, s...)
	}
	return appendString(dst, s)
}

// appendString appends a String, in which what cannot stand there is "?".
func appendString(dst []byte, s string) []byte {
	dst, ok := field.AppendString(dst, s)
	if ok {
		return dst
	}
	clean := []byte(s)
	for i, b := range clean {
		if b < ' ' || b > '~' {
			clean[i] = '?'
		}
	}
	dst, _ = field.AppendString(dst, string(clean))
	return dst
}
