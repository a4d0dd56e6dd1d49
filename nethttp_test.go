package httpstatus_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

// TestNetHTTPConstants finds each of net/http's Status constants here, under the
// same number. Their list is read from its source, so that it is the list of
// the Go release that runs the test.
func TestNetHTTPConstants(t *testing.T) {
	// Where our name is not theirs without "Status", and why.
	renamed := map[string]struct{ name, why string }{
		"StatusNonAuthoritativeInfo":         {"NonAuthoritativeInformation", "net/http abbreviates"},
		"StatusProxyAuthRequired":            {"ProxyAuthenticationRequired", "net/http abbreviates"},
		"StatusRequestEntityTooLarge":        {"ContentTooLarge", "RFC 2616 to RFC 9110"},
		"StatusRequestURITooLong":            {"URITooLong", "RFC 2616 to RFC 7231"},
		"StatusRequestedRangeNotSatisfiable": {"RangeNotSatisfiable", "RFC 2616 to RFC 7233"},
		"StatusUnprocessableEntity":          {"UnprocessableContent", "RFC 4918 to RFC 9110"},
	}
	// Where we have none, and why.
	left := map[string]string{
		"StatusTeapot": "418 is reserved as unused: RFC 9110, Section 15.5.19",
	}

	theirs := netHTTPConstants(t)
	ours := codeConstants(t)
	for name, value := range theirs {
		if why, ok := left[name]; ok {
			assert.False(t, httpstatus.Code(value).IsRegistered(), "%s, but: %s", name, why)
			continue
		}
		want := strings.TrimPrefix(name, "Status")
		if r, ok := renamed[name]; ok {
			want = r.name
		}
		if assert.Contains(t, ours, want, "for http.%s", name) {
			assert.Equal(t, value, ours[want], "http.%s", name)
		}
	}

	// No row of the lists outlives its reason.
	for name, r := range renamed {
		assert.Contains(t, theirs, name)
		assert.NotContains(t, ours, strings.TrimPrefix(name, "Status"), r.why)
	}
	for name := range left {
		assert.Contains(t, theirs, name)
	}
}

// TestNetHTTPStatusText lists the codes that the registry and net/http call by
// different names, and why.
func TestNetHTTPStatusText(t *testing.T) {
	differ := map[httpstatus.Code]struct{ theirs, why string }{
		104: {"", "registered for a time only, which net/http does not follow"},
		413: {"Request Entity Too Large", "RFC 2616; Content Too Large since RFC 9110"},
		414: {"Request URI Too Long", "RFC 2616; URI Too Long since RFC 7231"},
		416: {"Requested Range Not Satisfiable", "RFC 2616; Range Not Satisfiable since RFC 7233"},
		418: {"I'm a teapot", "RFC 2324; no phrase since RFC 9110, Section 15.5.19"},
		422: {"Unprocessable Entity", "RFC 4918; Unprocessable Content since RFC 9110"},
	}
	for _, c := range sweep() {
		if d, ok := differ[c]; ok {
			assert.Equal(t, d.theirs, http.StatusText(int(c)), "%d: %s", int(c), d.why)
			assert.NotEqual(t, d.theirs, c.Phrase(), "%d: %s", int(c), d.why)
			continue
		}
		assert.Equal(t, http.StatusText(int(c)), c.Phrase(), "%d", int(c))
	}
}

// TestConstants holds that each registered code has one constant, which is named
// after its phrase, and that there are no others.
func TestConstants(t *testing.T) {
	names := map[httpstatus.Code]string{}
	for name, value := range codeConstants(t) {
		c := httpstatus.Code(value)
		assert.True(t, c.IsRegistered(), "%s is %d", name, value)
		assert.Empty(t, names[c], "%s is a second constant for %d", name, value)
		names[c] = name
	}
	for c := range httpstatus.All() {
		want := strings.NewReplacer(" ", "", "-", "").Replace(c.Phrase())
		assert.Equal(t, want, names[c], "%d", int(c))
	}
}

// netHTTPConstants returns the Status constants of the net/http that the go
// command builds with.
func netHTTPConstants(t *testing.T) map[string]int {
	t.Helper()
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "net/http").Output()
	require.NoError(t, err)
	file := parseFile(t, filepath.Join(strings.TrimSpace(string(dir)), "status.go"))
	found := map[string]int{}
	for v := range constantSpecs(file) {
		if name := v.Names[0].Name; strings.HasPrefix(name, "Status") {
			found[name] = intLiteral(t, v)
		}
	}
	require.GreaterOrEqual(t, len(found), 60, "this is not the list")
	return found
}

// codeConstants returns the exported constants of type Code that this package
// declares.
func codeConstants(t *testing.T) map[string]int {
	t.Helper()
	found := map[string]int{}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, file := range files {
		for v := range constantSpecs(parseFile(t, file)) {
			if typ, ok := v.Type.(*ast.Ident); ok && typ.Name == "Code" && v.Names[0].IsExported() {
				found[v.Names[0].Name] = intLiteral(t, v)
			}
		}
	}
	require.GreaterOrEqual(t, len(found), 60, "this is not the list")
	return found
}

// constantSpecs yields the constant declarations of f.
func constantSpecs(f *ast.File) func(yield func(*ast.ValueSpec) bool) {
	return func(yield func(*ast.ValueSpec) bool) {
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, s := range g.Specs {
				if !yield(s.(*ast.ValueSpec)) {
					return
				}
			}
		}
	}
}

// intLiteral returns the value of a constant that is declared as one number.
func intLiteral(t *testing.T, v *ast.ValueSpec) int {
	t.Helper()
	require.Len(t, v.Values, 1, v.Names[0].Name)
	lit, ok := v.Values[0].(*ast.BasicLit)
	require.True(t, ok, v.Names[0].Name)
	n, err := strconv.Atoi(lit.Value)
	require.NoError(t, err, v.Names[0].Name)
	return n
}

func parseFile(t *testing.T, file string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	return f
}
