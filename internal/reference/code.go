// Package reference reads the specifications on HTTP status codes slowly and
// literally, as the oracle that the tests compare the generated tables with.
//
// It is written to be checked by eye against the texts: every function is a
// switch, every case names the sentence that it rests on, and nothing is
// packed, generated or shared with the tables. It knows neither httpstatus nor
// the registry from which httpstatus is generated, so a mistake has to be made
// twice to go unseen. Codes are plain ints here, and levels plain words.
//
// Only tests import it.
package reference

// IsValid reports whether code lies in 100 to 599.
//
// RFC 9110, Section 15: "All valid status codes are within the range of 100 to
// 599, inclusive."
func IsValid(code int) bool {
	return 100 <= code && code <= 599
}

// IsRegistered reports whether the IANA HTTP Status Code Registry gives code a
// meaning: whether it has a row that says neither "Unassigned" nor "(Unused)".
func IsRegistered(code int) bool {
	return Phrase(code) != ""
}

// Phrase returns the description in the IANA HTTP Status Code Registry, last
// updated 2025-09-15, without its remarks in parentheses; "" for a code that
// the registry does not describe.
func Phrase(code int) string {
	switch code {
	// 306 and 418 are not here: their description is "(Unused)".
	case 100:
		return "Continue"
	case 101:
		return "Switching Protocols"
	case 102:
		return "Processing"
	case 103:
		return "Early Hints"
	case 104:
		return "Upload Resumption Supported" // "(TEMPORARY)" is a remark
	case 200:
		return "OK"
	case 201:
		return "Created"
	case 202:
		return "Accepted"
	case 203:
		return "Non-Authoritative Information"
	case 204:
		return "No Content"
	case 205:
		return "Reset Content"
	case 206:
		return "Partial Content"
	case 207:
		return "Multi-Status"
	case 208:
		return "Already Reported"
	case 226:
		return "IM Used"
	case 300:
		return "Multiple Choices"
	case 301:
		return "Moved Permanently"
	case 302:
		return "Found"
	case 303:
		return "See Other"
	case 304:
		return "Not Modified"
	case 305:
		return "Use Proxy"
	case 307:
		return "Temporary Redirect"
	case 308:
		return "Permanent Redirect"
	case 400:
		return "Bad Request"
	case 401:
		return "Unauthorized"
	case 402:
		return "Payment Required"
	case 403:
		return "Forbidden"
	case 404:
		return "Not Found"
	case 405:
		return "Method Not Allowed"
	case 406:
		return "Not Acceptable"
	case 407:
		return "Proxy Authentication Required"
	case 408:
		return "Request Timeout"
	case 409:
		return "Conflict"
	case 410:
		return "Gone"
	case 411:
		return "Length Required"
	case 412:
		return "Precondition Failed"
	case 413:
		return "Content Too Large"
	case 414:
		return "URI Too Long"
	case 415:
		return "Unsupported Media Type"
	case 416:
		return "Range Not Satisfiable"
	case 417:
		return "Expectation Failed"
	case 421:
		return "Misdirected Request"
	case 422:
		return "Unprocessable Content"
	case 423:
		return "Locked"
	case 424:
		return "Failed Dependency"
	case 425:
		return "Too Early"
	case 426:
		return "Upgrade Required"
	case 428:
		return "Precondition Required"
	case 429:
		return "Too Many Requests"
	case 431:
		return "Request Header Fields Too Large"
	case 451:
		return "Unavailable For Legal Reasons"
	case 500:
		return "Internal Server Error"
	case 501:
		return "Not Implemented"
	case 502:
		return "Bad Gateway"
	case 503:
		return "Service Unavailable"
	case 504:
		return "Gateway Timeout"
	case 505:
		return "HTTP Version Not Supported"
	case 506:
		return "Variant Also Negotiates"
	case 507:
		return "Insufficient Storage"
	case 508:
		return "Loop Detected"
	case 510:
		return "Not Extended" // "(OBSOLETED)" is a remark
	case 511:
		return "Network Authentication Required"
	}
	return ""
}

// Class returns the first digit of a valid code and 0 for the rest.
//
// RFC 9110, Section 15: "The first digit of the status code defines the class of
// response."
func Class(code int) int {
	switch {
	case 100 <= code && code <= 199:
		return 1 // Informational
	case 200 <= code && code <= 299:
		return 2 // Successful
	case 300 <= code && code <= 399:
		return 3 // Redirection
	case 400 <= code && code <= 499:
		return 4 // Client Error
	case 500 <= code && code <= 599:
		return 5 // Server Error
	}
	return 0
}

// Fallback returns the code that a client treats code as.
//
// RFC 9110, Section 15: "a client MUST understand the class of any status code,
// as indicated by the first digit, and treat an unrecognized status code as
// being equivalent to the x00 status code of that class", and "A client that
// receives a response with an invalid status code SHOULD process the response
// as if it had a 5xx (Server Error) status code."
func Fallback(code int) int {
	if IsRegistered(code) {
		return code
	}
	switch Class(code) {
	case 1:
		return 100
	case 2:
		return 200
	case 3:
		return 300
	case 4:
		return 400
	}
	return 500 // a 5xx, or no status code
}
