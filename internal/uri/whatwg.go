package uri

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// A Web is an http or https URL as the URL standard (WHATWG) reads it, or a
// reference seen from one: in parts, before they are decoded, encoded and
// normalized. Hosts are ASCII; the standard would convert others.
type Web struct {
	Secure   bool // https
	Relative bool // without an authority: the path belongs to that of the base

	authority             Authority
	path, query, fragment string
	hasQuery, hasFragment bool
}

// ParseWeb reads an absolute URL. It is malformed if its host is none.
func ParseWeb(s string) (Web, Problem) {
	u, p := splitWeb(s, nil)
	if p == 0 {
		var buf [128]byte
		if _, ok := appendWebHost(buf[:0], u.authority.Host); !ok {
			p = Malformed
		}
	}
	return u, p
}

// Reference reads a reference seen from base.
func (base *Web) Reference(s string) (Web, Problem) { return splitWeb(s, base) }

// splitWeb splits s, seen from base, or an absolute URL where base is nil.
func splitWeb(s string, base *Web) (u Web, p Problem) {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
	if strings.ContainsAny(s, "\t\n\r") {
		kept := make([]byte, 0, len(s))
		for i := range len(s) {
			if !strings.ContainsRune("\t\n\r", rune(s[i])) {
				kept = append(kept, s[i])
			}
		}
		s = string(kept)
	}
	s, u.fragment, u.hasFragment = strings.Cut(s, "#")
	s, u.query, u.hasQuery = strings.Cut(s, "?")
	scheme, s := cutScheme(s)
	if scheme != "" {
		var ok bool
		if u.Secure, ok = IsHTTP(scheme); !ok {
			return u, Scheme
		}
	} else if base == nil {
		return u, Malformed
	} else {
		u.Secure = base.Secure
	}
	slashes := len(s) - len(strings.TrimLeft(s, `/\`))
	if base != nil && u.Secure == base.Secure && slashes < 2 {
		u.Relative, u.path = true, s
		return u, 0
	}
	s = s[slashes:]
	end := strings.IndexAny(s, `/\`)
	if end < 0 {
		end = len(s)
	}
	u.authority, u.path = SplitAuthority(s[:end]), s[end:]
	if u.authority.Host == "" {
		return u, NoHost
	}
	if _, ok := portNumber(u.authority.Port, u.Secure); !ok {
		return u, Malformed
	}
	return u, 0
}

// SameOrigin reports whether two URLs have the same scheme, host and port, when
// they are normalized. A reference without an authority has those of its base,
// which is the one to compare it with.
func (u *Web) SameOrigin(v *Web) bool {
	if u.Relative || v.Relative {
		return true
	}
	var buf1, buf2 [128]byte
	a, ok1 := appendWebOrigin(buf1[:0], u.Secure, &u.authority, false)
	b, ok2 := appendWebOrigin(buf2[:0], v.Secure, &v.authority, false)
	return ok1 && ok2 && string(a) == string(b)
}

// AppendTarget appends the target that ref has, seen from base, in its normal
// form. ok is false if its host is none.
func (base *Web) AppendTarget(dst []byte, ref *Web) (_ []byte, ok bool) {
	a := &ref.authority
	if ref.Relative {
		a = &base.authority
	}
	if dst, ok = appendWebOrigin(dst, ref.Secure, a, true); !ok {
		return dst, false
	}
	start := len(dst)
	query, hasQuery := ref.query, ref.hasQuery
	segments := ref.path
	if !ref.Relative || segments != "" && (segments[0] == '/' || segments[0] == '\\') {
		segments = cutSlash(segments)
	} else if segments == "" {
		segments = cutSlash(base.path)
		if !hasQuery {
			query, hasQuery = base.query, base.hasQuery
		}
	} else if last := strings.LastIndexAny(base.path, `/\`); webDotCount(base.path[last+1:]) > 0 { // stands for what comes before it
		dst = appendSegments(dst, start, cutSlash(base.path), false, webPath)
	} else if last > 0 {
		dst = appendSegments(dst, start, cutSlash(base.path[:last]), false, webPath)
	}
	dst = appendSegments(dst, start, segments, true, webPath)
	if hasQuery {
		dst = appendWebText(append(dst, '?'), query, webQueryByte)
	}
	fragment := ref
	if !ref.hasFragment {
		fragment = base
	}
	if fragment.hasFragment {
		dst = appendWebText(append(dst, '#'), fragment.fragment, webFragmentByte)
	}
	return dst, true
}

// cutSlash removes the slash that a path begins with.
func cutSlash(path string) string {
	if path != "" && (path[0] == '/' || path[0] == '\\') {
		return path[1:]
	}
	return path
}

// appendWebOrigin appends scheme, host and port, with the user information if
// it is wanted.
func appendWebOrigin(dst []byte, secure bool, a *Authority, userinfo bool) (_ []byte, ok bool) {
	if secure {
		dst = append(dst, "https://"...)
	} else {
		dst = append(dst, "http://"...)
	}
	if name, password, _ := strings.Cut(a.Userinfo, ":"); userinfo && (name != "" || password != "") {
		dst = appendWebText(dst, name, webUserinfoByte)
		if password != "" {
			dst = appendWebText(append(dst, ':'), password, webUserinfoByte)
		}
		dst = append(dst, '@')
	}
	if dst, ok = appendWebHost(dst, a.Host); !ok {
		return dst, false
	}
	port, ok := portNumber(a.Port, secure)
	if standard, _ := portNumber("", secure); ok && port != standard {
		dst = appendDecimal(append(dst, ':'), port)
	}
	return dst, ok
}

func appendDecimal(dst []byte, n int) []byte {
	divisor := 1
	for n/divisor > 9 {
		divisor *= 10
	}
	for ; divisor > 0; divisor /= 10 {
		dst = append(dst, '0'+byte(n/divisor%10))
	}
	return dst
}

// appendWebHost appends a host as the URL standard's host parser leaves it.
func appendWebHost(dst []byte, host string) (_ []byte, ok bool) {
	if host[0] == '[' {
		if host[len(host)-1] != ']' {
			return dst, false
		}
		groups, ok := parseIPv6(host[1 : len(host)-1])
		if !ok {
			return dst, false
		}
		return appendIPv6(dst, &groups), true
	}
	start := len(dst)
	for i := 0; i < len(host); i++ {
		b := host[i]
		if b == '%' && i+2 < len(host) && ascii.IsHex(host[i+1]) && ascii.IsHex(host[i+2]) {
			b = ascii.HexValue(host[i+1])<<4 | ascii.HexValue(host[i+2])
			i += 2
		}
		if !domainByte(b) {
			return dst, false
		}
		dst = append(dst, ascii.Lower(b))
	}
	if !endsInNumber(dst[start:]) {
		return dst, true
	}
	addr, ok := parseLooseIPv4(dst[start:])
	if !ok {
		return dst, false
	}
	dst = dst[:start]
	for shift := 24; shift >= 0; shift -= 8 {
		if shift < 24 {
			dst = append(dst, '.')
		}
		dst = appendDecimal(dst, int(addr>>shift&255))
	}
	return dst, true
}

// domainByte reports whether b is ASCII and no forbidden domain code point.
func domainByte(b byte) bool {
	if b <= ' ' || b >= 0x7F {
		return false
	}
	switch b {
	case '#', '%', '/', ':', '<', '>', '?', '@', '[', '\\', ']', '^', '|':
		return false
	}
	return true
}

// webDotCount returns 1 or 2 for "." and "..", also as "%2e", and 0 for other
// segments.
func webDotCount(segment string) int {
	n := 0
	for ; segment != "" && n <= 2; n++ {
		switch {
		case segment[0] == '.':
			segment = segment[1:]
		case len(segment) >= 3 && ascii.EqualFold(segment[:3], "%2e"):
			segment = segment[3:]
		default:
			return 0
		}
	}
	if n > 2 {
		return 0
	}
	return n
}

// appendWebText appends s and percent-encodes what plain does not accept. A
// percent sign stays, whatever follows it.
func appendWebText(dst []byte, s string, plain func(byte) bool) []byte {
	for i := range len(s) {
		if plain(s[i]) {
			dst = append(dst, s[i])
		} else {
			dst = appendPercent(dst, s[i])
		}
	}
	return dst
}

// The four below are the complements of the percent-encode sets of the URL
// standard.

func webFragmentByte(b byte) bool {
	return b > ' ' && b < 0x7F && b != '"' && b != '<' && b != '>' && b != '`'
}

func webQueryByte(b byte) bool {
	return b > ' ' && b < 0x7F && b != '"' && b != '#' && b != '<' && b != '>' && b != '\''
}

func webPathByte(b byte) bool {
	switch b {
	case '?', '^', '`', '{', '}':
		return false
	}
	return b == '\'' || webQueryByte(b)
}

func webUserinfoByte(b byte) bool {
	switch b {
	case '/', ':', ';', '=', '@', '[', '\\', ']', '|':
		return false
	}
	return webPathByte(b)
}
