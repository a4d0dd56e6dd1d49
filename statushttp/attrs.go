package statushttp

import (
	"context"
	"log/slog"
	"net/http"

	"example.com/httpstatus"
)

// Attrs returns the attributes of an error for a log: "status", "error_code",
// "message", "fields" if there are any, "remote" if a peer sent it, and "cause"
// if there is one. It is nil for nil. The cause is private; do not send these
// attributes to a client.
//
//	logger.LogAttrs(ctx, slog.LevelError, "request failed", statushttp.Attrs(err)...)
//
// In a Report hook use [Info.Attrs], which also knows the result of
// [Responder].Map.
func Attrs(err error) []slog.Attr {
	e := httpstatus.FromError(err)
	if e == nil {
		return nil
	}
	return attrs(e, e.Status())
}

// Attrs returns what a log should have about an error that was answered: as the
// function [Attrs] does, with the status code of the response.
func (i Info) Attrs() []slog.Attr { return attrs(i.Error, i.Status) }

func attrs(e *httpstatus.Error, status httpstatus.Code) []slog.Attr {
	attrs := make([]slog.Attr, 0, 10) // with room for those of the request
	attrs = append(attrs,
		slog.Int("status", int(status)),
		slog.String("error_code", e.ErrorCode()),
		slog.String("message", e.Message()))
	if fields := e.Fields(); fields != nil {
		lines := make([]string, len(fields))
		for i, f := range fields {
			lines[i] = f.String()
		}
		attrs = append(attrs, slog.Any("fields", lines))
	}
	if e.Remote() {
		attrs = append(attrs, slog.Bool("remote", true))
	}
	if cause := e.Unwrap(); cause != nil {
		attrs = append(attrs, slog.Any("cause", cause))
	}
	return attrs
}

// logError logs an error for a Responder without a Report hook, unless the client
// has left, or it is a panic, which [Responder.Recover] logs.
func logError(w http.ResponseWriter, r *http.Request, info Info) {
	if _, panicked := info.Error.Unwrap().(*PanicError); panicked || info.Status == ClientClosedRequest {
		return
	}
	// The level that Outcome has for the status code alone. It is not asked: it
	// would link all that FailureOf knows into each program that writes an error.
	message, level := "request failed", slog.LevelError
	switch {
	case info.Started:
		message = "response cut off"
	case info.Status == httpstatus.ServiceUnavailable || declines(info.Status):
		level = slog.LevelWarn
	}
	ctx := context.Background()
	if r != nil {
		ctx = r.Context() // some handlers of slog find a request id there
	}
	logger := slog.Default()
	if !logger.Enabled(ctx, level) {
		return
	}
	attrs := info.Attrs()
	if r != nil {
		attrs = append(attrs, slog.String("method", r.Method))
		if r.URL != nil {
			attrs = append(attrs, slog.String("path", r.URL.Path)) // the query may have a token
		}
	}
	if id := w.Header().Get("X-Request-Id"); id != "" {
		attrs = append(attrs, slog.String("request_id", id))
	}
	logger.LogAttrs(ctx, level, message, attrs...)
}
