package statuslint

import (
	"go/ast"
	"go/types"

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
	in   *fn // or nil
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
			f.e.carry.own = append(f.e.carry.own, ownSink{fieldSink{Field: key, Set: set}, x, f})
		}
	case *ast.CallExpr:
		f.resultSource(x, set)
	case *ast.IndexExpr: // a map from errors to statuses
		if v := f.plainVar(x.X); v != nil {
			f.e.carry.tables[v] |= set
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
		f.e.carry.own = append(f.e.carry.own, ownSink{fieldSink{Field: field, Set: set}, call, f})
		return
	}
	r := f.e.carry.results[callee]
	seen := r != nil
	if !seen {
		r = &resultSink{node: call}
		f.e.carry.results[callee] = r
	}
	r.set |= set
	if g, ok := f.e.funcs.decls[callee]; ok && !seen {
		g.passesOn(set)
	}
}

// answersWith notes a sink whose status is the result of a method of an
// interface, or of a function value if there is no name.
func (f *fn) answersWith(name string, sig *types.Signature, set fields, node *ast.CallExpr) {
	for _, a := range node.Args {
		if f.e.role(f.e.typeOf(a)).answers() {
			// It may set any field, but each function is looked at by itself. What
			// counts here is what this one does.
			set = f.setHere()
			break
		}
	}
	key := dynamicKey(name, sig)
	f.e.carry.methods[key] |= set
	f.e.carry.called = append(f.e.carry.called, calledMethod{methodSink{key, set}, node})
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
			set |= ev.set & anyField
		}
	}
	return set
}

// setByCallers returns the fields that every caller of f, within the package, has
// set when it calls f.
func (f *fn) setByCallers(depth int) fields {
	if depth == 0 || len(f.calls) == 0 {
		return 0
	}
	all := anyField
	for _, c := range f.calls {
		var set fields
		for v, pos := range f.params {
			if !f.e.role(v.Type()).answers() {
				continue
			}
			x := argument(c.call, receiverOf(c.call), f.sig, pos)
			if x == nil {
				continue
			}
			if r := c.from.ref(x); r.root != nil {
				set |= c.from.state(r.root, c.b, c.i)
			}
		}
		all &= set | c.from.setByCallers(depth-1)
	}
	return all & anyField
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
	if g, ok := e.funcs.decls[callee]; ok {
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
			f.e.carry.getters = append(f.e.carry.getters, getter{f.obj.Name(), key})
		}
	}
}

// addSink records that values of a struct field are answered with, and which
// header fields go along. If several functions do it, the kindest counts.
func (e *engine) addSink(field string, set fields) {
	e.carry.sinks[field] |= set
}

// resolve finds the struct fields that are answered with through a method of
// an interface.
func (e *engine) resolve() {
	for i := range e.carry.own {
		s := &e.carry.own[i]
		if s.in != nil {
			s.Set |= s.in.setByCallers(3)
			e.addSink(s.Field, s.Set)
		}
	}
	for _, g := range e.carry.getters {
		set, ok := e.carry.methods[g.Name]
		if !ok {
			continue
		}
		e.addSink(g.Field, set)
		for _, c := range e.carry.called {
			if c.Name == g.Name {
				e.carry.own = append(e.carry.own, ownSink{fieldSink{g.Field, c.Set}, c.node, nil})
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
