package statuslint

import (
	"go/ast"
	"go/types"
	"path/filepath"
	"strconv"

	"golang.org/x/tools/go/types/typeutil"
)

// fieldKey names the struct field that a selector reads, as in
// "example.com/api.Error.Status"; "" if it is not a field of a named type.
func (e *engine) fieldKey(sel *ast.SelectorExpr) string {
	s, ok := e.info.Selections[sel]
	if !ok || s.Kind() != types.FieldVal || !isInt(s.Type()) {
		return ""
	}
	t := s.Recv()
	index := s.Index()
	for _, i := range index[:len(index)-1] {
		st, ok := deref(t).Underlying().(*types.Struct)
		if !ok {
			return ""
		}
		t = st.Field(i).Type()
	}
	return ownerKey(t, sel.Sel.Name)
}

func ownerKey(t types.Type, field string) string {
	n, ok := types.Unalias(deref(t)).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return ""
	}
	if n.Obj().Pkg().Path() == "net/http" {
		return "" // http.Response and its like are not ours to carry
	}
	return n.Obj().Pkg().Path() + "." + n.Obj().Name() + "." + field
}

// A placement is a value that is put into a struct field.
type placement struct {
	key   string
	value ast.Expr
	lit   *ast.CompositeLit // or nil
}

// placements lists the integer values that are put into struct fields under n,
// without function literals if shallow is set.
func (e *engine) placements(n ast.Node, shallow bool) (list []placement) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return !shallow
		case *ast.CompositeLit:
			t := e.typeOf(n)
			if t == nil {
				return true
			}
			st, ok := deref(t).Underlying().(*types.Struct)
			if !ok {
				return true
			}
			for i, el := range n.Elts {
				var field *types.Var
				value := el
				if kv, ok := el.(*ast.KeyValueExpr); ok {
					id, ok := kv.Key.(*ast.Ident)
					if !ok {
						continue
					}
					field, _ = e.info.Uses[id].(*types.Var)
					value = kv.Value
				} else if i < st.NumFields() {
					field = st.Field(i)
				}
				if field == nil || !isInt(field.Type()) {
					continue
				}
				if key := ownerKey(t, field.Name()); key != "" {
					list = append(list, placement{key, value, n})
				}
			}
		case *ast.AssignStmt:
			if len(n.Lhs) != len(n.Rhs) {
				return true
			}
			for i, l := range n.Lhs {
				if sel, ok := ast.Unparen(l).(*ast.SelectorExpr); ok {
					if key := e.fieldKey(sel); key != "" {
						list = append(list, placement{key, n.Rhs[i], nil})
					}
				}
			}
		}
		return true
	})
	return list
}

// stores notes the parameters that f puts into struct fields, itself or
// through another constructor.
func (f *fn) stores() {
	if f.decl == nil {
		return
	}
	add := func(x ast.Expr, key string) {
		v := f.plainVar(x)
		if v == nil {
			return
		}
		if pos, ok := f.params[v]; ok && isInt(v.Type()) {
			f.fact.Stores = append(f.fact.Stores, storeFact{pos, key})
		}
	}
	for _, p := range f.e.placements(f.body, true) {
		add(p.value, p.key)
	}
	ast.Inspect(f.body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		for _, s := range f.e.storesOf(call) {
			if x := argument(call, nil, s.sig, s.Param); x != nil {
				add(x, s.Field)
			}
		}
		return true
	})
}

type callStore struct {
	storeFact
	sig *types.Signature
}

// storesOf lists what a call puts into struct fields.
func (e *engine) storesOf(call *ast.CallExpr) (list []callStore) {
	callee := typeutil.StaticCallee(e.info, call)
	if callee == nil {
		return nil
	}
	callee = callee.Origin()
	var fact *funcFact
	if g, ok := e.funcs.decls[callee]; ok {
		e.summarise(g)
		fact = g.fact
	} else if callee.Pkg() != nil && callee.Pkg() != e.pass.Pkg {
		fact = e.imported(callee)
	}
	if fact == nil {
		return nil
	}
	for _, s := range fact.Stores {
		list = append(list, callStore{s, callee.Signature()})
	}
	return list
}

// returns notes the status constants that f returns.
func (f *fn) returns() {
	if f.decl == nil {
		return
	}
	f.returnsField()
	f.eachReturn(func(result, code int, _ ast.Expr) {
		for _, r := range f.fact.Returns {
			if r.Result == result && r.Const == code {
				return
			}
		}
		f.fact.Returns = append(f.fact.Returns, returnFact{result, code})
	})
}

// eachReturn calls visit for each status constant that f returns.
func (f *fn) eachReturn(visit func(result, code int, x ast.Expr)) {
	res := f.sig.Results()
	ast.Inspect(f.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) != res.Len() {
				return true
			}
			for i, x := range n.Results {
				if code, ok := f.e.statusConst(x); ok && isInt(res.At(i).Type()) {
					visit(i, code, x)
				}
			}
		}
		return true
	})
}

// export makes the package's fact.
func (e *engine) export() {
	own := e.carry.getters
	for _, f := range e.pass.AllPackageFacts() {
		if p, ok := f.Fact.(*packageFact); ok {
			e.carry.getters = append(e.carry.getters[:len(e.carry.getters):len(e.carry.getters)], p.Getters...)
			for _, m := range p.Methods {
				e.carry.methods[m.Name] |= m.Set
			}
		}
	}
	e.resolve()
	for _, file := range e.pass.Files {
		for _, p := range e.placements(file, false) {
			if code, ok := e.statusConst(p.value); ok && !e.carriesHeader(p.lit) {
				e.carryConst(p.key, code, p.value)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			for _, s := range e.storesOf(call) {
				if x := argument(call, nil, s.sig, s.Param); x != nil {
					if code, ok := e.statusConst(x); ok {
						e.carryConst(s.Field, code, x)
					}
				}
			}
			return true
		})
	}
	if !e.web && len(e.carry.mine) == 0 && len(own) == 0 {
		return
	}
	fact := &packageFact{Carried: e.carry.mine, Getters: own}
	for _, m := range e.carry.called {
		fact.Methods = append(fact.Methods, m.methodSink)
	}
	for _, s := range e.carry.own {
		fact.Sinks = append(fact.Sinks, s.fieldSink)
	}
	e.pass.ExportPackageFact(fact)
}

// carryConst notes a constant in a struct field, if its code asks for a header
// field.
func (e *engine) carryConst(key string, code int, x ast.Expr) {
	if _, ok := carrierRuleOf(code); !ok || e.silentFile(x.Pos()) {
		return
	}
	pos := e.pass.Fset.Position(x.Pos())
	_, known := e.carry.sinks[key]
	e.carry.mine = append(e.carry.mine, carriedConst{
		Field: key, Const: code, Where: filepath.Base(pos.Filename) + ":" + strconv.Itoa(pos.Line), Maker: e.makerOf(x), Known: known,
	})
}

// makerOf names the exported function that does nothing but make the value which
// x is put into, or the exported variable that holds it; "" if there is none.
func (e *engine) makerOf(x ast.Expr) string {
	for _, file := range e.pass.Files {
		if !covers(x.Pos(), file) {
			continue
		}
		for _, d := range file.Decls {
			if !covers(x.Pos(), d) {
				continue
			}
			switch d := d.(type) {
			case *ast.FuncDecl:
				if n := len(d.Body.List); d.Recv == nil && d.Name.IsExported() && n > 0 {
					if ret, ok := d.Body.List[n-1].(*ast.ReturnStmt); ok && covers(x.Pos(), ret) {
						return objectName(e.info.Defs[d.Name])
					}
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if vs, ok := spec.(*ast.ValueSpec); ok && covers(x.Pos(), vs) && len(vs.Names) == 1 && vs.Names[0].IsExported() {
						return objectName(e.info.Defs[vs.Names[0]])
					}
				}
			}
		}
	}
	return ""
}

// objectName names an object at package level for other packages.
func objectName(o types.Object) string {
	if o == nil || o.Pkg() == nil || o.Parent() != o.Pkg().Scope() {
		return ""
	}
	return o.Pkg().Path() + "." + o.Name()
}

// carriesHeader reports whether a composite literal brings header fields of
// its own.
func (e *engine) carriesHeader(lit *ast.CompositeLit) bool {
	if lit == nil {
		return false
	}
	for _, el := range lit.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			if e.role(e.typeOf(el)) == roleHeader {
				return true
			}
			continue
		}
		if e.role(e.typeOf(kv.Value)) == roleHeader {
			return true
		}
		if id, ok := kv.Key.(*ast.Ident); ok {
			switch id.Name {
			case "Header", "Headers", "Allow", "Challenge", "Methods", "AllowedMethods":
				return true
			}
		}
	}
	return false
}
