package catalog

import (
	"fmt"
	"sort"
	"strings"

	"example.com/httpstatus/internal/registry"
)

// The layout of a trait word: ten flags, then two numbers.
var flags = [...]struct{ name, doc string }{
	{"traitRegistered", "has a meaning of its own"},
	{"traitCacheable", "heuristically cacheable"},
	{"traitForbidsStorage", "never stored by a cache"},
	{"traitExcludesContent", "has no content"},
	{"traitRetryable", "worth the same request again"},
	{"traitRedirect", "followed by clients"},
	{"traitPermanent", "a redirect for good"},
	{"traitPreservesMethod", "a redirect that keeps the method"},
	{"traitAnyToGet", "a redirect that turns every method but HEAD into GET"},
	{"traitRequiresHeader", "has a header rule that is a MUST without condition"},
}

const (
	appliedShift = len(flags)
	retryShift   = appliedShift + 2
)

// appliedValues are the values of the applied trait; the index is the number
// that the root package's type Applied gives them.
var appliedValues = [...]string{"unknown", "no", "yes"}

// retryClasses are the values of the retry trait, with the name of their
// constant and whether the code alone makes it worth trying again.
var retryClasses = [...]struct {
	value, name string
	retryable   bool
	doc         string // for the doc comment of a constant
}{
	{"permanent", "retryPermanent", false, ""},
	{"finished", "retryFinished", false, ""},
	{"redirect", "retryRedirect", false, ""},
	{"change-request", "retryChangeRequest", false, "Worth another try only with a changed request."},
	{"new-connection", "retryNewConnection", false, "Not processed: repeat it on another connection."},
	{"no-early-data", "retryNoEarlyData", true, "Retryable, outside early data."},
	{"refused", "retryRefused", true, "Retryable with any method: the request was not processed."},
	{"when-told", "retryWhenTold", false, "Worth another try only if Retry-After names a time."},
	{"unavailable", "retryUnavailable", true, "Retryable if the method is idempotent or Retry-After names a time."},
	{"uncertain", "retryUncertain", true, "Retryable if the method is idempotent."},
	{"in-progress", "retryInProgress", false, ""},
}

// levels are the strengths that a header rule may have, strongest first.
var levels = [...]struct{ strength, name string }{
	{"MUST", "LevelMust"},
	{"MUST NOT", "LevelMustNot"},
	{"SHOULD", "LevelShould"},
	{"SHOULD NOT", "LevelShouldNot"},
	{"MAY", "LevelMay"},
}

// retryClassOf returns the index in retryClasses of e's class.
func retryClassOf(e registry.Entry) (int, error) {
	f, ok := e.Fact("retry")
	if !ok {
		return 0, fmt.Errorf("catalog: code %d has no retry row", e.Code)
	}
	for i, c := range retryClasses {
		if c.value == f.Value {
			return i, nil
		}
	}
	return 0, fmt.Errorf("%s:%d: unknown retry class %q", f.File, f.Line, f.Value)
}

func appliedOf(e registry.Entry) (int, error) {
	f, ok := e.Fact("applied")
	if !ok {
		return 0, fmt.Errorf("catalog: code %d has no applied row", e.Code)
	}
	for i, v := range appliedValues {
		if v == f.Value {
			return i, nil
		}
	}
	return 0, fmt.Errorf("%s:%d: unknown applied value %q", f.File, f.Line, f.Value)
}

// traitWord packs what is known of e.
func traitWord(e registry.Entry, isRegistered bool) (uint16, error) {
	applied, err := appliedOf(e)
	if err != nil {
		return 0, err
	}
	class, err := retryClassOf(e)
	if err != nil {
		return 0, err
	}
	rules, err := headerRules(e)
	if err != nil {
		return 0, err
	}
	word := uint16(applied)<<appliedShift | uint16(class)<<retryShift
	for i, on := range [len(flags)]bool{
		isRegistered,
		e.Has("cacheable"),
		e.Has("no-store"),
		e.Has("no-content"),
		retryClasses[class].retryable,
		e.Has("redirect"),
		e.Has("permanent"),
		e.Has("preserve-method"),
		e.Has("get"),
		len(rules) > 0 && rules[0].level == 0 && rules[0].When == "",
	} {
		if on {
			word |= 1 << i
		}
	}
	return word, nil
}

// A rule is a header fact with its level as an index in levels.
type rule struct {
	registry.Fact
	level int
}

// headerRules returns the header facts of e, strongest first, those without
// condition before the others, and otherwise in the order of the file.
func headerRules(e registry.Entry) ([]rule, error) {
	var rules []rule
	for _, f := range e.Facts {
		if f.Trait != "header" || f.Strength == "note" {
			continue // a note says how a field is used, and asks for nothing
		}
		level := -1
		for i, l := range levels {
			if l.strength == f.Strength {
				level = i
			}
		}
		if level < 0 {
			return nil, fmt.Errorf("%s:%d: a header rule cannot have the strength %q", f.File, f.Line, f.Strength)
		}
		rules = append(rules, rule{f, level})
	}
	sort.SliceStable(rules, func(i, j int) bool {
		a, b := rules[i], rules[j]
		if a.level != b.level {
			return a.level < b.level
		}
		return a.When == "" && b.When != ""
	})
	return rules, nil
}

// nameKey reduces a phrase to the letters and digits by which Parse finds it.
func nameKey(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		}
		return -1
	}, s)
}
