package house

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The cellar: grammars and walks that know no Code.
var cellar = []string{
	"internal/ascii", "internal/field", "internal/uri", "internal/escape", "internal/lenient", "internal/errtree",
}

// lattice says which packages of the module a package may import, beside the
// standard library. A new package adds its line.
var lattice = map[string][]string{
	"internal/ascii":    {},
	"internal/field":    {"internal/ascii"},
	"internal/uri":      {"internal/ascii"},
	"internal/escape":   {"internal/ascii"},
	"internal/lenient":  {"internal/ascii", "internal/escape"},
	"internal/errtree":  {},
	"":                  cellar,
	"caching":           above(""),
	"unofficial":        above(""),
	"proxystatus":       above(""),
	"rpcstatus":         above(""),
	"statushttp":        above("", "caching", "unofficial", "proxystatus", "rpcstatus"),
	"conform":           above(""),
	"conform/report":    above("", "conform"),
	"probe":             above("", "conform", "conform/report"),
	"internal/choosing": above(""),
	"internal/card":     above("", "unofficial"),
	"cmd/httpstatus": above("", "caching", "unofficial", "proxystatus", "rpcstatus", "statushttp", "conform", "conform/report",
		"probe", "internal/choosing", "internal/card", "docs/site"),
	"docs/site":                 {},
	"internal/registry":         {},
	"internal/registry/excerpt": {"internal/registry"},
	"internal/registry/compare": {"internal/registry"},
	"internal/catalog":          {"internal/registry"},
	"internal/gen":              {"internal/registry", "internal/catalog"},
	"internal/reference":        {},
	"internal/nethttp":          {},
	"internal/sizes":            {},
	"internal/race":             {},
	"internal/shapes":           {},
	"internal/api":              {},
	"internal/house":            {},
}

// above is the cellar and some packages that stand on it.
func above(packages ...string) []string { return append(packages, cellar...) }

func TestImportLattice(t *testing.T) {
	for dir, imports := range list(t, `{{join .Imports " "}}`) {
		may, ok := lattice[dir]
		if !assert.True(t, ok, "package %q has no line in the lattice", dir) {
			continue
		}
		for imp := range strings.FieldsSeq(imports) {
			first, _, _ := strings.Cut(imp, "/")
			if !strings.Contains(first, ".") {
				continue // the standard library
			}
			rest, ours := strings.CutPrefix(imp, module)
			assert.True(t, ours, "%s imports %s: importers link nothing but the standard library", dir, imp)
			assert.Contains(t, may, strings.TrimPrefix(rest, "/"), "%s imports %s", dir, imp)
		}
	}
}

// light are the packages that do without what a small program would notice.
var light = append([]string{"", "caching", "unofficial", "proxystatus", "rpcstatus"}, cellar...)

// TestLinksNoNetwork holds what the light packages do without, directly or by
// way of another package.
func TestLinksNoNetwork(t *testing.T) {
	for dir, deps := range list(t, `{{join .Deps " "}}`) {
		if !slices.Contains(light, dir) {
			continue
		}
		for dep := range strings.FieldsSeq(deps) {
			switch dep {
			case "net", "net/http", "mime", "log", "log/slog", "embed", "encoding/csv", "encoding/json":
				t.Errorf("%s depends on %s", dir, dep)
			}
		}
	}
}

func TestModuleRequiresTestifyAlone(t *testing.T) {
	text, err := os.ReadFile("go.mod")
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		if strings.HasSuffix(strings.TrimSpace(line), "// indirect") {
			continue
		}
		for _, name := range regexp.MustCompile(`[a-z.]+\.[a-z]+/\S+`).FindAllString(line, -1) {
			if name != module {
				assert.Equal(t, "github.com/stretchr/testify", name)
			}
		}
		assert.NotContains(t, line, "replace")
	}
}
