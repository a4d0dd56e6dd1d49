package statuslint

import (
	"flag"
	"fmt"
	"go/token"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Analyzer looks for every kind of mistake in [Rules].
var Analyzer = newAnalyzer("statuslint", "", "find mistakes about HTTP status codes")

// The groups of rules, each as an analyzer of its own. A program that runs
// Analyzer does not need them.
var (
	// HeaderAnalyzer looks for a status without the field that goes with it.
	HeaderAnalyzer = newAnalyzer("statusheader", groupHeader, "find HTTP statuses that are sent without the header field that goes with them")
	// ContentAnalyzer looks for content that does not go with its status.
	ContentAnalyzer = newAnalyzer("statuscontent", groupContent, "find HTTP responses whose content does not go with their status")
	// OrderAnalyzer looks for steps of an answer that are taken out of order.
	OrderAnalyzer = newAnalyzer("statusorder", groupOrder, "find HTTP responses whose parts are written in the wrong order")
	// CodeAnalyzer looks for statuses that say something else than is meant.
	CodeAnalyzer = newAnalyzer("statuscode", groupCode, "find HTTP statuses that say something else than is meant")
	// ClientAnalyzer looks for clients that misread a status.
	ClientAnalyzer = newAnalyzer("statusclient", groupClient, "find HTTP clients that misread a status")
	// ValueAnalyzer looks for mistakes with httpstatus's own errors.
	ValueAnalyzer = newAnalyzer("statusvalue", groupValue, "find mistakes with the errors of package httpstatus")
)

// Analyzers returns the analyzers of the groups.
func Analyzers() []*analysis.Analyzer {
	return []*analysis.Analyzer{HeaderAnalyzer, ContentAnalyzer, OrderAnalyzer, CodeAnalyzer, ClientAnalyzer, ValueAnalyzer}
}

// options are the flags of one analyzer.
type options struct {
	enable, disable ruleList
	severity        severityFlag
}

func newAnalyzer(name, group, doc string) *analysis.Analyzer {
	o := &options{severity: severityFlag(Warning)}
	a := &analysis.Analyzer{
		Name:     name,
		Doc:      doc + "\n\nThe rules are listed in the documentation of package statuslint. Informative and noisy rules are off; -enable names those to switch on, -disable those to switch off.",
		URL:      "https://pkg.go.dev/example.com/httpstatus/statuslint",
		Requires: []*analysis.Analyzer{engineAnalyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			o.run(pass, group)
			return nil, nil
		},
	}
	a.Flags = *flag.NewFlagSet(name, flag.ExitOnError)
	a.Flags.Var(&o.enable, "enable", "rules to look for besides the usual ones, separated by commas; all for every rule")
	a.Flags.Var(&o.disable, "disable", "rules not to look for, separated by commas")
	a.Flags.Var(&o.severity, "severity", "least severity to report: error, warning or info")
	return a
}

// looks reports whether a rule is looked for.
func (o *options) looks(r *Rule) bool {
	switch {
	case o.disable.has(r.ID):
		return false
	case o.enable.has(r.ID) || o.enable.all:
		return true
	}
	return r.Severity >= Severity(o.severity) && !r.Noisy
}

// run reports the findings of a group, "" for all, in order, and one per
// statement: the most severe.
func (o *options) run(pass *analysis.Pass, group string) {
	e := pass.ResultOf[engineAnalyzer].(*engine)
	best := make(map[token.Pos]*finding)
	for _, f := range e.results() {
		if group != "" && f.rule.Group != group || !o.looks(f.rule) {
			continue
		}
		if old := best[f.stmt]; old == nil || f.outranks(old) {
			best[f.stmt] = f
		}
	}
	if len(best) == 0 {
		return
	}
	list := make([]*finding, 0, len(best))
	for _, f := range best {
		list = append(list, f)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].node.Pos() < list[j].node.Pos() })
	directives := e.directives()
next:
	for _, f := range list {
		start, end := pass.Fset.Position(f.stmt), pass.Fset.Position(f.node.End())
		for _, d := range directives {
			if d.silences(f.rule.ID, start.Filename, start.Line, end.Line) {
				continue next
			}
		}
		text := f.rule.ID + ": " + f.text
		if f.rule.Reference != "" {
			text += " (" + f.rule.Reference + ")"
		}
		pass.Report(analysis.Diagnostic{
			Pos:            f.node.Pos(),
			End:            f.node.End(),
			Category:       f.rule.ID,
			Message:        text,
			SuggestedFixes: f.fix,
		})
	}
}

// outranks reports whether f is to be reported rather than g: by severity, then
// by the order of the rules, then by place.
func (f *finding) outranks(g *finding) bool {
	if f.rule.Severity != g.rule.Severity {
		return f.rule.Severity > g.rule.Severity
	}
	if f.rule != g.rule {
		return ruleIndex(f.rule) < ruleIndex(g.rule)
	}
	return f.node.Pos() < g.node.Pos()
}

// ruleList is a flag that holds rule IDs.
type ruleList struct {
	ids []string
	all bool
}

func (l *ruleList) String() string {
	if l.all {
		return "all"
	}
	return strings.Join(l.ids, ",")
}

func (l *ruleList) Set(s string) error {
	*l = ruleList{}
	for _, id := range strings.Split(s, ",") {
		switch id = strings.TrimSpace(id); {
		case id == "":
		case id == "all":
			l.all = true
		default:
			if _, ok := lookupRule(id); !ok {
				return fmt.Errorf("no rule %q", id)
			}
			l.ids = append(l.ids, id)
		}
	}
	return nil
}

func (l *ruleList) has(id string) bool {
	for _, x := range l.ids {
		if x == id {
			return true
		}
	}
	return false
}

type severityFlag Severity

func (s *severityFlag) String() string { return Severity(*s).String() }

func (s *severityFlag) Set(text string) error {
	for _, v := range []Severity{Info, Warning, Error} {
		if v.String() == text {
			*s = severityFlag(v)
			return nil
		}
	}
	return fmt.Errorf("severity %q is not error, warning or info", text)
}
