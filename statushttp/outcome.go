package statushttp

import (
	"log/slog"
	"strconv"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/errtree"
	"example.com/httpstatus/proxystatus"
)

// An Outcome says how an exchange ended, for a log, a metric or a trace. The
// zero value is a call by a client of which nothing is known.
type Outcome struct {
	// Server is set if the exchange is recorded by its server, and not by its
	// client.
	Server bool

	// Status is the status code that was sent or received; 0 if none was.
	Status httpstatus.Code

	// Err is what went wrong, if anything: for the client the error of the call,
	// for the server the error of the handler.
	Err error

	// ClientGone is set if the client left before the end. For a server, a Status
	// of [ClientClosedRequest] means the same, as in [Info]; for a client, an Err
	// that says that the caller gave up.
	ClientGone bool
}

// gone reports whether the client left before the end.
func (o Outcome) gone() bool {
	if o.Server {
		return o.ClientGone || o.Status == ClientClosedRequest
	}
	return o.ClientGone || FailureOf(o.Err).Canceled
}

// Record returns the status code to log: [ClientClosedRequest] if the client left
// before the end, and else Status, whatever it is. It is 0 if there is no final
// status code: a 1xx is never one, not even the 101 of a connection that goes on
// as a WebSocket. HTTP does not know how that ends; log it when it closes, by
// what its own protocol says.
func (o Outcome) Record() httpstatus.Code {
	switch {
	case o.gone():
		return ClientClosedRequest
	case o.Status.IsInformational():
		return 0
	}
	return o.Status
}

// A Fault says whose fault it was that an exchange did not succeed.
type Fault uint8

// The answers of [Outcome.Fault].
const (
	FaultNobody   Fault = iota // nothing failed, or the client left
	FaultClient                // the client's, by its request
	FaultServer                // the server's
	FaultUpstream              // that of another server, which the server called
)

// String returns "nobody", "client", "server" or "upstream".
func (f Fault) String() string {
	if int(f) < len(faultNames) {
		return faultNames[f]
	}
	return "Fault(" + strconv.Itoa(int(f)) + ")"
}

var faultNames = [...]string{FaultNobody: "nobody", FaultClient: "client", FaultServer: "server", FaultUpstream: "upstream"}

// Fault says whose fault it was:
//
//   - nobody's if the client left, and if the status code is no error and there
//     is no Err;
//   - the client's for a 4xx, and for a call that the client could not make for
//     a reason of its own;
//   - that of an upstream for 502 and 504, and for another 5xx or a response
//     that was cut off if Server is set and Err comes from a call to another
//     server;
//   - the server's for everything else.
func (o Outcome) Fault() Fault {
	class := o.Status.Class()
	switch {
	case o.gone():
		return FaultNobody
	case class == httpstatus.ClientError:
		return FaultClient
	case o.Status == httpstatus.BadGateway, o.Status == httpstatus.GatewayTimeout:
		return FaultUpstream
	case o.isError():
	case o.Err == nil:
		return FaultNobody
	}
	switch {
	case o.Server && isOfUpstream(o.Err):
		return FaultUpstream
	case !o.Server && isOurOwn(FailureOf(o.Err).Type):
		return FaultClient
	}
	return FaultServer
}

// isError reports whether the status code is that of an error, by itself. A number
// that is no status code is (RFC 9110, Section 15); 0 is none at all.
func (o Outcome) isError() bool {
	return o.Status != 0 && (o.Status.IsError() || !o.Status.IsValid())
}

// isOfUpstream reports whether err comes from a call to another server that
// failed there.
func isOfUpstream(err error) bool {
	f := FailureOf(err)
	return answerOf(err) != nil || f.Type != 0 && !isOurOwn(f.Type)
}

// isOurOwn reports whether a failure is that of the caller itself.
func isOurOwn(t proxystatus.ErrorType) bool {
	switch t {
	case proxystatus.ProxyInternalError, proxystatus.DestinationNotFound, proxystatus.HTTPRequestError:
		return true
	}
	return false
}

// Counts reports whether the exchange counts against the availability of the
// server, as in an error budget:
//
//	the client left (499)       no: no one knows whether it would have been served
//	1xx, 2xx, 3xx               no, unless Err says that the response was cut off
//	4xx                         no: the server did its part; 429 too, which is the
//	                            client's own excess
//	501 505 510                 no: the answer to a request of a kind that the
//	                            server does not take, and nothing is down
//	511                         no: it comes from the network of the client
//	503                         yes: a client that is turned away is not served, whether
//	                            to shed load or for maintenance
//	other 5xx, no status code   yes
//	no response, but an Err     yes, unless the fault is the client's own
//
// An unregistered code counts like its class, and a number outside 100 to 599
// like a 5xx.
func (o Outcome) Counts() bool {
	switch {
	case o.gone():
		return false
	case o.Status.Class() == httpstatus.ClientError:
		return false
	case !o.isError():
		return o.Err != nil && o.Fault() != FaultClient
	}
	return !declines(o.Status)
}

// declines reports whether a 5xx answers a request of a kind that the server does
// not take, while nothing is down.
func declines(c httpstatus.Code) bool {
	switch c {
	case httpstatus.NotImplemented, httpstatus.HTTPVersionNotSupported, httpstatus.NotExtended, httpstatus.NetworkAuthenticationRequired:
		return true
	}
	return false
}

// Level returns the level at which to log the exchange: Error if it counts
// against the availability, but Warn for a 503 that the server sent on purpose;
// Warn for any other 5xx; Warn for a 4xx if Server is not set, because then the
// client's program or configuration is wrong; and otherwise Info.
func (o Outcome) Level() slog.Level {
	switch {
	case o.Status == httpstatus.ServiceUnavailable && !o.gone() && o.Fault() == FaultServer:
		return slog.LevelWarn
	case o.Counts():
		return slog.LevelError
	case o.gone():
		return slog.LevelInfo
	case o.Status.Class() == httpstatus.ServerError, !o.Server && o.Fault() == FaultClient:
		return slog.LevelWarn
	}
	return slog.LevelInfo
}

// SpanError reports whether the status of a span is Error, by the semantic
// conventions of OpenTelemetry for HTTP spans; otherwise it is left unset:
//
//   - for a 5xx, and for a number that is no status code;
//   - for a 4xx if Server is not set, and never if it is;
//   - for everything else if there is an Err: no response, or one that was cut
//     off.
//
// It is no error if the client left: the conventions say so about a client that
// cancels, and a server records it as 499, a 4xx.
func (o Outcome) SpanError() bool {
	switch {
	case o.Status.Class() == httpstatus.ClientError:
		return !o.Server
	case o.isError():
		return true
	}
	return o.Err != nil && !o.gone()
}

// ErrorType returns the attribute error.type by the semantic conventions of
// OpenTelemetry. It is "" unless [Outcome.SpanError]; the status code as a
// number if that makes the span an error; otherwise the name of the failure in
// RFC 9209 (see [FailureOf]), "timeout" for a timeout that has none there, or
// "_OTHER". It has few values, so it can be used in a metric.
func (o Outcome) ErrorType() string {
	switch {
	case !o.SpanError():
		return ""
	case o.isError():
		return strconv.Itoa(int(o.Status))
	}
	if name := FailureOf(o.Err).Type.String(); name != "" {
		return name
	}
	if errtree.Walk(o.Err, timedOut) {
		return "timeout"
	}
	return "_OTHER"
}
