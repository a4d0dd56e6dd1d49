package caching

import (
	"strconv"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/field"
)

// A CacheStatus says how a cache has handled a request: it is one member of a
// Cache-Status field (RFC 9211). [Reuse.CacheStatus] fills in what a decision
// says; the caller adds what it knows.
//
// A cache adds its member as a line after those that are there, so that caches
// nearer to the origin server come first:
//
//	header.Add("Cache-Status", status.String())
type CacheStatus struct {
	// Cache names the cache: a product, a host name.
	Cache string
	// Hit is set if the request was satisfied without going forward.
	Hit bool
	// Forward says why the request went forward. It is left out of a hit.
	Forward Forward
	// ForwardStatus is the status code of the response to the forwarded request,
	// where it differs from the one that is sent on, such as a 304.
	ForwardStatus httpstatus.Code
	// TTL is the rest of the lifetime, negative for a stale response. It is
	// written in whole seconds, if HasTTL is set.
	TTL    time.Duration
	HasTTL bool
	// Stored is set if the response that came was stored.
	Stored bool
	// Collapsed is set if the request was answered with the response to another
	// one that was under way.
	Collapsed bool
	// Key is the cache key. It can help attackers (RFC 9211, Section 6).
	Key string
	// Detail is other information, in words of the cache.
	Detail string
}

// A Forward says why a request went forward (RFC 9211, Section 2.2).
type Forward uint8

// The reasons to go forward, from most specific to least. There is none for the
// zero Forward.
const (
	ForwardBypass   Forward = iota + 1 // the cache was configured to not handle the request
	ForwardMethod                      // the method has to be forwarded
	ForwardURIMiss                     // nothing is stored for the URI
	ForwardVaryMiss                    // what is stored for the URI differs in a field that Vary names
	ForwardMiss                        // nothing that is stored could be used
	ForwardRequest                     // a fresh response was there, but the request did not allow its use
	ForwardStale                       // a response was there, but it had to be validated
	ForwardPartial                     // a part was there, but not all that was asked for
)

// String returns the token of RFC 9211, such as "uri-miss", or "".
func (f Forward) String() string {
	if int(f) < len(forwardTokens) {
		return forwardTokens[f]
	}
	return ""
}

var forwardTokens = [...]string{
	ForwardBypass:   "bypass",
	ForwardMethod:   "method",
	ForwardURIMiss:  "uri-miss",
	ForwardVaryMiss: "vary-miss",
	ForwardMiss:     "miss",
	ForwardRequest:  "request",
	ForwardStale:    "stale",
	ForwardPartial:  "partial",
}

// CacheStatus returns the decision as a member of Cache-Status, for a cache
// with the given name: a hit, or why the request goes forward, and the time to
// live if there was a stored response.
func (r Reuse) CacheStatus(cache string) CacheStatus {
	s := CacheStatus{Cache: cache, Hit: r.Use >= Stale, Forward: r.Reason.row().forward}
	if r.Use != Miss {
		s.TTL, s.HasTTL = r.Lifetime-r.Age, true
	}
	return s
}

// String returns the member as it stands in the field.
func (s CacheStatus) String() string { return string(s.Append(nil)) }

// Append appends the member to dst. Bytes that a structured field cannot hold
// are written as question marks (RFC 9651, Section 3.3.3).
func (s CacheStatus) Append(dst []byte) []byte {
	dst = appendName(dst, s.Cache)
	forward := s.Forward.String()
	switch {
	case s.Hit:
		dst = append(dst, "; hit"...)
	case forward != "":
		dst = append(append(dst, "; fwd="...), forward...)
		if s.ForwardStatus.IsValid() {
			dst = strconv.AppendInt(append(dst, "; fwd-status="...), int64(s.ForwardStatus), 10)
		}
	}
	if s.HasTTL {
		dst = strconv.AppendInt(append(dst, "; ttl="...), wholeSeconds(s.TTL), 10)
	}
	if s.Stored && !s.Hit {
		dst = append(dst, "; stored"...)
	}
	if s.Collapsed && !s.Hit {
		dst = append(dst, "; collapsed"...)
	}
	if s.Key != "" {
		dst = appendQuoted(append(dst, "; key="...), s.Key)
	}
	if s.Detail != "" {
		dst = appendName(append(dst, "; detail="...), s.Detail)
	}
	return dst
}

// wholeSeconds rounds down, so that what has been stale for half a second has -1.
func wholeSeconds(d time.Duration) int64 {
	n := int64(d / time.Second)
	if d%time.Second < 0 {
		n--
	}
	return n
}

// appendName appends a Token if s is one, and else a String.
func appendName(dst []byte, s string) []byte {
	if field.IsStructuredToken(s) {
		return append(dst, s...)
	}
	return appendQuoted(dst, s)
}

// appendQuoted appends s as a String.
func appendQuoted(dst []byte, s string) []byte {
	dst, ok := field.AppendString(dst, s)
	if ok {
		return dst
	}
	visible := []byte(s)
	for i, c := range visible {
		if c < ' ' || c > '~' {
			visible[i] = '?'
		}
	}
	dst, _ = field.AppendString(dst, string(visible))
	return dst
}
