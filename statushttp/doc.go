// Package statushttp connects [example.com/httpstatus] with net/http, in both
// directions.
//
// # Servers
//
// [Write] answers a request with an error. [HandlerFunc] is a handler that
// returns one. A [Responder] does the same with hooks: for the errors of the
// program's own domain, for a request id, for the log. [Recover] turns a panic
// into a 500. [Reading] says what a failure to read a request means, and
// [ProxyErrorHandler] what the failure of a proxied request does.
//
// What is sent is public by construction: see [httpstatus.Error]. The private
// rest is for [Responder.Report] and [Attrs].
//
// # Clients
//
// [FromResponse] reads the error out of a response. [Retry] says whether the
// request may be sent again, and [CheckRedirect] whether and how a redirect is
// followed.
package statushttp
