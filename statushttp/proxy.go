package statushttp

import (
	"net/http"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/errtree"
	"example.com/httpstatus/proxystatus"
)

// ProxyErrorHandler answers a request for which a reverse proxy got no response
// from the server behind it. It is the ProxyErrorHandler method of a zero
// [Responder], for httputil.ReverseProxy:
//
//	proxy.ErrorHandler = statushttp.ProxyErrorHandler
func ProxyErrorHandler(w http.ResponseWriter, r *http.Request, err error) {
	var rs Responder
	rs.ProxyErrorHandler(w, r, err)
}

// ProxyErrorHandler answers a request for which a reverse proxy got no response
// from the server behind it, for the ErrorHandler of httputil.ReverseProxy. It
// answers with [FromCall] of err, most often 502, 503 or 504.
//
// Map comes first, for the errors of other packages, such as a circuit
// breaker's. An error that is or wraps an *httpstatus.Error or a Code keeps its
// status code, as one made in ModifyResponse does. If the client has gone, no one
// reads the answer, a 503, and [Info] has [ClientClosedRequest]. If the content of
// the request has malformed chunks, the answer is 400.
//
// If rs has a ProxyName, the answer has it in the field Proxy-Status with the type
// of the failure and the status code that the other server sent, if it did
// (RFC 9209, Section 2). That field has nothing else of err.
func (rs *Responder) ProxyErrorHandler(w http.ResponseWriter, r *http.Request, err error) {
	mapped, failure := err, FailureOf(err).Type
	if isBadContent(r, err) {
		mapped, failure = FromRead(err), proxystatus.HTTPRequestError
	}
	if err != nil && rs.Map != nil {
		if m := rs.Map(r, err); m != nil {
			mapped = m
		}
	}
	e := proxying(mapped, hasLeft(w, r))
	if rs.ProxyName != "" {
		w.Header().Add(proxystatus.FieldName, string(proxyStatusOf(rs.ProxyName, failure, err, e.Answer()).Append(nil)))
	}
	rs.answer(w, r, err, e)
}

// isBadContent reports whether err is about the chunks of the request that was to
// be passed on. Those of a response are read after its header, and an error in
// them does not come here.
func isBadContent(r *http.Request, err error) bool {
	return r != nil && r.ContentLength < 0 && errtree.Walk(err, isMalformedChunk)
}

func proxying(err error, gone bool) *httpstatus.Error {
	if e := saysStatus(err); gone && e == nil {
		return httpstatus.ServiceUnavailable.New("", "").WithCause(err)
	}
	if e := FromCall(err); e != nil {
		return e
	}
	return httpstatus.BadGateway.New("", "")
}
