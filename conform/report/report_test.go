package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
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

func TestText(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, report.Text(&b, results(), 7))
	assert.Equal(t, `ERROR
  405-allow-missing: The 405 to DELETE has no Allow field.
    at:  DELETE /users: 405 (a b.txt, line 12)
    see: RFC 9110, Section 15.5.6
    fix: Set Allow to the methods that the resource supports, or let http.ServeMux route by method.
WARNING
  error-content-missing: The 405 has no content.
    at:  DELETE /users: 405 (a b.txt, line 12)
    see: RFC 9110, Section 15.5
    fix: Write a sentence, or a problem document (RFC 9457).
INFO
  status-unregistered: The status code 299 is not registered; clients treat it as 200.
    at:  GET /?[31m<: 299
    see: RFC 9110, Section 15
    fix: Answer with the registered code that comes closest, and say the rest in the content.
7 exchanges checked: 1 error, 1 warning, 1 info
`, b.String())

	b.Reset()
	require.NoError(t, report.Text(&b, nil, 1))
	assert.Equal(t, "1 exchange checked: 0 errors, 0 warnings, 0 info\n", b.String())
	assert.Error(t, report.Text(brokenWriter{}, results(), 7))
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, report.JSON(&b, results(), 7))
	var got struct {
		Checked int
		Results []report.Result
	}
	require.NoError(t, json.Unmarshal(b.Bytes(), &got))
	assert.Equal(t, 7, got.Checked)
	assert.Equal(t, results(), got.Results)

	b.Reset()
	require.NoError(t, report.JSON(&b, nil, 0))
	assert.JSONEq(t, `{"checked":0,"results":[]}`, b.String())
}

// The log has what SARIF 2.1.0 requires: each result names a rule of the tool
// by id and index, has a level and a message, and lies in an artifact.
func TestSARIF(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, report.SARIF(&b, results()))
	want, err := os.ReadFile("testdata/want.sarif")
	require.NoError(t, err)
	assert.JSONEq(t, string(want), b.String())

	b.Reset()
	require.NoError(t, report.SARIF(&b, nil))
	assert.JSONEq(t, `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[
		{"tool":{"driver":{"name":"httpstatus check","rules":[]}},"results":[]}]}`, b.String())
}

// A file's name is escaped as one, a URL is one already.
func TestSARIFLocation(t *testing.T) {
	for input, want := range map[string]string{
		`logs\100%#1.har`:             "logs/100%25%231.har",
		"https://example.com/a%20b?c": "https://example.com/a%20b?c",
		"":                            "stdin",
	} {
		var b bytes.Buffer
		require.NoError(t, report.SARIF(&b, []report.Result{{Input: input, Status: 299, Findings: []conform.Finding{{Rule: "status-unregistered"}}}}))
		assert.Contains(t, b.String(), `"uri": "`+want+`"`)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("broken") }
