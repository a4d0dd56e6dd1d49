package httpstatus

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// This file reads URI references by RFC 3986. It is here because net/url is
// another dialect: it accepts more, decodes and encodes again, and would bring
// its imports to every program that asks for one predicate.

// A uriRef is a URI reference, split into its components (RFC 3986, Section 3).
// The flags tell an empty component from an absent one.
type uriRef struct {
	scheme, authority, path, query, fragment string

	hasAuthority, hasQuery, hasFragment bool
}

// splitURI splits any string, as the expression of RFC 3986, Appendix B does,
// except that a scheme has to be well-formed.
func splitURI(s string) (u uriRef) {
	if i := strings.IndexByte(s, '#'); i >= 0 {
		s, u.fragment, u.hasFragment = s[:i], s[i+1:], true
	}
	if i := strings.IndexByte(s, '?'); i >= 0 {
		s, u.query, u.hasQuery = s[:i], s[i+1:], true
	}
	u.scheme, s = cutScheme(s)
	if len(s) >= 2 && s[0] == '/' && s[1] == '/' {
		s, u.hasAuthority = s[2:], true
		i := strings.IndexByte(s, '/')
		if i < 0 {
			i = len(s)
		}
		u.authority, s = s[:i], s[i:]
	}
	u.path = s
	return u
}

// cutScheme cuts a scheme and its colon off s, or nothing.
func cutScheme(s string) (scheme, rest string) {
	for i := range len(s) {
		switch b := s[i]; {
		case ascii.IsAlpha(b):
		case i > 0 && b == ':':
			return s[:i], s[i+1:]
		case i > 0 && (ascii.IsDigit(b) || b == '+' || b == '-' || b == '.'):
		default:
			return "", s
		}
	}
	return "", s
}

// A uriAuthority is an authority, split (RFC 3986, Section 3.2).
type uriAuthority struct {
	userinfo, host, port string

	hasUserinfo bool
}

// splitAuthority splits at the last "@", because neither a host nor a port has
// one, and at the first colon that does not belong to an IP literal.
func splitAuthority(s string) (a uriAuthority) {
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		a.userinfo, a.hasUserinfo, s = s[:i], true, s[i+1:]
	}
	literal := 0
	if s != "" && s[0] == '[' {
		literal = strings.LastIndexByte(s, ']') + 1
	}
	a.host = s
	if i := strings.IndexByte(s[literal:], ':'); i >= 0 {
		a.host, a.port = s[:literal+i], s[literal+i+1:]
	}
	return a
}

// valid reports whether the host is one (RFC 3986, Section 3.2.2) and the port
// a number that TCP has. Whether there is a host at all is left to the caller.
func (a *uriAuthority) valid() bool {
	if _, ok := portNumber(a.port, false); !ok {
		return false
	}
	if a.host != "" && a.host[0] == '[' {
		return validIPLiteral(a.host)
	}
	return validURIText(a.host, regNameByte) && validURIText(a.userinfo, userinfoByte)
}

// An origin is what two URIs must share for credentials to go from one to the
// other (RFC 9110, Section 4.3.1).
type origin struct {
	secure bool
	host   string
	port   int
}

func originOf(secure bool, a *uriAuthority) origin {
	port, _ := portNumber(a.port, secure)
	return origin{secure, a.host, port}
}

// same compares hosts as they are spelled, but for case: two spellings of one
// host that differ otherwise count as two, which drops credentials too often
// rather than too rarely.
func (o origin) same(p origin) bool {
	return o.secure == p.secure && o.port == p.port && ascii.EqualFold(o.host, p.host)
}

// portNumber returns the number that a port stands for; an empty one is the
// default of the scheme.
func portNumber(s string, secure bool) (port int, ok bool) {
	if s == "" {
		if secure {
			return 443, true
		}
		return 80, true
	}
	for i := range len(s) {
		if !ascii.IsDigit(s[i]) {
			return 0, false
		}
		if port = port*10 + int(s[i]-'0'); port > 65535 {
			return 0, false
		}
	}
	return port, true
}

// httpScheme reports whether scheme is "http" or "https", and which.
func httpScheme(scheme string) (secure, ok bool) {
	if ascii.EqualFold(scheme, "https") {
		return true, true
	}
	return false, ascii.EqualFold(scheme, "http")
}

// validIPLiteral reports whether s is an IP literal in its brackets.
func validIPLiteral(s string) bool {
	if len(s) < 2 || s[len(s)-1] != ']' {
		return false
	}
	s = s[1 : len(s)-1]
	if s != "" && ascii.Lower(s[0]) == 'v' {
		return validIPvFuture(s[1:])
	}
	_, ok := parseIPv6(s)
	return ok
}

// validIPvFuture takes what follows the "v": 1*HEXDIG "." and at least one more.
func validIPvFuture(s string) bool {
	i := 0
	for i < len(s) && ascii.IsHex(s[i]) {
		i++
	}
	if i == 0 || i+1 >= len(s) || s[i] != '.' {
		return false
	}
	for _, b := range []byte(s[i+1:]) {
		if b == '%' || b != ':' && !regNameByte(b) {
			return false
		}
	}
	return true
}

// parseIPv6 reads an IPv6 address without brackets and zone.
func parseIPv6(s string) (groups [8]uint16, ok bool) {
	n, gap := 0, -1
	if len(s) >= 2 && s[0] == ':' && s[1] == ':' {
		gap, s = 0, s[2:]
	}
	for s != "" {
		if n == 8 {
			return groups, false
		}
		if strings.IndexByte(s, ':') < 0 && strings.IndexByte(s, '.') >= 0 { // IPv4 in the last two groups
			v4, ok := parseIPv4(s)
			if !ok || n > 6 {
				return groups, false
			}
			groups[n], groups[n+1] = uint16(v4>>16), uint16(v4)
			n, s = n+2, ""
			break
		}
		i, v := 0, uint16(0)
		for i < len(s) && i < 4 && ascii.IsHex(s[i]) {
			v = v<<4 | uint16(ascii.HexValue(s[i]))
			i++
		}
		if i == 0 {
			return groups, false
		}
		groups[n], s = v, s[i:]
		n++
		switch {
		case s == "":
		case s[0] != ':' || len(s) == 1:
			return groups, false
		case s[1] == ':':
			if gap >= 0 {
				return groups, false
			}
			gap, s = n, s[2:]
		default:
			s = s[1:]
		}
	}
	if gap < 0 {
		return groups, n == 8
	}
	if n == 8 {
		return groups, false // the gap stands for one group at least
	}
	copy(groups[8-(n-gap):], groups[gap:n])
	for i := gap; i < 8-(n-gap); i++ {
		groups[i] = 0
	}
	return groups, true
}

// parseIPv4 reads four decimal numbers without leading zeros.
func parseIPv4(s string) (addr uint32, ok bool) {
	for part := range 4 {
		i, v := 0, uint32(0)
		for i < len(s) && i < 3 && ascii.IsDigit(s[i]) {
			v = v*10 + uint32(s[i]-'0')
			i++
		}
		if i == 0 || v > 255 || i > 1 && s[0] == '0' {
			return 0, false
		}
		addr, s = addr<<8|v, s[i:]
		if part < 3 {
			if s == "" || s[0] != '.' {
				return 0, false
			}
			s = s[1:]
		}
	}
	return addr, s == ""
}

// pathRules say how appendSegments reads a path.
type pathRules uint8

const (
	rfcPath   pathRules = iota // RFC 3986
	plainPath                  // the same, but dot segments stay
	urlPath                    // the URL standard: "\\" and "%2e" are slash and dot
)

// appendSegments appends the segments of a path, given without the slash before
// the first one, to the path that dst has from start on, and lets "." and ".."
// do what they mean (RFC 3986, Section 5.2.4). Where the path ends here, a dot
// segment at its end leaves a slash.
func appendSegments(dst []byte, start int, segments string, end bool, rules pathRules) []byte {
	for more := true; more; {
		segment := segments
		i := strings.IndexByte(segments, '/')
		if rules == urlPath {
			i = strings.IndexAny(segments, `/\`)
		}
		if more = i >= 0; more {
			segment, segments = segments[:i], segments[i+1:]
		}
		dots := 0
		switch rules {
		case rfcPath:
			dots = dotCount(segment)
		case urlPath:
			dots = urlDotCount(segment)
		}
		if dots == 2 {
			dst = cutSegment(dst, start)
		}
		switch {
		case dots > 0 && (more || !end):
		case dots > 0:
			dst = append(dst, '/')
		case rules == urlPath:
			dst = appendURLText(append(dst, '/'), segment, urlPathByte)
		default:
			dst = appendURIText(append(dst, '/'), segment, pathByte)
		}
	}
	return dst
}

// cutSegment removes the last segment, with its slash, of the path that dst has
// from start on.
func cutSegment(dst []byte, start int) []byte {
	i := len(dst) - 1
	for i > start && dst[i] != '/' {
		i--
	}
	return dst[:max(i, start)]
}

// dotCount returns 1 or 2 for "." and "..", and 0 for other segments.
func dotCount(segment string) int {
	if segment == "." || segment == ".." {
		return len(segment)
	}
	return 0
}

// validURIText reports whether s has only characters that allowed accepts, and
// percent signs that two hexadecimal digits follow.
func validURIText(s string, allowed func(byte) bool) bool {
	for i := range len(s) {
		if s[i] == '%' {
			if i+2 >= len(s) || !ascii.IsHex(s[i+1]) || !ascii.IsHex(s[i+2]) {
				return false
			}
		} else if !allowed(s[i]) {
			return false
		}
	}
	return true
}

// appendURIText appends s and percent-encodes what validURIText would object to.
func appendURIText(dst []byte, s string, allowed func(byte) bool) []byte {
	for i := range len(s) {
		b := s[i]
		if allowed(b) || b == '%' && i+2 < len(s) && ascii.IsHex(s[i+1]) && ascii.IsHex(s[i+2]) {
			dst = append(dst, b)
		} else {
			dst = appendPercent(dst, b)
		}
	}
	return dst
}

func appendPercent(dst []byte, b byte) []byte {
	const digits = "0123456789ABCDEF"
	return append(dst, '%', digits[b>>4], digits[b&15])
}

// regNameByte reports whether b is unreserved or a sub-delim: whether it may
// stand in a host name (RFC 3986, Section 3.2.2).
func regNameByte(b byte) bool {
	switch b {
	case '-', '.', '_', '~', '!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=':
		return true
	}
	return ascii.IsAlpha(b) || ascii.IsDigit(b)
}

func userinfoByte(b byte) bool { return b == ':' || regNameByte(b) }

func pathByte(b byte) bool { return b == '/' || b == ':' || b == '@' || regNameByte(b) }

// queryByte is for queries and fragments alike (RFC 3986, Sections 3.4 and 3.5).
func queryByte(b byte) bool { return b == '?' || pathByte(b) }

// validComponents checks path, query and fragment; with repair, only for what
// cannot be repaired.
func validComponents(u *uriRef, repair bool) bool {
	if repair {
		return !hasControl(u.path) && !hasControl(u.query) && !hasControl(u.fragment)
	}
	return validURIText(u.path, pathByte) && validURIText(u.query, queryByte) && validURIText(u.fragment, queryByte)
}

func hasControl(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7F {
			return true
		}
	}
	return false
}

// colonInFirstSegment reports whether a relative reference looks like a scheme
// that is not one (RFC 3986, Section 4.2).
func colonInFirstSegment(u *uriRef) bool {
	if u.scheme != "" || u.hasAuthority {
		return false
	}
	segment, _, _ := strings.Cut(u.path, "/")
	return strings.IndexByte(segment, ':') >= 0
}

// appendTarget appends the target that ref has, seen from base
// (RFC 3986, Section 5.2.2), with the fragment that it inherits. base has an
// authority.
func appendTarget(dst []byte, base, ref *uriRef) []byte {
	from := ref // where scheme and authority come from, when not both from ref
	if ref.scheme == "" {
		from = base
	}
	dst = append(append(dst, from.scheme...), "://"...)
	if ref.hasAuthority {
		from = ref
	}
	dst = appendPathQuery(append(dst, from.authority...), base, ref)
	fragment := ref
	if !ref.hasFragment {
		fragment = base
	}
	if fragment.hasFragment {
		dst = appendURIText(append(dst, '#'), fragment.fragment, queryByte)
	}
	return dst
}

// appendPathQuery appends the path and the query of that target.
func appendPathQuery(dst []byte, base, ref *uriRef) []byte {
	start := len(dst)
	query, hasQuery := ref.query, ref.hasQuery
	switch {
	case ref.path == "" && ref.hasAuthority: // the path stays empty
	case ref.path == "":
		if base.path != "" {
			dst = appendSegments(dst, start, base.path[1:], true, plainPath)
		}
		if !hasQuery {
			query, hasQuery = base.query, base.hasQuery
		}
	case ref.path[0] == '/':
		dst = appendSegments(dst, start, ref.path[1:], true, rfcPath)
	default:
		if last := strings.LastIndexByte(base.path, '/'); last > 0 {
			dst = appendSegments(dst, start, base.path[1:last], false, rfcPath)
		}
		dst = appendSegments(dst, start, ref.path, true, rfcPath)
	}
	if hasQuery {
		dst = appendURIText(append(dst, '?'), query, queryByte)
	}
	return dst
}

// sameTarget reports whether ref, seen from the URI base, is that same URI, but
// for a fragment, the case of scheme and host, a default port, and an empty path
// that is written as "/" (RFC 9110, Section 4.2.3). It is false where one of the
// two cannot be read.
func sameTarget(base, ref string) bool {
	b, r := splitURI(base), splitURI(ref)
	secure, ok := httpScheme(b.scheme)
	authority := splitAuthority(b.authority)
	if !ok || authority.host == "" || !authority.valid() || !validComponents(&b, true) {
		return false
	}
	self := originOf(secure, &authority)
	if r.scheme != "" {
		if secure, ok = httpScheme(r.scheme); !ok || !r.hasAuthority {
			return false
		}
	}
	if r.hasAuthority {
		authority = splitAuthority(r.authority)
	}
	if authority.host == "" || !authority.valid() || !validComponents(&r, true) || colonInFirstSegment(&r) ||
		!self.same(originOf(secure, &authority)) {
		return false
	}
	var buf1, buf2 [256]byte
	again := uriRef{path: b.path, query: b.query, hasAuthority: true, hasQuery: b.hasQuery}
	return string(rooted(appendPathQuery(buf1[:0], &b, &again))) == string(rooted(appendPathQuery(buf2[:0], &b, &r)))
}

// rooted puts a slash before a target whose path is empty.
func rooted(target []byte) []byte {
	if len(target) == 0 || target[0] != '/' {
		target = append(target, 0)
		copy(target[1:], target)
		target[0] = '/'
	}
	return target
}
