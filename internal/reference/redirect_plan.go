package reference

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// A Step is one answer to a request, for StrictPlan and FetchPlan.
type Step struct {
	Status        int
	Method, URL   string
	Location      []string
	HasContent    bool
	Unrepeatable  bool
	Followed      int
	CrossedOrigin bool
}

// A Plan is what is to follow. Action is "follow", "return" or "refuse"; Why
// names the sentence that decided.
type Plan struct {
	Action, Why   string
	Method, URL   string
	KeepContent   bool
	DropAuth      bool // Authorization
	DropCookie    bool // Cookie and Proxy-Authorization
	DropType      bool // Content-Type and its like
	DropFraming   bool // Content-Length and its like
	CrossedOrigin bool
}

// rfcMethod is RFC 9110, Section 15.4, read with RFC 10008, Section 2.5.
func rfcMethod(status int, method string) (next string, keep bool) {
	if method == "" {
		method = "GET"
	}
	switch {
	case status == 303 && method != "GET" && method != "HEAD":
		return "GET", false // "A user agent can perform a retrieval request targeting that URI (a GET or HEAD request if using HTTP)"
	case (status == 301 || status == 302) && method == "POST":
		return "GET", false // "a user agent MAY change the request method from POST to GET"
	}
	return method, true
}

// The grammar of RFC 3986, Appendix A.
const (
	pctEncoded = `%[0-9A-Fa-f][0-9A-Fa-f]`
	unreserved = `[A-Za-z0-9\-._~]`
	subDelims  = `[!$&'()*+,;=]`
	pchar      = `(?:` + unreserved + `|` + pctEncoded + `|` + subDelims + `|[:@])`
	segment    = pchar + `*`
	segmentNC  = `(?:` + unreserved + `|` + pctEncoded + `|` + subDelims + `|@)+`
	queryChars = `(?:` + pchar + `|[/?])*`
	decOctet   = `(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9][0-9]|[0-9])`
	ipv4       = `(?:` + decOctet + `\.){3}` + decOctet
	h16        = `[0-9A-Fa-f]{1,4}`
	ls32       = `(?:` + h16 + `:` + h16 + `|` + ipv4 + `)`
	ipv6       = `(?:` +
		`(?:` + h16 + `:){6}` + ls32 + `|` +
		`::(?:` + h16 + `:){5}` + ls32 + `|` +
		`(?:` + h16 + `)?::(?:` + h16 + `:){4}` + ls32 + `|` +
		`(?:(?:` + h16 + `:){0,1}` + h16 + `)?::(?:` + h16 + `:){3}` + ls32 + `|` +
		`(?:(?:` + h16 + `:){0,2}` + h16 + `)?::(?:` + h16 + `:){2}` + ls32 + `|` +
		`(?:(?:` + h16 + `:){0,3}` + h16 + `)?::` + h16 + `:` + ls32 + `|` +
		`(?:(?:` + h16 + `:){0,4}` + h16 + `)?::` + ls32 + `|` +
		`(?:(?:` + h16 + `:){0,5}` + h16 + `)?::` + h16 + `|` +
		`(?:(?:` + h16 + `:){0,6}` + h16 + `)?::` +
		`)`
	ipvFuture = `[vV][0-9A-Fa-f]+\.(?:` + unreserved + `|` + subDelims + `|:)+`
	regName   = `(?:` + unreserved + `|` + pctEncoded + `|` + subDelims + `)*`
	userinfo  = `(?:` + unreserved + `|` + pctEncoded + `|` + subDelims + `|:)*`
	authority = `(?:` + userinfo + `@)?(?:\[(?:` + ipv6 + `|` + ipvFuture + `)\]|` + regName + `)(?::[0-9]*)?`
	pathParts = `(?:` + `//` + authority + `(?:/` + segment + `)*` + `|/(?:` + pchar + `+(?:/` + segment + `)*)?`
	tail      = `(?:\?` + queryChars + `)?(?:#` + queryChars + `)?$`
)

var (
	uriPattern      = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+\-.]*:` + pathParts + `|` + pchar + `+(?:/` + segment + `)*|)` + tail)
	relativePattern = regexp.MustCompile(`^` + pathParts + `|` + segmentNC + `(?:/` + segment + `)*|)` + tail)

	// RFC 6874, Section 2: "IP-literal" has IPv6addrz as a third form.
	zonedPattern = regexp.MustCompile(`^([A-Za-z]+://(?:` + userinfo + `@)?\[` + ipv6 + `)%25(?:` + unreserved + `|` + pctEncoded + `)+(\])`)

	// RFC 3986, Appendix B.
	componentsPattern = regexp.MustCompile(`^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?`)
	schemePattern     = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+\-.]*):`)
	escapePattern     = regexp.MustCompile(`^` + pctEncoded + `$`)
	authorityPattern  = regexp.MustCompile(`^(?:.*@)?(\[[^\]]*\]|[^:]*)(?::([0-9]*))?$`)
)

// Resolve is RFC 3986, Section 5.2.2, in the words of its pseudocode, with
// Section 5.3 behind it and RFC 9110, Section 10.2.2, for the fragment.
func Resolve(base, ref string) string {
	b, r := componentsPattern.FindStringSubmatch(base), componentsPattern.FindStringSubmatch(ref)
	const scheme, hasAuthority, authority, path, hasQuery, hasFragment = 1, 3, 4, 5, 6, 8
	var t [10]string
	if r[scheme] != "" {
		t[scheme], t[hasAuthority], t[path], t[hasQuery] = r[scheme], r[hasAuthority], removeDotSegments(r[path]), r[hasQuery]
	} else {
		if r[hasAuthority] != "" {
			t[hasAuthority], t[path], t[hasQuery] = r[hasAuthority], removeDotSegments(r[path]), r[hasQuery]
		} else {
			if r[path] == "" {
				t[path] = b[path]
				if r[hasQuery] != "" {
					t[hasQuery] = r[hasQuery]
				} else {
					t[hasQuery] = b[hasQuery]
				}
			} else {
				if strings.HasPrefix(r[path], "/") {
					t[path] = removeDotSegments(r[path])
				} else {
					if b[hasAuthority] != "" && b[path] == "" {
						t[path] = "/" + r[path]
					} else {
						t[path] = b[path][:strings.LastIndex(b[path], "/")+1] + r[path]
					}
					t[path] = removeDotSegments(t[path])
				}
				t[hasQuery] = r[hasQuery]
			}
			t[hasAuthority] = b[hasAuthority]
		}
		t[scheme] = b[scheme]
	}
	t[hasFragment] = r[hasFragment]
	if t[hasFragment] == "" {
		t[hasFragment] = b[hasFragment]
	}
	return t[scheme] + t[hasAuthority] + t[path] + t[hasQuery] + t[hasFragment]
}

// removeDotSegments is RFC 3986, Section 5.2.4.
func removeDotSegments(in string) string {
	out := ""
	for in != "" {
		switch {
		case strings.HasPrefix(in, "../"):
			in = in[3:]
		case strings.HasPrefix(in, "./"):
			in = in[2:]
		case strings.HasPrefix(in, "/./"):
			in = in[2:]
		case in == "/.":
			in = "/"
		case strings.HasPrefix(in, "/../"):
			in, out = in[3:], out[:max(0, strings.LastIndex(out, "/"))]
		case in == "/..":
			in, out = "/", out[:max(0, strings.LastIndex(out, "/"))]
		case in == "." || in == "..":
			in = ""
		default:
			end := strings.Index(in[1:], "/") + 1
			if end == 0 {
				end = len(in)
			}
			in, out = in[end:], out+in[:end]
		}
	}
	return out
}

// encode percent-encodes what may not stand in the path, the query and the
// fragment of a URI.
func encode(uri string) string {
	u := componentsPattern.FindStringSubmatch(uri)
	if u == nil {
		return uri
	}
	part := func(s, also string) string {
		out := ""
		for i := 0; i < len(s); i++ {
			if len(s)-i >= 3 && escapePattern.MatchString(s[i:i+3]) {
				out += s[i : i+3]
				i += 2
			} else if strings.IndexByte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/"+also, s[i]) >= 0 {
				out += s[i : i+1]
			} else {
				out += fmt.Sprintf("%%%02X", s[i])
			}
		}
		return out
	}
	out := u[1] + u[3] + part(u[5], "")
	if u[6] != "" {
		out += "?" + part(u[7], "?")
	}
	if u[8] != "" {
		out += "#" + part(u[9], "?")
	}
	return out
}

// tuple returns scheme, host and port, the last as a number without zeros before
// it, and whether there is such a port.
func tuple(uri string) (origin string, ok bool) {
	u := componentsPattern.FindStringSubmatch(uri)
	a := authorityPattern.FindStringSubmatch(u[4])
	if a == nil {
		return "", false
	}
	scheme, port := strings.ToLower(u[2]), strings.TrimLeft(a[2], "0")
	switch {
	case a[2] != "" && port == "":
		port = "0"
	case a[2] == "" && scheme == "http":
		port = "80"
	case a[2] == "" && scheme == "https":
		port = "443"
	}
	return scheme + "://" + strings.ToLower(a[1]) + ":" + port, len(port) < 5 || len(port) == 5 && port <= "65535"
}

// StrictPlan is what the documentation of the strict policy promises, sentence
// by sentence.
func StrictPlan(s Step) Plan {
	no := func(action, why string) Plan { return Plan{Action: action, Why: why, CrossedOrigin: s.CrossedOrigin} }
	switch s.Status {
	case 301, 302, 303, 307, 308:
	default:
		return no("return", "no redirect") // "300, 304, 305 and 306 are never followed"
	}
	// "several differing Locations"
	values := map[string]bool{}
	loc := ""
	for _, l := range s.Location {
		loc = strings.Trim(l, " \t")
		values[loc] = true
	}
	if len(values) > 1 {
		return no("refuse", "locations")
	}
	// "an absent or empty one makes the response the answer"
	if loc == "" {
		return no("return", "no location")
	}
	if strings.ContainsFunc(s.URL, func(r rune) bool { return r < 0x80 && unicode.IsControl(r) }) {
		return no("refuse", "url")
	}
	s.URL = encode(s.URL) // the caller's own URL is taken as it is meant
	base := componentsPattern.FindStringSubmatch(s.URL)
	plain := zonedPattern.ReplaceAllString(s.URL, "$1$2") // a zone is this machine's affair
	if base == nil || !uriPattern.MatchString(plain) || !isHTTP(base[2]) || emptyHost(base[4]) {
		return no("refuse", "url")
	}
	if _, ok := tuple(s.URL); !ok {
		return no("refuse", "url")
	}
	// "other schemes"
	if m := schemePattern.FindStringSubmatch(loc); m != nil && !isHTTP(m[1]) {
		return no("refuse", "scheme")
	}
	// "a backslash"
	if strings.Contains(loc, `\`) {
		return no("refuse", "backslash")
	}
	ref := componentsPattern.FindStringSubmatch(loc)
	hasScheme := schemePattern.MatchString(loc)
	// RFC 3986, Appendix B, splits what has the form of a scheme; "0://a" has none.
	hasAuthority := ref != nil && ref[3] != "" && (ref[1] == "" || hasScheme)
	// "userinfo"
	if hasAuthority && strings.Contains(ref[4], "@") {
		return no("refuse", "userinfo")
	}
	// "an empty authority"
	if ref != nil && (hasAuthority && emptyHost(ref[4]) || hasScheme && ref[3] == "") {
		return no("refuse", "host")
	}
	// "a malformed one"
	if !uriPattern.MatchString(loc) && !relativePattern.MatchString(loc) {
		return no("refuse", "malformed")
	}
	// "a host that holds percent-encoded delimiters or controls", or what is not ASCII
	if hasAuthority && hidesInHost(ref[4]) {
		return no("refuse", "malformed")
	}
	target := Resolve(s.URL, loc)
	to, ok := tuple(target)
	if !ok {
		return no("refuse", "malformed")
	}
	from, _ := tuple(s.URL)
	// "https to http"
	if strings.HasPrefix(from, "https:") && strings.HasPrefix(to, "http:") {
		return no("refuse", "downgrade")
	}
	// "at most 20 hops"
	if s.Followed >= 20 {
		return no("refuse", "too many")
	}
	method, keep := rfcMethod(s.Status, s.Method)
	// "content that would have to be sent again and cannot be"
	if keep && s.HasContent && s.Unrepeatable {
		return no("refuse", "content")
	}
	crossed := s.CrossedOrigin || from != to // "for good"
	return Plan{
		Action: "follow", Method: method, URL: target, KeepContent: keep, CrossedOrigin: crossed,
		DropAuth: crossed, DropCookie: crossed, DropType: !keep, DropFraming: !keep,
	}
}

// hidesInHost reports whether a percent-encoded byte of an authority without
// user information is a forbidden domain code point of the URL standard, or not
// ASCII.
func hidesInHost(authority string) bool {
	for i, c := range authority {
		if c != '%' {
			continue
		}
		var b byte
		fmt.Sscanf(authority[i+1:i+3], "%02x", &b)
		if b <= 0x1F || b >= 0x7F || strings.IndexByte(" #%/:<>?@[\\]^|", b) >= 0 {
			return true
		}
	}
	return false
}

func isHTTP(scheme string) bool {
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
}

func emptyHost(authority string) bool {
	_, host, ok := strings.Cut(authority, "@")
	if !ok {
		host = authority
	}
	return host == "" || strings.HasPrefix(host, ":")
}

// FetchPlan is the HTTP-redirect fetch of the Fetch standard, step by step, for
// a request whose mode is not "cors" and a Location that the standard's URL
// parser turns into the absolute URL target, or into failure if target is "".
func FetchPlan(s Step, target string) Plan {
	no := func(action, why string) Plan { return Plan{Action: action, Why: why, CrossedOrigin: s.CrossedOrigin} }
	// "If response's status is not a redirect status, then return null."
	switch s.Status {
	case 301, 302, 303, 307, 308:
	default:
		return no("return", "no redirect")
	}
	// "If locationURL is null, then return response."
	if len(s.Location) == 0 {
		return no("return", "no location")
	}
	// "If locationURL is failure, then return a network error."
	if len(s.Location) > 1 {
		return no("refuse", "locations")
	}
	if target == "" {
		return no("refuse", "malformed")
	}
	// "If locationURL's scheme is not an HTTP(S) scheme, then return a network error."
	if !strings.HasPrefix(target, "http://") && !strings.HasPrefix(target, "https://") {
		return no("refuse", "scheme")
	}
	// "If request's redirect count is 20, then return a network error."
	if s.Followed >= 20 {
		return no("refuse", "too many")
	}
	// "If internalResponse's status is not 303, request's body is non-null, and
	// request's body's source is null, then return a network error."
	if s.Status != 303 && s.HasContent && s.Unrepeatable {
		return no("refuse", "content")
	}
	method, keep := s.Method, true
	if method == "" {
		method = "GET"
	}
	// "internalResponse's status is 301 or 302 and request's method is `POST`";
	// "internalResponse's status is 303 and request's method is not `GET` or `HEAD`"
	if (s.Status == 301 || s.Status == 302) && method == "POST" ||
		s.Status == 303 && method != "GET" && method != "HEAD" {
		method, keep = "GET", false
	}
	// "If request's current URL's origin is not same origin with locationURL's
	// origin, then for each headerName of CORS non-wildcard request-header name,
	// delete headerName from request's header list."
	from, _ := tuple(s.URL)
	to, _ := tuple(target)
	crossed := s.CrossedOrigin || from != to
	return Plan{
		Action: "follow", Method: method, URL: target, KeepContent: keep, CrossedOrigin: crossed,
		DropAuth: crossed, DropType: !keep,
	}
}
