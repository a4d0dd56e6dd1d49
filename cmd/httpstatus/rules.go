package main

import (
	"html"
	"io/fs"
	"iter"
	"regexp"
	"strings"

	"example.com/httpstatus/conform"
	"example.com/httpstatus/docs/site"
	"example.com/httpstatus/internal/card"
	"example.com/httpstatus/internal/choosing"
	"example.com/httpstatus/probe"
)

// A ruleCard is all that is known of a rule of check or probe.
type ruleCard struct {
	ID        string `json:"id"`
	Group     string `json:"group"`
	Severity  string `json:"severity"`
	Off       bool   `json:"off"`
	Summary   string `json:"summary"`
	Why       string `json:"why"`
	Fix       string `json:"fix"`
	Reference string `json:"reference"` // "practice" if no RFC has it
	Quote     string `json:"quote"`     // "" for practice
}

// ruleNamed returns the rule with the given id, in any case.
func ruleNamed(id string) (k ruleCard, ok bool) {
	for r := range allRules() {
		if strings.EqualFold(r.ID, id) {
			return ruleCard{r.ID, r.Group, r.Severity.String(), r.Off, r.Summary, r.Why, r.Fix, r.Reference, r.Quote}, true
		}
	}
	return ruleCard{}, false
}

// A lintCard is a rule of statuslint, as far as the pages tell.
type lintCard struct {
	ID      string `json:"id"`
	Summary string `json:"summary"`
	Page    string `json:"page"` // its path among the pages
}

// summaryOf matches the summary of a page.
var summaryOf = regexp.MustCompile(`<meta name="description" content="([^"]*)">`)

// lintRule returns the rule of statuslint with the given id, in any case. The
// command does not link the analyzer: it knows of its rules by their pages.
func lintRule(id string) (k lintCard, ok bool) {
	for other := range lintRules() {
		if strings.EqualFold(other, id) {
			page, err := fs.ReadFile(site.Files, "statuslint/"+other+"/index.html")
			if m := summaryOf.FindSubmatch(page); err == nil && m != nil {
				return lintCard{other, html.UnescapeString(string(m[1])), "/statuslint/" + other}, true
			}
		}
	}
	return lintCard{}, false
}

// lintRules are the ids of the rules of statuslint.
func lintRules() iter.Seq[string] {
	return func(yield func(string) bool) {
		entries, _ := fs.ReadDir(site.Files, "statuslint")
		for _, e := range entries {
			if e.IsDir() && !yield(e.Name()) {
				return
			}
		}
	}
}

// printLintRule answers for a rule of statuslint.
func printLintRule(k lintCard, f form, sys system) error {
	switch {
	case f.json:
		return card.WriteJSON(sys.stdout, k)
	case f.oneLine:
		return writeText(sys, k.ID+"\t"+k.Summary+"\n")
	}
	p := newPage(sys)
	p.heading(k.ID + " (a rule of statuslint)")
	p.blank()
	p.paragraph(k.Summary)
	p.blank()
	p.paragraph(`"httpstatus serve" shows it wrong and right, at ` + k.Page + `.`)
	return writeText(sys, p.String())
}

// allRules are the rules of check, and those that only probe has.
func allRules() iter.Seq[conform.Rule] {
	return func(yield func(conform.Rule) bool) {
		for _, rules := range []iter.Seq[conform.Rule]{conform.Rules(), probe.Rules()} {
			for r := range rules {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// nearestRule returns the id that name misspells in a letter or two, or "".
func nearestRule(name string) (id string) {
	if !strings.Contains(name, "-") || len(name) > maxCompared {
		return ""
	}
	best := 3
	for r := range allRules() {
		if d := choosing.Distance(strings.ToLower(name), r.ID); d < best {
			id, best = r.ID, d
		}
	}
	for rule := range lintRules() {
		if d := choosing.Distance(strings.ToLower(name), strings.ToLower(rule)); d < best {
			id, best = rule, d
		}
	}
	return id
}

// printRule answers for a rule.
func printRule(k ruleCard, f form, sys system) error {
	switch {
	case f.json:
		return card.WriteJSON(sys.stdout, k)
	case f.oneLine:
		return writeText(sys, k.ID+"\t"+k.severity()+"\t"+k.Summary+"\n")
	}
	p := newPage(sys)
	command := "check"
	if k.Group == "probe" {
		command = "probe"
	}
	p.heading(k.ID + " (a rule of " + command + ")")
	p.blank()
	p.paragraph(k.Summary)
	p.blank()
	p.paragraph(k.Why)
	p.blank()
	p.row(plain, "To mend it", traitColumn, k.Fix)
	p.row(plain, "Severity", traitColumn, k.severity())
	p.row(plain, "Group", traitColumn, k.Group)
	p.row(plain, "Reference", traitColumn, card.Together(k.Reference))
	if k.Quote != "" {
		p.row(plain, "", traitColumn, `"`+k.Quote+`"`)
	}
	return writeText(sys, p.String())
}

func (k ruleCard) severity() string {
	if k.Off {
		return k.Severity + ", off unless enabled"
	}
	return k.Severity
}
