package statushttp

import (
	"context"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// WatchSending returns a context for one attempt at a request, by which [Attempt]
// and [Retry] know whether the transport had a connection for it:
//
//	req = req.WithContext(statushttp.WatchSending(req.Context()))
//	resp, err := client.Do(req)
//	again := statushttp.Retry(req, resp, err).Again
//
// Without a connection nothing was sent, whatever the error says. So a POST may
// be sent again if its deadline passed while a name was resolved, a connection
// was opened or waited for, or TLS was negotiated. The error of net/http does not
// tell this from a deadline that passed while the server worked. The same goes
// for a proxy that refuses CONNECT. With a connection, the error decides as it
// does without WatchSending.
//
// WatchSending uses package [net/http/httptrace], whose hooks the transports of
// net/http and golang.org/x/net call. Nothing is known of a transport that calls
// none. Hooks that ctx has already are called too. If several requests use the
// context, or if a request is redirected, one connection is enough for doubt.
func WatchSending(ctx context.Context) context.Context {
	s := new(sending)
	return httptrace.WithClientTrace(context.WithValue(ctx, sendingKey{}, s), &httptrace.ClientTrace{
		GetConn: func(string) { s.wanted.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { s.got.Store(true) },
	})
}

// A sending is what the transport told of the connections for a request.
type sending struct{ wanted, got atomic.Bool }

type sendingKey struct{}

// neverSent reports whether req is watched and no connection was there for it.
func neverSent(req *http.Request) bool {
	if req == nil {
		return false
	}
	s, ok := req.Context().Value(sendingKey{}).(*sending)
	return ok && s.wanted.Load() && !s.got.Load()
}
