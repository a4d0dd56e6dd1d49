package catalog

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.com/httpstatus/internal/registry"
)

// card returns the doc comment of a code's constant.
func card(r *registry.Registry, e registry.Entry) (string, error) {
	link := linker(r, e.Code)
	var paragraphs []string
	add := func(s string) {
		if s != "" {
			paragraphs = append(paragraphs, s)
		}
	}
	add(fmt.Sprintf("%s is the %d (%s) status code: %s", e.Name, e.Code, e.Phrase, link(e.Card.Meaning)))
	add(link(e.Card.UseWhen))
	var distinctions []string
	for _, c := range e.Card.Confused {
		distinctions = append(distinctions, link(c.How))
	}
	add(strings.Join(distinctions, " "))
	if e.Card.Debug != "" {
		add("Look first at " + link(e.Card.Debug))
	}
	facts, err := factLine(e)
	if err != nil {
		return "", err
	}
	add(facts)

	lines := layOut(paragraphs)
	for len(lines) > maxCardLines && len(paragraphs) > 3 {
		// The meaning and the use stand together where room is short.
		paragraphs = append([]string{paragraphs[0] + " " + paragraphs[1]}, paragraphs[2:]...)
		lines = layOut(paragraphs)
	}
	if len(lines) > maxCardLines {
		return "", fmt.Errorf("cards.txt:%d: the card of %d is %d lines long as a comment, and may have %d", e.Card.Line, e.Code, len(lines), maxCardLines)
	}
	return strings.Join(lines, ""), nil
}

// maxCardLines is how long a doc comment may be so that go doc prints a card of
// at most 20 lines: it adds the package, the declaration, and two empty lines.
const maxCardLines = 16

// layOut returns the lines of a comment with the given paragraphs.
func layOut(paragraphs []string) []string {
	var lines []string
	for i, p := range paragraphs {
		if i > 0 {
			lines = append(lines, "//\n")
		}
		for _, line := range wrap(p, 76) {
			lines = append(lines, "// "+line+"\n")
		}
	}
	return lines
}

// factLine says in short sentences what the tables know of e.
func factLine(e registry.Entry) (string, error) {
	var s []string
	rules, err := headerRules(e)
	if err != nil {
		return "", err
	}
	if text := headerLine(rules); text != "" {
		s = append(s, text)
	}
	if e.Has("no-content") {
		s = append(s, "Has no content.")
	}
	if e.Has("cacheable") {
		s = append(s, "Heuristically cacheable.")
	}
	if e.Has("no-store") && e.Code >= 200 {
		s = append(s, "Never stored by a cache.")
	}
	switch {
	case e.Has("preserve-method"):
		s = append(s, "Followed with the same method and content.")
	case e.Has("get"):
		s = append(s, "Followed with GET, or HEAD after HEAD.")
	case e.Has("redirect"):
		s = append(s, "Followed with GET after POST, and otherwise with the same method.")
	}
	class, err := retryClassOf(e)
	if err != nil {
		return "", err
	}
	if doc := retryClasses[class].doc; doc != "" {
		s = append(s, doc)
	}
	if e.Remark != "" {
		s = append(s, "Registry: "+strings.ToLower(e.Remark)+".")
	}
	if len(e.Names) > 0 {
		s = append(s, "Formerly "+strings.Join(e.Names, ", ")+".")
	}
	return strings.Join(append(s, e.Reference+"."), " "), nil
}

// headerLine names the fields of e's own rules: by level where they always
// hold, and otherwise in one list, because a card has no room for conditions.
func headerLine(rules []rule) string {
	var parts, sometimes []string
	for i, l := range levels {
		var always []string
		for _, h := range rules {
			switch {
			case h.level != i || h.Inherited:
			case h.When == "":
				always = append(always, h.Value)
			case !slices.Contains(sometimes, h.Value):
				sometimes = append(sometimes, h.Value)
			}
		}
		if len(always) > 0 {
			parts = append(parts, l.strength+" "+strings.Join(always, ", "))
		}
	}
	line := ""
	if len(parts) > 0 {
		line = "Header: " + strings.Join(parts, "; ") + "."
	}
	if len(sometimes) > 0 {
		line += " On conditions: " + strings.Join(sometimes, ", ") + " (see [Code.HeaderRules])."
	}
	return strings.TrimSpace(line)
}

// A codeNumber with something after a hyphen is no code: 100-continue.
var codeNumber = regexp.MustCompile(`\b[1-5][0-9][0-9](-\w+)?\b`)

// linker returns a function that puts a doc link before the first mention of
// each other code, over all the texts it is given.
func linker(r *registry.Registry, self int) func(string) string {
	names := map[int]string{}
	for _, e := range r.Codes {
		if e.Code != self {
			names[e.Code] = e.Name
		}
	}
	return func(text string) string {
		return codeNumber.ReplaceAllStringFunc(text, func(number string) string {
			code, _ := strconv.Atoi(number)
			name, ok := names[code]
			if !ok {
				return number
			}
			delete(names, code)
			return number + " ([" + name + "])"
		})
	}
}

// wrap breaks text into lines of at most width bytes, except where a word is
// longer, and never within a citation such as "RFC 9110, Section 15.5.5", which
// pkg.go.dev links only when it stands on one line.
func wrap(text string, width int) []string {
	const glue = "\x00"
	text = citation.ReplaceAllStringFunc(text, func(s string) string {
		return strings.ReplaceAll(s, " ", glue)
	})
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		word = strings.ReplaceAll(word, glue, " ")
		switch {
		case line == "":
			line = word
		case len(line)+1+len(word) <= width:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}

var citation = regexp.MustCompile(`RFC [0-9]+(, Section [0-9.]*[0-9])?`)
