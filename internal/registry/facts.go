package registry

import (
	"slices"
	"strings"
)

// traits are the traits that a row may have, with the values that each may
// take: none, one of a list, or (for header) a field name.
var traits = map[string][]string{
	"no-content":      nil,
	"cacheable":       nil,
	"not-cacheable":   nil,
	"no-store":        nil,
	"redirect":        nil,
	"permanent":       nil,
	"preserve-method": nil,
	"get":             nil,
	"post-to-get":     nil,
	"retry": {"finished", "redirect", "change-request", "new-connection", "no-early-data", "refused",
		"when-told", "unavailable", "uncertain", "in-progress", "permanent"},
	"applied": {"unknown", "no", "yes"},
	"header":  {},
}

// strengths are how strongly a row may say what it says: a key word of the
// cited text, note for a statement without one, policy for what we decide.
var strengths = []string{"MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY", "note", "policy"}

// facts reads semantics.csv, keeping the rows that make sense.
func (l *loader) facts(r *Registry) []Fact {
	var facts []Fact
	for _, row := range l.table(factsFile, "code,trait,strength,when,citation,words") {
		c := row.cells
		f := Fact{Code: c[0], Strength: c[2], When: c[3], Citation: c[4], Words: c[5], File: factsFile, Line: row.line}
		var hasValue bool
		f.Trait, f.Value, hasValue = strings.Cut(c[1], ":")
		values, known := traits[f.Trait]
		switch {
		case r.entry(f.Code) == nil:
			l.complain(f.File, f.Line, "%q is not a registered code, nor a class", f.Code)
		case !known || hasValue != (values != nil):
			l.complain(f.File, f.Line, "code %s has no trait %q", f.Code, c[1])
		case f.Trait == "header" && !isToken(f.Value):
			l.complain(f.File, f.Line, "code %s: %q is not a field name", f.Code, f.Value)
		case len(values) > 0 && !slices.Contains(values, f.Value):
			l.complain(f.File, f.Line, "code %s: trait %s has no value %q", f.Code, f.Trait, f.Value)
		case !slices.Contains(strengths, f.Strength):
			l.complain(f.File, f.Line, "code %s: %q is not a strength", f.Code, f.Strength)
		case f.Trait == "cacheable" && strings.HasSuffix(f.Code, "xx"):
			l.complain(f.File, f.Line, "class %s cannot be cacheable: an unregistered code never is", f.Code)
		case f.When != "" && f.Trait != "header":
			l.complain(f.File, f.Line, "code %s: trait %s has a condition", f.Code, f.Trait)
		case f.Words == "":
			l.complain(f.File, f.Line, "code %s: trait %s has no words", f.Code, f.Trait)
		default:
			if i := slices.IndexFunc(facts, f.repeats); i >= 0 {
				l.complain(f.File, f.Line, "code %s has trait %q from line %d", f.Code, c[1], facts[i].Line)
				continue
			}
			facts = append(facts, f)
		}
	}
	return facts
}

// repeats reports whether f says again what g says, or contradicts it: a code
// has one row per trait, but as many header rows as there are fields and
// conditions.
func (f Fact) repeats(g Fact) bool {
	if f.Code != g.Code || f.Trait != g.Trait {
		return false
	}
	return f.Trait != "header" || strings.EqualFold(f.Value, g.Value) && f.When == g.When
}

// apply hands the facts to their codes and classes, and those of a class to its
// codes.
func (r *Registry) apply(facts []Fact) {
	for i := 1; i < len(r.Classes); i++ {
		r.Classes[i].Facts = factsOf(facts, classCode(i))
	}
	for i := range r.Codes {
		e := &r.Codes[i]
		e.Facts = factsOf(facts, itoa(e.Code))
		own := len(e.Facts)
		for _, f := range r.Classes[e.Code/100].Facts {
			if !slices.ContainsFunc(e.Facts[:own], f.replacedBy) {
				f.Inherited = true
				e.Facts = append(e.Facts, f)
			}
		}
		slices.SortStableFunc(e.Facts, func(a, b Fact) int { return a.Line - b.Line })
	}
}

func factsOf(facts []Fact, code string) []Fact {
	var of []Fact
	for _, f := range facts {
		if f.Code == code {
			of = append(of, f)
		}
	}
	return of
}

// replacedBy reports whether a code with the row own does not inherit the row f
// of its class: own has the same trait; for a header row, the same field, and
// either the same condition or none at equal strength.
func (f Fact) replacedBy(own Fact) bool {
	if f.Trait != own.Trait {
		return false
	}
	return f.Trait != "header" ||
		strings.EqualFold(f.Value, own.Value) && (f.When == own.When || own.When == "" && f.Strength == own.Strength)
}

// checkCoverage complains of codes and classes about which the rows leave
// something open.
func (l *loader) checkCoverage(r *Registry) {
	check := func(code string, e Entry) {
		for _, trait := range []string{"retry", "applied"} {
			if !e.Has(trait) {
				l.complain(factsFile, 1, "code %s lacks trait %q", code, trait)
			}
		}
		redirect := e.Has("redirect")
		for _, trait := range []string{"permanent", "preserve-method", "get", "post-to-get"} {
			if f, ok := e.Fact(trait); ok && !redirect {
				l.complain(f.File, f.Line, "code %s has trait %q, but is no redirect", code, trait)
			}
		}
		if redirect && !e.Has("preserve-method") && !e.Has("get") && !e.Has("post-to-get") {
			f, _ := e.Fact("redirect")
			l.complain(f.File, f.Line, "code %s is a redirect, but nothing says what becomes of the method", code)
		}
		if f, ok := e.Fact("no-store"); ok && e.Has("cacheable") {
			l.complain(f.File, f.Line, "code %s is cacheable, but must not be stored", code)
		}
	}
	for i := 1; i < len(r.Classes); i++ {
		check(classCode(i), r.Classes[i])
	}
	for _, e := range r.Codes {
		check(itoa(e.Code), e)
	}
}
