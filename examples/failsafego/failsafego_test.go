package failsafego_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/examples/failsafego"
	"example.com/httpstatus/examples/internal/memnet"
	"example.com/httpstatus/examples/internal/script"
)

func TestTransport(t *testing.T) {
	for _, tt := range []struct {
		why      string
		method   string
		key      string
		lines    []string
		code     int
		requests []string
		gaps     []time.Duration // at least
	}{
		{"success at once", "POST", "", []string{"201"}, 201, []string{"POST order"}, nil},
		{"no advice, growing gaps", "PUT", "", []string{"503", "500", "502", "504"}, 504,
			[]string{"PUT order", "PUT order", "PUT order", "PUT order"}, []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second}},
		{"as advised", "POST", "", []string{"429 30", "503 40", "201"}, 201,
			[]string{"POST order", "POST order", "POST order"}, []time.Duration{30 * time.Second, 40 * time.Second}},
		{"advice as a date", "POST", "", []string{"429 Sat, 01 Jan 2000 00:02:00 GMT", "201"}, 201,
			[]string{"POST order", "POST order"}, []time.Duration{2 * time.Minute}}, // synctest begins with 2000
		{"a POST that may have been applied", "POST", "", []string{"500"}, 500, []string{"POST order"}, nil},
		{"the same with a key", "POST", "1", []string{"500", "201"}, 201, []string{"POST order", "POST order"}, []time.Duration{500 * time.Millisecond}},
		{"a POST that was applied, and led to a page that is busy: the GET is repeated", "POST", "",
			[]string{"303 /done", "503 10", "200"}, 200, []string{"POST order", "GET", "GET"}, []time.Duration{0, 10 * time.Second}},
		{"a wait that is too long", "GET", "", []string{"503 3601"}, 503, []string{"GET order"}, nil},
		{"a wait that overflows elsewhere", "GET", "", []string{"503 9223372037"}, 503, []string{"GET order"}, nil},
		{"malformed advice is none", "GET", "", []string{"503 -1", "200"}, 200,
			[]string{"GET order", "GET order"}, []time.Duration{500 * time.Millisecond}},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &script.Handler{Lines: tt.lines}
			server := memnet.NewServer(s)
			defer server.Close()
			client := &http.Client{Transport: failsafego.NewTransport(server.Client.Transport, time.Hour)}

			req, err := http.NewRequest(tt.method, "http://www.example.com/", strings.NewReader("order"))
			require.NoError(t, err)
			if tt.key != "" {
				req.Header.Set("Idempotency-Key", tt.key)
			}
			resp, err := client.Do(req)
			require.NoError(t, err, tt.why)
			content, err := io.ReadAll(resp.Body)
			require.NoError(t, err, tt.why)
			require.NoError(t, resp.Body.Close())
			assert.Equal(t, tt.code, resp.StatusCode, tt.why)
			assert.Equal(t, tt.lines[len(tt.lines)-1], string(content), tt.why)
			assert.Equal(t, tt.requests, s.Requests(), tt.why)
			if gaps := s.Gaps(); assert.Len(t, gaps, len(tt.gaps), tt.why) {
				for i, want := range tt.gaps {
					assert.GreaterOrEqual(t, gaps[i], want, tt.why)
					assert.LessOrEqual(t, gaps[i], want+want/10+time.Millisecond, tt.why)
				}
			}
		})
	}
}
