package statushttp

import (
	"fmt"
	"log"
	"net/http"
	"runtime/debug"

	"example.com/httpstatus"
)

// A PanicError is the cause of the error with which [Recover] answers a panic.
type PanicError struct {
	Value any    // what the handler panicked with
	Stack []byte // where, as debug.Stack writes it
}

// Error returns the value as text.
func (p *PanicError) Error() string { return fmt.Sprintf("panic: %v", p.Value) }

// Unwrap returns the value if that is an error.
func (p *PanicError) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

// Recover returns a handler that answers with a 500 when next panics, where
// net/http only cuts the connection. It is the Recover method of a zero
// [Responder].
func Recover(next http.Handler) http.Handler {
	var rs Responder
	return rs.Recover(next)
}

// Recover returns a handler that answers with a 500 when next panics; the panic
// is the cause, as a [*PanicError], whatever its value: nothing of that is
// sent, even if it is an error with a status code. Without a Report hook it is
// logged as net/http does: by the server's ErrorLog, with the stack.
//
// A response that has already started is cut off, and [http.ErrAbortHandler],
// by which a handler asks for that, passes through.
func (rs *Responder) Recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w = watched(w, r)
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			p := &PanicError{v, debug.Stack()}
			if rs.Report == nil {
				logPanic(r, p)
			}
			e := httpstatus.InternalServerError.New("", "").WithCause(p)
			rs.answer(w, r, e, e)
		}()
		next.ServeHTTP(w, r)
	})
}

// logPanic logs a panic where the server logs its own.
func logPanic(r *http.Request, p *PanicError) {
	logf := log.Printf
	if server, ok := r.Context().Value(http.ServerContextKey).(*http.Server); ok && server.ErrorLog != nil {
		logf = server.ErrorLog.Printf
	}
	logf("http: panic serving %v: %v\n%s", r.RemoteAddr, p.Value, p.Stack)
}
