package reference

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// An Exchange is what a cache sees, for Store. Field names are spelled as in the
// RFCs, and Cache-Control fields are well-formed. Of a targeted field, only a number
// may be of another type than it has to be.
type Exchange struct {
	Method            string
	Status            int
	Request, Response map[string][]string
	Shared, Partial   bool
	Targets           []string
}

var directivePattern = regexp.MustCompile(`([^\s,="]+)(?:=("(?:[^"\\]|\\.)*"|[^\s,="]*))?`)

// cacheDirectives returns the directives of well-formed Cache-Control lines, in
// lower case; a directive without argument has "". It remembers some, because the
// products of the tests ask for the same lines over and over.
func cacheDirectives(lines []string) map[string][]string {
	line := strings.Join(lines, ", ")
	remembered.Lock()
	defer remembered.Unlock()
	found := remembered.directives[line]
	if found == nil {
		found = map[string][]string{}
		for _, m := range directivePattern.FindAllStringSubmatch(line, -1) {
			name := strings.ToLower(m[1])
			found[name] = append(found[name], strings.Trim(m[2], `"`))
		}
		if len(remembered.directives) < 4096 {
			remembered.directives[line] = found
		}
	}
	return found
}

var remembered = struct {
	sync.Mutex
	directives map[string]map[string][]string
}{directives: map[string]map[string][]string{}}

// Store is RFC 9111, Section 3, one bullet after the other. why names the
// bullet that was not met.
func Store(x Exchange) (store, heuristic bool, why string) {
	x.Response = untargeted(x.Response, x.Targets)
	request, response := cacheDirectives(x.Request["Cache-Control"]), cacheDirectives(x.Response["Cache-Control"])
	has := func(name string) bool { return len(response[name]) > 0 }

	// "the request method is understood by the cache"
	method := x.Method
	switch method {
	case "", "GET", "HEAD": // RFC 9110, Sections 9.3.1 and 9.3.2
	case "QUERY": // RFC 10008, Section 2.7
	case "POST", "PATCH": // RFC 9110, Section 9.3.3, and RFC 5789, Section 2: on terms
	default:
		return false, false, "method"
	}

	// "the response status code is final (see Section 15 of [HTTP])"
	if x.Status < 100 || x.Status > 599 {
		return false, false, "no status"
	}
	if x.Status < 200 {
		return false, false, "interim"
	}

	// RFC 6585, Sections 3 to 6: "MUST NOT be stored by a cache"
	if slices.Contains([]int{428, 429, 431, 511}, x.Status) {
		return false, false, "forbidden"
	}

	// "if the response status code is 206 or 304, or the must-understand cache
	// directive [...] is present: the cache understands the response status code"
	if (x.Status == 206 || x.Status == 304) && !x.Partial {
		return false, false, "partial"
	}
	if has("must-understand") && !understood(x.Status) {
		return false, false, "not understood"
	}

	// RFC 9111, Section 5.2.1.5: "a cache MUST NOT store any part of either this
	// request or any response to it"
	if len(request["no-store"]) > 0 {
		return false, false, "request no-store"
	}

	// "the no-store cache directive is not present in the response";
	// Section 5.2.2.3: "the cache SHOULD ignore the no-store directive if it
	// understands and implements the status code's caching requirements"
	if has("no-store") && !has("must-understand") {
		return false, false, "no-store"
	}

	// "if the cache is shared: the private response directive is either not
	// present or allows a shared cache to store a modified response"
	unqualified := slices.Contains(response["private"], "")
	if x.Shared && unqualified {
		return false, false, "private"
	}

	// "if the cache is shared: the Authorization header field is not present in
	// the request [...] or a response directive is present that explicitly allows
	// shared caching (see Section 3.5)"
	// One that cannot be read allows nothing.
	sMaxAge := has("s-maxage")
	for _, v := range response["s-maxage"] {
		_, valid := deltaSeconds(v)
		sMaxAge = sMaxAge && valid
	}
	if x.Shared && len(x.Request["Authorization"]) > 0 &&
		!has("must-revalidate") && !has("public") && !sMaxAge {
		return false, false, "authorization"
	}

	// Section 4.2.1
	explicit := x.Shared && has("s-maxage") || has("max-age") || len(x.Response["Expires"]) > 0

	// RFC 9110, Section 9.3.3: "only cacheable when they include explicit
	// freshness information [...] and a Content-Location header field"
	if method == "POST" || method == "PATCH" {
		if !explicit || len(x.Response["Content-Location"]) == 0 {
			return false, false, "terms"
		}
		return true, false, ""
	}

	// "the response contains at least one of the following"
	heuristicStatus := slices.Contains(
		// RFC 9110, Section 15.1, and RFC 7725, Section 3
		[]int{200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 451, 501}, x.Status)
	if !has("public") && !(unqualified && !x.Shared) && !explicit && !heuristicStatus {
		return false, false, "nothing"
	}
	// Section 4.2.2: "heuristics can only be used on responses without explicit
	// freshness whose status codes are defined as heuristically cacheable [...]
	// and on responses without explicit freshness that have been marked as
	// explicitly cacheable (e.g., with a public response directive)"
	return true, !explicit && (heuristicStatus || has("public")), ""
}

// understood reports whether a cache knows what the status code asks of it:
// whether it is a final one of the IANA registry.
func understood(status int) bool {
	return slices.Contains([]int{
		200, 201, 202, 203, 204, 205, 206, 207, 208, 226,
		300, 301, 302, 303, 304, 305, 307, 308,
		400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417,
		421, 422, 423, 424, 425, 426, 428, 429, 431, 451,
		500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
	}, status)
}
