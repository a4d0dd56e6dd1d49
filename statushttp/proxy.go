package statushttp

import (
	"errors"
	"net/http"

	"example.com/httpstatus"
)

// ProxyErrorHandler answers a request that a reverse proxy could not have
// answered by another server. It is the ProxyErrorHandler method of a zero
// [Responder], for httputil.ReverseProxy:
//
//	proxy.ErrorHandler = statushttp.ProxyErrorHandler
func ProxyErrorHandler(w http.ResponseWriter, r *http.Request, err error) {
	var rs Responder
	rs.ProxyErrorHandler(w, r, err)
}

// ProxyErrorHandler answers a request that a reverse proxy could not have
// answered by another server, for the ErrorHandler of httputil.ReverseProxy:
//
//   - 504 if the other server took too long;
//   - 413 if the content of the request is larger than we allow;
//   - what err says if it is or wraps an *httpstatus.Error or a Code, as
//     one made in ModifyResponse or by a transport: 503 from a circuit breaker
//     that is open;
//   - 502 for everything else: refused, broken off, no valid answer, not
//     found, and for what another server said.
//
// Map comes first, for the errors of other packages, such as a circuit
// breaker's. If the client has gone, no one reads the answer, a 503, and [Info]
// has [ClientClosedRequest].
func (rs *Responder) ProxyErrorHandler(w http.ResponseWriter, r *http.Request, err error) {
	mapped := err
	if err != nil && rs.Map != nil {
		if m := rs.Map(r, err); m != nil {
			mapped = m
		}
	}
	rs.answer(w, r, err, proxying(mapped, hasLeft(w, r)))
}

func proxying(err error, gone bool) *httpstatus.Error {
	if e := own(err); e != nil {
		return e
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return FromRead(err)
	case gone:
		return httpstatus.ServiceUnavailable.New("", "").WithCause(err)
	case isTimeout(err):
		return httpstatus.FromError(err)
	}
	return httpstatus.BadGateway.New("", "").WithCause(err)
}
