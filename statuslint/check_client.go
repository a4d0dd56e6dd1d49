package statuslint

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"example.com/httpstatus/statuslint/internal/codes"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// checkSyntax runs the rules that need no more than the text and the types.
func (e *engine) checkSyntax() {
	if !e.web && !e.importsLibrary() {
		return
	}
	for _, file := range e.pass.Files {
		if e.silentFile(file.FileStart) {
			continue
		}
		for _, d := range file.Decls {
			u := &unit{e: e, root: d}
			ast.Inspect(d, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.BinaryExpr:
					if e.classCompare(u, n) {
						return false
					}
					e.comparedNumeral(u, n)
				case *ast.CompositeLit:
					e.responseNumeral(u, n)
				case *ast.CallExpr:
					e.checkValue(u, n)
					e.redirectHandler(n)
				}
				return true
			})
			if fd, ok := d.(*ast.FuncDecl); ok && fd.Body != nil && e.sends(fd) {
				u.prepare()
				u.checkSingle()
				u.checkRetry()
			}
		}
	}
}

// redirectHandler looks at the status of an http.RedirectHandler.
func (e *engine) redirectHandler(call *ast.CallExpr) {
	callee, ok := typeutil.Callee(e.info, call).(*types.Func)
	if !ok || callee.Name() != "RedirectHandler" || callee.Pkg() == nil || callee.Pkg().Path() != "net/http" || len(call.Args) != 2 {
		return
	}
	if code, ok := e.intConst(call.Args[1]); ok && !redirects(code) {
		e.report("S-redirect-code", call, fmt.Sprintf("%s does not redirect", codes.Describe(code)))
	}
}

// sends reports whether a function could send requests, going by the names it
// uses.
func (e *engine) sends(d *ast.FuncDecl) bool {
	found := false
	ast.Inspect(d, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			switch sel.Sel.Name {
			case "Do", "Post", "PostForm":
				found = true
			}
		}
		if id, ok := n.(*ast.Ident); ok { // a helper of the package
			if f, ok := e.info.Uses[id].(*types.Func); ok && f.Pkg() == e.pass.Pkg {
				if _, ok := e.sender(f); ok {
					found = true
				}
			}
		}
		return !found
	})
	return found
}

// constantName returns the name of net/http's constant for a code.
func (e *engine) constantName(code int) string {
	http := e.packageNamed("net/http")
	if http == nil {
		return ""
	}
	if e.lazy.names == nil {
		e.lazy.names = make(map[int]string)
		scope := http.Scope()
		for _, name := range scope.Names() {
			c, ok := scope.Lookup(name).(*types.Const)
			if !ok || !strings.HasPrefix(name, "Status") {
				continue
			}
			if n, err := strconv.Atoi(c.Val().ExactString()); err == nil {
				e.lazy.names[n] = name
			}
		}
	}
	return e.lazy.names[code]
}

// numeral reports a number for which net/http has a constant.
func (e *engine) numeral(u *unit, lit *ast.BasicLit, code int) {
	name := e.constantName(code)
	if lit.Kind != token.INT || name == "" {
		return
	}
	var fix []analysis.SuggestedFix
	if pkg := e.imports(lit.Pos(), "net/http"); pkg != "" {
		fix = []analysis.SuggestedFix{{
			Message:   "Use http." + name,
			TextEdits: []analysis.TextEdit{{Pos: lit.Pos(), End: lit.End(), NewText: []byte(pkg + "." + name)}},
		}}
	}
	e.report("S-code-const", lit, fmt.Sprintf("%d is http.%s", code, name), fix...)
}

// comparedNumeral looks for a number that a StatusCode is compared with.
func (e *engine) comparedNumeral(u *unit, b *ast.BinaryExpr) {
	if b.Op != token.EQL && b.Op != token.NEQ {
		return
	}
	for _, xy := range [2][2]ast.Expr{{b.X, b.Y}, {b.Y, b.X}} {
		lit, ok := ast.Unparen(xy[1]).(*ast.BasicLit)
		if !ok || !e.isStatusCode(xy[0]) {
			continue
		}
		if n, ok := e.statusConst(lit); ok {
			e.numeral(u, lit, n)
		}
	}
}

// isStatusCode reports whether x is the StatusCode of an http.Response.
func (e *engine) isStatusCode(x ast.Expr) bool {
	sel, ok := ast.Unparen(x).(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "StatusCode" {
		return false
	}
	v, ok := e.objectOf(sel.Sel).(*types.Var)
	return ok && v.IsField() && v.Pkg() != nil && v.Pkg().Path() == "net/http"
}

// responseNumeral looks for a number in http.Response{StatusCode: 404}.
func (e *engine) responseNumeral(u *unit, lit *ast.CompositeLit) {
	for _, el := range lit.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			return
		}
		id, ok := kv.Key.(*ast.Ident)
		if !ok || id.Name != "StatusCode" {
			continue
		}
		v, ok := e.info.Uses[id].(*types.Var)
		if !ok || v.Pkg() == nil || v.Pkg().Path() != "net/http" {
			continue
		}
		if n, ok := ast.Unparen(kv.Value).(*ast.BasicLit); ok {
			if code, ok := e.statusConst(n); ok {
				e.numeral(u, n, code)
			}
		}
	}
}

// A span is the set of numbers that a comparison accepts, or that it rejects.
type span struct {
	x      ast.Expr
	lo, hi int
	not    bool
}

const unbounded = 1 << 20

// spanOf reads a comparison of one expression with constants.
func (e *engine) spanOf(x ast.Expr) (span, bool) {
	b, ok := ast.Unparen(x).(*ast.BinaryExpr)
	if !ok {
		return span{}, false
	}
	switch b.Op {
	case token.LAND, token.LOR:
		l, ok1 := e.spanOf(b.X)
		r, ok2 := e.spanOf(b.Y)
		if !ok1 || !ok2 || l.not || r.not || types.ExprString(l.x) != types.ExprString(r.x) {
			return span{}, false
		}
		if b.Op == token.LAND {
			return span{x: l.x, lo: max(l.lo, r.lo), hi: min(l.hi, r.hi)}, true
		}
		// x < lo || x > hi
		if l.lo > r.lo {
			l, r = r, l
		}
		if l.lo == -unbounded && r.hi == unbounded && l.hi < r.lo {
			return span{x: l.x, lo: l.hi + 1, hi: r.lo - 1, not: true}, true
		}
		return span{}, false
	}
	lhs, rhs, op := b.X, b.Y, b.Op
	n, ok := e.intConst(rhs)
	if !ok {
		if n, ok = e.intConst(lhs); !ok {
			return span{}, false
		}
		lhs = rhs
		switch op {
		case token.LSS:
			op = token.GTR
		case token.LEQ:
			op = token.GEQ
		case token.GTR:
			op = token.LSS
		case token.GEQ:
			op = token.LEQ
		}
	}
	if q, ok := ast.Unparen(lhs).(*ast.BinaryExpr); ok && q.Op == token.QUO {
		if d, ok := e.intConst(q.Y); ok && d == 100 && n > 0 && (op == token.EQL || op == token.NEQ) {
			return span{x: q.X, lo: 100 * n, hi: 100*n + 99, not: op == token.NEQ}, true
		}
		return span{}, false
	}
	switch op {
	case token.LSS:
		return span{x: lhs, lo: -unbounded, hi: n - 1}, true
	case token.LEQ:
		return span{x: lhs, lo: -unbounded, hi: n}, true
	case token.GTR:
		return span{x: lhs, lo: n + 1, hi: unbounded}, true
	case token.GEQ:
		return span{x: lhs, lo: n, hi: unbounded}, true
	}
	return span{}, false
}

// predicate returns the name of the predicate that accepts just the numbers
// from lo to hi.
func predicate(lo, hi int) string {
	switch {
	case lo == 400 && hi == 599:
		return "IsError"
	case lo%100 != 0 || hi != lo+99:
		return ""
	}
	switch lo {
	case 100:
		return "IsInformational"
	case 200:
		return "IsSuccess"
	case 300:
		return "IsRedirection"
	case 400:
		return "IsClientError"
	case 500:
		return "IsServerError"
	}
	return ""
}

// classCompare looks for a comparison that asks for the class of a status.
func (e *engine) classCompare(u *unit, b *ast.BinaryExpr) bool {
	s, ok := e.spanOf(b)
	if !ok || s.x == nil || !e.looksStatus(s.x) {
		return false
	}
	name := predicate(s.lo, s.hi)
	if name == "" {
		// Half a test: c > 299, c >= 400.
		for _, bound := range []int{200, 300, 400, 500} {
			if s.lo == bound && s.hi == unbounded || s.hi == bound-1 && s.lo == -unbounded {
				e.report("S-class-compare", b, fmt.Sprintf("%s asks for the class of a status by a bound", types.ExprString(b)))
				return true
			}
		}
		return b.Op == token.LAND || b.Op == token.LOR // some other range
	}
	not := ""
	if s.not {
		not = "!"
	}
	var fix []analysis.SuggestedFix
	call := ""
	if n, ok := types.Unalias(e.typeOf(s.x)).(*types.Named); ok && isLibrary(n.Obj().Pkg()) && n.Obj().Name() == "Code" {
		call = not + types.ExprString(s.x) + "." + name + "()"
	} else if pkg := e.imports(b.Pos(), libraryPath); pkg != "" {
		call = not + pkg + ".Code(" + types.ExprString(s.x) + ")." + name + "()"
	}
	if call != "" {
		fix = []analysis.SuggestedFix{{
			Message:   "Use " + name,
			TextEdits: []analysis.TextEdit{{Pos: b.Pos(), End: b.End(), NewText: []byte(call)}},
		}}
	}
	e.report("S-class-compare", b, fmt.Sprintf("%s is what httpstatus.Code.%s says", types.ExprString(b), name), fix...)
	return true
}

// looksStatus reports whether an integer is most likely a status, by its name
// or its type.
func (e *engine) looksStatus(x ast.Expr) bool {
	t := e.typeOf(x)
	if t == nil || !isInt(t) {
		return false
	}
	if n, ok := types.Unalias(t).(*types.Named); ok && isLibrary(n.Obj().Pkg()) {
		return true
	}
	text := strings.ToLower(types.ExprString(x))
	for _, end := range []string{"statuscode", "status", "statuscode()", "httpcode"} {
		if strings.HasSuffix(text, end) {
			return true
		}
	}
	return false
}

// unsafeRequest returns the method of a call that sends or makes a request
// whose method is known, and whether it makes one.
func (u *unit) requestMethod(call *ast.CallExpr) (method string, sends bool) {
	callee, ok := typeutil.Callee(u.e.info, call).(*types.Func)
	if !ok || callee.Pkg() == nil {
		return "", false
	}
	arg := func(i int) string {
		if i >= len(call.Args) {
			return ""
		}
		s, ok := u.e.stringConst(call.Args[i])
		if !ok {
			return ""
		}
		if s == "" {
			return "GET"
		}
		return s
	}
	if callee.Pkg().Path() != "net/http" {
		if i, ok := u.e.sender(callee); ok {
			return arg(i), true
		}
		return "", false
	}
	switch callee.Name() {
	case "NewRequest":
		return arg(0), false
	case "NewRequestWithContext":
		return arg(1), false
	case "Post", "PostForm":
		return "POST", true
	case "Get":
		return "GET", true
	case "Head":
		return "HEAD", true
	case "Do":
		if len(call.Args) != 1 {
			return "", true
		}
		id, ok := ast.Unparen(call.Args[0]).(*ast.Ident)
		if !ok {
			return "", true
		}
		v, ok := u.e.objectOf(id).(*types.Var)
		if !ok || len(u.values[v]) == 0 {
			return "", true
		}
		for _, x := range u.values[v] {
			made, ok := ast.Unparen(x).(*ast.CallExpr)
			if !ok {
				return "", true
			}
			if u.sameRequest(made, v) {
				continue // req = req.WithContext(ctx)
			}
			m, sent := u.requestMethod(made)
			if sent || m == "" || method != "" && m != method {
				return "", true
			}
			method = m
		}
		return method, true
	}
	return "", false
}

// sameRequest reports whether a call makes the request of a variable anew:
// with another context, or as a copy.
func (u *unit) sameRequest(call *ast.CallExpr, v *types.Var) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "WithContext" && sel.Sel.Name != "Clone" {
		return false
	}
	id, ok := sel.X.(*ast.Ident)
	return ok && u.e.objectOf(id) == v
}

// sender reports whether a function of the package sends a request whose
// method is one of its parameters, and which one.
func (e *engine) sender(callee *types.Func) (param int, ok bool) {
	g := e.funcs.decls[callee.Origin()]
	if g == nil || g.sig.Results().Len() == 0 {
		return 0, false
	}
	if i, ok := e.lazy.senders[callee]; ok {
		return i, i >= 0
	}
	param = -1
	does := false
	ast.Inspect(g.body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		f, ok := typeutil.Callee(e.info, call).(*types.Func)
		if !ok || f.Pkg() == nil || f.Pkg().Path() != "net/http" {
			return true
		}
		at := 0
		switch f.Name() {
		case "Do":
			does = true
			return true
		case "NewRequestWithContext":
			at = 1
		case "NewRequest":
		default:
			return true
		}
		if id, ok := ast.Unparen(call.Args[at]).(*ast.Ident); ok {
			for i := range g.sig.Params().Len() {
				if e.objectOf(id) == g.sig.Params().At(i) {
					param = i
				}
			}
		}
		return true
	})
	if !does {
		param = -1
	}
	if e.lazy.senders == nil {
		e.lazy.senders = make(map[*types.Func]int)
	}
	e.lazy.senders[callee] = param
	return param, param >= 0
}

// senderMentions reports whether the function of the package that a call goes
// to mentions a word.
func (e *engine) senderMentions(call *ast.CallExpr, word string) bool {
	callee, ok := typeutil.Callee(e.info, call).(*types.Func)
	if !ok {
		return false
	}
	g := e.funcs.decls[callee.Origin()]
	return g != nil && g.mentions(word)
}

// checkSingle looks for 200 as the only success of a request that changes
// something.
func (u *unit) checkSingle() {
	var tests []*ast.BinaryExpr
	changes, other := "", false
	ast.Inspect(u.root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			m, sends := u.requestMethod(n)
			switch m {
			case "POST", "PUT", "PATCH", "DELETE":
				changes = m
			case "":
				other = other || sends
			default:
				other = true
			}
		case *ast.SelectorExpr:
			if u.e.isStatusCode(n) {
				b, ok := u.parent[n].(*ast.BinaryExpr)
				if !ok {
					if _, isCall := u.parent[n].(*ast.CallExpr); !isCall { // an argument of a message
						other = true
					}
					return true
				}
				tests = append(tests, b)
			}
		}
		return true
	})
	if changes == "" || other || len(tests) != 1 {
		return
	}
	b := tests[0]
	if b.Op != token.EQL && b.Op != token.NEQ {
		return
	}
	if n, ok := u.e.intConst(b.Y); ok && n == 200 {
		u.e.report("S-single-2xx", b, fmt.Sprintf("200 is taken as the only success of a %s; 201, 202 and 204 are successes as well", changes))
	}
}

// checkRetry looks for a loop that sends the same POST or PATCH again.
func (u *unit) checkRetry() {
	if u.mentions("idempot") {
		return
	}
	ast.Inspect(u.root, func(n ast.Node) bool {
		var body *ast.BlockStmt
		var own []ast.Node // what varies from turn to turn
		switch l := n.(type) {
		case *ast.ForStmt:
			body = l.Body
			own = append(own, l.Init, l.Post)
		case *ast.RangeStmt:
			t := u.e.typeOf(l.X)
			if t == nil || !isInt(t) {
				return true
			}
			body = l.Body
			if l.Key != nil {
				own = append(own, l.Key)
			}
		default:
			return true
		}
		call, method := u.unsafeCall(body)
		if call == nil || u.e.senderMentions(call, "idempot") || u.varies(body, own) || !u.repeats(body, call) {
			return true
		}
		u.e.reportIn(u, "S-retry-unsafe", call,
			fmt.Sprintf("this loop sends %s again when it failed, though it may have been applied; send an Idempotency-Key", method))
		return false
	})
}

// unsafeCall returns the first call in the body of a loop that sends POST or
// PATCH.
func (u *unit) unsafeCall(body *ast.BlockStmt) (call *ast.CallExpr, method string) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			return false
		case *ast.CallExpr:
			if m, sends := u.requestMethod(n); call == nil && sends && (m == "POST" || m == "PATCH") {
				call, method = n, m
			}
		}
		return true
	})
	return call, method
}

// varies reports whether the loop variable picks what is sent: then each turn
// sends something else.
func (u *unit) varies(body *ast.BlockStmt, own []ast.Node) bool {
	vars := make(map[types.Object]bool)
	for _, n := range own {
		if n == nil || n == ast.Stmt(nil) {
			continue
		}
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if o := u.e.objectOf(id); o != nil {
					vars[o] = true
				}
			}
			return true
		})
	}
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IndexExpr:
			if id, ok := n.Index.(*ast.Ident); ok && vars[u.e.objectOf(id)] {
				found = true
			}
		case *ast.CallExpr:
			if _, sends := u.requestMethod(n); sends || u.e.isNewRequest(n) {
				for _, a := range n.Args {
					ast.Inspect(a, func(n ast.Node) bool {
						if id, ok := n.(*ast.Ident); ok && vars[u.e.objectOf(id)] {
							found = true
						}
						return true
					})
				}
			}
		}
		return !found
	})
	return found
}

func (e *engine) isNewRequest(call *ast.CallExpr) bool {
	callee, ok := typeutil.Callee(e.info, call).(*types.Func)
	return ok && callee.Pkg() != nil && callee.Pkg().Path() == "net/http" && strings.HasPrefix(callee.Name(), "NewRequest")
}

// repeats reports whether the loop goes on after a failure of the call and
// ends after its success.
func (u *unit) repeats(body *ast.BlockStmt, call *ast.CallExpr) bool {
	var err *types.Var
	if as, ok := u.statement(call).(*ast.AssignStmt); ok {
		for _, l := range as.Lhs {
			if id, ok := l.(*ast.Ident); ok {
				if v, ok := u.e.objectOf(id).(*types.Var); ok && isErrorVar(v.Type()) {
					err = v
				}
			}
		}
	}
	again, ends := false, false
	for _, s := range body.List {
		if s.End() <= call.Pos() {
			continue
		}
		switch s := s.(type) {
		case *ast.IfStmt:
			failure, success := u.tests(s.Cond, err)
			last := lastStmt(s.Body)
			if failure && !leavesLoop(last) {
				again = true
			}
			if success && leavesLoop(last) {
				ends, again = true, true
			}
			if s.Else != nil {
				if b, ok := s.Else.(*ast.BlockStmt); ok && failure && leavesLoop(lastStmt(b)) {
					ends = true
				}
			}
		default:
			if leavesLoop(s) {
				ends = true
			}
		}
	}
	return again && ends
}

// tests reports whether a condition asks for a failure that the server may
// have acted before, or for its absence.
func (u *unit) tests(cond ast.Expr, err *types.Var) (failure, success bool) {
	ast.Inspect(cond, func(n ast.Node) bool {
		b, ok := n.(*ast.BinaryExpr)
		if !ok {
			return true
		}
		if id, ok := b.X.(*ast.Ident); ok && err != nil && u.e.objectOf(id) == err && u.e.info.Types[b.Y].IsNil() {
			failure = failure || b.Op == token.NEQ
			success = success || b.Op == token.EQL
		}
		if u.e.isStatusCode(b.X) {
			n, ok := u.e.intConst(b.Y)
			if !ok {
				return true
			}
			switch b.Op {
			case token.GEQ, token.GTR:
				failure = failure || n >= 499
			case token.EQL:
				failure = failure || n == 500 || n == 502 || n == 504
				success = success || 200 <= n && n < 300
			case token.LSS, token.LEQ:
				success = success || 299 <= n && n <= 500
			}
		}
		return true
	})
	return failure, success
}

func lastStmt(b *ast.BlockStmt) ast.Stmt {
	if len(b.List) == 0 {
		return nil
	}
	return b.List[len(b.List)-1]
}

// leavesLoop reports whether a statement leaves the loop.
func leavesLoop(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.BREAK
	}
	return false
}
