package main

import (
	"fmt"
	"html"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPicture holds that docs/card.svg, which the README shows, is what a
// terminal shows. After a change: go test ./cmd/httpstatus -run TestPicture -update.
func TestPicture(t *testing.T) {
	const file = "../../docs/card.svg"
	_, out, _ := runWith(map[string]string{"FORCE_COLOR": "1"}, columns, "429")
	want := picture("httpstatus 429", out)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o666))
	}
	have, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, want, string(have), "docs/card.svg is stale; run go test ./cmd/httpstatus -run TestPicture -update")
	assert.NotContains(t, want, "\x1b")
}

// The measures of the picture, in pixels, and its colours, by SGR number.
const (
	columns               = 80
	cellWidth, cellHeight = 8.43, 19
	pictureMargin         = 22
)

var pictureColors = map[string]string{
	"1": "#ffffff", "2": "#8b949e", "1;31": "#ff7b72", "1;32": "#7ee787", "1;33": "#f0b866", "1;35": "#d2a8ff", "1;36": "#76e3ea",
}

// cells matches words with one space between them, or the space between columns:
// SVG makes one space of several.
var cells = regexp.MustCompile(`\S+( \S+)*|\s+`)

// escapes matches text in one style.
var escapes = regexp.MustCompile(`(?s)\x1b\[([0-9;]+)m(.*?)\x1b\[0m`)

// picture draws what a terminal of 80 columns shows after a command.
func picture(command, output string) string {
	lines := strings.Split(strings.TrimSuffix(output, "\n"), "\n")
	width := int(math.Ceil(columns*cellWidth)) + 2*pictureMargin
	height := (len(lines)+2)*cellHeight + 2*pictureMargin
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" aria-label="%s">`+"\n",
		width, height, html.EscapeString("What "+command+" shows in a terminal"))
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="10" fill="#161b22"/>`+"\n", width, height)
	b.WriteString(`<g fill="#d5dae0" font-family="ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">` +
		"\n")
	text := func(line int, column int, style, s string) {
		// The length is given, so that columns stand below each other in any font.
		indent := utf8.RuneCountInString(s) - utf8.RuneCountInString(strings.TrimLeft(s, " "))
		if s = strings.TrimSpace(s); s == "" {
			return
		}
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" textLength="%.1f" lengthAdjust="spacingAndGlyphs"`,
			pictureMargin+float64(column+indent)*cellWidth, pictureMargin+(line+1)*cellHeight-5, float64(utf8.RuneCountInString(s))*cellWidth)
		if color := pictureColors[style]; color != "" {
			fmt.Fprintf(&b, ` fill="%s" font-weight="700"`, color)
		}
		fmt.Fprintf(&b, ">%s</text>\n", html.EscapeString(s))
	}
	text(0, 0, "2", "$")
	text(0, 2, "1", command)
	for i, line := range lines {
		column := 0
		plain := func(s string) {
			for _, part := range cells.FindAllString(s, -1) {
				text(i+2, column, "", part)
				column += utf8.RuneCountInString(part)
			}
		}
		at := 0
		for _, m := range escapes.FindAllStringSubmatchIndex(line, -1) {
			plain(line[at:m[0]])
			s := line[m[4]:m[5]]
			text(i+2, column, line[m[2]:m[3]], s)
			column += utf8.RuneCountInString(s)
			at = m[1]
		}
		plain(line[at:])
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}
