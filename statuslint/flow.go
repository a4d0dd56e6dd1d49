package statuslint

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"sort"

	"golang.org/x/tools/go/cfg"
)

// flow computes what is surely set at the start of each block, per writer. The
// writers that f does not own start with the given fields.
func (f *fn) flow(start map[*types.Var]fields) [][]fields {
	n := len(f.roots)
	in := make([][]fields, len(f.cfg.Blocks))
	for i := range in {
		in[i] = make([]fields, n)
		for j := range in[i] {
			in[i][j] = everything
		}
	}
	for j := range in[0] {
		in[0][j] = 0
	}
	for v, set := range start {
		if i, ok := f.roots[f.group(v)]; ok {
			in[0][i] = set
		}
	}
	work := []*cfg.Block{f.cfg.Blocks[0]}
	queued := make([]bool, len(f.cfg.Blocks))
	reached := make([]bool, len(f.cfg.Blocks))
	reached[0] = true
	out := make([]fields, n)
	for len(work) > 0 {
		b := work[0]
		work = work[1:]
		queued[b.Index] = false
		copy(out, in[b.Index])
		for i := range f.blocks[b.Index] {
			f.step(out, &f.blocks[b.Index][i])
		}
		for _, s := range b.Succs {
			changed := !reached[s.Index]
			reached[s.Index] = true
			for j := range out {
				if v := in[s.Index][j] & out[j]; v != in[s.Index][j] {
					in[s.Index][j] = v
					changed = true
				}
			}
			if changed && !queued[s.Index] {
				queued[s.Index] = true
				work = append(work, s)
			}
		}
	}
	return in
}

// step applies one event to a state.
func (f *fn) step(state []fields, ev *event) {
	if ev.w.root == nil {
		return
	}
	i, ok := f.roots[f.group(ev.w.root)]
	if !ok || i >= len(state) {
		return
	}
	switch ev.kind {
	case evSet:
		state[i] |= ev.set & anyField
	case evDel:
		state[i] &^= ev.set
	case evAnswer:
		if ev.sent != everything {
			state[i] |= ev.sent & anyField
		}
		if ev.status.known && ev.status.code < 200 {
			return
		}
		state[i] |= committed
		if ev.content {
			state[i] |= contentUp
		}
	case evWrite:
		state[i] |= committed | contentUp
	}
}

// before returns what is surely set for the writer of an event when it
// happens.
func (f *fn) before(b *cfg.Block, i int) fields {
	root := f.blocks[b.Index][i].w.root
	if root == nil {
		return everything
	}
	j, ok := f.roots[f.group(root)]
	if !ok {
		return everything
	}
	state := make([]fields, len(f.roots))
	copy(state, f.in[b.Index])
	for k := range i {
		f.step(state, &f.blocks[b.Index][k])
	}
	return state[j]
}

// ever returns all that f and its literals may set for a writer.
func (f *fn) ever(v *types.Var) (set fields) {
	g := f.group(v)
	for _, evs := range f.blocks {
		for i := range evs {
			if evs[i].kind == evSet && evs[i].w.root != nil && f.group(evs[i].w.root) == g {
				set |= evs[i].set & anyField
			}
		}
	}
	for _, l := range f.inner {
		if l.cfg != nil {
			set |= l.ever(v)
		}
	}
	return set
}

// conclude makes the fact of f from its events.
func (f *fn) conclude() {
	n := len(f.roots)
	must := make([]fields, n)
	may := make([]fields, n)
	for j := range must {
		must[j] = everything
	}
	exits := 0
	for _, b := range f.cfg.Blocks {
		if !b.Live {
			continue
		}
		state := make([]fields, n)
		copy(state, f.in[b.Index])
		for i := range f.blocks[b.Index] {
			ev := &f.blocks[b.Index][i]
			f.concludeEvent(ev, state)
			f.step(state, ev)
			if ev.kind == evSet && ev.w.root != nil {
				may[f.roots[f.group(ev.w.root)]] |= ev.set & anyField
			}
		}
		if b.Return() != nil {
			exits++
			for j := range must {
				must[j] &= state[j]
			}
		}
	}
	if exits == 0 {
		for j := range must {
			must[j] = 0
		}
	}
	for v, pos := range f.params {
		j, ok := f.roots[f.group(v)]
		if ok && (must[j] != 0 || may[j] != 0) {
			f.fact.Effects = append(f.fact.Effects, effectFact{Writer: pos, Must: must[j], May: may[j]})
		}
	}
	sort.Slice(f.fact.Effects, func(i, j int) bool { return f.fact.Effects[i].Writer < f.fact.Effects[j].Writer })
	// Content that surely follows every answer.
	for i, a := range f.fact.Answers {
		for _, e := range f.fact.Effects {
			if e.Writer == a.Writer && e.Must&contentUp != 0 {
				f.fact.Answers[i].Content = true
			}
		}
	}
	f.stores()
	f.returns()
}

// writerParam returns the parameter that stands for a writer's variable.
func (f *fn) writerParam(v *types.Var) int {
	g := f.group(v)
	if pos, ok := f.params[g]; ok {
		return pos
	}
	for p, pos := range f.params {
		if f.group(p) == g {
			return pos
		}
	}
	return nowhere
}

// concludeEvent adds an answer to the fact.
func (f *fn) concludeEvent(ev *event, state []fields) {
	if ev.kind != evAnswer || ev.sent == everything {
		return
	}
	writer := nowhere
	var set fields
	if ev.w.root != nil {
		writer = f.writerParam(ev.w.root)
		set = state[f.roots[f.group(ev.w.root)]]
	}
	set = (set | ev.sent) & anyField
	if ev.status.known {
		if writer != nowhere && !ev.carrier {
			f.addAnswer(answerFact{Writer: writer, Status: nowhere, Const: ev.status.code, Set: set})
		}
		return
	}
	if ev.status.expr == nil {
		return
	}
	// Of a value that carries the status it is not known which way its answer
	// takes, so a field that is set on some way counts.
	carried := set | f.setHere()
	if v := ev.status.v; v != nil {
		v, tested := f.origin(v)
		if pos, ok := f.params[v]; ok {
			a := answerFact{Writer: writer, Status: pos, Set: set, Tested: tested}
			if writer == nowhere && ev.w.root != nil && f.outer != nil {
				f.local = append(f.local, localAnswer{a, ev.w})
				return
			}
			f.addAnswer(a)
			return
		}
		f.localSource(v, carried)
		return
	}
	f.statusSource(ev.status.expr, carried)
}

// addAnswer joins answers of the same writer and status.
func (f *fn) addAnswer(a answerFact) {
	for i, b := range f.fact.Answers {
		if b.Writer == a.Writer && b.Status == a.Status && b.Const == a.Const {
			f.fact.Answers[i].Set &= a.Set
			f.fact.Answers[i].Tested = a.Tested || b.Tested
			return
		}
	}
	f.fact.Answers = append(f.fact.Answers, a)
}

// origin returns the parameter that a local variable was copied from, or the
// variable itself, and whether the function looks at the value or replaces it.
func (f *fn) origin(v *types.Var) (*types.Var, bool) {
	tested := f.assigned[v] > 0 && f.isParam[v] || f.assigned[v] > 1
	if !tested {
		ast.Inspect(f.body, func(n ast.Node) bool {
			if b, ok := n.(*ast.BinaryExpr); ok && isComparison(b.Op) && (f.plainVar(b.X) == v || f.plainVar(b.Y) == v) {
				tested = true
			}
			if s, ok := n.(*ast.SwitchStmt); ok && s.Tag != nil && f.plainVar(s.Tag) == v {
				tested = true
			}
			return !tested
		})
	}
	if f.isParam[v] || f.assigned[v] != 1 {
		return v, tested
	}
	for _, evs := range f.blocks {
		for i := range evs {
			if evs[i].kind != evAssign || evs[i].v != v {
				continue
			}
			if as, ok := evs[i].node.(*ast.AssignStmt); ok && len(as.Lhs) == 1 && len(as.Rhs) == 1 {
				if src := f.plainVar(as.Rhs[0]); src != nil && f.isParam[src] {
					return src, tested
				}
			}
		}
	}
	return v, tested
}

func isComparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

// A knowledge is what a path knows of a variable: a constant, or whether it is
// nil. With neither, the path depends on it in a way that cannot be followed.
type knowledge struct {
	val    constant.Value
	isNil  bool
	notNil bool
}

// A walker follows the paths that lead on from an event.
type walker struct {
	f     *fn
	look  func(b *cfg.Block, i int) verdict
	seen  map[int32]bool
	steps *int // what is left of the budget

	origin ast.Node // the assignment that the walk starts in
}

type verdict uint8

const (
	goOn verdict = iota
	stop         // this path is of no more interest
	found
)

// after follows every path from the event at (b, i) that no test contradicts,
// and reports whether look found something on one.
func (f *fn) after(b *cfg.Block, i int, look func(b *cfg.Block, i int) verdict) bool {
	budget := 5000
	w := &walker{f: f, look: look, seen: make(map[int32]bool), steps: &budget}
	ev := &f.blocks[b.Index][i]
	know := f.given(ev.node)
	if ev.kind == evWrite || ev.kind == evAnswer {
		w.origin = f.succeed(ev.node, know)
	}
	return w.block(b, i+1, know)
}

// succeed notes that the error which a write returns is nil: after an error it
// is not certain that anything was written.
func (f *fn) succeed(n ast.Node, know map[*types.Var]knowledge) ast.Node {
	as, ok := f.statement(n).(*ast.AssignStmt)
	if !ok {
		if s, ok := f.statement(n).(*ast.IfStmt); ok {
			as, _ = s.Init.(*ast.AssignStmt)
		}
	}
	if as == nil {
		return nil
	}
	for _, l := range as.Lhs {
		if v := f.plainVar(l); v != nil && isErrorVar(v.Type()) {
			know[v] = knowledge{isNil: true}
		}
	}
	return as
}

func (w *walker) block(b *cfg.Block, from int, know map[*types.Var]knowledge) bool {
	if *w.steps--; *w.steps < 0 {
		return false
	}
	evs := w.f.blocks[b.Index]
	for i := from; i < len(evs); i++ {
		ev := &evs[i]
		switch ev.kind {
		case evAssign, evStatus:
			if w.origin == nil || ev.node != w.origin {
				know = learn(know, ev)
			}
		}
		switch w.look(b, i) {
		case stop:
			return false
		case found:
			return true
		}
	}
	succs := b.Succs
	if len(succs) == 2 {
		cond, tag := w.f.condition(b)
		if cond != nil {
			switch val, related := w.f.eval(cond, tag, know); {
			case val == yes:
				succs = succs[:1]
			case val == no:
				succs = succs[1:]
			case related:
				// A test of what led here. There is no telling which way it goes,
				// so both must lead to the same end.
				for _, s := range succs {
					if !w.fork().follow(b, s, know) {
						return false
					}
				}
				return true
			}
		}
	}
	for _, s := range succs {
		if w.follow(b, s, know) {
			return true
		}
	}
	return false
}

// follow goes along one edge.
func (w *walker) follow(b, s *cfg.Block, know map[*types.Var]knowledge) bool {
	if w.f.backEdge(b, s) {
		// Round the loop: only the way out of it is followed. What a second
		// turn does is another turn's business.
		if s = exitOf(s); s == nil {
			return false
		}
	}
	if w.seen[s.Index] {
		return false
	}
	w.seen[s.Index] = true
	return w.block(s, 0, know)
}

// fork returns a walker that has seen the same blocks and remembers its own.
func (w *walker) fork() *walker {
	seen := make(map[int32]bool, len(w.seen))
	for k := range w.seen {
		seen[k] = true
	}
	return &walker{f: w.f, look: w.look, seen: seen, steps: w.steps, origin: w.origin}
}

// backEdge reports whether the edge from b to s goes back to the head of a
// loop around b.
func (f *fn) backEdge(b, s *cfg.Block) bool {
	switch s.Kind {
	case cfg.KindForLoop, cfg.KindRangeLoop, cfg.KindForPost, cfg.KindForBody, cfg.KindLabel:
	default:
		return false
	}
	if s.Stmt == nil {
		return false
	}
	switch b.Kind {
	case cfg.KindForPost:
		return true
	}
	if s.Kind == cfg.KindForPost {
		return true
	}
	if b.Stmt == nil {
		return false
	}
	if s.Kind == cfg.KindLabel {
		return s.Stmt.Pos() <= b.Stmt.Pos() && s.Index <= b.Index
	}
	// Something inside the loop leads to its head.
	at := b.Stmt.Pos()
	if len(b.Nodes) > 0 {
		at = b.Nodes[0].Pos()
	}
	var body *ast.BlockStmt
	switch l := s.Stmt.(type) {
	case *ast.ForStmt:
		body = l.Body
	case *ast.RangeStmt:
		body = l.Body
	default:
		return false
	}
	if s.Kind == cfg.KindForBody && b.Kind == cfg.KindForLoop {
		return false
	}
	if s.Kind == cfg.KindForBody && at < body.Pos() {
		return false
	}
	return body.Pos() <= at && at < body.End()
}

// exitOf returns the block after the loop that s is a part of, or nil if the
// loop has no condition.
func exitOf(s *cfg.Block) *cfg.Block {
	switch s.Kind {
	case cfg.KindForPost:
		if len(s.Succs) == 1 && s.Succs[0].Kind == cfg.KindForLoop {
			return exitOf(s.Succs[0])
		}
	case cfg.KindForLoop, cfg.KindRangeLoop:
		if len(s.Succs) == 2 {
			return s.Succs[1]
		}
	}
	return nil
}

// condition returns the condition at the end of a block, and the tag of the
// switch that it is a case of.
func (f *fn) condition(b *cfg.Block) (cond, tag ast.Expr) {
	if len(b.Nodes) == 0 || b.Kind == cfg.KindRangeLoop {
		return nil, nil
	}
	cond, ok := b.Nodes[len(b.Nodes)-1].(ast.Expr)
	if !ok {
		return nil, nil
	}
	if cc, ok := f.parent[cond].(*ast.CaseClause); ok {
		if sw, ok := f.parent[f.parent[cc]].(*ast.SwitchStmt); ok {
			return cond, sw.Tag
		}
		return nil, nil
	}
	return cond, nil
}

// learn updates what is known after an assignment. The map is copied: other
// paths keep theirs.
func learn(know map[*types.Var]knowledge, ev *event) map[*types.Var]knowledge {
	_, had := know[ev.v]
	k := knowledge{val: ev.val, isNil: ev.nil}
	useful := k.val != nil || k.isNil
	if !had && !useful {
		return know
	}
	next := make(map[*types.Var]knowledge, len(know)+1)
	for v, k := range know {
		next[v] = k
	}
	if useful {
		next[ev.v] = k
	} else {
		delete(next, ev.v)
	}
	return next
}

// given collects what must hold where n stands: the conditions of the ifs and
// cases around it, and the assignments before it in the same lists.
func (f *fn) given(n ast.Node) map[*types.Var]knowledge {
	know := make(map[*types.Var]knowledge)
	child := n
	for p := f.parent[n]; p != nil && child != f.body; child, p = p, f.parent[p] {
		switch s := p.(type) {
		case *ast.IfStmt:
			switch child {
			case s.Body:
				f.assume(s.Cond, true, know)
			case s.Else:
				f.assume(s.Cond, false, know)
			}
		case *ast.CaseClause:
			sw, ok := f.parent[f.parent[s]].(*ast.SwitchStmt)
			if !ok {
				break
			}
			if sw.Tag != nil {
				f.relate(sw.Tag, know)
				if v := f.keyVar(sw.Tag); v != nil && len(s.List) == 1 {
					if tv := f.e.info.Types[s.List[0]]; tv.Value != nil {
						know[v] = knowledge{val: tv.Value}
					}
				}
			} else if len(s.List) == 1 {
				f.assume(s.List[0], true, know)
			} else {
				for _, x := range s.List {
					f.relate(x, know)
				}
			}
			f.preceding(s.Body, child, know)
		case *ast.CommClause:
			f.preceding(s.Body, child, know)
		case *ast.BlockStmt:
			if s != f.body {
				f.preceding(s.List, child, know)
			}
		}
	}
	return know
}

// preceding relates the variables that are assigned in a list before the
// statement: what they hold goes with having been here.
func (f *fn) preceding(list []ast.Stmt, until ast.Node, know map[*types.Var]knowledge) {
	for _, s := range list {
		if s == until {
			return
		}
		as, ok := s.(*ast.AssignStmt)
		if !ok || as.Tok == token.DEFINE {
			continue
		}
		for i, l := range as.Lhs {
			v := f.plainVar(l)
			if v == nil {
				continue
			}
			k := knowledge{}
			if len(as.Rhs) == len(as.Lhs) {
				tv := f.e.info.Types[as.Rhs[i]]
				k.val, k.isNil = tv.Value, tv.IsNil()
			}
			if _, ok := know[v]; !ok || k.val != nil || k.isNil {
				know[v] = k
			}
		}
	}
}

// relate notes the variables of x as ones that the path depends on.
func (f *fn) relate(x ast.Expr, know map[*types.Var]knowledge) {
	for v := range f.variables(x) {
		if _, ok := know[v]; !ok {
			know[v] = knowledge{}
		}
	}
}

// variables lists the variables in x, without writers and requests. A field
// stands for itself, not for the variable that it is a field of.
func (f *fn) variables(x ast.Node) map[*types.Var]bool {
	vars := make(map[*types.Var]bool)
	base := make(map[*ast.Ident]bool)
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok {
				base[id] = true
			}
		case *ast.Ident:
			if v, ok := f.e.objectOf(n).(*types.Var); ok && !base[n] && f.e.kind(v.Type()) == kindNone {
				vars[v] = true
			}
		}
		return true
	})
	return vars
}

// keyVar returns the variable or field that x reads.
func (f *fn) keyVar(x ast.Expr) *types.Var {
	if sel, ok := ast.Unparen(x).(*ast.SelectorExpr); ok {
		v, _ := f.e.objectOf(sel.Sel).(*types.Var)
		return v
	}
	return f.plainVar(x)
}

// assume notes what follows from a condition that is true or false.
func (f *fn) assume(cond ast.Expr, holds bool, know map[*types.Var]knowledge) {
	f.relate(cond, know)
	put := func(v *types.Var, k knowledge) {
		if v != nil {
			know[v] = k
		}
	}
	switch c := ast.Unparen(cond).(type) {
	case *ast.Ident:
		put(f.keyVar(c), knowledge{val: constant.MakeBool(holds)})
	case *ast.UnaryExpr:
		if c.Op == token.NOT {
			f.assume(c.X, !holds, know)
		}
	case *ast.BinaryExpr:
		switch c.Op {
		case token.LAND:
			if holds {
				f.assume(c.X, true, know)
				f.assume(c.Y, true, know)
			}
		case token.LOR:
			if !holds {
				f.assume(c.X, false, know)
				f.assume(c.Y, false, know)
			}
		case token.EQL, token.NEQ:
			equal := (c.Op == token.EQL) == holds
			x, y := c.X, c.Y
			if f.keyVar(x) == nil {
				x, y = y, x
			}
			tv := f.e.info.Types[y]
			switch {
			case tv.IsNil() && equal:
				put(f.keyVar(x), knowledge{isNil: true})
			case tv.IsNil():
				put(f.keyVar(x), knowledge{notNil: true})
			case tv.Value != nil && equal:
				put(f.keyVar(x), knowledge{val: tv.Value})
			case equal && isErrorVar(f.e.typeOf(x)):
				put(f.keyVar(x), knowledge{notNil: true}) // err == io.EOF
			}
		}
	case *ast.CallExpr:
		// errors.Is(err, X) holds only of an error that is there.
		if sel, ok := c.Fun.(*ast.SelectorExpr); ok && holds && len(c.Args) > 0 && (sel.Sel.Name == "Is" || sel.Sel.Name == "As") {
			if o, ok := f.e.objectOf(sel.Sel).(*types.Func); ok && o.Pkg() != nil && o.Pkg().Path() == "errors" {
				put(f.keyVar(c.Args[0]), knowledge{notNil: true})
			}
		}
	}
}

func isErrorVar(t types.Type) bool {
	return t != nil && types.Identical(t, types.Universe.Lookup("error").Type())
}

type answer3 uint8

const (
	unknown answer3 = iota
	yes
	no
)

func truth(b bool) answer3 {
	if b {
		return yes
	}
	return no
}

// eval evaluates a condition by what is known, and reports whether it depends
// on something that led here. tag is that of the switch, or nil.
func (f *fn) eval(cond, tag ast.Expr, know map[*types.Var]knowledge) (answer3, bool) {
	if tag != nil {
		v := f.keyVar(tag)
		if k, ok := know[v]; ok && v != nil && k.val != nil {
			if tv := f.e.info.Types[cond]; tv.Value != nil && k.val.Kind() == tv.Value.Kind() {
				return truth(constant.Compare(k.val, token.EQL, tv.Value)), true
			}
		}
		_, related := f.depends(tag, know)
		if !related {
			_, related = f.depends(cond, know)
		}
		return unknown, related
	}
	switch c := ast.Unparen(cond).(type) {
	case *ast.Ident:
		if k, ok := know[f.keyVar(c)]; ok && k.val != nil && k.val.Kind() == constant.Bool {
			return truth(constant.BoolVal(k.val)), true
		}
	case *ast.UnaryExpr:
		if c.Op == token.NOT {
			switch val, rel := f.eval(c.X, nil, know); val {
			case yes:
				return no, rel
			case no:
				return yes, rel
			}
		}
	case *ast.BinaryExpr:
		switch c.Op {
		case token.LAND, token.LOR:
			x, _ := f.eval(c.X, nil, know)
			y, _ := f.eval(c.Y, nil, know)
			short, long := no, yes
			if c.Op == token.LOR {
				short, long = yes, no
			}
			if x == short || y == short {
				return short, true
			}
			if x == long && y == long {
				return long, true
			}
		case token.EQL, token.NEQ:
			x, y := c.X, c.Y
			if f.keyVar(x) == nil {
				x, y = y, x
			}
			k, ok := know[f.keyVar(x)]
			if !ok {
				break
			}
			tv := f.e.info.Types[y]
			switch {
			case tv.IsNil() && k.isNil:
				return truth(c.Op == token.EQL), true
			case tv.IsNil() && k.notNil:
				return truth(c.Op == token.NEQ), true
			case tv.Value != nil && k.val != nil && tv.Value.Kind() == k.val.Kind():
				return truth(constant.Compare(k.val, c.Op, tv.Value)), true
			}
		}
	}
	_, related := f.depends(cond, know)
	return unknown, related
}

func (f *fn) depends(x ast.Expr, know map[*types.Var]knowledge) (*types.Var, bool) {
	for v := range f.variables(x) {
		if _, ok := know[v]; ok {
			return v, true
		}
	}
	return nil, false
}
