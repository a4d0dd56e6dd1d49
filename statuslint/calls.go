package statuslint

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"
)

// call handles one call.
func (f *fn) call(b *cfg.Block, call *ast.CallExpr) {
	if tv, ok := f.e.info.Types[call.Fun]; ok && (tv.IsType() || tv.IsBuiltin()) {
		return
	}
	sel, _ := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	callee := typeutil.Callee(f.e.info, call)
	switch callee := callee.(type) {
	case *types.Func:
		callee = callee.Origin()
		var recv ast.Expr
		if sel != nil && callee.Signature().Recv() != nil {
			recv = sel.X
		}
		if f.known(b, call, callee, recv) {
			return
		}
		if f.apply(b, call, callee, recv) {
			return
		}
		f.stranger(b, call, callee, recv)
	case *types.Var:
		if lit, ok := f.closures[callee]; ok && !f.isParam[callee] {
			f.applyClosure(b, call, f.literal(lit, f))
			return
		}
		if g := f.e.heldFunction(callee); g != nil {
			f.applyClosure(b, call, g)
			return
		}
		f.stranger(b, call, nil, nil)
		f.handOn(b, call)
	default:
		if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
			f.applyClosure(b, call, f.literal(lit, f))
			return
		}
		f.stranger(b, call, nil, nil)
	}
}

// apply handles a call of a function with a fact.
func (f *fn) apply(b *cfg.Block, call *ast.CallExpr, callee *types.Func, recv ast.Expr) bool {
	var fact *funcFact
	g, own := f.e.funcs.decls[callee]
	switch {
	case own:
		f.e.summarise(g)
		fact = g.fact
		g.calls = append(g.calls, &callSite{f, call, b, len(f.blocks[b.Index])})
	case callee.Pkg() != nil && callee.Pkg() != f.e.pass.Pkg:
		fact = f.e.imported(callee)
	}
	if fact == nil || fact.empty() {
		return false
	}
	f.effects(b, call, fact, fact.Answers, callee.Name(), func(i int) ast.Expr { return argument(call, recv, callee.Signature(), i) }, nil)
	return true
}

// applyClosure handles a call of a literal of the same unit.
func (f *fn) applyClosure(b *cfg.Block, call *ast.CallExpr, g *fn) {
	name := "the function"
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		name = id.Name
	}
	g.calls = append(g.calls, &callSite{f, call, b, len(f.blocks[b.Index])})
	f.effects(b, call, g.fact, g.fact.Answers, name, func(i int) ast.Expr { return argument(call, nil, g.sig, i) }, g)
}

// handOn emits the event of a handler that is called through a value, as in
// next(w, r). Whether it answers is not known.
func (f *fn) handOn(b *cfg.Block, call *ast.CallExpr) {
	if len(call.Args) != 2 || f.e.role(f.e.typeOf(call.Args[0])) != roleNet || f.e.role(f.e.typeOf(call.Args[1])) != roleRequest {
		return
	}
	if t, ok := f.e.typeOf(call.Fun).Underlying().(*types.Signature); !ok || t.Results().Len() > 0 {
		return
	}
	if r := f.ref(call.Args[0]); r.root != nil {
		f.emit(b, event{kind: evWrite, w: r, node: call, onward: true})
	}
}

// argument returns the expression for parameter i of a call.
func argument(call *ast.CallExpr, recv ast.Expr, sig *types.Signature, i int) ast.Expr {
	if i == receiver {
		return recv
	}
	if i < 0 || i >= len(call.Args) || sig.Variadic() && i >= sig.Params().Len()-1 {
		return nil
	}
	return call.Args[i]
}

func receiverOf(call *ast.CallExpr) ast.Expr {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.X
	}
	return nil
}

// effects emits the events of a call by the callee's fact.
func (f *fn) effects(b *cfg.Block, call *ast.CallExpr, fact *funcFact, answers []answerFact, name string, arg func(int) ast.Expr, g *fn) {
	_, ignored := f.parent[call].(*ast.ExprStmt)
	mayTell := fact.Result && !ignored // the result may say which way was taken
	must := func(w int) fields {
		for _, e := range fact.Effects {
			if e.Writer == w {
				return e.Must
			}
		}
		return 0
	}
	resolve := func(w int) (r ref, ok, once bool) {
		if w <= captured {
			v := g.capture[captured-w]
			return ref{root: v}, true, f.ordered(f.e.role(v.Type()))
		}
		x := arg(w)
		if x == nil {
			return ref{}, false, false
		}
		r = f.ref(x)
		return r, r.root != nil, f.ordered(f.e.role(f.e.typeOf(x)))
	}
	for _, e := range fact.Effects {
		if r, ok, _ := resolve(e.Writer); ok && e.Must&typed != 0 {
			f.emit(b, event{kind: evSet, w: r, node: call, key: "Content-Type", set: typed, inside: name})
		}
	}
	done := make(map[ref]bool)
	for _, a := range answers {
		r, ok, once := resolve(a.Writer)
		if a.Status == nowhere {
			continue // its own constant; it is looked at where it stands
		}
		x := arg(a.Status)
		if x == nil {
			continue
		}
		surely := must(a.Writer)&answered != 0
		ev := event{
			kind: evAnswer, w: r, node: call, status: f.status(x), sent: a.Set, sink: name, through: fact,
			content: a.Content, once: once && ok && surely, kept: a.Kept,
		}
		ev.message = a.Content && !mayTell && surely
		if a.Tested {
			ev.status.expr = nil // a default or a special case is not ours to judge
		}
		f.emit(b, ev)
		if ok {
			done[r] = surely
		}
	}
	for _, e := range fact.Effects {
		r, ok, once := resolve(e.Writer)
		if !ok {
			continue
		}
		if x := arg(e.Copied - 1); e.Copied > 0 && x != nil && isConfigured(x) {
			e.Must &^= anyField
			e.May &^= anyField
		}
		if set := e.Must & (anyField | handled); set != 0 {
			f.emit(b, event{kind: evSet, w: r, node: call, set: set, guess: true})
		}
		if set := e.May & (anyField | handled) &^ e.Must; set != 0 && fact.Result {
			f.emit(b, event{kind: evSet, w: r, node: call, set: set, guess: true, opaque: true})
			for _, m := range fact.Mays {
				if m.Writer == e.Writer {
					f.perhaps = append(f.perhaps, perhaps{call, b.Index, r, m.Good &^ e.Must, m.Bad &^ e.Must})
				}
			}
		}
		if e.Must&committed == 0 || done[r] || mayTell {
			continue
		}
		if e.Must&answered == 0 {
			// It only writes: the status is the one that was sent before, or 200.
			f.emit(b, event{kind: evWrite, w: r, node: call, once: once, sink: name})
			continue
		}
		ev := event{kind: evAnswer, w: r, node: call, sink: name, through: fact, content: e.Must&contentUp != 0, once: once}
		if code, ok := errorOnly(fact, e.Writer); ok {
			ev.status = status{known: true, code: code}
			ev.message = ev.content
		}
		ev.sent = everything // judged where it stands
		f.emit(b, ev)
	}
	for _, a := range fact.Makes {
		// A handler that sends the status is made here.
		if x := arg(a.Status); x != nil {
			ev := event{kind: evAnswer, node: call, sink: name, status: f.status(x), sent: a.Set, carrier: true}
			if a.Tested {
				ev.status.expr = nil
			}
			f.emit(b, ev)
		}
	}
	for _, o := range fact.Outcomes {
		if r, ok, once := resolve(o.Writer); ok {
			ev := event{kind: evAnswer, w: r, node: call, sink: name, content: o.Must&contentUp != 0, once: once, message: o.Error, sent: everything}
			if !ignored {
				f.outcomes = append(f.outcomes, outcome{call, o.Good, ev})
			} else if !o.Good && o.Error && must(o.Writer)&answered == 0 {
				ev.maybe = true
				f.emit(b, ev)
			}
		}
	}
}

// ordered reports whether the header of a response is surely sent by the first
// answer or Write to a writer of the role.
func (f *fn) ordered(k role) bool { return k == roleNet || k == roleGin || k == roleEcho }

// errorOnly reports whether a function sends nothing but constant errors to a
// writer, and one of them.
func errorOnly(fact *funcFact, w int) (code int, ok bool) {
	for _, a := range fact.Answers {
		if a.Writer != w {
			continue
		}
		if a.Status != nowhere || a.Const < 400 {
			return 0, false
		}
		code = a.Const
	}
	return code, code != 0
}

// stranger handles a call of a function that nothing is known about.
func (f *fn) stranger(b *cfg.Block, call *ast.CallExpr, callee *types.Func, recv ast.Expr) {
	// A method of an unknown context that is given the name of a field, as in
	// c.SetHeader("Allow", "GET"), most likely sets it.
	for _, a := range call.Args {
		s, ok := f.e.stringConst(a)
		if !ok {
			continue
		}
		bit := fieldBit(canonical(s))
		if bit == 0 || callee != nil && readsField(callee) {
			continue
		}
		for v := range f.everyRoot(call, recv) {
			f.emit(b, event{kind: evSet, w: ref{root: v}, node: call, set: bit, guess: true})
		}
	}
	if recv != nil && callee != nil && f.onlyReads(callee, recv) {
		return
	}
	if callee == nil || f.dynamic(callee) || !f.e.analysed(callee.Pkg()) {
		args := call.Args
		if recv != nil && callee != nil && !f.e.role(f.e.typeOf(recv)).answers() && f.leads(recv) {
			args = append([]ast.Expr{recv}, args...)
		}
		f.opaque(b, call, args)
	}
}

// onlyReads reports whether a method of a framework's context only reads the
// request or keeps a value for later, by its name.
func (f *fn) onlyReads(callee *types.Func, recv ast.Expr) bool {
	if callee.Pkg() == nil || framework(callee.Pkg().Path()) == "" {
		return false
	}
	switch f.e.role(f.e.typeOf(recv)) {
	case roleGin, roleEcho, roleFiber, roleHuma:
		return slices.ContainsFunc(readers, func(word string) bool { return strings.HasPrefix(callee.Name(), word) })
	}
	return false
}

// readers are how the names of methods begin that read a request.
var readers = []string{
	"Accepts", "Base", "Bind", "Body", "Client", "ContentType", "Context", "Cookie", "Default", "Err", "Form", "FullPath", "Get", "Host", "IP", "Is",
	"Locals", "Multipart", "Must", "Operation", "Original", "Param", "Path", "PostForm", "Protocol", "Query", "Real", "Remote", "Request", "Route", "Save",
	"Scheme", "Set", "ShouldBind", "URL", "User", "Validate", "Value",
}

// everyRoot lists the writers that a call gets.
func (f *fn) everyRoot(call *ast.CallExpr, recv ast.Expr) map[*types.Var]bool {
	roots := make(map[*types.Var]bool)
	for _, a := range append([]ast.Expr{recv}, call.Args...) {
		if a == nil {
			continue
		}
		if f.e.role(f.e.typeOf(a)) == roleRequest {
			continue
		}
		if r := f.ref(a); r.root != nil && (f.e.role(f.e.typeOf(a)).answers() || f.leads(a) || a == recv) {
			roots[r.root] = true
		}
	}
	return roots
}

// readsField reports whether a method reads a header field rather than sets
// it.
func readsField(callee *types.Func) bool {
	for _, p := range []string{"Get", "Values", "Del", "Has", "Contains", "Lookup", "Peek"} {
		if strings.HasPrefix(callee.Name(), p) {
			return true
		}
	}
	return false
}

// dynamic reports whether a call of callee goes to a method that is chosen at
// run time.
func (f *fn) dynamic(callee *types.Func) bool {
	r := callee.Signature().Recv()
	return r != nil && types.IsInterface(r.Type())
}

// opaque handles a call of something unknown that gets a writer: it may set
// any field. A handler that returns an error may have, too, but then it is the
// error that is answered with.
func (f *fn) opaque(b *cfg.Block, call *ast.CallExpr, args []ast.Expr) {
	set := anyField
	if f.returnsError(call) {
		set = handled
	}
	if f.keepsToCookies(call) {
		return
	}
	for _, a := range args {
		t := f.e.typeOf(a)
		if t == nil {
			continue
		}
		k := f.e.role(t)
		if !k.answers() && !f.leads(a) || !f.e.getsHeader(call, a) {
			continue
		}
		if r := f.ref(a); r.root != nil {
			f.emit(b, event{kind: evSet, w: r, node: call, set: set, guess: true, opaque: true})
		}
	}
}

// keepsToCookies reports whether a call goes to something that has no more to
// do with the header than to set a cookie, by the name of its method or type: a
// store of sessions, a log.
func (f *fn) keepsToCookies(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	words := sel.Sel.Name
	if t := f.e.typeOf(sel.X); t != nil {
		if n, ok := types.Unalias(deref(t)).(*types.Named); ok {
			words += " " + n.Obj().Name()
		}
	}
	words = strings.ToLower(words)
	for _, w := range []string{"auth", "header", "challenge", "handler", "middleware"} {
		if strings.Contains(words, w) {
			return false
		}
	}
	for _, w := range []string{"session", "cookie", "csrf", "logger", "metric", "tracer"} {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}

// returnsError reports whether the last result of a call is an error.
func (f *fn) returnsError(call *ast.CallExpr) bool {
	switch t := f.e.typeOf(call).(type) {
	case *types.Tuple:
		return t.Len() > 0 && isFailure(t.At(t.Len()-1).Type())
	case nil:
		return false
	default:
		return isFailure(t)
	}
}

// isFailure reports whether a type is an error, or as good as one: a struct with
// a status, as in `func(http.ResponseWriter, *http.Request) *appError`.
func isFailure(t types.Type) bool {
	if isErrorVar(t) || types.Implements(t, errorInterface) {
		return true
	}
	st, ok := deref(t).Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range st.Fields() {
		name := strings.ToLower(field.Name())
		if isInt(field.Type()) && (strings.Contains(name, "code") || strings.Contains(name, "status")) {
			return true
		}
	}
	return false
}

// getsHeader reports whether an argument of a call gives the callee the header
// of a response. A parameter such as an io.Writer does not: it has no such
// method, and only net/http looks for more behind it.
func (e *engine) getsHeader(call *ast.CallExpr, arg ast.Expr) bool {
	sig, ok := e.typeOf(call.Fun).(*types.Signature)
	if !ok {
		t := e.typeOf(call.Fun)
		if t == nil {
			return true
		}
		if sig, ok = t.Underlying().(*types.Signature); !ok {
			return true
		}
	}
	for i, a := range call.Args {
		if a != arg {
			continue
		}
		if i >= sig.Params().Len() {
			i = sig.Params().Len() - 1
		}
		t := sig.Params().At(i).Type()
		if sl, ok := t.(*types.Slice); ok && sig.Variadic() && i == sig.Params().Len()-1 {
			t = sl.Elem()
		}
		in, ok := t.Underlying().(*types.Interface)
		if !ok || in.NumMethods() == 0 {
			return true
		}
		for m := range in.Methods() {
			if m.Name() == "Header" {
				return true
			}
		}
		return e.role(t).answers()
	}
	return true
}

// leads reports whether x is a variable that is known to lead to a writer.
func (f *fn) leads(x ast.Expr) bool {
	if u, ok := ast.Unparen(x).(*ast.UnaryExpr); ok {
		x = u.X
	}
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := f.e.objectOf(id).(*types.Var)
	if !ok {
		return false
	}
	_, joined := f.groups[v]
	if joined {
		return true
	}
	_, known := f.roots[f.group(v)]
	return known
}
