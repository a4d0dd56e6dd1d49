package statuslint

import (
	"go/ast"
	"go/types"

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

	origin ast.Node // the assignment that the walk starts in
}

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
		case hit:
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
