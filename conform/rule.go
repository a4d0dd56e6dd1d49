package conform

import (
	"iter"
	"slices"

	"example.com/httpstatus"
)

// A Rule is a requirement or recommendation that a response can break.
type Rule struct {
	ID        string   // as in "405-allow-missing"
	Group     string   // status, content, upgrade, range, redirect, condition, challenge, method, request, message, retry, cache, problem, pair or server
	Severity  Severity // of its findings, unless an option changes it
	Off       bool     // not checked unless enabled
	Reference string   // where it stands, as in "RFC 9110, Section 15.5.6"; "practice" if no RFC has it
	Quote     string   // the words that it rests on; "" for practice
	Summary   string   // what a response must or should do, as a sentence
	Why       string   // what goes wrong otherwise
	Fix       string   // how to mend it

	// quoted says where Quote stands, if that is not Reference: a value that
	// breaks the grammar of its section breaks the MUST NOT of another one.
	quoted string

	// reference returns the precise section where several have one.
	reference func(*view) string

	// from and to bound the status codes that the rule is about.
	from, to httpstatus.Code

	// exchange says that the rule needs to know the request.
	exchange bool

	// needs is a set of response fields, one of which has to be present for the
	// rule to have something to say; 0 if it looks further.
	needs uint64

	// wire says that the rule is about what net/http refuses or takes out of
	// the header, so that a request that it has read never breaks it.
	wire bool

	// check returns the message, or "" if the rule holds.
	check func(*view) string

	// pair does for two exchanges with one resource what check does for one;
	// one of the two functions is nil. It is asked about a, b and then about
	// b, a, unless the order in time is part of the rule.
	pair    func(x, y *view) string
	ordered bool
}

// Rules returns an iterator over all rules, group by group.
func Rules() iter.Seq[Rule] {
	return func(yield func(Rule) bool) {
		for _, table := range tables {
			for i := range table {
				if !yield(table[i]) {
					return
				}
			}
		}
	}
}

// IsRuleName reports whether name is the id of a rule or the name of a group,
// so that a program can refuse a misspelled one. "all" is such a name.
func IsRuleName(name string) bool {
	for _, table := range tables {
		for i := range table {
			if table[i].isNamed(name) {
				return true
			}
		}
	}
	return false
}

func (r Rule) isNamed(name string) bool {
	return r.ID == name || r.Group == name || name == "all"
}

// NeedsPair reports whether the rule compares two exchanges with one resource,
// so that [CheckPair] finds what breaks it and [Check] does not.
func (r Rule) NeedsPair() bool { return r.pair != nil }

// NeedsRequest reports whether the rule looks at the request too, so that it is
// silent when the request is not known.
func (r Rule) NeedsRequest() bool { return r.exchange || r.pair != nil }

// Finding returns the finding that x breaks r. ok is false where the options
// switch r off, excuse x, or ask for a higher severity. It is for rules beside
// those of [Rules], such as the ones of package probe: a program that judges them
// takes the options that [Check] takes.
func (r Rule) Finding(x Exchange, message string, opts ...Option) (f Finding, ok bool) {
	var c config
	c.apply(opts)
	on, severity := !r.Off, r.Severity
	for _, o := range opts {
		if !slices.ContainsFunc(o.names, r.isNamed) {
			continue
		}
		switch o.kind {
		case optDisable:
			on = false
		case optEnable:
			on = true
		case optSeverity:
			severity = o.severity
		}
	}
	if !on || severity < c.floor || c.exempt != nil && c.exempt(r.ID, x) {
		return Finding{}, false
	}
	return Finding{Rule: r.ID, Severity: severity, Message: message, Reference: r.Reference, Fix: r.Fix}, true
}

// The bounds of rules that are about all valid codes.
const (
	lowest  httpstatus.Code = 100
	highest httpstatus.Code = 599
)

// tables holds the rules by group. Their order is the order of findings.
var tables = [...][]Rule{
	statusRules[:],
	contentRules[:],
	upgradeRules[:],
	rangeRules[:],
	redirectRules[:],
	conditionRules[:],
	challengeRules[:],
	methodRules[:],
	requestRules[:],
	messageRules[:],
	retryRules[:],
	cacheRules[:],
	problemRules[:],
	pairRules[:],
	serverRules[:],
}
