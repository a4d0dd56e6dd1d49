package statushttp_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

func TestAttempt(t *testing.T) {
	post := func(change func(*http.Request)) *http.Request {
		r, err := http.NewRequest("POST", "http://www.example.com/", strings.NewReader("content"))
		require.NoError(t, err)
		change(r)
		return r
	}
	same := func(*http.Request) {}
	set := func(name string, values ...string) func(*http.Request) {
		return func(r *http.Request) { r.Header[name] = values }
	}
	resp := &http.Response{StatusCode: 503, Header: http.Header{"Retry-After": {"120"}}}
	for _, tt := range []struct {
		why  string
		req  *http.Request
		resp *http.Response
		want httpstatus.Attempt
	}{
		{"a POST", post(same), resp, httpstatus.Attempt{Method: "POST"}},
		{"the method as it is", &http.Request{Method: "get"}, resp, httpstatus.Attempt{Method: "get"}},
		{"no method, no header, no content", &http.Request{}, resp, httpstatus.Attempt{}},
		{"no request", nil, resp, httpstatus.Attempt{}},

		{"a key", post(set("Idempotency-Key", `"8e03978e-40d5-43e8-bc93-6894a57f9324"`)), resp, httpstatus.Attempt{Method: "POST", Vouched: true}},
		{"a key of the other name", post(set("X-Idempotency-Key", "1")), resp, httpstatus.Attempt{Method: "POST", Vouched: true}},
		{"a key in lower case", post(set("idempotency-key", "1")), resp, httpstatus.Attempt{Method: "POST", Vouched: true}},
		{"a key that is empty", post(set("Idempotency-Key", "")), resp, httpstatus.Attempt{Method: "POST"}},
		{"a key of spaces", post(set("Idempotency-Key", " \t")), resp, httpstatus.Attempt{Method: "POST"}},
		{"a second line with a key", post(set("Idempotency-Key", "", "1")), resp, httpstatus.Attempt{Method: "POST", Vouched: true}},
		{"vouching to net/http alone", post(set("Idempotency-Key")), resp, httpstatus.Attempt{Method: "POST", Vouched: true}},
		{"not quite the name", post(set("Idempotence-Key", "1")), resp, httpstatus.Attempt{Method: "POST"}},

		{"content that is at hand", post(same), resp, httpstatus.Attempt{Method: "POST"}},
		{"a stream", post(func(r *http.Request) { r.GetBody = nil }), resp, httpstatus.Attempt{Method: "POST", Unrepeatable: true}},
		{"no content", post(func(r *http.Request) { r.Body, r.GetBody = nil, nil }), resp, httpstatus.Attempt{Method: "POST"}},
		{"content that is empty", post(func(r *http.Request) { r.Body, r.GetBody = http.NoBody, nil }), resp, httpstatus.Attempt{Method: "POST"}},

		{"early data", post(set("Early-Data", "1")), resp, httpstatus.Attempt{Method: "POST", EarlyData: true}},
		{"early data, invalid but treated as 1", post(set("Early-Data", "0", "x")), resp, httpstatus.Attempt{Method: "POST", EarlyData: true}},

		{"answered itself", post(same), &http.Response{Request: post(same)}, httpstatus.Attempt{Method: "POST"}},
		{"answered after a 307", post(same), &http.Response{Request: post(func(r *http.Request) { r.URL.Path = "/other" })},
			httpstatus.Attempt{Method: "POST"}},
		{"answered after a 303", post(same), &http.Response{Request: &http.Request{Method: "GET"}}, httpstatus.Attempt{Method: "POST", Redirected: true}},
		{"the two ways to spell GET", &http.Request{Method: "GET"}, &http.Response{Request: &http.Request{}}, httpstatus.Attempt{Method: "GET"}},
		{"never answered", post(same), nil, httpstatus.Attempt{Method: "POST"}},
		{"nothing at all", nil, nil, httpstatus.Attempt{}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			before := time.Now()
			got := statushttp.Attempt(tt.req, tt.resp, nil)
			assert.False(t, got.Received.Before(before) || got.Received.After(time.Now()), tt.why)
			if tt.resp != nil {
				tt.want.Status, tt.want.Header = httpstatus.Code(tt.resp.StatusCode), tt.resp.Header
			}
			got.Received = time.Time{}
			assert.Equal(t, tt.want, got, tt.why)
		})
	}
}

// The whole way over a connection: what the server answers, what the client of
// net/http makes of it, and what is then decided about the request.
func TestRetry(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/busy", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	mux.HandleFunc("/dated", func(w http.ResponseWriter, _ *http.Request) { // by a clock that is a generation behind
		w.Header().Set("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
		w.Header().Set("Retry-After", "Sun, 06 Nov 1994 08:50:37 GMT")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	mux.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	mux.HandleFunc("/done", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/busy", http.StatusSeeOther) })
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/busy", http.StatusPermanentRedirect)
	})
	server := httptest.NewServer(mux)
	defer server.Close()

	for _, tt := range []struct {
		method, path, key string
		again             bool
		wait              time.Duration
		reason            httpstatus.RetryReason
	}{
		{"GET", "/busy", "", true, 2 * time.Minute, httpstatus.RetryIdempotent},
		{"POST", "/busy", "", true, 2 * time.Minute, httpstatus.RetryTimeNamed},
		{"POST", "/dated", "", true, time.Minute, httpstatus.RetryRefused},
		{"POST", "/broken", "", false, 0, httpstatus.NoRetryMayHaveApplied},
		{"POST", "/broken", "1", true, 0, httpstatus.RetryVouched},
		{"PUT", "/broken", "", true, 0, httpstatus.RetryIdempotent},
		{"POST", "/done", "", false, 2 * time.Minute, httpstatus.NoRetryMayHaveApplied}, // it was applied, and the page about it is busy
		{"POST", "/done", "1", true, 2 * time.Minute, httpstatus.RetryVouched},
		{"POST", "/moved", "", true, 2 * time.Minute, httpstatus.RetryTimeNamed}, // still a POST, and turned away
		{"DELETE", "/gone", "", false, 0, httpstatus.NoRetryPermanent},
	} {
		t.Run(tt.method+" "+tt.path+" "+tt.key, func(t *testing.T) {
			req, err := http.NewRequest(tt.method, server.URL+tt.path, strings.NewReader("content"))
			require.NoError(t, err)
			if tt.key != "" {
				req.Header.Set("Idempotency-Key", tt.key)
			}
			resp, err := server.Client().Do(req)
			require.NoError(t, err)
			_, err = io.Copy(io.Discard, resp.Body)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())

			r := statushttp.Retry(req, resp, nil)
			assert.Equal(t, tt.again, r.Again, "%s %s: %v", tt.method, tt.path, r.Reason)
			assert.Equal(t, tt.wait, r.Wait, "%s %s", tt.method, tt.path)
			assert.Equal(t, tt.wait > 0, r.HasWait, "%s %s", tt.method, tt.path)
			assert.Equal(t, tt.reason, r.Reason, "%s %s", tt.method, tt.path)
		})
	}

	assert.Equal(t, httpstatus.NoRetryInvalidStatus, statushttp.Retry(nil, nil, nil).Reason)
}

// What Attempt makes of errors, with and without a response.
func TestAttemptOfError(t *testing.T) {
	post := func(key ...string) *http.Request {
		r, err := http.NewRequest("POST", "http://user:secret@www.example.com/a", strings.NewReader("content"))
		require.NoError(t, err)
		r.Header["Idempotency-Key"] = key
		if key == nil {
			delete(r.Header, "Idempotency-Key")
		}
		return r
	}
	refused := error(&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED})
	from := func(op, u string) error { return &url.Error{Op: op, URL: u, Err: refused} }
	const not, was = httpstatus.NotApplied, httpstatus.WasApplied
	for _, tt := range []struct {
		why  string
		req  *http.Request
		resp *http.Response
		err  error
		want httpstatus.Attempt
	}{
		{"refused", post(), nil, refused, httpstatus.Attempt{Method: "POST", Lost: true, Applied: not}},
		{"lost", post(), nil, io.EOF, httpstatus.Attempt{Method: "POST", Lost: true}},
		{"given up", post(), nil, context.Canceled, httpstatus.Attempt{Method: "POST", Lost: true, Canceled: true}},
		{"a key, for which the transport tries twice", post("1"), nil, refused, httpstatus.Attempt{Method: "POST", Lost: true, Vouched: true}},
		{"a GET, for which it does too", &http.Request{Method: "GET"}, nil, refused, httpstatus.Attempt{Method: "GET", Lost: true}},
		{"a GET by another name", &http.Request{}, nil, refused, httpstatus.Attempt{Lost: true}},
		{"no request", nil, nil, refused, httpstatus.Attempt{Lost: true}},

		{"the client's error", post(), nil, from("Post", "http://user:***@www.example.com/a"), httpstatus.Attempt{Method: "POST", Lost: true, Applied: not}},
		{"after a redirect", post(), nil, from("Post", "http://user:***@www.example.com/b"),
			httpstatus.Attempt{Method: "POST", Lost: true, Applied: not, Redirected: true}},
		{"of another request", post(), nil, from("Get", "http://www.example.com/b"), httpstatus.Attempt{Method: "POST", Lost: true, Applied: not}},
		{"of no URL", post(), nil, from("Post", "\x00"), httpstatus.Attempt{Method: "POST", Lost: true, Applied: not}},
		{"a request without a URL", &http.Request{Method: "POST"}, nil, from("Post", "/"), httpstatus.Attempt{Method: "POST", Lost: true, Applied: not}},

		{"content that was cut off", post(), &http.Response{StatusCode: 201, Header: http.Header{"Retry-After": {"1"}}}, io.ErrUnexpectedEOF,
			httpstatus.Attempt{Method: "POST", Lost: true, Applied: was}},
		{"an error whose content was cut off", post(), &http.Response{StatusCode: 503}, io.ErrUnexpectedEOF, httpstatus.Attempt{Method: "POST", Status: 503}},
		{"a redirect that was not followed", post(), &http.Response{StatusCode: 302}, from("Post", "http://www.example.com/b"),
			httpstatus.Attempt{Method: "POST", Status: 302}},
		{"content of a page, cut off", post(), &http.Response{StatusCode: 200, Request: &http.Request{Method: "GET"}}, io.ErrUnexpectedEOF,
			httpstatus.Attempt{Method: "POST", Lost: true, Applied: was, Redirected: true}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got := statushttp.Attempt(tt.req, tt.resp, tt.err)
			assert.False(t, got.Received.IsZero())
			got.Received = time.Time{}
			assert.Equal(t, tt.want, got)
		})
	}
}

// A POST that was answered with a redirect to another page must not be sent again
// because the page cannot be reached.
func TestRetryOfLostRedirect(t *testing.T) {
	orders := 0
	page := closedPort()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		orders++
		http.Redirect(w, r, "http://"+page+"/thanks", http.StatusSeeOther)
	}))
	defer server.Close()
	req, err := http.NewRequest("POST", server.URL, strings.NewReader("one of each"))
	require.NoError(t, err)
	resp, err := server.Client().Do(req)
	require.Error(t, err)
	assert.Equal(t, 1, orders)
	r := statushttp.Retry(req, resp, err)
	assert.False(t, r.Again)
	assert.Equal(t, httpstatus.NoRetryMayHaveApplied, r.Reason)

	req, err = http.NewRequest("POST", "http://"+page, strings.NewReader("one of each"))
	require.NoError(t, err)
	resp, err = server.Client().Do(req)
	require.Error(t, err)
	assert.Equal(t, httpstatus.RetryNotApplied, statushttp.Retry(req, resp, err).Reason)
}
