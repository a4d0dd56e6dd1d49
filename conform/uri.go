package conform

import (
	"net/netip"
	"strings"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/uri"
)

// uriProblem says why s is not a URI-reference (RFC 3986, Section 4.1), or a
// reference to nowhere; "" if it is one.
func uriProblem(s string) string {
	if problem := characterProblem(s); problem != "" {
		return problem
	}
	r := uri.Split(s)
	switch scheme, _, ok := strings.Cut(r.Path, ":"); {
	case strings.IndexByte(r.Fragment, '#') >= 0:
		return "a second #"
	case strings.ContainsAny(r.Path, "[]"), strings.ContainsAny(r.Query, "[]"), strings.ContainsAny(r.Fragment, "[]"):
		return "a square bracket outside the host"
	case ok && r.Scheme == "" && !r.HasAuthority && !strings.Contains(scheme, "/"):
		return "a colon in the first segment that no scheme precedes"
	case !r.HasAuthority:
		return ""
	}
	_, isHTTP := uri.IsHTTP(r.Scheme)
	return authorityProblem(r.Authority, isHTTP)
}

// characterProblem says which character keeps s from being a URI-reference; ""
// if none does.
func characterProblem(s string) string {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '%':
			if i+2 >= len(s) || !ascii.IsHex(s[i+1]) || !ascii.IsHex(s[i+2]) {
				return "a percent sign without two hexadecimal digits"
			}
		case c >= 0x80:
			return "a character outside ASCII"
		case c == ' ':
			return "a space"
		case c <= 0x20 || c == 0x7f:
			return "a control character"
		case strings.IndexByte("\"<>\\^`{|}", c) >= 0:
			return "a character that a URI cannot hold, " + quote(s[i:i+1])
		}
	}
	return ""
}

// hostProblem says why s is not the value of Host: a host and perhaps a port
// (RFC 9110, Section 7.2); "" if it is one.
func hostProblem(s string) string {
	if strings.ContainsAny(s, "/?#@") {
		return "more than a host and a port"
	}
	if problem := characterProblem(s); problem != "" {
		return problem
	}
	return authorityProblem(s, false)
}

// authorityProblem does for an authority what uriProblem does for all.
func authorityProblem(authority string, isHTTP bool) string {
	a := uri.SplitAuthority(authority)
	switch {
	case strings.ContainsAny(a.Userinfo, "@[]"):
		return "a character that user information cannot hold"
	case strings.Contains(a.Port, ":"):
		return "a host that is neither a name nor an address"
	case a.Host == "" && isHTTP:
		return "an empty host" // RFC 9110, Section 4.2.1
	case a.Port != "" && !ascii.AllDigits(a.Port):
		return "a port that is not a number"
	}
	if strings.HasPrefix(a.Host, "[") && strings.HasSuffix(a.Host, "]") {
		literal := a.Hostname()
		if addr, err := netip.ParseAddr(literal); err == nil && addr.Is6() && addr.Zone() == "" {
			return ""
		}
		if isFutureAddress(literal) {
			return ""
		}
		return "a host in brackets that is no IPv6 address"
	}
	if strings.ContainsAny(a.Host, "[]") {
		return "a host that is neither a name nor an address"
	}
	return ""
}

// isFutureAddress reports whether s is an IPvFuture (RFC 3986, Section 3.2.2).
func isFutureAddress(s string) bool {
	version, rest, ok := strings.Cut(s, ".")
	if !ok || len(version) < 2 || ascii.Lower(version[0]) != 'v' || rest == "" {
		return false
	}
	for i := 1; i < len(version); i++ {
		if !ascii.IsHex(version[i]) {
			return false
		}
	}
	return !strings.ContainsAny(rest, "%[]@/")
}
