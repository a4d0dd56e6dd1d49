package registry

import (
	"io/fs"
	"path"
	"strings"
)

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
// was broken at its hyphen becomes one again, the bars beside a note go, and of
// Markdown the backquotes and the colons before definitions.
func normalise(s string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(strings.ReplaceAll(line, "`", ""))
		for _, mark := range [...]string{"|", ": "} {
			if rest, ok := strings.CutPrefix(line, mark); ok {
				line = strings.TrimSpace(rest)
			}
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
