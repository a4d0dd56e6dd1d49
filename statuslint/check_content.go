package statuslint

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"example.com/httpstatus/statuslint/internal/codes"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"
)

// excludesContent reports whether what is written after the status is lost or
// wrong. net/http follows up on an interim response with a 200 by itself, so a
// Write after 100, 103 or 104 is that response's content.
func excludesContent(code int) bool {
	switch code {
	case 100, 103, 104:
		return false
	}
	return codes.IsValid(code) && !codes.AllowsContent(code)
}

// checkContent looks for content that the status excludes, and for content of
// the wrong kind.
func (f *fn) checkContent(b *cfg.Block, i int, ev *event) {
	if call, ok := ev.node.(*ast.CallExpr); ok && ev.sink == "http.Error" && len(call.Args) == 3 {
		if f.isJSON(call.Args[1], 0) {
			f.e.reportIn(f.unit, "S-error-json", ev.node, "http.Error sends this JSON as text/plain")
		}
	}
	if ev.status.known && ev.status.code >= 500 {
		f.checkLeak(ev)
	}
	if !ev.status.known || !excludesContent(ev.status.code) || ev.sent == everything {
		return
	}
	code := ev.status.code
	if ev.content {
		if ev.status.expr != nil {
			f.e.reportIn(f.unit, "S-bodyless-body", ev.node, fmt.Sprintf("%s sends content, and %s has none%s", ev.sink, codes.Describe(code), answersWhole(code)))
		}
		return
	}
	if !ev.once {
		return
	}
	var content *event
	reached := f.after(b, i, func(b *cfg.Block, i int) verdict {
		to := &f.blocks[b.Index][i]
		switch {
		case to.kind == evAssign && to.v == ev.w.root:
			return stop
		case to.kind == evWrite && to.w == ev.w && (to.once || !to.onward):
			content = to
			return hit
		case to.kind == evAnswer && to.w == ev.w:
			return stop
		}
		return goOn
	})
	if reached && !f.isTold(ev, content.node) {
		f.e.reportIn(f.unit, "S-bodyless-body", content.node, fmt.Sprintf("content is written after %s, which has none%s", codes.Describe(code), answersWhole(code)))
	}
}

// answersWhole names what answers with a code as it should be, if there is
// something.
func answersWhole(code int) string {
	if code == 304 {
		return "; http.ServeContent, statushttp.Serve and statushttp.CheckPrecondition answer it whole"
	}
	return ""
}

// checkLength looks for a Content-Length that goes with 204.
func (f *fn) checkLength(b *cfg.Block, i int, ev *event) {
	if ev.key != "Content-Length" || !ev.direct || ev.w.root == nil {
		return
	}
	same := false
	reached := f.after(b, i, func(to *cfg.Block, k int) verdict {
		next := &f.blocks[to.Index][k]
		switch {
		case next.kind == evDel && (next.key == "Content-Length" || next.key == "") && next.w.root != nil && f.group(next.w.root) == f.group(ev.w.root):
			return stop
		case (next.kind == evAnswer || next.kind == evWrite) && next.w == ev.w:
			if next.kind == evAnswer && next.status.known && next.status.code == 204 && next.sent != everything {
				same = to == b
				return hit
			}
			return stop
		}
		return goOn
	})
	if !reached {
		return
	}
	var fix []analysis.SuggestedFix
	if s := f.statement(ev.node); same && s != nil {
		fix = []analysis.SuggestedFix{{
			Message:   "Take out Content-Length",
			TextEdits: []analysis.TextEdit{f.e.deleteLine(s)},
		}}
	}
	f.e.reportIn(f.unit, "S-length-204", ev.node, "Content-Length is set for 204 (No Content), which must not have it", fix...)
}

// isJSON reports whether a string is surely JSON: a literal, the bytes of
// json.Marshal, or Sprintf of a literal.
func (f *fn) isJSON(x ast.Expr, depth int) bool {
	if depth > 4 {
		return false
	}
	x = ast.Unparen(x)
	if s, ok := f.e.stringConst(x); ok {
		return looksJSON(s, true)
	}
	switch x := x.(type) {
	case *ast.BinaryExpr:
		if x.Op == token.ADD {
			left := x.X
			for {
				b, ok := ast.Unparen(left).(*ast.BinaryExpr)
				if !ok {
					break
				}
				left = b.X
			}
			s, ok := f.e.stringConst(left)
			return ok && looksJSON(s, false)
		}
	case *ast.Ident:
		v, ok := f.e.objectOf(x).(*types.Var)
		if !ok || len(f.values[v]) == 0 {
			return false
		}
		for _, value := range f.values[v] {
			if !f.isJSON(value, depth+1) {
				return false
			}
		}
		return true
	case *ast.CallExpr:
		if f.e.info.Types[x.Fun].IsType() && len(x.Args) == 1 {
			return f.isJSON(x.Args[0], depth+1)
		}
		callee, ok := typeutil.Callee(f.e.info, x).(*types.Func)
		if !ok || callee.Pkg() == nil || len(x.Args) == 0 {
			return false
		}
		switch {
		case callee.Pkg().Path() == "encoding/json" && strings.HasPrefix(callee.Name(), "Marshal"):
			return depth > 0
		case callee.Pkg().Path() == "fmt" && callee.Name() == "Sprintf":
			s, ok := f.e.stringConst(x.Args[0])
			return ok && looksJSON(s, true)
		}
	}
	return false
}

// looksJSON reports whether s starts, and if whole is set also ends, as a JSON
// object does.
func looksJSON(s string, whole bool) bool {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, "{") || !strings.HasPrefix(strings.TrimSpace(s[1:]), `"`) {
		return false
	}
	return !whole || strings.HasSuffix(s, "}") && strings.Contains(s, ":")
}

// checkLeak looks for the text of an error in a 5xx.
func (f *fn) checkLeak(ev *event) {
	call, ok := ev.node.(*ast.CallExpr)
	if !ok {
		return
	}
	for _, a := range call.Args {
		if a != ev.status.expr && f.leaks(a, 0) {
			f.e.reportIn(f.unit, "S-leak", ev.node, fmt.Sprintf("the text of an error goes to the client with %s", codes.Describe(ev.status.code)))
			return
		}
	}
}

// leaks reports whether x is the text of an error or of a stack.
func (f *fn) leaks(x ast.Expr, depth int) bool {
	if depth > 4 {
		return false
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		v, ok := f.e.objectOf(x).(*types.Var)
		return ok && isString(v.Type()) && len(f.values[v]) == 1 && f.leaks(f.values[v][0], depth+1)
	case *ast.BinaryExpr:
		return x.Op == token.ADD && (f.leaks(x.X, depth+1) || f.leaks(x.Y, depth+1))
	case *ast.CallExpr:
		if f.e.info.Types[x.Fun].IsType() && len(x.Args) == 1 {
			return f.leaks(x.Args[0], depth+1)
		}
		if sel, ok := x.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Error" && len(x.Args) == 0 {
			return f.isError(sel.X)
		}
		callee, ok := typeutil.Callee(f.e.info, x).(*types.Func)
		if !ok || callee.Pkg() == nil {
			return false
		}
		switch callee.Pkg().Path() {
		case "runtime/debug":
			return callee.Name() == "Stack"
		case "fmt":
			if strings.HasPrefix(callee.Name(), "Sprint") {
				for _, a := range x.Args {
					if f.isError(a) || f.leaks(a, depth+1) {
						return true
					}
				}
			}
		}
	}
	return false
}
