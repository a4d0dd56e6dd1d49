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
	_, flushes := w.(http.Flusher)
	_, hijacks := w.(http.Hijacker)
	_, reads := w.(io.ReaderFrom)
	_, notifies := w.(closeNotifier)
	switch {
	case flushes && hijacks && reads && notifies: // HTTP/1.1
		return struct {
			*watch
			flusher
			hijacker
			readerFrom
			notifier
		}{t, flusher{t}, hijacker{t}, readerFrom{t}, notifier{t}}
	case flushes && hijacks && reads:
		return struct {
			*watch
			flusher
			hijacker
			readerFrom
		}{t, flusher{t}, hijacker{t}, readerFrom{t}}
	case flushes && hijacks && notifies:
		return struct {
			*watch
			flusher
			hijacker
			notifier
		}{t, flusher{t}, hijacker{t}, notifier{t}}
	case flushes && reads && notifies:
		return struct {
			*watch
			flusher
			readerFrom
			notifier
		}{t, flusher{t}, readerFrom{t}, notifier{t}}
	case hijacks && reads && notifies:
		return struct {
			*watch
			hijacker
			readerFrom
			notifier
		}{t, hijacker{t}, readerFrom{t}, notifier{t}}
	case flushes && hijacks:
		return struct {
			*watch
			flusher
			hijacker
		}{t, flusher{t}, hijacker{t}}
	case flushes && reads:
		return struct {
			*watch
			flusher
			readerFrom
		}{t, flusher{t}, readerFrom{t}}
	case flushes && notifies: // HTTP/2
		return struct {
			*watch
			flusher
			notifier
		}{t, flusher{t}, notifier{t}}
	case hijacks && reads:
		return struct {
			*watch
			hijacker
			readerFrom
		}{t, hijacker{t}, readerFrom{t}}
	case hijacks && notifies:
		return struct {
			*watch
			hijacker
			notifier
		}{t, hijacker{t}, notifier{t}}
	case reads && notifies:
		return struct {
			*watch
			readerFrom
			notifier
		}{t, readerFrom{t}, notifier{t}}
	case flushes:
		return struct {
			*watch
			flusher
		}{t, flusher{t}}
	case hijacks:
		return struct {
			*watch
			hijacker
		}{t, hijacker{t}}
	case reads:
		return struct {
			*watch
			readerFrom
		}{t, readerFrom{t}}
	case notifies:
		return struct {
			*watch
			notifier
		}{t, notifier{t}}
	}
	return t
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

type flusher struct{ t *watch }

func (f flusher) Flush() {
	if f.t.release() {
		return
	}
	f.t.started = true
	f.t.ResponseWriter.(http.Flusher).Flush()
}

type hijacker struct{ t *watch }

func (h hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	c, rw, err := h.t.ResponseWriter.(http.Hijacker).Hijack()
	h.t.hijacked = h.t.hijacked || err == nil
	return c, rw, err
}

type notifier struct{ t *watch }

func (n notifier) CloseNotify() <-chan bool { return n.t.ResponseWriter.(closeNotifier).CloseNotify() }

type readerFrom struct{ t *watch }

func (r readerFrom) ReadFrom(src io.Reader) (int64, error) {
	if r.t.router != nil && r.t.router.status != 0 {
		return io.Copy(struct{ io.Writer }{r.t}, src)
	}
	r.t.started = true
	return r.t.ResponseWriter.(io.ReaderFrom).ReadFrom(src)
}
