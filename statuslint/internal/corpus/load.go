package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/httpstatus/statuslint"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// environ keeps go to the module, and cgo out of it.
func environ() []string {
	return append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "CGO_ENABLED=0")
}

// lint analyses the packages of the module in dir that could answer requests. It
// reads source alone: nothing is compiled, and of packages that cannot answer
// requests only the declarations are looked at. Where the command has export
// data, this has declarations, and both know the same.
func lint(dir, module string, found func(site)) (broken []string, err error) {
	names := &packages.Config{Mode: packages.NeedName | packages.NeedImports | packages.NeedDeps | packages.NeedFiles, Dir: dir, Env: environ()}
	pkgs, err := packages.Load(names, "./...")
	if err != nil {
		return nil, err
	}
	web := make(map[string]bool)   // by ID
	whole := make(map[string]bool) // files that are wanted with the bodies of their functions
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		web[p.ID] = p.PkgPath == "net/http" || p.PkgPath == "github.com/valyala/fasthttp"
		for _, q := range p.Imports {
			web[p.ID] = web[p.ID] || web[q.ID]
		}
		if web[p.ID] && !standard(p) || p.PkgPath == "log" || slices.Contains(pkgs, p) {
			for _, name := range p.GoFiles {
				whole[name] = true
			}
		}
	})
	var paths []string
	for _, p := range pkgs {
		if web[p.ID] {
			paths = append(paths, p.PkgPath)
		}
	}
	if len(paths) == 0 {
		return nil, nil
	}
	source := &packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps |
			packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedTypesSizes | packages.NeedModule,
		Dir: dir,
		Env: environ(),
		ParseFile: func(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
			file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution|parser.ParseComments)
			if file == nil || whole[name] {
				return file, err
			}
			for _, d := range file.Decls {
				if fd, ok := d.(*ast.FuncDecl); ok {
					fd.Body = nil
				}
			}
			return file, err
		},
	}
	pkgs, err = packages.Load(source, paths...)
	if err != nil {
		return nil, err
	}
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		if p.Types != nil && p.TypesSizes != nil && p.Name != "" && (len(p.GoFiles) == 0 || !whole[p.GoFiles[0]]) {
			// What its functions do is not known, and that its imports are not used
			// without their bodies is no error.
			p.Syntax, p.TypesInfo, p.Errors = nil, new(types.Info), nil
		}
		p.IllTyped = len(p.Errors) > 0
		for _, q := range p.Imports {
			p.IllTyped = p.IllTyped || q.IllTyped
		}
	})
	pkgs = slices.DeleteFunc(pkgs, func(p *packages.Package) bool {
		if p.IllTyped {
			broken = append(broken, p.PkgPath)
		}
		return p.IllTyped
	})
	graph, err := checker.Analyze([]*analysis.Analyzer{statuslint.Analyzer}, pkgs, nil)
	if err != nil {
		return nil, err
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			return nil, fmt.Errorf("%s: %w", act.Package.PkgPath, act.Err)
		}
		for _, d := range act.Diagnostics {
			at := act.Package.Fset.Position(d.Pos)
			name, err := filepath.Rel(dir, at.Filename)
			if err != nil {
				return nil, err
			}
			found(site{module, filepath.ToSlash(name), at.Line, d.Category})
		}
	}
	return broken, nil
}

// standard reports whether a package is of the standard library: the first
// element of its path has no dot.
func standard(p *packages.Package) bool {
	first, _, _ := strings.Cut(p.PkgPath, "/")
	return !strings.Contains(first, ".")
}
