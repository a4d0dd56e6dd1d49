package statuslint

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"
)

// row returns what is known by name of a call, or nil.
func (e *engine) row(callee *types.Func, recv ast.Expr) *knownCall {
	if row := e.writerRow(callee); row != nil {
		return row
	}
	index := knownByName()
	if recv != nil {
		switch e.role(e.typeOf(recv)) {
		case roleNet, roleLike:
			if row := index[callName{"net/http", "ResponseWriter", callee.Name()}]; row != nil {
				return row
			}
		case roleHeader:
			return index[callName{"net/http", "Header", callee.Name()}]
		case roleGin: // c.Writer, whose methods are net/http's by name
			if callee.Pkg() != nil && callee.Pkg().Path() == "net/http" {
				return index[callName{"gin", "ResponseWriter", callee.Name()}]
			}
		}
	}
	if callee.Pkg() == nil {
		return nil
	}
	key := callName{packageKey(callee.Pkg().Path()), receiverName(callee), callee.Name()}
	if callee.Signature().Recv() != nil {
		if name := receivers[key.recv]; name != "" && key.pkg != callee.Pkg().Path() {
			key.recv = name
		}
		if row := index[key]; row != nil {
			return row
		}
		key.recv = "*"
	}
	return index[key]
}

// writerRow returns what the settings say of a function, or nil.
func (e *engine) writerRow(callee *types.Func) *knownCall {
	if e.writers == nil || callee.Pkg() == nil {
		return nil
	}
	return e.writers[callName{callee.Pkg().Path(), receiverName(callee), callee.Name()}]
}

// receiverName returns the name of the type that a method is of, or "".
func receiverName(callee *types.Func) string {
	if r := callee.Signature().Recv(); r != nil {
		if n, ok := types.Unalias(deref(r.Type())).(*types.Named); ok {
			return n.Obj().Name()
		}
	}
	return ""
}

// known handles a call of a function or method that statuslint knows by name,
// and reports whether it was one.
func (f *fn) known(b *cfg.Block, call *ast.CallExpr, callee *types.Func, recv ast.Expr) bool {
	row := f.e.row(callee, recv)
	if row == nil {
		return false
	}
	at := func(p place) ast.Expr { return f.at(p, call, recv) }
	w := at(row.writer)
	if w == nil && row.writer != absent && row.writer != within {
		return false
	}
	switch row.does {
	case answers, carries:
		code := at(row.status)
		if code == nil && row.code == 0 && !row.judged {
			return false
		}
		ev := event{kind: evAnswer, node: call, sink: f.sinkName(callee, row), sent: row.sends, carrier: row.does == carries}
		if row.writer == within {
			ev.w = ref{root: f.context(callee)}
			if ev.w.root == nil && !ev.carrier || ev.carrier && f.givenAway(call) {
				return true
			}
			ev.stray = ev.w.root == nil && framework(callee.Pkg().Path()) != "huma" // whose handlers have no context
		} else {
			ev.w = f.ref(w)
			ev.once = row.commits || f.e.role(f.e.typeOf(w)) == roleNet
		}
		if row.unless != "" && f.givenTo(call, row.unless) {
			return true
		}
		ev.kept = row.keeps || !ev.once && f.e.role(f.e.typeOf(w)) == roleLike
		ev.content = row.content == whatever || row.content != absent && !f.emptyContent(at(row.content))
		ev.message = row.whole && (ev.content || row.content == absent)
		switch {
		case row.judged:
			ev.sent = everything
		case code != nil:
			ev.status = f.status(code)
		default:
			ev.status = status{known: true, code: row.code}
		}
		f.emit(b, ev)
	case writes:
		if row.types {
			if r := f.ref(w); r.root != nil {
				f.emit(b, event{kind: evSet, w: r, node: call, key: "Content-Type", set: typed, inside: f.sinkName(callee, row)})
			}
		}
		if row.content == absent || !f.emptyContent(at(row.content)) {
			f.write(b, call, w, row.commits)
		}
	case sets, deletes:
		r := f.ref(w)
		if r.root == nil {
			break
		}
		switch {
		case row.sends != 0:
			f.emit(b, event{kind: evSet, w: r, node: call, key: fieldName(row.sends), set: row.sends})
		case row.does == sets:
			f.setField(b, r, call, at(row.name), at(row.value), row.direct)
		default:
			ev := event{kind: evDel, w: r, node: call, direct: row.direct}
			if key, ok := f.e.stringConst(at(row.name)); ok {
				ev.key = canonical(key)
				ev.set = fieldBit(ev.key)
			}
			f.emit(b, ev)
		}
	case copies:
		if !f.e.role(f.e.typeOf(w)).answers() {
			return false
		}
		if r := f.ref(w); r.root != nil {
			f.emit(b, event{kind: evSet, w: r, node: call, set: anyField, guess: true})
		}
	case passes:
		f.opaque(b, call, []ast.Expr{w})
		if r := f.ref(w); r.root != nil {
			f.emit(b, event{kind: evWrite, w: r, node: call, once: f.e.role(f.e.typeOf(w)) == roleNet, onward: true})
		}
	}
	return true
}

// at returns what stands at a place of a call, or nil.
func (f *fn) at(p place, call *ast.CallExpr, recv ast.Expr) ast.Expr {
	switch p {
	case arg1, arg2, arg3, arg4:
		if i := int(p - arg1); i < len(call.Args) {
			return call.Args[i]
		}
	case lastArg:
		if n := len(call.Args); n > 1 {
			return call.Args[n-1]
		}
	case itself:
		return recv
	case maker:
		if recv == nil {
			return nil
		}
		x := ast.Unparen(recv)
		if id, ok := x.(*ast.Ident); ok { // enc := json.NewEncoder(w)
			if v, ok := f.e.objectOf(id).(*types.Var); ok && len(f.values[v]) == 1 {
				x = ast.Unparen(f.values[v][0])
			}
		}
		if made, ok := x.(*ast.CallExpr); ok && len(made.Args) > 0 {
			return made.Args[0]
		}
	}
	return nil
}

// sinkName is what a message calls the function: as its users write it.
func (f *fn) sinkName(callee *types.Func, row *knownCall) string {
	if row.recv == "" {
		return callee.Pkg().Name() + "." + callee.Name()
	}
	return callee.Name()
}

// context returns the parameter that a function without a writer answers
// through: the context of its framework, or the writer of net/http.
func (f *fn) context(callee *types.Func) *types.Var {
	switch framework(callee.Pkg().Path()) {
	case "echo":
		return f.onlyWriter(roleEcho)
	case "fiber":
		return f.onlyWriter(roleFiber)
	case "huma":
		return f.onlyWriter(roleHuma)
	}
	return f.onlyWriter(roleNet)
}

// onlyWriter returns the parameter of the given role in f or a function around
// it, or nil.
func (f *fn) onlyWriter(k role) *types.Var {
	for g := f; g != nil; g = g.outer {
		if g.sig == nil {
			continue
		}
		for i := range g.sig.Params().Len() {
			if p := g.sig.Params().At(i); f.e.role(p.Type()) == k {
				return p
			}
		}
	}
	return nil
}

// emptyContent reports whether x is nil, "" or []byte{}.
func (f *fn) emptyContent(x ast.Expr) bool {
	if x == nil {
		return true
	}
	x = ast.Unparen(x)
	if f.e.info.Types[x].IsNil() {
		return true
	}
	if s, ok := f.e.stringConst(x); ok {
		return s == ""
	}
	switch x := x.(type) {
	case *ast.CompositeLit:
		return len(x.Elts) == 0
	case *ast.CallExpr:
		if tv := f.e.info.Types[x.Fun]; tv.IsType() && len(x.Args) == 1 {
			return f.emptyContent(x.Args[0])
		}
	}
	return false
}

// givenAway reports whether an error that a framework would answer with goes
// into a call that may do something else with it: anything but one that wraps
// it.
func (f *fn) givenAway(call *ast.CallExpr) bool {
	up, ok := f.parent[call].(*ast.CallExpr)
	if !ok || ast.Unparen(up.Fun) == call || f.e.info.Types[up.Fun].IsType() {
		return false
	}
	callee, _ := typeutil.Callee(f.e.info, up).(*types.Func)
	return callee == nil || callee.Pkg() == nil || !wraps[callee.Pkg().Path()]
}

// wraps has the packages whose functions wrap errors.
var wraps = map[string]bool{"errors": true, "fmt": true, "github.com/pkg/errors": true}

// givenTo reports whether the value of a call goes straight into a call of the
// function with the given name.
func (f *fn) givenTo(call *ast.CallExpr, name string) bool {
	up, ok := f.parent[call].(*ast.CallExpr)
	if !ok {
		return false
	}
	switch fun := ast.Unparen(up.Fun).(type) {
	case *ast.SelectorExpr:
		return fun.Sel.Name == name
	case *ast.Ident:
		return fun.Name == name
	}
	return false
}

// write emits the event of content that is written to w.
func (f *fn) write(b *cfg.Block, node ast.Node, w ast.Expr, commits bool) {
	k := f.e.role(f.e.typeOf(w))
	if !k.answers() || k == roleHeader {
		return
	}
	if r := f.ref(w); r.root != nil {
		f.emit(b, event{kind: evWrite, w: r, node: node, once: commits || k == roleNet})
	}
}
