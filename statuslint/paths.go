package statuslint

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"sort"
	"strings"

	"golang.org/x/tools/go/cfg"
)

type verdict uint8

const (
	goOn verdict = iota
	stop         // this path is of no more interest
	hit          // what was looked for
)

// A walker follows the paths that lead on from an event.
type walker struct {
	f     *fn
	look  func(b *cfg.Block, i int) verdict
	seen  map[int32]bool
	steps *int // what is left of the budget

	tests  map[string]bool // how the tests around the start went, by their text
	origin ast.Node        // the assignment that the walk starts in
	end    bool            // the return of the function is what is looked for too
}

// ends is after for what is found at the end of the function too.
func (f *fn) ends(b *cfg.Block, i int, look func(b *cfg.Block, i int) verdict) bool {
	budget := 5000
	w := &walker{f: f, look: look, seen: make(map[int32]bool), steps: &budget, end: true}
	return w.block(b, i+1, f.given(f.blocks[b.Index][i].node))
}

// A trail is what a path from the start of a function knows: of variables, and
// of tests by their text, as in `len(allow) == 0`.
type trail struct {
	vars  map[*types.Var]knowledge
	tests map[string]test
}

// A test is how a condition went, and the variables that it reads.
type test struct {
	held bool
	vars map[*types.Var]bool
}

// lacking reports whether a path that no test contradicts leads to the event
// at (b, i) without setting the field: `if !ok { set }` sets it for what stands
// under another `if !ok`.
func (f *fn) lacking(b *cfg.Block, i int, root *types.Var, bit fields) bool {
	group := f.group(root)
	changes := func(ev *event, kind eventKind) bool {
		return ev.kind == kind && ev.set.has(bit) && ev.w.root != nil && f.group(ev.w.root) == group
	}
	found := false
	for _, evs := range f.blocks {
		for k := range evs {
			found = found || changes(&evs[k], evSet)
		}
	}
	if !found {
		return true
	}
	type state struct {
		block int32
		has   bool
		knows string
	}
	seen := make(map[state]bool)
	steps := 4000
	var walk func(at *cfg.Block, has bool, t trail) bool
	walk = func(at *cfg.Block, has bool, t trail) bool {
		if steps--; steps < 0 {
			return true
		}
		for k := range f.blocks[at.Index] {
			if at == b && k == i {
				return !has
			}
			ev := &f.blocks[at.Index][k]
			if changes(ev, evSet) {
				has = true
			} else if changes(ev, evDel) {
				has = false
			}
			if ev.kind == evAssign || ev.kind == evStatus {
				t = t.assign(ev)
			}
		}
		cond, tag := f.condition(at)
		for n, next := range at.Succs {
			went := t
			if cond != nil && len(at.Succs) == 2 {
				holds := n == 0
				if val, _ := f.eval(cond, tag, t.vars); val == yes && !holds || val == no && holds {
					continue
				}
				text, sign := testText(cond, tag)
				if old, ok := t.tests[text]; ok && old.held != (holds == sign) {
					continue
				}
				went = t.learn(f, cond, tag, text, holds, sign)
			}
			s := state{next.Index, has, went.String()}
			if seen[s] {
				continue
			}
			seen[s] = true
			if walk(next, has, went) {
				return true
			}
		}
		return false
	}
	return walk(f.cfg.Blocks[0], false, trail{})
}

// testText returns a condition as text, and whether the text is the condition
// or its contrary: `!ok` and `ok`, `a != b` and `a == b` are one test.
func testText(cond, tag ast.Expr) (text string, sign bool) {
	if tag != nil {
		return types.ExprString(tag) + " == " + types.ExprString(cond), true
	}
	switch c := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if c.Op == token.NOT {
			text, sign = testText(c.X, nil)
			return text, !sign
		}
	case *ast.BinaryExpr:
		if c.Op == token.NEQ {
			return types.ExprString(c.X) + " == " + types.ExprString(c.Y), false
		}
	}
	return types.ExprString(ast.Unparen(cond)), true
}

// assign forgets what an assignment makes void.
func (t trail) assign(ev *event) trail {
	next := trail{vars: learn(t.vars, ev), tests: t.tests}
	if len(t.tests) > 0 {
		next.tests = maps.Clone(t.tests)
		maps.DeleteFunc(next.tests, func(_ string, x test) bool { return x.vars[ev.v] })
	}
	return next
}

// learn notes how a test went.
func (t trail) learn(f *fn, cond, tag ast.Expr, text string, holds, sign bool) trail {
	next := trail{vars: maps.Clone(t.vars), tests: maps.Clone(t.tests)}
	if next.vars == nil {
		next.vars = make(map[*types.Var]knowledge)
	}
	if next.tests == nil {
		next.tests = make(map[string]test)
	}
	if tag == nil {
		f.assume(cond, holds, next.vars)
	}
	vars := f.variables(cond)
	if tag != nil {
		maps.Copy(vars, f.variables(tag))
	}
	next.tests[text] = test{holds == sign, vars}
	return next
}

// String tells trails apart.
func (t trail) String() string {
	var list []string
	for text, x := range t.tests {
		list = append(list, fmt.Sprintf("%s=%t", text, x.held))
	}
	for v, k := range t.vars {
		if k.val != nil || k.isNil || k.notNil {
			list = append(list, fmt.Sprintf("%s@%d=%v%t%t", v.Name(), v.Pos(), k.val, k.isNil, k.notNil))
		}
	}
	sort.Strings(list)
	return strings.Join(list, ";")
}

// givenTests notes how the tests around n went, by their text, where no
// variable in them is assigned more than once.
func (f *fn) givenTests(n ast.Node) map[string]bool {
	tests := make(map[string]bool)
	var note func(cond ast.Expr, holds bool)
	note = func(cond ast.Expr, holds bool) {
		if b, ok := ast.Unparen(cond).(*ast.BinaryExpr); ok && (b.Op == token.LAND || b.Op == token.LOR) {
			if (b.Op == token.LAND) == holds { // both went the same way
				note(b.X, holds)
				note(b.Y, holds)
			}
			return
		}
		for v := range f.variables(cond) {
			if f.assigned[v] > 1 || v.IsField() {
				return
			}
		}
		text, sign := testText(cond, nil)
		tests[text] = holds == sign
	}
	child := n
	for p := f.parent[n]; p != nil && child != f.body; child, p = p, f.parent[p] {
		if s, ok := p.(*ast.IfStmt); ok {
			switch child {
			case s.Body:
				note(s.Cond, true)
			case s.Else:
				note(s.Cond, false)
			}
		}
	}
	return tests
}

// after follows every path from the event at (b, i) that no test contradicts,
// and reports whether look found something on one.
func (f *fn) after(b *cfg.Block, i int, look func(b *cfg.Block, i int) verdict) bool {
	budget := 5000
	ev := &f.blocks[b.Index][i]
	w := &walker{f: f, look: look, seen: make(map[int32]bool), steps: &budget, tests: f.givenTests(ev.node)}
	know := f.given(ev.node)
	if ev.kind == evAssign || ev.kind == evStatus {
		know = learn(know, ev)
	}
	if ev.cond != nil {
		f.assume(ev.cond, ev.holds, know)
	} else if ev.kind == evWrite || ev.kind == evAnswer {
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
		case hit:
			return true
		}
	}
	succs := b.Succs
	if len(succs) == 0 {
		return w.end && b.Return() != nil
	}
	if len(succs) == 2 {
		cond, tag := w.f.condition(b)
		if cond != nil {
			val, related := w.f.eval(cond, tag, know)
			if val == unknown && tag == nil {
				text, sign := testText(cond, nil)
				if held, ok := w.tests[text]; ok {
					val = truth(held == sign)
				}
			}
			switch {
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
	return &walker{f: w.f, look: w.look, seen: seen, steps: w.steps, tests: w.tests, origin: w.origin, end: w.end}
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
