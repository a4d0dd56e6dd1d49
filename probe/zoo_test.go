package probe_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/probe"
)

// changed is a writer that changes the header before it goes out.
type changed struct {
	http.ResponseWriter
	change func(h http.Header, status int) int
	sent   bool
}

func (w *changed) WriteHeader(status int) {
	if !w.sent {
		w.sent = true
		status = w.change(w.Header(), status)
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *changed) Write(b []byte) (int, error) {
	if !w.sent {
		w.WriteHeader(200)
	}
	return w.ResponseWriter.Write(b)
}

// A fault is what a server of the zoo does before, or in the place of, the shop.
type fault func(s *shop, w http.ResponseWriter, r *http.Request) bool

// when answers a request that is, with a status, fields and content.
func when(is func(r *http.Request) bool, status int, content string, pairs ...string) fault {
	return func(_ *shop, w http.ResponseWriter, r *http.Request) bool {
		if !is(r) {
			return false
		}
		for i := 0; i < len(pairs); i += 2 {
			w.Header().Set(pairs[i], pairs[i+1])
		}
		w.WriteHeader(status)
		if r.Method != "HEAD" {
			w.Write([]byte(content))
		}
		return true
	}
}

// edit changes the header of what the shop answers.
func edit(is func(r *http.Request) bool, change func(h http.Header, status int) int) fault {
	return func(s *shop, w http.ResponseWriter, r *http.Request) bool {
		if is(r) {
			s.serve(&changed{ResponseWriter: w, change: change}, r)
			return true
		}
		return false
	}
}

// without has the shop answer as if the request lacked some fields.
func without(names ...string) fault {
	return func(_ *shop, _ http.ResponseWriter, r *http.Request) bool {
		for _, name := range names {
			r.Header.Del(name)
		}
		return false
	}
}

func always(*http.Request) bool { return true }
func method(m string) func(*http.Request) bool {
	return func(r *http.Request) bool { return r.Method == m }
}
func has(name string) func(*http.Request) bool {
	return func(r *http.Request) bool { return r.Header.Get(name) != "" && r.Method == "GET" }
}
func ranged(value string) func(*http.Request) bool {
	return func(r *http.Request) bool { return r.Header.Get("Range") == value && r.Method == "GET" }
}
func nowhere(r *http.Request) bool { return r.URL.Path != "/thing" }

const unknown = "HTTPSTATUSPROBE"

// zoo are servers with one fault each, and the rule that names it.
var zoo = []struct {
	rule  string
	why   string
	write bool
	fault fault
}{
	{"head-get-status", "HEAD has no route", false, when(method("HEAD"), 404, "")},
	{"head-fields-differ", "HEAD forgets the type", false,
		edit(method("HEAD"), func(h http.Header, status int) int { h.Del("Cache-Control"); return status })},
	{"head-content-length", "HEAD invents a length", false,
		edit(method("HEAD"), func(h http.Header, status int) int { h.Set("Content-Length", "7"); return status })},
	{"405-allow-missing", "405 without Allow", false, when(method(unknown), 405, "no")},
	{"allow-names-refused", "Allow names what is refused", false, when(method("OPTIONS"), 204, "", "Allow", allow+", TRACE")},
	{"allow-invalid", "Allow holds no method", false, when(method("OPTIONS"), 204, "", "Allow", "GET; HEAD")},
	{"method-unknown-accepted", "any method will do", false, func(_ *shop, _ http.ResponseWriter, r *http.Request) bool {
		if r.Method == unknown {
			r.Method = "GET"
		}
		return false
	}},
	{"trace-not-reflected", "TRACE answers with a page", false, when(method("TRACE"), 200, "<p>hello", "Content-Type", "text/html")},
	{"if-none-match-ignored", "never a 304", false, without("If-None-Match", "If-Modified-Since")},
	{"if-match-ignored", "If-Match is ignored", false, without("If-Match")},
	{"if-unmodified-since-ignored", "If-Unmodified-Since is ignored", false, without("If-Unmodified-Since")},
	{"304-not-matching", "the date wins over the tag", false, without("If-None-Match")},
	{"412-get-if-none-match", "412 where 304 is meant", false, func(s *shop, w http.ResponseWriter, r *http.Request) bool {
		if r.Method == "GET" && strings.Contains(r.Header.Get("If-None-Match"), s.etag) {
			s.fail(w, 412)
			return true
		}
		return false
	}},
	{"304-fields-missing", "304 without the fields of the 200", false, edit(always, func(h http.Header, status int) int {
		if status == 304 {
			h.Del("ETag")
			h.Del("Cache-Control")
		}
		return status
	})},
	{"206-fields-missing", "206 without the ETag", false, edit(always, func(h http.Header, status int) int {
		if status == 206 {
			h.Del("ETag")
		}
		return status
	})},
	{"206-content-range-missing", "206 without Content-Range", false, edit(always, func(h http.Header, status int) int {
		if status == 206 {
			h.Del("Content-Range")
		}
		return status
	})},
	{"206-other-range", "another range than was asked", false, func(_ *shop, _ http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("Range") == "bytes=-4" {
			r.Header.Set("Range", "bytes=0-3")
		}
		return false
	}},
	{"206-if-range-false", "If-Range is ignored", false, without("If-Range")},
	{"206-without-range", "206 to everything", false, edit(method("GET"), func(h http.Header, status int) int {
		if status == 200 {
			h.Set("Content-Range", "bytes 0-30/31")
			return 206
		}
		return status
	})},
	{"206-non-get", "HEAD with a range is a 206", false, edit(method("HEAD"), func(h http.Header, status int) int {
		h.Set("Content-Range", "bytes 0-0/31")
		h.Set("Content-Length", "1")
		return 206
	})},
	{"416-satisfiable", "a range that ends past the end is refused", false, when(ranged("bytes=1-99999999999"), 416, "no", "Content-Range", "bytes */31")},
	{"416-unknown-unit", "an unknown unit is refused", false, when(ranged("httpstatus-probe=0-1"), 416, "no", "Content-Range", "bytes */31")},
	{"416-content-range-missing", "416 without the length", false, edit(always, func(h http.Header, status int) int {
		if status == 416 {
			h.Del("Content-Range")
		}
		return status
	})},
	{"long-uri-not-414", "an overlong URI is a bad request", false, func(s *shop, w http.ResponseWriter, r *http.Request) bool {
		if len(r.RequestURI) > 8000 {
			s.fail(w, 400)
			return true
		}
		return false
	}},
	{"error-leaks-internals", "a trace in the 404", false,
		when(nowhere, 404, "panic: runtime error\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:7 +0x1d\n", "Content-Type", "text/plain")},
	{"error-content-missing", "an empty 404", false, when(nowhere, 404, "")},
	{"problem-status-mismatch", "a problem of another status", false, when(nowhere, 404, `{"status":500}`, "Content-Type", "application/problem+json")},
	{"json-error-mislabelled", "JSON as a page", false, when(nowhere, 404, `{"error":"x"}`, "Content-Type", "text/html")},
	{"success-with-error-body", "200 with an error", false, when(nowhere, 200, `{"error":"not found"}`, "Content-Type", "application/json")},
	{"redirect-self", "a redirect to itself", false, when(always, 302, "there", "Location", "/thing")},
	{"redirect-location-missing", "a redirect to nowhere", false, when(always, 302, "there")},
	{"401-challenge-missing", "401 without a challenge", false, when(always, 401, "who are you?")},
	{"uncacheable-status-cached", "a 429 to be stored", false, when(always, 429, "slow down", "Retry-After", "1", "Cache-Control", "public, max-age=60")},
	{"retry-after-invalid", "Retry-After in words", false, when(always, 503, "busy", "Retry-After", "soon")},
	{"date-missing", "no Date", false, func(_ *shop, w http.ResponseWriter, _ *http.Request) bool { w.Header()["Date"] = nil; return false }},
	{"status-unregistered", "a status of its own", false, when(has("Accept"), 420, "calm")},
	{"put-part-created", "a part makes a whole", true, func(_ *shop, w http.ResponseWriter, r *http.Request) bool {
		if r.Method == "PUT" && r.Header.Get("Content-Range") != "" {
			w.WriteHeader(201)
			return true
		}
		return false
	}},
	{"if-none-match-ignored", "PUT overwrites", true, when(method("PUT"), 204, "")},
	{"probe-server-error", "malformed JSON is a failure", true,
		when(func(r *http.Request) bool { return r.Header.Get("Content-Type") == "application/json" }, 500, "oops")},
}

// TestZoo holds that the fault of each server is found.
func TestZoo(t *testing.T) {
	require.GreaterOrEqual(t, len(zoo), 30)
	for _, animal := range zoo {
		t.Run(animal.rule+", "+animal.why, func(t *testing.T) {
			s := httptest.NewServer(newShop(animal.fault))
			defer s.Close()
			o := quick()
			o.Write = animal.write
			r, err := probe.Run(t.Context(), s.URL+"/thing", o)
			require.NoError(t, err)
			assert.Contains(t, findings(r, true), animal.rule)
		})
	}
}

// TestRawZoo does the same for servers that net/http does not let be faulty.
func TestRawZoo(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\nDate: Fri, 02 Jan 2026 03:04:05 GMT\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
	const chunked = "HTTP/1.1 200 OK\r\nDate: Fri, 02 Jan 2026 03:04:05 GMT\r\nContent-Type: " +
		"text/plain\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nok\r\n0\r\n\r\n"
	for _, animal := range []struct {
		why    string
		rules  []string
		answer func(head string) string
	}{
		{"what it does not understand is a 200", []string{"host-not-refused", "field-space-accepted", "transfer-coding-unknown"},
			func(string) string { return ok }},
		{"chunks for HTTP/1.0", []string{"transfer-encoding-http10"}, func(string) string { return chunked }},
		{"HEAD is not answered", []string{"probe-no-answer"}, func(head string) string {
			if strings.HasPrefix(head, "HEAD") {
				return ""
			}
			return ok
		}},
	} {
		t.Run(animal.why, func(t *testing.T) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			require.NoError(t, err)
			defer listener.Close()
			go func() {
				for {
					conn, err := listener.Accept()
					if err != nil {
						return
					}
					var head strings.Builder
					in := bufio.NewReader(conn)
					for {
						line, err := in.ReadString('\n')
						head.WriteString(line)
						if err != nil || strings.TrimSpace(line) == "" {
							break
						}
					}
					fmt.Fprint(conn, animal.answer(head.String()))
					conn.Close()
				}
			}()
			r, err := probe.Run(t.Context(), "http://"+listener.Addr().String()+"/", quick())
			require.NoError(t, err)
			for _, rule := range animal.rules {
				assert.True(t, slices.Contains(findings(r, true), rule), "%s of %v", rule, findings(r, true))
			}
		})
	}
}
