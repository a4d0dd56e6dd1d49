package reference

// IsRetryable reports whether the code alone makes it worth sending the same
// request again. That is a policy, which stands here with the sentences that it
// leans on; no specification has the list as a whole.
func IsRetryable(code int) bool {
	switch code {
	case 408: // RFC 9110, Section 15.5.9: "If the client has an outstanding request in transit, it MAY repeat that request."
		return true
	case 413: // RFC 9110, Section 15.5.14: only "if the condition is temporary", which Retry-After says and the code does not
		return false
	case 421: // RFC 9110, Section 15.5.20: "MAY retry [...] over a different connection", so not as it was
		return false
	case 425: // RFC 8470, Section 5.2: "A user agent SHOULD retry automatically"
		return true
	case 429: // RFC 6585, Section 4: "how long to wait before making a new request"
		return true
	case 500: // RFC 9110, Section 15.6.1: "an unexpected condition"; RFC 5861, Section 4 has 500, 502, 503 and 504 as errors to bridge
		return true
	case 501: // RFC 9110, Section 15.6.2: "does not support the functionality", and will not the next time
		return false
	case 502: // RFC 9110, Section 15.6.3; RFC 5861, Section 4
		return true
	case 503: // RFC 9110, Section 15.6.4: "will likely be alleviated after some delay"
		return true
	case 504: // RFC 9110, Section 15.6.5; RFC 5861, Section 4
		return true
	case 505: // RFC 9110, Section 15.6.6: "does not support, or refuses to support, the major version"
		return false
	case 506: // RFC 2295, Section 8.1: "an internal configuration error"
		return false
	case 507: // RFC 4918, Section 11.5: "MUST NOT be repeated until it is requested by a separate user action"
		return false
	case 508: // RFC 5842, Section 7.2: "an infinite loop"
		return false
	case 510: // RFC 2774, Section 7: only "by modifying the request"
		return false
	case 511: // RFC 6585, Section 6: "the client needs to authenticate to gain network access"
		return false
	}
	// RFC 9110, Section 15: an unrecognized 5xx is "equivalent to the x00 status
	// code of that class", and 500 is above.
	return Class(code) == 5
}

// The answers of Applied, in the words that they print as.
const (
	Unknown    = "unknown"
	NotApplied = "not applied"
	WasApplied = "applied"
)

// Applied says what code tells of whether the server carried out the request
// that it answers.
func Applied(code int) string {
	// RFC 9110, Section 15: an unregistered code means what its class means.
	// Out of range there is nothing to read.
	if !IsValid(code) {
		return Unknown
	}
	switch Fallback(code) {
	case 202: // RFC 9110, Section 15.3.3: "The request might or might not eventually be acted upon"
		return Unknown
	case 207: // RFC 4918, Section 13: "MAY be used in success, partial success and also in failure situations"
		return Unknown

	case 304: // RFC 9110, Section 13.1.2: "MUST NOT perform the requested method if the condition evaluates to false"
		return NotApplied
	case 307: // RFC 9110, Section 15.4.8: the target resource "resides temporarily under a different URI", where the same request belongs
		return NotApplied
	case 308: // RFC 9110, Section 15.4.9: "has been assigned a new permanent URI"
		return NotApplied

	case 402: // RFC 9110, Section 15.5.3: "reserved for future use"
		return Unknown
	case 406: // RFC 9110, Section 15.5.7: speaks of the representation, and a POST may have come before it
		return Unknown

	case 500: // RFC 9110, Section 15.6.1: "prevented it from fulfilling the request", at some point
		return Unknown
	case 501: // RFC 9110, Section 15.6.2: "does not support the functionality required to fulfill the request"
		return NotApplied
	case 502: // RFC 9110, Section 15.6.3: the inbound server was accessed
		return Unknown
	case 503: // RFC 9110, Section 15.6.4: "currently unable", but a gateway says it of a server that it has asked, too
		return Unknown
	case 504: // RFC 9110, Section 15.6.5: the upstream server may be at it still
		return Unknown
	case 505: // RFC 9110, Section 15.6.6: "unable or unwilling to complete the request using the same major version"
		return NotApplied
	case 506: // RFC 2295, Section 8.1: "an internal configuration error"
		return Unknown
	case 507: // RFC 4918, Section 11.5: "the method could not be performed on the resource"
		return NotApplied
	case 508: // RFC 5842, Section 7.2: "This status indicates that the entire operation failed."
		return NotApplied
	case 510: // RFC 2774, Section 7: "The policy for accessing the resource has not been met in the request."
		return NotApplied
	case 511: // RFC 6585, Section 6: answered by "intercepting proxies", short of the server
		return NotApplied
	}
	switch Class(code) {
	case 1: // RFC 9110, Section 15.2: "prior to completing the requested action"
		return Unknown
	case 2: // RFC 9110, Section 15.3: "successfully received, understood, and accepted"
		return WasApplied
	case 3: // RFC 9110, Section 15.4.4 tells of a redirect after the action, as 300 to 302 may be
		return Unknown
	case 4: // RFC 9110, Section 15.5, and each code: "cannot or will not process", "has not been applied", "refuses to fulfill it"
		return NotApplied
	}
	return Unknown
}
