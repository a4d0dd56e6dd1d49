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
// be sent again that ran into its deadline while a name was resolved, while a
// connection was opened or waited for, or while TLS was negotiated: the error of
// net/http looks the same as that of a deadline while the server works. With a
// connection, the error decides as it does without WatchSending.
//
// It is done by package [httptrace], whose hooks the transports of net/http and
// golang.org/x/net call. With one that calls none, nothing is known. The hooks
// that ctx has stay. If several requests use the context, or a request is
// redirected, each of them has to be without a connection.
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
