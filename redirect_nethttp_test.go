package httpstatus_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/nethttp"
	"example.com/httpstatus/internal/reference"
)

// A hopServer redirects its first request as next says, answers the others with
// 200, and keeps the last one.
type hopServer struct {
	*httptest.Server
	mu       sync.Mutex
	status   int
	location []string
	count    int
	last     *http.Request
	content  string
}

func (s *hopServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	content, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last, s.content = r, string(content)
	if s.count++; s.count > 1 {
		return
	}
	if s.location != nil {
		w.Header()["Location"] = s.location
	}
	w.WriteHeader(s.status)
}

func (s *hopServer) next(status int, location []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count, s.status, s.location = 0, status, location
}

// newHopServer returns a server and a client that finds it under every name and
// port.
func newHopServer(t *testing.T) (*hopServer, *http.Client) {
	s := &hopServer{}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s, &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, s.Listener.Addr().String())
		},
	}}
}

var netHTTPFields = []string{
	"Content-Encoding", "Content-Language", "Content-Location", "Content-Type", // the first four; see nethttp.ContentFields
	"Authorization", "Cookie", "Proxy-Authorization", "Cookie2", "Proxy-Authenticate", "Www-Authenticate",
}

// The NetHTTPRedirects preset against what net/http really does, for every code
// of the class, every method and every kind of content.
func TestNetHTTPRedirectsOnLoopback(t *testing.T) {
	server, client := newHopServer(t)
	const from = "http://a.example/dir/x?y"
	for status := 300; status <= 309; status++ {
		for _, method := range append(reference.Methods(), "FROBNICATE") {
			for _, content := range []string{"", "repeatable", "not repeatable"} {
				for _, location := range [][]string{{"/end"}, {"http://b.a.example/end"}, {"http://b.example/end", "/other"}, nil} {
					if location != nil && len(location[0]) > 5 && method != "GET" && method != "POST" && method != "PUT" {
						continue // the fields that go do not depend on the method
					}
					server.next(status, location)
					req, err := http.NewRequest(method, from, nil)
					require.NoError(t, err)
					if content != "" {
						req, err = http.NewRequest(method, from, strings.NewReader(content))
						require.NoError(t, err)
						if content == "not repeatable" {
							req.GetBody = nil
						}
					}
					for _, name := range netHTTPFields {
						req.Header[name] = []string{"x"}
					}
					resp, err := client.Do(req)
					require.NoError(t, err)
					resp.Body.Close()

					plan := httpstatus.RedirectStep{
						Status: httpstatus.Code(status), Method: method, URL: from, Location: location,
						HasContent: content != "", Unrepeatable: content == "not repeatable",
					}.Plan(httpstatus.NetHTTPRedirects())
					about := fmt.Sprintf("%d %s, content %q, to %q: %v", status, method, content, location, plan.Reason)
					if !assert.Equal(t, server.count == 2, plan.Action == httpstatus.FollowRedirect, about) || server.count == 1 {
						assert.Equal(t, httpstatus.ReturnResponse, plan.Action, about)
						continue
					}
					assert.Equal(t, server.last.Method, plan.Method, about)
					assert.Equal(t, resp.Request.URL.String(), plan.URL, about)
					if plan.KeepContent {
						assert.Equal(t, content, server.content, about)
					} else {
						assert.Empty(t, server.content, about)
					}
					for i, name := range netHTTPFields {
						if i < 4 && nethttp.ContentFields.Here() == "kept" {
							assert.NotEmpty(t, server.last.Header[name], "%s: %s", name, about)
							continue // the preset is net/http's since Go 1.26
						}
						dropped := slices.ContainsFunc(plan.DropHeaders, func(drop string) bool { return strings.EqualFold(drop, name) })
						assert.Equal(t, server.last.Header[name] == nil, dropped, "%s: %s", name, about)
					}
				}
			}
		}
	}
}

// Where the target is refused, so it is by net/http; where it is followed, the
// URL is the same.
func TestNetHTTPRedirectsTargets(t *testing.T) {
	server, client := newHopServer(t)
	const from = "http://u:p%40@a.example/dir/x%20y?q#f"
	for _, location := range []string{
		"", " ", "#", "#g", "?", "?r", "z", "/z", "//b.example/z", "///z", "//", "//b.example", "../../z", "/..//z", "/.//..//z", "z/..", "./", ".",
		"http:z", "http:/z", "http:", "http://", "http:///z", "HTTP://B.example/%7e", "https:", "ftp://b.example/", "mailto:x", "a:b", "1:b", ":b",
		"http://b.example:80/", "http://b.example:/", "http://:8080/", "http://b.example:x/",
		"http://v:w@b.example/", "http://v@b.example/", "http://@b.example/", "http://v w@b.example/", "http://v:w:z@b.example/",
		"/a b", "/\u00e4", "/a%2fb c", "/%zz", "/100%", "/?a b", "/?\u00e4[]", "/#a b", "/#%zz", "/a[]{}|^`<>\"", "/a!'()*;z", "/#!'()*[]{}",
		`/\b.example`, `\b`, "http://b.example/a;b=c,d?e=f/g", "http://[::1]/", "http://[::1]:80/z", "http://[::1/", "http://b<.example/",
		"http://b%41.example/", "http://b.example%20/", "http://b .example/", "*", "%2e%2e/z", "/%2e%2e /z", "%2F\u00e9", "x%2F\u00e9", "%2F",
	} {
		if location == "/.//..//z" && nethttp.DotSegments.Here() != "`/z`" {
			continue // the preset is net/http's since Go 1.26
		}
		server.next(302, []string{location})
		resp, err := client.Get(from)
		plan := httpstatus.RedirectStep{Status: 302, URL: from, Location: []string{location}}.Plan(httpstatus.NetHTTPRedirects())
		switch {
		case err != nil:
			assert.Equal(t, httpstatus.RefuseRedirect, plan.Action, "%q gives %q, net/http says %v", location, plan.URL, err)
		case resp.StatusCode == 302: // 400 is the server's opinion of what was followed
			assert.Equal(t, httpstatus.ReturnResponse, plan.Action, "%q gives %q", location, plan.URL)
		default:
			assert.Equal(t, resp.Request.URL.String(), plan.URL, "%q: %v", location, plan.Reason)
		}
		if err == nil {
			resp.Body.Close()
		}
	}
}

// Ten requests, and what a chain does to credentials.
func TestNetHTTPRedirectsInChain(t *testing.T) {
	requests := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests++
		http.Redirect(w, r, fmt.Sprintf("/%d", requests), http.StatusFound)
	}))
	t.Cleanup(server.Close)
	_, err := http.Get(server.URL)
	assert.Error(t, err)
	followed := 0
	for (httpstatus.RedirectStep{Status: 302, URL: server.URL, Location: []string{"/x"},
		Followed: followed}).Plan(httpstatus.NetHTTPRedirects()).Action == httpstatus.FollowRedirect {
		followed++
	}
	assert.Equal(t, requests, followed+1)
}
