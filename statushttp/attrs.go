package statushttp

import (
	"log/slog"

	"example.com/httpstatus"
)

// Attrs returns what a log should have about an error: "status", "error_code",
// "message", "remote" if a peer said so, and "cause" if there is one. It is nil
// for nil. The cause is private; this is for logs.
//
//	logger.LogAttrs(ctx, slog.LevelError, "request failed", statushttp.Attrs(err)...)
func Attrs(err error) []slog.Attr {
	e := httpstatus.FromError(err)
	if e == nil {
		return nil
	}
	attrs := make([]slog.Attr, 0, 5)
	attrs = append(attrs,
		slog.Int("status", int(httpstatus.StatusOf(e))),
		slog.String("error_code", e.ErrorCode()),
		slog.String("message", e.Message()))
	if e.Remote() {
		attrs = append(attrs, slog.Bool("remote", true))
	}
	if cause := e.Unwrap(); cause != nil {
		attrs = append(attrs, slog.Any("cause", cause))
	}
	return attrs
}
