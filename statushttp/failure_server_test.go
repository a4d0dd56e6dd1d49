package statushttp_test

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// These servers speak as badly as the tests of failures need.

// listen accepts connections on loopback until the test ends, and hands each to
// serve in a goroutine of its own, with how many came before it.
func listen(t *testing.T, serve func(c net.Conn, n int)) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for n := 0; ; n++ {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				serve(c, n)
				// What is closed with something unread is reset, which may
				// destroy on the way what was written.
				if tcp := c.(*net.TCPConn); tcp.CloseWrite() == nil {
					_, _ = io.Copy(io.Discard, c)
				}
			}()
		}
	}()
	t.Cleanup(func() {
		assert.NoError(t, l.Close())
		<-done
	})
	return l.Addr().String()
}

// answer is a server that reads the header of a request, counts it as handled,
// writes a text and closes the connection.
func answer(t *testing.T, handled *atomic.Int64, text string) string {
	return "http://" + listen(t, func(c net.Conn, _ int) {
		if _, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
			handled.Add(1)
			_, _ = io.WriteString(c, text)
		}
	})
}

// reset closes a connection so that the other side gets an RST.
func reset(c net.Conn) {
	_ = c.(*net.TCPConn).SetLinger(0)
	_ = c.Close()
}

// The frames of HTTP/2 that the tests write and read. RFC 9113, Section 6.
const (
	h2Data, h2Headers, h2RST, h2Settings, h2GoAway = 0x0, 0x1, 0x3, 0x4, 0x7

	h2Ack, h2EndStream, h2EndHeaders = 0x1, 0x1, 0x4
)

// frame returns a frame of HTTP/2.
func frame(kind, flags byte, stream uint32, payload ...byte) []byte {
	b := []byte{byte(len(payload) >> 16), byte(len(payload) >> 8), byte(len(payload)), kind, flags}
	return append(binary.BigEndian.AppendUint32(b, stream), payload...)
}

// words returns numbers as the payload of a frame.
func words(n ...uint32) (payload []byte) {
	for _, w := range n {
		payload = binary.BigEndian.AppendUint32(payload, w)
	}
	return payload
}

// h2 is a server that speaks HTTP/2 without TLS. It answers the header of each
// request with what respond returns for its stream, whole frames, and closes the
// connection after one that is nil. It counts a request as handled if respond says
// so.
func h2(t *testing.T, respond func(stream uint32) []byte) string {
	return "http://" + listen(t, func(c net.Conn, _ int) {
		r := bufio.NewReader(c)
		if _, err := io.CopyN(io.Discard, r, int64(len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))); err != nil {
			return
		}
		if _, err := c.Write(frame(h2Settings, 0, 0)); err != nil {
			return
		}
		for {
			var head [9]byte
			if _, err := io.ReadFull(r, head[:]); err != nil {
				return
			}
			size := int64(head[0])<<16 | int64(head[1])<<8 | int64(head[2])
			if _, err := io.CopyN(io.Discard, r, size); err != nil {
				return
			}
			var out []byte
			switch kind, flags := head[3], head[4]; {
			case kind == h2Settings && flags&h2Ack == 0:
				out = frame(h2Settings, h2Ack, 0)
			case kind == h2Headers:
				if out = respond(binary.BigEndian.Uint32(head[5:])); out == nil {
					return
				}
			}
			if _, err := c.Write(out); err != nil {
				return
			}
		}
	})
}

// h2Client returns a client that speaks HTTP/2 without TLS and nothing else.
func h2Client(t *testing.T, change func(*http.Transport)) *http.Client {
	tr := &http.Transport{Protocols: new(http.Protocols)}
	tr.Protocols.SetUnencryptedHTTP2(true)
	return client(t, tr, change)
}

// client returns a client with a transport of its own.
func client(t *testing.T, tr *http.Transport, change func(*http.Transport)) *http.Client {
	t.Helper()
	if change != nil {
		change(tr)
	}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

// stubborn is a server of names that answers every question with one code, or not
// at all if that is negative. It returns a resolver that asks it.
func stubborn(t *testing.T, code int) *net.Resolver {
	t.Helper()
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	require.NoError(t, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		buf := make([]byte, 2048)
		for {
			n, from, err := c.ReadFrom(buf)
			if err != nil {
				return
			}
			if code < 0 || n < 12 {
				continue
			}
			buf[2] |= 0x80                  // it is a response
			buf[3] = 0x80 | byte(code)      // recursion is available
			_, _ = c.WriteTo(buf[:n], from) // the client asks again if it is lost
		}
	}()
	t.Cleanup(func() {
		assert.NoError(t, c.Close())
		<-done
	})
	return &net.Resolver{PreferGo: true, Dial: loopback(c.LocalAddr().String())}
}

// short is how long a test waits for what never comes.
const short = 20 * time.Millisecond
