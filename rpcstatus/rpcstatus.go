// Package rpcstatus has the codes of gRPC, which Google APIs and Connect share,
// and their mappings to and from HTTP status codes.
//
//	c, err := rpcstatus.Parse("NOT_FOUND") // or "not_found", or "5"
//	c.HTTP()                               // 404 Not Found
//	rpcstatus.FromHTTP(404)                // UNIMPLEMENTED, and that is no mistake
//
// # Two directions
//
// The mapping from a code to a status code and the one back serve different
// purposes, and neither is the inverse of the other:
//
//   - [Code.HTTP] is what a gateway sends: what an API in JSON over HTTP answers
//     when the call behind it ended with a code. Connect does the same.
//   - [FromHTTP] is what a gRPC client assumes about a response that lacks
//     grpc-status, because it comes from a proxy or from a server that does not
//     speak gRPC. It is for such clients only: where there is a grpc-status, that
//     counts, and a server must not use the table to choose its status code.
//     [ConnectFromHTTP] is the same for Connect, which differs in 431.
//
// So a 404 that a gateway made of [NotFound] is [Unimplemented] to a gRPC client,
// for which it means that there is no such method; and a 400 is [Internal],
// since a client that builds its requests by itself should never get one.
//
// # What is lost
//
// 17 codes share 12 status codes: see [Code.Lossy]. Where the difference matters,
// such as between [Aborted] and [AlreadyExists], the code has to be in the
// content as well, as in the error bodies of Google APIs and Connect.
// [FailedPrecondition] becomes 400 and not 412, and [Canceled] becomes 499, which
// IANA does not have.
//
// The tables are google/rpc/code.proto of Google's APIs, "HTTP to gRPC Status
// Code Mapping" of gRPC, and the Connect Protocol. The package does not import
// gRPC; Code(c) converts between a Code and one of its codes.Code.
package rpcstatus

import (
	"iter"
	"strconv"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
)

// A Code is the code with which a call ends. The zero Code is [OK]. It is an
// open type: any int converts, and one outside 0 to 16 is treated as [Unknown],
// though it keeps its number.
type Code int

// An entry is what the table knows of a code.
type entry struct {
	name    string // in gRPC
	connect string // in Connect; "" for OK
	http    uint16 // the status code that it becomes
}

// A Description is the prose about a code.
type Description struct {
	Meaning string // a clause, perhaps with more sentences: "what the call would create exists already"
	Hint    string // a sentence about what is often mistaken; may be ""
}

// Describe returns the prose about c; that about [Unknown] if c is no code.
func Describe(c Code) Description {
	if !c.IsValid() {
		c = Unknown
	}
	return descriptions[c]
}

// entry returns what is known of c, and so of Unknown where c is no code.
func (c Code) entry() *entry {
	if !c.IsValid() {
		c = Unknown
	}
	return &table[c]
}

// All returns the codes from [OK] to [Unauthenticated], in the order of their
// numbers.
func All() iter.Seq[Code] {
	return func(yield func(Code) bool) {
		for i := range table {
			if !yield(Code(i)) {
				return
			}
		}
	}
}

// IsValid reports whether c is one of the codes, 0 to 16.
func (c Code) IsValid() bool { return uint(c) < uint(len(table)) }

// String returns the name of c in gRPC and Google APIs, as "INVALID_ARGUMENT",
// or its digits if it is no code.
func (c Code) String() string {
	if !c.IsValid() {
		return strconv.Itoa(int(c))
	}
	return table[c].name
}

// Connect returns the name of c in Connect, as "invalid_argument". It is "" for
// [OK], for which Connect has no name, and "unknown" for what is no code.
func (c Code) Connect() string { return c.entry().connect }

// FromConnect returns the code with the given name in Connect, and false if
// there is no such name. A client of Connect then goes by the status code; see
// [ConnectFromHTTP].
func FromConnect(name string) (Code, bool) {
	for i := range table {
		if name != "" && table[i].connect == name {
			return Code(i), true
		}
	}
	return Unknown, false
}

// HTTP returns the status code that c becomes where a call is answered over
// HTTP, in Google APIs, grpc-gateway and Connect. A number that is no code
// becomes 500, like Unknown.
//
// For Canceled it is 499, which is not registered: most often the client has
// left. A server whose client may still be there, because something else
// canceled the call, should send a 503.
func (c Code) HTTP() httpstatus.Code { return httpstatus.Code(c.entry().http) }

// FromHTTP returns the code that a gRPC client assumes for a response without
// grpc-status: 400 and 431 are [Internal], 401 [Unauthenticated], 403
// [PermissionDenied], 404 [Unimplemented], and 429, 502, 503 and 504
// [Unavailable]. All others are Unknown, and 200 is too: a successful call has
// a grpc-status.
//
// It is no inverse of [Code.HTTP]. For what the content of a response says, see
// [FromError].
func FromHTTP(c httpstatus.Code) Code { return grpcFromHTTP(c) }

// ConnectFromHTTP returns the code that a Connect client assumes for a response
// whose status code is not 200 and whose content does not name a code. It
// equals [FromHTTP] except for 431, which is Unknown.
func ConnectFromHTTP(c httpstatus.Code) Code { return connectFromHTTP(c) }

// FromError returns the code that the error code of e names: "NOT_FOUND" or
// "not_found", or a number as in grpc-gateway. So it works for the error bodies
// of Google APIs, grpc-gateway, Connect and, for most codes, Twirp, once
// [httpstatus.Decode] has read them. It returns false if e has no error code,
// or another kind of one.
//
// A name is enough: it does not have to agree with the status code, because
// gateways may be configured to send others. So an API that has nothing to do with
// gRPC and says "not_found" is understood too.
func FromError(e *httpstatus.Error) (Code, bool) {
	if e.HasErrorCode() {
		for i := range table {
			if said := e.ErrorCode(); said == table[i].name || said == table[i].connect {
				return Code(i), true
			}
		}
	}
	return Unknown, false
}

// Lossy returns the other codes that become the same status code as c, in the
// order of their numbers: a reader of the status code alone cannot tell them
// apart. It is nil if there is none.
func (c Code) Lossy() []Code {
	var others []Code
	for i := range table {
		if o := Code(i); o != c && table[i].http == c.entry().http {
			others = append(others, o)
		}
	}
	return others
}

// A ParseError says which text names no code, and why.
type ParseError struct {
	Input  string // the text, whole
	Reason string // such as "outside 0 to 16"
}

// Error returns a line such as
//
//	rpcstatus: parsing "17": outside 0 to 16
//
// in which the input is quoted, and cut after 64 bytes.
func (e *ParseError) Error() string {
	const most = 64
	in := e.Input
	if len(in) > most {
		in = in[:most] + "..."
	}
	return "rpcstatus: parsing " + strconv.Quote(in) + ": " + e.Reason
}

// Parse returns the code that s names. It takes the names of gRPC, Connect and
// the constants in upper or lower case, with "_", "-", a space or nothing between
// the words ("NOT_FOUND", "not_found", "NotFound"), both spellings of
// [Canceled], and the numbers from 0 to 16 without a leading zero.
//
// The error is always a [*ParseError].
func Parse(s string) (Code, error) {
	if ascii.AllDigits(s) {
		n, err := strconv.Atoi(s)
		switch {
		case len(s) > 1 && s[0] == '0':
			return Unknown, &ParseError{s, "a leading zero"}
		case err != nil || !Code(n).IsValid():
			return Unknown, &ParseError{s, "outside 0 to 16"}
		}
		return Code(n), nil
	}
	for i := range table {
		if sameName(s, table[i].name) || sameName(s, table[i].connect) {
			return Code(i), nil
		}
	}
	return Unknown, &ParseError{s, "neither a number nor the name of a code"}
}

// sameName reports whether s is the name, whatever its case and what stands
// between its words. No separator stands at an end, or beside another one.
func sameName(s, name string) bool {
	i := 0
	for j := range len(name) {
		if name[j] == '_' {
			if i < len(s) && (s[i] == '_' || s[i] == '-' || s[i] == ' ') {
				i++
			}
			continue
		}
		if i == len(s) || ascii.Lower(s[i]) != ascii.Lower(name[j]) {
			return false
		}
		i++
	}
	return i == len(s) && name != ""
}
