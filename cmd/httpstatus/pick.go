package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"example.com/httpstatus"
)

// maxPicks is how many codes an answer to words has.
const maxPicks = 5

// situations are the questions of the guide, in the order in which a server
// comes to them, with the codes that answer them. What the guide says of a code
// comes from its card.
var situations = [...]struct {
	question string
	codes    []httpstatus.Code
}{
	{"It worked. What does the answer hold?", []httpstatus.Code{200, 201, 202, 203, 204, 205, 206, 207, 208, 226}},
	{"Must the client go elsewhere, or does it have the answer already?", []httpstatus.Code{300, 301, 302, 303, 304, 305, 307, 308}},
	{"Who is asking, and may they?", []httpstatus.Code{401, 403, 402, 407, 451, 511}},
	{"Is there such a thing here?", []httpstatus.Code{404, 410, 421}},
	{"Can this be done to it?", []httpstatus.Code{405, 501}},
	{"Is the request wrong in itself?", []httpstatus.Code{400, 422, 415, 413, 411, 414, 431, 406, 416, 417, 505, 426, 510}},
	{"Is it wrong only as things stand?", []httpstatus.Code{409, 412, 428, 423, 424, 425}},
	{"Is there too much to do, or too little time?", []httpstatus.Code{429, 503, 408}},
	{"Has this server failed?", []httpstatus.Code{500, 507, 508, 506}},
	{"Has a server behind this one failed?", []httpstatus.Code{502, 504}},
	{"Is the final answer still to come?", []httpstatus.Code{100, 101, 102, 103, 104}},
}

// runPick prints the codes that fit words best, or, without words, a guide to
// all of them.
func runPick(args []string, sys system) (status int, err error) {
	flags, asJSON := lookupFlags()
	rest, err := parseFlags(flags, args)
	if errors.Is(err, flag.ErrHelp) {
		return runHelp(nil, sys)
	}
	if err != nil {
		return 0, err
	}
	p := newPage(sys)
	if len(rest) == 0 {
		if *asJSON {
			return 0, usageError(`pick -json needs words, as in "httpstatus pick -json rate limit"`)
		}
		p.guide()
		_, err = io.WriteString(sys.stdout, p.String())
		return exitOK, err
	}
	words := strings.Join(rest, " ")
	codes := rank(words)
	if len(codes) == 0 {
		return 0, usageError("no card speaks of " + quote(words) + `; try other words, or "httpstatus pick" for all situations`)
	}
	codes = codes[:min(len(codes), maxPicks)]
	if *asJSON {
		var cards []card
		for _, c := range codes {
			cards = append(cards, newCard(c))
		}
		return exitOK, writeJSON(sys.stdout, cards)
	}
	for i, c := range codes {
		if i > 0 {
			p.blank()
		}
		d := httpstatus.Describe(c)
		p.row(classStyle(c.Class()), fmt.Sprint(int(c)), 5, d.Phrase)
		p.row(plain, "", 5, firstSentence(d.Meaning))
		p.row(plain, "", 5, firstSentence(d.UseWhen))
	}
	_, err = io.WriteString(sys.stdout, p.String())
	return exitOK, err
}

// guide writes every situation with its codes, and beside each code when
// another one is to be sent in its place.
func (p *page) guide() {
	for i, s := range situations {
		if i > 0 {
			p.blank()
		}
		p.heading(s.question)
		for _, c := range s.codes {
			d := httpstatus.Describe(c)
			text := firstSentence(d.Meaning)
			for _, n := range d.NotToBeConfusedWith {
				if strings.HasPrefix(n.How, "Send "+fmt.Sprint(int(n.Code))) {
					text += " " + sentence(n.How)
				}
			}
			p.row(classStyle(c.Class()), fmt.Sprintf("  %d", int(c)), 7, d.Phrase+". "+text)
		}
	}
	p.blank()
	p.paragraph(`"httpstatus 404" shows a card; "httpstatus pick WORDS" looks for words in all of them.`)
}

// firstSentence returns s up to its first full stop that ends a sentence.
func firstSentence(s string) string {
	if i := strings.Index(s, ". "); i >= 0 {
		return s[:i+1]
	}
	return s
}
