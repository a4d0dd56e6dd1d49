package statuslint

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// goesOnWith looks for an error answer without a return after which the
// function works with what it could not get, or changes state by what it has
// refused, although it writes no more.
func (f *fn) goesOnWith(ev *event, branch ast.Node, isError bool) bool {
	body, ok := branch.(*ast.BlockStmt)
	if !ok || !isError || !ev.message || ev.cond != nil || !ev.status.known && ev.status.expr == nil {
		return false
	}
	what := ""
	if s := f.underError(ev.node); s != nil {
		what = f.usesWhatFailed(s, body, ev)
	} else if s, ok := f.parent[body].(*ast.IfStmt); ok {
		what = f.storesRefused(s, body)
	}
	if what == "" {
		return false
	}
	f.told = append(f.told, goesOn{ev, branch})
	f.e.reportIn(f.unit, "S-error-no-return", ev.node,
		fmt.Sprintf("%s is not followed by a return, and the function goes on: it %s", ev.sink, what), f.returnFix(ev.node, branch)...)
	return true
}

// usesWhatFailed says what follows on an `if err != nil` with what came with the
// error; "" if nothing.
func (f *fn) usesWhatFailed(s *ast.IfStmt, body *ast.BlockStmt, ev *event) string {
	if s.Body != body || s.Else != nil || terminates(body) {
		return ""
	}
	err := f.plainVar(s.Cond.(*ast.BinaryExpr).X)
	if err == nil || f.afterFailedWrite(ev) {
		return ""
	}
	lost := f.lostWith(s, err)
	for _, next := range f.following(s) {
		if what := f.usesLost(next, lost); what != "" {
			return what
		}
		if is, ok := next.(*ast.IfStmt); ok && f.looksAt(is, err, lost) || f.leavesHere(next) {
			return ""
		}
	}
	return ""
}

// storesRefused says what follows on an if that refuses the request, where it
// changes state by the variable that the test is about; "" if nothing does.
func (f *fn) storesRefused(s *ast.IfStmt, body *ast.BlockStmt) string {
	if s.Body != body || s.Else != nil || terminates(body) {
		return ""
	}
	refused := make(map[*types.Var]bool)
	ast.Inspect(s.Cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := f.e.objectOf(id).(*types.Var); ok && !v.IsField() && v.Parent() != f.e.pass.Pkg.Scope() && f.isLocalValue(v) {
				refused[v] = true
			}
		}
		return true
	})
	for _, next := range f.following(s) {
		if is, ok := next.(*ast.IfStmt); ok && f.usesLost(&ast.ExprStmt{X: is.Cond}, refused) != "" || f.leavesHere(next) {
			return ""
		}
		if what := f.changesState(next, refused); what != "" {
			return what
		}
	}
	return ""
}

// isLocalValue reports whether a variable is neither a part of the exchange nor
// the receiver.
func (f *fn) isLocalValue(v *types.Var) bool {
	if pos, ok := f.params[v]; ok && pos == receiver {
		return false
	}
	return f.e.role(v.Type()) == roleNone
}

// changesState says what a statement stores of one of the variables, beyond the
// function; "" if nothing.
func (f *fn) changesState(s ast.Stmt, of map[*types.Var]bool) string {
	as, ok := s.(*ast.AssignStmt)
	if !ok || as.Tok == token.DEFINE || f.usesLost(as, of) == "" {
		return ""
	}
	for _, l := range as.Lhs {
		ix, ok := ast.Unparen(l).(*ast.IndexExpr)
		if !ok {
			continue
		}
		if sel, ok := ast.Unparen(ix.X).(*ast.SelectorExpr); ok && f.e.role(f.e.typeOf(ix.X)) == roleNone {
			if v, ok := f.e.objectOf(sel.Sel).(*types.Var); ok && v.IsField() {
				return "stores " + types.ExprString(ix)
			}
		}
	}
	return ""
}

// terminates reports whether control leaves at the end of a block, going by its
// last statement.
func terminates(b *ast.BlockStmt) bool {
	switch s := lastStmt(b).(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		name := ""
		switch fun := call.Fun.(type) {
		case *ast.Ident:
			name = fun.Name
		case *ast.SelectorExpr:
			name = fun.Sel.Name
		}
		return name == "panic" || name == "Exit" || strings.HasPrefix(name, "Fatal") || strings.HasPrefix(name, "Panic")
	}
	return false
}

// looksAt reports whether an if tests the error again, or what got its value
// with it: then it may well be that the rest is right.
func (f *fn) looksAt(s *ast.IfStmt, err *types.Var, lost map[*types.Var]bool) bool {
	for v := range f.variables(s.Cond) {
		if v == err || lost[v] {
			return true
		}
	}
	return f.usesLost(&ast.ExprStmt{X: s.Cond}, lost) != "" || terminates(s.Body)
}

// leavesHere reports whether a statement leaves the function or the loop.
func (f *fn) leavesHere(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	}
	return false
}

// lostWith lists the variables that get their value together with an error, by
// the statement before a test of it: its other results, and what it decodes
// into.
func (f *fn) lostWith(s *ast.IfStmt, err *types.Var) map[*types.Var]bool {
	lost := make(map[*types.Var]bool)
	var list []ast.Stmt
	if s.Init != nil {
		list = []ast.Stmt{s.Init}
	} else if before := f.preceded(s); before != nil {
		list = []ast.Stmt{before}
	}
	for _, st := range list {
		as, ok := st.(*ast.AssignStmt)
		if !ok || len(as.Rhs) != 1 {
			continue
		}
		for _, l := range as.Lhs {
			if v := f.plainVar(l); v != nil && v != err && v.Name() != "_" {
				lost[v] = true
			}
		}
		call, ok := ast.Unparen(as.Rhs[0]).(*ast.CallExpr)
		if !ok {
			continue
		}
		for _, a := range call.Args { // what it decodes into
			if ref, ok := ast.Unparen(a).(*ast.UnaryExpr); ok && ref.Op == token.AND {
				if v := f.plainVar(ref.X); v != nil {
					lost[v] = true
				}
			}
		}
	}
	return lost
}

// listOf returns the list that a statement stands in, and its place.
func (f *fn) listOf(s ast.Stmt) (list []ast.Stmt, i int) {
	switch p := f.parent[s].(type) {
	case *ast.BlockStmt:
		list = p.List
	case *ast.CaseClause:
		list = p.Body
	case *ast.CommClause:
		list = p.Body
	}
	for i, x := range list {
		if x == s {
			return list, i
		}
	}
	return nil, 0
}

// following returns the statements behind one in the same list.
func (f *fn) following(s ast.Stmt) []ast.Stmt {
	list, i := f.listOf(s)
	if list == nil {
		return nil
	}
	return list[i+1:]
}

// preceded returns the statement in front of one in the same list, or nil.
func (f *fn) preceded(s ast.Stmt) ast.Stmt {
	list, i := f.listOf(s)
	if i == 0 {
		return nil
	}
	return list[i-1]
}

// usesLost says what a statement does with a value that could not be had; "" if
// nothing. A statement that uses none of them may well be there to clean up.
func (f *fn) usesLost(s ast.Stmt, lost map[*types.Var]bool) string {
	uses := func(n ast.Node) string {
		name := ""
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && name == "" {
				if v, ok := f.e.objectOf(id).(*types.Var); ok && lost[v] {
					name = v.Name()
				}
			}
			return name == ""
		})
		return name
	}
	switch s := s.(type) {
	case *ast.AssignStmt:
		for i, r := range s.Rhs {
			name := uses(r)
			if name == "" {
				continue
			}
			if ix, ok := s.Lhs[min(i, len(s.Lhs)-1)].(*ast.IndexExpr); ok {
				return "stores " + types.ExprString(ix)
			}
			return "uses " + name
		}
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return ""
		}
		if f.isLog(call) {
			return ""
		}
		if name := uses(call); name != "" {
			return "uses " + name
		}
	}
	return ""
}

// isLog reports whether a call looks like one of a logger, a metric or a span.
func (f *fn) isLog(call *ast.CallExpr) bool {
	text := strings.ToLower(types.ExprString(call.Fun))
	for _, word := range []string{"log", "print", "debug", "info", "warn", "error", "metric", "count", "observe", "span", "trace", "close"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}
