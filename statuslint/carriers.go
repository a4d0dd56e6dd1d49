package statuslint

import (
	"go/ast"
	"go/types"
	"path/filepath"
	"strconv"

	"golang.org/x/tools/go/types/typeutil"
)

// A resultSink is a function whose result is answered with.
type resultSink struct {
	set  fields
	node ast.Node // the first sink
}

// An ownSink is a struct field that a function of this package answers with,
// and where.
type ownSink struct {
	fieldSink
	node ast.Node
}

// A calledMethod is a method of an interface that a function of this package
// answers with, and where.
type calledMethod struct {
	methodSink
	node ast.Node
}

// statusSource notes where the status of a sink comes from, if it comes from a
// field, a method or a function.
func (f *fn) statusSource(x ast.Expr, set fields) {
	x = ast.Unparen(x)
	for {
		call, ok := x.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 || !f.e.info.Types[call.Fun].IsType() {
			break
		}
		x = ast.Unparen(call.Args[0])
	}
	switch x := x.(type) {
	case *ast.SelectorExpr:
		if key := f.e.fieldKey(x); key != "" {
			f.e.addSink(key, set)
			f.e.own = append(f.e.own, ownSink{fieldSink{Field: key, Set: set}, x})
		}
	case *ast.CallExpr:
		f.resultSource(x, set)
	case *ast.IndexExpr: // a map from errors to statuses
		if v := f.plainVar(x.X); v != nil {
			f.e.tables[v] |= set
		}
	}
}

// resultSource notes a sink whose status is the result of a call.
func (f *fn) resultSource(call *ast.CallExpr, set fields) {
	callee, ok := typeutil.Callee(f.e.info, call).(*types.Func)
	if !ok {
		// A handler that returns the status, called through a value.
		if sig, ok := f.e.typeOf(call.Fun).Underlying().(*types.Signature); ok {
			f.answersWith("", sig, set, call)
		}
		return
	}
	callee = callee.Origin()
	if f.dynamic(callee) {
		f.answersWith(callee.Name(), callee.Signature(), set, call)
		return
	}
	if field := f.e.getter(callee); field != "" {
		f.e.addSink(field, set)
		f.e.own = append(f.e.own, ownSink{fieldSink{Field: field, Set: set}, call})
		return
	}
	r := f.e.results[callee]
	seen := r != nil
	if !seen {
		r = &resultSink{node: call}
		f.e.results[callee] = r
	}
	r.set |= set
	if g, ok := f.e.decls[callee]; ok && !seen {
		g.passesOn(set)
	}
}

// answersWith notes a sink whose status is the result of a method of an
// interface, or of a function value if there is no name.
func (f *fn) answersWith(name string, sig *types.Signature, set fields, node *ast.CallExpr) {
	for _, a := range node.Args {
		if f.e.kind(f.e.typeOf(a)).answers() {
			// It may set any field, but each function is looked at by itself. What
			// counts here is what this one does.
			set = f.setHere()
			break
		}
	}
	key := dynamicKey(name, sig)
	f.e.methods[key] |= set
	f.e.called = append(f.e.called, calledMethod{methodSink{key, set}, node})
}

// setHere returns the fields that f sets somewhere: itself, or by a function
// that is known to.
func (f *fn) setHere() (set fields) {
	for _, evs := range f.blocks {
		for i := range evs {
			ev := &evs[i]
			if ev.kind != evSet || ev.opaque {
				continue
			}
			if ev.direct || ev.set&anyField != anyField {
				set |= ev.set & anyField
			}
		}
	}
	return set
}

// dynamicKey names the functions that a dynamic call may go to: for a method
// without parameters by its name, for the rest by the signature too.
func dynamicKey(name string, sig *types.Signature) string {
	if name != "" && sig.Params().Len() == 0 {
		return name
	}
	plain := types.NewSignatureType(nil, nil, nil, unnamed(sig.Params()), unnamed(sig.Results()), sig.Variadic())
	return name + " " + types.TypeString(plain, nil)
}

// unnamed returns a tuple without the names of its variables.
func unnamed(t *types.Tuple) *types.Tuple {
	vars := make([]*types.Var, t.Len())
	for i := range vars {
		vars[i] = types.NewParam(0, nil, "", t.At(i).Type())
	}
	return types.NewTuple(vars...)
}

// passesOn notes where the results of f come from, if they are not constants:
// f's callers answer with them.
func (f *fn) passesOn(set fields) {
	if f.skipped {
		f.skipped = false // it matters after all
		f.prepare()
		if f.cfg = f.e.cfgs.FuncDecl(f.decl); f.cfg != nil {
			f.analyse()
		}
	}
	if f.blocks == nil {
		return // still being looked at
	}
	for i := range f.sig.Results().Len() {
		if r := f.sig.Results().At(i); r.Name() != "" && isInt(r.Type()) {
			f.localSource(r, set)
		}
	}
	ast.Inspect(f.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			for _, x := range n.Results {
				t := f.e.typeOf(x)
				if t == nil || !isInt(t) {
					continue
				}
				if v := f.plainVar(x); v != nil {
					f.localSource(v, set)
				} else {
					f.statusSource(x, set)
				}
			}
		}
		return true
	})
}

// getter returns the struct field that a method returns, or "".
func (e *engine) getter(callee *types.Func) string {
	if g, ok := e.decls[callee]; ok {
		e.summarise(g)
		return g.fact.Getter
	}
	if callee.Pkg() != nil && callee.Pkg() != e.pass.Pkg {
		if fact := e.imported(callee); fact != nil {
			return fact.Getter
		}
	}
	return ""
}

// returnsField notes that f is a method that returns a struct field.
func (f *fn) returnsField() {
	if f.decl == nil || f.sig.Recv() == nil || f.sig.Params().Len() != 0 || f.sig.Results().Len() != 1 || len(f.body.List) == 0 {
		return
	}
	ret, ok := f.body.List[len(f.body.List)-1].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return
	}
	x := ast.Unparen(ret.Results[0])
	if call, ok := x.(*ast.CallExpr); ok && len(call.Args) == 1 && f.e.info.Types[call.Fun].IsType() {
		x = ast.Unparen(call.Args[0])
	}
	if sel, ok := x.(*ast.SelectorExpr); ok {
		if key := f.e.fieldKey(sel); key != "" {
			f.fact.Getter = key
			f.e.getters = append(f.e.getters, getter{f.obj.Name(), key})
		}
	}
}

// resolve finds the struct fields that are answered with through a method of
// an interface.
func (e *engine) resolve() {
	for _, g := range e.getters {
		set, ok := e.methods[g.Name]
		if !ok {
			continue
		}
		e.addSink(g.Field, set)
		for _, c := range e.called {
			if c.Name == g.Name {
				e.own = append(e.own, ownSink{fieldSink{g.Field, c.Set}, c.node})
			}
		}
	}
}

// localSource notes a sink whose status is a local variable with one source.
func (f *fn) localSource(v *types.Var, set fields) {
	for _, evs := range f.blocks {
		for i := range evs {
			if evs[i].kind != evAssign || evs[i].v != v {
				continue
			}
			as, ok := evs[i].node.(*ast.AssignStmt)
			if !ok || len(as.Rhs) != 1 {
				continue
			}
			f.statusSource(as.Rhs[0], set)
		}
	}
}

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

func deref(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return p.Elem()
	}
	return t
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
	if g, ok := e.decls[callee]; ok {
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
	own := e.getters
	for _, f := range e.pass.AllPackageFacts() {
		if p, ok := f.Fact.(*packageFact); ok {
			e.getters = append(e.getters[:len(e.getters):len(e.getters)], p.Getters...)
			for _, m := range p.Methods {
				e.methods[m.Name] |= m.Set
			}
		}
	}
	e.resolve()
	for _, file := range e.pass.Files {
		for _, p := range e.placements(file, false) {
			if code, ok := e.statusConst(p.value); ok && !e.carriesHeader(p.lit) {
				e.carry(p.key, code, p.value)
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
						e.carry(s.Field, code, x)
					}
				}
			}
			return true
		})
	}
	if !e.web && len(e.mine) == 0 && len(own) == 0 {
		return
	}
	fact := &packageFact{Carried: e.mine, Getters: own}
	for _, m := range e.called {
		fact.Methods = append(fact.Methods, m.methodSink)
	}
	for _, s := range e.own {
		fact.Sinks = append(fact.Sinks, s.fieldSink)
	}
	e.pass.ExportPackageFact(fact)
}

// carry notes a constant in a struct field, if its code asks for a header
// field.
func (e *engine) carry(key string, code int, x ast.Expr) {
	if _, ok := carrierRuleOf(code); !ok || e.silentFile(x.Pos()) {
		return
	}
	pos := e.pass.Fset.Position(x.Pos())
	e.mine = append(e.mine, carriedConst{key, code, filepath.Base(pos.Filename) + ":" + strconv.Itoa(pos.Line)})
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
			if e.kind(e.typeOf(el)) == kindHeader {
				return true
			}
			continue
		}
		if e.kind(e.typeOf(kv.Value)) == kindHeader {
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
