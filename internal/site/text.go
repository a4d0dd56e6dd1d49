package site

import (
	"html/template"
	"regexp"
	"strings"

	"example.com/httpstatus/internal/card"
)

var functions = template.FuncMap{
	"prose":    prose,
	"quoted":   quoted,
	"cite":     cite,
	"sentence": card.Sentence,
}

// citation matches what names a place in an RFC or a draft.
var citation = regexp.MustCompile(`RFC (\d+)(?:,[ \x{a0}]+(Section|Appendix) ([0-9A-Z][0-9.]*[0-9]|[0-9A-Z]))?|` +
	`(draft-ietf-[a-z0-9-]+)(?:, (Section|Appendix) ([0-9A-Z][0-9.]*[0-9]|[0-9A-Z]))?`)

// address returns where a citation leads; "" if s is none.
func address(s string) string {
	m := citation.FindStringSubmatch(strings.ReplaceAll(s, card.NoBreak, " "))
	if m == nil {
		return ""
	}
	url, kind, place := "https://www.rfc-editor.org/rfc/rfc"+m[1]+".html", m[2], m[3]
	if m[4] != "" {
		url, kind, place = "https://datatracker.ietf.org/doc/html/"+m[4], m[5], m[6]
	}
	if place == "" {
		return url
	}
	return url + "#" + strings.ToLower(kind) + "-" + place
}

// cite returns a citation as a link, and any other reference as it is.
func cite(s string) template.HTML {
	if loc := citation.FindStringIndex(s); loc == nil || loc[0] != 0 || loc[1] != len(s) {
		return prose(s)
	}
	return template.HTML(`<a href="` + address(s) + `">` + template.HTMLEscapeString(card.Together(s)) + `</a>`)
}

// prose returns text with its citations as links.
func prose(s string) template.HTML {
	var b strings.Builder
	s = strings.ReplaceAll(s, card.NoBreak, " ")
	at := 0
	for _, loc := range citation.FindAllStringIndex(s, -1) {
		b.WriteString(template.HTMLEscapeString(s[at:loc[0]]))
		b.WriteString(string(cite(s[loc[0]:loc[1]])))
		at = loc[1]
	}
	b.WriteString(template.HTMLEscapeString(s[at:]))
	return template.HTML(b.String())
}

// quoted returns the words of a document, with dots where they begin within a
// sentence.
func quoted(s string) string {
	if s != "" && 'a' <= s[0] && s[0] <= 'z' {
		return "… " + s
	}
	return s
}
