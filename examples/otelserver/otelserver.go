// Package otelserver traces a server with OpenTelemetry, and says in each span what
// became of the request: otelhttp makes the span and knows the status code, and
// statushttp knows what it means.
package otelserver

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"example.com/httpstatus/statushttp"
)

// Handler returns f with a span for each request. An error that f returns is
// answered, and told in the span: error.type, whose fault it was, and whether it
// counts against the availability of the server. That a client has left is no
// error of the server, and otelhttp could not tell.
func Handler(f statushttp.HandlerFunc, options ...otelhttp.Option) http.Handler {
	responder := &statushttp.Responder{Report: record}
	return otelhttp.NewHandler(responder.Handler(f), "server", options...)
}

func record(r *http.Request, err error, info statushttp.Info) {
	o := statushttp.Outcome{Server: true, Status: info.Status, Err: err}
	span := trace.SpanFromContext(r.Context())
	span.SetAttributes(
		attribute.String("httpstatus.fault", o.Fault().String()),
		attribute.Bool("httpstatus.counts", o.Counts()),
	)
	if o.SpanError() {
		span.SetStatus(codes.Error, "") // the status code tells the reason
		span.SetAttributes(attribute.String("error.type", o.ErrorType()))
	}
}
