package busyserver_test

import (
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/examples/busyserver"
	"example.com/httpstatus/examples/internal/memnet"
	"example.com/httpstatus/statushttp"
)

var hello = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") })

// get sends a GET until it succeeds, waits exactly as the server asks, and
// returns the codes that it got.
func get(t *testing.T, client *http.Client) (codes []httpstatus.Code) {
	t.Helper()
	req, err := http.NewRequest("GET", "http://www.example.com/", nil)
	require.NoError(t, err)
	for range 10 {
		resp, err := client.Do(req)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		codes = append(codes, httpstatus.Code(resp.StatusCode))
		retry := statushttp.Retry(req, resp, nil)
		if !retry.Again {
			return codes
		}
		require.True(t, retry.HasWait)
		time.Sleep(retry.Wait)
	}
	t.Fatal("the server never lets us through")
	return nil
}

// A client that waits as it is told is turned away once, not a second less and
// not twice.
func TestLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := memnet.NewServer(busyserver.Limit(hello, 2, time.Minute))
		defer server.Close()
		start := time.Now()
		assert.Equal(t, []httpstatus.Code{200}, get(t, server.Client))
		time.Sleep(10 * time.Second)
		assert.Equal(t, []httpstatus.Code{200}, get(t, server.Client))
		time.Sleep(20*time.Second + 300*time.Millisecond)
		assert.Equal(t, []httpstatus.Code{429, 200}, get(t, server.Client))
		// 29.7 seconds were left, which are 30 in whole seconds.
		assert.Equal(t, time.Minute+300*time.Millisecond, time.Since(start))
	})
}

func TestMaintenance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		server := memnet.NewServer(busyserver.Maintenance(hello, start.Add(time.Hour)))
		defer server.Close()
		assert.Equal(t, []httpstatus.Code{503, 200}, get(t, server.Client))
		assert.Equal(t, time.Hour, time.Since(start))
	})
}

// Both at once: back from maintenance, and at once too many.
func TestLimitAfterMaintenance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		server := memnet.NewServer(busyserver.Maintenance(busyserver.Limit(hello, 1, time.Minute), start.Add(5*time.Minute)))
		defer server.Close()
		assert.Equal(t, []httpstatus.Code{503, 200}, get(t, server.Client))
		assert.Equal(t, []httpstatus.Code{429, 200}, get(t, server.Client))
		assert.Equal(t, 6*time.Minute, time.Since(start))
	})
}
