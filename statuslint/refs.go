package statuslint

import (
	"go/ast"
	"go/token"
	"go/types"
)

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
			if r.root != nil && !u.sameResponse(x.X, v) {
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
		if r.root != nil && sel.Sel.Name != "Header" && !(sel.Sel.Name == "Response" && u.e.role(u.e.typeOf(sel.X)) == roleEcho) {
			r.path += "." + sel.Sel.Name + "()"
		}
		return r
	}
	return ref{}
}

// sameResponse reports whether a field of x is nothing but the writer of x: that
// of a context, or one that is embedded.
func (u *unit) sameResponse(x ast.Expr, field *types.Var) bool {
	switch u.e.role(u.e.typeOf(x)) {
	case roleGin, roleEcho:
		return field.Name() == "Writer"
	case roleNet:
		return field.Embedded()
	}
	return false
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
		k := u.e.role(t)
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
		if k.answers() || u.e.mayHold(t, 3) {
			for _, r := range u.holds(p.x) {
				u.join(p.v, r)
			}
		}
	}
}

// mayHold reports whether a value of type t could be a struct with a writer
// inside: it has a field for one, for a function, or for something that writes.
func (e *engine) mayHold(t types.Type, depth int) bool {
	st, ok := deref(t).Underlying().(*types.Struct)
	if !ok || depth == 0 {
		return false
	}
	for field := range st.Fields() {
		t := field.Type()
		if e.role(t).answers() || e.mayHold(t, depth-1) {
			return true
		}
		switch t := t.Underlying().(type) {
		case *types.Signature:
			return true
		case *types.Interface:
			if m, _, _ := types.LookupFieldOrMethod(t, true, nil, "Write"); m != nil {
				return true
			}
		}
	}
	return false
}

// holds lists the variables of writers that a call or composite literal takes
// in.
func (u *unit) holds(x ast.Expr) (roots []*types.Var) {
	switch x := ast.Unparen(x).(type) {
	case *ast.UnaryExpr:
		return u.holds(x.X)
	case *ast.CallExpr:
		for _, a := range x.Args {
			if u.e.role(u.e.typeOf(a)).answers() && u.e.getsHeader(x, a) {
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
			if u.e.role(u.e.typeOf(el)).answers() {
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
