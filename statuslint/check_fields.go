package statuslint

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/cfg"

	"example.com/httpstatus/statuslint/internal/codes"
)

// A fieldRule says which field goes with a status.
type fieldRule struct {
	id   string
	bit  fields
	name string
}

// fieldRules is by status code.
var fieldRules = [...]struct {
	code int
	fieldRule
}{
	{201, fieldRule{"S-201-location", fieldLocation, "Location"}},
	{206, fieldRule{"S-206-content-range", fieldContentRange, "Content-Range"}},
	{301, fieldRule{"S-3xx-location", fieldLocation, "Location"}},
	{302, fieldRule{"S-3xx-location", fieldLocation, "Location"}},
	{303, fieldRule{"S-3xx-location", fieldLocation, "Location"}},
	{307, fieldRule{"S-3xx-location", fieldLocation, "Location"}},
	{308, fieldRule{"S-3xx-location", fieldLocation, "Location"}},
	{401, fieldRule{"S-401-challenge", fieldWWWAuthenticate, "WWW-Authenticate"}},
	{405, fieldRule{"S-405-allow", fieldAllow, "Allow"}},
	{407, fieldRule{"S-407-challenge", fieldProxyAuthenticate, "Proxy-Authenticate"}},
	{416, fieldRule{"S-416-content-range", fieldContentRange, "Content-Range"}},
	{426, fieldRule{"S-426-upgrade", fieldUpgrade, "Upgrade"}},
	{429, fieldRule{"S-429-retry-after", fieldRetryAfter, "Retry-After"}},
	{503, fieldRule{"S-503-retry-after", fieldRetryAfter, "Retry-After"}},
}

func fieldRuleOf(code int) (fieldRule, bool) {
	for _, r := range fieldRules {
		if r.code == code {
			return r.fieldRule, true
		}
	}
	return fieldRule{}, false
}

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

// lacks is the text of a finding about a field.
func (r fieldRule) lacks(code int) string {
	return fmt.Sprintf("%s is sent without %s", codes.Describe(code), r.name)
}

// checkFields looks for a status that is sent without the field that goes with
// it.
func (f *fn) checkFields(b *cfg.Block, i int, ev *event) {
	if !ev.status.known || ev.sent == everything {
		return
	}
	code := ev.status.code
	rule, ok := fieldRuleOf(code)
	if !ok || code == 201 && f.method(ev.node) != "POST" || ev.sink == "http.Redirect" && !redirects(code) {
		return
	}
	if ev.carrier {
		rule, ok = carrierRuleOf(code)
		if !ok {
			return
		}
	} else if ev.w.root == nil {
		return
	}
	set := ev.sent
	if ev.w.root != nil {
		set |= f.state(ev.w.root, b, i)
	}
	if set&rule.bit != 0 {
		return
	}
	if f.callersSet(ev.w.root, code, rule) {
		return
	}
	f.e.reportIn(f.unit, rule.id, ev.node, rule.lacks(code), f.fieldFix(rule, ev)...)
}

// callersSet handles a function that answers with a constant for its callers.
// If one of them sets the field before the call, it is the others that forget
// it, and they are reported.
func (f *fn) callersSet(root *types.Var, code int, rule fieldRule) bool {
	if root == nil || len(f.calls) == 0 {
		return false
	}
	pos := f.writerParam(root)
	if pos == nowhere {
		return false
	}
	var lacking []*callSite
	helped := false
	for _, c := range f.calls {
		x := argument(c.call, receiverOf(c.call), f.sig, pos)
		if x == nil {
			continue
		}
		r := c.from.ref(x)
		if r.root == nil {
			continue
		}
		switch set := c.from.state(r.root, c.b, c.i); {
		case set&anyField == anyField: // nothing is known of it
		case set&rule.bit != 0:
			helped = true
		default:
			lacking = append(lacking, c)
		}
	}
	if !helped {
		return false
	}
	for _, c := range lacking {
		if !f.e.silentFile(c.call.Pos()) {
			f.e.reportIn(c.from.unit, rule.id, c.call, rule.lacks(code)+" by "+f.name())
		}
	}
	return true
}

func receiverOf(call *ast.CallExpr) ast.Expr {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.X
	}
	return nil
}

// checkVariable looks for a constant that reaches a sink in a variable, on a
// path where its field is not set.
func (f *fn) checkVariable(b *cfg.Block, i int, ev *event) {
	n, _ := f.e.intConst(ev.node.(ast.Expr))
	rule, ok := fieldRuleOf(n)
	if !ok || n == 201 {
		return
	}
	for v := range f.roots {
		if f.state(v, b, i)&rule.bit != 0 {
			return
		}
	}
	reached := f.after(b, i, func(b *cfg.Block, i int) verdict {
		to := &f.blocks[b.Index][i]
		switch to.kind {
		case evSet:
			if to.set&rule.bit != 0 {
				return stop
			}
		case evAssign, evStatus:
			if to.v == ev.v {
				return stop
			}
		case evAnswer:
			if to.status.v != ev.v || to.sent == everything || to.w.root == nil {
				return goOn
			}
			if (to.sent|f.state(to.w.root, b, i))&rule.bit != 0 {
				return stop
			}
			return found
		}
		return goOn
	})
	if reached {
		f.e.reportIn(f.unit, rule.id, ev.node, rule.lacks(n))
	}
}

// checkCarriers looks for constants in error values and structs whose writer
// sets no field.
func (e *engine) checkCarriers() {
	judge := func(x ast.Expr, code int, set fields, in *fn) {
		// What comes after a return is too late for it; a value may be completed
		// after it is made.
		until := token.NoPos
		if in != nil {
			if _, ok := in.parent[x].(*ast.ReturnStmt); ok {
				until = x.Pos()
			}
		}
		rule, ok := carrierRuleOf(code)
		if !ok || set&rule.bit != 0 || e.silentFile(x.Pos()) || in.setsSomewhere(rule.bit, until) {
			return
		}
		if in == nil && e.leftToUsers(x, rule.bit) {
			return
		}
		var u *unit
		if in != nil {
			u = in.unit
		}
		e.reportIn(u, rule.id, x, fmt.Sprintf("%s is put into a value that is answered with without %s", codes.Describe(code), rule.name))
	}
	for _, file := range e.pass.Files {
		if e.silentFile(file.Pos()) {
			continue
		}
		for _, p := range e.placements(file, false) {
			code, ok := e.statusConst(p.value)
			set, sunk := e.sinks[p.key]
			if ok && sunk && !e.carriesHeader(p.lit) {
				judge(p.value, code, set, e.around(p.value))
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
				set, sunk := e.sinks[s.Field]
				if ok && sunk && !e.chained(file, call) {
					judge(x, code, set, e.around(call))
				}
			}
			return true
		})
	}
	// Functions and methods whose results are answered with.
	for _, g := range e.decls {
		if g.fact == nil || len(g.fact.Returns) == 0 {
			continue
		}
		set, sunk := e.resultSunk(g)
		if sunk {
			g.eachReturn(func(_, code int, x ast.Expr) { judge(x, code, set, g) })
		}
	}
	for lit, g := range e.lits {
		if g.sig == nil || lit.Type.Results == nil {
			continue
		}
		if set, sunk := e.methods[dynamicKey("", g.sig)]; sunk {
			g.eachReturn(func(_, code int, x ast.Expr) { judge(x, code, set, g) })
		}
	}
	// Maps whose elements are answered with.
	for v, set := range e.tables {
		e.eachElement(v, func(code int, x ast.Expr) { judge(x, code, set, nil) })
	}
	for callee, r := range e.results {
		if callee.Pkg() == e.pass.Pkg {
			continue
		}
		if fact := e.imported(callee); fact != nil {
			for _, ret := range fact.Returns {
				if rule, ok := carrierRuleOf(ret.Const); ok && r.set&rule.bit == 0 && !e.silentFile(r.node.Pos()) {
					e.report(rule.id, r.node, fmt.Sprintf("%s from %s is answered with without %s", codes.Describe(ret.Const), callee.Name(), rule.name))
				}
			}
		}
	}
	// Constants of packages below, which could not see the sink.
	for _, s := range e.own {
		for _, c := range e.carried {
			if c.Field != s.Field {
				continue
			}
			rule, ok := carrierRuleOf(c.Const)
			if !ok || e.sinks[s.Field]&rule.bit != 0 || e.silentFile(s.node.Pos()) {
				continue
			}
			e.report(rule.id, s.node, fmt.Sprintf("%s, put into the value at %s, is answered with without %s", codes.Describe(c.Const), c.Where, rule.name))
		}
	}
}

// setsSomewhere reports whether f or a function around it sets a field of any
// response, up to the given place if there is one.
func (f *fn) setsSomewhere(bit fields, until token.Pos) bool {
	for g := f; g != nil; g = g.outer {
		for _, evs := range g.blocks {
			for i := range evs {
				ev := &evs[i]
				if ev.kind == evSet && ev.set&bit != 0 && (until == token.NoPos || ev.node.Pos() < until) {
					return true
				}
			}
		}
	}
	return false
}

// leftToUsers reports whether a value at package level is one that its users
// complete: a function that uses it sets the field, or it is there for other
// packages alone.
func (e *engine) leftToUsers(x ast.Node, bit fields) bool {
	var vars []types.Object
	for _, file := range e.pass.Files {
		for _, d := range file.Decls {
			gd, ok := d.(*ast.GenDecl)
			if !ok || x.Pos() < gd.Pos() || gd.End() < x.End() {
				continue
			}
			for _, spec := range gd.Specs {
				vs, ok := spec.(*ast.ValueSpec)
				if !ok || x.Pos() < vs.Pos() || vs.End() < x.End() {
					continue
				}
				for _, id := range vs.Names {
					if o := e.info.Defs[id]; o != nil {
						vars = append(vars, o)
					}
				}
			}
		}
	}
	for _, v := range vars {
		used := false
		for id, o := range e.info.Uses {
			if o != v || e.silentFile(id.Pos()) {
				continue
			}
			used = true
			if e.around(id).setsSomewhere(bit, token.NoPos) {
				return true
			}
		}
		if !used && v.Exported() {
			return true
		}
	}
	return false
}

// resultSunk reports whether somebody answers with what a function returns,
// and which fields go along.
func (e *engine) resultSunk(g *fn) (set fields, sunk bool) {
	if r, ok := e.results[g.obj]; ok {
		return r.set, true
	}
	if g.sig.Recv() != nil {
		if set, ok := e.methods[dynamicKey(g.obj.Name(), g.sig)]; ok {
			return set, true
		}
	}
	if g.sig.Params().Len() > 0 {
		set, sunk = e.methods[dynamicKey("", g.sig)]
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
	for _, f := range e.fns {
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
