// Package statushttp connects [example.com/httpstatus] with net/http, in both
// directions.
//
// # Servers
//
// [Write] answers a request with an error. [HandlerFunc] is a handler that
// returns one. A [Responder] does the same with hooks: for the errors of the
// program's own domain, for a request id, for the log. [Recover] turns a panic
// into a 500. [Mux] makes the 404 and 405 of a router errors like all others.
//
// [ReadJSON] reads JSON from a request, and says what is wrong with it and
// where; [FromRead] turns the errors of other decoders into errors for the
// client. [FromCall] does that for a failed call to another server, and
// [ProxyErrorHandler] answers a request that a reverse proxy could not pass on.
//
// [Serve] answers a GET with a representation, with the part of it that was
// asked for, or with a 304. [CheckPrecondition] says whether a PUT or DELETE
// may be carried out, so that no client overwrites what it has not seen.
//
// Only what was written for the public is sent: see [httpstatus.Error]. The
// cause goes to the log: errors of the server are logged with
// [log/slog.Default], or passed to [Responder.Report] if it is set.
//
// # Clients
//
// [FromResponse] reads the error from a response. [FailureOf] says what the
// error of a call without a response means: what failed, and whether the
// request may have been carried out. [Retry] says whether the request may be
// sent again, more often with [WatchSending]. [CheckRedirect] says whether and
// how a redirect is followed.
//
// # Both
//
// An [Outcome] says how to record an exchange: the status, whose fault it was,
// whether it counts against availability, the log level, and the attributes of
// an OpenTelemetry span.
package statushttp
