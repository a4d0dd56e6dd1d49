package statuslint

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/ctrlflow"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/cfg"
)

// engineAnalyzer finds out how each function answers requests, tells other
// packages by facts, and hands the findings to the analyzers of the groups.
var engineAnalyzer = &analysis.Analyzer{
	Name:       "statuslintflow",
	Doc:        "find out how functions answer HTTP requests\n\nThis analyzer reports nothing; the statuslint analyzers rest on it.",
	Requires:   []*analysis.Analyzer{inspect.Analyzer, ctrlflow.Analyzer},
	ResultType: reflect.TypeFor[*engine](),
	FactTypes:  []analysis.Fact{new(funcFact), new(packageFact)},
	Run:        runEngine,
}

// An engine holds what is known of one package.
type engine struct {
	pass    *analysis.Pass
	info    *types.Info
	inspect *inspector.Inspector
	cfgs    *ctrlflow.CFGs
	kinds   map[types.Type]kind

	decls map[*types.Func]*fn  // the package's functions
	lits  map[*ast.FuncLit]*fn // and its function literals
	fns   []*fn                // both, those that matter, in order of completion

	facts    map[*types.Func]*funcFact // of other packages' functions; nil if there is none
	sinks    map[string]fields         // struct fields that a function answers with
	own      []ownSink                 // those of this package
	methods  map[string]fields         // and the methods of interfaces
	called   []calledMethod            // those of this package
	getters  []getter                  // methods that return a struct field
	results  map[*types.Func]*resultSink
	tables   map[*types.Var]fields // maps and arrays whose elements are answered with
	carried  []carriedConst        // constants from packages below
	mine     []carriedConst        // constants of this package
	web      bool                  // the package can answer requests
	routes   map[any]string        // handlers by the method they are registered for
	silent   map[*ast.File]bool
	names    map[int]string // net/http's constants
	findings []*finding
	once     sync.Once
}

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
	roots   map[*types.Var]int // index into the states of the dataflow
	blocks  [][]event          // by block index
	in      [][]fields         // by block index, then root
	local   []localAnswer      // answers through captured variables
	fact    *funcFact
	begun   bool
	skipped bool // a quick look found nothing in it
	inner   []*fn

	calls []*callSite // calls of this function within the package
}

// A localAnswer is an answer of a function literal through a variable of the
// function around it.
type localAnswer struct {
	answerFact
	w ref
}

// A callSite is one static call within the package.
type callSite struct {
	from *fn
	call *ast.CallExpr
	b    *cfg.Block
	i    int // index of the next event in b
}

func runEngine(pass *analysis.Pass) (any, error) {
	e := &engine{
		pass:    pass,
		info:    pass.TypesInfo,
		inspect: pass.ResultOf[inspect.Analyzer].(*inspector.Inspector),
		cfgs:    pass.ResultOf[ctrlflow.Analyzer].(*ctrlflow.CFGs),
		kinds:   make(map[types.Type]kind),
		decls:   make(map[*types.Func]*fn),
		lits:    make(map[*ast.FuncLit]*fn),
		facts:   make(map[*types.Func]*funcFact),
		sinks:   make(map[string]fields),
		methods: make(map[string]fields),
		results: make(map[*types.Func]*resultSink),
		tables:  make(map[*types.Var]fields),
		silent:  make(map[*ast.File]bool),
	}
	if len(pass.Files) == 0 {
		return e, nil // known by its export data alone: nothing to say, and nothing said
	}
	e.web = reachesHTTP(pass.Pkg)
	if !e.web && standard(pass) {
		return e, nil // nothing to find, and nothing that others build on
	}
	for _, f := range pass.AllPackageFacts() {
		if p, ok := f.Fact.(*packageFact); ok {
			for _, s := range p.Sinks {
				e.addSink(s.Field, s.Set)
			}
			e.carried = append(e.carried, p.Carried...)
		}
	}

	var units []*unit
	for _, file := range pass.Files {
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Body == nil {
					continue
				}
				obj, ok := e.info.Defs[d.Name].(*types.Func)
				if !ok {
					continue
				}
				u := &unit{e: e, root: d}
				units = append(units, u)
				e.decls[obj] = &fn{unit: u, decl: d, obj: obj, body: d.Body, sig: obj.Signature()}
			case *ast.GenDecl:
				if d.Tok == token.VAR {
					units = append(units, &unit{e: e, root: d})
				}
			}
		}
	}
	for _, u := range units {
		if d, ok := u.root.(*ast.FuncDecl); ok {
			e.summarise(e.decls[e.info.Defs[d.Name].(*types.Func)])
			continue
		}
		if u.concerned() {
			u.prepare()
			u.literals(u.root, nil)
		}
	}
	e.export()
	return e, nil
}

// reachesHTTP reports whether pkg imports net/http or a framework, itself or
// through others.
func reachesHTTP(pkg *types.Package) bool {
	seen := make(map[*types.Package]bool)
	var visit func(p *types.Package) bool
	visit = func(p *types.Package) bool {
		if p.Path() == "net/http" || framework(p.Path()) != "" {
			return true
		}
		if seen[p] {
			return false
		}
		seen[p] = true
		for _, q := range p.Imports() {
			if visit(q) {
				return true
			}
		}
		return false
	}
	return visit(pkg)
}

// standard reports whether the package looks like one of the standard
// library: the first element of its path has no dot.
func standard(pass *analysis.Pass) bool {
	if pass.Module != nil {
		return false
	}
	first, _, _ := strings.Cut(pass.Pkg.Path(), "/")
	return !strings.Contains(first, ".")
}

// addSink records that values of a struct field are answered with, and which
// header fields go along. If several functions do it, the kindest counts.
func (e *engine) addSink(field string, set fields) {
	e.sinks[field] |= set
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
				found = u.e.web && u.e.kind(o.Type()).answers()
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

// knows reports whether calls of f are of interest.
func (e *engine) knows(f *types.Func) bool {
	f = f.Origin()
	if f.Pkg() == nil {
		return false
	}
	if g, ok := e.decls[f]; ok {
		e.summarise(g)
		return g.fact != nil && !g.fact.empty()
	}
	if f.Pkg() == e.pass.Pkg {
		return false
	}
	switch f.Pkg().Path() {
	case "net/http":
		switch f.Name() {
		case "Error", "Redirect", "NotFound":
			return true
		}
		return false
	}
	if framework(f.Pkg().Path()) != "" {
		return true
	}
	return e.imported(f) != nil
}

// imported returns what another package says of its function, or nil.
func (e *engine) imported(f *types.Func) *funcFact {
	if fact, ok := e.facts[f]; ok {
		return fact
	}
	var fact *funcFact
	if got := new(funcFact); e.pass.ImportObjectFact(f, got) {
		fact = got
	}
	e.facts[f] = fact
	return fact
}

// prepare builds the parent map and the alias table.
func (u *unit) prepare() {
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

// summarise makes the fact of a declared function, those that it calls first.
// A function that is still being looked at, because it calls itself, counts as
// one that does nothing.
func (e *engine) summarise(f *fn) {
	if f.begun {
		return
	}
	f.begun = true
	f.fact = &funcFact{}
	if !f.concerned() {
		f.skipped = true
		return
	}
	f.prepare()
	f.cfg = e.cfgs.FuncDecl(f.decl)
	if f.cfg == nil {
		return
	}
	f.analyse()
	if !f.fact.empty() {
		if f.obj.Pkg() == e.pass.Pkg {
			e.pass.ExportObjectFact(f.obj, f.fact)
		}
	}
}

// literal analyses a function literal, once.
func (u *unit) literal(lit *ast.FuncLit, outer *fn) *fn {
	if f, ok := u.e.lits[lit]; ok {
		return f
	}
	f := &fn{unit: u, lit: lit, outer: outer, body: lit.Body, fact: &funcFact{}, begun: true}
	u.e.lits[lit] = f
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
	f.in = f.flow(nil)
	f.conclude()
	f.e.fns = append(f.e.fns, f)
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
