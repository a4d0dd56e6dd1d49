package goretryablehttp_test

import (
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/examples/goretryablehttp"
	"example.com/httpstatus/examples/internal/memnet"
	"example.com/httpstatus/examples/internal/script"
)

func TestClient(t *testing.T) {
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
		{"no advice, growing gaps", "PUT", "", []string{"503", "500", "204"}, 204,
			[]string{"PUT order", "PUT order", "PUT order"}, []time.Duration{time.Second, 2 * time.Second}},
		{"as advised", "POST", "", []string{"429 30", "503 40", "201"}, 201,
			[]string{"POST order", "POST order", "POST order"}, []time.Duration{30 * time.Second, 40 * time.Second}},
		{"advice with 403", "POST", "", []string{"403 30", "201"}, 201, []string{"POST order", "POST order"}, []time.Duration{30 * time.Second}},
		{"a POST that may have been applied", "POST", "", []string{"500"}, 500, []string{"POST order"}, nil},
		{"the same with a key", "POST", "1", []string{"500", "201"}, 201, []string{"POST order", "POST order"}, []time.Duration{time.Second}},
		{"a POST that was applied, and led to a page that is busy", "POST", "",
			[]string{"303 /done", "503 10"}, 503, []string{"POST order", "GET"}, []time.Duration{0}},
		{"a wait that is too long", "GET", "", []string{"503 3601"}, 503, []string{"GET order"}, nil},
		{"a wait that overflows elsewhere", "GET", "", []string{"503 9223372037"}, 503, []string{"GET order"}, nil},
		{"malformed advice is none", "GET", "", []string{"503 +5", "200"}, 200, []string{"GET order", "GET order"}, []time.Duration{time.Second}},
		{"a version that will not be supported the next time either", "GET", "", []string{"505"}, 505, []string{"GET order"}, nil},
		{"another connection", "POST", "", []string{"421", "201"}, 201, []string{"POST order", "POST order"}, []time.Duration{time.Second}},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &script.Handler{Lines: tt.lines}
			server := memnet.NewServer(s)
			defer server.Close()
			client := goretryablehttp.NewClient(time.Hour)
			client.HTTPClient = server.Client

			req, err := retryablehttp.NewRequest(tt.method, "http://www.example.com/", []byte("order"))
			require.NoError(t, err)
			if tt.key != "" {
				req.Header.Set("Idempotency-Key", tt.key)
			}
			resp, err := client.Do(req)
			require.NoError(t, err, tt.why)
			require.NoError(t, resp.Body.Close())
			assert.Equal(t, tt.code, resp.StatusCode, tt.why)
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

// A connection that breaks says nothing of what was applied.
func TestClientBrokenConnection(t *testing.T) {
	for method, want := range map[string]int{"GET": 5, "PUT": 5, "POST": 1, "PATCH": 1} {
		synctest.Test(t, func(t *testing.T) {
			calls := 0
			client := goretryablehttp.NewClient(time.Hour)
			client.HTTPClient = &http.Client{Transport: transport(func(*http.Request) (*http.Response, error) {
				calls++
				return nil, errors.New("connection reset")
			})}
			req, err := retryablehttp.NewRequest(method, "http://www.example.com/", nil)
			require.NoError(t, err)
			_, err = client.Do(req)
			assert.Error(t, err)
			assert.Equal(t, want, calls, method)
		})
	}
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
