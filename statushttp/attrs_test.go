package statushttp_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

func TestAttrs(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{nil, "level=INFO msg=m\n"},
		{httpstatus.NotFound, "level=INFO msg=m status=404 error_code=not_found message=\"Not Found\"\n"},
		{errUserNotFound.WithCause(errSecret), "level=INFO msg=m status=404 error_code=user_not_found message=\"No user with ID 42 exists.\" cause=\"password is hunter2\"\n"},
		{fmt.Errorf("x: %w", errSecret), "level=INFO msg=m status=500 error_code=internal_server_error message=\"Internal Server Error\" cause=\"x: password is hunter2\"\n"},
		{httpstatus.Decode(429, nil, strings.NewReader("slow\ndown")), "level=INFO msg=m status=429 error_code=too_many_requests message=\"slow\\ndown\" remote=true\n"},
	} {
		var b bytes.Buffer
		logger := slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		}}))
		logger.LogAttrs(t.Context(), slog.LevelInfo, "m", statushttp.Attrs(tt.err)...)
		assert.Equal(t, tt.want, b.String())
	}
}
