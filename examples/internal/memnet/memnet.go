// Package memnet connects an http.Client to an http.Handler in memory, over real
// HTTP/1.1. It needs no network, and so its tests can run in the fake time of
// testing/synctest: a wait of an hour takes no time there, and is an hour to
// the clock.
package memnet

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// A Server serves a handler to its client alone.
type Server struct {
	Client *http.Client // reaches the handler under every host name

	server   *http.Server
	listener *listener
}

// NewServer starts to serve. Close it when done.
func NewServer(h http.Handler) *Server {
	l := &listener{conns: make(chan net.Conn), done: make(chan struct{})}
	s := &Server{
		Client:   &http.Client{Transport: &http.Transport{DialContext: l.dial}},
		server:   &http.Server{Handler: h, ReadHeaderTimeout: time.Hour},
		listener: l,
	}
	go s.server.Serve(l)
	return s
}

// Close ends all connections.
func (s *Server) Close() {
	s.Client.CloseIdleConnections()
	s.server.Close()
	s.listener.Close()
}

type listener struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (l *listener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

func (l *listener) Addr() net.Addr { return &net.UnixAddr{Name: "memory", Net: "unix"} }
