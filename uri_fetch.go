package httpstatus

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// This file reads URLs as the URL standard (WHATWG) does, for [FetchRedirects]:
// those with the schemes http and https, and hosts that are ASCII.

// A webURL is a URL in parts, before they are decoded, encoded and normalized.
type webURL struct {
	secure                bool
	authority             uriAuthority
	path, query, fragment string

	relative              bool // without an authority: path belongs to that of the base
	hasQuery, hasFragment bool
}

// splitURL splits s, seen from base, or an absolute URL where base is nil. The
// reason is 0 if it could.
func splitURL(s string, base *webURL) (u webURL, reason RedirectReason) {
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
		if u.secure, ok = httpScheme(scheme); !ok {
			return u, RedirectScheme
		}
	} else if base == nil {
		return u, RedirectBadLocation
	} else {
		u.secure = base.secure
	}
	slashes := len(s) - len(strings.TrimLeft(s, `/\`))
	if base != nil && u.secure == base.secure && slashes < 2 {
		u.relative, u.path = true, s
		return u, 0
	}
	s = s[slashes:]
	end := strings.IndexAny(s, `/\`)
	if end < 0 {
		end = len(s)
	}
	u.authority, u.path = splitAuthority(s[:end]), s[end:]
	if u.authority.host == "" {
		return u, RedirectNoHost
	}
	if _, ok := portNumber(u.authority.port, u.secure); !ok {
		return u, RedirectBadLocation
	}
	return u, 0
}

// appendURL appends the URL that u is, seen from base, in its normal form. ok is
// false if its host is none.
func appendURL(dst []byte, base, u *webURL) (_ []byte, ok bool) {
	a := &u.authority
	if u.relative {
		a = &base.authority
	}
	if dst, ok = appendURLOrigin(dst, u.secure, a, true); !ok {
		return dst, false
	}
	start := len(dst)
	query, hasQuery := u.query, u.hasQuery
	segments := u.path
	if !u.relative || segments != "" && (segments[0] == '/' || segments[0] == '\\') {
		segments = cutSlash(segments)
	} else if segments == "" {
		segments = cutSlash(base.path)
		if !hasQuery {
			query, hasQuery = base.query, base.hasQuery
		}
	} else if last := strings.LastIndexAny(base.path, `/\`); last > 0 {
		dst = appendSegments(dst, start, cutSlash(base.path[:last]), false, urlPath)
	}
	dst = appendSegments(dst, start, segments, true, urlPath)
	if hasQuery {
		dst = appendURLText(append(dst, '?'), query, urlQueryByte)
	}
	fragment := u
	if !u.hasFragment {
		fragment = base
	}
	if fragment.hasFragment {
		dst = appendURLText(append(dst, '#'), fragment.fragment, urlFragmentByte)
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

// appendURLOrigin appends scheme, host and port, with the user information if
// it is wanted.
func appendURLOrigin(dst []byte, secure bool, a *uriAuthority, userinfo bool) (_ []byte, ok bool) {
	if secure {
		dst = append(dst, "https://"...)
	} else {
		dst = append(dst, "http://"...)
	}
	if name, password, _ := strings.Cut(a.userinfo, ":"); userinfo && (name != "" || password != "") {
		dst = appendURLText(dst, name, urlUserinfoByte)
		if password != "" {
			dst = appendURLText(append(dst, ':'), password, urlUserinfoByte)
		}
		dst = append(dst, '@')
	}
	if dst, ok = appendURLHost(dst, a.host); !ok {
		return dst, false
	}
	port, ok := portNumber(a.port, secure)
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

// appendURLHost appends a host as the URL standard's host parser leaves it.
func appendURLHost(dst []byte, host string) (_ []byte, ok bool) {
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

// lastLabel returns where the last label of a host begins, leaving out a dot at
// its end, and where it ends.
func lastLabel(host []byte) (start, end int) {
	end = len(host)
	if end > 0 && host[end-1] == '.' {
		end--
	}
	start = end
	for start > 0 && host[start-1] != '.' {
		start--
	}
	return start, end
}

// endsInNumber reports whether a host has to be an IPv4 address.
func endsInNumber(host []byte) bool {
	start, end := lastLabel(host)
	digits := start < end
	for _, b := range host[start:end] {
		digits = digits && ascii.IsDigit(b)
	}
	if digits {
		return true
	}
	_, ok := looseNumber(host[start:end])
	return ok
}

// looseNumber reads a decimal, octal (0...) or hexadecimal (0x...) number, and
// takes what is too large as the largest.
func looseNumber(s []byte) (n uint64, ok bool) {
	if len(s) == 0 {
		return 0, false
	}
	base := uint64(10)
	switch {
	case len(s) >= 2 && s[0] == '0' && ascii.Lower(s[1]) == 'x':
		base, s = 16, s[2:]
	case len(s) >= 2 && s[0] == '0':
		base, s = 8, s[1:]
	}
	for _, b := range s {
		if !ascii.IsHex(b) || uint64(ascii.HexValue(b)) >= base {
			return 0, false
		}
		n = min(n*base+uint64(ascii.HexValue(b)), 1<<40)
	}
	return n, true
}

// parseLooseIPv4 reads one to four numbers, the last of which fills what the
// others leave: 127.1 is 127.0.0.1.
func parseLooseIPv4(host []byte) (addr uint64, ok bool) {
	if n := len(host); host[n-1] == '.' {
		host = host[:n-1]
	}
	for part := range 4 {
		i := 0
		for i < len(host) && host[i] != '.' {
			i++
		}
		n, ok := looseNumber(host[:i])
		if !ok {
			return 0, false
		}
		if i == len(host) {
			return addr | n, n < 1<<(8*(4-part))
		}
		if n > 255 {
			return 0, false
		}
		addr |= n << (8 * (3 - part))
		host = host[i+1:]
	}
	return 0, false
}

// appendIPv6 appends an address in brackets, its longest run of zeros left out.
func appendIPv6(dst []byte, groups *[8]uint16) []byte {
	gap, length := 8, 1
	for i := 0; i < 8; i++ {
		n := 0
		for i+n < 8 && groups[i+n] == 0 {
			n++
		}
		if n > length {
			gap, length = i, n
		}
	}
	dst = append(dst, '[')
	for i := 0; i < 8; i++ {
		if i == gap {
			dst = append(dst, "::"...)
			i += length - 1
			continue
		}
		if i > 0 && dst[len(dst)-1] != ':' {
			dst = append(dst, ':')
		}
		const digits = "0123456789abcdef"
		for shift := 12; shift >= 0; shift -= 4 {
			if g := groups[i]; shift == 0 || g>>shift != 0 {
				dst = append(dst, digits[g>>shift&15])
			}
		}
	}
	return append(dst, ']')
}

// urlDotCount returns 1 or 2 for "." and "..", also as "%2e", and 0 for other
// segments.
func urlDotCount(segment string) int {
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

// appendURLText appends s and percent-encodes what plain does not accept. A
// percent sign stays, whatever follows it.
func appendURLText(dst []byte, s string, plain func(byte) bool) []byte {
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

func urlFragmentByte(b byte) bool {
	return b > ' ' && b < 0x7F && b != '"' && b != '<' && b != '>' && b != '`'
}

func urlQueryByte(b byte) bool {
	return b > ' ' && b < 0x7F && b != '"' && b != '#' && b != '<' && b != '>' && b != '\''
}

func urlPathByte(b byte) bool {
	switch b {
	case '?', '^', '`', '{', '}':
		return false
	}
	return b == '\'' || urlQueryByte(b)
}

func urlUserinfoByte(b byte) bool {
	switch b {
	case '/', ':', ';', '=', '@', '[', '\\', ']', '|':
		return false
	}
	return urlPathByte(b)
}

// planFetch follows the steps of HTTP-redirect fetch in their order.
func (s *RedirectStep) planFetch(p *RedirectPolicy) RedirectPlan {
	switch len(s.Location) {
	case 0:
		return s.end(ReturnResponse, RedirectNoLocation)
	case 1:
	default: // a field that allows one value, sent twice, is no value
		return s.end(RefuseRedirect, RedirectManyLocations)
	}
	base, reason := splitURL(s.URL, nil)
	if reason != 0 {
		return s.end(RefuseRedirect, RedirectBadURL)
	}
	u, reason := splitURL(s.Location[0], &base)
	if reason != 0 {
		return s.end(RefuseRedirect, reason)
	}
	var buf [512]byte
	target, ok := appendURL(room(buf[:0], s.URL, s.Location[0]), &base, &u)
	if !ok {
		return s.end(RefuseRedirect, RedirectBadLocation)
	}
	if s.tooMany(p) {
		return s.end(RefuseRedirect, RedirectTooMany)
	}
	if s.HasContent && s.Unrepeatable && s.Status != SeeOther {
		return s.end(RefuseRedirect, RedirectContentGone)
	}
	plan := s.follow()
	plan.setURL(target, s.Location[0])
	plan.CrossedOrigin = s.CrossedOrigin || !u.relative && !sameURLOrigin(&base, &u)

	from, to := fetchContent, fetchEnd
	if plan.KeepContent {
		from = fetchCredential
	}
	if !plan.CrossedOrigin {
		to = fetchCredential
	}
	plan.drop(droppedHeaders[from:to:to], p)
	return plan
}

func sameURLOrigin(u, v *webURL) bool {
	var buf1, buf2 [128]byte
	a, ok1 := appendURLOrigin(buf1[:0], u.secure, &u.authority, false)
	b, ok2 := appendURLOrigin(buf2[:0], v.secure, &v.authority, false)
	return ok1 && ok2 && string(a) == string(b)
}
