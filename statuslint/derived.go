package statuslint

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
)

// underMethod reports whether a condition around n reads what was made of the
// method of a request, as in `if call.Operation == unknown`.
func (f *fn) underMethod(n ast.Node) bool {
	derived := f.e.ofMethod()
	return f.enclosing(n, func(p ast.Node) bool {
		switch p := p.(type) {
		case *ast.IfStmt:
			return f.e.readsMethod(p.Cond, derived) || p.Init != nil && f.e.readsMethod(p.Init, derived)
		case *ast.SwitchStmt:
			return p.Tag != nil && f.e.readsMethod(p.Tag, derived)
		case *ast.CaseClause:
			for _, x := range p.List {
				if f.e.readsMethod(x, derived) {
					return true
				}
			}
		}
		return false
	}) != nil
}

// ofMethod returns the variables, fields and functions of the package whose
// values are made of the method of a request, or depend on it.
func (e *engine) ofMethod() map[types.Object]bool {
	if e.lazy.derived != nil {
		return e.lazy.derived
	}
	derived := make(map[types.Object]bool)
	e.lazy.derived = derived
	for range 6 {
		before := len(derived)
		for _, file := range e.pass.Files {
			for _, d := range file.Decls {
				e.deriveIn(d, derived)
			}
		}
		if len(derived) == before {
			break
		}
	}
	return derived
}

// deriveIn adds what is made of the method in one declaration.
func (e *engine) deriveIn(d ast.Decl, derived map[types.Object]bool) {
	var stack []ast.Node
	depends := 0 // how many of the conditions around read the method
	under := make(map[ast.Node]bool)
	add := func(x ast.Expr) {
		switch x := ast.Unparen(x).(type) {
		case *ast.Ident:
			if o := e.objectOf(x); o != nil && x.Name != "_" {
				derived[o] = true
			}
		case *ast.SelectorExpr:
			if o := e.objectOf(x.Sel); o != nil {
				derived[o] = true
			}
		}
	}
	ast.Inspect(d, func(n ast.Node) bool {
		if n == nil {
			top := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if under[top] {
				depends--
			}
			return true
		}
		stack = append(stack, n)
		switch s := n.(type) {
		case *ast.IfStmt:
			under[n] = e.readsMethod(s.Cond, derived)
		case *ast.SwitchStmt:
			under[n] = s.Tag != nil && e.readsMethod(s.Tag, derived)
		case *ast.CaseClause:
			for _, x := range s.List {
				under[n] = under[n] || e.readsMethod(x, derived)
			}
		case *ast.AssignStmt:
			for i, l := range s.Lhs {
				if depends > 0 || e.readsMethod(s.Rhs[min(i, len(s.Rhs)-1)], derived) {
					add(l)
				}
			}
		case *ast.ValueSpec:
			for i, l := range s.Names {
				if len(s.Values) > 0 && (depends > 0 || e.readsMethod(s.Values[min(i, len(s.Values)-1)], derived)) {
					add(l)
				}
			}
		case *ast.KeyValueExpr:
			if id, ok := s.Key.(*ast.Ident); ok && e.readsMethod(s.Value, derived) {
				if v, ok := e.objectOf(id).(*types.Var); ok && v.IsField() {
					derived[v] = true
				}
			}
		case *ast.CallExpr:
			callee := typeutil.StaticCallee(e.info, s)
			if callee == nil || callee.Pkg() != e.pass.Pkg {
				break
			}
			for i, a := range s.Args {
				if i < callee.Signature().Params().Len() && e.readsMethod(a, derived) {
					derived[callee.Signature().Params().At(i)] = true
				}
			}
		case *ast.ReturnStmt:
			fd, ok := d.(*ast.FuncDecl)
			if !ok {
				break
			}
			made := depends > 0
			for _, x := range s.Results {
				made = made || e.readsMethod(x, derived)
			}
			if made && len(s.Results) > 0 {
				derived[e.info.Defs[fd.Name]] = true
			}
		}
		if under[n] {
			depends++
		}
		return true
	})
}

// readsMethod reports whether x reads the method of a request, or something
// that is made of it.
func (e *engine) readsMethod(x ast.Node, derived map[types.Object]bool) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.SelectorExpr:
			if n.Sel.Name == "Method" {
				switch e.role(e.typeOf(n.X)) {
				case roleRequest, roleFiber, roleHuma:
					found = true
				}
			}
		case *ast.Ident:
			found = found || derived[e.objectOf(n)]
		}
		return !found
	})
	return found
}
