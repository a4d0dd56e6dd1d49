package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
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
	assert.Equal(t, `ERROR
  405-allow-missing: The 405 to DELETE has no Allow field.
    at:  DELETE /users: 405 (line 1)
    see: RFC 9110, Section 15.5.6
    fix: Set Allow to the methods that the resource supports, or let http.ServeMux route by method.
WARNING
  error-content-missing: The 405 has no content.
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
		{[]string{"-quiet"}, exitUsage, "", "there is no flag"},
		{[]string{"no-such-file"}, exitUsage, "", "no-such-file"},
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

	status, _, stderr = check(`{"log":{"entries":[{}]}}`)
	assert.Equal(t, exitUsage, status)
	assert.Contains(t, stderr, "entry 0")
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
