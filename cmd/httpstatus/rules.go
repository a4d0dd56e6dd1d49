package main

import (
	"iter"
	"strings"

	"example.com/httpstatus/conform"
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
