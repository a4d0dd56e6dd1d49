package httpstatus_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/internal/api"
)

var update = flag.Bool("update", false, "write the listings in api/")

// TestAPIListing holds the exported names equal to those listed in api/. A name
// that is gone breaks importers; one that is new needs its line:
//
//	go test -run TestAPIListing . -update
func TestAPIListing(t *testing.T) {
	for listing, dir := range map[string]string{
		"httpstatus.txt":     ".",
		"statushttp.txt":     "statushttp",
		"conform.txt":        "conform",
		"conform_report.txt": "conform/report",
		"proxystatus.txt":    "proxystatus",
		"rpcstatus.txt":      "rpcstatus",
		"unofficial.txt":     "unofficial",
		"caching.txt":        "caching",
	} {
		path := filepath.Join("api", listing)
		have, err := api.List(dir)
		require.NoError(t, err)
		if *update {
			require.NoError(t, os.WriteFile(path, []byte(strings.Join(have, "\n")+"\n"), 0o666))
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		want := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		for _, line := range want {
			assert.True(t, slices.Contains(have, line), "%s: gone or changed, which breaks importers: %s", path, line)
		}
		for _, line := range have {
			assert.True(t, slices.Contains(want, line), "%s: new, run go test -run TestAPIListing . -update: %s", path, line)
		}
	}
}
