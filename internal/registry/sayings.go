package registry

import (
	"slices"
	"strings"
)

// sayings reads what people say when they mean a code. sayings.txt says what its
// format is.
func (l *loader) sayings(r *Registry) {
	r.Sayings = map[int][]string{}
	b, ok := l.read(sayingsFile)
	if !ok {
		return
	}
	text, line := "", 0 // the paragraph that further lines continue
	end := func() {
		if text != "" {
			l.said(r, text, line)
		}
		text = ""
	}
	for i, s := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		switch {
		case s == "" || s[0] == '#':
		case strings.HasPrefix(s, "  ") && text != "":
			text += " " + strings.TrimSpace(s)
		default:
			end()
			text, line = s, i+1
		}
	}
	end()
	for _, list := range [...][]Entry{r.Codes, r.Reserved} {
		for _, e := range list {
			if len(r.Sayings[e.Code]) == 0 {
				l.complain(sayingsFile, 1, "%d has no saying", e.Code)
			}
		}
	}
}

// said adds the sayings of one code.
func (l *loader) said(r *Registry, text string, line int) {
	code, words, _ := strings.Cut(text, ":")
	n := number(code)
	if n < 100 || n > 599 {
		l.complain(sayingsFile, line, "%q is no status code", code)
		return
	}
	if len(r.Sayings[n]) > 0 {
		l.complain(sayingsFile, line, "%d has its sayings above", n)
	}
	for saying := range strings.SplitSeq(words, ";") {
		saying = strings.TrimSpace(saying)
		switch {
		case saying == "":
			l.complain(sayingsFile, line, "%d has an empty saying", n)
		case slices.Contains(r.Sayings[n], saying):
			l.complain(sayingsFile, line, "%d has %q twice", n, saying)
		default:
			r.Sayings[n] = append(r.Sayings[n], saying)
		}
	}
}
