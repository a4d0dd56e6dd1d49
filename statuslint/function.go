package statuslint

import (
	"go/ast"
	"go/types"
	"iter"
	"sort"

	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"
)

// A unit is one top-level declaration with the literals inside it.
type unit struct {
	e        *engine
	root     ast.Node
	parent   map[ast.Node]ast.Node
	alias    map[*types.Var]ref
	groups   map[*types.Var]*types.Var
	closures map[*types.Var]*ast.FuncLit
	isParam  map[*types.Var]bool
	assigned map[*types.Var]int
	values   map[*types.Var][]ast.Expr // what is assigned to a variable
}

// A fn is one function body.
type fn struct {
	*unit
	decl  *ast.FuncDecl // one of these two is nil
	lit   *ast.FuncLit
	obj   *types.Func // of decl
	outer *fn         // of lit
	body  *ast.BlockStmt
	sig   *types.Signature
	cfg   *cfg.CFG

	params  map[*types.Var]int
	capture []*types.Var       // of lit: writers of the function around it, by position as captured says
	roots   map[*types.Var]int // index into the states of the dataflow
	blocks  [][]event          // by block index
	in      [][]fields         // by block index, then root
	fact    *funcFact
	begun   bool
	skipped bool // a quick look found nothing in it
	inner   []*fn

	calls    []*callSite // calls of this function within the package
	outcomes []outcome   // of calls whose result says whether they answered
	perhaps  []perhaps   // of calls whose result says which fields they may have set
	told     []goesOn    // the answers after which f goes on
}

// A callSite is one static call within the package.
type callSite struct {
	from *fn
	call *ast.CallExpr
	b    *cfg.Block
	i    int // index of the next event in b
}

// concerned reports whether anything in the unit could answer a request or
// hold a status. It is a quick look that spares most functions the rest.
func (u *unit) concerned() bool {
	found := false
	ast.Inspect(u.root, func(n ast.Node) bool {
		if found {
			return false
		}
		switch n := n.(type) {
		case *ast.Ident:
			switch o := u.e.objectOf(n).(type) {
			case *types.Var:
				found = u.e.web && (u.e.role(o.Type()).answers() || !o.IsField() && o.Pkg() != nil && framework(o.Pkg().Path()) != "")
			case *types.Func:
				found = u.e.knows(o)
			}
		case *ast.CompositeLit:
			found = u.e.holdsStatus(n)
		case *ast.AssignStmt:
			if len(n.Lhs) == 1 && len(n.Rhs) == 1 {
				if sel, ok := n.Lhs[0].(*ast.SelectorExpr); ok {
					id, ok := n.Rhs[0].(*ast.Ident)
					found = ok && u.e.fieldKey(sel) != "" && !u.e.namesStatus(id)
				}
			}
		case *ast.CallExpr:
			if callee, ok := typeutil.Callee(u.e.info, n).(*types.Func); ok && decoderOf(callee) != nil && u.e.web {
				found = true // it may decode requests for others
			}
		case *ast.ReturnStmt:
			for _, r := range n.Results {
				if _, ok := u.e.statusConst(r); ok {
					found = true
				}
				switch r := ast.Unparen(r).(type) {
				case *ast.SelectorExpr:
					found = found || u.e.fieldKey(r) != ""
				case *ast.CallExpr: // err.StatusCode()
					if t := u.e.typeOf(r); len(r.Args) == 0 && t != nil && isInt(t) {
						found = true
					}
				}
			}
		}
		return !found
	})
	return found
}

// holdsStatus reports whether a parameter or constant goes into a struct that
// could be its status.
func (e *engine) holdsStatus(lit *ast.CompositeLit) bool {
	for _, el := range lit.Elts {
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			el = kv.Value
		}
		if id, ok := ast.Unparen(el).(*ast.Ident); ok {
			if v, ok := e.info.Uses[id].(*types.Var); ok && isInt(v.Type()) {
				return true
			}
		}
	}
	return false
}

// prepare builds the parent map and the alias table, once.
func (u *unit) prepare() {
	if u.parent != nil {
		return
	}
	u.parent = make(map[ast.Node]ast.Node)
	u.alias = make(map[*types.Var]ref)
	u.groups = make(map[*types.Var]*types.Var)
	u.closures = make(map[*types.Var]*ast.FuncLit)
	u.isParam = make(map[*types.Var]bool)
	u.assigned = make(map[*types.Var]int)
	u.values = make(map[*types.Var][]ast.Expr)
	var stack []ast.Node
	ast.Inspect(u.root, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if len(stack) > 0 {
			u.parent[n] = stack[len(stack)-1]
		}
		stack = append(stack, n)
		if ft, ok := n.(*ast.FuncType); ok {
			for _, f := range ft.Params.List {
				for _, id := range f.Names {
					if v, ok := u.e.info.Defs[id].(*types.Var); ok {
						u.isParam[v] = true
					}
				}
			}
		}
		return true
	})
	u.aliases(u.root)
}

// literal analyses a function literal, once.
func (u *unit) literal(lit *ast.FuncLit, outer *fn) *fn {
	if f, ok := u.e.funcs.lits[lit]; ok {
		return f
	}
	f := &fn{unit: u, lit: lit, outer: outer, body: lit.Body, fact: &funcFact{}, begun: true}
	u.e.funcs.lits[lit] = f
	f.sig, _ = u.e.typeOf(lit).(*types.Signature)
	f.cfg = u.e.cfgs.FuncLit(lit)
	if outer != nil {
		outer.inner = append(outer.inner, f)
	}
	if f.sig == nil || f.cfg == nil {
		return f
	}
	f.analyse()
	return f
}

// literals analyses the literals directly inside n.
func (u *unit) literals(n ast.Node, outer *fn) {
	ast.Inspect(n, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			u.literal(lit, outer)
			return false
		}
		return true
	})
}

// analyse fills in everything about f.
func (f *fn) analyse() {
	f.params = make(map[*types.Var]int)
	for i := range f.sig.Params().Len() {
		f.params[f.sig.Params().At(i)] = i
	}
	if r := f.sig.Recv(); r != nil {
		f.params[r] = receiver
	}
	f.roots = make(map[*types.Var]int)
	f.fact.Result = f.sig.Results().Len() > 0
	f.build()
	f.captures()
	f.in = f.flow(nil)
	f.conclude()
	f.e.funcs.done = append(f.e.funcs.done, f)
}

// captures lists the writers of the function around a literal that it answers
// through. In its fact they stand beside the parameters.
func (f *fn) captures() {
	if f.outer == nil {
		return
	}
	for v := range f.roots {
		if f.writerParam(v) == nowhere {
			f.capture = append(f.capture, v)
		}
	}
	sort.Slice(f.capture, func(i, j int) bool { return f.capture[i].Pos() < f.capture[j].Pos() })
}

// writers lists what f can answer through: its parameters, and what it captures.
func (f *fn) writers() iter.Seq2[*types.Var, int] {
	return func(yield func(*types.Var, int) bool) {
		for v, pos := range f.params {
			if !yield(v, pos) {
				return
			}
		}
		for i, v := range f.capture {
			if !yield(v, captured-i) {
				return
			}
		}
	}
}

// name returns the function's name, or that of the function around a literal.
func (f *fn) name() string {
	for f.outer != nil {
		f = f.outer
	}
	if f.decl != nil {
		return f.decl.Name.Name
	}
	return ""
}

// enclosing returns the nearest ancestor of n for which ok holds, within the
// function body.
func (f *fn) enclosing(n ast.Node, ok func(ast.Node) bool) ast.Node {
	for p := f.parent[n]; p != nil && p != f.body; p = f.parent[p] {
		if ok(p) {
			return p
		}
	}
	return nil
}

// statement returns the statement of a list that n belongs to.
func (u *unit) statement(n ast.Node) ast.Stmt {
	for n != nil {
		p := u.parent[n]
		switch p.(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			if s, ok := n.(ast.Stmt); ok {
				return s
			}
		case *ast.FuncLit, nil:
			return nil
		}
		n = p
	}
	return nil
}
