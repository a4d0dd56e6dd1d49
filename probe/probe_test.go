package probe_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/conform"
	"example.com/httpstatus/probe"
)

// quick are options without a pause.
func quick() probe.Options { return probe.Options{Pause: -1, Timeout: 5 * time.Second} }

// findings returns the ids of the rules that a report names, warnings and errors
// alone unless all is said.
func findings(r *probe.Report, all bool) []string {
	var ids []string
	for _, result := range r.Results {
		for _, f := range result.Findings {
			if (all || f.Severity > conform.Info) && !slices.Contains(ids, f.Rule) {
				ids = append(ids, f.Rule)
			}
		}
	}
	return ids
}

// TestCleanServer holds that a server that answers by the book has no finding.
func TestCleanServer(t *testing.T) {
	for _, test := range []struct {
		why   string
		start func(http.Handler) *httptest.Server
	}{
		{"http", httptest.NewServer},
		{"https", httptest.NewTLSServer},
		{"HTTP/2", func(h http.Handler) *httptest.Server {
			s := httptest.NewUnstartedServer(h)
			s.EnableHTTP2 = true
			s.StartTLS()
			return s
		}},
	} {
		for _, write := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, write %t", test.why, write), func(t *testing.T) {
				s := test.start(newShop(nil))
				defer s.Close()
				o := quick()
				o.Client, o.Write = s.Client(), write
				r, err := probe.Run(t.Context(), s.URL+"/thing", o)
				require.NoError(t, err)
				assert.Empty(t, findings(r, false), "%+v", r.Results)
				assert.Empty(t, r.Unasked)
				assert.Greater(t, r.Requests, 40)
				_, found := r.Worst()
				assert.Equal(t, len(r.Results) > 0, found)
			})
		}
	}
}

// TestReadOnly holds that without Write no request has a method that is not safe,
// but for one that no server knows.
func TestReadOnly(t *testing.T) {
	var mu sync.Mutex
	methods := map[string]int{}
	s := httptest.NewServer(newShop(func(_ *shop, _ http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		defer mu.Unlock()
		methods[r.Method]++
		return false
	}))
	defer s.Close()
	_, err := probe.Run(t.Context(), s.URL+"/thing", quick())
	require.NoError(t, err)
	for method := range methods {
		assert.Contains(t, []string{"GET", "HEAD", "OPTIONS", "TRACE", "HTTPSTATUSPROBE"}, method)
	}
	o := quick()
	o.Write = true
	_, err = probe.Run(t.Context(), s.URL+"/thing", o)
	require.NoError(t, err)
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE"} {
		assert.Positive(t, methods[method], method)
	}
}

// TestOneOrigin holds that no request leaves the origin, and that no credential
// is told.
func TestOneOrigin(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("a request to another origin")
	}))
	defer elsewhere.Close()
	s := httptest.NewServer(newShop(func(_ *shop, w http.ResponseWriter, r *http.Request) bool {
		if r.Host != "httpstatus-probe.invalid" && r.Header.Get("Authorization") != "Bearer s3cret%" {
			t.Errorf("no credentials with %s", r.Method)
		}
		if r.URL.Path == "/moved" {
			w.Header().Set("Location", elsewhere.URL+"/thing")
			w.WriteHeader(302)
			return true
		}
		return false
	}))
	defer s.Close()
	for _, path := range []string{"/thing", "/moved"} {
		var said bytes.Buffer
		o := quick()
		o.Header = http.Header{"authorization": {"Bearer s3cret%"}}
		o.Write = true
		o.Report = func(step probe.Step) { fmt.Fprintf(&said, "%+v\n", step) }
		o.Client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { t.Error("a redirect is followed"); return nil }}
		r, err := probe.Run(t.Context(), s.URL+path, o)
		require.NoError(t, err)
		require.NoError(t, r.HAR(&said, time.Unix(0, 0)))
		fmt.Fprintf(&said, "%+v", r)
		assert.NotContains(t, said.String(), "s3cret")
		assert.Equal(t, s.URL+path, r.URL)
	}
}

// TestMax holds that no more requests are sent than asked for, and that what was
// not asked is told.
func TestMax(t *testing.T) {
	for _, limit := range []int{1, 2, 3, 10, 46, 60} {
		var mu sync.Mutex
		got := 0
		s := httptest.NewServer(newShop(func(*shop, http.ResponseWriter, *http.Request) bool {
			mu.Lock()
			defer mu.Unlock()
			got++
			return false
		}))
		o := quick()
		o.Max = limit
		steps := 0
		o.Report = func(step probe.Step) {
			steps++
			assert.Equal(t, steps, step.Number)
			assert.Equal(t, limit, step.Max)
		}
		r, err := probe.Run(t.Context(), s.URL+"/thing", o)
		s.Close()
		require.NoError(t, err)
		assert.LessOrEqual(t, r.Requests, limit+1, "two on one connection are one question")
		assert.Equal(t, r.Requests, steps)
		assert.LessOrEqual(t, got, r.Requests)
		assert.Equal(t, limit < 45, len(r.Unasked) > 0, "limit %d", limit)
	}
}

func TestRedirects(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("/thing", newShop(nil))
	hop := func(from, to string) {
		mux.HandleFunc(from, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(302)
		})
	}
	hop("/one", "/two")
	hop("/two", "/thing")
	hop("/round", "/about")
	hop("/about", "/round")
	for i := range 20 {
		hop(fmt.Sprintf("/long/%d", i), fmt.Sprintf("/long/%d", i+1))
	}
	s := httptest.NewServer(mux)
	defer s.Close()

	r, err := probe.Run(t.Context(), s.URL+"/one", quick())
	require.NoError(t, err)
	assert.Equal(t, s.URL+"/thing", r.URL, "where the redirects led is what is probed")
	assert.NotContains(t, findings(r, true), "probe-redirect-loop")
	for _, path := range []string{"/round", "/long/0"} {
		r, err = probe.Run(t.Context(), s.URL+path, quick())
		require.NoError(t, err)
		assert.Contains(t, findings(r, true), "probe-redirect-loop", path)
	}
	o := quick()
	o.Max = 1
	r, err = probe.Run(t.Context(), s.URL+"/one", o)
	require.NoError(t, err)
	assert.Equal(t, 1, r.Requests)
}

func TestCancel(t *testing.T) {
	s := httptest.NewServer(newShop(nil))
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	o := probe.Options{Report: func(step probe.Step) {
		if step.Number == 3 {
			cancel()
		}
	}}
	r, err := probe.Run(ctx, s.URL+"/thing", o)
	require.ErrorIs(t, err, context.Canceled)
	require.NotNil(t, r, "what is known by then")
	assert.Equal(t, 3, r.Requests)
	assert.NotEmpty(t, r.Unasked)
	_, err = probe.Run(ctx, s.URL+"/thing", o)
	assert.ErrorIs(t, err, context.Canceled)
}

func TestErrors(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	closed := listener.Addr().String()
	listener.Close()
	for _, test := range []struct{ why, url, want string }{
		{"no scheme", "example.com", `probe: "example.com" is not an absolute http or https URL`},
		{"another scheme", "ftp://example.com/", `probe: "ftp://example.com/" is not an absolute http or https URL`},
		{"no host", "http:///x", `probe: "http:///x" is not an absolute http or https URL`},
		{"what does not parse", "http://a b/", `probe: invalid character " " in host name`},
		{"credentials", "http://me:pass@127.0.0.1/", `probe: credentials in the URL are not sent; use Options.Header`},
		{"long", "x://" + strings.Repeat("y", 500), `(404 octets more)`},
		{"nobody there", "http://" + closed + "/?secret=1", "probe: no answer to GET http://" + closed},
	} {
		t.Run(test.why, func(t *testing.T) {
			r, err := probe.Run(t.Context(), test.url, quick())
			assert.Nil(t, r)
			assert.ErrorContains(t, err, test.want)
			assert.NotContains(t, err.Error(), "pass@")
		})
	}
}

// TestHAR holds that what was exchanged is read again as it was.
func TestHAR(t *testing.T) {
	s := httptest.NewServer(newShop(func(_ *shop, w http.ResponseWriter, r *http.Request) bool {
		if r.Method == "OPTIONS" {
			w.Write([]byte{0xff, 0x00})
			return true
		}
		return false
	}))
	defer s.Close()
	r, err := probe.Run(t.Context(), s.URL+"/thing", quick())
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, r.HAR(&b, time.Unix(0, 0)))
	i := 0
	for x, err := range conform.ReadHAR(&b) {
		require.NoError(t, err)
		want := r.Exchanges[i]
		assert.Equal(t, want.Method, x.Method)
		assert.Equal(t, want.Target, x.Target)
		assert.Equal(t, want.Status, x.Status)
		assert.Equal(t, string(want.Body), string(x.Body))
		i++
	}
	assert.Equal(t, len(r.Exchanges), i)
}

// A recorder is the testing.TB that Test is given.
type recorder struct {
	testing.TB
	errors, logs []string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}
func (r *recorder) Logf(format string, args ...any) {
	r.logs = append(r.logs, fmt.Sprintf(format, args...))
}

func TestTest(t *testing.T) {
	probe.Test(t, newShop(nil), "/thing", probe.Options{})

	var rec recorder
	probe.Test(&rec, newShop(func(_ *shop, w http.ResponseWriter, r *http.Request) bool {
		if r.Method == "HTTPSTATUSPROBE" {
			w.WriteHeader(405)
			w.Write([]byte("no"))
			return true
		}
		return false
	}), "/thing", probe.Options{})
	require.Len(t, rec.errors, 1)
	assert.Contains(t, rec.errors[0], "error: 405-allow-missing: The 405 to HTTPSTATUSPROBE has no Allow field. (RFC 9110, Section 15.5.6)\n"+
		"\tasked for: a method that is not registered (HTTPSTATUSPROBE /thing: 405)\n")
	assert.NotContains(t, rec.errors[0], " more: ")
	assert.Contains(t, rec.errors[0], "\n\tto see it: curl -i -X 'HTTPSTATUSPROBE' 'http://HOST/thing'")

	rec = recorder{}
	probe.Test(&rec, http.NotFoundHandler(), "/%zz", probe.Options{})
	require.NotEmpty(t, rec.errors)

	// A rule that is broken in several answers fails the test once. The path may
	// do without its slash.
	rec = recorder{}
	probe.Test(&rec, newShop(func(_ *shop, w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("Range") == "" {
			return false
		}
		w.Header().Set("Retry-After", "soon")
		w.WriteHeader(503)
		w.Write([]byte("no"))
		return true
	}), "thing", probe.Options{Check: []conform.Option{conform.Disable("probe")}})
	require.Len(t, rec.errors, 1)
	assert.Contains(t, rec.errors[0], "retry-after-invalid")
	assert.Regexp(t, `\n\tand in \d+ more: the last four octets; `, rec.errors[0])
}

// TestOwnRules holds that each rule that only a prober judges is found.
func TestOwnRules(t *testing.T) {
	for _, test := range []struct {
		rule  string
		fault func(s *shop, w http.ResponseWriter, r *http.Request) bool
	}{
		{"probe-no-answer", func(_ *shop, w http.ResponseWriter, r *http.Request) bool {
			if len(r.RequestURI) > 8000 {
				panic(http.ErrAbortHandler)
			}
			return false
		}},
		{"probe-server-error", func(s *shop, w http.ResponseWriter, r *http.Request) bool {
			if r.Header.Get("If-Modified-Since") == "yesterday" {
				s.fail(w, 500)
				return true
			}
			return false
		}},
		{"probe-range-differs", func(s *shop, w http.ResponseWriter, r *http.Request) bool {
			if r.Header.Get("Range") != "" {
				other := *s
				other.content = strings.ToUpper(s.content)
				other.get(w, r)
				return true
			}
			return false
		}},
		{"probe-soft-404", func(s *shop, w http.ResponseWriter, r *http.Request) bool {
			r.URL.Path = "/thing"
			return false
		}},
		{"probe-response-splitting", func(s *shop, w http.ResponseWriter, r *http.Request) bool {
			name, value, ok := strings.Cut(strings.TrimPrefix(r.FormValue("httpstatus-probe"), "\r\n"), ": ")
			if ok {
				w.Header().Set(name, value)
			}
			return false
		}},
	} {
		t.Run(test.rule, func(t *testing.T) {
			s := httptest.NewUnstartedServer(newShop(test.fault))
			s.Config.ErrorLog = nil
			s.Start()
			defer s.Close()
			r, err := probe.Run(t.Context(), s.URL+"/thing", quick())
			require.NoError(t, err)
			assert.Equal(t, []string{test.rule}, findings(r, true))
		})
	}
}

// TestCloseUnsaid holds that a server that closes without a word is found out,
// and that one that says so is not.
func TestCloseUnsaid(t *testing.T) {
	for _, said := range []bool{true, false} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		go func() {
			for {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				buf := make([]byte, 1<<17)
				conn.Read(buf)
				closing := ""
				if said {
					closing = "Connection: close\r\n"
				}
				fmt.Fprintf(conn, "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 9\r\nContent-Type: text/plain\r\n%sContent-Length: 4\r\n\r\nbusy", closing)
				conn.Close()
			}
		}()
		r, err := probe.Run(t.Context(), "http://"+listener.Addr().String()+"/", quick())
		listener.Close()
		require.NoError(t, err)
		assert.Equal(t, !said, slices.Contains(findings(r, true), "probe-close-unsaid"), "%v", findings(r, true))
	}
}

// TestAcceptsAll holds that a server that takes what it has to refuse is found
// out: requests that net/http would not send are judged as they were sent.
func TestAcceptsAll(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			buf := make([]byte, 1<<17)
			conn.Read(buf)
			io.WriteString(conn, "HTTP/1.1 403 Forbidden\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: text/plain\r\n"+
				"Connection: close\r\nContent-Length: 2\r\n\r\nno")
			conn.Close()
		}
	}()
	r, err := probe.Run(t.Context(), "http://"+listener.Addr().String()+"/", quick())
	require.NoError(t, err)
	for _, rule := range []string{"host-not-refused", "field-space-accepted", "transfer-coding-not-final"} {
		assert.Contains(t, findings(r, true), rule)
	}
}

func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for r := range probe.Rules() {
		assert.True(t, strings.HasPrefix(r.ID, "probe-"), r.ID)
		assert.NotEmpty(t, r.Summary)
		assert.NotEmpty(t, r.Why)
		assert.NotEmpty(t, r.Fix)
		assert.Equal(t, r.Reference == "practice", r.Quote == "", r.ID)
		seen[r.ID] = true
	}
	assert.Len(t, seen, 7)
	for range probe.Rules() {
		break
	}
}

// TestTransports holds that a client of its own works for raw requests too.
func TestTransports(t *testing.T) {
	s := httptest.NewTLSServer(newShop(nil))
	defer s.Close()
	dialled := 0
	o := quick()
	o.Client = &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			dialled++
			return (&net.Dialer{}).DialContext(ctx, network, s.Listener.Addr().String())
		},
	}}
	r, err := probe.Run(t.Context(), "https://shop.example/thing", o)
	require.NoError(t, err)
	assert.Greater(t, dialled, 6)
	assert.Empty(t, findings(r, false))
}

var update = flag.Bool("update", false, "write docs/probe and the table of rules in docs/probe.md")

// TestDocs holds that docs/probe.md tells of each rule as it is, and that each has
// its page in docs/probe.
//
//	go test ./probe -run TestDocs -update
func TestDocs(t *testing.T) {
	const list, begin, end = "../docs/probe.md", "<!-- rules -->\n", "<!-- end rules -->"
	pages := map[string]string{}
	var table strings.Builder
	for r := range probe.Rules() {
		fmt.Fprintf(&table, "| [`%s`](probe/%s.md) | %v | %s | %s %s |\n", r.ID, r.ID, r.Severity, r.Reference, r.Summary, r.Fix)
		pages["../docs/probe/"+r.ID+".md"] = rulePage(r)
	}
	text, err := os.ReadFile(list)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(text), begin)
	require.True(t, ok)
	_, after, ok := strings.Cut(rest, end)
	require.True(t, ok)
	pages[list] = before + begin + table.String() + end + after
	for name, want := range pages {
		if have, err := os.ReadFile(name); err == nil && string(have) == want {
			continue
		}
		if !*update {
			t.Errorf("%s is stale; run go test ./probe -run TestDocs -update", name)
			continue
		}
		require.NoError(t, os.WriteFile(name, []byte(want), 0o666))
	}
	files, err := filepath.Glob("../docs/probe/*")
	require.NoError(t, err)
	for _, name := range files {
		assert.Contains(t, pages, filepath.ToSlash(name), "the page of no rule")
	}
}

// rulePage returns the page of a rule, in the order of those of conform.
func rulePage(r conform.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n<!-- Made from the rules by go test ./probe -run TestDocs -update; do not edit. -->\n\n%s\n\n", r.ID, r.Summary)
	fmt.Fprintf(&b, "Severity: **%s**. Group: `%s`. Only `probe.Run` and `httpstatus probe` judge it.\n\n%s\n", r.Severity, r.Group, r.Why)
	if r.Quote != "" {
		fmt.Fprintf(&b, "\n> %s\n>\n> %s\n", r.Quote, r.Reference)
	}
	fmt.Fprintf(&b, "\n## How to mend it\n\n%s\n\n## How to switch it off\n\n", r.Fix)
	fmt.Fprintf(&b, "`conform.Disable(\"%s\")` in `probe.Options.Check`, or `httpstatus probe -disable %s`.\n", r.ID, r.ID)
	return b.String()
}
