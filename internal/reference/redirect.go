package reference

// IsRedirect reports whether a client follows the Location of code by itself.
//
// The Fetch standard, Section 2.2.3: "A redirect status is a status that is
// 301, 302, 303, 307, or 308."
func IsRedirect(code int) bool {
	switch code {
	case 300: // RFC 9110, Section 15.4.1: the user or user agent selects; only MAY the Location be used
		return false
	case 301: // RFC 9110, Section 15.4.2
		return true
	case 302: // RFC 9110, Section 15.4.3
		return true
	case 303: // RFC 9110, Section 15.4.4
		return true
	case 304: // RFC 9110, Section 15.4.5: a "stored result", not another resource
		return false
	case 305: // RFC 9110, Section 15.4.6: "now deprecated"
		return false
	case 306: // RFC 9110, Section 15.4.7: "no longer used"
		return false
	case 307: // RFC 9110, Section 15.4.8
		return true
	case 308: // RFC 9110, Section 15.4.9
		return true
	}
	return false
}

// IsPermanent reports whether code redirects for good.
func IsPermanent(code int) bool {
	switch code {
	case 301: // RFC 9110, Section 15.4.2: "has been assigned a new permanent URI"
		return true
	case 308: // RFC 9110, Section 15.4.9: "has been assigned a new permanent URI"
		return true
	}
	return false
}

// PreservesMethod reports whether code is a redirect that binds the client to
// the method of its request.
func PreservesMethod(code int) bool {
	switch code {
	case 307: // RFC 9110, Section 15.4.8: "the user agent MUST NOT change the request method"
		return true
	case 308: // RFC 9110, Section 15.4, Note: 307 and 308 "unambiguously indicate method-preserving redirects"; erratum 7109
		return true
	}
	return false
}

// RedirectMethod returns the method of the request that follows a redirect, and
// whether the content goes along. Methods are case-sensitive
// (RFC 9110, Section 9.1). The empty method is GET, as in net/http.
func RedirectMethod(code int, method string) (next string, keepContent bool) {
	if method == "" {
		method = "GET"
	}
	switch code {
	case 301, 302:
		// The Fetch standard, HTTP-redirect fetch: "status is 301 or 302 and
		// request's method is POST", then "Set request's method to GET and
		// request's body to null." RFC 9110, Sections 15.4.2 and 15.4.3 allow it
		// for POST alone; RFC 10008, Section 2.5: "the exceptions for redirecting
		// a POST as a GET request after a 301 or 302 response do not apply to
		// QUERY requests."
		if method == "POST" {
			return "GET", false
		}
	case 303:
		// The Fetch standard, HTTP-redirect fetch: "status is 303 and request's
		// method is not GET or HEAD".
		if method != "GET" && method != "HEAD" {
			return "GET", false
		}
	case 307, 308:
		// See PreservesMethod.
	}
	return method, true
}

// RedirectCode returns the code for a redirect: Table 1 of
// RFC 9205, Section 4.6.1, whose rows are whether the method may change and
// whose columns are permanent and temporary.
func RedirectCode(permanent, preserveMethod bool) int {
	switch {
	case permanent && !preserveMethod:
		return 301
	case !permanent && !preserveMethod:
		return 302
	case permanent && preserveMethod:
		return 308
	default:
		return 307
	}
}
