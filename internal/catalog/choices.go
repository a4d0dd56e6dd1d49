package catalog

import (
	"bytes"
	"fmt"
	"go/format"
	"maps"
	"slices"

	"example.com/httpstatus/internal/registry"
)

// Choices returns the text of internal/choosing/table_gen.go: the questions that
// separate the codes.
func Choices(r *registry.Registry) ([]byte, error) {
	index := map[string]int{}
	for i, q := range r.Questions {
		index[q.Name] = i
	}
	w := new(bytes.Buffer)
	fmt.Fprintf(w, "%s\npackage choosing\n\n// questions are the questions; the first one is the one to begin with.\n"+
		"var questions = [...]Question{\n", generated)
	answers := 0
	for _, q := range r.Questions {
		fmt.Fprintf(w, "{Name: %q, Ask: %q, Why: %q, Answers: []Answer{\n", q.Name, q.Ask, q.Why)
		for _, a := range q.Answers {
			answers++
			if a.Code != 0 {
				fmt.Fprintf(w, "{Name: %q, Text: %q, Code: %d},\n", a.Name, a.Text, a.Code)
			} else {
				fmt.Fprintf(w, "{Name: %q, Text: %q, next: %d},\n", a.Name, a.Text, index[a.Next])
			}
		}
		w.WriteString("}},\n")
	}
	w.WriteString("}\n\n// unchosen are the codes that no answer leads to.\nvar unchosen = [...]Unchosen{\n")
	for _, u := range r.Unchosen {
		fmt.Fprintf(w, "{%d, %q},\n", u.Code, u.Why)
	}
	w.WriteString("}\n\n// sayings are what people say, by code.\nvar sayings = [...]said{\n")
	count := 0
	for _, code := range slices.Sorted(maps.Keys(r.Sayings)) {
		count += len(r.Sayings[code])
		fmt.Fprintf(w, "{%d, %#v},\n", code, r.Sayings[code])
	}
	fmt.Fprintf(w, "}\n\n// %d questions with %d answers, %d sayings.\n", len(r.Questions), answers, count)
	return format.Source(w.Bytes())
}
