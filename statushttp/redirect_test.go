package statushttp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
	"example.com/httpstatus/statushttp"
)

// A recorder is a server that redirects as the query of the URL says, in
// ?status=307&to=/end, and keeps what it received.
type recorder struct {
	*httptest.Server
	mu       sync.Mutex
	requests []received
}

type received struct {
	Method, URL, Content string
	Header               http.Header
	Host                 string
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	content, _ := io.ReadAll(req.Body)
	r.mu.Lock()
	r.requests = append(r.requests, received{req.Method, req.RequestURI, string(content), req.Header, req.Host})
	r.mu.Unlock()
	q := req.URL.Query()
	for _, c := range q["cookie"] {
		w.Header().Add("Set-Cookie", c)
	}
	if to, ok := q["to"]; ok {
		w.Header()["Location"] = to
	}
	status := http.StatusOK
	fmt.Sscan(q.Get("status"), &status)
	w.WriteHeader(status)
}

// last returns the newest request, and how many there were.
func (r *recorder) last() (received, int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.requests) == 0 {
		return received{}, 0
	}
	return r.requests[len(r.requests)-1], len(r.requests)
}

func newRecorder(t *testing.T) *recorder {
	r := &recorder{}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func newClient(policy httpstatus.RedirectPolicy) *http.Client {
	return &http.Client{Transport: transport, CheckRedirect: statushttp.CheckRedirect(policy)}
}

var transport = &http.Transport{MaxIdleConnsPerHost: 4}

var strict httpstatus.RedirectPolicy

// link is a URL of r that redirects to each location with the status.
func (r *recorder) link(status int, locations ...string) string {
	link := fmt.Sprintf("%s/?status=%d", r.URL, status)
	for _, l := range locations {
		link += "&to=" + strings.NewReplacer("%", "%25", "&", "%26", "#", "%23", "+", "%2B").Replace(l)
	}
	return link
}

// The methods of the IANA registry and one that is not in it.
var methods = append(reference.Methods(), "FROBNICATE")

// What net/http does with each method on each redirect, and what the policy
// makes of it, with and without content. CONNECT and PRI are sent like any other
// method, since their target is a path here, and so is "*".
func TestCheckRedirectMethods(t *testing.T) {
	server := newRecorder(t)
	for _, status := range []httpstatus.Code{301, 302, 303, 307, 308} {
		for _, method := range methods {
			for _, content := range []string{"", "hello"} {
				send := func(client *http.Client) received {
					req, err := http.NewRequest(method, server.link(int(status), "/end"), nil)
					require.NoError(t, err)
					if content != "" {
						req, err = http.NewRequest(method, req.URL.String(), strings.NewReader(content))
						require.NoError(t, err)
						req.Header.Set("Content-Type", "text/plain")
						req.Header.Set("Content-Digest", "sha-256=:x:")
					}
					req.Header.Set("Accept", "text/plain")
					resp, err := client.Do(req)
					require.NoError(t, err, "%v %s", status, method)
					resp.Body.Close()
					assert.Equal(t, 200, resp.StatusCode, "%v %s", status, method)
					got, _ := server.last()
					assert.Equal(t, "/end", got.URL)
					assert.Equal(t, "text/plain", got.Header.Get("Accept"))
					return got
				}

				plain := send(&http.Client{Transport: transport})
				wantMethod, wantContent := method, content
				if status <= 303 {
					wantContent = ""
					if method != "HEAD" {
						wantMethod = "GET"
					}
				}
				assert.Equal(t, wantMethod, plain.Method, "net/http, %v %s", status, method)
				assert.Equal(t, wantContent, plain.Content, "net/http, %v %s", status, method)

				ours := send(newClient(strict))
				wantMethod, keep := status.RedirectMethod(method)
				assert.Equal(t, wantMethod, ours.Method, "%v %s", status, method)
				if keep {
					assert.Equal(t, content, ours.Content, "%v %s", status, method)
				} else {
					assert.Empty(t, ours.Content, "%v %s", status, method)
				}
				for _, field := range []string{"Content-Type", "Content-Digest"} {
					assert.Equal(t, keep && content != "", ours.Header[field] != nil, "%s, %v %s", field, status, method)
				}
			}
		}
	}
}

// Codes that are no redirects, and redirects without a Location, are answers.
func TestCheckRedirectReturns(t *testing.T) {
	server := newRecorder(t)
	for _, link := range []string{
		server.link(300, "/end"), server.link(304, "/end"), server.link(305, "/end"), server.link(306, "/end"), server.link(201, "/end"),
		server.link(302), server.link(308, ""),
	} {
		resp, err := newClient(strict).Get(link)
		require.NoError(t, err, link)
		resp.Body.Close()
		assert.NotEqual(t, 200, resp.StatusCode, link)
	}
}

func TestCheckRedirectRefuses(t *testing.T) {
	server, other := newRecorder(t), newRecorder(t)
	secure := httptest.NewTLSServer(server)
	t.Cleanup(secure.Close)
	for _, tt := range []struct {
		why  string
		link string
		want httpstatus.RedirectReason
	}{
		{"two Locations", server.link(302, "/a", "/b"), httpstatus.RedirectManyLocations},
		{"user information", server.link(302, strings.Replace(other.URL, "//", "//a@", 1)), httpstatus.RedirectUserinfo},
		{"a backslash", server.link(302, `/\example.com/`), httpstatus.RedirectBackslash},
		{"no host", server.link(302, "http:///"), httpstatus.RedirectNoHost},
		{"a file", server.link(302, "file:///etc/passwd"), httpstatus.RedirectScheme},
		{"brackets", server.link(302, "/?a[]"), httpstatus.RedirectBadLocation},
		{"https to http", strings.Replace(server.link(302, server.URL), server.URL, secure.URL, 1), httpstatus.RedirectDowngrade},
	} {
		t.Run(tt.why, func(t *testing.T) {
			client := secure.Client()
			client.CheckRedirect = statushttp.CheckRedirect(strict)
			resp, err := client.Get(tt.link)
			var refused *statushttp.RedirectError
			if assert.ErrorAs(t, err, &refused, tt.why) {
				assert.Equal(t, statushttp.RedirectError{Reason: tt.want, Status: 302}, *refused, tt.why)
				assert.Contains(t, err.Error(), "statushttp: redirect refused: the ", tt.why)
				assert.Equal(t, 302, resp.StatusCode, "the response comes with the error")
			}
		})
	}
}

// Content that cannot be produced again: net/http sends the request without it
// on 301 and 302, and returns a 307 as the answer without asking.
func TestCheckRedirectUnrepeatableContent(t *testing.T) {
	server := newRecorder(t)
	for _, tt := range []struct {
		status int
		method string
		want   int // 0: an error
	}{
		{301, "POST", 200}, {302, "PUT", 0}, {303, "PUT", 200}, {307, "PUT", 307}, {308, "POST", 308},
	} {
		t.Run(fmt.Sprintf("%d %s", tt.status, tt.method), func(t *testing.T) {
			req, err := http.NewRequest(tt.method, server.link(tt.status, "/end"), io.NopCloser(strings.NewReader("hello")))
			require.NoError(t, err)
			resp, err := newClient(strict).Do(req)
			if tt.want == 0 {
				var refused *statushttp.RedirectError
				require.ErrorAs(t, err, &refused)
				assert.Equal(t, httpstatus.RedirectContentGone, refused.Reason)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tt.want, resp.StatusCode, "%+v", tt)
			resp.Body.Close()
		})
	}
}

// GetBody may fail, and its error is the client's.
func TestCheckRedirectGetBodyFails(t *testing.T) {
	server := newRecorder(t)
	req, err := http.NewRequest("PUT", server.link(302, "/end"), strings.NewReader("hello"))
	require.NoError(t, err)
	broken := errors.New("no more")
	req.GetBody = func() (io.ReadCloser, error) { return nil, broken }
	_, err = newClient(strict).Do(req)
	assert.ErrorIs(t, err, broken)
}

// Content goes along through redirects that net/http has dropped it for, and
// never comes back once it is gone.
func TestCheckRedirectContentInChain(t *testing.T) {
	server := newRecorder(t)
	send := func(link string) received {
		req, err := http.NewRequest("PUT", link, strings.NewReader("hello"))
		require.NoError(t, err)
		req.Header["Content-Type"] = []string{"text/plain"}
		req.Header["Digest"] = []string{"x"}
		req.Header["If-Match"] = []string{`"x"`}
		resp, err := newClient(strict).Do(req)
		require.NoError(t, err)
		resp.Body.Close()
		got, _ := server.last()
		assert.Equal(t, `"x"`, got.Header.Get("If-Match"))
		return got
	}
	got := send(server.link(302, server.link(307, server.link(301, "/end"))))
	assert.Equal(t, "PUT hello", got.Method+" "+got.Content)
	assert.Equal(t, "text/plain", got.Header.Get("Content-Type"))
	assert.Equal(t, "x", got.Header.Get("Digest"))

	got = send(server.link(302, server.link(303, server.link(308, "/end"))))
	assert.Equal(t, "GET ", got.Method+" "+got.Content)
	assert.Empty(t, got.Header["Content-Type"])
	assert.Empty(t, got.Header["Digest"])
}

// No credential reaches another origin, whatever way leads there, nor the first
// one again after another was in between. net/http by itself sends all of them
// here, because only the port differs.
func TestCheckRedirectCredentials(t *testing.T) {
	a, b := newRecorder(t), newRecorder(t)
	policy := httpstatus.RedirectPolicy{SensitiveHeaders: []string{"x-api-key"}}
	credentials := []string{"Authorization", "Cookie", "Proxy-Authorization", "X-Api-Key"}
	send := func(client *http.Client, link string) {
		req, err := http.NewRequest("GET", link, nil)
		require.NoError(t, err)
		for _, name := range credentials {
			req.Header.Set(name, "secret=1")
		}
		req.Header["x-api-key"] = []string{"secret"} // net/http writes it as it is spelled
		resp, err := client.Do(req)
		require.NoError(t, err)
		resp.Body.Close()
	}
	check := func(r *recorder, want bool, why string) {
		got, _ := r.last()
		for _, name := range credentials {
			assert.Equal(t, want, got.Header.Get(name) != "", "%s: %s", why, name)
		}
	}
	for _, status := range []int{301, 302, 303, 307, 308} {
		send(newClient(policy), a.link(status, a.link(status, "/end")))
		check(a, true, "the same origin")
		send(newClient(policy), a.link(status, b.URL+"/end"))
		check(b, false, "another port")
		send(newClient(policy), a.link(status, strings.Replace(b.URL, "127.0.0.1", "localhost", 1)+"/end"))
		check(b, false, "another name")
		send(newClient(policy), a.link(status, b.link(status, a.URL+"/end")))
		check(a, false, "there and back")
		send(newClient(policy), a.link(status, b.link(status, a.link(status, a.URL+"/end"))))
		check(a, false, "and on")
		send(newClient(policy), a.link(status, b.link(status, b.URL+"/end")))
		check(b, false, "staying there")

		send(&http.Client{Transport: transport}, a.link(status, b.URL+"/end"))
		check(b, true, "net/http by itself")
	}

	// A jar's cookies are the jar's affair, and do not bring back the others.
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	client := newClient(policy)
	client.Jar = jar
	send(client, a.link(302, b.link(302, a.URL+"/end")+"&cookie=b%3D2"))
	got, _ := a.last()
	assert.Equal(t, "b=2", got.Header.Get("Cookie"))
}

// Credentials in the URL stay with its origin, and do not make one of their own.
func TestCheckRedirectUserinfoOfTheUser(t *testing.T) {
	a, b := newRecorder(t), newRecorder(t)
	get := func(link string) {
		resp, err := newClient(strict).Get(strings.Replace(link, "//", "//user:pass@", 1))
		require.NoError(t, err)
		resp.Body.Close()
	}
	get(a.link(302, "/?status=302&to=/end"))
	got, _ := a.last()
	assert.NotEmpty(t, got.Header.Get("Authorization"))
	get(a.link(302, b.link(302, a.URL+"/end")))
	got, _ = a.last()
	assert.Empty(t, got.Header.Get("Authorization"))
	got, _ = b.last()
	assert.Empty(t, got.Header.Get("Authorization"))
}

func TestCheckRedirectRefererAndHost(t *testing.T) {
	a, b := newRecorder(t), newRecorder(t)
	send := func(client *http.Client, link string) {
		req, err := http.NewRequest("GET", link, nil)
		require.NoError(t, err)
		req.Host = "alias.example"
		resp, err := client.Do(req)
		require.NoError(t, err)
		resp.Body.Close()
	}
	send(newClient(strict), a.link(302, "/end"))
	got, _ := a.last()
	assert.Equal(t, "alias.example", got.Host)
	assert.NotEmpty(t, got.Header.Get("Referer"))

	away := strings.TrimPrefix(b.URL, "http:") + "/end"
	send(newClient(strict), a.link(302, away))
	got, _ = b.last()
	assert.Equal(t, strings.TrimPrefix(b.URL, "http://"), got.Host)
	assert.Empty(t, got.Header.Get("Referer"))

	send(&http.Client{Transport: transport}, a.link(302, away))
	got, _ = b.last()
	assert.Equal(t, "alias.example", got.Host, "net/http by itself")
	assert.NotEmpty(t, got.Header.Get("Referer"), "net/http by itself")
}

func TestCheckRedirectLoops(t *testing.T) {
	loop := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		loop++
		switch req.URL.Path {
		case "/self":
			http.Redirect(w, req, "/self", http.StatusFound)
		case "/ping":
			http.Redirect(w, req, "/pong", http.StatusFound)
		case "/pong":
			http.Redirect(w, req, "/ping#x", http.StatusFound)
		case "/form": // POST, then GET of the same URL: not the same request
			if req.Method == "POST" {
				http.Redirect(w, req, "/form", http.StatusSeeOther)
			}
		case "/cookie": // the cookie makes the difference
			if req.Header.Get("Cookie") == "" {
				http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
				http.Redirect(w, req, "/cookie", http.StatusFound)
			}
		case "/poll": // done at the third time of asking, if it says so
			if loop < 3 {
				if after := req.URL.Query().Get("after"); after != "" {
					w.Header().Set("Retry-After", after)
				}
				http.Redirect(w, req, req.URL.String(), http.StatusFound)
			}
		case "/forever":
			w.Header().Set("Retry-After", "0")
			http.Redirect(w, req, "/forever", http.StatusTemporaryRedirect)
		case "/count":
			http.Redirect(w, req, fmt.Sprintf("/count?%d", loop), http.StatusFound)
		}
	}))
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	client := newClient(strict)
	client.Jar = jar
	for _, tt := range []struct {
		method, path string
		requests     int
		want         *statushttp.RedirectError
	}{
		{"GET", "/self", 1, &statushttp.RedirectError{Status: 302, Loop: true}},
		{"GET", "/ping", 2, &statushttp.RedirectError{Status: 302, Loop: true}},
		{"POST", "/form", 2, nil},
		{"GET", "/cookie", 2, nil},
		{"GET", "/poll", 1, &statushttp.RedirectError{Status: 302, Loop: true}},
		{"GET", "/poll?after=0", 3, nil},
		{"GET", "/poll?after=1", 3, nil},
		{"GET", "/poll?after=Sun,+06+Nov+1994+08:49:37+GMT", 3, nil},
		{"GET", "/poll?after=soon", 1, &statushttp.RedirectError{Status: 302, Loop: true}},
		{"GET", "/forever", 21, &statushttp.RedirectError{Status: 307, Reason: httpstatus.RedirectTooMany}},
		{"GET", "/count", 21, &statushttp.RedirectError{Status: 302, Reason: httpstatus.RedirectTooMany}},
	} {
		t.Run(tt.method+" "+tt.path, func(t *testing.T) {
			loop = 0
			req, err := http.NewRequest(tt.method, server.URL+tt.path, nil)
			require.NoError(t, err)
			_, err = client.Do(req)
			var refused *statushttp.RedirectError
			if errors.As(err, &refused) {
				assert.Equal(t, tt.want, refused, tt.path)
			} else {
				assert.NoError(t, err, tt.path)
				assert.Nil(t, tt.want, tt.path)
			}
			assert.Equal(t, tt.requests, loop, tt.path)
		})
	}
}

func TestCheckRedirectInheritsFragment(t *testing.T) {
	server := newRecorder(t)
	resp, err := newClient(strict).Get(server.link(301, server.link(302, "/end")) + "#part")
	require.NoError(t, err)
	resp.Body.Close()
	assert.Equal(t, server.URL+"/end#part", resp.Request.URL.String())
}

// A policy other than the zero one is passed on to the plan.
func TestCheckRedirectPolicies(t *testing.T) {
	server, other := newRecorder(t), newRecorder(t)
	sensitive := []string{"X-Key"}
	for _, tt := range []struct {
		policy httpstatus.RedirectPolicy
		method string // of the request that follows a PUT with 302; "" if it is refused
		secret bool   // on another port
	}{
		{strict, "", false},
		{httpstatus.RedirectPolicy{RepairLocation: true}, "PUT", true},
		{httpstatus.RedirectPolicy{RepairLocation: true, SensitiveHeaders: sensitive}, "PUT", false},
		{httpstatus.FetchRedirects(), "PUT", true},
		{httpstatus.NetHTTPRedirects(), "GET", true},
	} {
		t.Run(fmt.Sprintf("%+v", tt.policy), func(t *testing.T) {
			client := newClient(tt.policy)
			sensitive[0] = "changed" // the function has its own copy
			req, err := http.NewRequest("PUT", server.link(302, server.link(302, other.URL+"/a?c[]")), strings.NewReader("x"))
			require.NoError(t, err)
			req.Header.Set("X-Key", "secret")
			_, err = client.Do(req)
			sensitive[0] = "X-Key"
			if tt.method == "" {
				var refused *statushttp.RedirectError
				require.ErrorAs(t, err, &refused)
				assert.Equal(t, httpstatus.RedirectBadLocation, refused.Reason)
				return
			}
			require.NoError(t, err)
			got, _ := other.last()
			assert.Equal(t, tt.method, got.Method)
			assert.Equal(t, tt.secret, got.Header.Get("X-Key") != "")
		})
	}
}

// A program may call the function without what a client gives it.
func TestCheckRedirectWithoutResponse(t *testing.T) {
	req := httptest.NewRequest("GET", "http://example.com/", nil)
	assert.Error(t, statushttp.CheckRedirect(strict)(req, nil))
	assert.Error(t, statushttp.CheckRedirect(strict)(req, []*http.Request{req}))
	assert.NotPanics(t, func() { _ = (&statushttp.RedirectError{}).Error() })
	assert.EqualError(t, &statushttp.RedirectError{Loop: true}, "statushttp: redirect refused: the same request was already sent in this chain of redirects")
}

// Hosts that a policy cannot read, but net/http can: relative redirects of such a
// site work, and keep credentials; other hosts do not get them.
func TestCheckRedirectOddHosts(t *testing.T) {
	b := newRecorder(t)
	dialer := &net.Dialer{}
	all := &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return dialer.DialContext(ctx, network, b.Listener.Addr().String())
	}}
	t.Cleanup(all.CloseIdleConnections)
	for _, policy := range []struct {
		name   string
		policy httpstatus.RedirectPolicy
	}{{"strict", strict}, {"Fetch", httpstatus.FetchRedirects()}, {"net/http", httpstatus.NetHTTPRedirects()}} {
		for _, tt := range []struct {
			name, from, to, end string
			auth                bool
		}{
			{"IDN", "http://b\u00fccher.example", "/b?status=302&to=/c", "http://b%C3%BCcher.example/c", true},
			{"IDN with a port", "http://b\u00fccher.example:8080", "/b?status=302&to=/c", "http://b%C3%BCcher.example:8080/c", true},
			{"a zone", "http://[fe80::1%25en0]:8080", "/b?status=302&to=/c", "http://[fe80::1%25en0]:8080/c", true},
			{"from IDN to another host", "http://b\u00fccher.example", "http://other.example/c", "http://other.example/c", false},
			{"and from a zone", "http://[fe80::1%25en0]", "http://other.example/c", "http://other.example/c", false},
		} {
			t.Run(policy.name+", "+tt.name, func(t *testing.T) {
				client := &http.Client{Transport: all, CheckRedirect: statushttp.CheckRedirect(policy.policy)}
				req, err := http.NewRequest("GET", tt.from+"/a?status=302&to="+url.QueryEscape(tt.to), nil)
				require.NoError(t, err)
				req.Header.Set("Authorization", "Bearer x")
				resp, err := client.Do(req)
				require.NoError(t, err)
				resp.Body.Close()
				assert.Equal(t, tt.end, resp.Request.URL.String())
				got, _ := b.last()
				assert.Equal(t, tt.auth, got.Header.Get("Authorization") != "")
			})
		}
	}
}
