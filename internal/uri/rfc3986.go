package uri

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// A URI is an http or https URI, or a reference seen from one, by RFC 3986.
type URI struct {
	Secure bool // https; of a reference without a scheme, that of its base

	ref       Ref
	authority Authority // of a reference without one, that of its base
}

// Parse reads an absolute http or https URI. It is lenient in path, query and
// fragment, where only a control character is malformed: what else does not
// belong there is percent-encoded in the targets of its references. The host may
// be an IPv6 address with a zone (RFC 6874), which is this machine's affair.
func Parse(s string) (u URI, p Problem) {
	u.ref = Split(s)
	u.authority = SplitAuthority(u.ref.Authority)
	var ok bool
	if u.Secure, ok = IsHTTP(u.ref.Scheme); !ok {
		return u, Scheme
	}
	switch {
	case u.authority.Host == "":
		return u, NoHost
	case !u.authority.valid() && !u.authority.zoned(), !u.ref.validComponents(true):
		return u, Malformed
	}
	return u, 0
}

// Reference reads a reference seen from base. With repair it is as lenient as
// [Parse] in path, query and fragment; without, every character has to be one
// that the grammar allows. A host of its own has no zone, and what is
// percent-encoded in it has to be what may stand there as well: the grammar
// allows "%2F" in a host, but readers that decode it find another host than those
// that do not.
func (base *URI) Reference(s string, repair bool) (u URI, p Problem) {
	u = URI{Secure: base.Secure, ref: Split(s), authority: base.authority}
	if u.ref.Scheme != "" {
		var ok bool
		if u.Secure, ok = IsHTTP(u.ref.Scheme); !ok {
			return u, Scheme
		}
	}
	if u.ref.HasAuthority {
		u.authority = SplitAuthority(u.ref.Authority)
	}
	switch {
	case strings.IndexByte(s, '\\') >= 0:
		return u, Backslash
	case u.ref.HasAuthority && u.authority.HasUserinfo:
		return u, Userinfo
	case u.authority.Host == "", u.ref.Scheme != "" && !u.ref.HasAuthority:
		return u, NoHost
	case u.ref.HasAuthority && !(u.authority.valid() && plainHost(u.authority.Host)),
		!u.ref.validComponents(repair), u.ref.colonInFirstSegment():
		return u, Malformed
	}
	return u, 0
}

// SameOrigin reports whether two URIs have the same scheme, host and port
// (RFC 9110, Section 4.3.1). Hosts are compared as they are spelled, but for
// case: two spellings of one host that differ otherwise count as two, which
// drops credentials too often rather than too rarely.
func (u *URI) SameOrigin(v *URI) bool {
	port1, _ := portNumber(u.authority.Port, u.Secure)
	port2, _ := portNumber(v.authority.Port, v.Secure)
	return u.Secure == v.Secure && port1 == port2 && ascii.EqualFold(u.authority.Host, v.authority.Host)
}

// AppendTarget appends the target that ref has, seen from base
// (RFC 3986, Section 5.2.2), with the fragment that it inherits
// (RFC 9110, Section 10.2.2).
func (base *URI) AppendTarget(dst []byte, ref *URI) []byte {
	b, r := &base.ref, &ref.ref
	from := r // where scheme and authority come from, when not both from ref
	if r.Scheme == "" {
		from = b
	}
	dst = append(append(dst, from.Scheme...), "://"...)
	if r.HasAuthority {
		from = r
	}
	dst = appendPathQuery(append(dst, from.Authority...), b, r)
	fragment := r
	if !r.HasFragment {
		fragment = b
	}
	if fragment.HasFragment {
		dst = appendText(append(dst, '#'), fragment.Fragment, queryByte)
	}
	return dst
}

// appendPathQuery appends the path and the query of that target.
func appendPathQuery(dst []byte, base, ref *Ref) []byte {
	start := len(dst)
	query, hasQuery := ref.Query, ref.HasQuery
	switch {
	case ref.Path == "" && ref.HasAuthority: // the path stays empty
	case ref.Path == "":
		if base.Path != "" {
			dst = appendSegments(dst, start, base.Path[1:], true, plainPath)
		}
		if !hasQuery {
			query, hasQuery = base.Query, base.HasQuery
		}
	case ref.Path[0] == '/':
		dst = appendSegments(dst, start, ref.Path[1:], true, rfcPath)
	default:
		if last := strings.LastIndexByte(base.Path, '/'); last > 0 {
			dst = appendSegments(dst, start, base.Path[1:last], false, rfcPath)
		}
		dst = appendSegments(dst, start, ref.Path, true, rfcPath)
	}
	if hasQuery {
		dst = appendText(append(dst, '?'), query, queryByte)
	}
	return dst
}

// Same reports whether ref, seen from the URI base, is that same URI, but for a
// fragment, the case of scheme and host, a default port, user information, and
// an empty path that is written as "/" (RFC 9110, Section 4.2.3). It is false
// where one of the two cannot be read.
func Same(base, ref string) bool {
	b, problem := Parse(base)
	if problem != 0 {
		return false
	}
	r, problem := b.Reference(ref, true)
	if problem == Scheme || !r.usable() || !b.SameOrigin(&r) {
		return false
	}
	var buf1, buf2 [256]byte
	again := Ref{Path: b.ref.Path, Query: b.ref.Query, HasAuthority: true, HasQuery: b.ref.HasQuery}
	return string(rooted(appendPathQuery(buf1[:0], &b.ref, &again))) == string(rooted(appendPathQuery(buf2[:0], &b.ref, &r.ref)))
}

// usable reports whether a reference has a target, though it may have user
// information or a backslash.
func (u *URI) usable() bool {
	return u.authority.Host != "" && (u.ref.Scheme == "" || u.ref.HasAuthority) &&
		(!u.ref.HasAuthority || u.authority.valid()) && u.ref.validComponents(true) && !u.ref.colonInFirstSegment()
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

// valid reports whether the host is one (RFC 3986, Section 3.2.2) and the port
// a number that TCP has. Whether there is a host at all is left to the caller.
func (a *Authority) valid() bool {
	if _, ok := portNumber(a.Port, false); !ok {
		return false
	}
	if !validText(a.Userinfo, userinfoByte) {
		return false
	}
	if a.Host != "" && a.Host[0] == '[' {
		return validIPLiteral(a.Host)
	}
	return validText(a.Host, regNameByte)
}

// zoned reports whether the host is an IPv6 address with a zone, as a URI writes
// it (RFC 6874, Section 2).
func (a *Authority) zoned() bool {
	address, zone, ok := strings.Cut(a.Host, "%25")
	zone, closed := strings.CutSuffix(zone, "]")
	if _, validPort := portNumber(a.Port, false); !ok || !closed || zone == "" || !validPort || !strings.HasPrefix(address, "[") {
		return false
	}
	_, ok = parseIPv6(address[1:])
	return ok && validText(zone, unreservedByte) && validText(a.Userinfo, userinfoByte)
}

// plainHost reports whether a host holds no percent-encoded byte that is not
// ASCII or that no host may have: a control, a delimiter such as "/" or "@", a
// percent sign. Letters that are not ASCII are refused along with them, because
// some that look like one delimiter or several become that when a reader
// normalizes them. It is for hosts that are valid.
func plainHost(host string) bool {
	for i := 0; i < len(host); i++ {
		if host[i] == '%' && !domainByte(ascii.HexValue(host[i+1])<<4|ascii.HexValue(host[i+2])) {
			return false
		}
	}
	return true
}

// validComponents checks path, query and fragment; with repair, only for what
// cannot be repaired.
func (r *Ref) validComponents(repair bool) bool {
	if repair {
		return !hasControl(r.Path) && !hasControl(r.Query) && !hasControl(r.Fragment)
	}
	return validText(r.Path, pathByte) && validText(r.Query, queryByte) && validText(r.Fragment, queryByte)
}

func hasControl(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7F {
			return true
		}
	}
	return false
}
