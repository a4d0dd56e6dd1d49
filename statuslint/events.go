package statuslint

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"net/textproto"
	"strings"

	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"
)

// An eventKind says what happens at a point of a function.
type eventKind uint8

const (
	evSet    eventKind = iota // header fields are set, surely or perhaps
	evDel                     // header fields are taken out
	evAnswer                  // a status is sent
	evWrite                   // content is written
	evStatus                  // a constant is assigned to a status variable
	evAssign                  // a variable gets a new value
)

// An event is one thing that matters to a response, at one place.
type event struct {
	kind eventKind
	w    ref
	node ast.Node // what to report

	set    fields // evSet, evDel: which
	key    string // evSet, evDel: the name in canonical form; "" if it is not a constant
	direct bool   // evSet, evDel: a call of a method of http.Header or an index expression
	guess  bool   // evSet: moved up to the condition that decides on it
	opaque bool   // evSet: a call that cannot be looked into
	value  ast.Expr

	status  status // evAnswer
	sent    fields // evAnswer: what the sink itself sets
	content bool   // evAnswer: content goes along
	message bool   // evAnswer: a complete answer, as http.Error sends it
	once    bool   // evAnswer, evWrite: net/http's own writer, where order matters
	through *funcFact
	sink    string // evAnswer: what answers, for messages
	carrier bool   // evAnswer: an error value that somebody else answers with

	v   *types.Var     // evStatus, evAssign
	val constant.Value // evStatus; evAssign: of a constant
	nil bool           // evAssign: the value is nil
}

// A status is the status argument of a sink.
type status struct {
	known bool
	code  int
	expr  ast.Expr
	v     *types.Var // a local variable or a parameter
}

// statusConst returns the value of an integer constant.
func (e *engine) intConst(x ast.Expr) (int, bool) {
	tv, ok := e.info.Types[x]
	if !ok || tv.Value == nil || tv.Value.Kind() != constant.Int {
		return 0, false
	}
	n, exact := constant.Int64Val(tv.Value)
	if !exact || n != int64(int(n)) {
		return 0, false
	}
	return int(n), true
}

// statusConst returns the value of a constant that looks like a status.
func (e *engine) statusConst(x ast.Expr) (int, bool) {
	n, ok := e.intConst(x)
	return n, ok && 100 <= n && n <= 599
}

// stringConst returns the value of a string constant.
func (e *engine) stringConst(x ast.Expr) (string, bool) {
	tv, ok := e.info.Types[x]
	if !ok || tv.Value == nil || tv.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(tv.Value), true
}

// status resolves the status argument of a sink.
func (f *fn) status(x ast.Expr) status {
	s := status{expr: x}
	if n, ok := f.e.intConst(x); ok {
		s.known, s.code = true, n
		return s
	}
	s.v = f.plainVar(x)
	return s
}

// plainVar returns the variable that x reads, through conversions.
func (f *fn) plainVar(x ast.Expr) *types.Var {
	for {
		switch y := ast.Unparen(x).(type) {
		case *ast.Ident:
			v, _ := f.e.objectOf(y).(*types.Var)
			return v
		case *ast.CallExpr:
			if tv, ok := f.e.info.Types[y.Fun]; ok && tv.IsType() && len(y.Args) == 1 {
				x = y.Args[0]
				continue
			}
			return nil
		default:
			return nil
		}
	}
}

// build lists the events of every block.
func (f *fn) build() {
	f.blocks = make([][]event, len(f.cfg.Blocks))
	for _, b := range f.cfg.Blocks {
		for _, n := range b.Nodes {
			f.walk(b, n)
		}
	}
	f.hoist()
}

func (f *fn) emit(b *cfg.Block, ev event) {
	if ev.w.root != nil {
		f.rootIndex(ev.w.root)
	}
	f.blocks[b.Index] = append(f.blocks[b.Index], ev)
}

// rootIndex returns the index of a writer's variable in the dataflow states.
func (f *fn) rootIndex(v *types.Var) int {
	g := f.group(v)
	i, ok := f.roots[g]
	if !ok {
		i = len(f.roots)
		f.roots[g] = i
	}
	return i
}

// walk emits the events of one node in the order of evaluation: operands
// first.
func (f *fn) walk(b *cfg.Block, root ast.Node) {
	if root == nil {
		return
	}
	var put []ast.Node // the call of a go or defer statement
	var stack []ast.Node
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			top := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for _, p := range put {
				if p == top {
					return true
				}
			}
			f.visit(b, top)
			return true
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			f.closure(b, n)
			return false
		case *ast.GoStmt:
			put = append(put, n.Call)
		case *ast.DeferStmt:
			put = append(put, n.Call)
		case *ast.BlockStmt:
			return false
		}
		stack = append(stack, n)
		return true
	})
}

func (f *fn) visit(b *cfg.Block, n ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpr:
		f.call(b, n)
	case *ast.AssignStmt:
		for i, l := range n.Lhs {
			var rhs ast.Expr
			if len(n.Rhs) == len(n.Lhs) {
				rhs = n.Rhs[i]
			}
			f.assign(b, n, l, rhs, n.Tok)
		}
	case *ast.IncDecStmt:
		f.assign(b, n, n.X, nil, token.ADD_ASSIGN)
	case *ast.ValueSpec:
		for i, id := range n.Names {
			var rhs ast.Expr
			if len(n.Values) == len(n.Names) {
				rhs = n.Values[i]
			}
			f.assign(b, n, id, rhs, token.DEFINE)
		}
	}
}

// assign handles one left side of an assignment.
func (f *fn) assign(b *cfg.Block, stmt ast.Node, lhs, rhs ast.Expr, tok token.Token) {
	switch l := ast.Unparen(lhs).(type) {
	case *ast.Ident:
		v, ok := f.e.objectOf(l).(*types.Var)
		if !ok {
			return
		}
		ev := event{kind: evAssign, node: stmt, v: v}
		if rhs != nil && (tok == token.ASSIGN || tok == token.DEFINE) {
			tv := f.e.info.Types[rhs]
			ev.val, ev.nil = tv.Value, tv.IsNil()
			if n, ok := f.e.statusConst(rhs); ok && isInt(v.Type()) {
				f.emit(b, event{kind: evStatus, node: rhs, v: v, val: constant.MakeInt64(int64(n))})
				return
			}
		}
		f.emit(b, ev)
	case *ast.IndexExpr:
		if f.e.kind(f.e.typeOf(l.X)) != kindHeader {
			return
		}
		r := f.ref(l.X)
		if r.root == nil {
			return
		}
		f.setField(b, r, l, l.Index, rhs, true)
	}
}

// setField emits the event of a field that is set by name. A name that is no
// constant could be any.
func (f *fn) setField(b *cfg.Block, r ref, node ast.Node, name, value ast.Expr, direct bool) {
	ev := event{kind: evSet, w: r, node: node, direct: direct, value: value}
	key, ok := f.e.stringConst(name)
	if !ok {
		ev.set = anyField
	} else {
		ev.key = canonical(key)
		ev.set = fieldBit(ev.key)
		if ev.key == "Content-Type" && value != nil && f.mentionsText(value, "multipart/byteranges") {
			ev.set = fieldContentRange
		}
	}
	f.emit(b, ev)
}

// mentionsText reports whether a string constant in x contains text.
func (f *fn) mentionsText(x ast.Node, text string) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		if x, ok := n.(ast.Expr); ok && !found {
			if s, ok := f.e.stringConst(x); ok && strings.Contains(s, text) {
				found = true
			}
		}
		return !found
	})
	return found
}

// canonical returns a field name as http.Header spells it.
func canonical(name string) string { return textproto.CanonicalMIMEHeaderKey(name) }

// closure handles a function literal. It may run later or not at all: what it
// sets counts as set, and what it writes does not count as written.
func (f *fn) closure(b *cfg.Block, lit *ast.FuncLit) {
	inner := f.literal(lit, f)
	for _, evs := range inner.blocks {
		for _, ev := range evs {
			if ev.kind == evSet && ev.w.root != nil {
				if _, own := inner.params[ev.w.root]; !own && ev.set&anyField != 0 {
					f.emit(b, event{kind: evSet, w: ev.w, node: lit, set: ev.set & anyField, guess: true})
				}
			}
		}
	}
}

// opaque handles a call of something unknown that gets a writer: it may set
// any field.
func (f *fn) opaque(b *cfg.Block, call *ast.CallExpr, args []ast.Expr) {
	for _, a := range args {
		t := f.e.typeOf(a)
		if t == nil {
			continue
		}
		k := f.e.kind(t)
		if !k.answers() && !f.leads(a) {
			continue
		}
		if r := f.ref(a); r.root != nil {
			f.emit(b, event{kind: evSet, w: r, node: call, set: anyField, guess: true, opaque: true})
		}
	}
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
		f.stranger(b, call, nil, nil)
	default:
		if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
			f.applyClosure(b, call, f.literal(lit, f))
			return
		}
		f.stranger(b, call, nil, nil)
	}
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
	if callee == nil || f.dynamic(callee) || !f.e.analysed(callee.Pkg()) {
		args := call.Args
		if recv != nil && callee != nil && !f.e.kind(f.e.typeOf(recv)).answers() && f.leads(recv) {
			args = append([]ast.Expr{recv}, args...)
		}
		f.opaque(b, call, args)
	}
	f.writesTo(b, call, callee)
}

// everyRoot lists the writers that a call gets.
func (f *fn) everyRoot(call *ast.CallExpr, recv ast.Expr) map[*types.Var]bool {
	roots := make(map[*types.Var]bool)
	for _, a := range append([]ast.Expr{recv}, call.Args...) {
		if a == nil {
			continue
		}
		if f.e.kind(f.e.typeOf(a)) == kindRequest {
			continue
		}
		if r := f.ref(a); r.root != nil && (f.e.kind(f.e.typeOf(a)).answers() || f.leads(a) || a == recv) {
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

// analysed reports whether a package's functions have facts, so that the
// absence of one says something.
func (e *engine) analysed(pkg *types.Package) bool {
	if pkg == nil || pkg == e.pass.Pkg {
		return true
	}
	var fact packageFact
	return e.pass.ImportPackageFact(pkg, &fact)
}

// writesTo handles a writer that is handed to a function as an io.Writer.
func (f *fn) writesTo(b *cfg.Block, call *ast.CallExpr, callee *types.Func) {
	if callee == nil || callee.Pkg() == nil {
		return
	}
	if callee.Pkg().Path() == "net/http" && callee.Name() == "ServeHTTP" && len(call.Args) == 2 {
		f.write(b, call, call.Args[0])
	}
}

func (f *fn) write(b *cfg.Block, node ast.Node, w ast.Expr) {
	k := f.e.kind(f.e.typeOf(w))
	if !k.answers() || k == kindHeader {
		return
	}
	if r := f.ref(w); r.root != nil {
		f.emit(b, event{kind: evWrite, w: r, node: node, once: k == kindNet})
	}
}

// apply handles a call of a function with a fact.
func (f *fn) apply(b *cfg.Block, call *ast.CallExpr, callee *types.Func, recv ast.Expr) bool {
	var fact *funcFact
	g, own := f.e.decls[callee]
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

// effects emits the events of a call by the callee's fact.
func (f *fn) effects(b *cfg.Block, call *ast.CallExpr, fact *funcFact, answers []answerFact, name string, arg func(int) ast.Expr, g *fn) {
	// What the function wrote: content that surely goes along.
	must := func(w int) fields {
		for _, e := range fact.Effects {
			if e.Writer == w {
				return e.Must
			}
		}
		return 0
	}
	resolve := func(w int) (ref, bool, bool) {
		x := arg(w)
		if x == nil {
			return ref{}, false, false
		}
		r := f.ref(x)
		return r, r.root != nil, f.e.kind(f.e.typeOf(x)) == kindNet
	}
	answered := make(map[ref]bool)
	for _, a := range answers {
		r, ok, once := resolve(a.Writer)
		if a.Status == nowhere {
			continue // its own constant; it is looked at where it stands
		}
		x := arg(a.Status)
		if x == nil {
			continue
		}
		ev := event{
			kind: evAnswer, w: r, node: call, status: f.status(x), sent: a.Set, sink: name, through: fact,
			content: a.Content, once: once && ok && must(a.Writer)&committed != 0,
		}
		ev.message = a.Content && !fact.Result && must(a.Writer)&committed != 0
		if a.Tested {
			ev.status.expr = nil // a default or a special case is not ours to judge
		}
		f.emit(b, ev)
		if ok {
			answered[r] = true
		}
	}
	if g != nil {
		for _, a := range g.local {
			x := arg(a.Status)
			if x == nil {
				continue
			}
			f.emit(b, event{kind: evAnswer, w: a.w, node: call, status: f.status(x), sent: a.Set, sink: name, through: fact, content: a.Content})
		}
	}
	for _, e := range fact.Effects {
		r, ok, once := resolve(e.Writer)
		if !ok {
			continue
		}
		set := e.Must & anyField
		if fact.Result {
			// The result may say which way was taken.
			set |= e.May & anyField
		}
		if set != 0 {
			f.emit(b, event{kind: evSet, w: r, node: call, set: set, guess: true, opaque: fact.Result})
		}
		if e.Must&committed != 0 && !answered[r] && !fact.Result {
			ev := event{kind: evAnswer, w: r, node: call, sink: name, through: fact, content: e.Must&contentUp != 0, once: once}
			if code, ok := errorOnly(fact, e.Writer); ok {
				ev.status = status{known: true, code: code}
				ev.message = ev.content
			}
			ev.sent = everything // judged where it stands
			f.emit(b, ev)
		}
	}
}

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

// hoist moves a field that is set under a condition about the field, its value
// or the status up to that condition, and one that is set in a loop up to the
// loop: the other way is the one where there is nothing to set.
func (f *fn) hoist() {
	heads := make(map[ast.Stmt]*cfg.Block) // of loops
	home := make(map[ast.Node]*cfg.Block)  // of conditions
	for _, b := range f.cfg.Blocks {
		switch b.Kind {
		case cfg.KindForLoop, cfg.KindRangeLoop:
			heads[b.Stmt] = b
		}
		for _, n := range b.Nodes {
			if x, ok := n.(ast.Expr); ok {
				home[x] = b
			}
		}
	}
	type move struct {
		to *cfg.Block
		ev event
	}
	var moves []move
	for _, evs := range f.blocks {
		for _, ev := range evs {
			if ev.kind != evSet || ev.set&anyField == 0 || ev.node == nil {
				continue
			}
			terms := f.terms(ev)
			child := ast.Node(ev.node)
		climb:
			for p := f.parent[child]; p != nil && p != f.body; child, p = p, f.parent[p] {
				switch s := p.(type) {
				case *ast.ForStmt:
					if b := heads[s]; b != nil && child == s.Body {
						moves = append(moves, move{b, ev})
					}
				case *ast.RangeStmt:
					if b := heads[s]; b != nil && child == s.Body {
						moves = append(moves, move{b, ev})
					}
				case *ast.IfStmt:
					if child != s.Body && child != s.Else {
						continue
					}
					if !f.decides(s.Cond, ev, terms) {
						break climb
					}
					if b := f.homeOf(home, s.Cond); b != nil {
						moves = append(moves, move{b, ev})
					}
				case *ast.CaseClause:
					sw, ok := f.parent[f.parent[s]].(*ast.SwitchStmt)
					if !ok {
						break climb
					}
					cond := sw.Tag
					if cond == nil {
						if len(s.List) == 0 {
							break climb
						}
						cond = s.List[0]
						if !f.decides(cond, ev, terms) {
							break climb
						}
					} else if !f.decides(cond, ev, terms) && !f.isStatus(cond) {
						break climb
					}
					if b := f.homeOf(home, cond); b != nil {
						moves = append(moves, move{b, ev})
					}
				case *ast.FuncLit, *ast.CommClause:
					break climb
				}
			}
		}
	}
	for _, m := range moves {
		m.ev.guess = true
		m.ev.direct = false
		f.blocks[m.to.Index] = append(f.blocks[m.to.Index], m.ev)
	}
}

// homeOf returns the block in which a condition is evaluated. The conditions
// of && and || are split up in the graph.
func (f *fn) homeOf(home map[ast.Node]*cfg.Block, cond ast.Expr) *cfg.Block {
	for {
		if b := home[cond]; b != nil {
			return b
		}
		switch x := cond.(type) {
		case *ast.ParenExpr:
			cond = x.X
		case *ast.BinaryExpr:
			cond = x.X
		case *ast.UnaryExpr:
			cond = x.X
		default:
			return nil
		}
	}
}

// terms lists what the value of a field is made of: variables, and fields of
// variables by their text.
func (f *fn) terms(ev event) map[string]bool {
	terms := make(map[string]bool)
	add := func(x ast.Node) {
		ast.Inspect(x, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if _, ok := f.e.objectOf(n.Sel).(*types.Var); ok {
					terms[types.ExprString(n)] = true
				}
			case *ast.Ident:
				v, ok := f.e.objectOf(n).(*types.Var)
				if !ok || v.IsField() || f.e.kind(v.Type()) != kindNone {
					return true
				}
				if i, isParam := f.params[v]; isParam && i == receiver {
					return true
				}
				terms[n.Name] = true
			}
			return true
		})
	}
	if ev.value != nil {
		add(ev.value)
	} else if call, ok := ev.node.(*ast.CallExpr); ok {
		for _, a := range call.Args {
			add(a)
		}
	}
	return terms
}

// decides reports whether a condition is about the field that is set, its
// value or the status.
func (f *fn) decides(cond ast.Expr, ev event, terms map[string]bool) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if found {
			return false
		}
		switch n := n.(type) {
		case *ast.SelectorExpr:
			found = terms[types.ExprString(n)]
		case *ast.Ident:
			v, ok := f.e.objectOf(n).(*types.Var)
			found = ok && !v.IsField() && terms[n.Name]
		case *ast.BasicLit:
			if s, ok := f.e.stringConst(n); ok && ev.key != "" {
				found = canonical(s) == ev.key
			}
		case *ast.BinaryExpr:
			if _, ok := f.e.statusConst(n.Y); ok && f.isStatus(n.X) {
				found = true
			}
			if _, ok := f.e.statusConst(n.X); ok && f.isStatus(n.Y) {
				found = true
			}
		}
		return !found
	})
	return found
}

// isStatus reports whether an expression looks like a status: an integer that
// is no constant.
func (f *fn) isStatus(x ast.Expr) bool {
	tv, ok := f.e.info.Types[x]
	if !ok || tv.Value != nil || tv.Type == nil || !isInt(tv.Type) {
		return false
	}
	text := strings.ToLower(types.ExprString(x))
	return strings.Contains(text, "code") || strings.Contains(text, "status") || f.plainVar(x) != nil
}
