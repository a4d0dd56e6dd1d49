package conform

import (
	"net/netip"
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// uriProblem says why s is not a URI-reference (RFC 3986, Section 4.1), or a
// reference to nowhere; "" if it is one.
func uriProblem(s string) string {
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
	rest, fragment, _ := strings.Cut(s, "#")
	if strings.IndexByte(fragment, '#') >= 0 {
		return "a second #"
	}
	rest, query, _ := strings.Cut(rest, "?")
	if strings.ContainsAny(query, "[]") || strings.ContainsAny(fragment, "[]") {
		return "a square bracket outside the host"
	}
	scheme := ""
	if i := strings.IndexAny(rest, ":/"); i >= 0 && rest[i] == ':' {
		scheme = rest[:i]
		if !isScheme(scheme) {
			return "a colon in the first segment that no scheme precedes"
		}
		rest = rest[i+1:]
	}
	if authority, ok := strings.CutPrefix(rest, "//"); ok {
		path := ""
		if i := strings.IndexByte(authority, '/'); i >= 0 {
			authority, path = authority[:i], authority[i:]
		}
		if problem := authorityProblem(authority); problem != "" {
			return problem
		}
		if host, _ := splitPort(authority[strings.LastIndexByte(authority, '@')+1:]); host == "" && isHTTPScheme(scheme) {
			return "an empty host" // RFC 9110, Section 4.2.1
		}
		rest = path
	}
	if strings.ContainsAny(rest, "[]") {
		return "a square bracket outside the host"
	}
	return ""
}

func isHTTPScheme(s string) bool { return ascii.EqualFold(s, "http") || ascii.EqualFold(s, "https") }

func isScheme(s string) bool {
	if s == "" || !ascii.IsAlpha(s[0]) {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !ascii.IsAlpha(c) && !ascii.IsDigit(c) && c != '+' && c != '-' && c != '.' {
			return false
		}
	}
	return true
}

func authorityProblem(authority string) string {
	at := strings.LastIndexByte(authority, '@')
	if at >= 0 && strings.ContainsAny(authority[:at], "@[]") {
		return "a character that user information cannot hold"
	}
	host, port := splitPort(authority[at+1:])
	if port != "" && !ascii.AllDigits(port) {
		return "a port that is not a number"
	}
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		literal := host[1 : len(host)-1]
		if addr, err := netip.ParseAddr(literal); err == nil && addr.Is6() && addr.Zone() == "" {
			return ""
		}
		if isFutureAddress(literal) {
			return ""
		}
		return "a host in brackets that is no IPv6 address"
	}
	if strings.ContainsAny(host, ":[]") {
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

// splitPort splits host and port; a host in brackets keeps them.
func splitPort(s string) (host, port string) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 || strings.IndexByte(s[i:], ']') >= 0 {
		return s, ""
	}
	return s[:i], s[i+1:]
}
