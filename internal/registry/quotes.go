package registry

import (
	"io/fs"
	"strings"
)

// checkQuotes complains of facts whose citation names no section, or whose words
// do not stand there.
func (l *loader) checkQuotes(facts []Fact, texts map[string]*text) {
	const redo = "; after a change of semantics.csv run go run ./internal/registry/excerpt"
	for _, f := range facts {
		if f.Citation == "" && f.Strength == "policy" {
			continue
		}
		c, err := parseCitation(f.Citation)
		if err != nil {
			l.complain(f.File, f.Line, "code %s: %v", f.Code, err)
			continue
		}
		t := texts[c.document]
		switch {
		case t == nil:
			l.complain(f.File, f.Line, "code %s: there is no text of %s%s", f.Code, c.document, redo)
		case t.title(c.section) == "":
			l.complain(f.File, f.Line, "code %s: %s has no %s", f.Code, c.document, c.where())
		case f.Strength == "policy":
		case !strings.Contains(t.passages[c.section], f.Words):
			l.complain(f.File, f.Line, "code %s: %q is not among the passages of %s%s", f.Code, f.Words, f.Citation, redo)
		}
	}
}

// A Quote is what the excerpt of a document has to hold.
type Quote struct {
	Document, Section string // Section may be "", for a document that is cited as a whole
	Words             string // "" where the section alone is cited
}

// Quotes returns what the facts and the proxy errors in fsys cite, in their
// order, without asking whether the texts hold it. The program that makes the texts needs it.
func Quotes(fsys fs.FS) ([]Quote, error) {
	l := &loader{fsys: fsys}
	r := &Registry{}
	l.codes(r)
	var quotes []Quote
	for _, f := range l.facts(r) {
		c, err := parseCitation(f.Citation)
		if err != nil {
			if f.Citation != "" || f.Strength != "policy" {
				l.complain(f.File, f.Line, "code %s: %v", f.Code, err)
			}
			continue
		}
		q := Quote{Document: c.document, Section: c.section}
		if f.Strength != "policy" {
			q.Words = f.Words
		}
		quotes = append(quotes, q)
	}
	for _, e := range l.proxyErrors() {
		c, err := parseCitation(e.Reference)
		if err != nil {
			l.complain(proxyErrorsFile, e.line, "%s: %v", e.Name, err)
		}
		for _, words := range e.quotes() {
			quotes = append(quotes, Quote{Document: c.document, Section: c.section, Words: words})
		}
	}
	return quotes, l.err()
}

// Normalise returns s as quotes are compared: on one line, with single spaces.
func Normalise(s string) string { return normalise(s) }

// TextFile returns the name of the file that keeps the excerpt of a document.
func TextFile(document string) string { return textFile(document) }
