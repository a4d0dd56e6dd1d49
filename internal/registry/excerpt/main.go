// Command excerpt makes the files in internal/registry/texts: of each document
// that semantics.csv and proxy-errors.csv cite, the titles of its sections and
// the paragraphs that hold the quotes. It reads the full texts, which the repository does not keep,
// from a folder that the user names:
//
//	go run ./internal/registry/excerpt -from DIR
//
// DIR holds them under the names in the table below, as the RFC Editor publishes
// them in plain text, or as their authors' Markdown.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"example.com/httpstatus/internal/registry"
)

// A document is a cited text and where it comes from.
type document struct {
	name   string // as citations name it
	file   string // in DIR
	title  string
	origin string
}

const editor = "the RFC Editor's plain text"

var documents = []document{
	{"RFC 2295", "rfc2295.txt", "Transparent Content Negotiation in HTTP", "March 1998, " + editor},
	{"RFC 2518", "rfc2518-excerpt-102.txt", "HTTP Extensions for Distributed Authoring -- WEBDAV",
		"February 1999, obsoleted by RFC 4918, " + editor + "; of its contents only the sections on 102 are listed"},
	{"RFC 2774", "rfc2774.txt", "An HTTP Extension Framework", "February 2000, Historic, " + editor},
	{"RFC 3229", "rfc3229.txt", "Delta encoding in HTTP", "January 2002, " + editor},
	{"RFC 4918", "rfc4918.txt", "HTTP Extensions for Web Distributed Authoring and Versioning (WebDAV)", "June 2007, " + editor},
	{"RFC 5789", "rfc5789.txt", "PATCH Method for HTTP", "March 2010, " + editor},
	{"RFC 5842", "rfc5842.txt", "Binding Extensions to Web Distributed Authoring and Versioning (WebDAV)", "April 2010, " + editor},
	{"RFC 6585", "rfc6585.txt", "Additional HTTP Status Codes", "April 2012, " + editor},
	{"RFC 7725", "rfc7725.txt", "An HTTP Status Code to Report Legal Obstacles", "February 2016, " + editor},
	{"RFC 8297", "rfc8297.txt", "An HTTP Status Code for Indicating Hints", "December 2017, " + editor},
	{"RFC 8470", "rfc8470.txt", "Using Early Data in HTTP", "September 2018, " + editor},
	{"RFC 9110", "rfc9110.txt", "HTTP Semantics", "STD 97, June 2022, " + editor},
	{"RFC 9111", "rfc9111.txt", "HTTP Caching", "STD 98, June 2022, " + editor},
	{"RFC 9112", "rfc9112.txt", "HTTP/1.1", "STD 99, June 2022, " + editor},
	{"RFC 9209", "rfc9209.txt", "The Proxy-Status HTTP Response Header Field", "June 2022, " + editor},
	{"RFC 10008", "rfc10008-auth48.txt", "The HTTP QUERY Method", "June 2026, rendered from the authors' XML shortly before publication"},
	{"RFC 10036", "rfc10036-source.md", "Incremental Forwarding of HTTP Messages",
		"the authors' Markdown of 1 July 2026, before publication; sections are numbered as they will be rendered"},
	{"draft-ietf-httpbis-resumable-upload", "draft-ietf-httpbis-resumable-upload.md", "Resumable Uploads for HTTP",
		"the authors' Markdown of 1 July 2026, after revision 11; sections are numbered as they will be rendered"},
}

func main() {
	from := flag.String("from", "", "`folder` of the full texts")
	to := flag.String("to", "internal/registry", "`folder` of semantics.csv and texts")
	flag.Parse()
	if err := run(*from, *to); err != nil {
		fmt.Fprintln(os.Stderr, "excerpt:", err)
		os.Exit(1)
	}
}

// run writes the excerpt of every document that is cited.
func run(from, to string) error {
	quotes, err := registry.Quotes(os.DirFS(to))
	if err != nil {
		return err
	}
	for _, q := range quotes {
		if !known(q.Document) {
			return fmt.Errorf("%s is cited, but not in the table of documents", q.Document)
		}
	}
	for _, d := range documents {
		full, err := os.ReadFile(filepath.Join(from, d.file))
		if err != nil {
			return err
		}
		out, err := d.excerpt(string(full), quotes)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, registry.TextFile(d.name)), []byte(out), 0o666); err != nil {
			return err
		}
	}
	return nil
}

func known(name string) bool {
	for _, d := range documents {
		if d.name == name {
			return true
		}
	}
	return false
}

// excerpt returns the excerpt of a full text that holds the quotes from it.
func (d document) excerpt(full string, quotes []registry.Quote) (string, error) {
	sections := split(full)
	if strings.HasSuffix(d.file, ".md") {
		sections = splitMarkdown(full)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\nExcerpts: the table of contents, and the passages that are quoted.\nOrigin: %s.\n\nContents\n", d.name, d.title, d.origin)
	for _, s := range sections {
		fmt.Fprintf(&b, "%s %s\n", s.number, s.title)
	}
	for _, q := range quotes {
		if q.Document != d.name || q.Words == "" {
			continue
		}
		found := false
		for i := range sections {
			if sections[i].number == q.Section || q.Section == "" && !found {
				found = sections[i].mark(q.Words)
			}
		}
		if !found {
			where := d.name
			if q.Section != "" {
				where += ", Section " + q.Section
			}
			return "", fmt.Errorf("%s does not say %q", where, q.Words)
		}
	}
	for _, s := range sections {
		if p := s.marked(); p != "" {
			fmt.Fprintf(&b, "\nPassages of %s\n%s", s.number, p)
		}
	}
	return b.String(), nil
}

// A section is one section of a full text, without its subsections.
type section struct {
	number, title string
	paragraphs    []string
	wanted        []bool
}

// mark wants the paragraphs that hold the words: the shortest run of them that
// does, for a quote may go on from a paragraph into a list.
func (s *section) mark(words string) bool {
	if s.wanted == nil {
		s.wanted = make([]bool, len(s.paragraphs))
	}
	for n := 1; n <= len(s.paragraphs); n++ {
		for i := 0; i+n <= len(s.paragraphs); i++ {
			run := strings.Join(s.paragraphs[i:i+n], "\n")
			if strings.Contains(registry.Normalise(run), words) {
				for j := i; j < i+n; j++ {
					s.wanted[j] = true
				}
				return true
			}
		}
	}
	return false
}

// marked returns the wanted paragraphs, indented and apart.
func (s *section) marked() string {
	var b strings.Builder
	for i, p := range s.paragraphs {
		if s.wanted == nil || !s.wanted[i] {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		for line := range strings.SplitSeq(p, "\n") {
			if !strings.HasPrefix(line, " ") {
				line = "   " + line
			}
			b.WriteString(strings.TrimRight(line, " ") + "\n")
		}
	}
	return b.String()
}

var (
	pageBreak = regexp.MustCompile(`\n*[^\n]*\[Page \d+\]\n\f?\n?(?:RFC \d+ [^\n]*\n)?\n*`)
	isHeading = regexp.MustCompile(`^(?:(\d+(?:\.\d+)*)\.?|(?:Appendix )?([A-Z](?:\.\d+)*)\.)\s+(\S.*)$`)
)

// split splits a text of the RFC Editor at its headings, which alone begin at
// the first column with a number. Where a page ended, its foot and the next
// head go; the paragraph that they broke, if they did, becomes two.
func split(full string) []section {
	full = strings.TrimPrefix(full, "\ufeff")
	full = strings.ReplaceAll(full, "\r\n", "\n")
	full = pageBreak.ReplaceAllString(full, "\n\n")
	full = strings.ReplaceAll(full, "\f", "")
	var sections []section
	for _, p := range paragraphs(full) {
		if m := isHeading.FindStringSubmatch(strings.Join(strings.Fields(p), " ")); m != nil && p[0] != ' ' {
			sections = append(sections, section{number: m[1] + m[2], title: m[3]})
			continue
		}
		if n := len(sections); n > 0 {
			sections[n-1].paragraphs = append(sections[n-1].paragraphs, p)
		}
	}
	return sections
}

var isMarkdownHeading = regexp.MustCompile(`^(#+) (.*?)(?: \{.*\})?$`)

// splitMarkdown splits Markdown in which the headings have no numbers yet: it
// counts them as they are going to be rendered. Sections below the line "---
// back" are appendices.
func splitMarkdown(full string) []section {
	var (
		sections []section
		count    [8]int
		appendix bool
		code     bool
	)
	for _, p := range paragraphs(full) {
		// A heading may stand right above its paragraph; code holds none.
		var rest []string
		for line := range strings.SplitSeq(p, "\n") {
			if strings.HasPrefix(line, "~~~") {
				code = !code
			}
			if line == "--- back" {
				appendix, count = true, [8]int{}
				continue
			}
			m := isMarkdownHeading.FindStringSubmatch(line)
			if m == nil || code || len(m[1]) > len(count) {
				rest = append(rest, line)
				continue
			}
			level := len(m[1])
			count[level-1]++
			clear(count[level:])
			number := fmt.Sprint(count[0])
			if appendix {
				number = string(rune('A' + count[0] - 1))
			}
			for _, n := range count[1:level] {
				number += fmt.Sprintf(".%d", n)
			}
			sections = append(sections, section{number: number, title: strings.ReplaceAll(m[2], "`", "")})
		}
		if n := len(sections); n > 0 && len(rest) > 0 {
			sections[n-1].paragraphs = append(sections[n-1].paragraphs, strings.Join(rest, "\n"))
		}
	}
	return sections
}

// paragraphs splits s at its blank lines.
func paragraphs(s string) []string {
	var (
		all []string
		p   []string
	)
	for line := range strings.SplitSeq(s+"\n\n", "\n") {
		if strings.TrimSpace(line) != "" {
			p = append(p, line)
		} else if p != nil {
			all = append(all, strings.Join(p, "\n"))
			p = nil
		}
	}
	return all
}
