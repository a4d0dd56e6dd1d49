package catalog

import (
	"bytes"
	"fmt"
	"go/format"

	"example.com/httpstatus/internal/registry"
)

// LintTable returns the text of statuslint/internal/codes/table_gen.go: what
// the analyzers know of each code. statuslint is a module of its own and cannot
// import the registry, so it gets its part as source.
func LintTable(r *registry.Registry) ([]byte, error) {
	w := new(bytes.Buffer)
	fmt.Fprintf(w, "%s\npackage codes\n\n", generated)
	w.WriteString("// The status codes are the numbers from lowest to highest (RFC 9110, Section 15).\nconst (\nlowest = 100\nhighest = 599\n)\n\n")
	w.WriteString("// table lists the registered codes in increasing order.\nvar table = [...]Code{\n")
	for _, e := range r.Codes {
		fmt.Fprintf(w, "{Number: %d, Name: %q, Phrase: %q", e.Code, e.Name, e.Phrase)
		if names := requiredFields(e); len(names) > 0 {
			fmt.Fprintf(w, ", Required: %#v", names)
		}
		if e.Has("no-content") {
			w.WriteString(", NoContent: true")
		}
		if e.Has("redirect") {
			w.WriteString(", Redirect: true")
		}
		w.WriteString("},\n")
	}
	w.WriteString("}\n")
	return format.Source(w.Bytes())
}
