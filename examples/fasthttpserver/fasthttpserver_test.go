package fasthttpserver

import (
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/valyala/fasthttp"

	"example.com/httpstatus"
	"example.com/httpstatus/conform"
	"example.com/httpstatus/statushttp"
)

var errUserNotFound = httpstatus.NotFound.New("user_not_found", "No such user.")

func serve(ctx *fasthttp.RequestCtx) error {
	ctx.Response.Header.Set("Etag", `"of what is not sent"`)
	switch string(ctx.Path()) {
	case "/users/2":
		return errUserNotFound
	case "/private":
		return errors.New("password is hunter2")
	case "/busy":
		return httpstatus.TooManyRequests.New("", "").WithRetryAfter(30e9)
	case "/token":
		return httpstatus.Unauthorized.New("", "").WithChallenge("Basic").WithChallenge(`Bearer realm="api"`)
	case "/unchanged":
		return httpstatus.NotModified
	}
	ctx.SetBodyString("Ada\n")
	return nil
}

func TestHandler(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := &fasthttp.Server{Handler: Handler(serve)}
	done := make(chan error)
	go func() { done <- server.Serve(listener) }()
	defer func() {
		assert.NoError(t, server.Shutdown())
		assert.NoError(t, <-done)
	}()
	client := &http.Client{Transport: conform.Transport(&http.Transport{DisableKeepAlives: true}, func(resp *http.Response, findings []conform.Finding) {
		assert.Empty(t, findings, resp.Request.URL.Path)
	}, conform.MinSeverity(conform.Warning))}
	defer client.CloseIdleConnections()

	for _, tt := range []struct {
		method, path, accept string
		status               int
		contentType, code    string
	}{
		{"GET", "/users/1", "", 200, "text/plain; charset=utf-8", ""},
		{"GET", "/users/2", "", 404, "application/json", "user_not_found"},
		{"GET", "/users/2", "application/problem+json", 404, "application/problem+json", "user_not_found"},
		{"GET", "/users/2", "text/html", 404, "text/html; charset=utf-8", "not_found"},
		{"HEAD", "/users/2", "", 404, "application/json", "not_found"},
		{"GET", "/private", "", 500, "application/json", "internal_server_error"},
		{"POST", "/busy", "", 429, "application/json", "too_many_requests"},
		{"GET", "/token", "", 401, "application/json", "unauthorized"},
		{"GET", "/unchanged", "", 304, "", ""},
	} {
		req, err := http.NewRequestWithContext(t.Context(), tt.method, "http://"+listener.Addr().String()+tt.path, nil)
		require.NoError(t, err)
		if tt.accept != "" {
			req.Header.Set("Accept", tt.accept)
		}
		if tt.status == http.StatusNotModified {
			req.Header.Set("If-None-Match", "*")
		}
		resp, err := client.Do(req)
		require.NoError(t, err)
		assert.Equal(t, tt.status, resp.StatusCode, tt.path)
		assert.Equal(t, tt.contentType, resp.Header.Get("Content-Type"), tt.path)
		if tt.method == "HEAD" {
			assert.Equal(t, "52", resp.Header.Get("Content-Length"), "the length that GET would have")
		}
		err = statushttp.FromResponse(resp)
		resp.Body.Close()
		if tt.code == "" {
			assert.NoError(t, err)
			continue
		}
		assert.Empty(t, resp.Header.Get("Etag"))
		var e *httpstatus.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, tt.code, e.ErrorCode())
		assert.NotContains(t, e.Message(), "hunter2")
		assert.Empty(t, e.MissingHeaders())
		if tt.code == "unauthorized" {
			assert.Equal(t, `Basic, Bearer realm="api"`, strings.Join(e.Header()["Www-Authenticate"], ", "))
		}
	}
}
