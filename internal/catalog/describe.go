package catalog

import (
	"bytes"
	"fmt"
	"go/format"

	"example.com/httpstatus/internal/registry"
)

// Descriptions returns the text of describe_gen.go: the table behind Describe.
// It is a table of its own, so that a program that asks no prose links none.
func Descriptions(r *registry.Registry) ([]byte, error) {
	w := new(bytes.Buffer)
	fmt.Fprintf(w, "%s\npackage httpstatus\n\n"+
		"// descriptionTable holds the cards by code; that of a class is under its digit.\n"+
		"var descriptionTable = [...]Description{\n", generated)
	for _, list := range [...][]registry.Entry{r.Classes[1:], r.Codes, r.Reserved} {
		for _, e := range list {
			if e.Card.Meaning == "" {
				return nil, fmt.Errorf("catalog: %s has no card", entryName(e))
			}
		}
	}
	for _, e := range byCode(r) {
		fmt.Fprintf(w, "{\n")
		field := func(name, value string) {
			if value != "" {
				fmt.Fprintf(w, "%s: %q,\n", name, value)
			}
		}
		fmt.Fprintf(w, "Code: %d,\n", e.Code)
		field("Phrase", e.Phrase)
		field("Remark", e.Remark)
		field("Meaning", upperFirst(e.Card.Meaning))
		field("UseWhen", e.Card.UseWhen)
		if len(e.Card.Confused) > 0 {
			w.WriteString("NotToBeConfusedWith: []Distinction{\n")
			for _, c := range e.Card.Confused {
				fmt.Fprintf(w, "{%d, %q},\n", c.Code, c.How)
			}
			w.WriteString("},\n")
		}
		field("Debugging", e.Card.Debug)
		if len(e.Names) > 0 {
			fmt.Fprintf(w, "HistoricNames: %#v,\n", e.Names)
		}
		field("Reference", e.Reference)
		field("URL", e.URL)
		w.WriteString("},\n")
	}
	w.WriteString("}\n")
	return format.Source(w.Bytes())
}

// byCode returns the classes, then all codes in increasing order, the reserved
// ones in their places and without the phrase that they do not have.
func byCode(r *registry.Registry) []registry.Entry {
	all := append([]registry.Entry{}, r.Classes[1:]...)
	reserved := r.Reserved
	for _, e := range r.Codes {
		for len(reserved) > 0 && reserved[0].Code < e.Code {
			all = append(all, withoutPhrase(reserved[0]))
			reserved = reserved[1:]
		}
		all = append(all, e)
	}
	for _, e := range reserved {
		all = append(all, withoutPhrase(e))
	}
	return all
}

func withoutPhrase(e registry.Entry) registry.Entry {
	e.Phrase = ""
	return e
}

// upperFirst makes a clause that followed a colon the beginning of a sentence.
func upperFirst(s string) string {
	if s != "" && 'a' <= s[0] && s[0] <= 'z' {
		return string(s[0]-'a'+'A') + s[1:]
	}
	return s
}
