package statuslint

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"

	"golang.org/x/tools/go/analysis"
)

// A finding is a mistake, before flags and directives have their say.
type finding struct {
	rule   *Rule
	node   ast.Node
	stmt   token.Pos // of the statement: each has one report
	text   string
	within token.Pos // the declaration that it is in, or NoPos
	fix    []analysis.SuggestedFix
}

// report adds a finding.
func (e *engine) report(id string, node ast.Node, text string, fix ...analysis.SuggestedFix) {
	e.reportIn(nil, id, node, text, fix...)
}

func (e *engine) reportIn(u *unit, id string, node ast.Node, text string, fix ...analysis.SuggestedFix) {
	rule, ok := lookupRule(id)
	if !ok {
		panic("statuslint: no rule " + id)
	}
	at := node.Pos()
	if u != nil {
		if s := u.statement(node); s != nil {
			at = s.Pos()
		}
	}
	f := &finding{rule: rule, node: node, stmt: at, text: text, fix: fix}
	if u != nil {
		f.within = u.root.Pos()
	}
	e.lazy.findings = append(e.lazy.findings, f)
}

// joined makes one finding of the many 405s of one function, as a router has
// that tests the method of each of its routes.
func (e *engine) joined(list []*finding) []*finding {
	const few = 2
	same := make(map[token.Pos][]*finding)
	for _, f := range list {
		if f.rule.ID == "S-405-allow" && f.within.IsValid() {
			same[f.within] = append(same[f.within], f)
		}
	}
	drop := make(map[*finding]bool)
	for _, fs := range same {
		if len(fs) <= few {
			continue
		}
		first := *fs[0]
		first.text += fmt.Sprintf(", and so are %d more in this function", len(fs)-1)
		first.fix = nil
		var edits []analysis.TextEdit
		for _, f := range fs {
			if len(f.fix) == 0 {
				edits = nil
				break
			}
			edits = append(edits, f.fix[0].TextEdits...)
		}
		if edits != nil {
			first.fix = []analysis.SuggestedFix{{Message: "Set Allow to the methods tested", TextEdits: edits}}
		}
		for _, f := range fs {
			drop[f] = true
		}
		list = append(list, &first)
	}
	if len(drop) == 0 {
		return list
	}
	list = slices.DeleteFunc(list, func(f *finding) bool { return drop[f] })
	sort.Slice(list, func(i, j int) bool { return list[i].node.Pos() < list[j].node.Pos() })
	return list
}

// results returns the findings of the package. They are made on the first call:
// in a package that only gives facts to others, none is asked for.
func (e *engine) results() []*finding {
	e.lazy.once.Do(e.check)
	return e.lazy.findings
}

// check runs every rule.
func (e *engine) check() {
	for _, f := range e.funcs.done {
		if e.silentFile(f.body.Pos()) {
			continue
		}
		f.check()
	}
	if e.web || len(e.funcs.done) > 0 {
		e.checkCarriers()
	}
	e.checkSyntax()
	e.checkDirectives()
}

// check runs the rules that go by the events of one function.
func (f *fn) check() {
	if f.writerType() {
		return
	}
	if f.outer != nil {
		// What the function around it sets may be set by the time this one runs.
		start := make(map[*types.Var]fields)
		for v := range f.roots {
			if _, own := f.params[v]; !own {
				for g := f.outer; g != nil; g = g.outer {
					start[v] |= g.ever(v)
				}
			}
		}
		f.in = f.flow(start)
	}
	for _, b := range f.cfg.Blocks {
		if !b.Live {
			continue
		}
		for i := range f.blocks[b.Index] {
			ev := &f.blocks[b.Index][i]
			switch ev.kind {
			case evAnswer:
				f.checkFields(b, i, ev)
				f.checkCode(b, ev)
				f.checkOrder(b, i, ev)
				f.checkContent(b, i, ev)
			case evWrite:
				f.checkOrder(b, i, ev)
				f.checkNotFound(b, i, ev)
			case evStatus:
				f.checkVariable(b, i, ev)
			case evAssign:
				f.checkZero(b, i, ev)
			case evSet:
				f.checkLength(b, i, ev)
			}
		}
	}
}

// writerType reports whether f is one of the methods by which a type is a
// writer itself. It passes on what others decide, and may keep it back.
func (f *fn) writerType() bool {
	g := f
	for g.outer != nil {
		g = g.outer
	}
	if g.decl == nil || g.sig == nil || g.sig.Recv() == nil {
		return false
	}
	switch f.e.role(g.sig.Recv().Type()) {
	case roleGin, roleEcho, roleFiber:
		return true // the framework itself
	}
	switch g.decl.Name.Name {
	case "WriteHeader", "Write", "Header", "Flush", "ReadFrom", "WriteString", "FlushError", "Hijack":
	default:
		return false
	}
	for i := range g.sig.Params().Len() {
		if f.e.role(g.sig.Params().At(i).Type()) != roleNone {
			return false // another method of that name: it is given the writer
		}
	}
	return true
}
