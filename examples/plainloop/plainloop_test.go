package plainloop_test

import (
	"context"
	"net/http"
	"strings"
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
