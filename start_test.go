package httpstatus_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNothingRunsAtStart holds that a program pays nothing for importing the
// package: it has no init function, no map at package level, which would be
// filled at start, and no variable that a call computes. A function literal may
// call what it likes, as nothing calls it yet.
func TestNothingRunsAtStart(t *testing.T) {
	for _, file := range rootFiles(t) {
		for _, d := range parseFile(t, file).Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				assert.False(t, d.Recv == nil && d.Name.Name == "init", "%s has an init function", file)
			case *ast.GenDecl:
				if d.Tok != token.VAR {
					continue
				}
				for _, s := range d.Specs {
					v := s.(*ast.ValueSpec)
					ast.Inspect(v, func(n ast.Node) bool {
						switch n := n.(type) {
						case *ast.FuncLit:
							return false
						case *ast.MapType:
							t.Errorf("%s: %s is, or has, a map", file, v.Names[0])
						case *ast.CallExpr:
							t.Errorf("%s: %s is computed by a call of %v", file, v.Names[0], n.Fun)
						}
						return true
					})
				}
			}
		}
	}
}

// rootFiles returns the files of this package that are not tests.
func rootFiles(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var files []string
	for _, f := range all {
		if !strings.HasSuffix(f, "_test.go") {
			files = append(files, f)
		}
	}
	require.Contains(t, files, "status.go")
	require.Contains(t, files, "catalog_gen.go")
	return files
}

func parseFile(t *testing.T, file string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	return f
}
