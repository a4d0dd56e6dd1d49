package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/conform"
	"example.com/httpstatus/docs/site"
	"example.com/httpstatus/internal/card"
	"example.com/httpstatus/probe"
)

func siteHandlerOf(t *testing.T) http.Handler {
	t.Helper()
	h, err := newSiteHandler(site.Files)
	require.NoError(t, err)
	return conform.AssertHandler(t, h)
}

// TestServeAnswers: what the addresses answer, by the book.
func TestServeAnswers(t *testing.T) {
	h := siteHandlerOf(t)
	for _, tt := range []struct {
		method, target string
		status         int
		contentType    string
		field, value   string
	}{
		{"GET", "/", 200, "text/html; charset=utf-8", "X-Content-Type-Options", "nosniff"},
		{"HEAD", "/", 200, "text/html; charset=utf-8", "X-Content-Type-Options", "nosniff"},
		{"GET", "/404/", 200, "text/html; charset=utf-8", "Cache-Control", "no-cache"},
		{"GET", "/404", 302, "", "Location", "/404/"},
		{"GET", "/conform/405-allow-missing?a=b", 302, "", "Location", "/conform/405-allow-missing/?a=b"},
		{"GET", "/404/index.html", 200, "text/html; charset=utf-8", "", ""},
		{"GET", "/404.json", 200, "application/json", "", ""},
		{"GET", "/all.json", 200, "application/json", "", ""},
		{"GET", "/style.css", 200, "text/css; charset=utf-8", "", ""},
		{"GET", "/filter.js", 200, "text/javascript; charset=utf-8", "", ""},
		{"GET", "/icon.svg", 200, "image/svg+xml", "", ""},
		{"GET", "/sitemap.xml", 200, "application/xml", "", ""},
		{"GET", "/nowhere", 404, "application/json", "", ""},
		{"GET", "/embed.go", 404, "application/json", "", ""},
		{"GET", "/../404/", 404, "application/json", "", ""},
		{"GET", "//404", 404, "application/json", "", ""},
		{"GET", "/404/%2e%2e/", 404, "application/json", "", ""},
		{"POST", "/404/", 405, "application/json", "Allow", "GET, HEAD"},
		{"PUT", "/404", 405, "application/json", "Allow", "GET, HEAD"},
		{"DELETE", "/nowhere", 404, "application/json", "", ""},
	} {
		t.Run(tt.method+" "+tt.target, func(t *testing.T) {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(tt.method, tt.target, nil))
			assert.Equal(t, tt.status, w.Code)
			assert.Equal(t, tt.contentType, w.Header().Get("Content-Type"))
			if tt.field != "" {
				assert.Equal(t, tt.value, w.Header().Get(tt.field))
			}
		})
	}
}

// TestServeCondition: a browser that has the page is told so.
func TestServeCondition(t *testing.T) {
	h := siteHandlerOf(t)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/404/", nil))
	tag := w.Header().Get("ETag")
	require.Regexp(t, `^"[0-9a-f]{32}"$`, tag)
	r := httptest.NewRequest("GET", "/404/", nil)
	r.Header.Set("If-None-Match", tag)
	w = httptest.NewRecorder()
	h.ServeHTTP(w, r)
	assert.Equal(t, 304, w.Code)
	assert.Empty(t, w.Body.Bytes())
}

// TestServeSameAsJSON: /404.json is what the command prints.
func TestServeSameAsJSON(t *testing.T) {
	h := siteHandlerOf(t)
	for target, args := range map[string][]string{
		"/404.json": {"-json", "404"}, "/499.json": {"-json", "499"}, "/418.json": {"-json", "418"}, "/all.json": {"list", "-json"},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", target, nil))
		_, out, _ := runWith(nil, 0, args...)
		assert.Equal(t, out, w.Body.String(), "%s: docs/site is stale; run make generate", target)
	}
	var all []card.Card
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/all.json", nil))
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &all))
}

// TestServeByTheBook: a prober finds nothing to warn of.
func TestServeByTheBook(t *testing.T) {
	h, err := newSiteHandler(site.Files)
	require.NoError(t, err)
	o := probe.Options{Write: true, Pause: -1, Check: []conform.Option{conform.MinSeverity(conform.Warning)}}
	for _, path := range []string{"/404/", "/404.json", "/404", "/"} {
		probe.Test(t, h, path, o)
	}
}

// TestServeEveryFile: each file of the site is served, and has a media type.
func TestServeEveryFile(t *testing.T) {
	h, err := newSiteHandler(site.Files)
	require.NoError(t, err)
	files := 0
	err = fs.WalkDir(site.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest("GET", "/"+name, nil))
			want, _ := fs.ReadFile(site.Files, name)
			assert.True(t, w.Code == 200 && bytes.Equal(want, w.Body.Bytes()), name)
			files++
		}
		return err
	})
	require.NoError(t, err)
	assert.Greater(t, files, 300)
}

// TestServeEnds: the address is printed, it answers there, and it ends when it is
// told to.
func TestServeEnds(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	read, write := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- serve(ctx, listener, write) }()
	line := make([]byte, 200)
	n, err := read.Read(line)
	require.NoError(t, err)
	url := strings.TrimPrefix(strings.TrimSuffix(string(line[:n]), " until ^C.\n"), "The pages are at ")
	require.Equal(t, "http://"+listener.Addr().String()+"/", url)
	resp, err := http.Get(url + "404.json")
	require.NoError(t, err)
	assert.Equal(t, 200, resp.StatusCode)
	require.NoError(t, resp.Body.Close())
	cancel()
	assert.NoError(t, <-done)
	_, err = net.Dial("tcp", listener.Addr().String())
	assert.Error(t, err)
}

// TestServeUsage: what serve does not understand, and an address that cannot be
// listened at.
func TestServeUsage(t *testing.T) {
	status, _, errout := runWith(nil, 0, "serve", "404")
	assert.Equal(t, exitUsage, status)
	assert.Contains(t, errout, "serve takes no words")
	status, _, errout = runWith(nil, 0, "serve", "-addr", "nowhere")
	assert.Equal(t, exitFailure, status)
	assert.Contains(t, errout, "nowhere")
}

func TestSiteURL(t *testing.T) {
	for in, want := range map[string]string{
		"127.0.0.1:8404": "http://127.0.0.1:8404/", "[::1]:80": "http://[::1]:80/",
		"[::]:8404": "http://localhost:8404/", "0.0.0.0:1": "http://localhost:1/",
	} {
		addr, err := net.ResolveTCPAddr("tcp", in)
		require.NoError(t, err)
		assert.Equal(t, want, siteURL(addr))
	}
}
