package httpstatus

import (
	"time"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/uri"
)

// IsRedirect reports whether a client that gets c follows the Location field by
// itself: 301, 302, 303, 307 and 308. The other codes of the class are answers
// or offers: 300 leaves the choice to the user, 304 points to the client's own
// stored response, 305 is deprecated. RFC 9110, Section 15.4.
func (c Code) IsRedirect() bool { return c.has(traitRedirect) }

// IsPermanent reports whether c is a redirect that tells clients to use the new
// URI from now on: 301 and 308. RFC 9110, Section 15.4.
func (c Code) IsPermanent() bool { return c.has(traitPermanent) }

// PreservesMethod reports whether c is a redirect that must be followed with
// the method of the original request, whatever it is: 307 and 308. It is false
// for 301 and 302, because clients may change POST to GET there, and do.
// RFC 9110, Section 15.4.
func (c Code) PreservesMethod() bool { return c.has(traitPreservesMethod) }

// RedirectMethod returns the method with which a client follows a redirect c
// that answers a request with the given method, and whether the content of that
// request goes along.
//
// 303 turns every method but HEAD into GET. 301 and 302 turn POST into GET and
// leave every other method alone, QUERY and DELETE included. 307 and 308 leave
// all as it was. For a code that is no redirect the method is unchanged and
// keepContent is true. Methods are case-sensitive; the empty method is GET.
//
// RFC 9110, Section 15.4, and the HTTP-redirect fetch of the Fetch standard.
func (c Code) RedirectMethod(method string) (next string, keepContent bool) {
	if method == "" {
		method = "GET"
	}
	t := c.traits()
	switch {
	case t&traitRedirect == 0 || t&traitPreservesMethod != 0 || method == "GET" || method == "HEAD":
		return method, true
	case t&traitAnyToGet != 0 || method == "POST":
		return "GET", false
	}
	return method, true
}

// A Redirect describes a redirect by what the server wants: is it for good, and
// must the client repeat the method? Its zero value is the ordinary redirect,
// 302.
type Redirect struct {
	Permanent      bool // clients should use the new URI from now on
	PreserveMethod bool // a POST must arrive as a POST
}

// Code returns the code of the redirect:
//
//	                may become GET   same method
//	for now              302             307
//	for good             301             308
//
// After a POST, use [SeeOther] to send the client to a page about the result,
// which it fetches with GET. RFC 9110, Section 15.4.
func (r Redirect) Code() Code {
	switch {
	case r.Permanent && r.PreserveMethod:
		return PermanentRedirect
	case r.Permanent:
		return MovedPermanently
	case r.PreserveMethod:
		return TemporaryRedirect
	}
	return Found
}

// A RedirectStep is one response, seen by a client that asks which request
// follows it. Its zero fields mean the common case: a GET without content, at
// the beginning of a chain of redirects.
type RedirectStep struct {
	Status        Code     // of the answer
	Method        string   // of the request that was answered; "" is GET; methods are case-sensitive
	URL           string   // of that request: absolute, with its fragment if it had one
	Location      []string // every Location value of the response
	HasContent    bool     // the request carried content
	Unrepeatable  bool     // that content cannot be produced a second time
	Followed      int      // redirects followed so far
	CrossedOrigin bool     // from the previous plan: credentials were dropped, and stay dropped

	// Header is the header of the response, with names in any case. It is read
	// for Retry-After, and for Date and Age where that is a date; for a plan
	// without a wait it may be nil.
	Header map[string][]string
	// Received is when the response arrived. If it is zero, a date in Retry-After
	// is measured from Date, and is no advice if there is no Date.
	Received time.Time
}

// A RedirectPlan says what to do about a response, and which request follows
// it, if any.
type RedirectPlan struct {
	Action RedirectAction // what to do
	Reason RedirectReason // why

	// Method and URL are those of the next request; "" unless it is followed.
	Method, URL string
	// KeepContent reports whether the content goes along, if the request had any.
	KeepContent bool
	// DropHeaders names the fields that must not go along, if the request had
	// them. The slice may be shared with other plans: do not change it.
	DropHeaders []string
	// CrossedOrigin belongs into the next step: once credentials are dropped they
	// stay dropped, even if the chain comes back to where it began.
	CrossedOrigin bool

	// Wait is the least time to wait before the next request, counted from the
	// receipt of the response: what the server asks for in Retry-After
	// (RFC 9110, Section 10.2.3). It is filled whatever Action says.
	Wait time.Duration
	// HasWait reports whether the server asks for a wait. A Wait of 0 with HasWait
	// asks the client to come at once.
	HasWait bool
}

// A RedirectAction says what to do about a response.
type RedirectAction uint8

// The actions of a [RedirectPlan].
const (
	ReturnResponse RedirectAction = iota // take the response as the answer
	FollowRedirect                       // send the request that the plan describes
	RefuseRedirect                       // treat the response as an error: following it is not safe, or not possible
)

// String returns "return", "follow" or "refuse".
func (a RedirectAction) String() string {
	switch a {
	case ReturnResponse:
		return "return"
	case FollowRedirect:
		return "follow"
	case RefuseRedirect:
		return "refuse"
	}
	return numbered("RedirectAction", int(a))
}

// A RedirectReason says why a redirect is followed or not. Its String is a
// clause without capital and full stop, to stand after a colon. New reasons may
// be added.
type RedirectReason uint8

// The reasons of a [RedirectPlan].
const (
	RedirectSameRequest RedirectReason = iota + 1 // followed with the method that the request had
	RedirectBecomesGet                            // followed with GET, without the content

	RedirectNotCalledFor // the status code is no redirect: see [Code.IsRedirect]
	RedirectNoLocation   // no Location, or an empty one

	RedirectManyLocations // several Location values that differ
	RedirectBadURL        // the URL of the step is not an absolute http or https URI, or its host is not ASCII
	RedirectBadLocation   // the Location is not a URI reference
	RedirectBackslash     // a backslash in Location
	RedirectNoHost        // the Location has an authority without a host, or a scheme without an authority
	RedirectUserinfo      // the Location has a user name or a password in it
	RedirectScheme        // neither http nor https
	RedirectDowngrade     // https to http
	RedirectTooMany       // the limit is reached
	RedirectContentGone   // the content would have to be sent again, and cannot be
)

var redirectReasons = [...]string{
	0:                   "no reason",
	RedirectSameRequest: "the request is sent again to the new URI",
	RedirectBecomesGet:  "the status code turns the request into a GET without content",

	RedirectNotCalledFor: "the status code is not a redirect that a client follows by itself",
	RedirectNoLocation:   "the response names no Location",

	RedirectManyLocations: "the response has several Location values that differ",
	RedirectBadURL:        "the URL of the request is not an absolute http or https URI, or its host is not ASCII",
	RedirectBadLocation:   "the Location is not a valid URI reference",
	RedirectBackslash:     "the Location contains a backslash, about which parsers disagree",
	RedirectNoHost:        "the Location names no host",
	RedirectUserinfo:      "the Location contains user information",
	RedirectScheme:        "the Location leads to a scheme other than http and https",
	RedirectDowngrade:     "the Location leads from https to http",
	RedirectTooMany:       "the limit of redirects is reached",
	RedirectContentGone:   "the content would have to be sent again and cannot be",
}

// String returns the reason as a clause: "the response names no Location".
func (r RedirectReason) String() string {
	if int(r) < len(redirectReasons) {
		return redirectReasons[r]
	}
	return numbered("RedirectReason", int(r))
}

// A RedirectPolicy says which redirects [RedirectStep.Plan] follows. Its zero
// value is strict:
//
//   - The method follows [Code.RedirectMethod].
//   - At most 20 redirects are followed.
//   - A redirect is refused if the content has to be sent again and cannot be.
//   - A change from https to http is refused, and so is every scheme other than
//     these two.
//   - Several Location values are refused if they differ. A Location is refused
//     if RFC 3986 does not allow it (because of spaces, control characters or
//     non-ASCII ones, for example), if it has a backslash or an authority
//     without a host, and if it has user information.
//   - A host is refused if a delimiter, a control or a non-ASCII character is
//     percent-encoded in it, as in https://trusted.example%2f.evil.example/:
//     the grammar allows it, but readers disagree on which host it is.
//   - When the origin changes (scheme, host or port), Authorization, Cookie,
//     Proxy-Authorization and SensitiveHeaders are dropped for the rest of the
//     chain.
//   - When the content is dropped, so are the fields that describe it
//     (RFC 9110, Section 15.4), and Transfer-Encoding, Trailer and Expect.
type RedirectPolicy struct {
	// MaxRedirects is how many redirects are followed in a chain. 0 means 20, and
	// a negative number means none.
	MaxRedirects int
	// AllowDowngrade follows from https to http.
	AllowDowngrade bool
	// RepairLocation percent-encodes what RFC 3986 does not allow in a path, a
	// query or a fragment, where the strict policy refuses it: spaces, characters
	// that are not ASCII, any of "<>[]^`{|}, and a percent sign that no two
	// hexadecimal digits follow, which becomes %25. That is more than browsers
	// encode: they leave a bare percent sign, brackets and bars as they are, and
	// braces and the like in a query, so that a server may see another spelling
	// than from a browser. Control characters and backslashes are still refused,
	// and so is any fault in scheme, host or port.
	RepairLocation bool
	// SensitiveHeaders are further request fields that must not reach another
	// origin, such as X-Api-Key. If there are any, a plan that drops fields
	// allocates once.
	SensitiveHeaders []string

	client redirectClient
}

// A redirectClient is a client whose behaviour a preset describes.
type redirectClient uint8

const (
	strictClient redirectClient = iota
	fetchClient
	netHTTPClient
)

// FetchRedirects returns the policy that follows redirects as the HTTP-redirect
// fetch of the Fetch standard does. Browsers and implementations of fetch() use
// that. What differs from the strict policy:
//
//   - Location is read as the URL standard reads it: characters that can be
//     encoded are, a backslash is a slash, "http:x" is relative, user
//     information is kept, and the result is normalized. A browser converts a
//     host that is not ASCII; here it is refused, in URL too, and labels that
//     begin with "xn--" are not checked.
//   - An empty Location leads to the same URL again; several Location values
//     are refused even if they are equal.
//   - https to http is followed. Whether a page may use the result (mixed
//     content) is decided elsewhere.
//   - A redirect other than a 303 is refused if the content cannot be sent
//     again, even if it would not be sent.
//   - Only Authorization is dropped when the origin changes, and only
//     Content-Encoding, Content-Language, Content-Location and Content-Type
//     with the content. The standard adds cookies to each request anew, so they
//     are not among the fields of the step.
//
// The checks of CORS are left out, because a step does not tell the origin that
// the request is made for. The caller may change MaxRedirects and
// SensitiveHeaders of the result.
func FetchRedirects() RedirectPolicy { return RedirectPolicy{client: fetchClient} }

// NetHTTPRedirects returns the policy that follows redirects as the Client of
// net/http does by default, as of Go 1.26. (Go 1.25 kept the fields that
// describe dropped content.) What differs from the strict policy:
//
//   - 301, 302 and 303 turn every method but HEAD into GET; PUT, DELETE and
//     QUERY too. The content is dropped even if the method stays.
//   - Ten requests are made at most, so nine redirects are followed.
//   - A 307 or 308 whose content cannot be sent again is the answer.
//   - Only the first Location value counts. It is read as net/url reads it:
//     user information is kept, and much that RFC 3986 does not allow is
//     accepted and encoded. The fragment is not inherited.
//   - https to http is followed.
//   - Authorization, Cookie and other credentials are dropped only if the new
//     host is neither the old one nor a subdomain of it; they are kept for
//     another port or scheme, even http after https. The client compares with
//     the first request of the chain, a plan with the request of its step.
//
// The caller may change MaxRedirects and SensitiveHeaders of the result.
func NetHTTPRedirects() RedirectPolicy {
	return RedirectPolicy{MaxRedirects: 9, client: netHTTPClient}
}

// What the strict policy drops: with the content, and from Authorization on,
// with the origin. RFC 9110, Section 15.4, names the first seven and says
// "including (but not limited to)". The others describe content as well, or
// announce it: an Expect without content is forbidden
// (RFC 9110, Section 10.1.1).
var strictDropped = [...]string{
	"Content-Encoding", "Content-Language", "Content-Location", "Content-Type",
	"Content-Length", "Digest", "Last-Modified",
	"Content-Digest", "Content-Disposition", "Content-MD5", "Content-Range", "Repr-Digest",
	"Transfer-Encoding", "Trailer", "Expect",
	"Authorization", "Cookie", "Proxy-Authorization",
}

// Plan says which request follows the response, or why none does. It never
// fails: a redirect that cannot be read is refused, or is returned as the
// answer, with the reason.
//
// A response with a code that is not a redirect is the answer, and so is a
// redirect without a Location. The target is resolved against URL by
// RFC 3986, Section 5, without further normalization, and inherits the fragment
// of URL if it has none of its own (RFC 9110, Section 10.2.2). URL comes from
// the caller and is read less strictly: the parts of it that become part of the
// target are percent-encoded where necessary.
//
// Fields that the client generates itself, such as Host, Referer, or the
// conditions of its cache, have to be generated anew for the next request
// (RFC 9110, Section 15.4); DropHeaders does not name them. A plan sees one
// step: a chain that goes in circles ends at MaxRedirects, unless the client
// notices before.
//
// Plan allocates only the URL, if it is not the Location itself, and once more
// if that has more than 512 octets.
func (s RedirectStep) Plan(p RedirectPolicy) RedirectPlan {
	if !s.Status.IsRedirect() {
		return s.end(ReturnResponse, RedirectNotCalledFor)
	}
	var plan RedirectPlan
	switch p.client {
	case fetchClient:
		plan = s.planFetch(&p)
	case netHTTPClient:
		plan = s.planNetHTTP(&p)
	default:
		plan = s.planStrict(&p)
	}
	if advice, ok := RetryAfter(s.Header, s.Received); ok {
		plan.Wait, plan.HasWait = advice.Wait, true
	}
	return plan
}

// end is a plan without a next request.
func (s *RedirectStep) end(a RedirectAction, r RedirectReason) RedirectPlan {
	return RedirectPlan{Action: a, Reason: r, CrossedOrigin: s.CrossedOrigin}
}

func (s *RedirectStep) planStrict(p *RedirectPolicy) RedirectPlan {
	loc := ""
	for i, l := range s.Location {
		l = ascii.TrimOWS(l)
		if i > 0 && l != loc {
			return s.end(RefuseRedirect, RedirectManyLocations)
		}
		loc = l
	}
	if loc == "" {
		return s.end(ReturnResponse, RedirectNoLocation)
	}
	base, problem := uri.Parse(s.URL)
	if problem != 0 {
		return s.end(RefuseRedirect, RedirectBadURL)
	}
	ref, problem := base.Reference(loc, p.RepairLocation)
	switch {
	case problem != 0:
		return s.end(RefuseRedirect, redirectReason(problem))
	case base.Secure && !ref.Secure && !p.AllowDowngrade:
		return s.end(RefuseRedirect, RedirectDowngrade)
	case s.tooMany(p):
		return s.end(RefuseRedirect, RedirectTooMany)
	}
	plan := s.follow()
	if plan.KeepContent && s.HasContent && s.Unrepeatable {
		return s.end(RefuseRedirect, RedirectContentGone)
	}
	var buf [512]byte
	plan.setURL(base.AppendTarget(bufferFor(buf[:0], s.URL, loc), &ref), loc)
	plan.dropFields(s.CrossedOrigin || !base.SameOrigin(&ref), strictDropped[:], p)
	return plan
}

// redirectReason returns the reason for not following a Location with the given
// problem.
func redirectReason(p uri.Problem) RedirectReason {
	switch p {
	case uri.Scheme:
		return RedirectScheme
	case uri.Backslash:
		return RedirectBackslash
	case uri.Userinfo:
		return RedirectUserinfo
	case uri.NoHost:
		return RedirectNoHost
	}
	return RedirectBadLocation
}

// follow begins the plan of a redirect that is followed.
func (s *RedirectStep) follow() RedirectPlan {
	plan := RedirectPlan{Action: FollowRedirect, Reason: RedirectSameRequest}
	plan.Method, plan.KeepContent = s.Status.RedirectMethod(s.Method)
	if !plan.KeepContent {
		plan.Reason = RedirectBecomesGet
	}
	return plan
}

func (s *RedirectStep) tooMany(p *RedirectPolicy) bool {
	limit := p.MaxRedirects
	if limit == 0 {
		limit = 20
	}
	return max(s.Followed, 0) >= limit
}

// bufferFor returns buf, or a larger one if the target of location may need it.
func bufferFor(buf []byte, url, location string) []byte {
	if n := len(url) + len(location) + len("https://"); n > cap(buf) {
		return make([]byte, 0, n)
	}
	return buf
}

// setURL takes the Location itself where that is what was built, to save the
// copy.
func (plan *RedirectPlan) setURL(target []byte, location string) {
	if string(target) == location {
		plan.URL = location
	} else {
		plan.URL = string(target)
	}
}

// dropFields fills DropHeaders: of the fields that the policy drops those before
// Authorization if the content does not go along, the others and the caller's
// if an origin was crossed.
func (plan *RedirectPlan) dropFields(crossed bool, dropped []string, p *RedirectPolicy) {
	plan.CrossedOrigin = crossed
	credentials := 0
	for dropped[credentials] != "Authorization" {
		credentials++
	}
	from, to := 0, len(dropped)
	if plan.KeepContent {
		from = credentials
	}
	if !crossed {
		to = credentials
	}
	names := dropped[from:to:to]
	if crossed && len(p.SensitiveHeaders) > 0 {
		all := make([]string, 0, len(names)+len(p.SensitiveHeaders))
		names = append(append(all, names...), p.SensitiveHeaders...)
	}
	if len(names) > 0 {
		plan.DropHeaders = names
	}
}
