package otelserver_test

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"example.com/httpstatus"
	"example.com/httpstatus/examples/otelserver"
	"example.com/httpstatus/statushttp"
)

// TestSpans: what the spans of a server say.
func TestSpans(t *testing.T) {
	for _, tt := range []struct {
		why    string
		err    error
		status codes.Code
		typ    string // error.type
		fault  string
		counts bool
	}{
		{"served", nil, codes.Unset, "", "", false},
		{"not there", httpstatus.NotFound.New("", ""), codes.Unset, "", "client", false},
		{"a bug", errors.New("a bug"), codes.Error, "500", "server", true},
		{"not implemented", httpstatus.NotImplemented, codes.Error, "501", "server", false},
		{"another server is down", statushttp.FromCall(&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}), codes.Error, "502", "upstream", true},
	} {
		t.Run(tt.why, func(t *testing.T) {
			spans := tracetest.NewSpanRecorder()
			h := otelserver.Handler(func(http.ResponseWriter, *http.Request) error { return tt.err },
				otelhttp.WithTracerProvider(sdk.NewTracerProvider(sdk.WithSpanProcessor(spans))))
			h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
			require.Len(t, spans.Ended(), 1)
			span := spans.Ended()[0]
			assert.Equal(t, tt.status, span.Status().Code)
			attributes := attribute.NewSet(span.Attributes()...)
			typ, _ := attributes.Value("error.type")
			assert.Equal(t, tt.typ, typ.AsString())
			fault, _ := attributes.Value("httpstatus.fault")
			assert.Equal(t, tt.fault, fault.AsString())
			counts, _ := attributes.Value("httpstatus.counts")
			assert.Equal(t, tt.counts, counts.AsBool())
		})
	}
}
