package catalog

import (
	"bytes"
	"fmt"
	"strings"

	"example.com/httpstatus/internal/registry"
)

// DocEnd returns the end of the package documentation: the questions that lead to
// a code, and the list of codes.
func DocEnd(r *registry.Registry) []byte {
	w := new(bytes.Buffer)
	docChoices(w, r)
	w.WriteString("//\n// # Status codes\n")
	w.Write(DocList(r))
	return w.Bytes()
}

// docChoices writes the questions as comment lines.
func docChoices(w *bytes.Buffer, r *registry.Registry) {
	names, asked := map[int]string{}, map[string]string{}
	for _, e := range r.Codes {
		names[e.Code] = e.Name
	}
	for _, q := range r.Questions {
		asked[q.Name] = q.Ask
	}
	writeComment(w, "", "Each question separates codes. An answer is a code, or leads to the question that is named. "+
		"The command asks them in a terminal, as \"httpstatus pick\".")
	for _, q := range r.Questions {
		writeComment(w, "", q.Ask)
		w.WriteString("//\n")
		for _, a := range q.Answers {
			to := asked[a.Next]
			if a.Code != 0 {
				to = fmt.Sprintf("%d [%s]", a.Code, names[a.Code])
			}
			writeComment(w, "  - ", a.Text+". "+to)
		}
	}
}

// writeComment writes a paragraph, or the item of a list, as comment lines of at
// most 80 columns. A paragraph has an empty line before it.
func writeComment(w *bytes.Buffer, bullet, text string) {
	if bullet == "" {
		w.WriteString("//\n")
	}
	line := "// " + bullet
	indent := "// " + strings.Repeat(" ", len(bullet))
	for word := range strings.FieldsSeq(text) {
		if len(line)+len(word) > 80 && line != indent {
			w.WriteString(strings.TrimRight(line, " ") + "\n")
			line = indent
		}
		line += word + " "
	}
	w.WriteString(strings.TrimRight(line, " ") + "\n")
}

// DocList returns the list of codes by class for the package documentation, as
// comment lines.
func DocList(r *registry.Registry) []byte {
	w := new(bytes.Buffer)
	classes := [...]string{1: "interim", 2: "successful", 3: "redirection", 4: "client error", 5: "server error"}
	for class := 1; class <= 5; class++ {
		fmt.Fprintf(w, "//\n// %dxx, %s:\n//\n", class, classes[class])
		for _, e := range r.Codes {
			if e.Code/100 == class {
				fmt.Fprintf(w, "//   - %d [%s]\n", e.Code, e.Name)
			}
		}
	}
	return w.Bytes()
}

// PredicateTable returns the table of the README: which codes each predicate is
// true for.
func PredicateTable(r *registry.Registry) []byte {
	w := new(bytes.Buffer)
	w.WriteString("| true for | codes |\n|---|---|\n")
	row := func(name string, is func(registry.Entry) bool) {
		var list []string
		for class := 1; class <= 5; class++ {
			var in []string
			all := is(r.Classes[class])
			for _, e := range r.Codes {
				if e.Code/100 != class {
					continue
				}
				if is(e) {
					in = append(in, fmt.Sprint(e.Code))
				} else {
					all = false
				}
			}
			switch {
			case all:
				list = append(list, fmt.Sprintf("%dxx", class))
			case is(r.Classes[class]):
				list = append(list, append(in, fmt.Sprintf("unregistered %dxx", class))...)
			default:
				list = append(list, in...)
			}
		}
		fmt.Fprintf(w, "| `%s` | %s |\n", name, strings.Join(list, ", "))
	}
	row("IsRetryable", func(e registry.Entry) bool {
		class, err := retryClassOf(e)
		return err == nil && retryClasses[class].retryable
	})
	row("IsCacheable", func(e registry.Entry) bool { return e.Has("cacheable") })
	row("ForbidsStorage", func(e registry.Entry) bool { return e.Has("no-store") })
	row("!AllowsContent", func(e registry.Entry) bool { return e.Has("no-content") })
	row("IsRedirect", func(e registry.Entry) bool { return e.Has("redirect") })
	row("IsPermanent", func(e registry.Entry) bool { return e.Has("permanent") })
	row("PreservesMethod", func(e registry.Entry) bool { return e.Has("preserve-method") })
	var required []string
	for _, e := range r.Codes {
		if names := requiredFields(e); len(names) > 0 {
			required = append(required, fmt.Sprintf("%d %s", e.Code, strings.Join(names, " and ")))
		}
	}
	fmt.Fprintf(w, "| `RequiresHeader` | %s |\n", strings.Join(required, ", "))
	return w.Bytes()
}

// requiredFields returns the fields that every response with e must have.
func requiredFields(e registry.Entry) []string {
	var names []string
	for _, f := range e.Facts {
		if f.Trait == "header" && f.Strength == "MUST" && f.When == "" {
			names = append(names, f.Value)
		}
	}
	return names
}

// Splice replaces what stands in text between the lines begin and end, which
// stay, with part.
func Splice(text []byte, begin, end string, part []byte) ([]byte, error) {
	at := bytes.Index(text, []byte(begin+"\n"))
	if at < 0 {
		return nil, fmt.Errorf("no line %q", begin)
	}
	at += len(begin) + 1
	to := bytes.Index(text[at:], []byte(end+"\n"))
	if to < 0 {
		return nil, fmt.Errorf("no line %q after %q", end, begin)
	}
	return append(append(append([]byte{}, text[:at]...), part...), text[at+to:]...), nil
}
