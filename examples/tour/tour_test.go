package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the transcript")

func TestTranscript(t *testing.T) {
	golden := filepath.Join("testdata", "transcript.txt")
	var got bytes.Buffer
	require.NoError(t, run(&got))
	if *update {
		require.NoError(t, os.WriteFile(golden, got.Bytes(), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	// Which words encoding/json finds depends on the version of Go.
	words := regexp.MustCompile(`(?m): json: .*$`)
	assert.Equal(t, words.ReplaceAllString(string(want), ""), words.ReplaceAllString(got.String(), ""), "go test ./tour -update writes the transcript anew")
}
