package statushttp

import (
	"net/http"
	"strings"
	"time"

	"example.com/httpstatus"
)

// Retry decides whether to send req again after resp, as
// [httpstatus.Attempt.Retry] does. It takes the response as having arrived just
// now, in answer to the first attempt; a loop that counts its attempts fills in
// the number:
//
//	a := statushttp.Attempt(req, resp)
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
func Retry(req *http.Request, resp *http.Response) httpstatus.Retry {
	return Attempt(req, resp).Retry()
}

// Attempt describes req and its response resp for a decision that depends on
// more than [Retry] knows, such as the number of the attempt or that we are a
// proxy. It fills in:
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
//     request tells: http.Client turns a POST into a GET on the way, and what
//     then fails is that GET. The POST has been answered already.
//   - Received, as the present time.
//
// A nil req has a method of GET and nothing else. A nil resp, of a request that
// was never answered, has no status, for which Retry says no: whether to repeat
// after an error of the connection is not a question about statuses.
func Attempt(req *http.Request, resp *http.Response) httpstatus.Attempt {
	a := httpstatus.Attempt{Received: time.Now()}
	if resp != nil {
		a.Status, a.Header = httpstatus.Code(resp.StatusCode), resp.Header
	}
	if req != nil {
		a.Method = req.Method
		a.Vouched = hasIdempotencyKey(req.Header)
		a.Unrepeatable = req.Body != nil && req.Body != http.NoBody && req.GetBody == nil
		early, _ := fieldLines(req.Header, "Early-Data")
		a.EarlyData = len(early) > 0 // whatever the value (RFC 8470, Section 5.1)
	}
	if req != nil && resp != nil && resp.Request != nil {
		a.Redirected = methodOf(resp.Request) != methodOf(req)
	}
	return a
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
