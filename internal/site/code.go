package site

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
	"example.com/httpstatus/internal/choosing"
	"example.com/httpstatus/internal/registry"
	"example.com/httpstatus/proxystatus"
	"example.com/httpstatus/rpcstatus"
)

// A codePage is what is told of one code.
type codePage struct {
	Card                  card.Card
	Number, Digit         int
	ClassName, ClassTitle string
	Standing              string // what a number without a card of its own is; "" for the others
	Describes             bool   // there is prose about it or its class
	Example               string
	Confusions            []confusion
	Headers               []card.HeaderRule
	Quotes, Inherited     []quote
	Policies              []quote
	Conform, Lint         []rule
	Proxies               []proxyError
	Glance                []fact
	Prev, Next            *codeLink
}

// A confusion is a code that is told apart from the one of the page.
type confusion struct {
	codeLink
	How, Back string // how the cards of both tell it
	Question  *decision
}

// A decision is the question between two codes, with the answers for both.
type decision struct {
	Name, Ask   string
	Here, There string
	Code, Digit int // the other code
}

// A proxyError is an error type of proxies that calls for the code.
type proxyError struct{ Name, Meaning string }

// A quote is the words of a document.
type quote struct{ Words, Citation string }

// A fact is a line of the box at the side.
type fact struct {
	Label string
	Text  template.HTML
}

func addQuote(quotes []quote, f registry.Fact) []quote {
	q := quote{f.Words, f.Citation}
	if slices.Contains(quotes, q) {
		return quotes
	}
	return append(quotes, q)
}

// codePages renders a page for each code.
func (b *builder) codePages() error {
	registered, others := known()
	for _, list := range [][]httpstatus.Code{registered, others} {
		for i, c := range list {
			p := b.codePage(c)
			if i > 0 {
				l := linkTo(list[i-1])
				p.Prev = &l
			}
			if i+1 < len(list) {
				l := linkTo(list[i+1])
				p.Next = &l
			}
			description := p.Standing
			if p.Describes && p.Standing == "" {
				description = card.Sentence(p.Card.Meaning)
			}
			err := b.add(page{
				Title:       strings.TrimSpace(fmt.Sprintf("%d %s", int(c), linkTo(c).Title)) + " · HTTP status codes",
				Description: strings.ReplaceAll(description, card.NoBreak, " "),
				Path:        fmt.Sprintf("%d/", int(c)),
				JSON:        fmt.Sprintf("%d.json", int(c)),
				Body:        p,
				template:    "code",
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *builder) codePage(c httpstatus.Code) codePage {
	k := card.New(c)
	p := codePage{
		Card: k, Number: int(c), Digit: int(c.Class()),
		ClassName: className(c), ClassTitle: card.ClassName(c.Class()),
		Describes: k.Valid, Headers: card.JoinRules(k.Headers),
	}
	own := k.Registered || k.Reserved
	if !own {
		p.Standing = k.Standing()
		p.Headers = nil
		if !k.Valid { // its class is what a client makes of it
			p.ClassName, p.ClassTitle = k.Fallback.Class().String(), card.ClassName(k.Fallback.Class())
		}
	}
	if own {
		p.Example = example(c)
		p.Confusions = confusions(c)
		b.quotes(&p)
		for e := range proxystatus.All() {
			if e.Status() == c {
				p.Proxies = append(p.Proxies, proxyError{e.String(), card.Sentence(proxystatus.Describe(e).Meaning)})
			}
		}
		for _, r := range b.rules {
			if !slices.Contains(r.Codes, c) {
				continue
			}
			if r.Tool == "statuslint" {
				p.Lint = append(p.Lint, r)
			} else {
				p.Conform = append(p.Conform, r)
			}
		}
		// Those about a whole class come last.
		byReach := func(a, b rule) int { return cmp.Compare(len(a.Codes)/manyCodes, len(b.Codes)/manyCodes) }
		slices.SortStableFunc(p.Conform, byReach)
		slices.SortStableFunc(p.Lint, byReach)
	}
	p.Glance = b.glance(k)
	return p
}

// confusions returns the codes that c is told apart from, by its card or by
// theirs.
func confusions(c httpstatus.Code) (all []confusion) {
	add := func(other httpstatus.Code, how, back string) {
		one := confusion{codeLink: linkTo(other), How: how, Back: back}
		if q, here, there, ok := choosing.Between(c, other); ok {
			one.Question = &decision{Name: q.Name, Ask: q.Ask, Here: here.Text, There: there.Text, Code: int(other), Digit: int(other.Class())}
		}
		all = append(all, one)
	}
	told := func(of, from httpstatus.Code) string {
		for _, d := range httpstatus.Describe(of).NotToBeConfusedWith {
			if d.Code == from {
				return d.How
			}
		}
		return ""
	}
	for _, d := range httpstatus.Describe(c).NotToBeConfusedWith {
		back := told(d.Code, c)
		if back == d.How {
			back = ""
		}
		add(d.Code, d.How, back)
	}
	for other := range httpstatus.All() {
		if how := told(other, c); how != "" && told(c, other) == "" {
			add(other, how, "")
		}
	}
	return all
}

// quotes fills in what the documents say of the code, and what we decide.
func (b *builder) quotes(p *codePage) {
	i := slices.IndexFunc(b.registry.Codes, func(e registry.Entry) bool { return e.Code == p.Number })
	if i < 0 {
		return
	}
	for _, f := range b.registry.Codes[i].Facts {
		switch {
		case f.Strength == "policy":
			p.Policies = addQuote(p.Policies, f)
		case f.Inherited:
			p.Inherited = addQuote(p.Inherited, f)
		default:
			p.Quotes = addQuote(p.Quotes, f)
		}
	}
}

// glance returns the lines of the box at the side.
func (b *builder) glance(k card.Card) (facts []fact) {
	text := func(label, s string) {
		if s != "" {
			facts = append(facts, fact{label, prose(s)})
		}
	}
	html := func(label string, s string) { facts = append(facts, fact{label, template.HTML(s)}) }
	if class := k.Code.Class(); k.Valid {
		html("Class", fmt.Sprintf(`<a href="../%s/">%s %s</a>`, class, class, card.ClassName(class)))
	}
	if k.Fallback != k.Code {
		html("Treated as", codeAnchor("../", k.Fallback))
	}
	if k.Valid {
		text("Send it again?", k.Retry)
		text("Carried out?", k.AppliedText())
		text("Cache", k.CacheText())
		text("Content", k.ContentText())
		text("Redirect", k.RedirectText())
	}
	if k.Constant != "" {
		html("In Go", "<code>httpstatus."+k.Constant+"</code>")
	}
	text("Once called", strings.Join(k.HistoricNames, ", "))
	b.rpcGlance(k.Code, html)
	if said := b.registry.Sayings[int(k.Code)]; len(said) > 0 {
		text("Also looked for as", strings.Join(said[:min(len(said), 8)], ", "))
	}
	if k.Reference != "" && k.Valid && k.URL != "" {
		html("Defined in", `<a href="`+template.HTMLEscapeString(k.URL)+`">`+template.HTMLEscapeString(card.Together(k.Reference))+`</a>`)
	}
	html("As data", fmt.Sprintf(`<a href="../%d.json">%d.json</a>`, int(k.Code), int(k.Code)))
	return facts
}

// rpcGlance tells which codes of gRPC become the status code, and what a gRPC
// client makes of it.
func (b *builder) rpcGlance(c httpstatus.Code, html func(label, s string)) {
	var from []string
	for r := range rpcstatus.All() {
		if r.HTTP() == c {
			from = append(from, rpcAnchor("../rpc/", r))
		}
	}
	if len(from) > 0 {
		html("Sent for, in gRPC", strings.Join(from, ", "))
	}
	if !slices.ContainsFunc(b.registry.RPC.FromHTTP, func(i registry.RPCInference) bool { return i.HTTP == int(c) }) {
		return
	}
	s := rpcAnchor("../rpc/", rpcstatus.FromHTTP(c))
	if other := rpcstatus.ConnectFromHTTP(c); other != rpcstatus.FromHTTP(c) {
		s += "; to a Connect client " + rpcAnchor("../rpc/", other)
	}
	html("A gRPC client reads it as", s)
}

func rpcAnchor(to string, r rpcstatus.Code) string {
	return fmt.Sprintf(`<a href="%s#%s"><code>%s</code></a>`, to, strings.ToLower(r.String()), r)
}

// codeAnchor returns a link to the page of a code, if it has one.
func codeAnchor(root string, c httpstatus.Code) string {
	l := linkTo(c)
	text := fmt.Sprintf(`<span class="n k%d">%d</span> %s`, l.Digit, l.Code, template.HTMLEscapeString(l.Title))
	return `<a href="` + root + strconv.Itoa(l.Code) + `/">` + strings.TrimSpace(text) + `</a>`
}
