package statuslint

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A kind says what part a type plays in answering a request.
type kind uint8

const (
	kindNone    kind = iota
	kindNet          // http.ResponseWriter itself
	kindLike         // another type with its three methods
	kindHeader       // http.Header
	kindRequest      // *http.Request
	kindGin          // *gin.Context
	kindEcho         // echo.Context
	kindFiber        // fiber.Ctx
)

// answers reports whether a value of this kind leads to a response.
func (k kind) answers() bool { return k != kindNone && k != kindRequest }

// kind classifies a type.
func (e *engine) kind(t types.Type) kind {
	if t == nil {
		return kindNone
	}
	if k, ok := e.kinds[t]; ok {
		return k
	}
	e.kinds[t] = kindNone // for a type that refers to itself
	k := e.kindOf(t)
	e.kinds[t] = k
	return k
}

func (e *engine) kindOf(t types.Type) kind {
	t = types.Unalias(t)
	elem := t
	if p, ok := t.(*types.Pointer); ok {
		elem = types.Unalias(p.Elem())
	}
	named, ok := elem.(*types.Named)
	if ok && named.Obj().Pkg() != nil {
		path, name := named.Obj().Pkg().Path(), named.Obj().Name()
		switch {
		case path == "net/http":
			switch name {
			case "ResponseWriter":
				return kindNet
			case "Header":
				return kindHeader
			case "Request":
				return kindRequest
			}
		case framework(path) == "gin" && name == "Context":
			return kindGin
		case framework(path) == "echo" && (name == "Context" || name == "Response"):
			return kindEcho
		case framework(path) == "fiber" && (name == "Ctx" || name == "DefaultCtx"):
			return kindFiber
		}
	} else if !ok {
		if _, isInterface := elem.(*types.Interface); !isInterface {
			if _, isParam := elem.(*types.TypeParam); !isParam {
				return kindNone
			}
		}
	}
	if e.likeWriter(t) {
		return kindLike
	}
	return kindNone
}

// likeWriter reports whether t has the three methods of http.ResponseWriter.
func (e *engine) likeWriter(t types.Type) bool {
	method := func(name string) *types.Signature {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		f, ok := obj.(*types.Func)
		if !ok {
			return nil
		}
		return f.Signature()
	}
	sig := method("WriteHeader")
	if sig == nil || sig.Params().Len() != 1 || sig.Results().Len() != 0 || !isInt(sig.Params().At(0).Type()) {
		return false
	}
	sig = method("Header")
	if sig == nil || sig.Params().Len() != 0 || sig.Results().Len() != 1 || e.kind(sig.Results().At(0).Type()) != kindHeader {
		return false
	}
	sig = method("Write")
	return sig != nil && sig.Params().Len() == 1 && sig.Results().Len() == 2
}

// framework names the web framework that a package path belongs to, or "".
func framework(path string) string {
	switch {
	case !strings.HasPrefix(path, "github.com/"):
		return ""
	case path == "github.com/gin-gonic/gin":
		return "gin"
	case path == "github.com/labstack/echo" || strings.HasPrefix(path, "github.com/labstack/echo/v") && !strings.Contains(path[len("github.com/labstack/echo/v"):], "/"):
		return "echo"
	case path == "github.com/gofiber/fiber" || strings.HasPrefix(path, "github.com/gofiber/fiber/v") && !strings.Contains(path[len("github.com/gofiber/fiber/v"):], "/"):
		return "fiber"
	case path == "github.com/go-chi/render":
		return "render"
	}
	return ""
}

func isInt(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// A ref names a writer, or the header of one, by the variable that leads to it
// and the way from there. The dataflow of the fields goes by the variable
// alone; the rules about order want the same way too.
type ref struct {
	root *types.Var
	path string
}

// ref resolves an expression. The root is nil if there is no variable that
// leads to it.
func (u *unit) ref(x ast.Expr) ref {
	switch x := x.(type) {
	case *ast.Ident:
		v, ok := u.e.objectOf(x).(*types.Var)
		if !ok {
			return ref{}
		}
		if a, ok := u.alias[v]; ok {
			return a
		}
		return ref{root: v}
	case *ast.ParenExpr:
		return u.ref(x.X)
	case *ast.StarExpr:
		return u.ref(x.X)
	case *ast.UnaryExpr:
		if x.Op == token.AND {
			return u.ref(x.X)
		}
	case *ast.TypeAssertExpr:
		return u.ref(x.X)
	case *ast.SelectorExpr:
		if v, ok := u.e.objectOf(x.Sel).(*types.Var); ok {
			if !v.IsField() {
				return ref{root: v} // a variable of another package
			}
			r := u.ref(x.X)
			if r.root != nil {
				r.path += "." + x.Sel.Name
			}
			return r
		}
	case *ast.CallExpr:
		if len(x.Args) == 1 {
			if tv, ok := u.e.info.Types[x.Fun]; ok && tv.IsType() {
				return u.ref(x.Args[0]) // a conversion
			}
		}
		sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
		if !ok || len(x.Args) != 0 {
			return ref{}
		}
		if _, ok := u.e.info.Selections[sel]; !ok {
			return ref{}
		}
		r := u.ref(sel.X)
		if r.root != nil && sel.Sel.Name != "Header" {
			r.path += "." + sel.Sel.Name + "()"
		}
		return r
	}
	return ref{}
}

func (e *engine) objectOf(id *ast.Ident) types.Object {
	if o := e.info.Uses[id]; o != nil {
		return o
	}
	return e.info.Defs[id]
}

func (e *engine) typeOf(x ast.Expr) types.Type {
	if tv, ok := e.info.Types[x]; ok {
		return tv.Type
	}
	if id, ok := x.(*ast.Ident); ok {
		if o := e.objectOf(id); o != nil {
			return o.Type()
		}
	}
	return nil
}

// group returns the variable that stands for all those that lead to the same
// response as v.
func (u *unit) group(v *types.Var) *types.Var {
	for {
		next, ok := u.groups[v]
		if !ok || next == v {
			return v
		}
		v = next
	}
}

func (u *unit) join(a, b *types.Var) {
	a, b = u.group(a), u.group(b)
	if a != b {
		u.groups[a] = b
	}
}

// aliases finds the variables that stand for another one's writer or header.
// It goes by the text alone: a variable that is assigned twice belongs to the
// groups of both values, and is no alias in the strict sense.
func (u *unit) aliases(root ast.Node) {
	count := make(map[*types.Var]int)
	type pair struct {
		v *types.Var
		x ast.Expr
	}
	var pairs []pair
	add := func(lhs ast.Expr, rhs ast.Expr) {
		id, ok := lhs.(*ast.Ident)
		if !ok {
			return
		}
		v, ok := u.e.objectOf(id).(*types.Var)
		if !ok {
			return
		}
		count[v]++
		u.assigned[v]++
		if rhs != nil {
			pairs = append(pairs, pair{v, rhs})
			u.values[v] = append(u.values[v], rhs)
		}
	}
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				if len(n.Rhs) == len(n.Lhs) {
					add(l, n.Rhs[i])
				} else {
					add(l, n.Rhs[0])
				}
			}
		case *ast.ValueSpec:
			for i, l := range n.Names {
				switch {
				case len(n.Values) == len(n.Names):
					add(l, n.Values[i])
				case len(n.Values) == 1:
					add(l, n.Values[0])
				}
			}
		}
		return true
	})
	for _, p := range pairs {
		t := p.v.Type()
		if lit, ok := ast.Unparen(p.x).(*ast.FuncLit); ok && count[p.v] == 1 {
			u.closures[p.v] = lit
			continue
		}
		k := u.e.kind(t)
		if k.answers() {
			if r := u.ref(p.x); r.root != nil && r.root != p.v {
				u.join(p.v, r.root)
				if count[p.v] == 1 && !u.isParam[p.v] {
					u.alias[p.v] = r
				}
				continue
			}
		}
		// A wrapper, or a struct that holds the writer: the response is the same,
		// though what is written may be held back.
		if k.answers() || mayHold(t) {
			for _, r := range u.holds(p.x) {
				u.join(p.v, r)
			}
		}
	}
}

// mayHold reports whether a value of type t could be a struct with a writer
// inside.
func mayHold(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// holds lists the variables of writers that a call or composite literal takes
// in.
func (u *unit) holds(x ast.Expr) (roots []*types.Var) {
	switch x := ast.Unparen(x).(type) {
	case *ast.UnaryExpr:
		return u.holds(x.X)
	case *ast.CallExpr:
		for _, a := range x.Args {
			if u.e.kind(u.e.typeOf(a)).answers() {
				if r := u.ref(a); r.root != nil {
					roots = append(roots, r.root)
				}
			}
		}
	case *ast.CompositeLit:
		for _, el := range x.Elts {
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				el = kv.Value
			}
			if u.e.kind(u.e.typeOf(el)).answers() {
				if r := u.ref(el); r.root != nil {
					roots = append(roots, r.root)
				}
				continue
			}
			switch ast.Unparen(el).(type) {
			case *ast.UnaryExpr, *ast.CompositeLit:
				roots = append(roots, u.holds(el)...)
			}
		}
	}
	return roots
}
