package statuslint

import (
	"go/ast"
	"go/constant"
	"go/types"
)

// statusConst returns the value of an integer constant.
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
