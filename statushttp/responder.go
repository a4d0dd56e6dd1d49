package statushttp

import (
	"net/http"

	"example.com/httpstatus"
)

// ClientClosedRequest is the number with which nginx logs a request whose
// client left before the response. It is not a registered status code and is
// never sent; [Info] and [Outcome] use it.
const ClientClosedRequest httpstatus.Code = 499

// A Responder answers requests with errors. Its zero value is ready for use;
// the hooks are optional. Do not change it once it is in use; then it may be
// used by several goroutines.
type Responder struct {
	// Formats are the formats to choose from, the first of which is the
	// default; see [httpstatus.Negotiate]. Empty stands for all.
	Formats []httpstatus.Format

	// Map turns an error of the program's own domain into one for HTTP: an
	// *httpstatus.Error, or whatever wraps one. If it returns nil, the error is
	// taken as it is. Without Map, or where it does not help, an error that
	// does not say its status is a 500 with nothing but the phrase.
	Map func(r *http.Request, err error) error

	// Decorate returns a changed copy of an error that is about to be sent,
	// with a request id, say, or a link. If it returns nil, the error is sent
	// as it is. What a peer sent has been replaced by a 502 before.
	Decorate func(r *http.Request, e *httpstatus.Error) *httpstatus.Error

	// Report is told of each error before it is sent: the original, for the
	// log, and what becomes of it; [Info.Attrs] is what a log should have.
	//
	// Without Report, status codes from 500 on are logged with [slog.Default], at
	// the level that [Outcome.Level] has for them, and responses that had to be
	// cut off at level Error. A function that does nothing keeps it quiet.
	Report func(r *http.Request, err error, info Info)

	// ProxyName is the name by which [Responder.ProxyErrorHandler] tells of this
	// proxy in the field Proxy-Status: of the service, not of the software. If it
	// is empty, the field is not sent.
	ProxyName string
}

// An Info says how a request was answered with an error.
type Info struct {
	// Error is the error that was sent, with its private cause.
	Error *httpstatus.Error

	// Status is the status code of the response. It is [ClientClosedRequest] if
	// the client has left, whatever the error is, and no one reads the response.
	Status httpstatus.Code

	// Started says that a response was already under way when the error came
	// up. It was cut off, and Status never reached the client.
	Started bool

	// Missing lists the header fields that the status code requires and that
	// neither the error nor the handler has set, such as Allow for a 405. The
	// response goes out without them; it is a mistake in the program.
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
// nothing is passed on. The header is that of w and of the error, without the
// fields that were meant for the content which is not sent: its length,
// encoding, validators, freshness and trailers, and those by which a proxy sends a
// file in its place. The answer to HEAD has no content.
//
// A Content-Encoding that was set before a handler of this package was called
// stays: it is that of a middleware which compresses whatever is written.
//
// If the response has already started, as far as that can be seen, an error
// cannot be told any more; what was sent must not look complete. Write then
// panics with [http.ErrAbortHandler], which makes net/http cut the connection.
// It can be seen inside the handlers of this package, whose ResponseWriter
// keeps watch, and by an [*IncompleteError].
//
// Over HTTP/2 and HTTP/3 no Upgrade and no Connection is sent, which do not exist
// there. Over HTTP/1.1 the connection is closed if err is or wraps that of
// [http.MaxBytesReader].
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
	tooLarge := !alone && isTooLarge(err)
	if !status.AllowsContent() {
		h["X-Content-Type-Options"] = []string{"nosniff"}
		clean(h, status)
		addHeader(h, e)
		if status == httpstatus.NotModified {
			keepForNotModified(h)
		}
		fitVersion(h, r, tooLarge)
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
	fitVersion(h, r, tooLarge)
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
// [http.ResponseController]. A handler that returns an error after it has begun
// to answer gets its connection cut, as [Responder.Write] tells. One that returns
// nil and has written nothing has answered 200 without content, as with net/http.
type HandlerFunc func(http.ResponseWriter, *http.Request) error

// ServeHTTP calls f, and answers with the error that f returns, if any.
func (f HandlerFunc) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var rs Responder
	rs.serve(f, w, r)
}

// Handler returns f as an [http.Handler] whose errors rs answers with.
func (rs *Responder) Handler(f HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { rs.serve(f, w, r) })
}

func (rs *Responder) serve(f HandlerFunc, w http.ResponseWriter, r *http.Request) {
	w = watched(w, r)
	if err := f(w, r); err != nil {
		rs.Write(w, r, err)
	}
}
