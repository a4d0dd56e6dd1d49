package registry

import (
	"fmt"
	"io/fs"
	"path"
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

// A text is what is kept of a cited document: the titles of its sections, and
// the passages that are quoted.
type text struct {
	file     string
	document string
	contents []heading
	passages map[string]string // by section, with white space normalised
}

type heading struct{ section, title string }

// title returns the title of a section; "" if the document has no such section.
func (t *text) title(section string) string {
	for _, h := range t.contents {
		if h.section == section {
			return h.title
		}
	}
	return ""
}

// textFile returns the file that keeps a document: "texts/rfc9110.txt".
func textFile(document string) string {
	name := strings.ToLower(strings.ReplaceAll(document, " ", ""))
	return path.Join(textsDir, name+".txt")
}

// texts reads the excerpts, by document. Their format: the first line names the
// document and its title, as in "RFC 9110: HTTP Semantics"; then follow lines on
// its origin; then, below the line "Contents", its sections, one to a line, the
// number first; then, below a line "Passages of 15.5.6" for each section, what
// is quoted of it, indented.
func (l *loader) texts() map[string]*text {
	texts := map[string]*text{}
	files, err := fs.Glob(l.fsys, textsDir+"/*.txt")
	if err != nil || len(files) == 0 {
		l.complain(textsDir, 1, "no texts")
	}
	for _, file := range files {
		b, ok := l.read(file)
		if !ok {
			continue
		}
		t := l.text(file, string(b))
		if t == nil {
			continue
		}
		if want := textFile(t.document); file != want {
			l.complain(file, 1, "%s is kept as %s", t.document, want)
		}
		texts[t.document] = t
	}
	return texts
}

// text reads one excerpt.
func (l *loader) text(file, content string) *text {
	t := &text{file: file, passages: map[string]string{}}
	const (
		origin = iota
		contents
		passages
	)
	part, section := origin, ""
	var passage []string
	flush := func() {
		if section != "" {
			t.passages[section] = normalise(strings.Join(passage, "\n"))
		}
		passage = nil
	}
	for i, s := range strings.Split(content, "\n") {
		n := i + 1
		indented := strings.HasPrefix(s, " ")
		switch {
		case n == 1:
			document, title, _ := strings.Cut(s, ": ")
			if c, err := parseCitation(document); err != nil || c.section != "" || title == "" {
				l.complain(file, n, "want a document and its title, as in %q", "RFC 9110: HTTP Semantics")
				return nil
			}
			t.document = document
		case s == "Contents" && part == origin:
			part = contents
		case strings.HasPrefix(s, "Passages of ") && part != origin:
			flush()
			part, section = passages, strings.TrimPrefix(s, "Passages of ")
			if t.title(section) == "" {
				l.complain(file, n, "%q is not among the contents", section)
			}
			if _, ok := t.passages[section]; ok {
				l.complain(file, n, "%q has passages above", section)
			}
		case s == "" || part == origin:
		case part == contents && !indented:
			h := heading{}
			h.section, h.title, _ = strings.Cut(s, " ")
			c, err := parseCitation(t.document + ", " + citation{section: h.section}.where())
			switch {
			case err != nil || c.section != h.section || h.title == "":
				l.complain(file, n, "%q is not a section and its title", s)
			case t.title(h.section) != "":
				l.complain(file, n, "%q is listed twice", h.section)
			default:
				t.contents = append(t.contents, h)
			}
		case part == passages && indented:
			passage = append(passage, s)
		default:
			l.complain(file, n, "%q stands where it has no meaning", s)
		}
	}
	flush()
	if part == origin {
		l.complain(file, 1, "no contents")
	}
	return t
}

// normalise makes quotes comparable: white space becomes one space, a word that
// was broken at its hyphen becomes one again, the bars beside a note and the
// backquotes of Markdown go.
func normalise(s string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(strings.ReplaceAll(line, "`", ""))
		if rest, ok := strings.CutPrefix(line, "|"); ok {
			line = strings.TrimSpace(rest)
		}
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if so := b.String(); so != "" && (!strings.HasSuffix(so, "-") || strings.HasSuffix(so, "--")) {
			b.WriteByte(' ')
		}
		b.WriteString(strings.Join(words, " "))
	}
	return b.String()
}

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

// references completes the references of IANA that name a document alone with
// the section that defines the code: the first one whose title names it. A
// document of which no text is kept stays as it is.
func (l *loader) references(r *Registry, texts map[string]*text) {
	for i := range r.Codes {
		e := &r.Codes[i]
		c, err := parseCitation(e.Reference)
		if err != nil {
			l.complain(codesFile, 1, "code %d: %v", e.Code, err)
			continue
		}
		t := texts[c.document]
		if t == nil {
			continue
		}
		if c.section != "" {
			if t.title(c.section) == "" {
				l.complain(codesFile, 1, "code %d: %s has no %s", e.Code, c.document, c.where())
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

// A Quote is what the excerpt of a document has to hold.
type Quote struct {
	Document, Section string
	Words             string // "" where the section alone is cited
}

// Quotes returns what the facts and names in fsys cite, in their order, without
// asking whether the texts hold it. The program that makes the texts needs it.
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
	return quotes, l.err()
}

// Normalise returns s as quotes are compared: on one line, with single spaces.
func Normalise(s string) string { return normalise(s) }

// TextFile returns the name of the file that keeps the excerpt of a document.
func TextFile(document string) string { return textFile(document) }
