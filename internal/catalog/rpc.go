package catalog

import (
	"bytes"
	"fmt"
	"go/format"
	"regexp"
	"strings"

	"example.com/httpstatus/internal/registry"
)

// RPC returns the text of rpcstatus/table_gen.go: the constants with their doc
// comments, and the tables of the conversions.
func RPC(r *registry.Registry) ([]byte, error) {
	w := new(bytes.Buffer)
	fmt.Fprintf(w, "%s\npackage rpcstatus\n\nimport \"example.com/httpstatus\"\n\n", generated)
	for _, c := range r.RPC.Codes {
		if c.ConnectHTTP != 0 && c.ConnectHTTP != c.HTTP {
			return nil, fmt.Errorf("catalog: %s is %d in gRPC and %d in Connect; the table has one column for both", c.Name, c.HTTP, c.ConnectHTTP)
		}
		for _, line := range layOut(rpcCard(r, c)) {
			w.WriteString(line)
		}
		fmt.Fprintf(w, "const %s Code = %d\n\n", c.GoName, c.Number)
	}
	w.WriteString("// table holds what is known of each code, by its number.\nvar table = [...]entry{\n")
	for _, c := range r.RPC.Codes {
		fmt.Fprintf(w, "{name: %q, connect: %q, http: %d},\n", c.Name, c.Connect, c.HTTP)
	}
	w.WriteString("}\n\n// descriptions holds the prose, which a program that does not ask for it does\n// not link.\n")
	w.WriteString("var descriptions = [...]Description{\n")
	for _, c := range r.RPC.Codes {
		fmt.Fprintf(w, "{Meaning: %q, Hint: %q},\n", c.Meaning, c.Hint)
	}
	w.WriteString("}\n\n")
	infer := func(fn, client string, rows []registry.RPCInference, other int) {
		fmt.Fprintf(w, "// %s returns the code that a client of %s makes of a status code alone.\n"+
			"func %s(c httpstatus.Code) Code {\nswitch c {\n", fn, client, fn)
		for _, code := range r.RPC.Codes {
			var statuses []string
			for _, row := range rows {
				if row.Number == code.Number {
					statuses = append(statuses, fmt.Sprint(row.HTTP))
				}
			}
			if statuses != nil {
				fmt.Fprintf(w, "case %s:\nreturn %s\n", strings.Join(statuses, ", "), code.GoName)
			}
		}
		fmt.Fprintf(w, "}\nreturn %s\n}\n\n", r.RPC.Codes[other].GoName)
	}
	infer("grpcFromHTTP", "gRPC", r.RPC.FromHTTP, r.RPC.Other)
	infer("connectFromHTTP", "Connect", r.RPC.ConnectFromHTTP, r.RPC.ConnectOther)
	fmt.Fprintf(w, "// %d codes.\n", len(r.RPC.Codes))
	return format.Source(w.Bytes())
}

// rpcName is a word that may be the name of a code.
var rpcName = regexp.MustCompile(`\b[A-Z_]{2,}\b`)

// rpcCard returns the paragraphs of the doc comment of a code.
func rpcCard(r *registry.Registry, c registry.RPCCode) []string {
	first := fmt.Sprintf("%s is the code %s (%d", c.GoName, c.Name, c.Number)
	if c.Connect != "" {
		first += ", " + c.Connect + " in Connect"
	}
	paragraphs := []string{first + "): " + c.Meaning + "."}
	if c.Hint != "" {
		paragraphs = append(paragraphs, rpcName.ReplaceAllStringFunc(c.Hint, func(name string) string {
			for _, o := range r.RPC.Codes {
				if o.Name == name {
					return "[" + o.GoName + "]"
				}
			}
			return name
		}))
	}
	var others []string
	for _, o := range r.RPC.Codes {
		if o.HTTP == c.HTTP && o.Number != c.Number {
			others = append(others, "["+o.GoName+"]")
		}
	}
	last := fmt.Sprintf("HTTP: %d", c.HTTP)
	if others != nil {
		last += ", as " + strings.Join(others, " and ")
	}
	return append(paragraphs, last+".")
}
