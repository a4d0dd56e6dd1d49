package statuslint

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"
)

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
				may[f.roots[f.group(ev.w.root)]] |= ev.set & (anyField | handled)
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
	for v, pos := range f.writers() {
		j, ok := f.roots[f.group(v)]
		if ok && (must[j] != 0 || may[j] != 0) {
			f.fact.Effects = append(f.fact.Effects, effectFact{Writer: pos, Must: must[j], May: may[j], Copied: f.copiedTo(v)})
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
	f.concludeOutcomes()
	f.concludeInputs()
	f.stores()
	f.returns()
}

// copiedTo returns what effectFact says of the parameter that has the names of
// the fields that f sets, where that is all that f sets without a name.
func (f *fn) copiedTo(v *types.Var) (from int) {
	for _, evs := range f.blocks {
		for i := range evs {
			ev := &evs[i]
			if ev.kind != evSet || ev.w.root == nil || f.group(ev.w.root) != f.group(v) || ev.set&anyField != anyField {
				continue
			}
			if ev.copied == 0 || from != 0 && from != ev.copied {
				return 0
			}
			from = ev.copied
		}
	}
	return from
}

// writerParam returns the parameter that stands for a writer's variable.
func (f *fn) writerParam(v *types.Var) int {
	g := f.group(v)
	if pos, ok := f.params[g]; ok {
		return pos
	}
	for p, pos := range f.writers() {
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
			f.addAnswer(answerFact{Writer: writer, Status: nowhere, Const: ev.status.code, Set: set, Kept: ev.kept})
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
			f.addAnswer(answerFact{Writer: writer, Status: pos, Set: set, Tested: tested, Kept: ev.kept})
			return
		}
		for g := f.outer; g != nil; g = g.outer {
			if pos, ok := g.params[v]; ok && g.decl != nil && writer >= receiver {
				g.fact.Makes = append(g.fact.Makes, answerFact{Status: pos, Set: set, Tested: tested})
				return
			}
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
			f.fact.Answers[i].Kept = a.Kept || b.Kept
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
