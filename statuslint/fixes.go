package statuslint

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// indent returns the white space in front of a statement: in formatted source,
// as many tabs as there are columns.
func (e *engine) indent(s ast.Stmt) string {
	return strings.Repeat("\t", max(0, e.pass.Fset.Position(s.Pos()).Column-1))
}

// lineEnd returns the end of a statement, or of the comment behind it.
func (e *engine) lineEnd(s ast.Stmt) token.Pos {
	line := e.pass.Fset.Position(s.End()).Line
	for _, file := range e.pass.Files {
		if file.FileStart > s.Pos() || s.Pos() >= file.FileEnd {
			continue
		}
		for _, g := range file.Comments {
			if g.Pos() >= s.End() && e.pass.Fset.Position(g.Pos()).Line == line {
				return g.List[0].End()
			}
		}
	}
	return s.End()
}

// deleteLine takes out a statement with the line that it stands on.
func (e *engine) deleteLine(s ast.Stmt) analysis.TextEdit {
	tf := e.pass.Fset.File(s.Pos())
	line := tf.Line(s.Pos())
	last := tf.Line(s.End())
	if last >= tf.LineCount() {
		return analysis.TextEdit{Pos: s.Pos(), End: s.End()}
	}
	return analysis.TextEdit{Pos: tf.LineStart(line), End: tf.LineStart(last + 1)}
}

// fieldFix sets Allow before a 405 where the methods can be read from the
// tests around it.
func (f *fn) fieldFix(rule fieldRule, ev *event) []analysis.SuggestedFix {
	if rule.bit != fieldAllow || ev.w.root == nil {
		return nil
	}
	methods := f.tested(ev.node)
	s := f.statement(ev.node)
	if len(methods) == 0 || s == nil {
		return nil
	}
	value := strconv.Quote(strings.Join(methods, ", "))
	w := ev.w.root.Name() + ev.w.path
	var set string
	switch f.e.role(ev.w.root.Type()) {
	case roleGin:
		set = ev.w.root.Name() + `.Header("Allow", ` + value + ")"
	case roleEcho:
		set = ev.w.root.Name() + `.Response().Header().Set("Allow", ` + value + ")"
		if strings.HasSuffix(ev.w.root.Type().String(), "Response") {
			set = ev.w.root.Name() + `.Header().Set("Allow", ` + value + ")"
		}
	case roleFiber:
		set = ev.w.root.Name() + `.Set("Allow", ` + value + ")"
	case roleNet, roleLike:
		set = w + `.Header().Set("Allow", ` + value + ")"
	default:
		if ev.w.path == "" || ev.sink != "WriteHeader" && ev.sink != "http.Error" {
			return nil
		}
		set = w + `.Header().Set("Allow", ` + value + ")"
	}
	return []analysis.SuggestedFix{{
		Message:   "Set Allow to " + strings.Join(methods, ", "),
		TextEdits: []analysis.TextEdit{{Pos: s.Pos(), End: s.Pos(), NewText: []byte(set + "\n" + f.e.indent(s))}},
	}}
}

// tested lists the methods that the request does not have where n stands,
// according to the nearest test around it: those that are allowed.
func (f *fn) tested(n ast.Node) []string {
	child := n
	for p := f.parent[n]; p != nil && p != f.body; child, p = p, f.parent[p] {
		switch s := p.(type) {
		case *ast.IfStmt:
			if child == s.Body {
				return f.unequal(s.Cond)
			}
			if child == s.Else {
				return f.chain(s)
			}
		case *ast.CaseClause:
			sw, ok := f.parent[f.parent[s]].(*ast.SwitchStmt)
			if !ok || s.List != nil || sw.Tag == nil || !f.isMethod(sw.Tag) {
				return nil
			}
			var methods []string
			for _, c := range sw.Body.List {
				for _, x := range c.(*ast.CaseClause).List {
					m, ok := f.e.stringConst(x)
					if !ok || m == "" {
						return nil
					}
					methods = append(methods, m)
				}
			}
			return methods
		case *ast.CommClause, *ast.FuncLit:
			return nil
		}
	}
	return nil
}

// unequal reads the methods from `r.Method != A && r.Method != B`.
func (f *fn) unequal(cond ast.Expr) []string {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		if n, ok := ast.Unparen(cond).(*ast.UnaryExpr); ok && n.Op == token.NOT {
			return f.equal(n.X)
		}
		return nil
	}
	switch b.Op {
	case token.LAND:
		x, y := f.unequal(b.X), f.unequal(b.Y)
		if x == nil || y == nil {
			return nil
		}
		return append(x, y...)
	case token.NEQ:
		return f.compared(b)
	}
	return nil
}

// equal reads the methods from `r.Method == A || r.Method == B`.
func (f *fn) equal(cond ast.Expr) []string {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return nil
	}
	switch b.Op {
	case token.LOR:
		x, y := f.equal(b.X), f.equal(b.Y)
		if x == nil || y == nil {
			return nil
		}
		return append(x, y...)
	case token.EQL:
		return f.compared(b)
	}
	return nil
}

func (f *fn) compared(b *ast.BinaryExpr) []string {
	x, y := b.X, b.Y
	if !f.isMethod(x) {
		x, y = y, x
	}
	if m, ok := f.e.stringConst(y); ok && m != "" && f.isMethod(x) {
		return []string{m}
	}
	return nil
}

// chain reads the methods from the last else of `if r.Method == A {} else if
// r.Method == B {} else {}`.
func (f *fn) chain(s *ast.IfStmt) []string {
	methods := f.equal(s.Cond)
	if methods == nil {
		return nil
	}
	if up, ok := f.parent[s].(*ast.IfStmt); ok && up.Else == s {
		first := f.chain(up)
		if first == nil {
			return nil
		}
		methods = append(first, methods...)
	}
	return methods
}

// imports returns the name under which a file imports a package, or "".
func (e *engine) imports(pos token.Pos, path string) string {
	for _, file := range e.pass.Files {
		if file.FileStart > pos || pos >= file.FileEnd {
			continue
		}
		for _, spec := range file.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil || p != path {
				continue
			}
			var name *types.PkgName
			if spec.Name != nil {
				name, _ = e.info.Defs[spec.Name].(*types.PkgName)
			} else {
				name, _ = e.info.Implicits[spec].(*types.PkgName)
			}
			if name != nil && name.Name() != "_" && name.Name() != "." {
				return name.Name()
			}
		}
	}
	return ""
}

// packageNamed returns a package that this one imports itself.
func (e *engine) packageNamed(path string) *types.Package {
	for _, p := range e.pass.Pkg.Imports() {
		if p.Path() == path {
			return p
		}
	}
	return nil
}
