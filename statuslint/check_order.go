package statuslint

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"example.com/httpstatus/statuslint/internal/codes"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/cfg"
)

// commits reports whether an event sends the header.
func (ev *event) commits() bool {
	switch ev.kind {
	case evWrite:
		return ev.once
	case evAnswer:
		return ev.once && !(ev.status.known && interim(ev.status.code))
	}
	return false
}

// interim reports whether a response with the code is followed by another.
func interim(code int) bool { return 100 <= code && code <= 199 && code != 101 }

// rebound reports whether the variable of a writer is given another value, so
// that it may name a different writer later on.
func (f *fn) rebound(v *types.Var) bool {
	return f.isParam[v] && f.assigned[v] > 0 || f.assigned[v] > 1
}

// checkOrder looks at what follows on an answer or a write.
func (f *fn) checkOrder(b *cfg.Block, i int, ev *event) {
	if !ev.commits() || ev.w.root == nil || f.rebound(ev.w.root) {
		return
	}
	if ev.kind == evAnswer && f.checkReturn(b, i, ev) {
		return
	}
	f.checkLate(b, i, ev)
	f.checkDouble(b, i, ev)
}

// goesOn is an answer after which a function goes on, and the branch that it
// should have left.
type goesOn struct {
	ev     *event
	branch ast.Node // nil if there is none
}

// checkReturn looks for an answer after which the function goes on to answer.
// That is one mistake, however much comes of it.
func (f *fn) checkReturn(b *cfg.Block, i int, ev *event) bool {
	if ev.inLoopOver(f) {
		return false
	}
	branch := f.branch(ev)
	isError := !ev.status.known || ev.status.code >= 400
	var effects []*event
	look := func(only bool) func(b *cfg.Block, i int) verdict {
		return func(b *cfg.Block, i int) verdict {
			to := &f.blocks[b.Index][i]
			if to.w != ev.w || to.node == ev.node {
				return goOn
			}
			out := branch == nil || !stands(to.node, branch)
			if !out && ev.cond != nil {
				return goOn // the answer of the branch comes after the one of its condition
			}
			is := false
			switch to.kind {
			case evAnswer:
				if !to.once || to.status.known && interim(to.status.code) || f.afterFailedWrite(to) {
					return goOn
				}
				is = ev.message && isError || branch != nil && out
			case evWrite:
				is = isError && (to.once && ev.message || to.onward && branch != nil && out)
			case evSet, evDel:
				is = ev.message && isError && branch != nil && out && f.late(ev, to)
			}
			if !is {
				return goOn
			}
			if only {
				return hit
			}
			effects = append(effects, to)
			return goOn
		}
	}
	if !f.after(b, i, look(true)) {
		return f.goesOnWith(ev, branch, isError)
	}
	f.after(b, i, look(false))
	f.told = append(f.told, goesOn{ev, branch})
	text := fmt.Sprintf("%s is not followed by a return, and the function goes on to write to the same response", ev.sink)
	if ev.maybe {
		text = fmt.Sprintf("%s may have answered with an error, and the function goes on to write to the same response without looking at its result",
			ev.sink)
	}
	f.e.reportIn(f.unit, "S-error-no-return", ev.node, text+f.effectsText(effects), f.returnFix(ev.node, branch)...)
	return true
}

// inLoopOver reports whether an answer stands in a loop that its writer is
// made in: each turn has a response of its own.
func (ev *event) inLoopOver(f *fn) bool {
	loop := f.enclosing(ev.node, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return true
		}
		return false
	})
	return loop != nil && covers(ev.w.root.Pos(), loop)
}

// effectsText names what the function does after it has answered, each thing
// once.
func (f *fn) effectsText(effects []*event) string {
	var list []string
	add := func(s string) {
		if !slices.Contains(list, s) && len(list) < 4 {
			list = append(list, s)
		}
	}
	for _, ev := range effects {
		switch ev.kind {
		case evSet, evDel:
			add("changes " + ev.fieldText())
		case evAnswer:
			if ev.status.known {
				add("sends " + codes.Describe(ev.status.code))
			} else {
				add("answers by " + ev.sink)
			}
		case evWrite:
			if ev.onward {
				add("calls the next handler")
			} else {
				add("writes content")
			}
		}
	}
	if len(list) == 0 {
		return ""
	}
	return ": it " + strings.Join(list, ", ")
}

// fieldText is what a message calls the field that an event changes.
func (ev *event) fieldText() string {
	if ev.key == "" {
		return "a field"
	}
	return ev.key
}

// branch returns the innermost branch around an answer: the body of an if, an
// else or a case. An answer that is known from a condition stands in the branch
// of that condition.
func (f *fn) branch(ev *event) ast.Node {
	if ev.cond != nil {
		s, ok := f.enclosing(ev.cond, func(n ast.Node) bool { _, ok := n.(*ast.IfStmt); return ok }).(*ast.IfStmt)
		if !ok {
			return nil
		}
		if ev.holds {
			return s.Body
		}
		return s.Else
	}
	child := ast.Node(ev.node)
	for p := f.parent[child]; p != nil && p != f.body; child, p = p, f.parent[p] {
		switch s := p.(type) {
		case *ast.IfStmt:
			if child == s.Body || child == s.Else {
				return child
			}
		case *ast.CaseClause, *ast.CommClause:
			return s
		}
	}
	return nil
}

// stands reports whether n stands inside of outer.
func stands(n, outer ast.Node) bool {
	return outer != nil && outer.Pos() <= n.Pos() && n.End() <= outer.End()
}

// covers reports whether a position is inside of outer.
func covers(pos token.Pos, outer ast.Node) bool { return outer.Pos() <= pos && pos < outer.End() }

// isTold reports whether what happens to a response at n is the effect of an
// answer without a return that was reported, of which ev is a part.
func (f *fn) isTold(ev *event, n ast.Node) bool {
	for _, t := range f.told {
		if t.ev.w != ev.w {
			continue
		}
		if t.branch == nil && t.ev.node.Pos() <= ev.node.Pos() || t.branch != nil && stands(ev.node, t.branch) && !stands(n, t.branch) {
			return true
		}
	}
	return false
}

// afterFailedWrite reports whether an answer is given because a write failed.
// The client has gone, or has got half of the content: the answer does no good,
// and no harm.
func (f *fn) afterFailedWrite(to *event) bool {
	s := f.underError(to.node)
	if s == nil {
		return false
	}
	err := f.plainVar(s.Cond.(*ast.BinaryExpr).X)
	if err == nil {
		return false
	}
	call := f.definition(s, err)
	if call == nil {
		return false
	}
	for _, evs := range f.blocks {
		for i := range evs {
			ev := &evs[i]
			if ev.node == call && ev.cond == nil && (ev.kind == evWrite || ev.kind == evAnswer) && ev.w.root == to.w.root {
				return true
			}
		}
	}
	for _, o := range f.outcomes {
		if o.call == call {
			return false // a helper that answers when it fails
		}
	}
	for _, a := range call.Args {
		if r := f.ref(a); r.root != nil && r.root == to.w.root {
			return true
		}
	}
	return false
}

// checkLate looks for a field that is changed after the header was sent.
func (f *fn) checkLate(b *cfg.Block, i int, ev *event) {
	var late []*event
	reached := f.after(b, i, func(b *cfg.Block, i int) verdict {
		to := &f.blocks[b.Index][i]
		if !f.late(ev, to) {
			return goOn
		}
		for k := i; k < len(f.blocks[b.Index]); k++ { // and those right behind it
			if next := &f.blocks[b.Index][k]; f.late(ev, next) {
				late = append(late, next)
			}
		}
		return hit
	})
	if !reached {
		return
	}
	what := "the header was sent"
	if ev.kind == evAnswer {
		what = ev.sink + " sent the header"
	} else if ev.kind == evWrite {
		what = "content was written"
	}
	for _, l := range late {
		if f.isTold(ev, l.node) {
			continue
		}
		name := l.fieldText()
		if l.inside != "" {
			name += " (by " + l.inside + ")"
		}
		f.e.reportIn(f.unit, "S-late-header", l.node, fmt.Sprintf("%s is changed after %s, and net/http drops the change", name, what))
	}
}

// late reports whether an event changes a field of the writer of ev, and is no
// trailer.
func (f *fn) late(ev, to *event) bool {
	if to.kind != evSet && to.kind != evDel || to.w != ev.w {
		return false
	}
	if to.inside != "" {
		return to.node != ev.node && !f.setsType(to)
	}
	return to.direct && !f.trailer(to)
}

// setsType reports whether f sets Content-Type of the writer elsewhere: then it
// is no loss that a helper sets it too late.
func (f *fn) setsType(helper *event) bool {
	for _, evs := range f.blocks {
		for i := range evs {
			ev := &evs[i]
			if ev.kind == evSet && ev.node != helper.node && ev.w.root != nil && f.group(ev.w.root) == f.group(helper.w.root) &&
				(ev.key == "Content-Type" || ev.set&anyField == anyField) {
				return true
			}
		}
	}
	return false
}

// trailer reports whether the change of a field is one of a trailer.
func (f *fn) trailer(ev *event) bool {
	if strings.HasPrefix(ev.key, "Trailer:") || ev.key == "Trailer" {
		return true
	}
	var name ast.Expr
	switch n := ev.node.(type) {
	case *ast.CallExpr:
		if len(n.Args) > 0 {
			name = n.Args[0]
		}
	case *ast.IndexExpr:
		name = n.Index
	}
	if ev.key == "" && name != nil {
		if f.mentionsText(name, "Trailer:") {
			return true
		}
		isRange := func(p ast.Node) bool {
			r, ok := p.(*ast.RangeStmt)
			return ok && mentionsWord(r.X, "trailer")
		}
		if f.enclosing(ev.node, isRange) != nil {
			return true
		}
	}
	if name != nil && mentionsWord(name, "trailer") {
		return true // a constant for the name of a trailer
	}
	names, dynamic := f.e.trailers()
	return dynamic[f.root] || names[ev.key] || ev.key == "" && len(names) > 0
}

// trailers lists the names that a Trailer field declares anywhere in the
// package, and the declarations that declare names which are not known. A
// function may well set a trailer that its caller has declared.
func (e *engine) trailers() (names map[string]bool, dynamic map[ast.Node]bool) {
	if e.lazy.trailers != nil {
		return e.lazy.trailers, e.lazy.dynamicTrailers
	}
	names, dynamic = make(map[string]bool), make(map[ast.Node]bool)
	e.lazy.trailers, e.lazy.dynamicTrailers = names, dynamic
	for _, file := range e.pass.Files {
		for _, d := range file.Decls {
			declare := func(value ast.Expr) {
				text, ok := e.stringConst(value)
				if !ok {
					dynamic[d] = true
					return
				}
				for _, t := range strings.Split(text, ",") {
					names[canonical(strings.TrimSpace(t))] = true
				}
			}
			ast.Inspect(d, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					if len(n.Args) == 2 {
						if key, ok := e.stringConst(n.Args[0]); ok && canonical(key) == "Trailer" {
							declare(n.Args[1])
						}
					}
				case *ast.AssignStmt:
					for _, l := range n.Lhs {
						if ix, ok := l.(*ast.IndexExpr); ok {
							if key, ok := e.stringConst(ix.Index); ok && canonical(key) == "Trailer" {
								dynamic[d] = true
							}
						}
					}
				}
				return true
			})
		}
	}
	return names, dynamic
}

// mentionsWord reports whether an identifier in x contains the word, which is
// in lower case.
func mentionsWord(x ast.Node, word string) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && strings.Contains(strings.ToLower(id.Name), word) {
			found = true
		}
		return !found
	})
	return found
}

// checkDouble looks for a second status.
func (f *fn) checkDouble(b *cfg.Block, i int, ev *event) {
	var second *event
	reached := f.after(b, i, func(b *cfg.Block, i int) verdict {
		to := &f.blocks[b.Index][i]
		if to.kind == evAnswer && to.w == ev.w && to.node != ev.node && to.once {
			if to.status.known && interim(to.status.code) {
				return goOn
			}
			second = to
			return hit
		}
		return goOn
	})
	if !reached || f.isTold(ev, second.node) {
		return
	}
	first := "content was written"
	if ev.kind == evAnswer {
		first = ev.sink + " sent one"
		if ev.status.known {
			first = ev.sink + " sent " + codes.Describe(ev.status.code)
		}
	}
	if f.afterFailedWrite(second) {
		f.e.reportIn(f.unit, "S-status-after-write", second.node,
			fmt.Sprintf("%s sends a status because a write failed; the status was sent before, and net/http ignores it", second.sink))
		return
	}
	f.e.reportIn(f.unit, "S-double-header", second.node, fmt.Sprintf("%s sends a status after %s, and net/http ignores it", second.sink, first))
}

// returnFix adds a return after the statement of n, or turns the statement into
// one, where that is all it takes. A return directly before statements of the
// same list would make them unreachable: what is to become of those is not for
// a tool to say.
func (f *fn) returnFix(n, branch ast.Node) []analysis.SuggestedFix {
	s, ok := f.statement(n).(*ast.ExprStmt)
	if !ok || branch == nil || !f.isLast(s) {
		return nil
	}
	if f.sig.Results().Len() == 0 {
		end := f.e.lineEnd(s)
		return []analysis.SuggestedFix{{
			Message:   "Return after the answer",
			TextEdits: []analysis.TextEdit{{Pos: end, End: end, NewText: []byte("\n" + f.e.indent(s) + "return")}},
		}}
	}
	t := f.e.typeOf(s.X)
	if f.sig.Results().Len() == 1 && t != nil && types.Identical(t, f.sig.Results().At(0).Type()) && ast.Unparen(s.X) == n {
		return []analysis.SuggestedFix{{
			Message:   "Return the answer",
			TextEdits: []analysis.TextEdit{{Pos: s.Pos(), End: s.Pos(), NewText: []byte("return ")}},
		}}
	}
	return nil
}

// isLast reports whether a statement is the last of its list.
func (f *fn) isLast(s ast.Stmt) bool {
	var list []ast.Stmt
	switch p := f.parent[s].(type) {
	case *ast.BlockStmt:
		list = p.List
	case *ast.CaseClause:
		list = p.Body
	case *ast.CommClause:
		list = p.Body
	}
	return len(list) > 0 && list[len(list)-1] == s
}
