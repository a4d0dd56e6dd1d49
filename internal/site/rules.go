package site

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"iter"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"example.com/httpstatus"
	"example.com/httpstatus/conform"
	"example.com/httpstatus/internal/card"
	"example.com/httpstatus/probe"
)

// A rule is one of conform, of probe or of statuslint.
type rule struct {
	Tool, ID, Summary string
	Codes             []httpstatus.Code // that it is about
	text              string            // its page, as Markdown
}

// manyCodes is from how many codes on a rule is about a class rather than about
// each of them.
const manyCodes = 8

// statuslintTitle is the first line of a page of statuslint.
var statuslintTitle = regexp.MustCompile(`^# (S-\S+): (.*)\n`)

// loadRules reads all rules.
func (b *builder) loadRules() error {
	for _, of := range []struct {
		tool  string
		rules iter.Seq[conform.Rule]
	}{{"conform", conform.Rules()}, {"probe", probe.Rules()}} {
		for r := range of.rules {
			text, err := fs.ReadFile(b.root, "docs/"+of.tool+"/"+r.ID+".md")
			if err != nil {
				return err
			}
			b.rules = append(b.rules, rule{
				Tool: of.tool, ID: r.ID, Summary: r.Summary, Codes: about(r.ID, r.Summary, r.Reference), text: string(text),
			})
		}
	}
	names, err := fs.Glob(b.root, "statuslint/docs/S-*.md")
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := fs.ReadFile(b.root, name)
		if err != nil {
			return err
		}
		m := statuslintTitle.FindStringSubmatch(string(text))
		if m == nil || m[1]+".md" != path.Base(name) {
			return fmt.Errorf("%s: the first line is not its name and a title", name)
		}
		_, reference, _ := strings.Cut(string(text), "Severity: ")
		reference, _, _ = strings.Cut(reference, "\n")
		b.rules = append(b.rules, rule{
			Tool: "statuslint", ID: m[1], Summary: card.Sentence(m[2]), Codes: about(m[1], m[2], reference), text: string(text),
		})
	}
	return nil
}

var number = regexp.MustCompile(`\b[1-5](?:\d\d|xx)\b`)

// about returns the registered codes that a rule is about: those that its name
// or its summary has, and the one that is defined in the section it cites. One
// that speaks of a class is about its codes only if it names no code.
func about(id, summary, reference string) (codes []httpstatus.Code) {
	var classes []string
	for _, n := range number.FindAllString(id+" "+summary, -1) {
		if strings.HasSuffix(n, "xx") {
			classes = append(classes, n)
			continue
		}
		if v, _ := strconv.Atoi(n); httpstatus.Code(v).IsRegistered() {
			codes = append(codes, httpstatus.Code(v))
		}
	}
	for c := range httpstatus.All() {
		if section := httpstatus.Describe(c).Reference; strings.Contains(section, ", Section ") && hasSection(reference, section) {
			codes = append(codes, c)
		}
	}
	if len(codes) == 0 {
		for c := range httpstatus.All() {
			if slices.Contains(classes, c.Class().String()) {
				codes = append(codes, c)
			}
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// hasSection reports whether text cites exactly the section, and not one below
// it or beside it: 15.5.1 is not 15.5.14.
func hasSection(text, section string) bool {
	for rest := text; ; {
		i := strings.Index(rest, section)
		if i < 0 {
			return false
		}
		rest = rest[i+len(section):]
		if rest == "" || rest[0] < '0' || rest[0] > '9' {
			if !regexp.MustCompile(`^\.\d`).MatchString(rest) {
				return true
			}
		}
	}
}

// rulePages renders a page for each rule, and their lists.
func (b *builder) rulePages() error {
	readme, err := fs.ReadFile(b.root, "docs/conform/README.md")
	if err != nil {
		return err
	}
	prober, err := fs.ReadFile(b.root, "docs/probe.md")
	if err != nil {
		return err
	}
	lists := []struct{ path, title, text string }{
		{"conform/", "Rules for responses", string(readme)},
		{"probe/", "Probing a running server", strings.NewReplacer("(conform/README.md)", "(../conform/)", "(probe/", "(").Replace(string(prober))},
		{"statuslint/", "Rules for code", b.statuslintList()},
	}
	for _, l := range lists {
		if err := b.markdownPage(page{Title: l.title, Path: l.path}, l.text, "", nil); err != nil {
			return err
		}
	}
	for _, r := range b.rules {
		codes := r.Codes
		if len(codes) >= manyCodes {
			codes = nil
		}
		up := "Rules for responses"
		switch r.Tool {
		case "probe":
			up = "Probing a running server"
		case "statuslint":
			up = "Rules for code"
		}
		p := page{Title: r.ID, Description: r.Summary, Path: r.Tool + "/" + r.ID + "/"}
		if err := b.markdownPage(p, r.text, up, codes); err != nil {
			return err
		}
	}
	return nil
}

// markdownPage renders a document as a page.
func (b *builder) markdownPage(p page, text, up string, codes []httpstatus.Code) error {
	html, err := markdown(text)
	if err != nil {
		return err
	}
	body := struct {
		Up    string
		HTML  template.HTML
		Codes []codeLink
	}{Up: up, HTML: html}
	for _, c := range codes {
		body.Codes = append(body.Codes, linkTo(c))
	}
	if p.Description == "" {
		p.Description = p.Title
	}
	p.Title += " · HTTP status codes"
	p.Body, p.template = body, "prose-page"
	return b.add(p)
}

// statuslintList is the list of the rules of statuslint, as Markdown.
func (b *builder) statuslintList() string {
	var s strings.Builder
	s.WriteString("# Rules for code\n\nWhat `statuslint` looks for in Go code. Each page tells what goes wrong, shows it wrong and right, " +
		"and how to silence it.\n\n| rule | what is wrong |\n|---|---|\n")
	for _, r := range b.rules {
		if r.Tool == "statuslint" {
			fmt.Fprintf(&s, "| [%s](%s.md) | %s |\n", r.ID, r.ID, r.Summary)
		}
	}
	return s.String()
}

// toMarkdown reads tables as GitHub does.
var toMarkdown = goldmark.New(goldmark.WithExtensions(extension.Table))

var (
	comment      = regexp.MustCompile(`(?s)<!--.*?-->\n*`)
	documentLink = regexp.MustCompile(`href="([^":/]+)\.md"`)
	tableTag     = regexp.MustCompile(`(?s)<table>.*?</table>`)
	inText       = regexp.MustCompile(`(?s)<pre>.*?</pre>|<h\d>.*?</h\d>|<a .*?</a>|<[^>]*>|[^<]+`)
)

// markdown renders a document. Links to the pages of rules lead to ours,
// citations become links, and tables scroll in their own box.
func markdown(text string) (template.HTML, error) {
	var out bytes.Buffer
	if err := toMarkdown.Convert([]byte(comment.ReplaceAllString(text, "")), &out); err != nil {
		return "", err
	}
	s := documentLink.ReplaceAllString(out.String(), `href="$1/"`)
	n := 0
	s = tableTag.ReplaceAllStringFunc(s, func(t string) string {
		n++
		return fmt.Sprintf(`<div class="scroll" tabindex="0" role="group" aria-label="Table %d">`, n) + t + `</div>`
	})
	s = inText.ReplaceAllStringFunc(s, func(part string) string {
		if part[0] == '<' {
			return part
		}
		return citation.ReplaceAllStringFunc(part, func(c string) string {
			return `<a href="` + address(c) + `">` + c + `</a>`
		})
	})
	return template.HTML(strings.TrimSpace(s)), nil
}
