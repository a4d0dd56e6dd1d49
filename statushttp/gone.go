package statushttp

import (
	"context"
	"net/http"
	"time"
)

// hasLeft reports whether the client of a request has left before the answer:
// whether the context of the request was canceled, and that by the server
// because of the connection. A middleware that cancels a context that it derived
// does so while the client waits; the ResponseWriter of net/http knows the
// difference. Where no writer below w does, the context has the say.
func hasLeft(w http.ResponseWriter, r *http.Request) bool {
	if r == nil {
		return false
	}
	ctx := r.Context()
	if state := watching(w); state != nil {
		ctx = state.ctx
	}
	if ctx.Err() != context.Canceled {
		return false
	}
	for range maxWrappers {
		if n, ok := w.(closeNotifier); ok {
			return isNotified(n)
		}
		u, ok := w.(unwrapper)
		if !ok {
			break
		}
		w = u.Unwrap()
	}
	return true
}

// A closeNotifier is what http.CloseNotifier is. That is deprecated because a
// context is simpler; it still is the only one to say who canceled the context.
type closeNotifier interface{ CloseNotify() <-chan bool }

// isNotified reports whether a writer says that the client has left. It leaves
// the message in the channel, for a handler that waits for it too. HTTP/2 says so
// from another goroutine, and HTTP/1.1 just after it has canceled the context.
func isNotified(n closeNotifier) (notified bool) {
	defer func() {
		if recover() != nil { // the handler has ended, and it is too late to ask
			notified = true
		}
	}()
	left := n.CloseNotify()
	for wait := time.Duration(1); len(left) == 0; wait *= 4 {
		if wait > 10*time.Millisecond {
			return false
		}
		time.Sleep(wait)
	}
	return true
}
