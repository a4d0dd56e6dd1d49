package catalog

import (
	"bytes"
	"fmt"
	"go/format"

	"example.com/httpstatus/internal/registry"
)

// ProxyErrors returns the text of proxystatus/table_gen.go: the constants with
// their doc comments, the table, and the prose apart from it.
func ProxyErrors(r *registry.Registry) ([]byte, error) {
	w := new(bytes.Buffer)
	fmt.Fprintf(w, "%s\npackage proxystatus\n\nimport \"example.com/httpstatus\"\n\n", generated)
	for i, e := range r.ProxyErrors {
		for _, line := range layOut(proxyErrorCard(e)) {
			w.WriteString(line)
		}
		fmt.Fprintf(w, "const %s ErrorType = %d\n\n", e.GoName, i+1)
	}
	fmt.Fprintf(w, "// table holds what is known of each type, under its number.\nvar table = [%d]entry{\n", len(r.ProxyErrors)+1)
	for _, e := range r.ProxyErrors {
		fmt.Fprintf(w, "%s: {name: %q, status: %d, reference: %q", e.GoName, e.Name, e.Status, e.Reference)
		if e.Applied == "no" {
			w.WriteString(", applied: httpstatus.NotApplied")
		}
		if e.Intermediary {
			w.WriteString(", intermediary: true")
		}
		if e.Parameters != nil {
			w.WriteString(", parameters: []Parameter{")
			for _, p := range e.Parameters {
				fmt.Fprintf(w, "{%q, %q}, ", p.Name, p.Type)
			}
			w.WriteString("}")
		}
		w.WriteString("},\n")
	}
	w.WriteString("}\n\n// descriptions holds the prose, which a program that does not ask for it does\n// not link.\n")
	fmt.Fprintf(w, "var descriptions = [%d]Description{\n", len(r.ProxyErrors)+1)
	for _, e := range r.ProxyErrors {
		fmt.Fprintf(w, "%s: {Meaning: %q, Applied: %q, URL: %q},\n", e.GoName, e.Meaning, e.Reason, e.URL)
	}
	fmt.Fprintf(w, "}\n\n// %d types.\n", len(r.ProxyErrors))
	return format.Source(w.Bytes())
}

// proxyErrorCard returns the paragraphs of the doc comment of a type.
func proxyErrorCard(e registry.ProxyError) []string {
	status := fmt.Sprintf("Status code %d. ", e.Status)
	if e.Status == 0 {
		status = "No status code of its own. "
	}
	applied := "The request may have been carried out: "
	if e.Applied == "no" {
		applied = "The request was not carried out: "
	}
	generated := ""
	if e.Intermediary {
		generated = "Only intermediaries say so. "
	}
	return []string{
		fmt.Sprintf("%s is the error type %s: %s.", e.GoName, e.Name, e.Meaning),
		applied + e.Reason + ".",
		status + generated + e.Reference + ".",
	}
}
