package statushttp_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
	"example.com/httpstatus/statushttp"
)

// TestOutcomeSpan compares with the conventions of OpenTelemetry over every code,
// ints that are none, and both kinds.
func TestOutcomeSpan(t *testing.T) {
	ints := []int{math.MinInt, math.MaxInt}
	for n := -2; n <= 1100; n++ {
		ints = append(ints, n)
	}
	for _, n := range ints {
		for _, server := range []bool{true, false} {
			for _, err := range []error{nil, io.ErrUnexpectedEOF, context.Canceled, errors.New("x")} {
				for _, gone := range []bool{true, false} {
					o := statushttp.Outcome{Server: server, Status: httpstatus.Code(n), Err: err, ClientGone: gone}
					canceled := gone || !server && err == context.Canceled
					want := reference.SpanStatus(server, n, err != nil, canceled) == "Error"
					if !assert.Equal(t, want, o.SpanError(), "%+v", o) {
						return
					}
					typ := o.ErrorType()
					switch {
					case !want:
						assert.Empty(t, typ, "%+v", o)
					case reference.SpanStatus(server, n, false, false) == "Error":
						assert.Equal(t, strconv.Itoa(n), typ, "%+v", o)
					default:
						assert.Contains(t, []string{"http_response_incomplete", "_OTHER"}, typ, "%+v", o)
					}
				}
			}
		}
	}
}

// TestOutcome has the cases with a story.
func TestOutcome(t *testing.T) {
	const (
		info, warn, fail = slog.LevelInfo, slog.LevelWarn, slog.LevelError

		nobody, client, server, upstream = statushttp.FaultNobody, statushttp.FaultClient, statushttp.FaultServer, statushttp.FaultUpstream
	)
	refused := error(&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED})
	noFiles := error(&net.OpError{Op: "dial", Err: syscall.EMFILE})
	bug := errors.New("a bug")
	for _, tt := range []struct {
		why    string
		o      statushttp.Outcome
		record httpstatus.Code
		fault  statushttp.Fault
		counts bool
		level  slog.Level
		typ    string
	}{
		{"served", statushttp.Outcome{Server: true, Status: 200}, 200, nobody, false, info, ""},
		{"redirected", statushttp.Outcome{Server: true, Status: 302}, 302, nobody, false, info, ""},
		{"hints, and then nothing", statushttp.Outcome{Server: true, Status: 103}, 0, nobody, false, info, ""},
		{"nothing at all", statushttp.Outcome{}, 0, nobody, false, info, ""},
		{"not there", statushttp.Outcome{Server: true, Status: 404, Err: bug}, 404, client, false, info, ""},
		{"too many", statushttp.Outcome{Server: true, Status: 429}, 429, client, false, info, ""},
		{"the client left", statushttp.Outcome{Server: true, Err: context.Canceled, ClientGone: true}, 499, nobody, false, info, ""},
		{"the client left within the content",
			statushttp.Outcome{Server: true, Status: 200, Err: syscall.EPIPE, ClientGone: true}, 499, nobody, false, info, ""},
		{"the client left, and the answer was ready", statushttp.Outcome{Server: true, Status: 503, ClientGone: true}, 499, nobody, false, info, "503"},
		{"the client left, as Info has it", statushttp.Outcome{Server: true, Status: 499, Err: io.EOF}, 499, nobody, false, info, ""},
		{"a peer whose call was canceled", statushttp.Outcome{Status: 499}, 499, client, false, warn, "499"},
		{"we gave up by ourselves", statushttp.Outcome{Server: true, Status: 503, Err: context.Canceled}, 503, server, true, warn, "503"},
		{"a bug", statushttp.Outcome{Server: true, Status: 500, Err: bug}, 500, server, true, fail, "500"},
		{"the database is down", statushttp.Outcome{Server: true, Status: 500, Err: refused}, 500, upstream, true, fail, "500"},
		{"no files left", statushttp.Outcome{Server: true, Status: 500, Err: noFiles}, 500, server, true, fail, "500"},
		{"load is shed", statushttp.Outcome{Server: true, Status: 503}, 503, server, true, warn, "503"},
		{"the other server sheds load", statushttp.Outcome{Server: true, Status: 503, Err: httpstatus.Decode(503, nil, nil)},
			503, upstream, true, fail, "503"},
		{"a bad gateway", statushttp.Outcome{Server: true, Status: 502}, 502, upstream, true, fail, "502"},
		{"a slow gateway", statushttp.Outcome{Server: true, Status: 504}, 504, upstream, true, fail, "504"},
		{"a method of no kind", statushttp.Outcome{Server: true, Status: 501}, 501, server, false, warn, "501"},
		{"a version of no kind", statushttp.Outcome{Server: true, Status: 505}, 505, server, false, warn, "505"},
		{"a portal", statushttp.Outcome{Server: true, Status: 511}, 511, server, false, warn, "511"},
		{"a vendor's", statushttp.Outcome{Server: true, Status: 520}, 520, server, true, fail, "520"},
		{"no status code", statushttp.Outcome{Server: true, Status: 999}, 999, server, true, fail, "999"},
		{"cut off by us", statushttp.Outcome{Server: true, Status: 200, Err: bug}, 200, server, true, fail, "_OTHER"},
		{"cut off by the other server", statushttp.Outcome{Server: true, Status: 200, Err: io.ErrUnexpectedEOF},
			200, upstream, true, fail, "http_response_incomplete"},

		{"answered", statushttp.Outcome{Status: 200}, 200, nobody, false, info, ""},
		{"we asked for what is not there", statushttp.Outcome{Status: 404}, 404, client, false, warn, "404"},
		{"it failed", statushttp.Outcome{Status: 500}, 500, server, true, fail, "500"},
		{"what is behind it failed", statushttp.Outcome{Status: 502}, 502, upstream, true, fail, "502"},
		{"it sheds load", statushttp.Outcome{Status: 503}, 503, server, true, warn, "503"},
		{"refused", statushttp.Outcome{Err: refused}, 0, server, true, fail, "connection_refused"},
		{"a handshake that did not end", statushttp.Outcome{Err: timeoutError("net/http: TLS handshake timeout")}, 0, server, true, fail, "timeout"},
		{"we have no files left", statushttp.Outcome{Err: noFiles}, 0, client, false, warn, "proxy_internal_error"},
		{"we asked for what net/http does not send", statushttp.Outcome{Err: errors.New("net/http: invalid method \"B D\"")},
			0, client, false, warn, "proxy_internal_error"},
		{"our content is too large", statushttp.Outcome{Err: &http.MaxBytesError{}}, 0, client, false, warn, "http_request_error"},
		{"we gave up", statushttp.Outcome{Err: context.Canceled}, 499, nobody, false, info, ""},
		{"we gave up within the content", statushttp.Outcome{Status: 200, Err: context.Canceled}, 499, nobody, false, info, ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			assert.Equal(t, tt.record, tt.o.Record())
			assert.Equal(t, tt.fault, tt.o.Fault())
			assert.Equal(t, tt.counts, tt.o.Counts())
			assert.Equal(t, tt.level, tt.o.Level())
			assert.Equal(t, tt.typ, tt.o.ErrorType())
			assert.Equal(t, tt.typ != "", tt.o.SpanError())
		})
	}
}

// TestOutcomeAgrees: over every int, what counts is a fault of a server, is logged
// above Info and is an error of its span, and a 1xx is never recorded.
func TestOutcomeAgrees(t *testing.T) {
	for n := -2; n <= 1100; n++ {
		for _, isServer := range []bool{true, false} {
			o := statushttp.Outcome{Server: isServer, Status: httpstatus.Code(n)}
			if o.Counts() {
				assert.Contains(t, []statushttp.Fault{statushttp.FaultServer, statushttp.FaultUpstream}, o.Fault(), "%+v", o)
				assert.Greater(t, o.Level(), slog.LevelInfo, "%+v", o)
				assert.True(t, o.SpanError(), "%+v", o)
			}
			assert.False(t, o.Record().IsInformational(), "%+v", o)
			assert.Equal(t, n != 0 && !o.Status.IsInformational(), o.Record() != 0, "%+v", o)
		}
	}
}

func TestFaultString(t *testing.T) {
	assert.Equal(t, "nobody", statushttp.FaultNobody.String())
	assert.Equal(t, "client", statushttp.FaultClient.String())
	assert.Equal(t, "server", statushttp.FaultServer.String())
	assert.Equal(t, "upstream", statushttp.FaultUpstream.String())
	assert.Equal(t, "Fault(9)", statushttp.Fault(9).String())
}
