package site

import (
	"encoding/json"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
	"example.com/httpstatus/unofficial"
)

func uses() iter.Seq[unofficial.Use] { return unofficial.All() }

// A class is one of the five, with its codes.
type class struct {
	Name, Title      string // "4xx", "Client Error"
	Digit            int
	Meaning, UseWhen string
	Codes, Others    []codeLink
	Quotes           []quote
}

// classes returns the classes with their codes.
func classes() []class {
	registered, others := known()
	var all []class
	for _, cl := range card.Classes {
		d := httpstatus.Describe(card.Generic(cl))
		one := class{
			Name: cl.String(), Title: card.ClassName(cl), Digit: int(cl),
			Meaning: d.Meaning, UseWhen: d.UseWhen,
		}
		for _, c := range registered {
			if c.Class() == cl {
				one.Codes = append(one.Codes, linkTo(c))
			}
		}
		for _, c := range others {
			if c.Class() == cl {
				one.Others = append(one.Others, linkTo(c))
			}
		}
		all = append(all, one)
	}
	return all
}

// index renders the list of all codes, and the words by which it is filtered.
func (b *builder) index() error {
	_, others := known()
	body := struct {
		Classes []class
		Others  []codeLink
		Pages   []link
	}{Classes: classes(), Pages: menu[1:]}
	for _, c := range others {
		body.Others = append(body.Others, linkTo(c))
	}
	words, err := b.words()
	if err != nil {
		return err
	}
	if err := b.file("words.js", words); err != nil {
		return err
	}
	return b.add(page{
		Title:       "HTTP status codes",
		Description: "Every HTTP status code: what it means, when to use it, what has to go with it, and what clients make of it.",
		Scripts:     []string{"words.js", "filter.js"},
		Body:        body,
		template:    "index",
	})
}

// searched is what a code is found by.
type searched struct {
	Names   []string `json:"names,omitempty"`   // its phrase, the earlier ones, the Go names
	Said    []string `json:"said,omitempty"`    // what people say when they mean it
	Vendors []string `json:"vendors,omitempty"` // who uses it, and how they call it
	Card    string   `json:"card,omitempty"`    // the words of its card, each once
}

// mostSaid is how many sayings of a code the filter knows: those that name it
// best, so that the script stays as small as a page.
const mostSaid = 40

// words renders the script that has the words of all codes.
func (b *builder) words() ([]byte, error) {
	all := map[string]searched{}
	registered, others := known()
	for _, c := range append(registered, others...) {
		k := card.New(c)
		var s searched
		text := ""
		if k.Registered || k.Reserved {
			s.Names = append(s.Names, k.Phrase)
			s.Names = append(s.Names, k.HistoricNames...)
			if k.Constant != "" {
				s.Names = append(s.Names, k.Constant)
			}
			text = k.Meaning + " " + k.UseWhen + " " + k.Debugging
			for _, h := range k.Headers {
				if h.Level == httpstatus.LevelMust.String() || h.Level == httpstatus.LevelShould.String() {
					text += " " + h.Name
				}
			}
		}
		s.Names = slices.DeleteFunc(s.Names, func(n string) bool { return n == "" })
		said := b.registry.Sayings[int(c)]
		s.Said = said[:min(len(said), mostSaid)]
		for _, u := range k.Unofficial {
			s.Vendors = append(s.Vendors, strings.TrimSpace(u.Vendor+" "+u.Phrase))
			text += " " + u.Meaning
		}
		s.Card = strings.Join(distinctWords(text), " ")
		all[strconv.Itoa(int(c))] = s
	}
	data, err := json.Marshal(all)
	if err != nil {
		return nil, err
	}
	return append(append([]byte("// The words by which filter.js finds a code.\nconst words = "), data...), ";\n"...), nil
}

var word = regexp.MustCompile(`[a-z0-9]{3,}`)

// distinctWords returns the words of text in lower case, each once.
func distinctWords(text string) []string {
	words := word.FindAllString(strings.ToLower(text), -1)
	slices.Sort(words)
	return slices.Compact(words)
}

// classPages renders a page for each class.
func (b *builder) classPages() error {
	for _, cl := range classes() {
		for _, f := range b.registry.Classes[cl.Digit].Facts {
			if f.Strength != "policy" {
				cl.Quotes = addQuote(cl.Quotes, f)
			}
		}
		err := b.add(page{
			Title:       cl.Name + " " + cl.Title + " status codes",
			Description: card.Sentence(cl.Meaning),
			Path:        cl.Name + "/",
			Body:        cl,
			template:    "class",
		})
		if err != nil {
			return err
		}
	}
	return nil
}
