package caching

import (
	"iter"
	"strconv"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
	"example.com/httpstatus/internal/uri"
)

// A Storage is one exchange, seen by a cache that asks whether it may store the
// response. Its zero fields mean the common case: a GET, and a private cache
// such as that of a browser, which does not understand partial content.
//
// Header fields are maps from name to values, so an http.Header fits; names may
// be spelled in any case.
type Storage struct {
	Method   string              // "" is GET; methods are case-sensitive
	Status   httpstatus.Code     // of the response; 0 is no status code, and is not stored
	Request  map[string][]string // header fields of the request
	Response map[string][]string // header fields of the response
	Shared   bool                // the cache answers more than one user, as a proxy or a CDN does
	Partial  bool                // the cache understands 206 and 304: it can combine ranges and update what it has stored
	URL      string              // of the request; only a response to POST or PATCH makes use of it, see [StorageContentLocation]
	Targets  []string            // the targeted fields that the cache obeys, such as "CDN-Cache-Control", the most specific first
}

// A StorageDecision says whether a cache may keep a response.
type StorageDecision struct {
	Store     bool          // the cache may store it
	Heuristic bool          // the cache may estimate how long it stays fresh, because the response does not say (RFC 9111, Section 4.2.2)
	Reason    StorageReason // why, or why not
}

// A StorageReason says why a response may be stored or not. Its String is a
// clause without capital and full stop, to stand after a colon. New reasons may
// be added.
type StorageReason uint8

// The reasons of a [StorageDecision]. The first five go with Store, the others
// forbid it. Where several apply, the decision names the one that stands first
// in RFC 9111, Section 3.
const (
	StorageExplicit        StorageReason = iota + 1 // max-age, s-maxage or Expires
	StoragePublic                                   // the public directive
	StoragePrivate                                  // the private directive, in a private cache
	StorageHeuristic                                // the status code is heuristically cacheable
	StorageContentLocation                          // POST or PATCH, explicit freshness, and Content-Location

	StorageMethod         // the method does not allow caching
	StorageMethodTerms    // POST or PATCH without explicit freshness or a fitting Content-Location
	StorageNoStatus       // not a status code
	StorageInterim        // 1xx: not a final response
	StorageForbidden      // 428, 429, 431, 511
	StoragePartial        // 206 or 304, which this cache does not understand
	StorageNotUnderstood  // must-understand, and the status code is not registered
	StorageRequestNoStore // no-store in the request
	StorageNoStore        // no-store in the response
	StoragePrivateOnly    // private, in a shared cache
	StorageAuthorization  // a request with Authorization, in a shared cache
	StorageNoFreshness    // nothing in the response makes it cacheable
)

var storageReasons = [...]string{
	0:                      "no reason",
	StorageExplicit:        "the response says how long it stays fresh",
	StoragePublic:          "the public directive marks the response as cacheable",
	StoragePrivate:         "the private directive marks the response as cacheable by a private cache",
	StorageHeuristic:       "a response with this status code is heuristically cacheable",
	StorageContentLocation: "the response says how long it stays fresh and, by its Content-Location, that it represents the target resource",

	StorageMethod:         "the request method does not allow its responses to be cached",
	StorageMethodTerms:    "a response to this method may be stored only if it says how long it stays fresh and its Content-Location is the target URI",
	StorageNoStatus:       "the number is not a status code",
	StorageInterim:        "the response is interim, and only a final one may be stored",
	StorageForbidden:      "a response with this status code must not be stored",
	StoragePartial:        "only a cache that combines ranges may store a response with this status code",
	StorageNotUnderstood:  "the must-understand directive asks for a cache that understands the status code, which is not registered",
	StorageRequestNoStore: "the request carries the no-store directive",
	StorageNoStore:        "the response carries the no-store directive",
	StoragePrivateOnly:    "the private directive keeps the response out of shared caches",
	StorageAuthorization:  "the request carried Authorization, and the response does not allow shared caches to store it",
	StorageNoFreshness:    "the response does not say how long it stays fresh, and nothing else makes it cacheable",
}

// String returns the reason as a clause: "the response carries the no-store
// directive".
func (r StorageReason) String() string {
	if int(r) < len(storageReasons) {
		return storageReasons[r]
	}
	return "StorageReason(" + strconv.Itoa(int(r)) + ")"
}

// Decide applies RFC 9111, Section 3, and says whether the cache may keep the
// response, and whether it may estimate a lifetime for it (Section 4.2.2). A
// cache that may store a response need not do so, and the response need not be
// fresh: an expired one may be stored and validated, and one with no-cache has
// to be validated.
//
// The method must allow caching: GET, HEAD and QUERY (RFC 10008, Section 2.7)
// do, and so do POST (RFC 9110, Section 9.3.3) and PATCH (RFC 5789, Section 2)
// on the terms of [StorageContentLocation]. The status code must be final, and
// not one of those that forbid storing ([httpstatus.Code.ForbidsStorage]). 206 and 304 are
// for a cache that understands them; all others, also unregistered ones, are
// treated alike, unless must-understand is said: then only a registered code is
// stored, and no-store is ignored for it (RFC 9111, Section 5.2.2.3).
//
// A private directive with a list of fields, as in private="set-cookie", keeps
// only those fields out of a shared cache; [Storage.Withheld] names them. With
// any other argument it applies to the whole response. A malformed lifetime, as
// in max-age=soon, counts as one in the past: the response may be stored, is
// stale, and its lifetime is not estimated (RFC 9111, Section 4.2.1). A
// malformed directive counts if it forbids storing, and is ignored if it
// permits it. Pragma, Vary, Set-Cookie and directives that RFC 9111 does not
// define do not matter for storing.
//
// If the response has one of the Targets with a valid value that is not empty,
// the first of them replaces Cache-Control and Expires (RFC 9213, Section 2.2).
func (s Storage) Decide() StorageDecision {
	cc, targeted := readTargeted(s.Response, s.Targets)
	if !targeted {
		cc = readControl(s.Response)
	}
	asks := readControl(s.Request)
	return s.decide(&cc, !targeted && field.Has(s.Response, "Expires"), asks.noStore)
}

// decide decides by what the response says, whether it has an Expires that
// counts, and whether the request said no-store.
func (s *Storage) decide(cc *control, expires, noStore bool) StorageDecision {
	code := s.Status
	posted := s.Method == "POST" || s.Method == "PATCH"
	switch s.Method {
	case "", "GET", "HEAD", "QUERY", "POST", "PATCH":
	default:
		return StorageDecision{Reason: StorageMethod}
	}
	switch {
	case !code.IsValid():
		return StorageDecision{Reason: StorageNoStatus}
	case code.IsInformational():
		return StorageDecision{Reason: StorageInterim}
	case code.ForbidsStorage():
		return StorageDecision{Reason: StorageForbidden}
	case (code == httpstatus.PartialContent || code == httpstatus.NotModified) && !s.Partial:
		return StorageDecision{Reason: StoragePartial}
	}
	switch {
	case cc.mustUnderstand && !code.IsRegistered():
		return StorageDecision{Reason: StorageNotUnderstood}
	case noStore:
		return StorageDecision{Reason: StorageRequestNoStore}
	case cc.noStore && !cc.understandWell:
		return StorageDecision{Reason: StorageNoStore}
	case s.Shared && cc.privateAll:
		return StorageDecision{Reason: StoragePrivateOnly}
	case s.Shared && field.Has(s.Request, "Authorization") && !cc.revalidateWell && !cc.public && !(cc.sMaxAge.present && cc.sMaxAge.valid):
		return StorageDecision{Reason: StorageAuthorization}
	}
	// A shared cache reads s-maxage, a private one does not.
	explicit := cc.maxAge.present || s.Shared && cc.sMaxAge.present || expires
	switch {
	case posted && explicit && s.representsTarget():
		return StorageDecision{Store: true, Reason: StorageContentLocation}
	case posted:
		return StorageDecision{Reason: StorageMethodTerms}
	case explicit:
		return StorageDecision{Store: true, Reason: StorageExplicit}
	case cc.public:
		return StorageDecision{Store: true, Heuristic: true, Reason: StoragePublic}
	case code.IsCacheable():
		return StorageDecision{Store: true, Heuristic: true, Reason: StorageHeuristic}
	case !s.Shared && cc.privateWell:
		// Marked for private caches, which does not make it heuristically
		// cacheable: it is stored stale, to be validated.
		return StorageDecision{Store: true, Reason: StoragePrivate}
	}
	return StorageDecision{Reason: StorageNoFreshness}
}

// representsTarget reports whether Content-Location says that the content of
// the response represents the target resource. Without URL only its presence
// can be seen.
func (s *Storage) representsTarget() bool {
	var found string
	for name, values := range s.Response {
		if !ascii.EqualFold(name, "Content-Location") {
			continue
		}
		for _, v := range values {
			v = ascii.TrimOWS(v)
			if v == "" || found != "" && found != v {
				return false
			}
			found = v
		}
	}
	return found != "" && (s.URL == "" || uri.Same(s.URL, found))
}

// hopByHop are the fields that are not stored whatever the response says: those
// for one connection (RFC 9110, Section 7.6.1), and those for the proxy that the
// cache itself goes through (RFC 9111, Section 3.1).
var hopByHop = [...]string{
	"Connection", "Proxy-Connection", "Keep-Alive", "TE", "Transfer-Encoding", "Upgrade",
	"Proxy-Authenticate", "Proxy-Authentication-Info", "Proxy-Authorization",
}

// Withheld returns an iterator over the names of the response fields that must
// not be stored, even if the response is (RFC 9111, Section 3.1): the
// hop-by-hop fields, with Connection and the fields that it lists; those of the
// proxy that the cache itself uses; those that no-cache lists; and in a shared
// cache those that private lists. A malformed list counts too, such as one with
// an extra space. A name comes as it is spelled in the list, may come twice,
// and need not be in the response.
func (s Storage) Withheld() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, name := range hopByHop {
			if !yield(name) {
				return
			}
		}
		for _, line := range field.Lines(s.Response, "Connection") {
			if !eachName(line, yield) {
				return
			}
		}
		for name := range listed(s.Response, s.Targets, s.Shared) {
			if !yield(name) {
				return
			}
		}
	}
}

// listed returns an iterator over the fields that no-cache lists, and in a shared
// cache those that private lists, in the field that counts.
func listed(header map[string][]string, targets []string, shared bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		if targeted, ok := targetedField(header, targets); ok {
			if eachName(targeted.Get("no-cache").Value.Text(), yield) && shared {
				eachName(targeted.Get("private").Value.Text(), yield)
			}
			return
		}
		directives := field.CacheControl(field.Lines(header, "Cache-Control"))
		for d, ok := directives.Next(); ok; d, ok = directives.Next() {
			if (d.Is("no-cache") || shared && d.Is("private")) && !eachName(d.Argument, yield) {
				return
			}
		}
	}
}

// eachName yields the names in a list, without the members that are none.
func eachName(list string, yield func(string) bool) bool {
	for {
		name, rest, ok := field.CutName(list)
		if !ok {
			return true
		}
		if field.IsName(name) && !yield(name) {
			return false
		}
		list = rest
	}
}
