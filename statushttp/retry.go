package statushttp

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/errtree"
)

// Retry decides whether to send req again after resp and err, which are what
// the client or the transport of net/http returned, as
// [httpstatus.Attempt.Retry] does. It assumes that this was the first attempt,
// and that it ended just now; a loop that counts its attempts sets the number:
//
//	a := statushttp.Attempt(req, resp, err)
//	a.Number = n
//	r := a.Retry()
//
// Retry reads neither the content of req nor that of resp. Before the request is
// sent again, drain and close resp.Body, so that the connection can be used
// again, and set req.Body from req.GetBody, which the first attempt has used up.
//
// The transport of net/http repeats some requests by itself, when a connection
// that it kept open turns out to have been closed, or a server refuses a stream
// of HTTP/2. It never does so because of a response.
func Retry(req *http.Request, resp *http.Response, err error) httpstatus.Retry {
	return Attempt(req, resp, err).Retry()
}

// Attempt describes req and its outcome for a decision that depends on more
// than [Retry] knows, such as the number of the attempt, or that the caller is
// a proxy. err is an error of the call, or of reading the content of resp;
// either may be nil. It fills in:
//
//   - Method, Status and Header as they are.
//   - Vouched, if req has an Idempotency-Key or X-Idempotency-Key that is not
//     empty. The key vouches for the request only where the server honours it,
//     so send one only there. As in [http.Transport], a key that is in the
//     header map without any value vouches too, and is not sent.
//   - Unrepeatable, if req has a Body and no GetBody. [http.NewRequest] sets
//     GetBody for a bytes.Buffer, bytes.Reader and strings.Reader; for a file,
//     say, set it yourself.
//   - EarlyData, if req has an Early-Data field.
//   - Redirected, if a redirect changed the method, as the response's own
//     request shows: when http.Client turns a POST into a GET, it is that GET
//     that fails, and the POST has been answered already. The error of
//     http.Client shows a redirect by its URL, but not one to the same URL; use
//     a client that does not follow redirects to be certain.
//   - Lost, if there is an err and no response, or if a 2xx is incomplete. A
//     redirect that the client did not follow, and an error status whose
//     content was cut off, are answers.
//   - Applied and Canceled, from [FailureOf], or from the status code of a
//     response that was cut off. Applied stays unknown for a request that the
//     transport repeats by itself, because an earlier attempt may have been
//     applied: one whose method is safe, and one with a key.
//     It is not applied if [WatchSending] saw no connection for the request.
//   - Received, as the present time.
//
// A nil req counts as a GET without header fields and content. Without resp and
// err the status is 0, which Retry answers with no.
func Attempt(req *http.Request, resp *http.Response, err error) httpstatus.Attempt {
	a := httpstatus.Attempt{Received: time.Now()}
	method := http.MethodGet
	if req != nil {
		a.Method, method = req.Method, methodOf(req)
		a.Vouched = hasIdempotencyKey(req.Header)
		a.Unrepeatable = req.Body != nil && req.Body != http.NoBody && req.GetBody == nil
		early, _ := fieldLines(req.Header, "Early-Data")
		a.EarlyData = len(early) > 0 // whatever the value (RFC 8470, Section 5.1)
	}
	if resp != nil {
		a.Status, a.Header = httpstatus.Code(resp.StatusCode), resp.Header
		if req != nil && resp.Request != nil {
			a.Redirected = methodOf(resp.Request) != method
		}
	}
	if err == nil || resp != nil && !a.Status.IsSuccess() {
		return a
	}
	f := FailureOf(err)
	a.Lost, a.Applied, a.Canceled = true, f.Applied, f.Canceled
	switch {
	case resp != nil:
		a.Applied = a.Status.Applied()
		a.Status, a.Header = 0, nil
	case neverSent(req):
		a.Applied = httpstatus.NotApplied
	case a.Vouched || isReplayed(method):
		a.Applied = httpstatus.AppliedUnknown
	}
	a.Redirected = a.Redirected || hasMoved(req, err)
	return a
}

// isReplayed reports whether the transport of net/http sends a request with this
// method again, by itself and without a key.
func isReplayed(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace:
		return true
	}
	return false
}

// hasMoved reports whether err is that of http.Client about another URL than that
// of req, to which it was redirected. The error has the method of the first
// request and the URL of the last.
func hasMoved(req *http.Request, err error) bool {
	var call *url.Error
	errtree.Walk(err, func(node error) bool {
		call, _ = node.(*url.Error)
		return call != nil
	})
	if call == nil || req == nil || req.URL == nil || !strings.EqualFold(call.Op, methodOf(req)) {
		return false
	}
	last, err := url.Parse(call.URL)
	if err != nil {
		return false
	}
	first := *req.URL
	first.User, last.User = nil, nil // the error hides the password
	return first.String() != last.String()
}

// hasIdempotencyKey reports whether the header of a request has a key by which
// the server knows a repeated request again.
func hasIdempotencyKey(h http.Header) bool {
	for _, name := range []string{"Idempotency-Key", "X-Idempotency-Key"} {
		lines, present := fieldLines(h, name)
		if present && len(lines) == 0 {
			return true
		}
		for _, value := range lines {
			if strings.Trim(value, " \t") != "" {
				return true
			}
		}
	}
	return false
}

// fieldLines returns the lines of a field, whichever way its name is spelled, and
// whether the name is there.
func fieldLines(h http.Header, name string) (lines []string, present bool) {
	for k, v := range h {
		if http.CanonicalHeaderKey(k) == name {
			lines, present = append(lines, v...), true
		}
	}
	return lines, present
}

// methodOf returns the method of r, of which the empty one is GET.
func methodOf(r *http.Request) string {
	if r.Method == "" {
		return http.MethodGet
	}
	return r.Method
}
