package reference

// IsCacheable reports whether code is defined as heuristically cacheable.
//
// An unregistered code is not: RFC 9110, Section 15.1, "all other status codes
// are not heuristically cacheable."
func IsCacheable(code int) bool {
	switch code {
	case 200: // RFC 9110, Section 15.3.1: "A 200 response is heuristically cacheable"
		return true
	case 203: // RFC 9110, Section 15.3.4: "A 203 response is heuristically cacheable"
		return true
	case 204: // RFC 9110, Section 15.3.5: "A 204 response is heuristically cacheable"
		return true
	case 206: // RFC 9110, Section 15.3.7: "A 206 response is heuristically cacheable"
		return true
	case 226: // RFC 3229, Section 10.4.1: stored "subject to the HTTP expiration mechanism", which is no default
		return false
	case 300: // RFC 9110, Section 15.4.1: "A 300 response is heuristically cacheable"
		return true
	case 301: // RFC 9110, Section 15.4.2: "A 301 response is heuristically cacheable"
		return true
	case 308: // RFC 9110, Section 15.4.9: "A 308 response is heuristically cacheable"
		return true
	case 404: // RFC 9110, Section 15.5.5: "A 404 response is heuristically cacheable"
		return true
	case 405: // RFC 9110, Section 15.5.6: "A 405 response is heuristically cacheable"
		return true
	case 410: // RFC 9110, Section 15.5.11: "A 410 response is heuristically cacheable"
		return true
	case 414: // RFC 9110, Section 15.5.15: "A 414 response is heuristically cacheable"
		return true
	case 421: // RFC 9110, Section 15.5.20 no longer says so, as its predecessor in RFC 7540 did
		return false
	case 425: // RFC 8470, Section 5.2: "The 425 (Too Early) status code is not cacheable by default."
		return false
	case 451: // RFC 7725, Section 3: "A 451 response is cacheable by default"
		return true
	case 501: // RFC 9110, Section 15.6.2: "A 501 response is heuristically cacheable"
		return true
	}
	return false
}

// ForbidsStorage reports whether no cache may store a response with code,
// whatever its header says.
func ForbidsStorage(code int) bool {
	switch code {
	case 428: // RFC 6585, Section 3: "Responses with the 428 status code MUST NOT be stored by a cache."
		return true
	case 429: // RFC 6585, Section 4: "Responses with the 429 status code MUST NOT be stored by a cache."
		return true
	case 431: // RFC 6585, Section 5: "Responses with the 431 status code MUST NOT be stored by a cache."
		return true
	case 511: // RFC 6585, Section 6: "Responses with the 511 status code MUST NOT be stored by a cache."
		return true
	}
	// RFC 9111, Section 3: "A cache MUST NOT store a response to a request
	// unless: [...] the response status code is final". The condition on 206 and
	// 304 there is about the cache and not about the code.
	return Class(code) == 1
}

// AllowsContent reports whether a response with code may have content.
func AllowsContent(code int) bool {
	switch code {
	case 204: // RFC 9110, Section 15.3.5: "it cannot contain content or trailers"
		return false
	case 205: // RFC 9110, Section 15.3.6: "a server MUST NOT generate content in a 205 response"
		return false
	case 304: // RFC 9110, Section 15.4.5: "it cannot contain content or trailers"
		return false
	}
	// RFC 9110, Section 15.2: "A 1xx response is terminated by the end of the
	// header section; it cannot contain content or trailers."
	return Class(code) != 1
}
