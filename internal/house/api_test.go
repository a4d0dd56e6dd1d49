package house

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

// TestAPIListing holds the exported names equal to those listed in api/, a file
// for each package that others may import. A name that is gone breaks importers;
// one that is new needs its line:
//
//	go test ./internal/house -run TestAPIListing -update
func TestAPIListing(t *testing.T) {
	for _, dir := range publicPackages(t) {
		name := strings.ReplaceAll(dir, "/", "_")
		if dir == "" {
			dir, name = ".", "httpstatus"
		}
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("api", name+".txt")
			have, err := api.List(dir)
			require.NoError(t, err)
			if *update {
				require.NoError(t, os.WriteFile(path, []byte(strings.Join(have, "\n")+"\n"), 0o666))
			}
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			want := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
			for _, line := range want {
				assert.True(t, slices.Contains(have, line), "gone or changed, which breaks importers: %s", line)
			}
			for _, line := range have {
				assert.True(t, slices.Contains(want, line), "new, run the test with -update: %s", line)
			}
		})
	}
}
