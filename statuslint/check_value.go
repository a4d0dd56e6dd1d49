package statuslint

import (
	"fmt"
	"go/ast"
	"go/types"
	"regexp"
	"strings"

	"example.com/httpstatus/statuslint/internal/codes"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// libraryPath is the import path of the library that statuslint belongs to.
const libraryPath = "example.com/httpstatus"

func isLibrary(p *types.Package) bool { return p != nil && p.Path() == libraryPath }

func (e *engine) importsLibrary() bool {
	return isLibrary(e.pass.Pkg) || e.packageNamed(libraryPath) != nil
}

// checkValue looks at the making of an httpstatus.Error.
func (e *engine) checkValue(u *unit, call *ast.CallExpr) {
	callee, ok := typeutil.Callee(e.info, call).(*types.Func)
	if !ok || !isLibrary(callee.Pkg()) || callee.Name() != "New" && callee.Name() != "Newf" {
		return
	}
	recv := callee.Signature().Recv()
	sel, isSel := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if recv == nil || !isSel || len(call.Args) < 2 {
		return
	}
	e.checkSwapped(call, callee.Name())
	code, ok := e.statusConst(sel.X)
	if !ok {
		return
	}
	rule, ok := carrierRuleOf(code)
	if !ok {
		return
	}
	if u.parent == nil {
		u.prepare()
	}
	if e.completed(u, call, rule) {
		return
	}
	with := "WithChallenge"
	switch code {
	case 405:
		with = "WithAllow"
	case 407:
		with = `WithHeader("Proxy-Authenticate", ...)`
	case 426:
		with = `WithHeader("Upgrade", ...)`
	}
	e.reportIn(u, rule.id, call, fmt.Sprintf("%s is made without %s, so it is sent without %s", codes.Describe(code), with, rule.name))
}

// completed reports whether the error gets its field: in the same expression,
// or where the variable that holds it is used.
func (e *engine) completed(u *unit, call *ast.CallExpr, rule fieldRule) bool {
	n := ast.Node(call)
	for {
		p := u.parent[n]
		switch p := p.(type) {
		case *ast.ParenExpr:
		case *ast.SelectorExpr:
			next, ok := u.parent[p].(*ast.CallExpr)
			if ok && e.sets(next, p.Sel.Name, rule) {
				return true
			}
		case *ast.CallExpr:
			if p.Fun != n {
				// An argument: of errors.Is it is only compared with.
				if f, ok := typeutil.Callee(e.info, p).(*types.Func); ok && f.Pkg() != nil {
					return f.Pkg().Path() == "errors"
				}
				return false
			}
		case *ast.AssignStmt:
			for _, l := range p.Lhs {
				if id, ok := l.(*ast.Ident); ok && e.completedVar(e.objectOf(id), rule) {
					return true
				}
			}
			return false
		case *ast.ValueSpec:
			for _, id := range p.Names {
				if e.completedVar(e.objectOf(id), rule) {
					return true
				}
			}
			return false
		default:
			return false
		}
		n = p
	}
}

// sets reports whether a call of one of Error's methods gives it the field.
func (e *engine) sets(call *ast.CallExpr, name string, rule fieldRule) bool {
	switch name {
	case "WithAllow":
		return rule.bit == fieldAllow
	case "WithChallenge":
		return rule.bit == fieldWWWAuthenticate || rule.bit == fieldProxyAuthenticate
	case "WithHeader":
		if len(call.Args) > 0 {
			s, ok := e.stringConst(call.Args[0])
			return !ok || fieldBit(canonical(s)) == rule.bit
		}
	}
	return false
}

// completedVar reports whether a variable gets its field somewhere in the
// package.
func (e *engine) completedVar(o types.Object, rule fieldRule) bool {
	if o == nil {
		return false
	}
	found := false
	for _, file := range e.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || found {
				return !found
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !e.sets(call, sel.Sel.Name, rule) {
				return true
			}
			ast.Inspect(sel.X, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && e.objectOf(id) == o {
					found = true
				}
				return !found
			})
			return true
		})
	}
	return found
}

var identifierLike = regexp.MustCompile(`^[a-z][a-z0-9]*([._-][a-z0-9]+)+$|^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$|^[a-z][a-z0-9]*$`)

// checkSwapped looks for a sentence where the error code belongs.
func (e *engine) checkSwapped(call *ast.CallExpr, name string) {
	errorCode, ok1 := e.stringConst(call.Args[0])
	message, ok2 := e.stringConst(call.Args[1])
	if !ok1 || !ok2 || !strings.Contains(strings.TrimSpace(errorCode), " ") || !identifierLike.MatchString(message) {
		return
	}
	var fix []analysis.SuggestedFix
	if name == "New" {
		fix = []analysis.SuggestedFix{{
			Message: "Swap the error code and the message",
			TextEdits: []analysis.TextEdit{
				{Pos: call.Args[0].Pos(), End: call.Args[0].End(), NewText: []byte(types.ExprString(call.Args[1]))},
				{Pos: call.Args[1].Pos(), End: call.Args[1].End(), NewText: []byte(types.ExprString(call.Args[0]))},
			},
		}}
	}
	e.report("S-error-swapped", call, fmt.Sprintf("%q stands where the error code belongs, and %q where the message does", errorCode, message), fix...)
}
