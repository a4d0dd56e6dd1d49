package main

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/unofficial"
)

// A card is all that is known of a code. Its JSON form is a promise: see the
// package documentation.
type card struct {
	Code                httpstatus.Code   `json:"code"`
	Phrase              string            `json:"phrase"`
	Constant            string            `json:"constant"`
	Class               string            `json:"class"`
	Valid               bool              `json:"valid"`
	Registered          bool              `json:"registered"`
	Reserved            bool              `json:"reserved"`
	Fallback            httpstatus.Code   `json:"fallback"`
	Meaning             string            `json:"meaning"`
	UseWhen             string            `json:"use_when"`
	NotToBeConfusedWith []distinction     `json:"not_to_be_confused_with"`
	Debugging           string            `json:"debugging"`
	Headers             []headerRule      `json:"headers"`
	Retryable           bool              `json:"retryable"`
	Retry               string            `json:"retry"`
	Applied             string            `json:"applied"`
	Cacheable           bool              `json:"cacheable"`
	ForbidsStorage      bool              `json:"forbids_storage"`
	AllowsContent       bool              `json:"allows_content"`
	Redirect            bool              `json:"redirect"`
	Permanent           bool              `json:"permanent"`
	PreservesMethod     bool              `json:"preserves_method"`
	RedirectMethods     map[string]string `json:"redirect_methods"`
	HistoricNames       []string          `json:"historic_names"`
	Reference           string            `json:"reference"`
	URL                 string            `json:"url"`
	Remark              string            `json:"remark"`
	Unofficial          []unofficialUse   `json:"unofficial"`
}

type distinction struct {
	Code   httpstatus.Code `json:"code"`
	Phrase string          `json:"phrase"`
	How    string          `json:"how"`
}

type unofficialUse struct {
	Vendor  string `json:"vendor"`
	Phrase  string `json:"phrase"`
	Meaning string `json:"meaning"`
	Source  string `json:"source"`
}

type headerRule struct {
	Name      string `json:"name"`
	Level     string `json:"level"`
	When      string `json:"when"`
	Reference string `json:"reference"`
}

// shownMethods are the methods whose fate under a redirect a card tells. PUT
// stands for all that no redirect rule names.
var shownMethods = [...]string{"GET", "HEAD", "POST", "PUT"}

// newCard returns the card of any int.
func newCard(c httpstatus.Code) card {
	d := httpstatus.Describe(c)
	k := card{
		Code:                c,
		Phrase:              c.Phrase(),
		Constant:            constantName(c.Phrase()),
		Class:               c.Class().String(),
		Valid:               c.IsValid(),
		Registered:          c.IsRegistered(),
		Reserved:            isReserved(c),
		Fallback:            c.Fallback(),
		Meaning:             d.Meaning,
		UseWhen:             d.UseWhen,
		NotToBeConfusedWith: []distinction{}, // in JSON, no items are [] and not null
		Debugging:           d.Debugging,
		Headers:             []headerRule{},
		Retryable:           c.IsRetryable(),
		Retry:               retryText(c),
		Applied:             c.Applied().String(),
		Cacheable:           c.IsCacheable(),
		ForbidsStorage:      c.ForbidsStorage(),
		AllowsContent:       c.AllowsContent(),
		Redirect:            c.IsRedirect(),
		Permanent:           c.IsPermanent(),
		PreservesMethod:     c.PreservesMethod(),
		RedirectMethods:     map[string]string{},
		HistoricNames:       append([]string{}, d.HistoricNames...),
		Reference:           d.Reference,
		URL:                 d.URL,
		Remark:              d.Remark,
		Unofficial:          []unofficialUse{},
	}
	for _, n := range d.NotToBeConfusedWith {
		k.NotToBeConfusedWith = append(k.NotToBeConfusedWith, distinction{n.Code, n.Code.Phrase(), n.How})
	}
	for r := range c.HeaderRules() {
		k.Headers = append(k.Headers, headerRule{r.Name, r.Level.String(), r.When, r.Reference})
	}
	for _, u := range unofficial.Lookup(c) {
		k.Unofficial = append(k.Unofficial, unofficialUse{u.Vendor, u.Phrase, u.Meaning, u.Source})
	}
	if k.Redirect {
		for _, m := range shownMethods {
			k.RedirectMethods[m], _ = c.RedirectMethod(m)
		}
	}
	return k
}

// constantName returns the name of the Go constant for a phrase.
func constantName(phrase string) string {
	return strings.NewReplacer(" ", "", "-", "").Replace(phrase)
}

// isReserved reports whether IANA's registry lists c as "(Unused)": a code with a
// card of its own, and a name that it once had, but no phrase.
func isReserved(c httpstatus.Code) bool {
	return !c.IsRegistered() && len(httpstatus.Describe(c).HistoricNames) > 0
}

// requiredHeaders returns the fields that every response with the code must
// carry.
func (k card) requiredHeaders() []string {
	var names []string
	for _, r := range k.Headers {
		if r.Level == httpstatus.LevelMust.String() && r.When == "" && !slices.Contains(names, r.Name) {
			names = append(names, r.Name)
		}
	}
	return names
}

// writeJSON writes v indented, for people as much as for programs, and without
// escaping what only HTML would need escaped.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
