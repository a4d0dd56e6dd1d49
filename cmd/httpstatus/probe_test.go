package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestProbe(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "HTTPSTATUSPROBE" {
			w.WriteHeader(405) // without Allow
		}
		if r.Method != "HEAD" {
			w.Write([]byte("no"))
		}
	}))
	defer s.Close()
	har := filepath.Join(t.TempDir(), "out.har")
	for _, test := range []struct {
		why    string
		args   []string
		status int
		stdout []string
	}{
		{"text", []string{s.URL}, exitFailure, []string{
			"error 405-allow-missing (RFC 9110, Section 15.5.6)\n", "    a method that is not registered: HTTPSTATUSPROBE /: 405\n",
			"    curl -i -X 'HTTPSTATUSPROBE' '" + s.URL + "'\n", " requests, "}},
		{"JSON", []string{"-json", s.URL}, exitFailure, []string{`"rule": "405-allow-missing"`, `"curl": "curl -i`}},
		{"SARIF", []string{"-sarif", s.URL}, exitFailure, []string{`"ruleId": "405-allow-missing"`}},
		{"a rule that is off", []string{"-disable", "all", "-enable", "405-allow-missing", s.URL}, exitFailure, []string{"1 error, 0 warnings"}},
		{"nothing of that kind", []string{"-disable", "all", s.URL}, exitOK, []string{"0 errors"}},
		{"a rule of its own that is off", []string{"-disable", "probe, method, message", "-severity", "info", s.URL}, exitOK,
			[]string{"0 errors, 0 warnings, 0 info"}},
		{"few", []string{"-max", "3", "-har", har, s.URL}, exitOK, []string{"Not answered: ", ": 3 requests, "}},
		{"a field", []string{"-header", "Authorization: s3cret", s.URL}, exitFailure, []string{`-H "Authorization: $AUTHORIZATION"`}},
	} {
		t.Run(test.why, func(t *testing.T) {
			status, out, errout := runWith(map[string]string{"COLUMNS": "200"}, 0, append([]string{"probe", "-pause", "0"}, test.args...)...)
			assert.Equal(t, test.status, status, errout)
			for _, want := range test.stdout {
				assert.Contains(t, out, want)
			}
			assert.NotContains(t, out, "s3cret")
		})
	}
	written, err := os.ReadFile(har)
	require.NoError(t, err)
	assert.True(t, json.Valid(written))

	for _, test := range []struct{ args, want string }{
		{"", `probe takes one URL, as in "httpstatus probe https://example.com/"`},
		{"a b", `probe takes one URL`},
		{"example.com", `"example.com" is not an absolute http or https URL`},
		{"http://127.0.0.1:1/", `no answer to GET http://127.0.0.1:1/`},
		{"-json -sarif " + s.URL, "-json or -sarif, not both"},
		{"-max=-1 " + s.URL, "-max is at least 1"},
		{"-severity bad " + s.URL, `invalid value "bad" for flag -severity: it is not info, warning or error`},
		{"-header x " + s.URL, "it is not a name, a colon and a value"},
		{"-disable nothing " + s.URL, `invalid value "nothing" for flag -disable: see httpstatus check -rules`},
		{"-x", `there is no flag -x; see "httpstatus help probe"`},
	} {
		status, out, errout := runWith(nil, 0, append([]string{"probe"}, strings.Fields(test.args)...)...)
		assert.Equal(t, exitUsage, status, test.args)
		assert.Empty(t, out)
		assert.Contains(t, errout, test.want)
		assert.Equal(t, 1, strings.Count(errout, "\n"), errout)
	}
}

// Of one rule, five findings are printed in full unless asked otherwise.
func TestProbeRepeats(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500) }))
	defer s.Close()
	for _, test := range []struct {
		repeats, want string
		full          int // 0 is all
	}{
		{"", "  And in ", 5},
		{"2", "; a media type that no server has;", 2},
		{"0", "", 0},
	} {
		args := []string{"probe", "-pause", "0", "-disable", "all", "-enable", "error-content-missing", s.URL}
		if test.repeats != "" {
			args = append([]string{"probe", "-repeats", test.repeats}, args[1:]...)
		}
		_, out, errout := runWith(map[string]string{"COLUMNS": "2000"}, 0, args...)
		assert.Empty(t, errout)
		assert.Contains(t, out, test.want)
		assert.Equal(t, test.want != "", strings.Contains(out, " more: "), out)
		if full := strings.Count(out, "    curl "); test.full == 0 {
			assert.GreaterOrEqual(t, full, 10)
		} else {
			assert.Equal(t, test.full, full)
		}
	}
}
