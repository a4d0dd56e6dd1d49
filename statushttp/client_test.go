package statushttp_test

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// body records what is done to it.
type body struct {
	io.Reader
	read   int
	closed bool
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	b.read += n
	return n, err
}

func (b *body) Close() error { b.closed = true; return errors.New("closing fails") }

func TestFromResponse(t *testing.T) {
	assert.NoError(t, statushttp.FromResponse(nil))
	for c := -1; c < 1000; c++ {
		b := &body{Reader: strings.NewReader(simpleBody)}
		err := statushttp.FromResponse(&http.Response{StatusCode: c, Body: b})
		if 100 <= c && c < 400 {
			assert.NoError(t, err, "%d", c)
			assert.Zero(t, b.read, "the body is the caller's")
			assert.False(t, b.closed)
			continue
		}
		require.Error(t, err, "%d", c)
		e := httpstatus.FromError(err)
		assert.Equal(t, httpstatus.Code(c), e.Status())
		assert.Equal(t, "user_not_found", e.ErrorCode())
		assert.True(t, b.closed)
	}
	endless := &body{Reader: endlessReader{}}
	assert.ErrorIs(t, statushttp.FromResponse(&http.Response{StatusCode: 500, Body: endless}), httpstatus.InternalServerError)
	assert.Equal(t, 64<<10, endless.read)
	assert.True(t, endless.closed)
	assert.EqualError(t, statushttp.FromResponse(&http.Response{StatusCode: 404}), "remote 404 not_found: Not Found")
}

type endlessReader struct{}

func (endlessReader) Read(p []byte) (int, error) { return len(p), nil }

func TestFromResponseReferences(t *testing.T) {
	u, err := url.Parse("https://api.example.org/foo/bar/123?q=1")
	require.NoError(t, err)
	for _, tt := range []struct {
		why, typ, location, want string
	}{
		{"RFC 9457, Section 3.1.1", "example-problem", "", "https://api.example.org/foo/bar/example-problem"},
		{"with the full path", "/types/123", "", "https://api.example.org/types/123"},
		{"absolute", "https://example.com/probs/x", "", "https://example.com/probs/x"},
		{"a tag", "tag:example@example.org,2021-09-17:OutOfLuck", "", "tag:example@example.org,2021-09-17:OutOfLuck"},
		{"absent", "", "", "about:blank"},
		{"no reference", "http://[", "", "http://["},
		{"relative to Content-Location", "p", "/other/place", "https://api.example.org/other/p"},
		{"a Content-Location that is none", "p", "http://[", "https://api.example.org/foo/bar/p"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			header := http.Header{"Content-Type": {"application/problem+json"}}
			if tt.location != "" {
				header.Set("Content-Location", tt.location)
			}
			resp := &http.Response{StatusCode: 400, Header: header, Request: &http.Request{URL: u},
				Body: io.NopCloser(strings.NewReader(`{"type":"` + tt.typ + `","instance":"` + tt.typ + `","title":"T"}`))}
			e := httpstatus.FromError(statushttp.FromResponse(resp))
			assert.Equal(t, tt.want, e.Type())
			assert.Equal(t, strings.TrimPrefix(tt.want, "about:blank"), e.Instance())
			assert.Equal(t, "T", e.Title())
			assert.True(t, e.Remote())
		})
	}
}
