package httpstatus

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// This file reads URLs as net/url does, for [NetHTTPRedirects].

// splitGoURL splits what url.Parse would accept; ok is false for the rest.
// The components are still encoded as they came.
func splitGoURL(s string) (u uriRef, ok bool) {
	rest, _, _ := strings.Cut(s, "#")
	if hasControl(rest) {
		return u, false
	}
	u = splitURI(s)
	if u.scheme == "" && strings.HasPrefix(rest, "///") { // not an authority, for once
		u.authority, u.hasAuthority = "", false
		u.path, _, _ = strings.Cut(rest, "?")
	}
	switch {
	case u.scheme != "" && !strings.HasPrefix(u.path, "/") && !u.hasAuthority:
		u.path = "" // opaque
		return u, true
	case colonInFirstSegment(&u):
		return u, false
	}
	return u, goAuthority(&u) && validGoText(u.path) && validGoText(u.fragment)
}

// goAuthority reports whether net/url accepts the authority.
func goAuthority(u *uriRef) bool {
	a := splitAuthority(u.authority)
	for i := range len(a.userinfo) {
		if b := a.userinfo[i]; b != '%' && b != '@' && !userinfoByte(b) {
			return false
		}
	}
	if _, ok := portNumber(a.port, false); !ok || !validGoText(a.userinfo) {
		return false // a port that TCP does not have fails later, in the transport
	}
	if strings.HasPrefix(a.host, "[") {
		address, closed := strings.CutSuffix(a.host[1:], "]")
		address, zone, zoned := strings.Cut(address, "%25")
		_, ok := parseIPv6(address)
		return ok && closed && zoned == (zone != "") && goZone(zone)
	}
	for i := range len(a.host) {
		switch b := a.host[i]; b {
		case '%': // only for what is not ASCII, and for itself
			if i+2 >= len(a.host) || !ascii.IsHex(a.host[i+1]) || !ascii.IsHex(a.host[i+2]) ||
				a.host[i+1] < '8' && a.host[i:i+3] != "%25" {
				return false
			}
		case '<', '>', '"', ']':
		default:
			if b < 0x80 && !regNameByte(b) {
				return false
			}
		}
	}
	return true
}

// goZone reports whether net/url accepts the zone of an IPv6 address.
func goZone(s string) bool {
	if !validGoText(s) {
		return false
	}
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b != '%' {
			if b < 0x80 && !goHostByte(b) {
				return false
			}
			continue
		}
		if b = ascii.HexValue(s[i+1])<<4 | ascii.HexValue(s[i+2]); b != '%' && b != ' ' && !goHostByte(b) {
			return false
		}
		i += 2
	}
	return true
}

// validGoText reports whether two hexadecimal digits follow every percent sign.
func validGoText(s string) bool {
	return validURIText(s, func(byte) bool { return true })
}

// appendGoText appends a path or a fragment as net/url writes it: as it came if
// that was well enough encoded, and else decoded and encoded again.
func appendGoText(dst []byte, s string, plain func(byte) bool) []byte {
	for i := range len(s) {
		if b := s[i]; b != '%' && b != '[' && b != ']' && !plain(b) && !subDelim(b) {
			return appendRecoded(dst, s, plain)
		}
	}
	return append(dst, s...)
}

func appendRecoded(dst []byte, s string, plain func(byte) bool) []byte {
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b == '%' {
			b = ascii.HexValue(s[i+1])<<4 | ascii.HexValue(s[i+2])
			i += 2
		}
		if plain(b) {
			dst = append(dst, b)
		} else {
			dst = appendPercent(dst, b)
		}
	}
	return dst
}

func subDelim(b byte) bool {
	switch b {
	case '!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=', ':', '@':
		return true
	}
	return false
}

// goPathByte and those below accept what url.URL.String leaves as it is.
func goPathByte(b byte) bool {
	switch b {
	case '-', '.', '_', '~', '$', '&', '+', ',', '/', ':', ';', '=', '@':
		return true
	}
	return ascii.IsAlpha(b) || ascii.IsDigit(b)
}

func goFragmentByte(b byte) bool {
	switch b {
	case '?', '!', '(', ')', '*':
		return true
	}
	return goPathByte(b)
}

func goUserinfoByte(b byte) bool {
	switch b {
	case '/', ':', '@':
		return false
	}
	return goPathByte(b)
}

func goHostByte(b byte) bool {
	switch b {
	case ':', '[', ']', '<', '>', '"':
		return true
	}
	return regNameByte(b)
}

// encodedGoPath returns a path as url.URL.EscapedPath does.
func encodedGoPath(s string) string {
	for i := range len(s) {
		if b := s[i]; b != '%' && b != '[' && b != ']' && !goPathByte(b) && !subDelim(b) {
			return string(appendRecoded(nil, s, goPathByte))
		}
	}
	return s
}

// appendGoPath appends the path that ref has behind dir, which is empty or ends
// in a slash. A ".." that leaves nothing swallows an empty segment after it, in
// which net/url differs from RFC 3986.
func appendGoPath(dst []byte, dir, ref string) []byte {
	if dir == "" && ref == "" {
		return dst
	}
	dst = append(dst, '/')
	start := len(dst)
	first, segment := true, ""
	for inDir, more := dir != "", true; more; {
		if inDir {
			segment, dir, _ = strings.Cut(dir, "/")
			inDir = dir != ""
		} else {
			segment, ref, more = strings.Cut(ref, "/")
		}
		switch segment {
		case ".":
			first = false
		case "..":
			dst = cutSegment(dst, start)
			first = len(dst) == start
		default:
			if !first {
				dst = append(dst, '/')
			}
			dst = append(dst, segment...)
			first = false
		}
	}
	if segment == "." || segment == ".." {
		dst = append(dst, '/')
	}
	if len(dst) > start && dst[start] == '/' { // one slash at the beginning is enough
		dst = append(dst[:start], dst[start+1:]...)
	}
	return dst
}

// appendGoTarget appends the URL that u.Parse(ref) gives for the URL base.
func appendGoTarget(dst []byte, base, ref *uriRef) []byte {
	from := ref
	if ref.scheme == "" {
		from = base
	}
	for i := range len(from.scheme) {
		dst = append(dst, ascii.Lower(from.scheme[i]))
	}
	dst = append(dst, "://"...)
	absolute := ref.authority != ""
	if from = base; absolute {
		from = ref
	}
	a := splitAuthority(from.authority)
	if a.hasUserinfo {
		name, password, both := strings.Cut(a.userinfo, ":")
		dst = appendRecoded(dst, name, goUserinfoByte)
		if both {
			dst = appendRecoded(append(dst, ':'), password, goUserinfoByte)
		}
		dst = append(dst, '@')
	}
	dst = appendRecoded(dst, goHostPort(from.authority), goHostByte)

	query, hasQuery, fragment := ref.query, ref.hasQuery, ref.fragment
	dir, path := "", encodedGoPath(ref.path)
	if !absolute && ref.path == "" {
		path = encodedGoPath(base.path)
		if !ref.hasQuery {
			query, hasQuery = base.query, base.query != ""
			if fragment == "" {
				fragment = base.fragment
			}
		}
	} else if !absolute && ref.path[0] != '/' {
		dir = encodedGoPath(base.path)
		dir = dir[:strings.LastIndexByte(dir, '/')+1]
	}
	dst = appendGoPath(dst, dir, path)
	if hasQuery {
		dst = append(append(dst, '?'), query...)
	}
	if fragment != "" {
		dst = appendGoText(append(dst, '#'), fragment, goFragmentByte)
	}
	return dst
}

// planNetHTTP follows Client.do in the order in which it looks at things.
func (s *RedirectStep) planNetHTTP(p *RedirectPolicy) RedirectPlan {
	keep := s.Status.PreservesMethod()
	if keep && s.HasContent && s.Unrepeatable {
		return s.end(ReturnResponse, RedirectContentGone)
	}
	loc := ""
	if len(s.Location) > 0 {
		loc = ascii.TrimOWS(s.Location[0])
	}
	if loc == "" {
		return s.end(ReturnResponse, RedirectNoLocation)
	}
	base, ok := splitGoURL(s.URL)
	if _, web := httpScheme(base.scheme); !ok || !web || goHostPort(base.authority) == "" {
		return s.end(RefuseRedirect, RedirectBadURL)
	}
	ref, ok := splitGoURL(loc)
	if !ok {
		return s.end(RefuseRedirect, RedirectBadLocation)
	}
	if s.tooMany(p) {
		return s.end(RefuseRedirect, RedirectTooMany)
	}
	authority := splitAuthority(base.authority)
	baseHost := authority.hostname()
	if ref.scheme != "" {
		if _, ok = httpScheme(ref.scheme); !ok {
			return s.end(RefuseRedirect, RedirectScheme)
		}
	}
	if ref.scheme != "" || ref.authority != "" {
		if goHostPort(ref.authority) == "" { // a port alone is a host to net/http: this one
			return s.end(RefuseRedirect, RedirectNoHost)
		}
		authority = splitAuthority(ref.authority)
	}
	plan := RedirectPlan{Action: FollowRedirect, Reason: RedirectSameRequest, KeepContent: keep}
	plan.Method, _ = s.Status.RedirectMethod(s.Method)
	if !keep && plan.Method != "HEAD" {
		plan.Method = "GET"
		if s.Method != "" && s.Method != "GET" {
			plan.Reason = RedirectBecomesGet
		}
	}
	var buf [512]byte
	plan.setURL(appendGoTarget(room(buf[:0], s.URL, loc), &base, &ref), loc)
	plan.CrossedOrigin = s.CrossedOrigin || !sameDomain(authority.hostname(), baseHost)

	from, to := netHTTPContent, netHTTPEnd
	if keep {
		from = netHTTPCredential
	}
	if !plan.CrossedOrigin {
		to = netHTTPCredential
	}
	plan.drop(droppedHeaders[from:to:to], p)
	return plan
}

// goHostPort returns what url.URL has as its Host.
func goHostPort(authority string) string {
	return authority[strings.LastIndexByte(authority, '@')+1:]
}

// hostname returns the host without brackets.
func (a *uriAuthority) hostname() string {
	if len(a.host) >= 2 && a.host[0] == '[' {
		return a.host[1 : len(a.host)-1]
	}
	return a.host
}

// sameDomain reports whether host is domain or, as far as the text tells, a
// subdomain of it. Case counts, as it does in net/http.
func sameDomain(host, domain string) bool {
	if host == domain {
		return true
	}
	before, ok := strings.CutSuffix(host, domain)
	return ok && !strings.ContainsAny(host, ":%") && strings.HasSuffix(before, ".")
}
