package statuslint

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// What becomes of a value that carries a status, as far as the package shows
// it: who gives it the field that it lacks, or answers with something else.

// setsSomewhere reports whether f or a function around it sets a field of any
// response, up to the given place if there is one. A call that cannot be looked
// into is no sign of it: what is asked is whether a value is completed.
func (f *fn) setsSomewhere(bit fields, until token.Pos) bool {
	for g := f; g != nil; g = g.outer {
		for _, evs := range g.blocks {
			for i := range evs {
				ev := &evs[i]
				if ev.kind == evSet && !ev.opaque && ev.set&bit != 0 && (until == token.NoPos || ev.node.Pos() < until) {
					return true
				}
			}
		}
	}
	return false
}

// completedByCallers reports whether a function that calls f, in the package,
// sets the field of some response: it may do so for the error that f gives it.
func (f *fn) completedByCallers(bit fields, depth int) bool {
	if f == nil || depth == 0 {
		return false
	}
	for _, c := range f.calls {
		if c.from != f && (c.from.setsSomewhere(bit, token.NoPos) || c.from.completedByCallers(bit, depth-1)) {
			return true
		}
	}
	return false
}

// takenOutByCallers reports whether a function that calls f, in the package, gets
// the error that f gives it out of its wrapping and answers with something else
// than its status.
func (e *engine) takenOutByCallers(f types.Object, key string, depth int) bool {
	if f == nil || depth == 0 {
		return false
	}
	for _, d := range e.callers()[f] {
		caller := e.info.Defs[d.Name]
		if caller != f && (e.takesOut(d.Body, key) || e.takenOutByCallers(caller, key, depth-1)) {
			return true
		}
	}
	return false
}

// takesOut reports whether a function asks whether an error is of the type with
// the field, and uses what it gets without the field: it neither reads the field
// nor hands the value or the error on.
func (e *engine) takesOut(body *ast.BlockStmt, key string) bool {
	is := func(t types.Type) bool {
		return t != nil && strings.HasPrefix(key, ownerKey(t, "")) && ownerKey(t, "") != ""
	}
	out := make(map[*types.Var]bool) // what holds the value, and the error
	ast.Inspect(body, func(n ast.Node) bool {
		as, ok := n.(*ast.AssignStmt)
		if !ok || len(as.Rhs) != 1 {
			if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 2 { // errors.As(err, &e)
				if u, ok := ast.Unparen(call.Args[1]).(*ast.UnaryExpr); ok && u.Op == token.AND && is(e.typeOf(u.X)) {
					out[e.plainVar(u.X)], out[e.plainVar(call.Args[0])] = true, true
				}
			}
			return true
		}
		if len(as.Lhs) != 2 || !is(e.typeOf(as.Lhs[0])) {
			return true
		}
		switch x := ast.Unparen(as.Rhs[0]).(type) {
		case *ast.TypeAssertExpr:
			out[e.plainVar(as.Lhs[0])], out[e.plainVar(x.X)] = true, true
		case *ast.CallExpr: // errors.AsType[E](err)
			if ix, ok := x.Fun.(*ast.IndexExpr); ok && len(x.Args) == 1 && isErrorVar(e.typeOf(x.Args[0])) {
				if sel, ok := ix.X.(*ast.SelectorExpr); ok && sel.Sel.Name == "AsType" {
					out[e.plainVar(as.Lhs[0])], out[e.plainVar(x.Args[0])] = true, true
				}
			}
		}
		return true
	})
	delete(out, nil)
	if len(out) == 0 {
		return false
	}
	handed := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			handed = handed || e.fieldKey(n) == key
		case *ast.CallExpr:
			answers := false
			for _, a := range n.Args {
				answers = answers || e.role(e.typeOf(a)).answers()
			}
			for _, a := range n.Args {
				handed = handed || answers && out[e.plainVar(a)]
			}
		case *ast.ReturnStmt:
			for _, x := range n.Results {
				v := e.plainVar(x)
				handed = handed || v != nil && out[v] && is(v.Type())
			}
		}
		return !handed
	})
	return !handed
}

// callers lists, for each function of the package, those of the package that
// call it.
func (e *engine) callers() map[types.Object][]*ast.FuncDecl {
	if e.lazy.callers != nil {
		return e.lazy.callers
	}
	e.lazy.callers = make(map[types.Object][]*ast.FuncDecl)
	for _, file := range e.pass.Files {
		for _, d := range file.Decls {
			fd, ok := d.(*ast.FuncDecl)
			if !ok || fd.Body == nil {
				continue
			}
			ast.Inspect(fd.Body, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if callee := typeutil.StaticCallee(e.info, call); callee != nil && callee.Pkg() == e.pass.Pkg {
						e.lazy.callers[callee.Origin()] = append(e.lazy.callers[callee.Origin()], fd)
					}
				}
				return true
			})
		}
	}
	return e.lazy.callers
}

// declOf returns the declared function that n stands in, or nil.
func (e *engine) declOf(n ast.Node) types.Object {
	for _, file := range e.pass.Files {
		if !covers(n.Pos(), file) {
			continue
		}
		for _, d := range file.Decls {
			if fd, ok := d.(*ast.FuncDecl); ok && covers(n.Pos(), fd) {
				return e.info.Defs[fd.Name]
			}
		}
	}
	return nil
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
			if in := e.around(id); in.setsSomewhere(bit, token.NoPos) || in.completedByCallers(bit, 3) {
				return true
			}
		}
		if !used && v.Exported() {
			return true
		}
	}
	return false
}

// answersForOthers reports whether f is a function for the handlers of other
// packages: exported, not called in its own, and with something to answer with.
func (f *fn) answersForOthers() bool {
	for f != nil && f.outer != nil {
		f = f.outer
	}
	if f == nil || f.obj == nil || !f.obj.Exported() || len(f.calls) > 0 {
		return false
	}
	for i := range f.sig.Params().Len() {
		if t := f.sig.Params().At(i).Type(); f.e.role(t) == roleNone && !strings.HasSuffix(t.String(), "context.Context") {
			return true
		}
	}
	return false
}

// goesToWriter reports whether a value, or what a function returns, goes straight
// into a call that gets a writer too.
func (f *fn) goesToWriter(x ast.Node) bool {
	if call, ok := f.parent[x].(*ast.CallExpr); ok && call.Fun == x {
		x = call
	}
	call, ok := f.parent[x].(*ast.CallExpr)
	if !ok {
		return false
	}
	for _, a := range call.Args {
		if f.e.role(f.e.typeOf(a)).answers() && a != x {
			return true
		}
	}
	return false
}
