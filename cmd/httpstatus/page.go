package main

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"example.com/httpstatus/internal/card"
)

const (
	defaultWidth = 80
	minWidth     = 24   // narrower than that, words no longer fit
	minColumn    = 16   // nor do they in a column narrower than that
	maxWidth     = 1000 // a bound on what COLUMNS can ask for
)

// A page is text under construction, wrapped to a width and perhaps coloured.
type page struct {
	strings.Builder
	width int
	color bool
}

// newPage returns an empty page as wide and as colourful as sys wants.
func newPage(sys system) *page {
	width, terminal := sys.terminal()
	if !terminal || width <= 0 {
		width = defaultWidth
	}
	if n, err := strconv.Atoi(sys.getenv("COLUMNS")); err == nil && n > 0 {
		width = n
	}
	return &page{
		width: min(max(width, minWidth), maxWidth),
		color: colored(sys, terminal),
	}
}

// colored reports whether the output is to have colour. NO_COLOR wins over
// FORCE_COLOR.
func colored(sys system, terminal bool) bool {
	force := sys.getenv("FORCE_COLOR")
	return sys.getenv("NO_COLOR") == "" && (force != "" && force != "0" || terminal && sys.getenv("TERM") != "dumb")
}

// A style is what an SGR escape sequence takes.
type style string

const (
	plain   style = ""
	bold    style = "1"
	dim     style = "2"
	red     style = "1;31"
	green   style = "1;32"
	yellow  style = "1;33"
	cyan    style = "1;36"
	magenta style = "1;35"
)

// paint returns s in the given style, or as it is on a page without colour.
func (p *page) paint(st style, s string) string {
	if !p.color || st == plain || s == "" {
		return s
	}
	return "\x1b[" + string(st) + "m" + s + "\x1b[0m"
}

func (p *page) blank() { p.WriteByte('\n') }

// rule draws a line from edge to edge.
func (p *page) rule() {
	p.WriteString(p.paint(dim, strings.Repeat("-", p.width)))
	p.WriteByte('\n')
}

// heading writes a line that opens a part of the page.
func (p *page) heading(text string) {
	for _, line := range wrap(text, p.width) {
		p.WriteString(p.paint(bold, line) + "\n")
	}
}

// paragraph writes wrapped text.
func (p *page) paragraph(text string) { p.row(plain, "", 0, text) }

// row writes a label and, in a column of its own, wrapped text. Where the page
// is too narrow for two columns, or there is no text, the label has the line for
// itself.
func (p *page) row(st style, label string, column int, text string) {
	if text == "" || column > 0 && p.width-column < minColumn {
		lines := []string{label}
		if utf8.RuneCountInString(label) > p.width {
			lines = wrap(label, p.width)
		}
		for _, line := range lines {
			if line != "" {
				p.WriteString(p.paint(st, line) + "\n")
			}
		}
		label, column = "", 4
	}
	gap := strings.Repeat(" ", max(column-utf8.RuneCountInString(label), 0))
	for _, line := range wrap(text, p.width-column) {
		p.WriteString(p.paint(st, label) + gap + line + "\n")
		label, gap = "", strings.Repeat(" ", column)
	}
}

// wrap breaks text into lines of at most width characters, between words. A
// word that is longer than that gets a line of its own.
func wrap(text string, width int) []string {
	var lines []string
	line, n := "", 0
	for _, word := range words(text, width) {
		w := utf8.RuneCountInString(word)
		switch {
		case n == 0:
			line, n = word, w
		case n+1+w <= width:
			line, n = line+" "+word, n+1+w
		default:
			lines = append(lines, line)
			line, n = word, w
		}
	}
	if n > 0 {
		lines = append(lines, line)
	}
	return lines
}

// words splits text at spaces, and at those marked card.NoBreak where the parts do
// not fit on a line of the given width together.
func words(text string, width int) []string {
	var all []string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' }) {
		if parts := strings.Split(word, card.NoBreak); utf8.RuneCountInString(word) <= width {
			all = append(all, strings.Join(parts, " "))
		} else {
			all = append(all, parts...)
		}
	}
	return all
}
