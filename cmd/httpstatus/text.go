package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/httpstatus"
)

// The widths of the label columns of a card.
const (
	traitColumn = 12
	levelColumn = 14 // two spaces, "SHOULD NOT", two spaces
)

// card writes a whole card.
func (p *page) card(k card) {
	number := fmt.Sprint(int(k.Code))
	p.row(classStyle(k.Code.Class()), number, len(number)+1, title(k))
	p.blank()
	if !k.Registered && !k.Reserved {
		p.paragraph(standing(k))
		p.unofficial(k)
		if !k.Valid {
			return
		}
		p.blank()
		p.heading("About its class")
	}
	p.paragraph(sentence(k.Meaning))
	if k.UseWhen != "" {
		p.blank()
		p.paragraph(sentence(k.UseWhen))
	}
	if len(k.NotToBeConfusedWith) > 0 {
		p.blank()
		p.heading("Not to be confused with")
		for _, d := range k.NotToBeConfusedWith {
			p.row(classStyle(d.Code.Class()), fmt.Sprintf("  %d", int(d.Code)), 7, d.Phrase+". "+sentence(d.How))
		}
	}
	if k.Registered || k.Reserved {
		p.unofficial(k)
	}
	if k.Debugging != "" {
		p.blank()
		p.heading("Where to look first")
		p.row(plain, "", 2, sentence(k.Debugging))
	}
	if len(k.Headers) > 0 {
		p.blank()
		p.heading("Header fields of the response")
		for _, r := range joinRules(k.Headers) {
			text := r.Name
			if r.When != "" {
				text += ", when " + r.When
			}
			p.row(plain, "  "+r.Level, levelColumn, text+" "+together("("+r.Reference+")"))
		}
	}
	p.blank()
	p.traits(k)
}

// unofficial writes what vendors mean by the code, if any do.
func (p *page) unofficial(k card) {
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

// joinRules returns the rules with the names of those joined that differ in
// nothing else: a 206 has six fields under one condition.
func joinRules(rules []headerRule) []headerRule {
	var joined []headerRule
	for _, r := range rules {
		same := slices.IndexFunc(joined, func(j headerRule) bool {
			j.Name = r.Name
			return j == r
		})
		if same < 0 {
			joined = append(joined, r)
		} else {
			joined[same].Name += ", " + r.Name
		}
	}
	return joined
}

// traits writes the labelled lines at the end of a card.
func (p *page) traits(k card) {
	row := func(label, text string) {
		if text != "" {
			p.row(bold, label, traitColumn, text)
		}
	}
	row("Class", k.Class+" "+className(k.Code.Class()))
	if k.Fallback != k.Code {
		row("Treated as", k.Fallback.String())
	}
	row("Retry", k.Retry)
	row("Applied", appliedText(k))
	row("Cache", cacheText(k))
	row("Content", contentText(k))
	row("Redirect", redirectText(k))
	if k.Constant != "" {
		row("In Go", "httpstatus."+k.Constant)
	}
	row("Once called", strings.Join(k.HistoricNames, ", "))
	row("Remark", k.Remark)
	row("Reference", k.Reference)
	row("", k.URL)
}

// title returns what stands beside the number in the first line of a card.
func title(k card) string {
	switch {
	case k.Reserved:
		return "(Unused)"
	case k.Valid && !k.Registered:
		return "(unregistered)"
	}
	return k.Phrase
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

// standing says what a number without a card of its own is, and what a client
// makes of it.
func standing(k card) string {
	what := "is not registered"
	if !k.Valid {
		what = "is no status code: those are 100 to 599"
	}
	return fmt.Sprintf("%d %s. A client treats it as %v %s.", int(k.Code), what, k.Fallback, together("(RFC 9110, Section 15)"))
}

func appliedText(k card) string {
	switch k.Code.Applied() {
	case httpstatus.NotApplied:
		return "No: this request was not carried out."
	case httpstatus.WasApplied:
		return "Yes: the request was carried out."
	}
	return "The code does not tell whether the request was carried out."
}

func cacheText(k card) string {
	switch {
	case k.Code.IsInformational():
		return "Never stored: only final responses are."
	case k.ForbidsStorage:
		return "Must not be stored, whatever Cache-Control says."
	case k.Code == httpstatus.NotModified:
		return "Not stored itself: it freshens the response that the cache holds."
	case k.Code == httpstatus.PartialContent:
		return "May be stored, even without a lifetime, by a cache that can combine ranges."
	case k.Cacheable:
		return "May be stored, even without a lifetime (heuristically cacheable)."
	}
	return "Stored only if the response allows it, as with max-age (not heuristically cacheable)."
}

func contentText(k card) string {
	if k.AllowsContent {
		return "Allowed, though never in a response to HEAD."
	}
	return "None, ever."
}

// redirectText says how a client follows. It reads the methods' fate from the
// table rather than knowing it.
func redirectText(k card) string {
	if !k.Redirect {
		if k.Code.IsRedirection() {
			return "Clients do not follow it by themselves."
		}
		return ""
	}
	span := "for now"
	if k.Permanent {
		span = "for good"
	}
	fate := "POST becomes GET, without content; every other method stays."
	switch {
	case k.PreservesMethod:
		fate = "The method and the content stay, whatever the method."
	case k.RedirectMethods["PUT"] == "GET":
		fate = "Every method but HEAD becomes GET, without content."
	}
	return "Clients follow Location, " + span + ". " + fate
}

// sentence returns s with a capital letter and a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(r)) + s[n:]
	if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "?") {
		s += "."
	}
	return s
}
