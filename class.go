package httpstatus

import "strconv"

// A Class is the first digit of a status code, which says what kind of answer
// it is. The zero Class is that of numbers outside 100 to 599, which are no
// status codes.
//
// RFC 9110, Section 15.
type Class int

// The five classes of status codes. RFC 9110, Section 15.
const (
	Informational Class = 1 // 1xx: received, the process goes on; another response follows
	Successful    Class = 2 // 2xx: received, understood and accepted
	Redirection   Class = 3 // 3xx: further action is needed to complete the request
	ClientError   Class = 4 // 4xx: bad syntax, or a request that cannot be fulfilled
	ServerError   Class = 5 // 5xx: the server failed an apparently valid request
)

// String returns "4xx" for [ClientError] and the like, "invalid" for the zero
// Class, and "Class(7)" for a number that is no class.
func (c Class) String() string {
	switch {
	case c >= Informational && c <= ServerError:
		return "1xx2xx3xx4xx5xx"[(c-1)*3 : c*3]
	case c == 0:
		return "invalid"
	}
	return numbered("Class", int(c))
}

// numbered writes a number that has no name, such as Class(7).
func numbered(typ string, n int) string { return typ + "(" + strconv.Itoa(n) + ")" }

// Class returns the class of c, or 0 if c is outside 100 to 599.
func (c Code) Class() Class {
	if uint(c) < uint(len(classTable)) {
		return Class(classTable[c])
	}
	return 0
}

// IsInformational reports whether c is in the 1xx class: an interim response,
// after which the final one still comes. RFC 9110, Section 15.2.
func (c Code) IsInformational() bool { return uint(c)-100 < 100 }

// IsSuccess reports whether c is in the 2xx class: the request was received,
// understood and accepted. It may not be done yet, or only in part: see
// [Accepted] and [MultiStatus]. RFC 9110, Section 15.3.
func (c Code) IsSuccess() bool { return uint(c)-200 < 100 }

// IsRedirection reports whether c is in the 3xx class: further action is needed
// to complete the request. Whether a client follows by itself is another
// question, which [Code.IsRedirect] answers: 304 is in the class and is no
// redirect. RFC 9110, Section 15.4.
func (c Code) IsRedirection() bool { return uint(c)-300 < 100 }

// IsClientError reports whether c is in the 4xx class: the client seems to have
// erred. RFC 9110, Section 15.5.
func (c Code) IsClientError() bool { return uint(c)-400 < 100 }

// IsServerError reports whether c is in the 5xx class: the server knows that it
// erred, or that it cannot perform the request. A number outside 100 to 599 is
// in no class, though a client treats it as if it were 500 (see
// [Code.Fallback]). RFC 9110, Section 15.6.
func (c Code) IsServerError() bool { return uint(c)-500 < 100 }

// IsError reports whether c is in the 4xx or the 5xx class.
// RFC 9110, Section 15.
func (c Code) IsError() bool { return uint(c)-400 < 200 }

// Fallback returns the code that a recipient treats c as: c itself if it is
// registered, the x00 code of its class if it is valid but not registered (400
// for 471, and so for 418), and 500 for a number outside 100 to 599.
//
// One thing does not follow the fallback: a cache never takes an unregistered
// code as heuristically cacheable, so 299 is not, although 200 is.
// RFC 9110, Section 15.
func (c Code) Fallback() Code {
	switch {
	case c.IsRegistered():
		return c
	case c.IsValid():
		return c / 100 * 100
	}
	return InternalServerError
}
