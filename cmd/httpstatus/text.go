package main

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
)

// The widths of the label columns of a card.
const (
	traitColumn = 12
	levelColumn = 14 // two spaces, "SHOULD NOT", two spaces
)

// card writes a whole card.
func (p *page) card(k card.Card) {
	number := fmt.Sprint(int(k.Code))
	p.row(classStyle(k.Code.Class()), number, len(number)+1, k.Title())
	p.blank()
	if !k.Registered && !k.Reserved {
		p.paragraph(k.Standing())
		p.unofficial(k)
		if !k.Valid {
			return
		}
		p.blank()
		p.heading("About its class")
	}
	p.paragraph(card.Sentence(k.Meaning))
	if k.UseWhen != "" {
		p.blank()
		p.paragraph(card.Sentence(k.UseWhen))
	}
	if len(k.NotToBeConfusedWith) > 0 {
		p.blank()
		p.heading("Not to be confused with")
		for _, d := range k.NotToBeConfusedWith {
			p.row(classStyle(d.Code.Class()), fmt.Sprintf("  %d", int(d.Code)), 7, d.Phrase+". "+card.Sentence(d.How))
		}
	}
	if k.Registered || k.Reserved {
		p.unofficial(k)
	}
	if k.Debugging != "" {
		p.blank()
		p.heading("Where to look first")
		p.row(plain, "", 2, card.Sentence(k.Debugging))
	}
	if len(k.Headers) > 0 {
		p.blank()
		p.heading("Header fields of the response")
		for _, r := range card.JoinRules(k.Headers) {
			text := r.Name
			if r.When != "" {
				text += ", when " + r.When
			}
			p.row(plain, "  "+r.Level, levelColumn, text+" "+card.Together("("+r.Reference+")"))
		}
	}
	p.blank()
	p.traits(k)
}

// unofficial writes what vendors mean by the code, if any do.
func (p *page) unofficial(k card.Card) {
	if len(k.Unofficial) == 0 {
		return
	}
	p.blank()
	if k.Registered {
		p.heading("Unofficial uses, against IANA's registry")
	} else {
		p.heading("Unofficial uses, not in IANA's registry")
	}
	for _, u := range k.Unofficial {
		name := u.Vendor
		if u.Phrase != "" {
			name += ", " + strconv.Quote(u.Phrase)
		}
		p.row(plain, "  -", 4, name+": "+u.Meaning+" ("+u.Source+")")
	}
}

// traits writes the labelled lines at the end of a card.
func (p *page) traits(k card.Card) {
	row := func(label, text string) {
		if text != "" {
			p.row(bold, label, traitColumn, text)
		}
	}
	row("Class", k.Class+" "+card.ClassName(k.Code.Class()))
	if k.Fallback != k.Code {
		row("Treated as", k.Fallback.String())
	}
	row("Retry", k.Retry)
	row("Applied", k.AppliedText())
	row("Cache", k.CacheText())
	row("Content", k.ContentText())
	row("Redirect", k.RedirectText())
	if k.Constant != "" {
		row("In Go", "httpstatus."+k.Constant)
	}
	row("Once called", strings.Join(k.HistoricNames, ", "))
	row("Remark", k.Remark)
	row("Reference", k.Reference)
	row("", k.URL)
}

func classStyle(c httpstatus.Class) style {
	switch c {
	case httpstatus.Informational:
		return cyan
	case httpstatus.Successful:
		return green
	case httpstatus.Redirection:
		return magenta
	case httpstatus.ClientError:
		return yellow
	}
	return red
}
