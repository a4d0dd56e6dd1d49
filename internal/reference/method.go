package reference

// Methods returns the names in the IANA HTTP Method Registry.
func Methods() []string {
	return []string{
		"ACL", "BASELINE-CONTROL", "BIND", "CHECKIN", "CHECKOUT", "CONNECT", "COPY",
		"DELETE", "GET", "HEAD", "LABEL", "LINK", "LOCK", "MERGE", "MKACTIVITY",
		"MKCALENDAR", "MKCOL", "MKREDIRECTREF", "MKWORKSPACE", "MOVE", "OPTIONS",
		"ORDERPATCH", "PATCH", "POST", "PRI", "PROPFIND", "PROPPATCH", "PUT", "QUERY",
		"REBIND", "REPORT", "SEARCH", "TRACE", "UNBIND", "UNCHECKOUT", "UNLINK",
		"UNLOCK", "UPDATE", "UPDATEREDIRECTREF", "VERSION-CONTROL", "*",
	}
}

// IsSafe reports whether the IANA HTTP Method Registry says that method is safe.
// Methods are case-sensitive (RFC 9110, Section 9.1), and the empty one is no
// method here.
func IsSafe(method string) bool {
	switch method {
	case "GET": // RFC 9110, Section 9.3.1
		return true
	case "HEAD": // RFC 9110, Section 9.3.2
		return true
	case "OPTIONS": // RFC 9110, Section 9.3.7
		return true
	case "PRI": // RFC 9113, Section 3.4
		return true
	case "PROPFIND": // RFC 4918, Section 9.1; RFC 8144, Section 2.1
		return true
	case "QUERY": // RFC 10008, Section 2
		return true
	case "REPORT": // RFC 3253, Section 3.6; RFC 8144, Section 2.1
		return true
	case "SEARCH": // RFC 5323, Section 2
		return true
	case "TRACE": // RFC 9110, Section 9.3.8
		return true
	}
	return false
}

// IsIdempotent reports whether the IANA HTTP Method Registry says that method is
// idempotent. A safe method is (RFC 9110, Section 9.2.2).
func IsIdempotent(method string) bool {
	switch method {
	case "ACL": // RFC 3744, Section 8.1
		return true
	case "BASELINE-CONTROL": // RFC 3253, Section 12.6
		return true
	case "BIND": // RFC 5842, Section 4
		return true
	case "CHECKIN": // RFC 3253, Section 9.4
		return true
	case "CHECKOUT": // RFC 3253, Section 8.8
		return true
	case "CONNECT": // RFC 9110, Section 9.3.6
		return false
	case "COPY": // RFC 4918, Section 9.8
		return true
	case "DELETE": // RFC 9110, Section 9.3.5
		return true
	case "GET": // RFC 9110, Section 9.3.1
		return true
	case "HEAD": // RFC 9110, Section 9.3.2
		return true
	case "LABEL": // RFC 3253, Section 8.2
		return true
	case "LINK": // RFC 2068, Section 19.6.1.2
		return true
	case "LOCK": // RFC 4918, Section 9.10
		return false
	case "MERGE": // RFC 3253, Section 11.2
		return true
	case "MKACTIVITY": // RFC 3253, Section 13.5
		return true
	case "MKCALENDAR": // RFC 4791, Section 5.3.1; RFC 8144, Section 2.3
		return true
	case "MKCOL": // RFC 4918, Section 9.3; RFC 5689, Section 3; RFC 8144, Section 2.3
		return true
	case "MKREDIRECTREF": // RFC 4437, Section 6
		return true
	case "MKWORKSPACE": // RFC 3253, Section 6.3
		return true
	case "MOVE": // RFC 4918, Section 9.9
		return true
	case "OPTIONS": // RFC 9110, Section 9.3.7
		return true
	case "ORDERPATCH": // RFC 3648, Section 7
		return true
	case "PATCH": // RFC 5789, Section 2
		return false
	case "POST": // RFC 9110, Section 9.3.3
		return false
	case "PRI": // RFC 9113, Section 3.4
		return true
	case "PROPFIND": // RFC 4918, Section 9.1; RFC 8144, Section 2.1
		return true
	case "PROPPATCH": // RFC 4918, Section 9.2; RFC 8144, Section 2.2
		return true
	case "PUT": // RFC 9110, Section 9.3.4
		return true
	case "QUERY": // RFC 10008, Section 2
		return true
	case "REBIND": // RFC 5842, Section 6
		return true
	case "REPORT": // RFC 3253, Section 3.6; RFC 8144, Section 2.1
		return true
	case "SEARCH": // RFC 5323, Section 2
		return true
	case "TRACE": // RFC 9110, Section 9.3.8
		return true
	case "UNBIND": // RFC 5842, Section 5
		return true
	case "UNCHECKOUT": // RFC 3253, Section 4.5
		return true
	case "UNLINK": // RFC 2068, Section 19.6.1.3
		return true
	case "UNLOCK": // RFC 4918, Section 9.11
		return true
	case "UPDATE": // RFC 3253, Section 7.1
		return true
	case "UPDATEREDIRECTREF": // RFC 4437, Section 7
		return true
	case "VERSION-CONTROL": // RFC 3253, Section 3.5
		return true
	case "*": // RFC 9110, Section 18.2
		return false
	}
	return false
}
