package statuslint

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/cfg"
)

// A knowledge is what a path knows of a variable: a constant, or whether it is
// nil. With neither, the path depends on it in a way that cannot be followed.
type knowledge struct {
	val    constant.Value
	isNil  bool
	notNil bool
}

// learn updates what is known after an assignment. The map is copied: other
// paths keep theirs.
func learn(know map[*types.Var]knowledge, ev *event) map[*types.Var]knowledge {
	_, had := know[ev.v]
	k := knowledge{val: ev.val, isNil: ev.isNil}
	useful := k.val != nil || k.isNil
	if !had && !useful {
		return know
	}
	next := make(map[*types.Var]knowledge, len(know)+1)
	for v, k := range know {
		next[v] = k
	}
	if useful {
		next[ev.v] = k
	} else {
		delete(next, ev.v)
	}
	return next
}

// given collects what must hold where n stands: the conditions of the ifs and
// cases around it, and the assignments before it in the same lists.
func (f *fn) given(n ast.Node) map[*types.Var]knowledge {
	know := make(map[*types.Var]knowledge)
	child := n
	for p := f.parent[n]; p != nil && child != f.body; child, p = p, f.parent[p] {
		switch s := p.(type) {
		case *ast.IfStmt:
			switch child {
			case s.Body:
				f.assume(s.Cond, true, know)
			case s.Else:
				f.assume(s.Cond, false, know)
			}
		case *ast.CaseClause:
			sw, ok := f.parent[f.parent[s]].(*ast.SwitchStmt)
			if !ok {
				break
			}
			if sw.Tag != nil {
				f.relate(sw.Tag, know)
				if v := f.keyVar(sw.Tag); v != nil && len(s.List) == 1 {
					if tv := f.e.info.Types[s.List[0]]; tv.Value != nil {
						know[v] = knowledge{val: tv.Value}
					}
				}
			} else if len(s.List) == 1 {
				f.assume(s.List[0], true, know)
			} else {
				for _, x := range s.List {
					f.relate(x, know)
				}
			}
			f.preceding(s.Body, child, know)
		case *ast.CommClause:
			f.preceding(s.Body, child, know)
		case *ast.BlockStmt:
			if s != f.body {
				f.preceding(s.List, child, know)
			}
		}
	}
	return know
}

// preceding relates the variables that are assigned in a list before the
// statement: what they hold goes with having been here.
func (f *fn) preceding(list []ast.Stmt, until ast.Node, know map[*types.Var]knowledge) {
	for _, s := range list {
		if s == until {
			return
		}
		as, ok := s.(*ast.AssignStmt)
		if !ok || as.Tok == token.DEFINE {
			continue
		}
		for i, l := range as.Lhs {
			v := f.plainVar(l)
			if v == nil {
				continue
			}
			k := knowledge{}
			if len(as.Rhs) == len(as.Lhs) {
				tv := f.e.info.Types[as.Rhs[i]]
				k.val, k.isNil = tv.Value, tv.IsNil()
			}
			if _, ok := know[v]; !ok || k.val != nil || k.isNil {
				know[v] = k
			}
		}
	}
}

// relate notes the variables of x as ones that the path depends on.
func (f *fn) relate(x ast.Expr, know map[*types.Var]knowledge) {
	for v := range f.variables(x) {
		if _, ok := know[v]; !ok {
			know[v] = knowledge{}
		}
	}
}

// variables lists the variables in x, without writers and requests. A field
// stands for itself, not for the variable that it is a field of.
func (f *fn) variables(x ast.Node) map[*types.Var]bool {
	vars := make(map[*types.Var]bool)
	base := make(map[*ast.Ident]bool)
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok {
				base[id] = true
			}
		case *ast.Ident:
			if v, ok := f.e.objectOf(n).(*types.Var); ok && !base[n] && f.e.role(v.Type()) == roleNone {
				vars[v] = true
			}
		}
		return true
	})
	return vars
}

// assume notes what follows from a condition that is true or false.
func (f *fn) assume(cond ast.Expr, holds bool, know map[*types.Var]knowledge) {
	f.relate(cond, know)
	put := func(v *types.Var, k knowledge) {
		if v != nil {
			know[v] = k
		}
	}
	switch c := ast.Unparen(cond).(type) {
	case *ast.Ident:
		put(f.keyVar(c), knowledge{val: constant.MakeBool(holds)})
	case *ast.UnaryExpr:
		if c.Op == token.NOT {
			f.assume(c.X, !holds, know)
		}
	case *ast.BinaryExpr:
		switch c.Op {
		case token.LAND:
			if holds {
				f.assume(c.X, true, know)
				f.assume(c.Y, true, know)
			}
		case token.LOR:
			if !holds {
				f.assume(c.X, false, know)
				f.assume(c.Y, false, know)
			}
		case token.EQL, token.NEQ:
			equal := (c.Op == token.EQL) == holds
			x, y := c.X, c.Y
			if f.keyVar(x) == nil {
				x, y = y, x
			}
			tv := f.e.info.Types[y]
			switch {
			case tv.IsNil() && equal:
				put(f.keyVar(x), knowledge{isNil: true})
			case tv.IsNil():
				put(f.keyVar(x), knowledge{notNil: true})
			case tv.Value != nil && equal:
				put(f.keyVar(x), knowledge{val: tv.Value})
			case equal && isErrorVar(f.e.typeOf(x)):
				put(f.keyVar(x), knowledge{notNil: true}) // err == io.EOF
			}
		}
	case *ast.CallExpr:
		// errors.Is(err, X) holds only of an error that is there.
		if sel, ok := c.Fun.(*ast.SelectorExpr); ok && holds && len(c.Args) > 0 && (sel.Sel.Name == "Is" || sel.Sel.Name == "As") {
			if o, ok := f.e.objectOf(sel.Sel).(*types.Func); ok && o.Pkg() != nil && o.Pkg().Path() == "errors" {
				put(f.keyVar(c.Args[0]), knowledge{notNil: true})
			}
		}
	}
}

type answer3 uint8

const (
	unknown answer3 = iota
	yes
	no
)

func truth(b bool) answer3 {
	if b {
		return yes
	}
	return no
}

// eval evaluates a condition by what is known, and reports whether it depends
// on something that led here. tag is that of the switch, or nil.
func (f *fn) eval(cond, tag ast.Expr, know map[*types.Var]knowledge) (answer3, bool) {
	if tag != nil {
		v := f.keyVar(tag)
		if k, ok := know[v]; ok && v != nil && k.val != nil {
			if tv := f.e.info.Types[cond]; tv.Value != nil && k.val.Kind() == tv.Value.Kind() {
				return truth(constant.Compare(k.val, token.EQL, tv.Value)), true
			}
		}
		related := f.depends(tag, know)
		if !related {
			related = f.depends(cond, know)
		}
		return unknown, related
	}
	switch c := ast.Unparen(cond).(type) {
	case *ast.Ident:
		if k, ok := know[f.keyVar(c)]; ok && k.val != nil && k.val.Kind() == constant.Bool {
			return truth(constant.BoolVal(k.val)), true
		}
	case *ast.UnaryExpr:
		if c.Op == token.NOT {
			switch val, rel := f.eval(c.X, nil, know); val {
			case yes:
				return no, rel
			case no:
				return yes, rel
			}
		}
	case *ast.BinaryExpr:
		switch c.Op {
		case token.LAND, token.LOR:
			x, _ := f.eval(c.X, nil, know)
			y, _ := f.eval(c.Y, nil, know)
			short, long := no, yes
			if c.Op == token.LOR {
				short, long = yes, no
			}
			if x == short || y == short {
				return short, true
			}
			if x == long && y == long {
				return long, true
			}
		case token.EQL, token.NEQ:
			x, y := c.X, c.Y
			if f.keyVar(x) == nil {
				x, y = y, x
			}
			k, ok := know[f.keyVar(x)]
			if !ok {
				break
			}
			tv := f.e.info.Types[y]
			switch {
			case tv.IsNil() && k.isNil:
				return truth(c.Op == token.EQL), true
			case tv.IsNil() && k.notNil:
				return truth(c.Op == token.NEQ), true
			case tv.Value != nil && k.val != nil && tv.Value.Kind() == k.val.Kind():
				return truth(constant.Compare(k.val, c.Op, tv.Value)), true
			}
		}
	}
	related := f.depends(cond, know)
	return unknown, related
}

// depends reports whether x reads something that is known.
func (f *fn) depends(x ast.Expr, know map[*types.Var]knowledge) bool {
	for v := range f.variables(x) {
		if _, ok := know[v]; ok {
			return true
		}
	}
	return false
}

// condition returns the condition at the end of a block, and the tag of the
// switch that it is a case of.
func (f *fn) condition(b *cfg.Block) (cond, tag ast.Expr) {
	if len(b.Nodes) == 0 || b.Kind == cfg.KindRangeLoop {
		return nil, nil
	}
	cond, ok := b.Nodes[len(b.Nodes)-1].(ast.Expr)
	if !ok {
		return nil, nil
	}
	if cc, ok := f.parent[cond].(*ast.CaseClause); ok {
		if sw, ok := f.parent[f.parent[cc]].(*ast.SwitchStmt); ok {
			return cond, sw.Tag
		}
		return nil, nil
	}
	return cond, nil
}
