package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/conform"
	"example.com/httpstatus/conform/report"
)

// results are two exchanges: one in a file, one from standard input whose
// target would play with a terminal.
func results() []report.Result {
	return []report.Result{
		{
			Input: "a b.txt", Source: "line 12", Method: "DELETE", Target: "/users", Status: 405,
			Findings: conform.Check(conform.Exchange{Method: "DELETE", Status: 405}),
		},
		{
			Method: "GET", Target: "/\x1b[31m<", Status: 299,
			Findings: conform.Check(conform.Exchange{Method: "GET", Status: 299}),
		},
	}
}

// write returns what a Writer writes about results, and about five exchanges
// without a finding.
func write(t *testing.T, f report.Format, limit int, results ...report.Result) string {
	var b bytes.Buffer
	w := report.NewWriter(&b, f, limit)
	for _, r := range results {
		before := b.Len()
		require.NoError(t, w.Add(r))
		if limit == 0 && len(results) < 20 {
			assert.Greater(t, b.Len(), before, "it is written at once")
		}
	}
	for range 5 {
		require.NoError(t, w.Add(report.Result{Status: 200}))
	}
	require.NoError(t, w.Close())
	assert.Equal(t, len(results)+5, w.Checked())
	return b.String()
}

func TestText(t *testing.T) {
	assert.Equal(t, `error: 405-allow-missing: The 405 to DELETE has no Allow field.
  at:  DELETE /users: 405 (a b.txt, line 12)
  see: RFC 9110, Section 15.5.6
  fix: Set Allow to the methods that the resource supports, or let http.ServeMux route by method.
warning: error-content-missing: The 405 has no content.
  at:  DELETE /users: 405 (a b.txt, line 12)
  see: RFC 9110, Section 15.5
  fix: Write a sentence, or a problem document (RFC 9457).
info: status-unregistered: The status code 299 is not registered; clients treat it as 200.
  at:  GET /?[31m<: 299
  see: RFC 9110, Section 15
  fix: Answer with the registered code that comes closest, and say the rest in the content.
7 exchanges checked: 1 error, 1 warning, 1 info
`, write(t, report.FormatText, 0, results()...))

	var b bytes.Buffer
	w := report.NewWriter(&b, report.FormatText, 0)
	require.NoError(t, w.Add(report.Result{}))
	w.AddUnreadable()
	w.AddUnanswered()
	w.AddUnanswered()
	require.NoError(t, w.Close())
	assert.Equal(t, "1 exchange checked, 1 unreadable, 2 without an answer: 0 errors, 0 warnings, 0 info\n", b.String())

	w = report.NewWriter(brokenWriter{}, report.FormatText, 0)
	assert.Error(t, w.Add(results()[0]))
	assert.Error(t, w.Add(report.Result{}), "and ever after")
	assert.Error(t, w.Close())
}

// Beyond the limit findings are counted; where a rule stands is said once.
func TestRepeats(t *testing.T) {
	one := results()[1]
	one.Source, one.Target = "entry 7", "/a"
	one.Findings[0].Beside = "entry 3"
	const first = `info: status-unregistered: The status code 299 is not registered; clients treat it as 200.
  at:  GET /a: 299 (entry 7, beside entry 3)
`
	assert.Equal(t, first+`  see: RFC 9110, Section 15
  fix: Answer with the registered code that comes closest, and say the rest in the content.
`+first+`status-unregistered: 2 more
9 exchanges checked: 0 errors, 0 warnings, 4 info
`, write(t, report.FormatText, 2, one, one, one, one))

	all := slices.Repeat([]report.Result{one}, 1010)
	assert.Equal(t, 20, strings.Count(write(t, report.FormatText, 0, all[:30]...), first))
	assert.Equal(t, 30, strings.Count(write(t, report.FormatText, -1, all[:30]...), first))
	assert.Equal(t, 1010, strings.Count(write(t, report.FormatJSON, -1, all...), `"beside": "entry 3"`))

	var log struct {
		Runs []struct {
			Results     []any
			Invocations []struct {
				ExecutionSuccessful        bool
				ToolExecutionNotifications []struct{ Message struct{ Text string } }
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(write(t, report.FormatSARIF, -2, all...)), &log))
	assert.Len(t, log.Runs[0].Results, 1010)
	assert.Empty(t, log.Runs[0].Invocations)
	var b bytes.Buffer
	w := report.NewWriter(&b, report.FormatSARIF, 0)
	for _, r := range all {
		require.NoError(t, w.Add(r))
	}
	w.AddUnreadable()
	require.NoError(t, w.Close())
	log.Runs = nil
	require.NoError(t, json.Unmarshal(b.Bytes(), &log))
	assert.Len(t, log.Runs[0].Results, 1000)
	require.Len(t, log.Runs[0].Invocations, 1)
	assert.False(t, log.Runs[0].Invocations[0].ExecutionSuccessful)
	assert.Equal(t, "status-unregistered: 10 more", log.Runs[0].Invocations[0].ToolExecutionNotifications[0].Message.Text)
}

func TestJSON(t *testing.T) {
	var got struct {
		Checked, Unreadable, Unanswered int
		Results                         []report.Result
	}
	require.NoError(t, json.Unmarshal([]byte(write(t, report.FormatJSON, 0, results()...)), &got))
	assert.Equal(t, 7, got.Checked)
	assert.Equal(t, results(), got.Results)

	assert.JSONEq(t, `{"checked":5,"unreadable":0,"unanswered":0,"results":[]}`, write(t, report.FormatJSON, 0))
}

// The log has what SARIF 2.1.0 requires: each result names a rule of the tool
// by id and index, has a level and a message, and lies in an artifact.
func TestSARIF(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, report.SARIF(&b, report.Tool{Name: "httpstatus check"}, results()))
	want, err := os.ReadFile("testdata/want.sarif")
	require.NoError(t, err)
	assert.JSONEq(t, string(want), b.String())

	b.Reset()
	require.NoError(t, report.SARIF(&b, report.Tool{Name: "a tool"}, nil))
	assert.JSONEq(t, `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[
		{"tool":{"driver":{"name":"a tool","rules":[]}},"results":[]}]}`, b.String())

	// A tool's own rules are described as those of conform are.
	b.Reset()
	own := conform.Rule{ID: "own", Severity: conform.Warning, Reference: "practice", Summary: "A.", Why: "B.", Fix: "C."}
	require.NoError(t, report.SARIF(&b, report.Tool{Rules: slices.Values([]conform.Rule{own})}, []report.Result{{Findings: []conform.Finding{{Rule: "own"}}}}))
	assert.Contains(t, b.String(), `"text": "A. B. (practice)"`)
}

// A file's name is escaped as one, a URL is one already.
func TestSARIFLocation(t *testing.T) {
	for input, want := range map[string]string{
		`logs\100%#1.har`:             "logs/100%25%231.har",
		"https://example.com/a%20b?c": "https://example.com/a%20b?c",
		"":                            "stdin",
	} {
		var b bytes.Buffer
		require.NoError(t, report.SARIF(&b, report.Tool{}, []report.Result{{Input: input, Status: 299, Findings: []conform.Finding{{Rule: "status-unregistered"}}}}))
		assert.Contains(t, b.String(), `"uri": "`+want+`"`)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("broken") }

// For people lines are broken between words, below the text.
func TestWrap(t *testing.T) {
	f := conform.Finding{
		Severity: conform.Error, Rule: "a-rule", Message: "The value of it is wrong.", Reference: "RFC 9110, Section 5",
		Fix: "Mend " + strings.Repeat("x", 40) + " it.",
	}
	r := report.Result{Method: "GET", Target: "/some/where/that/is/long/and/longer", Status: 200, Findings: []conform.Finding{f}}
	for _, test := range []struct {
		columns int
		want    string
	}{
		{0, "error: a-rule: The value of it is wrong.\n  at:  GET /some/where/that/is/long/and/longer: 200\n" +
			"  see: RFC 9110, Section 5\n  fix: Mend xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx it.\n"},
		{30, "error: a-rule: The value of it\n  is wrong.\n  at:  GET\n       /some/where/that/is/long/and/longer:\n       200\n" +
			"  see: RFC 9110, Section 5\n  fix: Mend\n       xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n       it.\n"},
		{10, "error: a-rule: The value of it is wrong.\n  at:  GET /some/where/that/is/long/and/longer: 200\n" +
			"  see: RFC 9110, Section 5\n  fix: Mend xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx it.\n"},
	} {
		var b bytes.Buffer
		w := report.NewWriter(&b, report.FormatText, 0)
		w.Wrap(test.columns)
		require.NoError(t, w.Add(r))
		assert.Equal(t, test.want, b.String())
	}
}
