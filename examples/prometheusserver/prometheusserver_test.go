package prometheusserver_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/examples/prometheusserver"
)

func TestMetrics(t *testing.T) {
	registry := prometheus.NewRegistry()
	m := prometheusserver.New(registry)
	for _, err := range []error{
		nil, nil, httpstatus.NotFound, httpstatus.NotImplemented, httpstatus.ServiceUnavailable, httpstatus.BadGateway, errors.New("a bug"),
	} {
		h := m.Handler(func(w http.ResponseWriter, _ *http.Request) error {
			if err == nil {
				w.WriteHeader(http.StatusNoContent)
			}
			return err
		})
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	}
	assert.NoError(t, testutil.GatherAndCompare(registry, strings.NewReader(`
# HELP http_server_requests_total Requests by status code, whose fault it was, and whether it counts against availability.
# TYPE http_server_requests_total counter
http_server_requests_total{code="204",counts="false",fault="nobody"} 2
http_server_requests_total{code="404",counts="false",fault="client"} 1
http_server_requests_total{code="500",counts="true",fault="server"} 1
http_server_requests_total{code="501",counts="false",fault="server"} 1
http_server_requests_total{code="502",counts="true",fault="upstream"} 1
http_server_requests_total{code="503",counts="true",fault="server"} 1
`)))
}
