package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// check runs the subcommand.
func check(stdin string, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = runCheck(args, strings.NewReader(stdin), &out, &errs)
	return status, out.String(), errs.String()
}

const wrong405 = `DELETE /users HTTP/1.1
Host: example.com

HTTP/1.1 405 Method Not Allowed

###
GET /users HTTP/1.1
Host: example.com

HTTP/1.1 200 OK
Content-Length: 2

[]
`

func TestCheckText(t *testing.T) {
	status, stdout, stderr := check(wrong405)
	assert.Equal(t, exitFailure, status)
	assert.Empty(t, stderr)
	assert.Equal(t, `error: 405-allow-missing: The 405 to DELETE has no Allow field.
  at:  DELETE /users: 405 (line 1)
  see: RFC 9110, Section 15.5.6
  fix: Set Allow to the methods that the resource supports, or let http.ServeMux route by method.
warning: error-content-missing: The 405 has no content.
  at:  DELETE /users: 405 (line 1)
  see: RFC 9110, Section 15.5
  fix: Write a sentence, or a problem document (RFC 9457).
2 exchanges checked: 1 error, 1 warning, 0 info
`, stdout)
}

func TestCheckFlags(t *testing.T) {
	for _, test := range []struct {
		args   []string
		status int
		stdout string // a part of it
		stderr string
	}{
		{[]string{"-disable", "405-allow-missing"}, exitOK, "0 errors, 1 warning, 0 info", ""},
		{[]string{"-disable=method, problem"}, exitOK, "0 errors, 0 warnings, 0 info", ""},
		{[]string{"-severity", "error"}, exitFailure, "1 error, 0 warnings, 0 info", ""},
		{[]string{"-disable", "all", "-enable", "problem"}, exitOK, "0 errors, 1 warning, 0 info", ""},
		{[]string{"-enable", "date-missing", "-"}, exitFailure, "date-missing", ""},
		{[]string{"-json"}, exitFailure, `"rule": "405-allow-missing"`, ""},
		{[]string{"-sarif"}, exitFailure, `"version": "2.1.0"`, ""},
		{[]string{"-rules"}, exitOK, "  405-allow-missing              error        405 has Allow", ""},
		{[]string{"-h"}, exitOK, "httpstatus check [flags]", ""},
		{[]string{"-json", "-sarif"}, exitUsage, "", "-json or -sarif, not both"},
		{[]string{"-disable", "405"}, exitUsage, "", `invalid value "405" for flag -disable: -rules lists the names`},
		{[]string{"-severity", "fatal"}, exitUsage, "", "it is not info, warning or error"},
		{[]string{"-repeats", "few"}, exitUsage, "", "it is not a number"},
		{[]string{"-quiet"}, exitUsage, "", "there is no flag"},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			status, stdout, stderr := check(wrong405, test.args...)
			assert.Equal(t, test.status, status)
			assert.Contains(t, stdout, test.stdout)
			assert.Contains(t, stderr, test.stderr)
			if test.stderr == "" {
				assert.Empty(t, stderr)
			} else {
				assert.Empty(t, stdout)
				assert.Equal(t, 1, strings.Count(stderr, "\n"), "one line")
			}
		})
	}
}

func TestCheckBadInput(t *testing.T) {
	name := filepath.Join(t.TempDir(), "bad.txt")
	require.NoError(t, os.WriteFile(name, []byte("GET / HTTP/1.1\nHost\n"), 0o666))
	status, _, stderr := check("", name)
	assert.Equal(t, exitUsage, status)
	assert.Contains(t, stderr, `bad.txt: conform: reading line 2: the header line "Host" has no colon`)

	status, _, stderr = check(`{"log":{"entries":[7]}}`)
	assert.Equal(t, exitUsage, status)
	assert.Equal(t, "httpstatus check: conform: reading entry 0: it makes no exchange: the entry is not an object\n", stderr)
}

// What cannot be read loses nothing but itself, and is counted; nothing to
// check is no success.
func TestCheckGoesOn(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		name = filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
		return name
	}
	text, har := file("a.txt", wrong405), file("a.har", someHAR)
	bad := file("bad.har", strings.Replace(someHAR, `"status":0`, `"status":"x"`, 1))
	for _, test := range []struct {
		name   string
		args   []string
		status int
		stdout string // its last line
		stderr string // the end of each line
	}{
		{"all is well", []string{"-disable", "all", text, har}, exitOK, "3 exchanges checked, 1 without an answer: 0 errors, 0 warnings, 0 info", ""},
		{"a file that is not there", []string{text, filepath.Join(dir, "none"), har}, exitUsage,
			"3 exchanges checked, 1 without an answer: 2 errors, 1 warning, 0 info", "no such file or directory"},
		{"a bad entry", []string{bad, text}, exitUsage, "3 exchanges checked, 1 unreadable: 2 errors, 1 warning, 0 info",
			`bad.har: conform: reading entry 1: it makes no exchange: the response status "x" is not a number`},
		{"a directory", []string{dir, text}, exitUsage, "2 exchanges checked, 1 unreadable: 1 error, 1 warning, 0 info", "is a directory"},
		{"an empty file", []string{file("empty", ""), text}, exitUsage, "2 exchanges checked: 1 error, 1 warning, 0 info",
			"empty: there is no exchange with a response to check"},
		{"nothing on standard input", nil, exitUsage, "0 exchanges checked: 0 errors, 0 warnings, 0 info",
			"check: standard input: there is no exchange with a response to check"},
		{"no answers", []string{file("none.har", `{"log":{"entries":[{"response":{"status":-1}},{}]}}`)}, exitUsage,
			"0 exchanges checked, 2 without an answer: 0 errors, 0 warnings, 0 info", "there is no exchange with a response to check"},
		{"no HAR", []string{file("no.har", `{"log":[]}`)}, exitUsage, "0 exchanges checked, 1 unreadable: 0 errors, 0 warnings, 0 info",
			`no.har: conform: reading log.entries (near octet 7): not a HAR: there is no "{"`},
		{"a server that is not there", []string{"http://127.0.0.1:0/", text}, exitUsage,
			"2 exchanges checked, 1 without an answer: 1 error, 1 warning, 0 info", "127.0.0.1:0: *"},
		{"a URL that is none", []string{"http://%/", text}, exitUsage, "2 exchanges checked: 1 error, 1 warning, 0 info", `invalid URL escape "%"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, stdout, stderr := check("", test.args...)
			assert.Equal(t, test.status, status)
			assert.True(t, strings.HasSuffix(stdout, test.stdout+"\n"), stdout)
			if want, ok := strings.CutSuffix(test.stderr, "*"); ok {
				assert.Contains(t, stderr, want)
			} else {
				assert.True(t, strings.HasSuffix(strings.TrimSuffix(stderr, "\n"), test.stderr), stderr)
			}
			assert.NotContains(t, stderr, "main.")
			assert.LessOrEqual(t, strings.Count(stderr, "\n"), 1)
		})
	}
}

// What curl prints, with -I and with -v; and a HAR whose entries are compared.
func TestCheckForms(t *testing.T) {
	for _, test := range []struct {
		name, stdin, stdout string
		status              int
	}{
		{"curl -sI", "HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n",
			"1 exchange checked: 0 errors, 0 warnings, 0 info\n", exitOK},
		{"curl -v", "*   Trying 127.0.0.1:80...\n> DELETE /a HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 405 No\n< Content-Length: 3\n<\n{ [3 bytes data]\nabc",
			"  at:  DELETE /a: 405 (line 2)\n", exitFailure},
		{"a HAR", `{"log":{"entries":[
			{"request":{"method":"GET","url":"https://a/b","headers":[]},"response":{"status":200,"headers":[{"name":"Expires","value":"0"}]}},
			{"request":{"method":"GET","url":"https://a/b","headers":[{"name":"If-Modified-Since","value":"x"}]},"response":{"status":304,
				"headers":[{"name":"Date","value":"x"}]}}]}}`,
			"error: 304-fields-missing: The 304 lacks what the 200 has: Expires.\n  at:  GET /b: 304 (entry 1, beside entry 0)\n", exitFailure},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, stdout, stderr := check(test.stdin)
			assert.Equal(t, test.status, status)
			assert.Contains(t, stdout, test.stdout)
			assert.Empty(t, stderr)
		})
	}
	status, stdout, _ := check(strings.Repeat(wrong405+"\n###\n", 30), "-repeats", "2")
	assert.Equal(t, exitFailure, status)
	assert.Equal(t, 2, strings.Count(stdout, "error: 405-allow-missing"))
	assert.Contains(t, stdout, "405-allow-missing: 28 more\n")
}

// However long the input is, little memory is held: of 30,000 wrong exchanges
// in a HAR, each of another resource, in each form of output.
func TestCheckMemory(t *testing.T) {
	for _, format := range []string{"", "-json", "-sarif"} {
		t.Run(format, func(t *testing.T) {
			var peak uint64
			n := 0
			in, pipe := io.Pipe()
			go func() {
				w := bufio.NewWriterSize(pipe, 1<<16)
				io.WriteString(w, `{"log":{"entries":[`)
				for ; n < 30000; n++ {
					fmt.Fprintf(w, `{"request":{"method":"DELETE","url":"https://a/%d","headers":[]},"response":{"status":405,"headers":[],
						"content":{"size":1,"text":"%s"}}},`, n, strings.Repeat("a", 100))
					if n%10000 == 5000 {
						var m runtime.MemStats
						runtime.GC()
						runtime.ReadMemStats(&m)
						peak = max(peak, m.HeapAlloc)
					}
				}
				io.WriteString(w, `{}]}}`)
				w.Flush()
				pipe.Close()
			}()
			args := []string{"-repeats", "0"}
			if format != "" {
				args = append(args, format)
			}
			var out counter
			status := runCheck(args, in, &out, io.Discard)
			assert.Equal(t, exitFailure, status)
			assert.Greater(t, int64(out), int64(5<<20))
			assert.Less(t, peak, uint64(60<<20), "octets")
		})
	}
}

// A counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

const someHAR = `
{"log":{"version":"1.2","entries":[
  {"request":{"method":"GET","url":"https://example.com/me","httpVersion":"h2","headers":[],"bodySize":0},
   "response":{"status":401,"httpVersion":"h2","headers":[{"name":"content-type","value":"text/plain"}],
     "content":{"size":5,"text":"login"},"bodySize":5}},
  {"request":{"method":"GET","url":"https://example.com/","httpVersion":"h2","headers":[]},
   "response":{"status":0,"headers":[],"content":{}}}
]}}`

func TestCheckHAR(t *testing.T) {
	name := filepath.Join(t.TempDir(), "log.har")
	require.NoError(t, os.WriteFile(name, []byte("\ufeff"+someHAR), 0o666))
	status, stdout, stderr := check("", "-json", name)
	assert.Equal(t, exitFailure, status)
	assert.Empty(t, stderr)
	var got struct {
		Checked int
		Results []struct {
			Input, Source, Method, Target string
			Status                        int
			Findings                      []struct{ Rule, Severity, Message, Reference, Fix string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(stdout), &got))
	assert.Equal(t, 1, got.Checked, "the entry without a response does not count")
	require.Len(t, got.Results, 1)
	r := got.Results[0]
	assert.Equal(t, []any{name, "entry 0", "GET", "/me", 401}, []any{r.Input, r.Source, r.Method, r.Target, r.Status})
	require.Len(t, r.Findings, 1)
	assert.Equal(t, "401-challenge-missing", r.Findings[0].Rule)
	assert.Equal(t, "error", r.Findings[0].Severity)
}

func TestCheckURL(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/undated":
			w.Header()["Date"] = nil
			io.WriteString(w, "ok")
		case "/short":
			w.Header().Set("Content-Length", "10")
			io.WriteString(w, "short")
		case "/method":
			http.Error(w, r.Method, http.StatusMethodNotAllowed)
		case "/moved":
			http.Redirect(w, r, "/undated", http.StatusMovedPermanently)
		}
	}))
	defer s.Close()
	for _, test := range []struct {
		args   []string
		status int
		stdout string
	}{
		{[]string{s.URL}, exitOK, "1 exchange checked: 0 errors, 0 warnings, 0 info"},
		{[]string{s.URL + "/moved"}, exitOK, "1 exchange checked: 0 errors"},
		{[]string{s.URL + "/undated"}, exitFailure, "date-missing: The 200 has no Date field."},
		{[]string{s.URL + "/short"}, exitFailure, "content-length-mismatch"},
		{[]string{"-method", "DELETE", s.URL + "/method"}, exitFailure, "405-allow-missing: The 405 to DELETE"},
		{[]string{"-disable", "date-missing", s.URL + "/undated", s.URL}, exitOK, "2 exchanges checked"},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			status, stdout, stderr := check("", test.args...)
			assert.Equal(t, test.status, status, stderr)
			assert.Contains(t, stdout, test.stdout)
		})
	}
	status, _, stderr := check("", "http://127.0.0.1:0/")
	assert.Equal(t, exitUsage, status)
	assert.NotEmpty(t, stderr)
}

// Nothing is said about progress where standard error is no terminal, and the
// line is removed where it is one.
func TestCheckProgress(t *testing.T) {
	var b bytes.Buffer
	p := progress{w: &b}
	for n := range 100 {
		p.show(n)
	}
	p.clear()
	assert.Empty(t, b.String(), "too quick to tell")
	p.last = p.last.Add(-1e9)
	p.show(112)
	p.clear()
	assert.True(t, strings.HasPrefix(b.String(), "\r112 exchanges\r"))
	assert.Nil(t, terminalOnly(&b))
}
