package registry

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A citation names a place in a document.
type citation struct {
	document string // "RFC 9110", "draft-ietf-httpbis-resumable-upload"
	section  string // "15.5.6", "B" for an appendix, "" for the document as a whole
}

var isCitation = regexp.MustCompile(`^(RFC [1-9]\d*|draft-[a-z0-9-]+)(?:, (?:Section (\d+(?:\.\d+)*)|Appendix ([A-Z](?:\.\d+)*)))?$`)

// parseCitation reads "RFC 9110, Section 15.5.6".
func parseCitation(s string) (citation, error) {
	m := isCitation.FindStringSubmatch(s)
	if m == nil {
		return citation{}, fmt.Errorf("%q is not a citation like %q", s, "RFC 9110, Section 15.5.6")
	}
	return citation{m[1], m[2] + m[3]}, nil
}

// where returns "Section 15.5.6" or "Appendix B".
func (c citation) where() string {
	switch {
	case c.section == "":
		return "section"
	case c.section[0] >= 'A':
		return "Appendix " + c.section
	}
	return "Section " + c.section
}

// documentURL returns the address of what a reference names; "" if that is not
// known.
func documentURL(reference string) string {
	c, err := parseCitation(reference)
	if err != nil {
		return ""
	}
	url := "https://datatracker.ietf.org/doc/html/" + c.document
	if number, ok := strings.CutPrefix(c.document, "RFC "); ok {
		url = "https://www.rfc-editor.org/rfc/rfc" + number + ".html"
	}
	switch {
	case c.section == "":
		return url
	case c.section[0] >= 'A':
		return url + "#appendix-" + c.section
	}
	return url + "#section-" + c.section
}

// references completes the references of IANA that name a document alone with
// the section that defines the code: the first one whose title names it. A
// document of which no text is kept stays as it is.
func (l *loader) references(r *Registry, texts map[string]*text) {
	for i := range r.Codes {
		e := &r.Codes[i]
		c, err := parseCitation(e.Reference)
		if err != nil {
			l.complain(codesFile, e.line, "code %d: %v", e.Code, err)
			continue
		}
		t := texts[c.document]
		if t == nil {
			continue
		}
		if c.section != "" {
			if t.title(c.section) == "" {
				l.complain(codesFile, e.line, "code %d: %s has no %s", e.Code, c.document, c.where())
			}
			continue
		}
		j := slices.IndexFunc(t.contents, func(h heading) bool {
			return slices.Contains(strings.FieldsFunc(h.title, func(c rune) bool { return c < '0' || '9' < c }), itoa(e.Code))
		})
		if j < 0 {
			l.complain(t.file, 1, "no section defines code %d", e.Code)
			continue
		}
		e.Reference += ", Section " + t.contents[j].section
		e.URL = documentURL(e.Reference)
	}
}
