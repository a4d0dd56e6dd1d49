package httpstatus_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/internal/catalog"
	"example.com/httpstatus/internal/registry"
)

// The repository's own rules: what is generated is up to date, who imports
// whom, and that the documentation shows code that runs.

const module = "example.com/httpstatus"

func TestGeneratedFilesUpToDate(t *testing.T) {
	r, err := registry.Load(registry.Files)
	require.NoError(t, err)
	files, err := catalog.Files(".", r)
	require.NoError(t, err)
	for _, f := range files {
		have, err := os.ReadFile(f.Path)
		require.NoError(t, err)
		if !bytes.Equal(have, f.Text) {
			t.Errorf("%s is stale; run go generate", f.Path)
		}
	}
}

// The cellar: grammars and walks that know no Code.
var cellar = []string{
	"internal/ascii", "internal/field", "internal/uri", "internal/escape", "internal/lenient", "internal/errtree",
}

// lattice says which packages of the module a package may import, beside the
// standard library. A new package adds its line.
var lattice = map[string][]string{
	"internal/ascii":            {},
	"internal/field":            {"internal/ascii"},
	"internal/uri":              {"internal/ascii"},
	"internal/escape":           {"internal/ascii"},
	"internal/lenient":          {"internal/ascii"},
	"internal/errtree":          {},
	"":                          cellar,
	"caching":                   above(""),
	"unofficial":                above(""),
	"proxystatus":               above(""),
	"rpcstatus":                 above(""),
	"statushttp":                above("", "caching", "unofficial", "proxystatus", "rpcstatus"),
	"conform":                   above(""),
	"conform/report":            above("", "conform"),
	"probe":                     above("", "conform", "conform/report"),
	"internal/choosing":         above(""),
	"internal/site":             above("", "internal/choosing", "caching", "unofficial", "proxystatus", "rpcstatus", "conform"),
	"cmd/httpstatus":            above("", "caching", "unofficial", "proxystatus", "rpcstatus", "statushttp", "conform", "conform/report", "probe", "internal/site", "internal/choosing"),
	"internal/registry":         {},
	"internal/registry/excerpt": {"internal/registry"},
	"internal/registry/compare": {"internal/registry"},
	"internal/catalog":          {"internal/registry"},
	"internal/gen":              {"internal/registry", "internal/catalog"},
	"internal/reference":        {},
	"internal/nethttp":          {},
	"internal/sizes":            {},
	"internal/api":              {},
	"internal/house":            {},
}

// above is the cellar and some packages that stand on it.
func above(packages ...string) []string { return append(packages, cellar...) }

func TestImportLattice(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}:{{join .Imports " "}}`, "./...").Output()
	require.NoError(t, err)
	for line := range strings.Lines(string(out)) {
		path, imports, _ := strings.Cut(strings.TrimSpace(line), ":")
		pkg := strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
		may, ok := lattice[pkg]
		if !assert.True(t, ok, "package %q has no line in the lattice", pkg) {
			continue
		}
		for _, imp := range strings.Fields(imports) {
			first, _, _ := strings.Cut(imp, "/")
			if !strings.Contains(first, ".") {
				continue // the standard library
			}
			rest, ours := strings.CutPrefix(imp, module)
			assert.True(t, ours, "%s imports %s: importers link nothing but the standard library", path, imp)
			assert.Contains(t, may, strings.TrimPrefix(rest, "/"), "%s imports %s", path, imp)
		}
	}
}

// TestLinksNoNetwork holds what the root and the tables beside it do without,
// directly or by way of another package.
func TestLinksNoNetwork(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}:{{join .Deps " "}}`, "./...").Output()
	require.NoError(t, err)
	for line := range strings.Lines(string(out)) {
		path, deps, _ := strings.Cut(strings.TrimSpace(line), ":")
		switch strings.TrimPrefix(strings.TrimPrefix(path, module), "/") {
		case "", "caching", "unofficial", "proxystatus", "rpcstatus":
		default:
			continue
		}
		for _, dep := range strings.Fields(deps) {
			switch dep {
			case "net", "net/http", "mime", "log", "log/slog", "embed", "encoding/csv", "encoding/json":
				t.Errorf("%s depends on %s", path, dep)
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

// TestREADMESnippets holds the Go snippets of the README equal to the bodies of
// examples.
func TestREADMESnippets(t *testing.T) {
	bodies := exampleBodies(t)
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	snippets := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	require.GreaterOrEqual(t, len(snippets), 3)
	for _, s := range snippets {
		if !bodies[strings.TrimSpace(s[1])] {
			t.Errorf("no example has this body:\n%s", s[1])
		}
	}
}

// exampleBodies returns the bodies of all examples of the module, without
// their indentation.
func exampleBodies(t *testing.T) map[string]bool {
	t.Helper()
	bodies := map[string]bool{}
	files, err := filepath.Glob("*_test.go")
	require.NoError(t, err)
	more, err := filepath.Glob("*/*_test.go")
	require.NoError(t, err)
	for _, name := range append(files, more...) {
		src, err := os.ReadFile(name)
		require.NoError(t, err)
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, src, parser.ParseComments)
		require.NoError(t, err)
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || !strings.HasPrefix(fn.Name.Name, "Example") {
				continue
			}
			body := string(src[fset.Position(fn.Body.Lbrace).Offset+1 : fset.Position(fn.Body.Rbrace).Offset])
			bodies[strings.TrimSpace(strings.ReplaceAll(body, "\n\t", "\n"))] = true
		}
	}
	return bodies
}

// TestDocLinks holds that every doc link in the package's comments names
// something that exists, and that a citation stands on one line, as pkg.go.dev
// links it.
func TestDocLinks(t *testing.T) {
	names := map[string]bool{}
	for _, name := range exportedNames(t, ".") {
		names[name] = true
	}
	link := regexp.MustCompile(`\[\*?([A-Z]\w*(?:\.[A-Z]\w*)?)\]`)
	broken := regexp.MustCompile(`(?m)(RFC|RFC [0-9]+,|Section)$`)
	for _, file := range sourceFiles(t, ".") {
		for _, group := range file.Comments {
			for _, m := range link.FindAllStringSubmatch(group.Text(), -1) {
				assert.True(t, names[m[1]], "%s: doc link [%s] leads nowhere", file.Name, m[1])
			}
			assert.NotRegexp(t, broken, group.Text(), "a citation is broken over two lines")
		}
	}
}

func sourceFiles(t *testing.T, dir string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		require.NoError(t, err)
		files = append(files, f)
	}
	return files
}

// exportedNames returns the exported names of a package as doc links write
// them: "NotFound", "Code", "Code.IsValid".
func exportedNames(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	add := func(prefix string, ids ...*ast.Ident) {
		for _, id := range ids {
			if id.IsExported() {
				names = append(names, prefix+id.Name)
			}
		}
	}
	for _, file := range sourceFiles(t, dir) {
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				prefix := ""
				if d.Recv != nil {
					typ := d.Recv.List[0].Type
					if p, ok := typ.(*ast.StarExpr); ok {
						typ = p.X
					}
					prefix = typ.(*ast.Ident).Name + "."
				}
				add(prefix, d.Name)
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch s := spec.(type) {
					case *ast.ValueSpec:
						add("", s.Names...)
					case *ast.TypeSpec:
						add("", s.Name)
						if st, ok := s.Type.(*ast.StructType); ok {
							for _, f := range st.Fields.List {
								add(s.Name.Name+".", f.Names...)
							}
						}
					}
				}
			}
		}
	}
	return names
}
