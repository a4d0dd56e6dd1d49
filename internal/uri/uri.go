// Package uri reads URI references in three ways: as RFC 3986 defines them, as
// the URL standard (WHATWG) does, and as net/url does. Each way is a type, [URI],
// [Web] and [Go], with the same few functions: one parses an absolute http or
// https URL, and its methods read a reference seen from there, write the target
// of that reference, and compare the two.
//
// The package is here because net/url is but one of these dialects: it accepts
// more than RFC 3986, decodes and encodes again, and would bring its imports to
// every program that asks for one predicate.
//
// It knows nothing of redirects. A [Problem] says what is wrong with a string;
// what follows from that is the caller's to say.
package uri

import (
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// A Problem says why a string was not read. The zero Problem is none.
type Problem uint8

// The problems of a reference. Of several, the one that stands first counts.
const (
	Scheme    Problem = iota + 1 // neither http nor https
	Backslash                    // a backslash, about which readers disagree
	Userinfo                     // a user name or a password
	NoHost                       // an authority without a host, or a scheme without an authority
	Malformed                    // not by the grammar
)

// An Authority is an authority, split (RFC 3986, Section 3.2).
type Authority struct {
	Userinfo, Host, Port string

	HasUserinfo bool // an empty user name and none differ
}

// SplitAuthority splits at the last "@", because neither a host nor a port has
// one, and at the first colon that does not belong to an IP literal.
func SplitAuthority(s string) (a Authority) {
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		a.Userinfo, a.HasUserinfo, s = s[:i], true, s[i+1:]
	}
	literal := 0
	if s != "" && s[0] == '[' {
		literal = strings.LastIndexByte(s, ']') + 1
	}
	a.Host = s
	if i := strings.IndexByte(s[literal:], ':'); i >= 0 {
		a.Host, a.Port = s[:literal+i], s[literal+i+1:]
	}
	return a
}

// Hostname returns the host without brackets.
func (a *Authority) Hostname() string {
	if len(a.Host) >= 2 && a.Host[0] == '[' {
		return a.Host[1 : len(a.Host)-1]
	}
	return a.Host
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
	n, ok := ascii.ParseDigits(s)
	return int(n), ok && n <= 65535
}

// IsHTTP reports whether scheme is "http" or "https", and which.
func IsHTTP(scheme string) (secure, ok bool) {
	if ascii.EqualFold(scheme, "https") {
		return true, true
	}
	return false, ascii.EqualFold(scheme, "http")
}

// A Ref is a URI reference, split into its components (RFC 3986, Section 3).
// The flags tell an empty component from an absent one.
type Ref struct {
	Scheme, Authority, Path, Query, Fragment string

	HasAuthority, HasQuery, HasFragment bool
}

// Split splits any string, as the expression of RFC 3986, Appendix B does,
// except that a scheme has to be well-formed.
func Split(s string) (r Ref) {
	if i := strings.IndexByte(s, '#'); i >= 0 {
		s, r.Fragment, r.HasFragment = s[:i], s[i+1:], true
	}
	if i := strings.IndexByte(s, '?'); i >= 0 {
		s, r.Query, r.HasQuery = s[:i], s[i+1:], true
	}
	r.Scheme, s = cutScheme(s)
	if len(s) >= 2 && s[0] == '/' && s[1] == '/' {
		s, r.HasAuthority = s[2:], true
		i := strings.IndexByte(s, '/')
		if i < 0 {
			i = len(s)
		}
		r.Authority, s = s[:i], s[i:]
	}
	r.Path = s
	return r
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

// colonInFirstSegment reports whether a relative reference looks like a scheme
// that is not one (RFC 3986, Section 4.2).
func (r *Ref) colonInFirstSegment() bool {
	if r.Scheme != "" || r.HasAuthority {
		return false
	}
	segment, _, _ := strings.Cut(r.Path, "/")
	return strings.IndexByte(segment, ':') >= 0
}
