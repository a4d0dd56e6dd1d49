package statuslint

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"example.com/httpstatus/statuslint/internal/codes"
)

// carrierRuleOf returns the rule for a status that travels in a value.
func carrierRuleOf(code int) (fieldRule, bool) {
	switch code {
	case 401, 407:
		r, _ := fieldRuleOf(code)
		r.id = "S-401-carrier"
		return r, true
	case 405:
		return fieldRule{"S-405-carrier", fieldAllow, "Allow"}, true
	case 426:
		return fieldRule{"S-426-carrier", fieldUpgrade, "Upgrade"}, true
	}
	return fieldRule{}, false
}

// checkCarriers looks for constants in error values and structs whose writer
// sets no field.
func (e *engine) checkCarriers() {
	judge := func(x ast.Expr, code int, set fields, in *fn, key string) {
		// What comes after a return is too late for it; a value may be completed
		// after it is made.
		until := token.NoPos
		if in != nil {
			if _, ok := in.parent[x].(*ast.ReturnStmt); ok {
				until = x.Pos()
			}
		}
		if code >= 500 && in != nil && !e.silentFile(x.Pos()) {
			if what, limited := in.inputError(x); what != "" {
				e.reportIn(in.unit, "S-5xx-for-input", x, inputText(code, what, limited))
			}
			return
		}
		rule, ok := carrierRuleOf(code)
		if !ok || set&rule.bit != 0 || e.silentFile(x.Pos()) || in.setsSomewhere(rule.bit, until) || in.completedByCallers(rule.bit, 3) ||
			key != "" && e.takenOutByCallers(e.declOf(x), key, 4) {
			return
		}
		if in == nil && e.leftToUsers(x, rule.bit) {
			return
		}
		var u *unit
		if in != nil {
			u = in.unit
		}
		e.reportIn(u, rule.id, x, fmt.Sprintf("%s is put into a value, and the writer of this value sends no %s", codes.Describe(code), rule.name))
	}
	for _, file := range e.pass.Files {
		if e.silentFile(file.Pos()) {
			continue
		}
		for _, p := range e.placements(file, false) {
			code, ok := e.statusConst(p.value)
			set, sunk := e.carry.sinks[p.key]
			if ok && sunk && !e.carriesHeader(p.lit) {
				judge(p.value, code, set, e.around(p.value), p.key)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			for _, s := range e.storesOf(call) {
				x := argument(call, nil, s.sig, s.Param)
				if x == nil {
					continue
				}
				code, ok := e.statusConst(x)
				set, sunk := e.carry.sinks[s.Field]
				if ok && sunk && !e.chained(file, call) {
					judge(x, code, set, e.around(call), s.Field)
				}
			}
			return true
		})
	}
	// Functions and methods whose results are answered with.
	for _, g := range e.funcs.decls {
		if g.fact == nil || len(g.fact.Returns) == 0 {
			continue
		}
		set, sunk := e.resultSunk(g)
		if sunk {
			g.eachReturn(func(_, code int, x ast.Expr) { judge(x, code, set, g, "") })
		}
	}
	for lit, g := range e.funcs.lits {
		if g.sig == nil || lit.Type.Results == nil {
			continue
		}
		if set, sunk := e.carry.methods[dynamicKey("", g.sig)]; sunk {
			g.eachReturn(func(_, code int, x ast.Expr) { judge(x, code, set, g, "") })
		}
	}
	// Maps whose elements are answered with.
	for v, set := range e.carry.tables {
		e.eachElement(v, func(code int, x ast.Expr) { judge(x, code, set, nil, "") })
	}
	for callee, r := range e.carry.results {
		if callee.Pkg() == e.pass.Pkg {
			continue
		}
		if fact := e.imported(callee); fact != nil {
			for _, ret := range fact.Returns {
				if rule, ok := carrierRuleOf(ret.Const); ok && r.set&rule.bit == 0 && !e.silentFile(r.node.Pos()) {
					e.report(rule.id, r.node,
						fmt.Sprintf("%s comes from %s, and this writer sends no %s", codes.Describe(ret.Const), callee.Name(), rule.name))
				}
			}
		}
	}
	e.checkMade(judge)
	// Constants of packages below, which could not see the sink.
	for _, s := range e.carry.own {
		for _, c := range e.carry.below {
			if c.Field != s.Field || c.Known || c.Maker != "" && s.in.answersForOthers() || frameworkField(c.Field) {
				continue // a framework's own constants are its router's, which sets Allow
			}
			rule, ok := carrierRuleOf(c.Const)
			if !ok || e.carry.sinks[s.Field]&rule.bit != 0 || e.silentFile(s.node.Pos()) {
				continue
			}
			e.report(rule.id, s.node,
				fmt.Sprintf("%s is put into the value at %s, and the writer of this value sends no %s", codes.Describe(c.Const), c.Where, rule.name))
		}
	}
}

// checkMade looks at the values with a constant that a package below makes, where
// one goes into a call with the writer: who makes the call may have set the field
// before. Those of one maker are one finding.
func (e *engine) checkMade(judge func(x ast.Expr, code int, set fields, in *fn, key string)) {
	made := make(map[string][]carriedConst)
	for _, c := range e.carry.below {
		if c.Maker != "" && !c.Known && !frameworkField(c.Field) {
			made[c.Maker] = append(made[c.Maker], c)
		}
	}
	if len(made) == 0 {
		return
	}
	for _, s := range e.carry.own {
		for maker, list := range made {
			made[maker] = slices.DeleteFunc(list, func(c carriedConst) bool { return c.Field == s.Field }) // looked at there
		}
	}
	before := len(e.lazy.findings)
	done := make(map[string]bool)
	for _, file := range e.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			o := e.info.Uses[sel.Sel]
			if o == nil || o.Pkg() == e.pass.Pkg || len(made[objectName(o)]) == 0 || done[objectName(o)] {
				return true
			}
			in := e.around(sel)
			if in == nil || !in.goesToWriter(sel) {
				return true
			}
			for _, c := range made[objectName(o)] {
				if set, sunk := e.carry.sinks[c.Field]; sunk {
					judge(sel, c.Const, set, in, c.Field)
				}
			}
			if len(e.lazy.findings) > before {
				done[objectName(o)] = true
				before = len(e.lazy.findings)
			}
			return true
		})
	}
}

// resultSunk reports whether an answer is made of what a function returns,
// and which fields go along.
func (e *engine) resultSunk(g *fn) (set fields, sunk bool) {
	if r, ok := e.carry.results[g.obj]; ok {
		return r.set, true
	}
	if g.sig.Recv() != nil {
		if set, ok := e.carry.methods[dynamicKey(g.obj.Name(), g.sig)]; ok {
			return set, true
		}
	}
	if g.sig.Params().Len() > 0 {
		set, sunk = e.carry.methods[dynamicKey("", g.sig)]
	}
	return set, sunk
}

// eachElement calls visit for each status constant in the literal that a
// variable is declared with.
func (e *engine) eachElement(v *types.Var, visit func(code int, x ast.Expr)) {
	elements := func(x ast.Expr) {
		lit, ok := ast.Unparen(x).(*ast.CompositeLit)
		if !ok {
			return
		}
		for _, el := range lit.Elts {
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				el = kv.Value
			}
			if code, ok := e.statusConst(el); ok {
				visit(code, el)
			}
		}
	}
	for _, file := range e.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, id := range n.Names {
					if e.info.Defs[id] == v && i < len(n.Values) {
						elements(n.Values[i])
					}
				}
			case *ast.AssignStmt:
				for i, l := range n.Lhs {
					if id, ok := l.(*ast.Ident); ok && e.info.Defs[id] == v && i < len(n.Rhs) {
						elements(n.Rhs[i])
					}
				}
			}
			return true
		})
	}
}

// around returns the innermost analysed function around n, or nil.
func (e *engine) around(n ast.Node) *fn {
	var best *fn
	for _, f := range e.funcs.done {
		if f.body.Pos() <= n.Pos() && n.End() <= f.body.End() {
			if best == nil || best.body.Pos() < f.body.Pos() {
				best = f
			}
		}
	}
	return best
}

// chained reports whether the result of a constructor is given a header field
// in the same expression, as in NewError(405).WithHeader("Allow", "GET").
func (e *engine) chained(file *ast.File, call *ast.CallExpr) bool {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || found || n.Pos() > call.Pos() || n.End() < call.End() {
			return false
		}
		sel, ok := n.(*ast.SelectorExpr)
		if ok && ast.Unparen(sel.X) == call {
			name := strings.ToLower(sel.Sel.Name)
			for _, word := range []string{"header", "allow", "method", "challenge"} {
				found = found || strings.Contains(name, word)
			}
		}
		return true
	})
	return found
}
