package caching

import (
	"strconv"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/field"
)

// A Use says what a cache may do with a stored response.
type Use uint8

// The answers of [Stored.Reuse], from nothing to everything.
const (
	Miss       Use = iota // this response cannot answer the request, not even once it is validated
	Revalidate            // it may answer the request once the origin server has validated it
	Stale                 // it may answer the request although it is not fresh
	Fresh                 // it may answer the request
)

// String returns "miss", "revalidate", "stale" or "fresh".
func (u Use) String() string {
	switch u {
	case Revalidate:
		return "revalidate"
	case Stale:
		return "stale"
	case Fresh:
		return "fresh"
	}
	return "miss"
}

// A Reuse says what a cache may do with a stored response, and why.
type Reuse struct {
	// Use is the decision.
	Use Use
	// Age is the age of the response, to be sent in its Age field if it is used
	// without validation (RFC 9111, Section 4).
	Age time.Duration
	// Lifetime is the freshness lifetime of the response. The response stays fresh
	// for Lifetime - Age.
	Lifetime time.Duration
	// Conditional has the fields to add to the request that validates the
	// response: If-None-Match, If-Modified-Since or both. It is nil if Use is
	// Fresh or Miss, and if the response has no validator: then the request goes
	// out as it is, and its answer replaces the response. If Use is Stale by
	// [ReuseWhileRevalidate], a request with these fields goes out in the
	// background. The slices are those of the stored response.
	Conditional map[string][]string
	// Status is 504 if the request has only-if-cached and this response may not be
	// used: that is then the answer (RFC 9111, Section 5.2.1.7). Otherwise it is
	// 0.
	Status httpstatus.Code
	// Reason says why.
	Reason ReuseReason
}

// A ReuseReason says why a stored response may be used or not. Its String is a
// clause without capital and full stop, to stand after a colon. New reasons may
// be added.
type ReuseReason uint8

// The reasons of a [Reuse], in the order in which they decide.
const (
	ReuseNothing         ReuseReason = iota + 1 // Miss: the Stored is zero
	ReuseMethod                                 // Miss: the request method cannot be answered with it
	ReuseNotStorable                            // Miss: it should not have been stored, see Storage
	ReuseVary                                   // Miss: the request differs in a field that Vary names
	ReusePartial                                // Miss: it is a part, and not known to be the one that the request is for
	ReuseNoCache                                // Revalidate: no-cache in the response
	ReuseRequested                              // Revalidate: no-cache, max-age or min-fresh in the request
	ReuseFresh                                  // Fresh
	ReuseMustRevalidate                         // Revalidate: stale, and the response forbids to use it so
	ReuseMaxStale                               // Stale: max-stale in the request allows it
	ReuseWhileRevalidate                        // Stale: stale-while-revalidate in the response allows it
	ReuseStale                                  // Revalidate: stale
)

// String returns the reason as a clause: "the stored response is fresh".
func (r ReuseReason) String() string {
	if int(r) < len(reuseRows) {
		return reuseRows[r].text
	}
	return "ReuseReason(" + strconv.Itoa(int(r)) + ")"
}

// row returns what is known of a reason.
func (r ReuseReason) row() *reuseRow {
	if int(r) < len(reuseRows) {
		return &reuseRows[r]
	}
	return &reuseRows[0]
}

// A reuseRow is what is known of a reason: its text, what it decides, and why a
// request that it sends forward goes there.
type reuseRow struct {
	text    string
	use     Use
	forward Forward
}

var reuseRows = [...]reuseRow{
	0:                    {"no reason", Miss, 0},
	ReuseNothing:         {"nothing is stored", Miss, ForwardURIMiss},
	ReuseMethod:          {"the request method cannot be answered with the stored response", Miss, ForwardMethod},
	ReuseNotStorable:     {"the stored response is one that this cache must not store", Miss, ForwardMiss},
	ReuseVary:            {"the request differs in a field that Vary names from the one that was answered", Miss, ForwardVaryMiss},
	ReusePartial:         {"the stored response is a part, and the request is not for a range that it holds", Miss, ForwardPartial},
	ReuseNoCache:         {"the no-cache directive asks for validation on every use", Revalidate, ForwardStale},
	ReuseRequested:       {"the request asks for validation, or for a response that is younger or fresh for longer", Revalidate, ForwardRequest},
	ReuseFresh:           {"the stored response is fresh", Fresh, 0},
	ReuseMustRevalidate:  {"the stored response is stale, and says that it must not be used so", Revalidate, ForwardStale},
	ReuseMaxStale:        {"the stored response is stale, which the request allows", Stale, 0},
	ReuseWhileRevalidate: {"the stored response is stale, and may be used while it is validated in the background", Stale, 0},
	ReuseStale:           {"the stored response is stale", Revalidate, ForwardStale},
}

// Reuse says whether the stored response may answer a request
// (RFC 9111, Section 4). The caller has found it by its key, the target URI;
// nothing else needs to be checked. The first row that fits decides.
//
//	nothing stored                                     Miss
//	a method that it cannot answer                     Miss
//	a response that may not be stored (see Storage)    Miss
//	a request that Vary tells from the first           Miss
//	206                                                Miss, unless it holds the one range that a GET is for
//	no-cache                                           Revalidate
//	no-cache in the request                            Revalidate
//	an age above the request's max-age                 Revalidate
//	less freshness left than its min-fresh             Revalidate
//	fresh                                              Fresh
//	must-revalidate; in a shared cache also
//	proxy-revalidate and s-maxage                      Revalidate
//	stale by no more than the request's max-stale      Stale
//	a max-age in the request, which wants it fresh     Revalidate
//	stale by no more than stale-while-revalidate       Stale
//	all else                                           Revalidate
//
// A stored response to GET, or to POST or PATCH on the terms of
// [StorageContentLocation], answers GET and HEAD; one to HEAD answers HEAD; one
// to QUERY answers QUERY, for which the content of the request is part of the
// key (RFC 10008, Section 2.7). No other request is answered from a cache: an
// unsafe one has to reach the origin server.
//
// Vary names fields in whatever case and order; a response with "Vary: *" never
// matches, nor does one that names more than 64. Two fields match if both are
// absent, or if they differ only in how their list is spread over lines and in
// the white space around its members; in Accept and the fields like it also in
// the order of members, and in Accept-Charset, Accept-Encoding and
// Accept-Language in their case (RFC 9111, Section 4.1).
//
// The no-cache directive with a list of fields asks for validation only as long
// as one of them is still in the stored response ([Storage.Withheld] says what
// to leave out). Pragma and the request's no-store do not matter.
//
// A request directive that restricts use counts even if it is malformed, and of
// several the strictest; max-stale, which permits use, counts only if it is
// well-formed.
func (s Stored) Reuse(method string, request map[string][]string, now time.Time) Reuse {
	var r Reuse
	asks := readControl(request)
	if s.Status == 0 {
		r.Reason = ReuseNothing
	} else {
		d := s.read()
		r.Age = s.age(&d, now)
		r.Lifetime, _ = s.lifetime(&d)
		r.Reason = s.reason(&d, &r, method, request, &asks)
		r.Use = r.Reason.row().use
		if !asks.onlyIfCached && (r.Use == Revalidate || r.Reason == ReuseWhileRevalidate) {
			r.Conditional = d.conditional()
		}
	}
	if asks.onlyIfCached && r.Use < Stale {
		r.Status = httpstatus.GatewayTimeout
	}
	return r
}

// reason goes through the rows of [Stored.Reuse].
func (s *Stored) reason(d *reading, r *Reuse, method string, request map[string][]string, asks *control) ReuseReason {
	staleness := r.Age - r.Lifetime
	switch {
	case !s.answers(method):
		return ReuseMethod
	case !s.storable(d):
		return ReuseNotStorable
	case !matches(d.vary, s.Request, request):
		return ReuseVary
	case s.Status == httpstatus.PartialContent && (method == "HEAD" || !s.holds(request)):
		return ReusePartial
	case d.noCache, d.noCacheFields && s.hasWithheld():
		return ReuseNoCache
	case asks.noCache, asks.noCacheFields,
		asks.maxAge.present && r.Age > asks.maxAge.duration(),
		asks.minFresh.present && -staleness < asks.minFresh.duration():
		return ReuseRequested
	case staleness < 0:
		return ReuseFresh
	case s.forbidsStale(d):
		return ReuseMustRevalidate
	case asks.maxStale.present && staleness <= asks.maxStale.duration():
		return ReuseMaxStale
	case asks.maxAge.present: // without max-stale, nothing stale is wanted (RFC 9111, Section 5.2.1.1)
		return ReuseStale
	case d.whileRevalidate.present && staleness <= d.whileRevalidate.duration():
		return ReuseWhileRevalidate
	}
	return ReuseStale
}

// answers reports whether the method of the stored response allows it to answer
// a request with the given one.
func (s *Stored) answers(method string) bool {
	switch method {
	case "", "GET":
		return s.Method != "HEAD" && s.Method != "QUERY"
	case "HEAD":
		return s.Method != "QUERY"
	case "QUERY":
		return s.Method == "QUERY"
	}
	return false
}

// storable reports whether Section 3 allows the response to be stored. Its
// request may have been cut down to the fields that Vary names, but where it
// still has Authorization that counts.
func (s *Stored) storable(d *reading) bool {
	return (&Storage{
		Method: s.Method, Status: s.Status, Request: s.Request, Response: s.Response, Shared: s.Shared, Partial: true,
	}).decide(&d.control, d.hasExpires, false).Store
}

// forbidsStale reports whether the response must not be used once it is stale
// (RFC 9111, Section 4.2.4), whatever else permits it.
func (s *Stored) forbidsStale(d *reading) bool {
	return d.mustRevalidate || s.Shared && (d.proxyRevalidate || d.sMaxAge.present)
}

// hasWithheld reports whether the response still has a field that its no-cache
// lists. With more than most fields it is taken to have one.
func (s *Stored) hasWithheld() bool {
	names := 0
	for name := range listed(s.Response, s.Targets, false) {
		if names++; names > most || field.Has(s.Response, name) {
			return true
		}
	}
	return false
}

// conditional returns the fields with which to validate the response: its entity
// tag has to be sent, and its Last-Modified should be, for those who do not
// know entity tags (RFC 9111, Section 4.3.1).
func (d *reading) conditional() map[string][]string {
	var c map[string][]string
	if len(d.etag) == 1 && field.IsEntityTag(ascii.TrimOWS(d.etag[0])) {
		c = map[string][]string{"If-None-Match": d.etag[:1:1]}
	}
	if len(d.lastModified) == 1 {
		if _, ok := field.ParseDate(ascii.TrimOWS(d.lastModified[0]), time.Unix(0, 0)); ok {
			if c == nil {
				c = map[string][]string{}
			}
			c["If-Modified-Since"] = d.lastModified[:1:1]
		}
	}
	return c
}

// OnError reports whether the stored response may be served because the origin
// server could not be reached, or answered with an error
// (RFC 9111, Section 4.2.4; RFC 5861, Section 4).
//
// failed means that no response came: then the cache is disconnected and may
// serve a stale response. Otherwise status is that of the response, of which
// only 500, 502, 503 and 504 are errors in this sense; a stale response may
// replace one of these only if stale-if-error in it permits that. The limit of
// stale-if-error counts in both cases.
//
// It is false if the response says that it must not be used without validation:
// by no-cache, and once it is stale by must-revalidate, in a shared cache also
// by proxy-revalidate and s-maxage. The answer is then the error that came, or
// 504 (RFC 9111, Section 5.2.2.2).
//
// The request is not considered here; see [Stored.OnErrorFor].
func (s Stored) OnError(status httpstatus.Code, failed bool, now time.Time) bool {
	return s.OnErrorFor(nil, status, failed, now)
}

// OnErrorFor is [Stored.OnError] with the header fields of the request. Its
// stale-if-error replaces that of the response; without it, a response is not
// served if it is older than no-cache, max-age or min-fresh in the request
// allow. It looks neither at Vary nor at the method: the response has to be one
// for which [Stored.Reuse] did not return Miss.
func (s Stored) OnErrorFor(request map[string][]string, status httpstatus.Code, failed bool, now time.Time) bool {
	if !failed {
		switch status {
		case httpstatus.InternalServerError, httpstatus.BadGateway, httpstatus.ServiceUnavailable, httpstatus.GatewayTimeout:
		default:
			return false
		}
	}
	d, asks := s.read(), readControl(request)
	if s.Status == 0 || !s.storable(&d) || d.noCache || d.noCacheFields && s.hasWithheld() {
		return false
	}
	age := s.age(&d, now)
	lifetime, _ := s.lifetime(&d)
	staleness := age - lifetime
	permit := d.ifError
	switch {
	case asks.ifError.present:
		permit = asks.ifError
	case asks.noCache, asks.noCacheFields,
		asks.maxAge.present && age > asks.maxAge.duration(),
		asks.minFresh.present && -staleness < asks.minFresh.duration():
		return false
	}
	switch {
	case staleness < 0:
		return true
	case s.forbidsStale(&d):
		return false
	case permit.present:
		return staleness <= permit.duration()
	}
	return failed
}
