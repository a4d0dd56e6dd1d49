package house

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestNothingRunsAtStart holds that a program pays nothing for importing one of
// the light packages or statushttp: it has no init function, no map at package
// level, which would be filled at start, and no variable that a call computes. A
// function literal may call what it likes, as nothing calls it yet; statushttp has
// errors of its own, and numbers of the system's.
func TestNothingRunsAtStart(t *testing.T) {
	for _, dir := range append(slices.Clone(light), "statushttp") {
		var calls []string
		if dir == "statushttp" {
			calls = []string{"errors.New", "syscall.Errno"}
		}
		for path, file := range sources(t, dir) {
			for _, d := range file.Decls {
				switch d := d.(type) {
				case *ast.FuncDecl:
					assert.False(t, d.Recv == nil && d.Name.Name == "init", "%s has an init function", path)
				case *ast.GenDecl:
					if d.Tok != token.VAR {
						continue
					}
					for _, s := range d.Specs {
						startsNothing(t, path, s.(*ast.ValueSpec), calls)
					}
				}
			}
		}
	}
}

// startsNothing holds that v is computed by no call but those of some functions.
func startsNothing(t *testing.T, path string, v *ast.ValueSpec, calls []string) {
	ast.Inspect(v, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.MapType:
			t.Errorf("%s: %s is, or has, a map", path, v.Names[0])
		case *ast.CallExpr:
			if f := types.ExprString(n.Fun); !slices.Contains(calls, f) {
				t.Errorf("%s: %s is computed by a call of %s", path, v.Names[0], f)
			}
		}
		return true
	})
}
