package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "example.com/httpstatus"

// TestMain runs the tests in the root of the repository.
func TestMain(m *testing.M) {
	if err := os.Chdir("../.."); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// list returns the lines that go list prints for all packages of the module, by
// the folder of each package: "" for the root.
func list(t *testing.T, format string) map[string]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}}:"+format, "./...").Output()
	require.NoError(t, err)
	lines := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		lines[strings.TrimPrefix(strings.TrimPrefix(path, module), "/")] = rest
	}
	return lines
}

// publicPackages returns the folders of the packages that others may import. The
// one in docs holds the pages for the command, and promises nothing.
func publicPackages(t *testing.T) []string {
	t.Helper()
	var dirs []string
	for dir, name := range list(t, "{{.Name}}") {
		if name != "main" && !strings.HasPrefix(dir, "internal/") && !strings.HasPrefix(dir, "docs/") && !strings.Contains(dir, "/internal/") {
			dirs = append(dirs, dir)
		}
	}
	require.Contains(t, dirs, "")
	require.Contains(t, dirs, "statushttp")
	return dirs
}

// sources returns the parsed files of a package, by name, without its tests.
func sources(t *testing.T, dir string) map[string]*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	files := map[string]*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err)
		files[name] = f
	}
	return files
}

// handwritten returns the Go files of the module, without what is generated or
// belongs to a module or test data of its own.
func handwritten(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if _, err := os.Stat(filepath.Join(path, "go.mod")); path != "." && (err == nil || d.Name() == "testdata" || d.Name()[0] == '.') {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_gen.go") {
			files = append(files, path)
		}
		return nil
	})
	require.NoError(t, err)
	require.Contains(t, files, "status.go")
	return files
}
