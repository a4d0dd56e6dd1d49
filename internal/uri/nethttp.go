package uri

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// A Go is an http or https URL as net/url reads it, or a reference seen from
// one. The components are still encoded as they came.
type Go struct{ ref Ref }

// ParseGo reads an absolute URL with a host, as url.Parse does.
func ParseGo(s string) (u Go, p Problem) {
	var ok bool
	if u.ref, ok = splitGo(s); !ok {
		return u, Malformed
	}
	if _, ok = IsHTTP(u.ref.Scheme); !ok {
		return u, Scheme
	}
	if hostPort(u.ref.Authority) == "" {
		return u, NoHost
	}
	return u, 0
}

// Reference reads a reference seen from base. A port alone is a host to
// net/http: this one.
func (base *Go) Reference(s string) (u Go, p Problem) {
	var ok bool
	if u.ref, ok = splitGo(s); !ok {
		return u, Malformed
	}
	if u.ref.Scheme != "" {
		if _, ok = IsHTTP(u.ref.Scheme); !ok {
			return u, Scheme
		}
	}
	if (u.ref.Scheme != "" || u.ref.Authority != "") && hostPort(u.ref.Authority) == "" {
		return u, NoHost
	}
	return u, 0
}

// Within reports whether ref, seen from base, leads to the host of base or, as
// far as the text tells, to a subdomain of it. Case counts, as it does in
// net/http, and port and scheme do not.
func (base *Go) Within(ref *Go) bool {
	if ref.ref.Scheme == "" && ref.ref.Authority == "" {
		return true
	}
	a, b := SplitAuthority(ref.ref.Authority), SplitAuthority(base.ref.Authority)
	host, domain := a.Hostname(), b.Hostname()
	if host == domain {
		return true
	}
	before, ok := strings.CutSuffix(host, domain)
	return ok && !strings.ContainsAny(host, ":%") && strings.HasSuffix(before, ".")
}

// splitGo splits what url.Parse would accept; ok is false for the rest.
func splitGo(s string) (u Ref, ok bool) {
	rest, _, _ := strings.Cut(s, "#")
	if hasControl(rest) {
		return u, false
	}
	u = Split(s)
	if u.Scheme == "" && strings.HasPrefix(rest, "///") { // not an authority, for once
		u.Authority, u.HasAuthority = "", false
		u.Path, _, _ = strings.Cut(rest, "?")
	}
	switch {
	case u.Scheme != "" && !strings.HasPrefix(u.Path, "/") && !u.HasAuthority:
		u.Path = "" // opaque
		return u, true
	case u.colonInFirstSegment():
		return u, false
	}
	return u, goAuthority(&u) && validGoText(u.Path) && validGoText(u.Fragment)
}

// goAuthority reports whether net/url accepts the authority.
func goAuthority(u *Ref) bool {
	a := SplitAuthority(u.Authority)
	for i := range len(a.Userinfo) {
		if b := a.Userinfo[i]; b != '%' && b != '@' && !userinfoByte(b) {
			return false
		}
	}
	if _, ok := portNumber(a.Port, false); !ok || !validGoText(a.Userinfo) {
		return false // a port that TCP does not have fails later, in the transport
	}
	if strings.LastIndexByte(a.Host, '[') > 0 {
		return false
	}
	if strings.HasPrefix(a.Host, "[") {
		address, closed := strings.CutSuffix(a.Host[1:], "]")
		address, zone, zoned := strings.Cut(address, "%25")
		_, ok := parseIPv6(address)
		return ok && closed && zoned == (zone != "") && goZone(zone)
	}
	for i := range len(a.Host) {
		switch b := a.Host[i]; b {
		case '%': // only for what is not ASCII, and for itself
			if i+2 >= len(a.Host) || !ascii.IsHex(a.Host[i+1]) || !ascii.IsHex(a.Host[i+2]) ||
				a.Host[i+1] < '8' && a.Host[i:i+3] != "%25" {
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
	return validText(s, func(byte) bool { return true })
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

// AppendTarget appends the URL that Parse of url.URL gives for ref, seen from
// base.
func (base *Go) AppendTarget(dst []byte, ref *Go) []byte {
	return appendGoTarget(dst, &base.ref, &ref.ref)
}

func appendGoTarget(dst []byte, base, ref *Ref) []byte {
	from := ref
	if ref.Scheme == "" {
		from = base
	}
	for i := range len(from.Scheme) {
		dst = append(dst, ascii.Lower(from.Scheme[i]))
	}
	dst = append(dst, "://"...)
	absolute := ref.Authority != ""
	if from = base; absolute {
		from = ref
	}
	a := SplitAuthority(from.Authority)
	if a.HasUserinfo {
		name, password, both := strings.Cut(a.Userinfo, ":")
		dst = appendRecoded(dst, name, goUserinfoByte)
		if both {
			dst = appendRecoded(append(dst, ':'), password, goUserinfoByte)
		}
		dst = append(dst, '@')
	}
	dst = appendRecoded(dst, hostPort(from.Authority), goHostByte)

	query, hasQuery, fragment := ref.Query, ref.HasQuery, ref.Fragment
	dir, path := "", encodedGoPath(ref.Path)
	if !absolute && ref.Path == "" {
		path = encodedGoPath(base.Path)
		if !ref.HasQuery {
			query, hasQuery = base.Query, base.Query != ""
			if fragment == "" {
				fragment = base.Fragment
			}
		}
	} else if !absolute && path[0] != '/' { // what "%2F" becomes when the path is encoded anew is a slash too
		dir = encodedGoPath(base.Path)
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

// hostPort returns what url.URL has as its Host.
func hostPort(authority string) string {
	return authority[strings.LastIndexByte(authority, '@')+1:]
}
