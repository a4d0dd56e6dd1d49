// Package api lists the exported API of a package, a line for each name, so
// that a change of it shows in review.
package api

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"path/filepath"
	"sort"
	"strings"
)

// List returns the sorted lines for the package in dir: "const NotFound Code =
// 404", "func Parse(s string) (Code, error)", "method (c Code) IsValid() bool",
// "type Applied uint8", "field Attempt.Method string".
func List(dir string) ([]string, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	l := lister{fset: token.NewFileSet()}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(l.fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				l.function(d)
			case *ast.GenDecl:
				l.general(d)
			}
		}
	}
	sort.Strings(l.lines)
	return l.lines, nil
}

type lister struct {
	fset  *token.FileSet
	lines []string
}

func (l *lister) add(format string, args ...any) {
	l.lines = append(l.lines, fmt.Sprintf(format, args...))
}

// text prints a node on one line.
func (l *lister) text(n ast.Node) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, l.fset, n); err != nil {
		return err.Error()
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func (l *lister) function(d *ast.FuncDecl) {
	if !d.Name.IsExported() {
		return
	}
	signature := d.Name.Name + strings.TrimPrefix(l.text(d.Type), "func")
	if d.Recv == nil {
		l.add("func %s", signature)
		return
	}
	recv := l.text(d.Recv.List[0].Type)
	if ast.IsExported(strings.TrimPrefix(recv, "*")) {
		l.add("method (%s) %s", recv, signature)
	}
}

func (l *lister) general(d *ast.GenDecl) {
	var typ ast.Expr // of a const group, which the specs without one inherit
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.ValueSpec:
			if s.Type != nil || len(s.Values) > 0 {
				typ = s.Type
			}
			for i, name := range s.Names {
				if !name.IsExported() {
					continue
				}
				line := d.Tok.String() + " " + name.Name
				if typ != nil {
					line += " " + l.text(typ)
				}
				if d.Tok == token.CONST && i < len(s.Values) {
					if v := l.text(s.Values[i]); !strings.Contains(v, "iota") {
						line += " = " + v
					}
				}
				l.add("%s", line)
			}
		case *ast.TypeSpec:
			if s.Name.IsExported() {
				l.typ(s)
			}
		}
	}
}

func (l *lister) typ(s *ast.TypeSpec) {
	st, ok := s.Type.(*ast.StructType)
	if !ok {
		l.add("type %s %s", s.Name.Name, l.text(s.Type))
		return
	}
	l.add("type %s struct", s.Name.Name)
	for _, f := range st.Fields.List {
		for _, name := range f.Names {
			if name.IsExported() {
				l.add("field %s.%s %s", s.Name.Name, name.Name, l.text(f.Type))
			}
		}
	}
}
