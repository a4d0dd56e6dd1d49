package statuslint

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// isMethod reports whether x is the method of a request.
func (f *fn) isMethod(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.SelectorExpr:
		return x.Sel.Name == "Method" && f.e.role(f.e.typeOf(x.X)) == roleRequest
	case *ast.CallExpr:
		sel, ok := x.Fun.(*ast.SelectorExpr)
		return ok && sel.Sel.Name == "Method" && f.e.role(f.e.typeOf(sel.X)) == roleFiber
	case *ast.Ident:
		v, ok := f.e.objectOf(x).(*types.Var)
		return ok && len(f.values[v]) == 1 && v.Name() != "" && f.isMethodSelector(f.values[v][0])
	}
	return false
}

func (f *fn) isMethodSelector(x ast.Expr) bool {
	sel, ok := ast.Unparen(x).(*ast.SelectorExpr)
	return ok && f.isMethod(sel)
}

// method returns the method that a request surely has where n stands, or "".
func (f *fn) method(n ast.Node) string {
	equals := func(x ast.Expr, op token.Token) string {
		b, ok := ast.Unparen(x).(*ast.BinaryExpr)
		if !ok || b.Op != op || !f.isMethod(b.X) {
			return ""
		}
		s, _ := f.e.stringConst(b.Y)
		return s
	}
	child := n
	for p := f.parent[n]; p != nil; child, p = p, f.parent[p] {
		switch s := p.(type) {
		case *ast.IfStmt:
			if child == s.Body {
				if m := equals(s.Cond, token.EQL); m != "" {
					return m
				}
			}
			if child == s.Else {
				if m := equals(s.Cond, token.NEQ); m != "" {
					return m
				}
			}
		case *ast.CaseClause:
			if sw, ok := f.parent[f.parent[s]].(*ast.SwitchStmt); ok && sw.Tag != nil && f.isMethod(sw.Tag) && len(s.List) == 1 {
				m, _ := f.e.stringConst(s.List[0])
				return m
			}
		case *ast.BlockStmt:
			for _, st := range s.List {
				if st == child {
					break
				}
				if is, ok := st.(*ast.IfStmt); ok && is.Else == nil && len(is.Body.List) > 0 {
					if _, returns := is.Body.List[len(is.Body.List)-1].(*ast.ReturnStmt); returns {
						if m := equals(is.Cond, token.NEQ); m != "" {
							return m
						}
					}
				}
			}
		}
		if p == f.body {
			break
		}
	}
	for g := f; g != nil; g = g.outer {
		if g.lit != nil {
			if m := f.e.registered()[g.lit]; m != "" {
				return m
			}
		} else if g.obj != nil {
			return f.e.registered()[g.obj]
		}
	}
	return ""
}

// registered maps handlers to the one method that they are registered for, by
// the mux patterns and router calls of the package.
func (e *engine) registered() map[any]string {
	if e.lazy.routes != nil {
		return e.lazy.routes
	}
	e.lazy.routes = make(map[any]string)
	note := func(x ast.Expr, method string) {
		key := e.handlerKey(x)
		if key == nil {
			return
		}
		if old, ok := e.lazy.routes[key]; ok && old != method {
			method = "" // several
		}
		e.lazy.routes[key] = method
	}
	for _, file := range e.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			first, isString := e.stringConst(call.Args[0])
			switch name := sel.Sel.Name; name {
			case "Handle", "HandleFunc":
				if m, _, ok := strings.Cut(first, " "); ok && isString && len(call.Args) == 2 {
					note(call.Args[1], m)
				}
			case "Methods":
				// r.HandleFunc("/x", h).Methods("POST")
				if inner, ok := sel.X.(*ast.CallExpr); ok && len(call.Args) == 1 && isString && len(inner.Args) == 2 {
					note(inner.Args[1], first)
				}
			case "Get", "Post", "Put", "Patch", "Delete", "GET", "POST", "PUT", "PATCH", "DELETE":
				if isString && strings.HasPrefix(first, "/") && len(call.Args) > 1 {
					note(call.Args[len(call.Args)-1], strings.ToUpper(name))
				}
			}
			return true
		})
	}
	return e.lazy.routes
}

// handlerKey returns what a handler is known by: its literal, or the function or
// method that it is. It is nil if it is something else.
func (e *engine) handlerKey(x ast.Expr) any {
	switch x := ast.Unparen(x).(type) {
	case *ast.FuncLit:
		return x
	case *ast.Ident:
		if o := e.objectOf(x); o != nil {
			return o
		}
	case *ast.SelectorExpr:
		if o := e.objectOf(x.Sel); o != nil {
			return o
		}
	case *ast.CallExpr: // http.HandlerFunc(h)
		if e.info.Types[x.Fun].IsType() && len(x.Args) == 1 {
			return e.handlerKey(x.Args[0])
		}
	}
	return nil
}

// forRouter reports whether f is the handler that a router calls for a method
// that is not allowed, after it has set Allow itself.
func (f *fn) forRouter() bool {
	for g := f; g != nil; g = g.outer {
		var key any = g.lit
		if g.lit == nil {
			key = types.Object(g.obj)
		}
		if f.e.routed405()[key] {
			return true
		}
	}
	return false
}

// routed405 lists the handlers of the package that are given to a router for
// methods that are not allowed, where the router sets Allow: httprouter's, in a
// field, and gin's.
func (e *engine) routed405() map[any]bool {
	if e.lazy.routed != nil {
		return e.lazy.routed
	}
	e.lazy.routed = make(map[any]bool)
	note := func(x ast.Expr) {
		if key := e.handlerKey(x); key != nil {
			e.lazy.routed[key] = true
		}
	}
	isField := func(x ast.Expr) bool {
		id, ok := x.(*ast.Ident)
		if sel, isSel := x.(*ast.SelectorExpr); isSel {
			id, ok = sel.Sel, true
		}
		if !ok || id.Name != "MethodNotAllowed" {
			return false
		}
		v, ok := e.objectOf(id).(*types.Var)
		return ok && v.IsField() && v.Pkg() != nil && framework(v.Pkg().Path()) == "httprouter"
	}
	for _, file := range e.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, l := range n.Lhs {
					if i < len(n.Rhs) && isField(l) {
						note(n.Rhs[i])
					}
				}
			case *ast.KeyValueExpr:
				if isField(n.Key) {
					note(n.Value)
				}
			case *ast.CallExpr:
				callee, ok := typeutil.Callee(e.info, n).(*types.Func)
				if ok && callee.Name() == "NoMethod" && callee.Pkg() != nil && framework(callee.Pkg().Path()) == "gin" {
					for _, a := range n.Args {
						note(a)
					}
				}
			}
			return true
		})
	}
	return e.lazy.routed
}
