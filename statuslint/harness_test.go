package statuslint

import (
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// loaded holds every package below testdata/src. It is loaded once: analysistest
// would load the standard library anew for each test.
var loaded = sync.OnceValues(func() ([]*packages.Package, error) {
	dir, err := filepath.Abs("testdata")
	if err != nil {
		return nil, err
	}
	return packages.Load(&packages.Config{
		Mode:  packages.LoadAllSyntax,
		Dir:   filepath.Join(dir, "src"),
		Tests: true,
		Env:   append(os.Environ(), "GOPATH="+dir, "GO111MODULE=off", "GOWORK=off", "GOPROXY=off"),
	}, "./...")
})

// analyse runs an analyzer over the packages of testdata whose path has one of
// the prefixes, and holds what it reports against the want comments.
func analyse(t *testing.T, a *analysis.Analyzer, prefixes ...string) []*checker.Action {
	t.Helper()
	pkgs, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	var chosen []*packages.Package
	for _, p := range pkgs {
		if len(p.Errors) > 0 {
			t.Errorf("%s: %v", p.ID, p.Errors)
		}
		for _, prefix := range prefixes {
			if p.PkgPath == prefix || strings.HasPrefix(p.PkgPath, prefix+"/") || prefix == "" {
				chosen = append(chosen, p)
				break
			}
		}
	}
	if len(chosen) == 0 {
		t.Fatalf("no package for %q", prefixes)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, chosen, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Errorf("%s: %v", act.Package.PkgPath, act.Err)
			continue
		}
		compareWants(t, act)
	}
	return graph.Roots
}

// A want comment is about its own line, and want-next about the one below: a
// directive fills its line.
var wantPattern = regexp.MustCompile("// want(-next)? (.*)$")

// compareWants holds the diagnostics of a package against its want comments.
func compareWants(t *testing.T, act *checker.Action) {
	t.Helper()
	type place struct {
		file string
		line int
	}
	wants := make(map[place][]string)
	for _, file := range act.Package.Syntax {
		for _, group := range file.Comments {
			for _, c := range group.List {
				m := wantPattern.FindStringSubmatch(c.Text)
				if m == nil {
					continue
				}
				p := act.Package.Fset.Position(c.Pos())
				for rest := strings.TrimSpace(m[2]); rest != ""; rest = strings.TrimSpace(rest) {
					quoted, err := strconv.QuotedPrefix(rest)
					if err != nil {
						t.Errorf("%s: %v", p, err)
						break
					}
					text, _ := strconv.Unquote(quoted)
					at := place{p.Filename, p.Line + len(m[1])/len("-next")}
					wants[at] = append(wants[at], text)
					rest = rest[len(quoted):]
				}
			}
		}
	}
	for _, d := range act.Diagnostics {
		p := act.Package.Fset.Position(d.Pos)
		at := place{p.Filename, p.Line}
		i := slices.IndexFunc(wants[at], func(want string) bool { return regexp.MustCompile(want).MatchString(d.Message) })
		if i < 0 {
			t.Errorf("%s: unexpected: %s", p, d.Message)
			continue
		}
		wants[at] = slices.Delete(wants[at], i, i+1)
	}
	for at, left := range wants {
		for _, want := range left {
			t.Errorf("%s:%d: nothing was reported that matches %q", at.file, at.line, want)
		}
	}
}

// compareFixes applies every suggested fix, the first of each diagnostic, and
// compares each file that has a .golden beside it.
func compareFixes(t *testing.T, acts []*checker.Action) {
	t.Helper()
	type edit struct {
		from, to int
		text     string
	}
	edits := make(map[string][]edit)
	for _, act := range acts {
		if act.Package.ID != act.Package.PkgPath {
			continue // the same files again, for a test
		}
		for _, d := range act.Diagnostics {
			if len(d.SuggestedFixes) == 0 {
				continue
			}
			for _, e := range d.SuggestedFixes[0].TextEdits {
				from, to := act.Package.Fset.Position(e.Pos), act.Package.Fset.Position(e.End)
				edits[from.Filename] = append(edits[from.Filename], edit{from.Offset, to.Offset, string(e.NewText)})
			}
		}
	}
	for name, list := range edits {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		slices.SortStableFunc(list, func(a, b edit) int { return b.from - a.from })
		for _, e := range list {
			src = []byte(string(src[:e.from]) + e.text + string(src[e.to:]))
		}
		got, err := format.Source(src)
		if err != nil {
			t.Errorf("%s with its fixes: %v", name, err)
			continue
		}
		if *update {
			if err := os.WriteFile(name+".golden", got, 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(name + ".golden")
		if err != nil {
			t.Errorf("there are fixes, and no golden file: %v", err)
			continue
		}
		if string(got) != string(want) {
			t.Errorf("%s with its fixes is not its golden file:\n%s", name, firstDifference(string(got), string(want)))
		}
	}
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d: %q, want %q", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}
