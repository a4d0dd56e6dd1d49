package statuslint

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"sort"

	"golang.org/x/tools/go/cfg"
)

// An outcome is an answer that a call has sent if its last result says so.
type outcome struct {
	call *ast.CallExpr
	good bool // the result is true, or nil
	ev   event
}

// A perhaps is what a call may have set, by what its last result says.
type perhaps struct {
	call      *ast.CallExpr
	at        int32 // the block of the call
	w         ref
	good, bad fields
}

// attach puts the outcomes of calls at the start of the branches that test for
// them, as in `if !check(w, r) {` and `if err := check(w, r); err != nil {`.
func (f *fn) attach() {
	if len(f.outcomes)+len(f.perhaps) == 0 {
		return
	}
	preds := make([]int, len(f.cfg.Blocks))
	for _, b := range f.cfg.Blocks {
		for _, s := range b.Succs {
			if b.Live {
				preds[s.Index]++
			}
		}
	}
	for _, b := range f.cfg.Blocks {
		cond, tag := f.condition(b)
		if cond == nil || tag != nil || len(b.Succs) != 2 {
			continue
		}
		call, goodIf := f.testedCall(b, cond)
		if call == nil {
			continue
		}
		good, bad := b.Succs[0], b.Succs[1]
		if !goodIf {
			good, bad = bad, good
		}
		if preds[good.Index] == 1 && preds[bad.Index] == 1 {
			f.divide(call, good, bad)
		}
		for _, o := range f.outcomes {
			if o.call != call {
				continue
			}
			holds := o.good == goodIf
			s := b.Succs[1]
			if holds {
				s = b.Succs[0]
			}
			if preds[s.Index] != 1 {
				continue
			}
			ev := o.ev
			ev.cond, ev.holds = cond, holds
			f.rootIndex(ev.w.root)
			f.blocks[s.Index] = append([]event{ev}, f.blocks[s.Index]...)
		}
	}
}

// divide replaces what a call may have set by what it may have set for either
// result, at the start of the branches for them.
func (f *fn) divide(call *ast.CallExpr, good, bad *cfg.Block) {
	for _, p := range f.perhaps {
		if p.call != call {
			continue
		}
		for i := range f.blocks[p.at] {
			if ev := &f.blocks[p.at][i]; ev.kind == evSet && ev.opaque && ev.node == call && ev.w == p.w {
				ev.set = 0
			}
		}
		put := func(b *cfg.Block, set fields) {
			if set != 0 {
				ev := event{kind: evSet, w: p.w, node: call, set: set, guess: true, opaque: true}
				f.blocks[b.Index] = append([]event{ev}, f.blocks[b.Index]...)
			}
		}
		put(good, p.good)
		put(bad, p.bad)
	}
}

// testedCall returns the call whose last result a condition asks for, and
// whether the result is good if the condition holds.
func (f *fn) testedCall(b *cfg.Block, cond ast.Expr) (call *ast.CallExpr, good bool) {
	switch c := ast.Unparen(cond).(type) {
	case *ast.CallExpr:
		return c, true
	case *ast.UnaryExpr:
		if c.Op == token.NOT {
			call, good = f.testedCall(b, c.X)
			return call, !good
		}
	case *ast.Ident:
		return f.lastAssigned(b, f.plainVar(c)), true
	case *ast.BinaryExpr:
		if (c.Op == token.NEQ || c.Op == token.EQL) && f.e.info.Types[c.Y].IsNil() {
			if x, ok := ast.Unparen(c.X).(*ast.CallExpr); ok {
				return x, c.Op == token.EQL
			}
			return f.lastAssigned(b, f.plainVar(c.X)), c.Op == token.EQL
		}
	}
	return nil, false
}

// lastAssigned returns the call whose last result a variable gets in a block,
// or nil.
func (f *fn) lastAssigned(b *cfg.Block, v *types.Var) (call *ast.CallExpr) {
	if v == nil {
		return nil
	}
	for _, n := range b.Nodes {
		as, ok := n.(*ast.AssignStmt)
		if !ok {
			continue
		}
		for i, l := range as.Lhs {
			if f.plainVar(l) != v {
				continue
			}
			call = nil
			if len(as.Rhs) == 1 && i == len(as.Lhs)-1 {
				call, _ = ast.Unparen(as.Rhs[0]).(*ast.CallExpr)
			}
		}
	}
	return call
}

// concludeOutcomes notes what the last result of f says of its answers: only
// where the one value says more than the other.
func (f *fn) concludeOutcomes() {
	res := f.sig.Results()
	if res.Len() == 0 {
		return
	}
	last := res.At(res.Len() - 1)
	isBool := isBoolean(last.Type())
	if !isBool && !isErrorVar(last.Type()) || last.Name() != "" && last.Name() != "_" {
		return
	}
	n := len(f.roots)
	maySet := f.maySet()
	var must, may [2][]fields // by whether the result is good
	var seen [2]bool
	for k := range must {
		must[k], may[k] = make([]fields, n), make([]fields, n)
		for j := range must[k] {
			must[k][j] = everything
		}
	}
	for _, b := range f.cfg.Blocks {
		ret := b.Return()
		if !b.Live || ret == nil {
			continue
		}
		if len(ret.Results) != res.Len() {
			return // the results of another call, which could be anything
		}
		state := make([]fields, n)
		copy(state, f.in[b.Index])
		for i := range f.blocks[b.Index] {
			f.step(state, &f.blocks[b.Index][i])
		}
		x := ret.Results[len(ret.Results)-1]
		good, bad := true, true
		tv := f.e.info.Types[x]
		switch {
		case isBool && tv.Value != nil && tv.Value.Kind() == constant.Bool:
			good = constant.BoolVal(tv.Value)
			bad = !good
		case !isBool && tv.IsNil():
			bad = false
		case !isBool && f.surelyError(x, ret):
			good = false
		}
		for k, is := range [2]bool{bad, good} {
			if !is {
				continue
			}
			seen[k] = true
			for j := range state {
				must[k][j] &= state[j]
				may[k][j] |= maySet[b.Index][j]
			}
		}
	}
	if !seen[0] || !seen[1] {
		return
	}
	for v, pos := range f.writers() {
		j, ok := f.roots[f.group(v)]
		if !ok {
			continue
		}
		if may[0][j] != may[1][j] {
			f.fact.Mays = append(f.fact.Mays, mayFact{Writer: pos, Good: may[1][j], Bad: may[0][j]})
		}
		for k := range must {
			if must[k][j]&answered != 0 && must[1-k][j]&answered == 0 {
				_, isError := errorOnly(f.fact, pos)
				f.fact.Outcomes = append(f.fact.Outcomes, outcomeFact{Writer: pos, Good: k == 1, Must: must[k][j], Error: isError})
			}
		}
	}
	sort.Slice(f.fact.Outcomes, func(i, j int) bool { return f.fact.Outcomes[i].Writer < f.fact.Outcomes[j].Writer })
}

// maySet computes which fields may be set by the end of each block, per writer.
func (f *fn) maySet() [][]fields {
	out := make([][]fields, len(f.cfg.Blocks))
	for i := range out {
		out[i] = make([]fields, len(f.roots))
		for k := range f.blocks[i] {
			if ev := &f.blocks[i][k]; ev.kind == evSet && ev.w.root != nil {
				out[i][f.roots[f.group(ev.w.root)]] |= ev.set & (anyField | handled)
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, b := range f.cfg.Blocks {
			for _, s := range b.Succs {
				for j, set := range out[b.Index] {
					if out[s.Index][j]|set != out[s.Index][j] {
						out[s.Index][j] |= set
						changed = true
					}
				}
			}
		}
	}
	return out
}

// surelyError reports whether an expression that is returned is an error: it
// is made on the spot, or known not to be nil.
func (f *fn) surelyError(x ast.Expr, ret *ast.ReturnStmt) bool {
	switch y := ast.Unparen(x).(type) {
	case *ast.Ident:
		if v := f.plainVar(y); v != nil {
			if f.given(ret)[v].notNil {
				return true
			}
			_, again := ast.Unparen(f.onlyValue(v)).(*ast.CallExpr)
			return again && f.surelyError(f.onlyValue(v), ret)
		}
	case *ast.CallExpr:
		if sel, ok := y.Fun.(*ast.SelectorExpr); ok {
			name := sel.Sel.Name
			if o, ok := f.e.objectOf(sel.Sel).(*types.Func); ok && o.Pkg() != nil {
				return o.Pkg().Path() == "errors" && name == "New" || o.Pkg().Path() == "fmt" && name == "Errorf"
			}
		}
	case *ast.UnaryExpr:
		return y.Op == token.AND
	}
	return false
}

func isBoolean(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}
