package statuslint

import (
	"flag"
	"go/token"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Analyzer looks for every kind of mistake in [Rules].
var Analyzer = newAnalyzer("statuslint", "", "find mistakes about HTTP status codes", engineAnalyzer, &shared)

// The groups of rules, each as an analyzer of its own. A program that runs
// Analyzer does not need them.
var (
	// HeaderAnalyzer looks for a status without the field that goes with it.
	HeaderAnalyzer = newGroup("statusheader", groupHeader, "find HTTP statuses that are sent without the header field that goes with them")
	// ContentAnalyzer looks for content that does not go with its status.
	ContentAnalyzer = newGroup("statuscontent", groupContent, "find HTTP responses whose content does not go with their status")
	// OrderAnalyzer looks for steps of an answer that are taken out of order.
	OrderAnalyzer = newGroup("statusorder", groupOrder, "find HTTP responses whose parts are written in the wrong order")
	// CodeAnalyzer looks for statuses that say something else than is meant.
	CodeAnalyzer = newGroup("statuscode", groupCode, "find HTTP statuses that say something else than is meant")
	// ClientAnalyzer looks for clients that misread a status.
	ClientAnalyzer = newGroup("statusclient", groupClient, "find HTTP clients that misread a status")
	// ValueAnalyzer looks for mistakes with httpstatus's own errors.
	ValueAnalyzer = newGroup("statusvalue", groupValue, "find mistakes with the errors of package httpstatus")
)

// Analyzers returns the analyzers of the groups.
func Analyzers() []*analysis.Analyzer {
	return []*analysis.Analyzer{HeaderAnalyzer, ContentAnalyzer, OrderAnalyzer, CodeAnalyzer, ClientAnalyzer, ValueAnalyzer}
}

// New returns an analyzer that is like [Analyzer] and works by settings of its
// own. It does not go together with the others in one run: both would export
// the same facts.
func New(s Settings) (*analysis.Analyzer, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	return newAnalyzer("statuslint", "", "find mistakes about HTTP status codes", newEngine(&s), &s), nil
}

// shared are the settings of the analyzers that this package has ready. The flag
// -settings of any of them sets them: they rest on one engine.
var shared Settings

func newGroup(name, group, doc string) *analysis.Analyzer {
	return newAnalyzer(name, group, doc, engineAnalyzer, &shared)
}

// options are the flags of one analyzer.
type options struct {
	engine          *analysis.Analyzer
	settings        *Settings
	enable, disable ruleList
	severity        severityFlag
}

func newAnalyzer(name, group, doc string, engine *analysis.Analyzer, s *Settings) *analysis.Analyzer {
	o := &options{engine: engine, settings: s}
	a := &analysis.Analyzer{
		Name: name,
		Doc: doc + "\n\nThe rules are listed in the documentation of package statuslint. Informative and noisy rules are off; " +
			"-enable names those to switch on, -disable those to switch off.",
		URL:      "https://pkg.go.dev/example.com/httpstatus/statuslint",
		Requires: []*analysis.Analyzer{engine},
		Run: func(pass *analysis.Pass) (any, error) {
			o.run(pass, group)
			return nil, nil
		},
	}
	a.Flags = *flag.NewFlagSet(name, flag.ExitOnError)
	a.Flags.Var(&o.enable, "enable", "rules to look for besides the usual ones, separated by commas; all for every rule")
	a.Flags.Var(&o.disable, "disable", "rules not to look for, separated by commas")
	a.Flags.Var(&o.severity, "severity", "least severity to report: error, warning or info")
	a.Flags.Var(settingsFlag{s}, "settings", "settings in JSON, as the configuration file has them in YAML")
	return a
}

// looks reports whether a rule is looked for. A rule that is named is, whatever
// its severity; "all" means every rule of the severity that was asked for.
func (o *options) looks(r *Rule) bool {
	asked, least := o.severity.set, o.severity.least
	if text := o.settings.Severity; !asked && text != "" {
		asked = true
		least, _ = ParseSeverity(text)
	}
	if !asked {
		least = Warning
	}
	severity := o.settings.severity(r)
	switch {
	case o.disable.has(r.ID) || slices.Contains(o.settings.Disable, r.ID) && !o.enable.has(r.ID):
		return false
	case o.enable.has(r.ID) || slices.Contains(o.settings.Enable, r.ID):
		return true
	case o.enable.all || slices.Contains(o.settings.Enable, "all"):
		return !asked || severity >= least
	}
	return severity >= least && !r.Noisy
}

// run reports the findings of a group, "" for all, in order, and one per
// statement: the most severe.
func (o *options) run(pass *analysis.Pass, group string) {
	e := pass.ResultOf[o.engine].(*engine)
	session := o.settings.sessionAuth(pass.Pkg.Path()) || e.declaresSessions()
	best := make(map[token.Pos]*finding)
	for _, f := range e.results() {
		if group != "" && f.rule.Group != group || !o.looks(f.rule) {
			continue
		}
		if session && (f.rule.ID == "S-401-challenge" || f.rule.ID == "S-401-carrier") {
			continue
		}
		if old := best[f.stmt]; old == nil || o.outranks(f, old) {
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
	list = slices.DeleteFunc(list, func(f *finding) bool {
		start, end := pass.Fset.Position(f.stmt), pass.Fset.Position(f.node.End())
		return f.rule.ID != "S-ignore" && slices.ContainsFunc(directives, func(d directive) bool {
			return d.silences(f.rule.ID, start.Filename, start.Line, end.Line)
		})
	})
	for _, f := range e.joined(list) {
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
func (o *options) outranks(f, g *finding) bool {
	if a, b := o.settings.severity(f.rule), o.settings.severity(g.rule); a != b {
		return a > b
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
				return noRule(id)
			}
			l.ids = append(l.ids, id)
		}
	}
	return nil
}

func (l *ruleList) has(id string) bool { return slices.Contains(l.ids, id) }

// severityFlag is a flag that holds a severity; without it, Warning.
type severityFlag struct {
	least Severity
	set   bool
}

func (s *severityFlag) String() string {
	if !s.set {
		return Warning.String()
	}
	return s.least.String()
}

func (s *severityFlag) Set(text string) (err error) {
	s.least, err = ParseSeverity(text)
	s.set = err == nil
	return err
}
