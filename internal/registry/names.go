package registry

import "strings"

// names reads the names that codes have had before.
func (l *loader) names(r *Registry, texts map[string]*text) {
	taken := map[string]int{} // in lower case
	for _, e := range r.Codes {
		taken[strings.ToLower(e.Phrase)] = e.Code
	}
	for _, row := range l.table(namesFile, "code,name,citation") {
		code, name, citation := row.cells[0], row.cells[1], row.cells[2]
		e := r.entry(code)
		if e == nil || e.Code < 100 {
			e = r.reserved(code)
		}
		if e == nil {
			l.complain(namesFile, row.line, "%q is neither a registered nor a reserved code", code)
			continue
		}
		key := strings.ToLower(name)
		if c, ok := taken[key]; ok {
			l.complain(namesFile, row.line, "%q is the name of %d already", name, c)
			continue
		}
		if goName(name) == "" {
			l.complain(namesFile, row.line, "%q is not a name", name)
			continue
		}
		c, err := parseCitation(citation)
		if err != nil {
			l.complain(namesFile, row.line, "%v", err)
		} else if t := texts[c.document]; t != nil && t.title(c.section) == "" {
			l.complain(namesFile, row.line, "%s has no %s", c.document, c.where())
		}
		taken[key] = e.Code
		e.Names = append(e.Names, name)
	}
}
