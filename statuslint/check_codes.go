package statuslint

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"example.com/httpstatus/statuslint/internal/codes"
	"golang.org/x/tools/go/cfg"
)

// checkCode looks at the status of an answer by itself and at what led to it.
func (f *fn) checkCode(b *cfg.Block, ev *event) {
	if !ev.status.known || ev.status.expr == nil {
		return
	}
	code := ev.status.code
	if ev.status.expr != nil {
		f.literalCode(ev.status.expr, code)
	}
	switch {
	case !codes.IsValid(code):
		if code <= 0 && ev.sink != "WriteHeader" && ev.sink != "http.Error" && ev.sink != "http.Redirect" {
			return // the default of a helper, and gin's way to keep the status
		}
		f.e.reportIn(f.unit, "S-code-range", ev.node, fmt.Sprintf("%d is no status code: they are the numbers from 100 to 599", code))
		return
	case ev.sink == "http.Error" && code < 400:
		f.e.reportIn(f.unit, "S-error-code", ev.node, fmt.Sprintf("http.Error is for errors, and %s is none", codes.Describe(code)))
	case ev.sink == "http.Redirect" && !redirects(code):
		f.e.reportIn(f.unit, "S-redirect-code", ev.node, fmt.Sprintf("%s does not redirect", codes.Describe(code)))
	}
	if _, ok := codes.Lookup(code); !ok && !slices.Contains(f.e.settings.Codes, code) && !(code == 499 && f.mentions("Canceled")) {
		f.e.reportIn(f.unit, "S-code-registered", ev.node, fmt.Sprintf("%d is not registered; a client takes it for %d", code, code/100*100))
	}
	switch {
	case code == 405:
		if f.conditional(ev.node) && !f.aboutMethod() && !f.underMethod(ev.node) && !f.passedOn(ev.node, code) {
			f.e.reportIn(f.unit, "S-405-not-method", ev.node,
				"405 (Method Not Allowed) is sent for a reason that is not the method; 403, 404 or 409 may be meant")
		}
	case code == 415:
		if f.underTest(ev.node, "Accept") && !f.underTest(ev.node, "Content-Type") {
			f.e.reportIn(f.unit, "S-wrong-code", ev.node, "415 is about the content of the request; for what the client accepts, 406 is meant")
		}
	case code == 416:
		if f.conditional(ev.node) && !f.mentions("range") {
			f.e.reportIn(f.unit, "S-wrong-code", ev.node, "416 is about the Range field of the request, and none is looked at here")
		}
	case code == 429:
		name := strings.ToLower(f.name())
		for _, word := range []string{"health", "ready", "readiness", "live", "liveness", "probe"} {
			if strings.Contains(name, word) {
				f.e.reportIn(f.unit, "S-429-not-rate", ev.node, "429 says that the client sent too much; a server that is not ready answers 503")
				break
			}
		}
	case code == 301 || code == 302:
		if m := f.method(ev.node); m != "" && m != "GET" && m != "HEAD" {
			f.e.reportIn(f.unit, "S-redirect-method", ev.node,
				fmt.Sprintf("after %s to %s some clients send GET and some %s; use 303, 307 or 308", codes.Describe(code), m, m))
		}
	case 200 <= code && code < 300:
		if f.underError(ev.node) != nil {
			f.e.reportIn(f.unit, "S-2xx-in-error", ev.node, fmt.Sprintf("%s is sent from the branch of an error", codes.Describe(code)))
		}
	case code >= 500:
		if what, limited := f.inputError(ev.node); what != "" {
			f.e.reportIn(f.unit, "S-5xx-for-input", ev.node, inputText(code, what, limited))
		}
	}
}

// checkZero looks for a variable that is still 0 when it is sent: net/http
// panics then.
func (f *fn) checkZero(b *cfg.Block, i int, ev *event) {
	if ev.val == nil || ev.val.Kind() != constant.Int || constant.Sign(ev.val) != 0 || f.shared(ev.v) || f.assignedByCase(ev.v) {
		return
	}
	var sent *event
	reached := f.after(b, i, func(b *cfg.Block, i int) verdict {
		to := &f.blocks[b.Index][i]
		switch to.kind {
		case evAssign, evStatus:
			if to.v == ev.v {
				return stop
			}
		case evAnswer:
			if to.status.v == ev.v && to.sink == "WriteHeader" && to.once {
				sent = to
				return hit
			}
		}
		return goOn
	})
	if reached {
		f.e.reportIn(f.unit, "S-code-range", sent.node, fmt.Sprintf("%s may still be 0 here, and 0 is no status code: net/http panics", ev.v.Name()))
	}
}

// assignedByCase reports whether a variable gets its value in a switch, an else
// if, several ifs or a loop: the cases may well be all that there are, and the
// loop may turn at least once. Of the methods of a request no switch has all.
func (f *fn) assignedByCase(v *types.Var) bool {
	ifs := 0
	for _, evs := range f.blocks {
		for i := range evs {
			ev := &evs[i]
			if ev.kind != evAssign && ev.kind != evStatus || ev.v != v {
				continue
			}
			byCase := f.enclosing(ev.node, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.SwitchStmt:
					return n.Tag == nil || !f.isMethod(n.Tag)
				case *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.ForStmt, *ast.RangeStmt:
					return true
				case *ast.IfStmt:
					up, ok := f.parent[n].(*ast.IfStmt)
					return ok && up.Else == n
				}
				return false
			})
			if byCase != nil {
				return true
			}
			if f.enclosing(ev.node, func(n ast.Node) bool { _, ok := n.(*ast.IfStmt); return ok }) != nil {
				ifs++
			}
		}
	}
	return ifs > 1
}

// shared reports whether a variable may change where the events do not show
// it: its address is taken, or a function literal assigns it.
func (u *unit) shared(v *types.Var) bool {
	found := false
	depth := 0
	var stack []ast.Node
	ast.Inspect(u.root, func(n ast.Node) bool {
		if n == nil {
			if _, ok := stack[len(stack)-1].(*ast.FuncLit); ok {
				depth--
			}
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		switch n := n.(type) {
		case *ast.FuncLit:
			depth++
		case *ast.UnaryExpr:
			if id, ok := ast.Unparen(n.X).(*ast.Ident); ok && n.Op == token.AND && u.e.objectOf(id) == v {
				found = true
			}
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if id, ok := l.(*ast.Ident); ok && u.e.objectOf(id) == v && depth > 0 && n.Tok != token.DEFINE {
					found = true
				}
			}
		}
		return true
	})
	return found
}

var notFoundText = regexp.MustCompile(`(?i)^\s*(<[^>]*>\s*)*(404\b|(page|file|resource)? ?not found)`)

var notFoundPage = regexp.MustCompile(`(?i)(^|[/_.-])(404|not[_-]?found)([_.-]|$)`)

// checkNotFound looks for a page that says that there is nothing, sent with
// 200.
func (f *fn) checkNotFound(b *cfg.Block, i int, ev *event) {
	call, ok := ev.node.(*ast.CallExpr)
	if !ok || !ev.once || ev.onward || f.state(ev.w.root, b, i)&committed != 0 {
		return
	}
	says := false
	for _, a := range call.Args {
		if conv, ok := ast.Unparen(a).(*ast.CallExpr); ok && f.e.info.Types[conv.Fun].IsType() && len(conv.Args) == 1 {
			a = conv.Args[0]
		}
		if s, ok := f.e.stringConst(a); ok && (notFoundText.MatchString(s) || notFoundPage.MatchString(s)) {
			says = true
		}
	}
	if !says {
		return
	}
	for _, evs := range f.blocks {
		for k := range evs {
			if evs[k].kind == evAnswer && evs[k].w.root != nil && f.group(evs[k].w.root) == f.group(ev.w.root) && evs[k].node.Pos() < ev.node.Pos() {
				return // a status, on some way
			}
		}
	}
	f.e.reportIn(f.unit, "S-200-not-found", ev.node, "this says that there is nothing, and the status is 200 (OK)")
}

// redirects reports whether a client goes elsewhere on the code.
func redirects(code int) bool {
	c, _ := codes.Lookup(code)
	return c.Redirect || code == 300
}

// mentions reports whether an identifier or string of the declaration contains
// the word, whatever the case; the constants of status codes do not count.
func (u *unit) mentions(word string) bool {
	word = strings.ToLower(word)
	found := false
	ast.Inspect(u.root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if !u.e.namesStatus(n) && strings.Contains(strings.ToLower(n.Name), word) {
				found = true
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING && strings.Contains(strings.ToLower(n.Value), word) {
				found = true
			}
		}
		return !found
	})
	return found
}

// namesStatus reports whether an identifier is that of an integer constant,
// such as StatusMethodNotAllowed.
func (e *engine) namesStatus(id *ast.Ident) bool {
	c, ok := e.objectOf(id).(*types.Const)
	return ok && isInt(c.Type())
}

// aboutMethod reports whether the declaration looks at the method anywhere but
// in the text of a message.
func (u *unit) aboutMethod() bool {
	found := false
	ast.Inspect(u.root, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			name := strings.ToLower(id.Name)
			for _, word := range []string{"method", "verb", "notallowed", "405"} {
				found = found || !u.e.namesStatus(id) && strings.Contains(name, word)
			}
		}
		return !found
	})
	return found
}

// conditional reports whether n stands in a branch of f.
func (f *fn) conditional(n ast.Node) bool {
	return f.enclosing(n, func(p ast.Node) bool {
		switch p.(type) {
		case *ast.IfStmt, *ast.CaseClause:
			return true
		}
		return false
	}) != nil
}

// passedOn reports whether a condition around n asks for the same status: then
// another decided on it.
func (f *fn) passedOn(n ast.Node, code int) bool {
	return f.enclosing(n, func(p ast.Node) bool {
		found := false
		look := func(x ast.Expr) {
			ast.Inspect(x, func(n ast.Node) bool {
				if x, ok := n.(ast.Expr); ok {
					if c, ok := f.e.intConst(x); ok && c == code {
						found = true
					}
				}
				return !found
			})
		}
		switch p := p.(type) {
		case *ast.IfStmt:
			look(p.Cond)
		case *ast.CaseClause:
			for _, x := range p.List {
				look(x)
			}
		}
		return found
	}) != nil
}

// underTest reports whether a condition around n mentions the string.
func (f *fn) underTest(n ast.Node, text string) bool {
	child := n
	for p := f.parent[n]; p != nil && p != f.body; child, p = p, f.parent[p] {
		s, ok := p.(*ast.IfStmt)
		if !ok || child == s.Cond || child == s.Init {
			continue
		}
		for _, x := range []ast.Node{s.Cond, s.Init} {
			if x == nil || x == ast.Stmt(nil) {
				continue
			}
			found := false
			ast.Inspect(x, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok {
					if v, ok := f.e.stringConst(l); ok && v == text {
						found = true
					}
				}
				// A variable that holds the field.
				if id, ok := n.(*ast.Ident); ok {
					if v, ok := f.e.objectOf(id).(*types.Var); ok {
						for _, rhs := range f.values[v] {
							if call, ok := rhs.(*ast.CallExpr); ok && len(call.Args) == 1 {
								if v, ok := f.e.stringConst(call.Args[0]); ok && v == text {
									found = true
								}
							}
						}
					}
				}
				return !found
			})
			if found {
				return true
			}
		}
	}
	return false
}

// underError returns the nearest `if err != nil` that n stands in, if nothing
// else decides in between.
func (f *fn) underError(n ast.Node) *ast.IfStmt {
	child := n
	for p := f.parent[n]; p != nil && p != f.body; child, p = p, f.parent[p] {
		switch s := p.(type) {
		case *ast.IfStmt:
			if child != s.Body {
				return nil
			}
			b, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
			if !ok || b.Op != token.NEQ || !isErrorVar(f.e.typeOf(b.X)) || !f.e.info.Types[b.Y].IsNil() {
				return nil
			}
			return s
		case *ast.CaseClause, *ast.CommClause, *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
			return nil
		}
	}
	return nil
}

// literalCode looks for a number in place of a constant.
func (f *fn) literalCode(x ast.Expr, code int) {
	if lit, ok := ast.Unparen(x).(*ast.BasicLit); ok {
		f.e.numeral(f.unit, lit, code)
	}
}
