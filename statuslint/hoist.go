package statuslint

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/cfg"
)

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
	for at, evs := range f.blocks {
		for _, ev := range evs {
			if ev.kind != evSet || ev.set&anyField == 0 || ev.node == nil || f.endsWith(at, &ev) {
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

// endsWith reports whether nothing is answered behind a call that may set any
// field, though the function answers elsewhere: then what it sets is for what it
// sends itself, and not for others.
func (f *fn) endsWith(at int, ev *event) bool {
	if ev.direct || ev.set&anyField != anyField || ev.w.root == nil {
		return false
	}
	group := f.group(ev.w.root)
	answers := func(b int32) bool {
		for i := range f.blocks[b] {
			to := &f.blocks[b][i]
			if to.node != ev.node && (to.kind == evAnswer || to.kind == evWrite || to.kind == evStatus) && (to.w.root == nil || f.group(to.w.root) == group) {
				return true
			}
		}
		return false
	}
	elsewhere := false
	for i := range f.blocks {
		elsewhere = elsewhere || answers(int32(i))
	}
	if !elsewhere {
		return false
	}
	seen := make(map[int32]bool)
	var reaches func(b *cfg.Block) bool
	reaches = func(b *cfg.Block) bool {
		if seen[b.Index] {
			return false
		}
		seen[b.Index] = true
		if answers(b.Index) {
			return true
		}
		for _, s := range b.Succs {
			if reaches(s) {
				return true
			}
		}
		return false
	}
	return !reaches(f.cfg.Blocks[at])
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
				if !ok || v.IsField() || f.e.role(v.Type()) != roleNone {
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
