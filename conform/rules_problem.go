package conform

import (
	"bytes"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
)

var problemRules = [...]Rule{{
	ID: "error-content-missing", Group: "problem", Severity: Warning,
	Reference: "RFC 9110, Section 15.5",
	Quote: "Except when responding to a HEAD request, the server SHOULD send a representation containing an explanation of the error " +
		"situation",
	Summary: "4xx and 5xx have content that explains the error.",
	Why:     "The person who has to deal with it learns nothing but a number.",
	Fix:     "Write a sentence, or a problem document (RFC 9457).",
	from:    400, to: highest,
	reference: func(v *view) string {
		if v.x.Status.IsServerError() {
			return "RFC 9110, Section 15.6"
		}
		return "RFC 9110, Section 15.5"
	},
	check: func(v *view) string {
		if v.is("HEAD") || v.content || !v.sure {
			return ""
		}
		return "The " + number(v.x.Status) + " has no content."
	},
}, {
	ID: "problem-status-mismatch", Group: "problem", Severity: Error,
	Reference: "RFC 9457, Section 3.1.2",
	Quote:     "Generators MUST use the same status code in the actual HTTP response",
	Summary:   "The status member of a problem document is the response's status code.",
	Why:       "Half of the software goes by the one and half by the other.",
	Fix:       "Fill the member from the code that is sent, or leave it out.",
	from:      200, to: highest,
	needs: 1 << fProblem,
	check: func(v *view) string {
		if !v.object() {
			return ""
		}
		value := v.member("status")
		// A member of another type is ignored (RFC 9457, Section 3.1).
		if n, ok := ascii.ParseDigits(string(value)); !isInteger(value) || ok && httpstatus.Code(n) == v.x.Status {
			return ""
		}
		return "The problem document says status " + quote(string(value)) + " in a response with " + number(v.x.Status) + "."
	},
}, {
	ID: "problem-malformed", Group: "problem", Severity: Error,
	Reference: "RFC 9457, Section 3",
	Quote:     "When serialized in a JSON document, that format is identified with the \"application/problem+json\" media type.",
	Summary:   "application/problem+json is a JSON object.",
	Why:       "Clients that are told to expect one fail to parse it, and hide the error behind another.",
	Fix:       "Encode the problem with encoding/json, or send another media type.",
	from:      200, to: highest,
	needs: 1 << fProblem,
	check: problemMalformed,
}, {
	ID: "problem-on-success", Group: "problem", Severity: Info,
	Reference: practice,
	Summary:   "A problem document does not come with 2xx.",
	Why:       "Generic software sees a success, and does not look into the content.",
	Fix:       "Answer the 4xx or 5xx code that the problem is about.",
	from:      200, to: 299,
	needs: 1 << fProblem,
	check: func(v *view) string {
		return "The " + number(v.x.Status) + " has a problem document as its content."
	},
}, {
	ID: "json-error-mislabelled", Group: "problem", Severity: Warning,
	Reference: practice,
	Summary:   "An error in JSON is labelled as JSON.",
	Why:       "Clients decode by Content-Type, and show the user raw JSON or nothing. http.Error sets text/plain whatever it is given.",
	Fix:       "Set Content-Type to application/json or application/problem+json and write the content without http.Error.",
	from:      400, to: highest,
	needs: 1 << fContentType,
	check: func(v *view) string {
		essence, _ := mediaType(v.resp.first(fContentType))
		if !ascii.EqualFold(essence, "text/plain") && !ascii.EqualFold(essence, "text/html") || !v.object() {
			return ""
		}
		return "The " + number(v.x.Status) + " has a JSON object as " + quote(essence) + "."
	},
}, {
	ID: "success-with-error-body", Group: "problem", Severity: Warning,
	Reference: practice,
	Summary:   "A 2xx does not say in its content that the request failed.",
	Why:       "Caches store it, retries and alerts do not see it, and every client needs a special case.",
	Fix:       "Answer the 4xx or 5xx code that fits.",
	from:      200, to: 299,
	check: successWithError,
}, {
	ID: "error-leaks-internals", Group: "problem", Severity: Warning,
	Reference: practice,
	Summary:   "An error does not show a stack trace or the text of a database error.",
	Why:       "It tells an attacker what runs inside, and the user nothing.",
	Fix:       "Log the cause and send a sentence that a person wrote.",
	from:      400, to: highest,
	check: func(v *view) string {
		if kind := leak(v.x.Body); kind != "" {
			return "The content of the " + number(v.x.Status) + " shows " + kind + "."
		}
		return ""
	},
}, {
	ID: "451-blocked-by-missing", Group: "problem", Severity: Warning,
	Reference: "RFC 7725, Section 4",
	Quote: "When an entity blocks access to a resource and returns status 451, it SHOULD include a \"Link\" HTTP header field [RFC5988] " +
		"whose value is a URI reference [RFC3986] identifying itself.",
	Summary: "451 names who blocks the access, in a Link with rel=\"blocked-by\".",
	Why:     "The user cannot tell whether the site, a provider or a cache blocks it.",
	Fix:     "Set Link to `<https://who.example/>; rel=\"blocked-by\"`.",
	from:    httpstatus.UnavailableForLegalReasons, to: httpstatus.UnavailableForLegalReasons,
	check: func(v *view) string {
		links := v.resp.get(fLink)
		switch {
		case len(links) == 0:
			return missing(v, fLink, "Link")
		case hasRelation(links, "blocked-by"):
			return ""
		}
		return "The 451 has Link " + quote(ascii.TrimOWS(links[0])) + " without rel=\"blocked-by\"."
	},
}, {
	ID: "207-not-multistatus", Group: "problem", Severity: Info, Off: true,
	Reference: "RFC 4918, Section 13",
	Quote:     "The default Multi-Status response body is a text/xml or application/xml HTTP entity with a 'multistatus' root element.",
	Summary:   "207 has XML content.",
	Why:       "WebDAV clients expect a multistatus element. APIs that answer batches in JSON use the code on their own account.",
	Fix:       "Answer 200 with the list of results.",
	from:      httpstatus.MultiStatus, to: httpstatus.MultiStatus,
	check: func(v *view) string {
		essence, _ := mediaType(v.resp.first(fContentType))
		if ascii.EqualFold(essence, "text/xml") || ascii.EqualFold(essence, "application/xml") || hasSuffixFold(essence, "+xml") {
			return ""
		}
		return "The 207 has the Content-Type " + quote(essence) + "."
	},
}, {
	ID: "511-from-origin", Group: "problem", Severity: Info, Off: true,
	Reference: "RFC 6585, Section 6",
	Quote:     "The 511 status SHOULD NOT be generated by origin servers",
	Summary:   "511 does not come from an origin server.",
	Why:       "It is for the proxies of networks that ask for a login; clients open a login page.",
	Fix:       "Answer 401 or 403.",
	from:      httpstatus.NetworkAuthenticationRequired, to: httpstatus.NetworkAuthenticationRequired,
	check: func(v *view) string { return "The 511 comes from an origin server." },
}}

// isProblem reports whether a Content-Type is that of a problem document in
// JSON.
func isProblem(contentType string) bool {
	const name = "application/problem+json"
	contentType = ascii.TrimOWS(contentType)
	if len(contentType) < len(name) || ascii.Lower(contentType[0]) != name[0] { // as most are
		return false
	}
	essence, _ := mediaType(contentType)
	return ascii.EqualFold(essence, name)
}

// isCoded reports whether the content is compressed, so that its text cannot
// be read. Content that was decoded on capture may keep the field.
func (v *view) isCoded() bool {
	coding := v.resp.first(fContentEncoding)
	return coding != "" && !ascii.EqualFold(coding, "identity")
}

// member returns the value of a member of the content, which is a JSON object;
// nil if there is none. Of several the last counts, as in encoding/json.
func (v *view) member(name string) []byte {
	var value []byte
	text := v.x.Body
	for {
		m, rest, ok := nextObjectMember(text)
		if !ok {
			return value
		}
		if string(m.name) == name {
			value = m.value
		}
		text = rest
	}
}

// isInteger reports whether a JSON value is a number without fraction and
// exponent.
func isInteger(value []byte) bool {
	if len(value) > 0 && value[0] == '-' {
		value = value[1:]
	}
	for _, b := range value {
		if !ascii.IsDigit(b) {
			return false
		}
	}
	return len(value) > 0
}

func problemMalformed(v *view) string {
	if v.isCoded() || v.bodiless() || !v.x.Status.AllowsContent() || !v.sure {
		return ""
	}
	if !v.content {
		return "The problem document is empty."
	}
	first := skipSpace(v.x.Body)
	switch {
	case len(first) > 0 && first[0] != '{':
		return "The problem document is not a JSON object: it begins with " + quote(string(first[:min(len(first), 20)])) + "."
	case v.whole && !v.object():
		return "The problem document is not valid JSON."
	}
	return ""
}

// successWithError looks at the top level only. GraphQL and JSON-RPC answer
// 200 with errors by design, and 207 is about several outcomes.
func successWithError(v *view) string {
	if v.x.Status == httpstatus.MultiStatus || !mayFail(v.x.Body) {
		return ""
	}
	if v.resp.has(fContentType) {
		essence, _ := mediaType(v.resp.first(fContentType))
		if !isJSONType(essence) || ascii.EqualFold(essence, "application/graphql-response+json") || v.resp.has(fProblem) {
			return ""
		}
	}
	if !v.object() {
		return ""
	}
	var name, value []byte
	data, errors := false, false
	text := v.x.Body
	for {
		m, rest, ok := nextObjectMember(text)
		if !ok {
			break
		}
		text = rest
		bad := false
		switch string(m.name) {
		case "jsonrpc":
			return ""
		case "data":
			data = true
		case "errors":
			errors = true
			bad = isTruthy(m.value)
		case "error":
			bad = isTruthy(m.value)
		case "success", "ok":
			bad = string(m.value) == "false"
		case "status":
			bad = ascii.EqualFold(string(m.value), `"error"`) || ascii.EqualFold(string(m.value), `"fail"`)
		}
		if bad && name == nil {
			name, value = m.name, m.value
		}
	}
	if name == nil || data && errors {
		return ""
	}
	return "The " + number(v.x.Status) + " says " + string(name) + " " + quote(string(value)) + " in its content."
}

// mayFail is a cheap look that spares most successful responses the parsing:
// whether the content could be an object with a member "error", "errors", "ok",
// "success" or "status". All of them have an o or a u, so that two searches for
// one letter find them; to look for quotes, of which JSON is full, takes several
// times as long.
func mayFail(body []byte) bool {
	b := skipSpace(body)
	return len(b) > 0 && b[0] == '{' && (hasAround(b, 'o', "r", "r", "", `k"`) || hasAround(b, 'u', "s", `ccess"`, "stat", `s"`))
}

// hasAround reports whether the letter stands somewhere in b between before and
// after, or between the other two.
func hasAround(b []byte, letter byte, before1, after1, before2, after2 string) bool {
	for i := 0; ; i++ {
		next := bytes.IndexByte(b[i:], letter)
		if next < 0 {
			return false
		}
		i += next
		if isBetween(b, i, before1, after1) || isBetween(b, i, before2, after2) {
			return true
		}
	}
}

func isBetween(b []byte, i int, before, after string) bool {
	return i >= len(before) && len(b)-i > len(after) &&
		string(b[i-len(before):i]) == before && string(b[i+1:i+1+len(after)]) == after
}
