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
// [ReadJSON] reads the content of a request, and says what is wrong with it and
// where; [FromRead] does so for those who decode otherwise. [FromCall] says what a
// client gets to hear when a call to another server failed, and
// [ProxyErrorHandler] answers a request that could not be passed on.
//
// [Serve] answers a GET with a representation, the part of it that is asked for,
// or a 304. [CheckPrecondition] says whether a PUT or DELETE may be carried out,
// so that no client overwrites what it has not seen.
//
// What is sent is public by construction: see [httpstatus.Error]. The private
// rest is for the log: by [log/slog.Default] for what the server is to blame for,
// or else by [Responder.Report], with [Info.Attrs].
//
// # Clients
//
// [FromResponse] reads the error out of a response, and [FailureOf] says what an
// error in place of one means: what failed, and whether the request may have been
// carried out. [Retry] says whether the request may be sent again, and
// [CheckRedirect] whether and how a redirect is followed.
//
// # Both
//
// An [Outcome] is what to record of an exchange: the status, whose fault it was,
// whether it counts against availability, the level of the log, and what a span
// of OpenTelemetry says.
package statushttp
