package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Who lists the root sees what the library is about and little else.
const (
	maxSourceFiles = 26
	maxTestFiles   = 34
)

func TestRootIsSmall(t *testing.T) {
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	source, tests := 0, 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			tests++
		} else {
			source++
		}
	}
	assert.LessOrEqual(t, source, maxSourceFiles, "source files in the root")
	assert.LessOrEqual(t, tests, maxTestFiles, "test files in the root")
}

// TestExampleFiles holds that examples stand in files by themselves, which godoc
// and people find by their name, and that each shows its output.
func TestExampleFiles(t *testing.T) {
	for _, path := range handwritten(t) {
		base := filepath.Base(path)
		example := base == "example_test.go" || strings.HasPrefix(base, "example_") || strings.HasSuffix(base, "_example_test.go")
		if !strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "Example") {
				assert.True(t, example, "%s has the example %s: its name begins with example_", path, f.Name.Name)
			}
		}
	}
}

// maxColumns is how wide a line of source may be, with a tab as four columns.
// Tables in tests may be wider, where a row reads better in one piece.
const maxColumns = 160

func TestLinesAreReadable(t *testing.T) {
	for _, path := range handwritten(t) {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		n := 0
		for line := range strings.Lines(string(text)) {
			n++
			width := utf8.RuneCountInString(strings.TrimRight(line, "\n")) + 3*strings.Count(line, "\t")
			assert.LessOrEqual(t, width, maxColumns, "%s:%d is too long", path, n)
		}
	}
}
