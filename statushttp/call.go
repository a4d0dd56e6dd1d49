package statushttp

import (
	"net/http"
	"strconv"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/errtree"
	"example.com/httpstatus/proxystatus"
)

// FromCall returns the error for the client when a server's own call to another
// server failed with err, which comes from the client or the transport of
// net/http, or from [FromResponse]:
//
//   - 504 if the other server took too long: to connect, to answer, to be found;
//   - 503 if trying now is of no use, because connections are used up or the
//     other server is overloaded: if it answered 429 or 503 with a valid
//     Retry-After, the error has a Retry-After with the same time;
//   - 503 if the call was canceled on our side, which is most often because the
//     client has left;
//   - 413 if it could not be made because the content of the client's request
//     is larger than [http.MaxBytesReader] allows;
//   - 500 if it could not be made because of this server: a URL without a host,
//     no file descriptors left, a header field that net/http does not send;
//   - 502 for everything else: refused, broken off, no valid answer, a
//     certificate that does not hold, any other answer of the other server.
//
// The first three and 500 are the codes that RFC 9209 recommends for the type
// of the failure; see [FailureOf]. An error that is or wraps a Code, or an
// *httpstatus.Error that is not remote, such as that of a circuit breaker,
// keeps its status code.
//
// Except for that time, nothing that the other server sent goes to the client.
// err is the cause, which stays private. FromCall returns nil for nil; return
// its result only if err is not nil.
func FromCall(err error) *httpstatus.Error {
	if err == nil {
		return nil
	}
	if says := saysStatus(err); says != nil && !says.Remote() {
		return says
	} else if says != nil {
		return afterAnswer(says).WithCause(err)
	}
	if errtree.Walk(err, isA[*http.MaxBytesError]) {
		return FromRead(err)
	}
	f := FailureOf(err)
	status := f.Type.Status()
	switch {
	case f.Canceled:
		status = httpstatus.ServiceUnavailable
	case status != 0:
	case errtree.Walk(err, timedOut):
		status = httpstatus.GatewayTimeout
	default:
		status = httpstatus.BadGateway
	}
	return status.New("", "").WithCause(err)
}

// saysStatus returns err as an *httpstatus.Error if it is or wraps one, or a Code;
// else nil.
func saysStatus(err error) *httpstatus.Error {
	says := errtree.Walk(err, func(node error) bool {
		e, ok := node.(*httpstatus.Error)
		return ok && e != nil || isA[httpstatus.Code](node)
	})
	if !says {
		return nil
	}
	return httpstatus.FromError(err)
}

// afterAnswer returns the error for a client when this is what another server has
// answered. Of that, the time to come again is passed on, and nothing else.
func afterAnswer(answer *httpstatus.Error) *httpstatus.Error {
	switch answer.Status() {
	case httpstatus.TooManyRequests, httpstatus.ServiceUnavailable:
		if advice, ok := httpstatus.RetryAfter(answer.Header(), time.Now()); ok {
			return httpstatus.ServiceUnavailable.New("", "").WithRetryAfter(advice.Wait)
		}
	}
	return httpstatus.BadGateway.New("", "")
}

// proxyStatusOf returns what a proxy says about a call that failed, in the answer
// with the given status code.
func proxyStatusOf(name string, failure proxystatus.ErrorType, err error, status httpstatus.Code) proxystatus.Entry {
	e := proxystatus.Entry{Proxy: name, Error: failure}
	if answer := answerOf(err); answer != nil {
		e.ReceivedStatus = answer.Status()
	}
	if e.Error == proxystatus.HTTPRequestError {
		e.Extra = map[string]string{"status-code": strconv.Itoa(int(status))}
	}
	return e
}
