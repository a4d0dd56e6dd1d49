package statushttp

import (
	"net/http"

	"example.com/httpstatus"
)

// ClientClosedRequest is the number with which nginx logs a request whose
// client left before the response. It is not a registered status code and is
// never sent; [Info] and [Outcome] use it.
const ClientClosedRequest httpstatus.Code = 499

// A Responder answers requests with errors. Its zero value is ready for use,
// and the hooks are optional. It is safe for concurrent use; do not change it
// after its first use.
type Responder struct {
	// Formats are the formats to choose from, the first of which is the default;
	// see [httpstatus.Negotiate]. Empty means all.
	Formats []httpstatus.Format

	// Map turns an error of the program's own domain into one for HTTP: an
	// *httpstatus.Error, or whatever wraps one. If it returns nil, the original
	// error is used. An error that has no status code even after Map is a 500 with
	// nothing but the phrase.
	Map func(r *http.Request, err error) error

	// Decorate returns a changed copy of an error that is about to be sent, for
	// example with a request id or a link. If it returns nil, the error is sent
	// unchanged. A remote error has already been replaced by a 502.
	Decorate func(r *http.Request, e *httpstatus.Error) *httpstatus.Error

	// Report is called with each error before it is sent: with the original one,
	// for the log, and with how it is answered. [Info.Attrs] returns the
	// attributes for a log.
	//
	// Without Report, status codes from 500 on are logged with [slog.Default], at
	// the level of [Outcome.Level], and responses that had to be cut off at level
	// Error. To log nothing, set a function that does nothing.
	Report func(r *http.Request, err error, info Info)

	// ProxyName is the name of this proxy in the Proxy-Status field that
	// [Responder.ProxyErrorHandler] sends: that of the service, not of the
	// software. If it is empty, the field is not sent.
	ProxyName string
}

// An Info says how a request was answered with an error.
type Info struct {
	// Error is the error that was sent, with its private cause.
	Error *httpstatus.Error

	// Status is the status code of the response. It is [ClientClosedRequest] if
	// the client has left, so that the response is not read.
	Status httpstatus.Code

	// Started says that a response was already under way when the error came
	// up. It was cut off, and Status never reached the client.
	Started bool

	// Missing lists the header fields that the status code requires and that
	// neither the error nor the handler has set, such as Allow for a 405. The
	// response is sent without them; this is a mistake in the program.
	Missing []string

	// Refused lists the header fields that the error refused; see
	// [httpstatus.Error.WithHeader].
	Refused []string

	// RefusedExtensions lists the extensions that the error refused; see
	// [httpstatus.Error.WithExtension].
	RefusedExtensions []string
}

// Write answers a request with err. For a nil err, or a nil *httpstatus.Error,
// it does nothing.
//
// The status code is that of err (see [httpstatus.FromError]), but 500 for a
// number outside 300 to 599, and 502 for an error that a peer sent, of which
// nothing is passed on. An error of [http.MaxBytesReader] that says no other status
// is a 413. The header is that of w and of the error, without the
// fields that were meant for the content which is not sent: its length,
// encoding, validators, freshness and trailers, and those by which a proxy sends a
// file in its place. The answer to HEAD has no content.
//
// A Content-Encoding that was set before a handler of this package was called
// stays: it is that of a middleware which compresses whatever is written.
//
// If the response has already started, the error cannot be sent any more, and
// what was sent must not look complete: Write then panics with
// [http.ErrAbortHandler], which makes net/http cut the connection. Write knows
// that it has started from an [*IncompleteError], and inside the handlers of
// this package, whose ResponseWriter records it.
//
// Over HTTP/2 and HTTP/3, Upgrade and Connection are not sent, because they do
// not exist there. Over HTTP/1.1 the connection is closed if err is or wraps
// the error of [http.MaxBytesReader].
func (rs *Responder) Write(w http.ResponseWriter, r *http.Request, err error) {
	e, ok := err.(*httpstatus.Error)
	if !ok || e != nil && rs.Map != nil {
		e = rs.resolve(r, err)
	}
	if e != nil {
		rs.answer(w, r, err, e)
	}
}

// resolve makes an *httpstatus.Error of err; nil if there is nothing to tell.
func (rs *Responder) resolve(r *http.Request, err error) *httpstatus.Error {
	if err != nil && rs.Map != nil {
		if mapped := rs.Map(r, err); mapped != nil {
			err = mapped
		}
	}
	if over := maxBytes(err); over != nil && own(err) == nil {
		return tooLarge(over.Limit).WithCause(err)
	}
	return httpstatus.FromError(err)
}

// answer sends e, which was made of err.
func (rs *Responder) answer(w http.ResponseWriter, r *http.Request, err error, e *httpstatus.Error) {
	if rs.Decorate != nil {
		if e.Remote() {
			e = httpstatus.BadGateway.New("", "").WithCause(e)
		}
		if d := rs.Decorate(r, e); d != nil {
			e = d
		}
	}
	status := e.Answer()
	alone := false // most errors wrap nothing
	if x, ok := err.(*httpstatus.Error); ok {
		alone = x.Unwrap() == nil
	}
	state := watching(w)
	if state != nil {
		state.router = nil // this answer is ours
	}
	if state != nil && (state.started || state.hijacked) || !alone && isIncomplete(err) {
		rs.report(w, r, err, Info{Error: e, Status: status, Started: true})
		if state != nil && state.hijacked {
			return // the connection is not ours any more
		}
		panic(http.ErrAbortHandler)
	}
	h := w.Header()
	method, accept := "", []string(nil)
	if r != nil {
		method, accept = r.Method, r.Header["Accept"]
	}
	closes := !alone && maxBytes(err) != nil
	if !status.AllowsContent() {
		h["X-Content-Type-Options"] = []string{"nosniff"}
		clean(h, status)
		addHeader(h, e)
		if status == httpstatus.NotModified {
			keepForNotModified(h)
		}
		fitVersion(h, r, closes)
		rs.report(w, r, err, Info{Error: e, Status: status})
		w.WriteHeader(int(status))
		return
	}
	f := httpstatus.Negotiate(accept, rs.Formats...)
	if n := setContentHeader(h, f, len(rs.Formats) != 1); len(h) > n {
		coded := state != nil && h["Content-Encoding"] != nil
		if clean(h, status); coded && state.coding != nil {
			h["Content-Encoding"] = state.coding
		}
	}
	addHeader(h, e)
	fitVersion(h, r, closes)
	if rs.Report != nil || status >= 500 {
		rs.report(w, r, err, Info{Error: e, Status: status})
	}
	send(w, method == http.MethodHead, e, status, f)
}

// report tells the Report hook, or else the log, of an error that is about to be
// answered.
func (rs *Responder) report(w http.ResponseWriter, r *http.Request, err error, info Info) {
	if rs.Report == nil && info.Status < 500 && !info.Started {
		return
	}
	if rs.Report != nil && !info.Started {
		info.Missing = missing(w.Header(), r, info.Status)
	}
	if hasLeft(w, r) {
		info.Status = ClientClosedRequest
	}
	if rs.Report == nil {
		logError(w, r, info)
		return
	}
	info.Refused = info.Error.RefusedHeaders()
	info.RefusedExtensions = info.Error.RefusedExtensions()
	rs.Report(r, err, info)
}

// A HandlerFunc is an HTTP handler that may return an error instead of
// answering. As an [http.Handler] it answers with that error as [Write] does.
//
// The ResponseWriter that it is called with has the methods Flush, Hijack, Push,
// ReadFrom and CloseNotify if the one behind it has them, and serves an
// [http.ResponseController]. If a handler returns an error after it has begun
// to answer, the connection is cut, as in [Responder.Write]. If it returns nil
// and has written nothing, the answer is a 200 without content, as in net/http.
type HandlerFunc func(http.ResponseWriter, *http.Request) error

// ServeHTTP calls f, and answers with the error that f returns, if any.
func (f HandlerFunc) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var rs Responder
	rs.serve(f, w, r)
}

// Handler returns an [http.Handler] that calls f, and answers with the error
// that f returns as rs does.
func (rs *Responder) Handler(f HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { rs.serve(f, w, r) })
}

func (rs *Responder) serve(f HandlerFunc, w http.ResponseWriter, r *http.Request) {
	w = watched(w, r)
	if err := f(w, r); err != nil {
		rs.Write(w, r, err)
	}
}
