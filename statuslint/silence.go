package statuslint

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

// silentFile reports whether the file at pos is left alone: a test, or
// generated.
func (e *engine) silentFile(pos token.Pos) bool {
	for _, file := range e.pass.Files {
		if file.FileStart <= pos && pos < file.FileEnd {
			silent, ok := e.lazy.silent[file]
			if !ok {
				silent = strings.HasSuffix(e.pass.Fset.Position(file.FileStart).Filename, "_test.go") || ast.IsGenerated(file)
				e.lazy.silent[file] = silent
			}
			return silent
		}
	}
	return true // cgo, or made up
}

// A directive is a comment that silences findings on some lines.
type directive struct {
	file  string
	first int
	last  int
	rules string // the rules, separated by commas; "" for all
}

// directives reads the //statuslint:ignore and //nolint comments.
func (e *engine) directives() []directive {
	var list []directive
	for _, file := range e.pass.Files {
		var nodes map[int]ast.Node
		for _, group := range file.Comments {
			for _, c := range group.List {
				rules, ok := parseDirective(c.Text)
				if !ok {
					continue
				}
				if nodes == nil {
					nodes = e.lines(file)
				}
				p := e.pass.Fset.Position(c.Pos())
				d := directive{file: p.Filename, first: p.Line, last: p.Line, rules: rules}
				// On a line of its own it is about what follows: the next line, or
				// the statement or function that starts there.
				line := p.Line
				if n := nodes[line]; n == nil || n.Pos() > c.Pos() {
					line = e.pass.Fset.Position(group.End()).Line + 1
				}
				if n := nodes[line]; n != nil {
					d.last = e.pass.Fset.Position(n.End()).Line
				} else if c.Pos() < file.Package && strings.HasPrefix(c.Text, "//nolint") {
					d.last = 1 << 30 // before the package clause: the whole file
				}
				list = append(list, d)
			}
		}
	}
	return list
}

// declaresSessions reports whether a file of the package says that the package
// logs in by a form and a cookie, so that its 401s have no challenge on purpose.
func (e *engine) declaresSessions() bool {
	for _, file := range e.pass.Files {
		for _, group := range file.Comments {
			for _, c := range group.List {
				if c.Text == "//statuslint:session-auth" || strings.HasPrefix(c.Text, "//statuslint:session-auth ") {
					return true
				}
			}
		}
	}
	return false
}

// checkDirectives looks for a directive that silences everything, or nothing.
func (e *engine) checkDirectives() {
	for _, file := range e.pass.Files {
		if e.silentFile(file.FileStart) {
			continue
		}
		for _, group := range file.Comments {
			for _, c := range group.List {
				rest, ok := strings.CutPrefix(c.Text, "//statuslint:")
				if !ok {
					continue
				}
				words := strings.Fields(rest)
				switch {
				case len(words) > 0 && words[0] == "session-auth":
				case len(words) == 0 || words[0] != "ignore":
					name := "statuslint:" + strings.Join(words[:min(1, len(words))], "")
					e.report("S-ignore", c, fmt.Sprintf("there is no directive %q; there are ignore and session-auth", name))
				case len(words) == 1:
					e.report("S-ignore", c, "the directive names no rule; name those that it is about, or all")
				default:
					for _, id := range strings.Split(words[1], ",") {
						if _, ok := lookupRule(id); !ok && id != "all" {
							e.report("S-ignore", c, "the directive silences nothing: "+noRule(id).Error())
						}
					}
				}
			}
		}
	}
}

// lines maps each line to the outermost statement or declaration that starts
// on it.
func (e *engine) lines(file *ast.File) map[int]ast.Node {
	nodes := make(map[int]ast.Node)
	ast.Inspect(file, func(n ast.Node) bool {
		switch n.(type) {
		case ast.Stmt, ast.Decl, ast.Spec, *ast.KeyValueExpr:
			if _, ok := n.(*ast.BlockStmt); ok {
				return true
			}
			pos := n.Pos()
			line := e.pass.Fset.Position(pos).Line
			if _, ok := nodes[line]; !ok {
				nodes[line] = n
			}
		}
		return true
	})
	return nodes
}

// parseDirective returns the rules that a comment silences; "" is all of them.
func parseDirective(text string) (rules string, ok bool) {
	if rest, ok := strings.CutPrefix(text, "//statuslint:ignore"); ok {
		fields := strings.Fields(rest)
		if len(fields) == 0 {
			return "", rest == ""
		}
		if rest[0] != ' ' && rest[0] != '\t' {
			return "", false
		}
		if fields[0] == "all" {
			return "", true
		}
		return fields[0], true
	}
	rest, ok := strings.CutPrefix(text, "//nolint")
	if !ok {
		return "", false
	}
	rest, _, _ = strings.Cut(rest, " ")
	if rest == "" {
		return "", true
	}
	names, ok := strings.CutPrefix(rest, ":")
	if !ok {
		return "", false
	}
	for _, n := range strings.Split(names, ",") {
		if n == "statuslint" || n == "all" {
			return "", true
		}
	}
	return "", false
}

// silences reports whether the directive is about a finding.
func (d directive) silences(rule, file string, line, end int) bool {
	if d.file != file || end < d.first || line > d.last {
		return false
	}
	if d.rules == "" {
		return true
	}
	for _, r := range strings.Split(d.rules, ",") {
		if r == rule {
			return true
		}
	}
	return false
}
