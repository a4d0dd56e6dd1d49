// Package card has all that is known of a status code as one value, which the
// command prints and the pages show, and the sentences that both say about it.
package card

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/unofficial"
)

// A Card is all that is known of a code. Its JSON form is a promise: see the
// documentation of cmd/httpstatus.
type Card struct {
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
	NotToBeConfusedWith []Distinction     `json:"not_to_be_confused_with"`
	Debugging           string            `json:"debugging"`
	Headers             []HeaderRule      `json:"headers"`
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
	Unofficial          []UnofficialUse   `json:"unofficial"`
}

type Distinction struct {
	Code   httpstatus.Code `json:"code"`
	Phrase string          `json:"phrase"`
	How    string          `json:"how"`
}

type UnofficialUse struct {
	Vendor  string `json:"vendor"`
	Phrase  string `json:"phrase"`
	Meaning string `json:"meaning"`
	Source  string `json:"source"`
}

type HeaderRule struct {
	Name      string `json:"name"`
	Level     string `json:"level"`
	When      string `json:"when"`
	Reference string `json:"reference"`
}

// shownMethods are the methods whose fate under a redirect a card tells. PUT
// stands for all that no redirect rule names.
var shownMethods = [...]string{"GET", "HEAD", "POST", "PUT"}

// New returns the card of any int.
func New(c httpstatus.Code) Card {
	d := httpstatus.Describe(c)
	k := Card{
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
		NotToBeConfusedWith: []Distinction{}, // in JSON, no items are [] and not null
		Debugging:           d.Debugging,
		Headers:             []HeaderRule{},
		Retryable:           c.IsRetryable(),
		Retry:               RetryText(c),
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
		Unofficial:          []UnofficialUse{},
	}
	for _, n := range d.NotToBeConfusedWith {
		k.NotToBeConfusedWith = append(k.NotToBeConfusedWith, Distinction{n.Code, n.Code.Phrase(), n.How})
	}
	for r := range c.HeaderRules() {
		k.Headers = append(k.Headers, HeaderRule{r.Name, r.Level.String(), r.When, r.Reference})
	}
	for _, u := range unofficial.Lookup(c) {
		k.Unofficial = append(k.Unofficial, UnofficialUse{u.Vendor, u.Phrase, u.Meaning, u.Source})
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

// RequiredHeaders returns the fields that every response with the code must
// carry.
func (k Card) RequiredHeaders() []string {
	var names []string
	for _, r := range k.Headers {
		if r.Level == httpstatus.LevelMust.String() && r.When == "" && !slices.Contains(names, r.Name) {
			names = append(names, r.Name)
		}
	}
	return names
}

// WriteJSON writes v indented, for people as much as for programs, and without
// escaping what only HTML would need escaped.
func WriteJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// Of returns the cards of the registered codes of a class.
func Of(class httpstatus.Class) []Card {
	cards := []Card{}
	for c := range httpstatus.All() {
		if c.Class() == class {
			cards = append(cards, New(c))
		}
	}
	return cards
}
