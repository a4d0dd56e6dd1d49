package plainloop_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/examples/internal/memnet"
	"example.com/httpstatus/examples/internal/script"
	"example.com/httpstatus/examples/plainloop"
)

func TestDo(t *testing.T) {
	for _, tt := range []struct {
		why    string
		method string
		lines  []string
		code   int
		gaps   []time.Duration // at least
	}{
		{"success at once", "GET", []string{"200"}, 200, nil},
		{"no advice, growing gaps", "GET", []string{"503", "503", "503", "503"}, 503, []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second}},
		{"as advised", "GET", []string{"503 30", "429 10", "200"}, 200, []time.Duration{30 * time.Second, 10 * time.Second}},
		{"a POST that was turned away", "POST", []string{"429 30", "200"}, 200, []time.Duration{30 * time.Second}},
		{"a POST that may have been applied", "POST", []string{"502", "200"}, 502, nil},
		{"a PUT that may have been applied", "PUT", []string{"502", "204"}, 204, []time.Duration{500 * time.Millisecond}},
		{"another connection", "POST", []string{"421", "200"}, 200, []time.Duration{500 * time.Millisecond}},
		{"at once", "GET", []string{"503 0", "200"}, 200, []time.Duration{0}},
		{"too long a wait", "GET", []string{"503 61", "200"}, 503, nil},
		{"a wait that overflows elsewhere", "GET", []string{"503 9223372037", "200"}, 503, nil},
		{"malformed advice is none", "GET", []string{"503 -1", "200"}, 200, []time.Duration{500 * time.Millisecond}},
		{"not found", "DELETE", []string{"404"}, 404, nil},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &script.Handler{Lines: tt.lines}
			server := memnet.NewServer(s)
			defer server.Close()
			req, err := http.NewRequest(tt.method, "http://www.example.com/", strings.NewReader("content"))
			require.NoError(t, err)
			resp, err := plainloop.Do(server.Client, req)
			require.NoError(t, err, tt.why)
			require.NoError(t, resp.Body.Close())
			assert.Equal(t, tt.code, resp.StatusCode, tt.why)
			if gaps := s.Gaps(); assert.Len(t, gaps, len(tt.gaps), tt.why) {
				for i, want := range tt.gaps {
					assert.GreaterOrEqual(t, gaps[i], want, tt.why)
					assert.LessOrEqual(t, gaps[i], want+want/10+time.Millisecond, tt.why)
				}
			}
			for _, request := range s.Requests() {
				assert.Equal(t, tt.method+" content", request, tt.why)
			}
		})
	}
}

// A wait that the deadline would cut short is not begun, and one that is
// cancelled ends.
func TestDoContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script.Handler{Lines: []string{"503 30"}}
		server := memnet.NewServer(s)
		defer server.Close()
		start := time.Now()

		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, "GET", "http://www.example.com/", nil)
		require.NoError(t, err)
		resp, err := plainloop.Do(server.Client, req)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		assert.Equal(t, 503, resp.StatusCode)
		assert.Zero(t, time.Since(start))

		ctx, cancel = context.WithCancel(t.Context())
		time.AfterFunc(10*time.Second, cancel)
		_, err = plainloop.Do(server.Client, req.WithContext(ctx))
		assert.ErrorIs(t, err, context.Canceled)
		assert.Equal(t, 10*time.Second, time.Since(start))
	})
}

// losing is a transport that loses the first requests.
type losing struct {
	errs []error
	next http.RoundTripper
}

func (l *losing) RoundTrip(r *http.Request) (*http.Response, error) {
	if len(l.errs) == 0 {
		return l.next.RoundTrip(r)
	}
	err := l.errs[0]
	l.errs = l.errs[1:]
	return nil, err
}

// A request that was lost is sent again if that is safe.
func TestDoLost(t *testing.T) {
	refused := &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	for _, tt := range []struct {
		why    string
		method string
		errs   []error
		sent   bool
	}{
		{"a POST that was refused a connection, twice", "POST", []error{refused, refused}, true},
		{"a POST that was lost on the way", "POST", []error{io.EOF}, false},
		{"a PUT that was lost on the way", "PUT", []error{io.EOF}, true},
		{"more than is worth it", "PUT", []error{io.EOF, io.EOF, io.EOF, io.EOF}, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &script.Handler{Lines: []string{"200"}}
			server := memnet.NewServer(s)
			defer server.Close()
			client := &http.Client{Transport: &losing{tt.errs, server.Client.Transport}}
			req, err := http.NewRequest(tt.method, "http://www.example.com/", strings.NewReader("content"))
			require.NoError(t, err)
			resp, err := plainloop.Do(client, req)
			if tt.sent {
				require.NoError(t, err, tt.why)
				require.NoError(t, resp.Body.Close())
				assert.Equal(t, []string{tt.method + " content"}, s.Requests(), tt.why)
				return
			}
			assert.ErrorIs(t, err, io.EOF, tt.why)
			assert.Empty(t, s.Requests(), tt.why)
		})
	}
}

// A POST whose time was up before it had a connection is sent again.
func TestDoSlowDial(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script.Handler{Lines: []string{"200"}}
		server := memnet.NewServer(s)
		defer server.Close()
		transport := server.Client.Transport.(*http.Transport).Clone()
		defer transport.CloseIdleConnections()
		dial := transport.DialContext
		var dialed atomic.Int32
		transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			if dialed.Add(1) == 1 {
				<-ctx.Done()
				return nil, ctx.Err()
			}
			return dial(ctx, network, address)
		}
		client := &http.Client{Transport: transport, Timeout: time.Second}
		req, err := http.NewRequest("POST", "http://www.example.com/", strings.NewReader("content"))
		require.NoError(t, err)
		resp, err := plainloop.Do(client, req)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		assert.Equal(t, []string{"POST content"}, s.Requests())
	})
}
