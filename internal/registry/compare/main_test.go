package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRun(t *testing.T) {
	here, err := os.ReadFile("../iana-http-status-codes.csv")
	require.NoError(t, err)
	same := filepath.Join(t.TempDir(), "same.csv")
	require.NoError(t, os.WriteFile(same, here, 0o600))
	other := filepath.Join(t.TempDir(), "other.csv")
	require.NoError(t, os.WriteFile(other, bytes.Replace(here, []byte("Not Found"), []byte("Lost"), 1), 0o600))
	for _, test := range []struct {
		why         string
		args        []string
		status      int
		stdout, err string
	}{
		{"the same edition", []string{same}, 0, "is the edition of ", ""},
		{"another one", []string{other}, 1, "404 Not Found is now called Lost", ""},
		{"no file", nil, 2, "", "usage: compare FILE"},
		{"a file that is not there", []string{same + "x"}, 2, "", "no such file"},
	} {
		t.Run(test.why, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			assert.Equal(t, test.status, run(test.args, &stdout, &stderr))
			assert.Contains(t, stdout.String(), test.stdout)
			assert.Contains(t, stderr.String(), test.err)
		})
	}
}
