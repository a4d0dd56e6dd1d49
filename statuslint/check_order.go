package statuslint

import (
	"fmt"
	"go/ast"
	"go/types"
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
	if ev.kind == evAnswer && ev.message && (!ev.status.known || ev.status.code >= 400) {
		if f.checkReturn(b, i, ev) {
			return
		}
	}
	f.checkLate(b, i, ev)
	f.checkDouble(b, i, ev)
}

// checkReturn looks for an error answer after which the function goes on to
// answer.
func (f *fn) checkReturn(b *cfg.Block, i int, ev *event) bool {
	reached := f.after(b, i, func(b *cfg.Block, i int) verdict {
		to := &f.blocks[b.Index][i]
		switch to.kind {
		case evWrite, evAnswer:
			if to.w == ev.w && to.node != ev.node && to.once {
				return hit
			}
		}
		return goOn
	})
	if reached {
		f.e.reportIn(f.unit, "S-error-no-return", ev.node,
			fmt.Sprintf("%s is not followed by a return, and the function goes on to write to the same response", ev.sink), f.returnFix(ev.node)...)
	}
	return reached
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
		name := l.key
		if name == "" {
			name = "a field"
		}
		f.e.reportIn(f.unit, "S-late-header", l.node, fmt.Sprintf("%s is changed after %s, and net/http drops the change", name, what))
	}
}

// late reports whether an event changes a field of the writer of ev, and is no
// trailer.
func (f *fn) late(ev, to *event) bool {
	return (to.kind == evSet || to.kind == evDel) && to.direct && to.w == ev.w && !f.trailer(to)
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
	// The names that a Trailer field of the same function declares.
	declared := false
	ast.Inspect(f.root, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || declared || len(call.Args) != 2 {
			return !declared
		}
		key, ok := f.e.stringConst(call.Args[0])
		if !ok || canonical(key) != "Trailer" {
			return true
		}
		value, ok := f.e.stringConst(call.Args[1])
		if !ok || ev.key == "" {
			declared = true // could be any
			return false
		}
		for _, t := range strings.Split(value, ",") {
			declared = declared || canonical(strings.TrimSpace(t)) == ev.key
		}
		return true
	})
	if declared {
		return true
	}
	ast.Inspect(f.root, func(n ast.Node) bool {
		as, ok := n.(*ast.AssignStmt)
		if !ok {
			return !declared
		}
		for _, l := range as.Lhs {
			if ix, ok := l.(*ast.IndexExpr); ok {
				if key, ok := f.e.stringConst(ix.Index); ok && canonical(key) == "Trailer" {
					declared = true
				}
			}
		}
		return !declared
	})
	return declared
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
	if !reached {
		return
	}
	first := "content was written"
	if ev.kind == evAnswer {
		first = ev.sink + " sent one"
		if ev.status.known {
			first = ev.sink + " sent " + codes.Describe(ev.status.code)
		}
	}
	f.e.reportIn(f.unit, "S-double-header", second.node, fmt.Sprintf("%s sends a status after %s, and net/http ignores it", second.sink, first))
}

// returnFix adds a return after the statement of n, where that is all it takes.
func (f *fn) returnFix(n ast.Node) []analysis.SuggestedFix {
	if f.sig.Results().Len() > 0 {
		return nil
	}
	s := f.statement(n)
	if _, ok := s.(*ast.ExprStmt); !ok {
		return nil
	}
	end := f.e.lineEnd(s)
	return []analysis.SuggestedFix{{
		Message:   "Return after the answer",
		TextEdits: []analysis.TextEdit{{Pos: end, End: end, NewText: []byte("\n" + f.e.indent(s) + "return")}},
	}}
}
