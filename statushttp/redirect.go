package statushttp

import (
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.com/httpstatus"
)

// CheckRedirect returns a function for the field CheckRedirect of
// [http.Client]. It plans each redirect with [httpstatus.RedirectStep.Plan] and
// refuses loops:
//
//	client := &http.Client{
//		CheckRedirect: statushttp.CheckRedirect(httpstatus.RedirectPolicy{}),
//	}
//
// The zero policy is the strict one. With it a client does the following, where
// net/http by itself does something else:
//
//   - On 301 and 302 only POST becomes GET. net/http sends GET for PUT, DELETE,
//     PATCH, QUERY and every other method but HEAD, so that a DELETE becomes a
//     GET whose 200 looks like success.
//   - If the method stays, the content is sent again, with the fields that
//     describe it. net/http drops it on 301, 302 and 303, whatever the method.
//     Content that cannot be sent again, because Request.GetBody is nil, is an
//     error.
//   - If the content is dropped, all fields that describe it are, through the
//     rest of the chain.
//   - Authorization, Cookie, Proxy-Authorization and the policy's
//     SensitiveHeaders are dropped on any change of scheme, host or port, and
//     stay dropped even if the chain comes back. net/http keeps them for other
//     ports and schemes and for subdomains, and in older versions restored
//     them.
//   - Referer is dropped with them, and so is a Host that was set for the old
//     server. net/http sends the whole URL with its query to the other origin
//     as Referer, and keeps such a Host if Location has the form //host/path.
//   - https to http, user information, and a Location that parsers disagree
//     about are errors. net/http follows.
//   - 20 redirects are followed; net/http gives up when it has made 10 requests.
//   - A request that was sent before in the same chain is an error, unless
//     something has changed since: a response set a cookie, or has a
//     Retry-After, as when a resource is polled, or credentials were dropped.
//     The client does not wait for the time in Retry-After; to poll, follow
//     redirects yourself, with the Wait of [httpstatus.RedirectPlan].
//   - The fragment is inherited (RFC 9110, Section 10.2.2), and is in the URL
//     of the final response's Request.
//
// net/http decides some cases before it calls the function. A redirect without
// Location, or whose first Location is empty, is returned; so is a 307 or 308
// if the first request of the chain had content and no GetBody. A Location that
// net/url does not parse is an error. net/http compares hosts with regard to
// case, so that credentials are also dropped if a Location spells the host of
// the first request in another case. Client.Jar decides which cookies it adds.
// Trailers are not sent again.
//
// A refusal is a [*RedirectError], which the error of [http.Client.Do] wraps;
// the response comes with it, its body closed. The function keeps no state, so
// several clients may share it.
func CheckRedirect(policy httpstatus.RedirectPolicy) func(req *http.Request, via []*http.Request) error {
	policy.SensitiveHeaders = slices.Clone(policy.SensitiveHeaders)
	return func(req *http.Request, via []*http.Request) error {
		if req.Response == nil || len(via) == 0 {
			return &RedirectError{Reason: httpstatus.RedirectNotCalledFor}
		}
		return follow(&policy, req, via)
	}
}

// A RedirectError says that a redirect was not followed because the policy
// refuses it.
type RedirectError struct {
	Reason httpstatus.RedirectReason // why the plan refuses it; 0 if Loop
	Status httpstatus.Code           // of the redirect
	Loop   bool                      // the plan follows it, but the same request was sent before in this chain
}

// Error returns the reason in one line. It does not repeat the Location, which
// the error of net/http around it shows.
func (e *RedirectError) Error() string {
	reason := e.Reason.String()
	if e.Loop {
		reason = "the same request was already sent in this chain of redirects"
	}
	return "statushttp: redirect refused: " + reason
}

func follow(policy *httpstatus.RedirectPolicy, req *http.Request, via []*http.Request) error {
	last := via[len(via)-1]
	status := httpstatus.Code(req.Response.StatusCode)
	refuse := func(reason httpstatus.RedirectReason) error { return &RedirectError{Reason: reason, Status: status} }

	crossed := crossings(policy, via)
	step := httpstatus.RedirectStep{
		Status:        status,
		Method:        last.Method,
		URL:           last.URL.String(),
		Location:      req.Response.Header["Location"],
		HasContent:    hasContent(last),
		Unrepeatable:  last.GetBody == nil,
		Followed:      len(via) - 1,
		CrossedOrigin: crossed[len(via)-1],
	}
	plan, restore := step.Plan(*policy), func(*url.URL) {}
	if plan.Reason == httpstatus.RedirectBadURL { // it was sent, so it is good enough for net/http
		step.URL, restore = standIn(last.URL)
		plan = step.Plan(*policy)
	}
	switch plan.Action {
	case httpstatus.ReturnResponse:
		dropContent(req)
		return http.ErrUseLastResponse
	case httpstatus.RefuseRedirect:
		return refuse(plan.Reason)
	}
	target, err := url.Parse(plan.URL)
	if err != nil {
		return refuse(httpstatus.RedirectBadLocation)
	}
	restore(target)
	moved := target.Scheme != last.URL.Scheme || target.Host != last.URL.Host
	req.URL, req.Method = target, plan.Method
	if moved {
		req.Host = ""
	}
	if isLoop(req, via, crossed, plan.CrossedOrigin) {
		return &RedirectError{Status: status, Loop: true}
	}
	repairHeader(req.Header, last.Header, &plan, moved)
	if !plan.KeepContent {
		dropContent(req)
		return nil
	}
	return keepContent(req, last)
}

// crossings tells for each request of the chain whether credentials were gone
// when it was sent. It asks the policy again, so that nothing has to be
// remembered between redirects.
func crossings(policy *httpstatus.RedirectPolicy, via []*http.Request) []bool {
	lenient := *policy // what was followed, was allowed
	lenient.MaxRedirects, lenient.AllowDowngrade = len(via), true
	crossed := make([]bool, len(via))
	for i := 1; i < len(via); i++ {
		if via[i].URL.Scheme == via[i-1].URL.Scheme && via[i].URL.Host == via[i-1].URL.Host {
			crossed[i] = crossed[i-1] // also if the policy cannot read that host
			continue
		}
		plan := httpstatus.RedirectStep{
			Status:        http.StatusTemporaryRedirect,
			URL:           anonymous(via[i-1].URL),
			Location:      []string{anonymous(via[i].URL)},
			CrossedOrigin: crossed[i-1],
		}.Plan(lenient)
		crossed[i] = plan.CrossedOrigin || plan.Action != httpstatus.FollowRedirect
	}
	return crossed
}

// anonymous returns u without user information, which is no part of an origin.
func anonymous(u *url.URL) string {
	v := *u
	v.User = nil
	return v.String()
}

// standIn returns u with a name in place of its host, for a policy that cannot
// read it: one that is not ASCII, which net/http converts when it connects, or an
// IPv6 address with a zone. A target that a plan gives this host gets the real
// one back from restore. Another spelling of the host counts as another host.
func standIn(u *url.URL) (text string, restore func(target *url.URL)) {
	port := u.Port()
	host := strings.TrimSuffix(u.Host, ":"+port)
	name := "h" + hex.EncodeToString([]byte(host))
	v := *u
	if v.Host = name; port != "" {
		v.Host += ":" + port
	}
	return v.String(), func(target *url.URL) {
		if target.Hostname() == name {
			target.Host = host + strings.TrimPrefix(target.Host, name)
		}
	}
}

// isLoop reports whether the request was sent before, with nothing learned
// since then that could change the answer.
func isLoop(req *http.Request, via []*http.Request, crossed []bool, crossedNow bool) bool {
	response := req.Response // to the request that is looked at
	for i := len(via) - 1; i >= 0; i-- {
		if response != nil {
			_, asked := httpstatus.RetryAfter(response.Header, time.Now())
			if asked || len(response.Header["Set-Cookie"]) > 0 {
				return false
			}
		}
		if sameMethod(via[i].Method, req.Method) && sameResource(via[i].URL, req.URL) && crossed[i] == crossedNow {
			return true
		}
		response = via[i].Response
	}
	return false
}

func sameMethod(a, b string) bool {
	return a == b || a == "" && b == http.MethodGet
}

func sameResource(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && a.Host == b.Host && a.RequestURI() == b.RequestURI()
}

// repairHeader turns what net/http made of the header of the first request into
// what follows from that of the last one.
func repairHeader(header, last http.Header, plan *httpstatus.RedirectPlan, moved bool) {
	if plan.KeepContent {
		for _, name := range []string{"Content-Encoding", "Content-Language", "Content-Location", "Content-Type"} {
			if values, ok := last[name]; ok {
				header[name] = values
			}
		}
	}
	for name := range header {
		_, sent := last[name]
		generated := name == "Referer" // by net/http, for this request
		if !sent && !generated || moved && generated ||
			slices.ContainsFunc(plan.DropHeaders, func(drop string) bool { return strings.EqualFold(drop, name) }) {
			delete(header, name)
		}
	}
}

func hasContent(req *http.Request) bool {
	return req.Body != nil && req.Body != http.NoBody
}

// dropContent makes a request without content of req.
func dropContent(req *http.Request) {
	if req.Body != nil {
		req.Body.Close()
	}
	req.Body, req.GetBody, req.ContentLength, req.TransferEncoding = nil, nil, 0, nil
}

// keepContent gives req the content of last, if net/http has not done so.
func keepContent(req, last *http.Request) error {
	if !hasContent(last) || hasContent(req) {
		return nil
	}
	body, err := last.GetBody()
	if err != nil {
		return err
	}
	req.Body, req.GetBody, req.ContentLength = body, last.GetBody, last.ContentLength
	return nil
}
