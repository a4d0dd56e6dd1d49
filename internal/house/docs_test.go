package house

import (
	"bytes"
	"go/ast"
	"go/doc/comment"
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

// TestPackageDocRuns holds that the code with which a package comment opens is
// the body of an example.
func TestPackageDocRuns(t *testing.T) {
	bodies := exampleBodies(t)
	for _, dir := range []string{""} {
		opening := ""
		for _, file := range sources(t, dir) {
			for _, block := range new(comment.Parser).Parse(file.Doc.Text()).Content {
				if code, ok := block.(*comment.Code); ok && opening == "" {
					opening = strings.TrimSpace(code.Text)
				}
			}
		}
		found := false
		for body := range bodies {
			shown, _, _ := strings.Cut(body, "\n// Output:")
			found = found || opening != "" && strings.TrimSpace(shown) == opening
		}
		assert.True(t, found, "no example of package %q has this body:\n%s", dir, opening)
	}
}

// TestDocLinks holds that every doc link to something of ours names what exists,
// and that a citation stands on one line, as pkg.go.dev links it.
func TestDocLinks(t *testing.T) {
	names := map[string]bool{} // "Code.IsValid" by package: "caching.Storage.Decide"
	packages := map[string]string{}
	for _, dir := range publicPackages(t) {
		for _, file := range sources(t, dir) {
			packages[dir] = file.Name.Name
			for _, name := range exportedNames(file) {
				names[file.Name.Name+"."+name] = true
			}
		}
	}
	ours := map[string]bool{}
	for _, name := range packages {
		ours[name] = true
	}
	link := regexp.MustCompile(`\[\*?(?:([a-z]+)\.)?([A-Z]\w*(?:\.[A-Z]\w*)?)\]`)
	broken := regexp.MustCompile(`(?m)(RFC|RFC [0-9]+,|Section)$`)
	for dir, pkg := range packages {
		for path, file := range sources(t, dir) {
			for _, group := range file.Comments {
				for _, m := range link.FindAllStringSubmatch(group.Text(), -1) {
					in := m[1]
					if in == "" {
						in = pkg
					}
					if ours[in] {
						assert.True(t, names[in+"."+m[2]], "%s: doc link %s leads nowhere", path, m[0])
					}
				}
				assert.NotRegexp(t, broken, group.Text(), "%s: a citation is broken over two lines", path)
			}
		}
	}
}

// exportedNames returns the exported names of a file as doc links write them:
// "NotFound", "Code", "Code.IsValid", "Attempt.Method".
func exportedNames(file *ast.File) []string {
	var names []string
	add := func(prefix string, ids ...*ast.Ident) {
		for _, id := range ids {
			if id.IsExported() {
				names = append(names, prefix+id.Name)
			}
		}
	}
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
	return names
}

// TestEveryNameHasAComment holds that each exported declaration says what it is:
// a function, a type, a constant, a field. A field or a constant may instead be
// named in the comment of one that stands before it, or of its group.
func TestEveryNameHasAComment(t *testing.T) {
	for _, dir := range publicPackages(t) {
		for path, file := range sources(t, dir) {
			for _, name := range uncommented(file) {
				t.Errorf("%s: %s has no comment", path, name)
			}
		}
	}
}

func uncommented(file *ast.File) []string {
	var names []string
	// check looks at a field or constant with its own comments, and text is what
	// was said before it, to which it adds its own.
	check := func(prefix string, ids []*ast.Ident, text *string, comments ...*ast.CommentGroup) {
		own := ""
		for _, c := range comments {
			own += c.Text()
		}
		*text += own
		for _, id := range ids {
			if id.IsExported() && own == "" && !regexp.MustCompile(`\b`+id.Name+`\b`).MatchString(*text) {
				names = append(names, prefix+id.Name)
			}
		}
	}
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && d.Doc == nil && d.Recv == nil {
				names = append(names, d.Name.Name)
			}
		case *ast.GenDecl:
			text := d.Doc.Text()
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.ValueSpec:
					if d.Lparen == 0 {
						check("", s.Names, &text, d.Doc, s.Comment)
					} else {
						check("", s.Names, &text, s.Doc, s.Comment)
					}
				case *ast.TypeSpec:
					check("", []*ast.Ident{s.Name}, &text, d.Doc, s.Doc, s.Comment)
					if st, ok := s.Type.(*ast.StructType); ok && s.Name.IsExported() {
						fields := d.Doc.Text() + s.Doc.Text()
						for _, f := range st.Fields.List {
							check(s.Name.Name+".", f.Names, &fields, f.Doc, f.Comment)
						}
					}
				}
			}
		}
	}
	return names
}

// go doc shows one card of at most 20 lines for each code. Around the comment it
// prints the package, the declaration, and two empty lines.
func TestGoDocCards(t *testing.T) {
	out, err := exec.Command("go", "doc", "NotFound").Output()
	require.NoError(t, err)
	assert.Contains(t, string(out), "\nconst NotFound Code = 404\n    NotFound is the 404 (Not Found) status code: ")
	assert.LessOrEqual(t, strings.Count(string(out), "\n"), 20, "%s", out)

	cards := 0
	printer := comment.Printer{TextCodePrefix: " ", TextWidth: 76}
	for _, file := range sources(t, ".") {
		for _, decl := range file.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.CONST || d.Lparen.IsValid() || !d.Specs[0].(*ast.ValueSpec).Names[0].IsExported() {
				continue
			}
			cards++
			text := printer.Text(new(comment.Parser).Parse(d.Doc.Text()))
			assert.LessOrEqual(t, bytes.Count(text, []byte("\n"))+4, 20, "%s", text)
		}
	}
	assert.Equal(t, 62, cards)
}

// TestExamplesIndex holds that the index of the examples names each folder.
func TestExamplesIndex(t *testing.T) {
	text, err := os.ReadFile("examples/README.md")
	require.NoError(t, err)
	folders, err := os.ReadDir("examples")
	require.NoError(t, err)
	for _, f := range folders {
		if f.IsDir() && f.Name() != "internal" {
			assert.Contains(t, string(text), "["+f.Name()+"]("+f.Name()+")")
		}
	}
}

// TestMarkdownLinks holds that a link to a file of the repository leads to one.
func TestMarkdownLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:\s]+)(?:#[^)]*)?\)`)
	for _, file := range []string{"README.md", "CONTRIBUTING.md", "DESIGN.md", "SECURITY.md", "CHANGELOG.md", "examples/README.md",
		"docs/probe.md", "docs/caching.md", "docs/serving.md"} {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			_, err := os.Stat(filepath.Join(filepath.Dir(file), m[1]))
			assert.NoError(t, err, "%s links to %s", file, m[1])
		}
	}
}
