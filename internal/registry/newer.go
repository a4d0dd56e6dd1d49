package registry

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"
)

// Changes says what another edition of IANA's status code registry, as
// published, would change: a sentence for each change, in the order of the
// codes; none if nothing would. The error tells what in it cannot be read.
func (r *Registry) Changes(newer []byte) ([]string, error) {
	l := &loader{fsys: oneFile(newer)}
	n := &Registry{}
	l.codes(n)
	if err := l.err(); err != nil {
		return nil, err
	}
	before, after := r.listed(), n.listed()
	var changes []string
	add := func(format string, args ...any) { changes = append(changes, fmt.Sprintf(format, args...)) }
	for code := 100; code <= 599; code++ {
		old, was := before[code]
		e, is := after[code]
		switch {
		case !was && !is:
		case !was:
			add("%d %s is new (%s): it needs a card, facts, sayings and a place among the questions, and gets the constant %s.", code,
				e.Phrase, e.Reference, e.Name)
		case !is:
			add("%d %s is gone: its constant %s would go, which breaks importers.", code, old.Phrase, old.Name)
		default:
			if old.Phrase != e.Phrase {
				add("%d %s is now called %s: the constant becomes %s, and %s a historic name.", code, old.Phrase, e.Phrase, e.Name, old.Phrase)
			}
			if old.Remark != e.Remark {
				add("%d %s has the remark %q instead of %q.", code, e.Phrase, e.Remark, old.Remark)
			}
			// The registry cites the document; the facts may know the section.
			if was, is := documentOf(old.Reference), documentOf(e.Reference); was != is {
				add("%d %s is now defined by %s instead of %s.", code, e.Phrase, is, was)
			}
		}
	}
	sum := sha256.Sum256(newer)
	if got := hex.EncodeToString(sum[:]); len(changes) == 0 && got != r.SHA256 {
		add("No code changes, but the file does: its SHA-256 is %s.", got)
	}
	return changes, nil
}

// listed returns the codes that a registry lists, the unused ones too.
func (r *Registry) listed() map[int]Entry {
	all := map[int]Entry{}
	for _, list := range [...][]Entry{r.Codes, r.Reserved} {
		for _, e := range list {
			all[e.Code] = e
		}
	}
	return all
}

// documentOf returns the document of a reference, without the section.
func documentOf(reference string) string {
	document, _, _ := strings.Cut(reference, ", Section")
	return document
}

// oneFile is a file system in which every file has this content.
type oneFile []byte

func (oneFile) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func (f oneFile) ReadFile(string) ([]byte, error) { return f, nil }
