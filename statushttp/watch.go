package statushttp

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
)

// A watch is a ResponseWriter that knows whether the response has started.
type watch struct {
	http.ResponseWriter
	started  bool
	hijacked bool
	router   *routing // set by [Responder.Mux]

	ctx    context.Context // of the request as it came to us, before what is inside derived others from it
	coding []string        // the Content-Encoding that was set before: what we write will be encoded so
}

// watched returns w with a watch over it. The result has the optional methods
// that w has, so that a handler which asks for an [http.Flusher] finds one
// exactly if it would without us.
func watched(w http.ResponseWriter, r *http.Request) http.ResponseWriter {
	if _, ok := w.(watcher); ok {
		return w
	}
	t := &watch{ResponseWriter: w, ctx: r.Context(), coding: w.Header()["Content-Encoding"]}
	return t.shape(abilities(w))
}

// An ability is a set of methods that an [http.ResponseWriter] may have.
type ability uint8

const (
	canFlush ability = 1 << iota
	canNotify
	canHijack
	canPush
	canReadFrom
)

// abilities returns what w can do.
func abilities(w http.ResponseWriter) (set ability) {
	if _, ok := w.(http.Flusher); ok {
		set |= canFlush
	}
	if _, ok := w.(closeNotifier); ok {
		set |= canNotify
	}
	if _, ok := w.(http.Hijacker); ok {
		set |= canHijack
	}
	if _, ok := w.(http.Pusher); ok {
		set |= canPush
	}
	if _, ok := w.(io.ReaderFrom); ok {
		set |= canReadFrom
	}
	return set
}

type watcher interface{ watching() *watch }

// An unwrapper is a ResponseWriter that wraps another one, by the convention of
// [http.ResponseController].
type unwrapper interface{ Unwrap() http.ResponseWriter }

// maxWrappers bounds how often a writer is unwrapped, for one that unwraps to
// itself.
const maxWrappers = 100

func (t *watch) watching() *watch { return t }

// watching returns the watch over w, or over what w wraps; nil if there is
// none.
func watching(w http.ResponseWriter) *watch {
	for range maxWrappers {
		if t, ok := w.(watcher); ok {
			return t.watching()
		}
		u, ok := w.(unwrapper)
		if !ok {
			return nil
		}
		w = u.Unwrap()
	}
	return nil
}

// WriteHeader passes on the status code. An interim response, other than 101,
// does not start the final one.
func (t *watch) WriteHeader(status int) {
	if t.router != nil && !t.started && t.router.holds(status, t.Header()) {
		return
	}
	t.started = t.started || status == http.StatusSwitchingProtocols || 200 <= status && status <= 999
	t.ResponseWriter.WriteHeader(status)
}

func (t *watch) Write(p []byte) (int, error) {
	if t.replaces(p) {
		return len(p), nil
	}
	t.started = true
	return t.ResponseWriter.Write(p)
}

func (t *watch) WriteString(s string) (int, error) {
	if t.router != nil {
		return t.Write([]byte(s))
	}
	t.started = true
	return io.WriteString(t.ResponseWriter, s)
}

// FlushError serves [http.ResponseController.Flush].
func (t *watch) FlushError() error {
	if t.release() {
		return nil
	}
	err := http.NewResponseController(t.ResponseWriter).Flush()
	t.started = t.started || err == nil
	return err
}

// Unwrap serves the other methods of [http.ResponseController].
func (t *watch) Unwrap() http.ResponseWriter { return t.ResponseWriter }

func (t *watch) flush() {
	if t.release() {
		return
	}
	t.started = true
	t.ResponseWriter.(http.Flusher).Flush()
}

func (t *watch) hijack() (net.Conn, *bufio.ReadWriter, error) {
	c, rw, err := t.ResponseWriter.(http.Hijacker).Hijack()
	t.hijacked = t.hijacked || err == nil
	return c, rw, err
}

func (t *watch) closeNotify() <-chan bool { return t.ResponseWriter.(closeNotifier).CloseNotify() }

func (t *watch) push(target string, opts *http.PushOptions) error {
	return t.ResponseWriter.(http.Pusher).Push(target, opts)
}

func (t *watch) readFrom(src io.Reader) (int64, error) {
	if t.router != nil && t.router.status != 0 {
		return io.Copy(struct{ io.Writer }{t}, src)
	}
	t.started = true
	return t.ResponseWriter.(io.ReaderFrom).ReadFrom(src)
}
