package statuslint

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"example.com/httpstatus/statuslint/internal/codes"
	"golang.org/x/tools/go/cfg"
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

// lacks is the text of a finding about a field.
func (r fieldRule) lacks(code int) string {
	text := fmt.Sprintf("%s is sent without %s", codes.Describe(code), r.name)
	switch code {
	case 206, 416:
		text += "; http.ServeContent and statushttp.Serve set it"
	}
	return text
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
	if code == 405 && f.forRouter() {
		return
	}
	if ev.carrier {
		rule, ok = carrierRuleOf(code)
		if !ok || f.e.frameworkAnswers(rule.bit) || ev.stray && !f.errorsReachHandler(3) {
			return
		}
	} else if ev.w.root == nil {
		return
	}
	set := ev.sent
	if ev.w.root != nil {
		set |= f.state(ev.w.root, b, i)
	}
	if set.has(rule.bit) {
		return
	}
	if ev.w.root != nil && !f.lacking(b, i, ev.w.root, rule.bit) {
		return
	}
	if ev.kept && !f.keptWithout(b, i, ev, rule.bit) {
		return
	}
	if f.callersSet(ev.w.root, code, rule) {
		return
	}
	f.e.reportIn(f.unit, rule.id, ev.node, rule.lacks(code), f.fieldFix(rule, ev)...)
}

// errorsReachHandler reports whether a handler of a framework, in the package,
// returns the error that f returns: else somebody may do something else with it.
func (f *fn) errorsReachHandler(depth int) bool {
	for f.outer != nil {
		f = f.outer
	}
	for _, c := range f.calls {
		if !c.from.returnsErrorOf(c.call) {
			continue
		}
		if c.from.onlyWriter(roleEcho) != nil || c.from.onlyWriter(roleFiber) != nil || depth > 1 && c.from.errorsReachHandler(depth-1) {
			return true
		}
	}
	return false
}

// returnsErrorOf reports whether f returns the error of a call: at once, or the
// variable that holds it.
func (f *fn) returnsErrorOf(call *ast.CallExpr) bool {
	held := make(map[*types.Var]bool)
	switch p := f.parent[call].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.AssignStmt:
		for _, l := range p.Lhs {
			if v := f.plainVar(l); v != nil && isErrorVar(v.Type()) {
				held[v] = true
			}
		}
	}
	found := false
	ast.Inspect(f.body, func(n ast.Node) bool {
		if ret, ok := n.(*ast.ReturnStmt); ok {
			for _, x := range ret.Results {
				found = found || held[f.plainVar(x)]
			}
		}
		return !found
	})
	return found
}

// frameworkAnswers reports whether a function that answers with the errors of a
// framework, such as echo's HTTPErrorHandler, is known to set a field.
func (e *engine) frameworkAnswers(bit fields) bool {
	for key, set := range e.carry.sinks {
		if set&bit != 0 && frameworkField(key) {
			return true
		}
	}
	return false
}

// frameworkField reports whether a struct field, as fieldKey names it, is one of
// a framework's error.
func frameworkField(key string) bool {
	owner, _, ok := strings.Cut(key, "Error.")
	return ok && framework(owner[:max(0, strings.LastIndexByte(owner, '.'))]) != ""
}

// keptWithout reports whether a status that is kept goes out without the field:
// on a path that no test contradicts nothing sets it until the header is sent,
// or the function returns and none of its callers sets it.
func (f *fn) keptWithout(b *cfg.Block, i int, ev *event, bit fields) bool {
	group := f.group(ev.w.root)
	without := f.ends(b, i, func(b *cfg.Block, i int) verdict {
		to := &f.blocks[b.Index][i]
		if to.w.root == nil || f.group(to.w.root) != group || to.node == ev.node {
			return goOn
		}
		switch to.kind {
		case evSet:
			if to.set.has(bit) {
				return stop
			}
		case evAnswer:
			if to.sent&bit != 0 && to.sent != everything {
				return stop
			}
			if to.status.known && to.status.code > 0 || !to.status.known {
				return stop // another status
			}
		}
		return goOn
	})
	if !without {
		return false
	}
	for _, c := range f.calls {
		if x := argument(c.call, receiverOf(c.call), f.sig, f.writerParam(ev.w.root)); x != nil {
			if r := c.from.ref(x); r.root != nil && c.from.ever(r.root).has(bit) {
				return false
			}
		}
	}
	return true
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
		case set&handled != 0 || set&anyField == anyField: // nothing is known of it
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

// checkVariable looks for a constant that reaches a sink in a variable, on a
// path where its field is not set.
func (f *fn) checkVariable(b *cfg.Block, i int, ev *event) {
	n, _ := f.e.intConst(ev.node.(ast.Expr))
	rule, ok := fieldRuleOf(n)
	if !ok || n == 201 {
		return
	}
	for v := range f.roots {
		if f.state(v, b, i).has(rule.bit) {
			return
		}
	}
	reached := f.after(b, i, func(b *cfg.Block, i int) verdict {
		to := &f.blocks[b.Index][i]
		switch to.kind {
		case evSet:
			if to.set.has(rule.bit) {
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
			if (to.sent | f.state(to.w.root, b, i)).has(rule.bit) {
				return stop
			}
			return hit
		}
		return goOn
	})
	if reached {
		f.e.reportIn(f.unit, rule.id, ev.node, rule.lacks(n))
	}
}
