package registry

import (
	"errors"
	"io/fs"
	"strings"
)

// cards reads the prose. Its format: a line that is a code or a class at column
// 0 opens a card; below it stand paragraphs that begin with their key at column
// 0 ("means:", "use:", "not 403:", "debug:"); a line that begins with two spaces
// continues the paragraph; blank lines and lines that begin with # count for
// nothing.
func (l *loader) cards(r *Registry) {
	b, err := fs.ReadFile(l.fsys, cardsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		l.read(cardsFile) // for its complaint
		return
	}
	var (
		e         *Entry  // whose card is open
		paragraph *string // that a further line continues
	)
	lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	for i, s := range lines {
		n := i + 1
		switch {
		case strings.TrimSpace(s) == "" || s[0] == '#':
			if strings.TrimSpace(s) == "" {
				paragraph = nil
			}
		case strings.HasPrefix(s, "  "):
			if paragraph == nil {
				l.complain(cardsFile, n, "a continuation without a paragraph")
				continue
			}
			*paragraph += " " + strings.TrimSpace(s)
		case isCardCode(s):
			paragraph = nil
			if e = r.entry(s); e == nil {
				e = r.reserved(s)
			}
			if e == nil {
				l.complain(cardsFile, n, "%q is not a registered code, nor a class", s)
				e = &Entry{} // takes the paragraphs that follow
			} else if e.Card.Line != 0 {
				l.complain(cardsFile, n, "%s has a card at line %d", s, e.Card.Line)
				e = &Entry{}
			}
			e.Card.Line = n
		default:
			key, words, ok := strings.Cut(s, ":")
			words = strings.TrimSpace(words)
			switch {
			case !ok || s[0] == ' ':
				l.complain(cardsFile, n, "neither a code, nor a key with its paragraph, nor a continuation (two spaces)")
			case e == nil:
				l.complain(cardsFile, n, "%q stands before the first code", key)
			case words == "":
				l.complain(cardsFile, n, "%q says nothing", key)
			default:
				if paragraph = l.paragraph(r, e, key, n); paragraph != nil {
					*paragraph = words
				}
				continue
			}
			paragraph = nil
		}
	}
	l.checkCards(r, len(lines))
}

// isCardCode reports whether s is shaped like a code or a class.
func isCardCode(s string) bool {
	return len(s) == 3 && '0' <= s[0] && s[0] <= '9' && !strings.Contains(s, ":")
}

// paragraph returns the place for a paragraph with the given key; nil, with a
// complaint, if there is none.
func (l *loader) paragraph(r *Registry, e *Entry, key string, line int) *string {
	c := &e.Card
	if code, ok := strings.CutPrefix(key, "not "); ok {
		other := r.entry(code)
		if other == nil {
			if other = r.reserved(code); other == nil {
				l.complain(cardsFile, line, "%q is not a registered code", code)
				return nil
			}
		}
		if other.Code == e.Code || other.Code < 100 {
			l.complain(cardsFile, line, "%q is not another code", code)
			return nil
		}
		for _, x := range c.Confused {
			if x.Code == other.Code {
				l.complain(cardsFile, line, "%q is told twice", key)
				return nil
			}
		}
		c.Confused = append(c.Confused, Confusion{Code: other.Code})
		return &c.Confused[len(c.Confused)-1].How
	}
	var p *string
	switch key {
	case "means":
		p = &c.Meaning
	case "use":
		p = &c.UseWhen
	case "debug":
		p = &c.Debug
	default:
		l.complain(cardsFile, line, "there is no key %q", key)
		return nil
	}
	if *p != "" {
		l.complain(cardsFile, line, "%q is told twice", key)
		return nil
	}
	return p
}

// checkCards complains of cards that are missing or lack a part.
func (l *loader) checkCards(r *Registry, lastLine int) {
	check := func(code string, c Card) {
		switch {
		case c.Line == 0:
			l.complain(cardsFile, lastLine, "%s has no card", code)
		case c.Meaning == "":
			l.complain(cardsFile, c.Line, "%s has no \"means\"", code)
		case c.UseWhen == "":
			l.complain(cardsFile, c.Line, "%s has no \"use\"", code)
		}
	}
	for _, e := range r.Reserved {
		check(itoa(e.Code), e.Card)
	}
	for i := 1; i < len(r.Classes); i++ {
		check(classCode(i), r.Classes[i].Card)
	}
	for _, e := range r.Codes {
		check(itoa(e.Code), e.Card)
	}
}
