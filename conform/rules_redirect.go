package conform

import (
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/uri"
)

var redirectRules = [...]Rule{{
	ID: "redirect-location-missing", Group: "redirect", Severity: Warning,
	Reference: "RFC 9110, Section 15.4.2",
	Quote: "The server SHOULD generate a Location header field in the response containing a preferred URI reference for the new " +
		"permanent URI.",
	Summary: "301, 302, 303, 307 and 308 have Location.",
	Why:     "The client is told to go elsewhere and not told where; it shows an empty page or reports an error.",
	Fix:     "Use http.Redirect, or set Location.",
	from:    httpstatus.MovedPermanently, to: httpstatus.PermanentRedirect,
	reference: redirectReference,
	check: func(v *view) string {
		if !v.x.Status.IsRedirect() {
			return ""
		}
		return missing(v, fLocation, "Location")
	},
}, {
	ID: "300-choices-missing", Group: "redirect", Severity: Warning,
	Reference: "RFC 9110, Section 15.4.1",
	Quote:     "the server SHOULD generate content in the 300 response containing a list of representation metadata and URI reference(s)",
	Summary:   "300 has content that lists the choices, or a Location.",
	Why:       "The user is asked to choose and given nothing to choose from.",
	Fix:       "List the alternatives in the content, and set Location to the preferred one.",
	from:      httpstatus.MultipleChoices, to: httpstatus.MultipleChoices,
	check: func(v *view) string {
		if v.is("HEAD") || v.content || !v.sure || v.resp.has(fLocation) {
			return ""
		}
		return "The 300 has neither content nor a Location field."
	},
}, {
	ID: "location-invalid", Group: "redirect", Severity: Error,
	Reference: "RFC 9110, Section 10.2.2",
	Quote:     "A sender MUST NOT generate protocol elements that do not match the grammar defined by the corresponding ABNF rules.",
	quoted:    "RFC 9110, Section 2.2",
	Summary:   "Location is a single URI reference.",
	Why:       "Clients repair a broken value in different ways, or not at all, so they end up in different places.",
	Fix:       "Build the value with net/url, which escapes what has to be escaped, and set it once.",
	from:      lowest, to: highest,
	needs: 1 << fLocation,
	check: func(v *view) string {
		values := v.resp.get(fLocation)
		switch {
		case len(values) == 0:
			return ""
		case len(values) > 1:
			return severalLines(values, "Location")
		case ascii.TrimOWS(values[0]) == "":
			return "The Location is empty."
		}
		problem := uriProblem(ascii.TrimOWS(values[0]))
		if problem == "" {
			return ""
		}
		return "The Location " + quote(ascii.TrimOWS(values[0])) + " is not a URI reference: it has " + problem + "."
	},
}, {
	ID: "location-meaningless", Group: "redirect", Severity: Info,
	Reference: "RFC 9110, Section 10.2.2",
	Quote:     "The type of relationship is defined by the combination of request method and status code semantics.",
	Summary:   "Location comes with 201 or a redirection; 2xx to QUERY may have it too (RFC 10008, Section 2.4).",
	Why:       "With any other code its meaning is private; Content-Location or a Link field may say what is meant.",
	Fix:       "Delete the field, or say in the API's documentation what it means.",
	from:      200, to: highest,
	needs: 1 << fLocation,
	check: func(v *view) string {
		c := v.x.Status
		switch {
		case !v.resp.has(fLocation), c == httpstatus.Created, v.is("QUERY") && (c.IsSuccess() || c == httpstatus.NotModified):
			return ""
		case c.IsRedirection() && c != httpstatus.NotModified && c != unused306:
			return ""
		}
		return "The " + number(c) + " has Location " + quote(v.resp.first(fLocation)) + "."
	},
}, {
	ID: "redirect-method-change", Group: "redirect", Severity: Info,
	Reference: "RFC 9110, Section 15.4.2",
	Quote:     "For historical reasons, a user agent MAY change the request method from POST to GET for the subsequent request.",
	Summary:   "A request other than GET or HEAD is redirected with 303, 307 or 308.",
	Why:       "After 301 or 302 some clients repeat the method and some send GET; net/http's client turns even PUT and DELETE into GET.",
	Fix:       "Answer 303 to send the client to a result, 307 or 308 to have the request repeated there.",
	from:      httpstatus.MovedPermanently, to: httpstatus.Found, exchange: true,
	reference: redirectReference,
	check: func(v *view) string {
		// QUERY keeps its method by RFC 10008, Section 2.5. A browser that
		// posts a form expects GET after 302, and servers rely on it.
		if v.is("GET") || v.is("HEAD") || v.is("QUERY") {
			return ""
		}
		if v.x.Status == httpstatus.Found && v.is("POST") && isForm(v.request().first(fContentType)) {
			return ""
		}
		return "A " + quoteMethod(v) + " is redirected with " + number(v.x.Status) + ", which clients follow with different methods."
	},
}, {
	ID: "redirect-self", Group: "redirect", Severity: Warning,
	Reference: "RFC 9110, Section 15.4",
	Quote:     "A client SHOULD detect and intervene in cyclical redirections (i.e., \"infinite\" redirection loops).",
	Summary:   "A redirect does not lead back to the request's own URI.",
	Why:       "The client asks again and gets the same answer, until it gives up.",
	Fix:       "Check the condition that led to the redirect; behind a proxy, take the scheme and the host from the fields that it sets.",
	from:      httpstatus.MovedPermanently, to: httpstatus.PermanentRedirect, exchange: true,
	needs: 1 << fLocation,
	check: redirectsToSelf,
}}

// redirectReference returns the section of a redirect's status code.
func redirectReference(v *view) string {
	switch v.x.Status {
	case httpstatus.Found:
		return "RFC 9110, Section 15.4.3"
	case httpstatus.SeeOther:
		return "RFC 9110, Section 15.4.4"
	case httpstatus.TemporaryRedirect:
		return "RFC 9110, Section 15.4.8"
	case httpstatus.PermanentRedirect:
		return "RFC 9110, Section 15.4.9"
	}
	return "RFC 9110, Section 15.4.2"
}

// isForm reports whether a request's content is what an HTML form sends.
func isForm(contentType string) bool {
	essence, _ := mediaType(contentType)
	return ascii.EqualFold(essence, "application/x-www-form-urlencoded") || ascii.EqualFold(essence, "multipart/form-data")
}

// redirectsToSelf compares the target of a redirect with the request's URI. It
// is silent where the method changes on the way, as in a 303 after POST, where
// a cookie may break the circle, and where too little is known.
func redirectsToSelf(v *view) string {
	if !v.x.Status.IsRedirect() || v.resp.has(fSetCookie) || len(v.resp.get(fLocation)) != 1 {
		return ""
	}
	if next, _ := v.x.Status.RedirectMethod(v.x.Method); next != v.x.Method {
		return ""
	}
	location := v.resp.first(fLocation)
	host := v.x.Host
	if host == "" {
		host = v.request().first(fHost)
	}
	if location == "" || v.x.Target == "" || !mayBeSelf(location, v.x.Target, host) {
		return ""
	}
	scheme := v.x.Scheme
	if scheme == "" {
		scheme = "http" // so that a step to https is no circle
	}
	base := v.x.Target
	if isOriginForm(base) {
		base = scheme + "://" + host + base
	}
	if !uri.Same(base, location) {
		return ""
	}
	return "The " + number(v.x.Status) + " to " + quote(v.x.Target) + " has Location " + quote(location) + ", which is the same URI."
}

// isOriginForm reports whether a request target is an absolute path, with or
// without a query (RFC 9112, Section 3.2.1). It is a path even where it begins
// with two slashes, and a reference would name an authority.
func isOriginForm(target string) bool { return strings.HasPrefix(target, "/") }

// mayBeSelf rejects most redirects without parsing them: those to another
// host, and those to another path and query if neither has dot segments.
func mayBeSelf(location, target, host string) bool {
	authority, to := splitReference(location)
	from := target
	if !isOriginForm(target) {
		host, from = splitReference(target)
	}
	if authority != "" && !ascii.EqualFold(hostname(authority), hostname(host)) {
		return false
	}
	return !strings.HasPrefix(to, "/") || !strings.HasPrefix(from, "/") || to == from || strings.Contains(to, "/.")
}

// splitReference returns the authority of a URI reference, and what stands
// between it and the fragment.
func splitReference(s string) (authority, rest string) {
	s, _, _ = strings.Cut(s, "#")
	i := strings.Index(s, "//")
	if i < 0 || i > 0 && strings.IndexAny(s, ":/?") != i-1 {
		return "", s
	}
	s = s[i+2:]
	if end := strings.IndexAny(s, "/?"); end >= 0 {
		return s[:end], s[end:]
	}
	return s, ""
}

func hostname(authority string) string {
	a := uri.SplitAuthority(authority)
	return a.Host
}
