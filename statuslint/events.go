package statuslint

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"net/textproto"
	"strings"

	"golang.org/x/tools/go/cfg"
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
	copied int    // evSet: 1 more than the parameter that has the names, if that is all that is known of them
	guess  bool   // evSet: moved up to the condition that decides on it
	opaque bool   // evSet: a call that cannot be looked into
	value  ast.Expr

	status  status // evAnswer
	sent    fields // evAnswer: what the sink itself sets
	content bool   // evAnswer: content goes along
	message bool   // evAnswer: a complete answer, as http.Error sends it
	once    bool   // evAnswer, evWrite: the header is surely sent, so that order matters
	kept    bool   // evAnswer: the status is kept, and fields may be set until the header is sent
	onward  bool   // evWrite: by a handler that answers in its own way
	inside  string // evSet: the function that surely sets the field
	maybe   bool   // evAnswer: only on some way through the function, whose result is not looked at
	cond    ast.Expr
	holds   bool // evAnswer: it was sent if cond is so
	through *funcFact
	sink    string // evAnswer: what answers, for messages
	carrier bool   // evAnswer: an error value that somebody else answers with
	stray   bool   // evAnswer: a carrier that is made outside of a handler

	v     *types.Var     // evStatus, evAssign
	val   constant.Value // evStatus; evAssign: of a constant
	isNil bool           // evAssign: the value is nil
}

// A status is the status argument of a sink.
type status struct {
	known bool
	code  int
	expr  ast.Expr
	v     *types.Var // a local variable or a parameter
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

// build lists the events of every block.
func (f *fn) build() {
	f.blocks = make([][]event, len(f.cfg.Blocks))
	for _, b := range f.cfg.Blocks {
		for _, n := range b.Nodes {
			f.walk(b, n)
		}
	}
	f.hoist()
	f.attach()
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
	case *ast.ReturnStmt:
		for _, x := range n.Results {
			f.returned(b, x)
		}
	case *ast.IncDecStmt:
		f.assign(b, n, n.X, nil, token.ADD_ASSIGN)
	case *ast.ValueSpec:
		for i, id := range n.Names {
			var rhs ast.Expr
			switch len(n.Values) {
			case len(n.Names):
				rhs = n.Values[i]
			case 0:
				f.zero(b, n, id)
				continue
			}
			f.assign(b, n, id, rhs, token.DEFINE)
		}
	}
}

// zero handles a variable that is declared without a value.
func (f *fn) zero(b *cfg.Block, spec *ast.ValueSpec, id *ast.Ident) {
	v, ok := f.e.objectOf(id).(*types.Var)
	if !ok {
		return
	}
	ev := event{kind: evAssign, node: spec, v: v}
	switch t := v.Type().Underlying().(type) {
	case *types.Basic:
		switch {
		case t.Info()&types.IsInteger != 0:
			ev.val = constant.MakeInt64(0)
		case t.Info()&types.IsBoolean != 0:
			ev.val = constant.MakeBool(false)
		case t.Info()&types.IsString != 0:
			ev.val = constant.MakeString("")
		}
	case *types.Pointer, *types.Interface, *types.Map, *types.Slice, *types.Signature, *types.Chan:
		ev.isNil = true
	}
	f.emit(b, ev)
}

// returned handles an error of a framework that a handler returns.
func (f *fn) returned(b *cfg.Block, x ast.Expr) {
	sel, ok := ast.Unparen(x).(*ast.SelectorExpr)
	if !ok {
		return
	}
	v, ok := f.e.objectOf(sel.Sel).(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil {
		return
	}
	pkg := framework(v.Pkg().Path())
	for _, row := range knownValues {
		if row.pkg != pkg || row.name != v.Name() {
			continue
		}
		k := roleEcho
		if pkg == "fiber" {
			k = roleFiber
		}
		ev := event{
			kind: evAnswer, w: ref{root: f.onlyWriter(k)}, node: x, sink: v.Pkg().Name() + "." + v.Name(), carrier: true,
			status: status{known: true, code: row.code},
		}
		ev.stray = ev.w.root == nil
		f.emit(b, ev)
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
			ev.val, ev.isNil = tv.Value, tv.IsNil()
			if n, ok := f.e.statusConst(rhs); ok && isInt(v.Type()) {
				f.emit(b, event{kind: evStatus, node: rhs, v: v, val: constant.MakeInt64(int64(n))})
				return
			}
		}
		f.emit(b, ev)
	case *ast.SelectorExpr: // a field, whatever it is a field of
		v, ok := f.e.objectOf(l.Sel).(*types.Var)
		if !ok || !v.IsField() {
			return
		}
		ev := event{kind: evAssign, node: stmt, v: v}
		if rhs != nil && tok == token.ASSIGN {
			tv := f.e.info.Types[rhs]
			ev.val, ev.isNil = tv.Value, tv.IsNil()
		}
		f.emit(b, ev)
	case *ast.IndexExpr:
		if f.e.role(f.e.typeOf(l.X)) != roleHeader {
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
	if key, ok := f.e.stringConst(name); ok {
		ev.key = canonical(key)
		ev.set = fieldBit(ev.key)
		if ev.key == "Content-Type" && value != nil && f.mentionsText(value, "multipart/byteranges") {
			ev.set = fieldContentRange
		}
	} else if keys, ok := f.rangedKeys(name, node); ok {
		for _, key := range keys {
			ev.set |= fieldBit(canonical(key))
		}
	} else if over := f.rangeOver(name, node); over != nil && isConfigured(over) {
		// Fields that a user configures for all responses are none that one
		// response needs.
	} else {
		ev.set = anyField
		if v := f.plainVar(over); over != nil && v != nil {
			if pos, ok := f.params[v]; ok && pos >= 0 && f.assigned[v] == 0 {
				ev.copied = pos + 1
			}
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
				if _, own := inner.params[ev.w.root]; !own && ev.set&(anyField|handled) != 0 {
					f.emit(b, event{kind: evSet, w: ev.w, node: lit, set: ev.set & (anyField | handled), guess: true, opaque: ev.opaque})
				}
			}
		}
	}
}
