package registry

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestChanges holds that another edition is told change by change, and this one
// not at all.
func TestChanges(t *testing.T) {
	r, err := Load(Files)
	require.NoError(t, err)
	now, err := os.ReadFile(codesFile)
	require.NoError(t, err)
	for _, test := range []struct {
		why, old, new string
		want          []string
	}{
		{"the same edition", "", "", nil},
		{"a phrase", "404,Not Found,", "404,Nothing Here,",
			[]string{`404 Not Found is now called Nothing Here: the constant becomes NothingHere, and Not Found a historic name.`}},
		{"a new code", "\n419-420,Unassigned,", "\n419,Purpose Declined,[RFC9999]\n420,Unassigned,",
			[]string{`419 Purpose Declined is new (RFC 9999): it needs a card, facts, sayings and a place among the questions, ` +
				`and gets the constant PurposeDeclined.`}},
		{"a code that is gone", "226,IM Used,[RFC3229]", "226,Unassigned,",
			[]string{`226 IM Used is gone: its constant IMUsed would go, which breaks importers.`}},
		{"a remark", "510,Not Extended (OBSOLETED)", "510,Not Extended", []string{`510 Not Extended has the remark "" instead of "OBSOLETED".`}},
		{"a document", "451,Unavailable For Legal Reasons,[RFC7725]", "451,Unavailable For Legal Reasons,[RFC9998]",
			[]string{`451 Unavailable For Legal Reasons is now defined by RFC 9998 instead of RFC 7725.`}},
	} {
		t.Run(test.why, func(t *testing.T) {
			newer := bytes.Replace(now, []byte(test.old), []byte(test.new), 1)
			require.True(t, test.old == "" || !bytes.Equal(now, newer), "the row is not there")
			got, err := r.Changes(newer)
			require.NoError(t, err)
			assert.Equal(t, test.want, got)
		})
	}
	got, err := r.Changes(append(bytes.Clone(now), '\n'))
	require.NoError(t, err)
	require.Len(t, got, 1)
	assert.Contains(t, got[0], "No code changes, but the file does: its SHA-256 is ")
	_, err = r.Changes([]byte("<html>"))
	assert.EqualError(t, err, "iana-http-status-codes.csv:1: wrong number of fields")
}
