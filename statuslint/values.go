package statuslint

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// intConst returns the value of an integer constant.
func (e *engine) intConst(x ast.Expr) (int, bool) {
	tv, ok := e.info.Types[x]
	if !ok || tv.Value == nil || tv.Value.Kind() != constant.Int {
		return 0, false
	}
	n, exact := constant.Int64Val(tv.Value)
	if !exact || n != int64(int(n)) {
		return 0, false
	}
	return int(n), true
}

// statusConst returns the value of a constant that looks like a status.
func (e *engine) statusConst(x ast.Expr) (int, bool) {
	n, ok := e.intConst(x)
	return n, ok && 100 <= n && n <= 599
}

// stringConst returns the value of a string constant.
func (e *engine) stringConst(x ast.Expr) (string, bool) {
	tv, ok := e.info.Types[x]
	if !ok || tv.Value == nil || tv.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(tv.Value), true
}

func (e *engine) objectOf(id *ast.Ident) types.Object {
	if o := e.info.Uses[id]; o != nil {
		return o
	}
	return e.info.Defs[id]
}

func (e *engine) typeOf(x ast.Expr) types.Type {
	if tv, ok := e.info.Types[x]; ok {
		return tv.Type
	}
	if id, ok := x.(*ast.Ident); ok {
		if o := e.objectOf(id); o != nil {
			return o.Type()
		}
	}
	return nil
}

// plainVar returns the variable that x reads, through conversions.
func (u *unit) plainVar(x ast.Expr) *types.Var { return u.e.plainVar(x) }

func (e *engine) plainVar(x ast.Expr) *types.Var {
	for {
		switch y := ast.Unparen(x).(type) {
		case *ast.Ident:
			v, _ := e.objectOf(y).(*types.Var)
			return v
		case *ast.CallExpr:
			if tv, ok := e.info.Types[y.Fun]; ok && tv.IsType() && len(y.Args) == 1 {
				x = y.Args[0]
				continue
			}
			return nil
		default:
			return nil
		}
	}
}

// onlyValue returns the one expression that a variable gets its value from, or
// nil.
func (u *unit) onlyValue(v *types.Var) ast.Expr {
	if len(u.values[v]) != 1 {
		return nil
	}
	return u.values[v][0]
}

// keyVar returns the variable or field that x reads.
func (f *fn) keyVar(x ast.Expr) *types.Var {
	if sel, ok := ast.Unparen(x).(*ast.SelectorExpr); ok {
		v, _ := f.e.objectOf(sel.Sel).(*types.Var)
		return v
	}
	return f.plainVar(x)
}

func isInt(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

var errorInterface = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

func isErrorVar(t types.Type) bool {
	return t != nil && types.Identical(t, types.Universe.Lookup("error").Type())
}

func (f *fn) isError(x ast.Expr) bool {
	t := f.e.typeOf(x)
	return t != nil && types.Implements(t, errorInterface)
}

func deref(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// rangedKeys lists the names that a variable goes through in a loop around n,
// where the loop is over a literal that nothing changes: the fields that every
// response of a server gets.
func (f *fn) rangedKeys(name ast.Expr, n ast.Node) (keys []string, ok bool) {
	v := f.plainVar(name)
	loop := f.loopOf(v, n)
	if loop == nil {
		return nil, false
	}
	over, _ := ast.Unparen(loop.X).(*ast.CompositeLit)
	if table := f.plainVar(loop.X); table != nil {
		over = f.e.literalOf(table)
	}
	if over == nil {
		return nil, false
	}
	for _, x := range over.Elts {
		if kv, ok := x.(*ast.KeyValueExpr); ok {
			x = kv.Value
			if f.plainVar(loop.Key) == v {
				x = kv.Key
			}
		}
		key, ok := f.e.stringConst(x)
		if !ok {
			return nil, false
		}
		keys = append(keys, key)
	}
	return keys, true
}

// loopOf returns the loop around n that a variable is the key or the value of.
func (f *fn) loopOf(v *types.Var, n ast.Node) *ast.RangeStmt {
	if v == nil {
		return nil
	}
	loop, _ := f.enclosing(n, func(p ast.Node) bool {
		r, ok := p.(*ast.RangeStmt)
		return ok && r.Key != nil && (f.plainVar(r.Key) == v || r.Value != nil && f.plainVar(r.Value) == v)
	}).(*ast.RangeStmt)
	return loop
}

// rangeOver returns what the loop goes over that a variable is the key of, or
// nil.
func (f *fn) rangeOver(name ast.Expr, n ast.Node) ast.Expr {
	if loop := f.loopOf(f.plainVar(name), n); loop != nil {
		return loop.X
	}
	return nil
}

// isConfigured reports whether an expression reads a configuration, by its
// words.
func isConfigured(x ast.Expr) bool {
	text := strings.ToLower(types.ExprString(x))
	for _, word := range []string{"config", "conf.", "cfg", "setting", "option", "opts."} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// literalOf returns the literal that a variable of the package is declared with,
// or nil if there is none or something may change it.
func (e *engine) literalOf(v *types.Var) (lit *ast.CompositeLit) {
	changed := false
	is := func(x ast.Expr) bool {
		if ix, ok := ast.Unparen(x).(*ast.IndexExpr); ok {
			x = ix.X
		}
		id, ok := ast.Unparen(x).(*ast.Ident)
		return ok && e.objectOf(id) == v
	}
	declared := func(name, value ast.Expr) {
		if id, ok := name.(*ast.Ident); ok && e.info.Defs[id] == v {
			lit, _ = ast.Unparen(value).(*ast.CompositeLit)
		} else if is(name) {
			changed = true
		}
	}
	for _, file := range e.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, id := range n.Names {
					if i < len(n.Values) {
						declared(id, n.Values[i])
					}
				}
			case *ast.AssignStmt:
				for i, l := range n.Lhs {
					declared(l, n.Rhs[min(i, len(n.Rhs)-1)])
				}
			case *ast.UnaryExpr:
				changed = changed || n.Op == token.AND && is(n.X)
			case *ast.CallExpr: // maps.Copy(table, more)
				for _, a := range n.Args {
					id, ok := ast.Unparen(a).(*ast.Ident)
					changed = changed || ok && e.objectOf(id) == v && !e.info.Types[n.Fun].IsBuiltin()
				}
			}
			return true
		})
	}
	if changed {
		return nil
	}
	return lit
}
