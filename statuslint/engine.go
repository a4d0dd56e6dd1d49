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
)

// The engine, file by file, in the order in which a package goes through it:
//
//	engine.go     one package; lookups that are made when they are asked for
//	function.go   one declaration (unit) and one function body (fn)
//	roles.go      what leads to a response: a writer, a header, a context
//	refs.go       which variables lead to the same response
//	values.go     constants, variables, literals
//
//	events.go     a function as a list of events per block: a field is set, a status is sent, content is written
//	known.go      the calls that are known by name, as rows; interpret.go reads the rows
//	calls.go      every other call: by the fact of the callee, or as something unknown
//	outcomes.go   calls whose result says whether they answered
//	hoist.go      fields that are set under a test of themselves
//
//	flow.go       which fields are surely set where
//	facts.go      what callers and other packages are told; summary.go makes it of one function
//	carriers.go   statuses that travel in fields of structs; sources.go follows one back from where it is sent
//	handling.go   what becomes of such a value
//
//	findings.go   runs the rules, each in its check_*.go; fixes.go has the edits, silence.go the directives
//	paths.go      what may follow on an event, leaving out what a test contradicts: feasible.go
//	goeson.go     what a handler does after an answer, short of another one
//	inputs.go     whether an error is about the request; request.go and derived.go, whether a branch is about its method

// engineAnalyzer is the engine of the analyzers that this package has ready.
var engineAnalyzer = newEngine(&shared)

// newEngine returns the analyzer that finds out how each function answers
// requests, tells other packages by facts, and hands the findings to the
// analyzers of the groups.
func newEngine(s *Settings) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:       "statuslintflow",
		Doc:        "find out how functions answer HTTP requests\n\nThis analyzer reports nothing; the statuslint analyzers rest on it.",
		Requires:   []*analysis.Analyzer{ctrlflow.Analyzer},
		ResultType: reflect.TypeFor[*engine](),
		FactTypes:  []analysis.Fact{new(funcFact), new(packageFact)},
		Run:        func(pass *analysis.Pass) (any, error) { return runEngine(pass, s) },
	}
}

// An engine holds what is known of one package.
type engine struct {
	pass     *analysis.Pass
	info     *types.Info
	cfgs     *ctrlflow.CFGs
	web      bool // the package can answer requests
	settings *Settings
	writers  map[callName]*knownCall // of the settings
	roles    map[types.Type]role
	funcs    functions
	carry    carriers
	lazy     lookups
}

// functions is what is known of functions and methods.
type functions struct {
	decls    map[*types.Func]*fn       // the package's functions
	lits     map[*ast.FuncLit]*fn      // and its function literals
	done     []*fn                     // both, those that matter, in order of completion
	held     map[*types.Var]heldLit    // literals that variables of the package hold for good
	imported map[*types.Func]*funcFact // facts of other packages' functions; nil if there is none
}

// carriers is what is known of statuses that travel in values.
type carriers struct {
	sinks   map[string]fields // struct fields that a function answers with
	own     []ownSink         // those of this package
	methods map[string]fields // and the methods of interfaces
	called  []calledMethod    // those of this package
	getters []getter          // methods that return a struct field
	results map[*types.Func]*resultSink
	tables  map[*types.Var]fields // maps and arrays whose elements are answered with
	below   []carriedConst        // constants from packages below
	mine    []carriedConst        // constants of this package
}

// lookups is what is made when it is asked for.
type lookups struct {
	routes          map[any]string    // handlers by the method they are registered for
	trailers        map[string]bool   // the names that Trailer fields declare
	dynamicTrailers map[ast.Node]bool // the declarations that declare names which are not known
	routed          map[any]bool      // handlers for which a router sets Allow
	callers         map[types.Object][]*ast.FuncDecl
	assigned        map[types.Object]bool // variables that are assigned behind their declaration
	silent          map[*ast.File]bool
	names           map[int]string        // net/http's constants
	senders         map[*types.Func]int   // the parameter with the method of what sends a request; -1 if there is none
	derived         map[types.Object]bool // what is made of the method of a request
	findings        []*finding
	once            sync.Once // of the findings
}

func runEngine(pass *analysis.Pass, s *Settings) (any, error) {
	e := &engine{
		settings: s,
		pass:     pass,
		info:     pass.TypesInfo,
		cfgs:     pass.ResultOf[ctrlflow.Analyzer].(*ctrlflow.CFGs),
		roles:    make(map[types.Type]role),
		funcs: functions{
			decls:    make(map[*types.Func]*fn),
			held:     make(map[*types.Var]heldLit),
			lits:     make(map[*ast.FuncLit]*fn),
			imported: make(map[*types.Func]*funcFact),
		},
		carry: carriers{
			sinks:   make(map[string]fields),
			methods: make(map[string]fields),
			results: make(map[*types.Func]*resultSink),
			tables:  make(map[*types.Var]fields),
		},
		lazy: lookups{silent: make(map[*ast.File]bool)},
	}
	for _, text := range s.Writers {
		if row, err := parseWriter(text); err == nil {
			if e.writers == nil {
				e.writers = make(map[callName]*knownCall)
			}
			e.writers[callName{row.pkg, row.recv, row.names}] = row
		}
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
			e.carry.below = append(e.carry.below, p.Carried...)
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
				e.funcs.decls[obj] = &fn{unit: u, decl: d, obj: obj, body: d.Body, sig: obj.Signature()}
			case *ast.GenDecl:
				if d.Tok == token.VAR {
					u := &unit{e: e, root: d}
					units = append(units, u)
					e.holdFunctions(u, d)
				}
			}
		}
	}
	for _, u := range units {
		if d, ok := u.root.(*ast.FuncDecl); ok {
			e.summarise(e.funcs.decls[e.info.Defs[d.Name].(*types.Func)])
			continue
		}
		if u.parent != nil || u.concerned() {
			u.prepare()
			u.literals(u.root, nil)
		}
	}
	e.export()
	return e, nil
}

// A heldLit is a function literal that a variable of the package is declared
// with.
type heldLit struct {
	u   *unit
	lit *ast.FuncLit
}

// holdFunctions notes the literals that the variables of a declaration hold.
func (e *engine) holdFunctions(u *unit, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		vs, ok := spec.(*ast.ValueSpec)
		if !ok || len(vs.Names) != len(vs.Values) {
			continue
		}
		for i, id := range vs.Names {
			lit, isLit := vs.Values[i].(*ast.FuncLit)
			if v, ok := e.info.Defs[id].(*types.Var); ok && isLit {
				e.funcs.held[v] = heldLit{u, lit}
			}
		}
	}
}

// heldFunction returns the literal that a variable of the package holds, unless
// the package gives it another one.
func (e *engine) heldFunction(v *types.Var) *fn {
	h, ok := e.funcs.held[v]
	if !ok || e.assignedTo(v) {
		return nil
	}
	h.u.prepare()
	return h.u.literal(h.lit, nil)
}

// assignedTo reports whether a variable of the package is assigned behind its
// declaration.
func (e *engine) assignedTo(v *types.Var) bool {
	if e.lazy.assigned == nil {
		e.lazy.assigned = make(map[types.Object]bool)
		for _, file := range e.pass.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				if as, ok := n.(*ast.AssignStmt); ok {
					for _, l := range as.Lhs {
						if id, ok := l.(*ast.Ident); ok && e.info.Uses[id] != nil {
							e.lazy.assigned[e.info.Uses[id]] = true
						}
					}
				}
				return true
			})
		}
	}
	return e.lazy.assigned[v]
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

// knows reports whether calls of f are of interest.
func (e *engine) knows(f *types.Func) bool {
	f = f.Origin()
	if f.Pkg() == nil {
		return false
	}
	if g, ok := e.funcs.decls[f]; ok {
		e.summarise(g)
		return g.fact != nil && !g.fact.empty() || e.writerRow(f) != nil
	}
	if f.Pkg() == e.pass.Pkg {
		return e.writerRow(f) != nil
	}
	switch f.Pkg().Path() {
	case libraryPath + "/statushttp":
		return true
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
	return e.imported(f) != nil || e.writerRow(f) != nil
}

// imported returns what another package says of its function, or nil.
func (e *engine) imported(f *types.Func) *funcFact {
	if fact, ok := e.funcs.imported[f]; ok {
		return fact
	}
	var fact *funcFact
	if got := new(funcFact); e.pass.ImportObjectFact(f, got) {
		fact = got
	}
	e.funcs.imported[f] = fact
	return fact
}

// analysed reports whether a package's functions have facts, so that the
// absence of one says something.
func (e *engine) analysed(pkg *types.Package) bool {
	if pkg == nil || pkg == e.pass.Pkg {
		return true
	}
	var fact packageFact
	return e.pass.ImportPackageFact(pkg, &fact)
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
