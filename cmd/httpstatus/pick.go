package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
	"example.com/httpstatus/internal/choosing"
)

// maxPicks is how many codes an answer to words has.
const maxPicks = 5

const pickUsage = `Pick finds the status code for a situation.

  httpstatus pick                asks what happened, and goes on from there
  httpstatus pick rate limit     the codes that fit these words best
  httpstatus pick -answer refused,sender,login
                                 the answers of the guide, for scripts; where
                                 they lead to a question, it is printed
  httpstatus pick -all           every question with its answers

In the guide, arrow keys or numbers choose, left goes back, w says why it is
asked, and q ends it. Where there is no terminal to ask on, pick without words
prints what -all does.

  -answer NAMES   answers of the guide, with commas between them
  -all            print all questions
  -json           print JSON: cards, or the next question
  -oneline        print a line for each code, with tabs between its parts
  -h              print this text
`

// runPick prints the codes that fit words best, or asks.
func runPick(args []string, sys system) (status int, err error) {
	flags, f := newFlags("pick")
	answers := flags.String("answer", "", "")
	all := flags.Bool("all", false, "")
	rest, err := parseFlags(flags, args)
	switch {
	case err != nil:
		return 0, err
	case *answers != "" && len(rest) > 0:
		return 0, usageError("pick takes words, or -answer, and not both")
	case *answers != "":
		return exitOK, pickAnswered(*answers, *f, sys)
	case len(rest) > 0:
		return exitOK, pickWordsOf(strings.Join(rest, " "), *f, sys)
	case f.json || f.oneLine:
		return 0, usageError(`pick -json needs words, as in "httpstatus pick -json rate limit", or -answer`)
	}
	if _, terminal := sys.terminal(); terminal && !*all && sys.getenv("TERM") != "dumb" {
		if restore, ok := sys.raw(); ok {
			defer restore()
			return exitOK, newGuide(sys).run(sys)
		}
	}
	p := newPage(sys)
	p.questions()
	_, err = io.WriteString(sys.stdout, p.String())
	return exitOK, err
}

// pickWordsOf prints the codes that words may mean.
func pickWordsOf(words string, f form, sys system) error {
	matches := choosing.Rank(words)
	if len(matches) == 0 {
		return usageError("nothing is known of " + quote(words) + `; try other words, or "httpstatus pick" to be asked`)
	}
	var codes []httpstatus.Code
	for _, m := range matches[:min(len(matches), maxPicks)] {
		if m.Score < matches[0].Score*0.5 {
			break // far behind the first
		}
		codes = append(codes, m.Code)
	}
	if f.oneLine || f.json {
		return printData(codes, f, sys)
	}
	p := newPage(sys)
	for i, c := range codes {
		if i > 0 {
			p.blank()
		}
		p.brief(c)
	}
	_, err := io.WriteString(sys.stdout, p.String())
	return err
}

// brief writes the first sentences of a card. Of a code that IANA does not know
// it writes what a vendor means by it.
func (p *page) brief(c httpstatus.Code) {
	k := card.New(c)
	p.row(classStyle(c.Class()), fmt.Sprint(int(c)), 5, k.Title())
	if !k.Registered && !k.Reserved && len(k.Unofficial) > 0 {
		u := k.Unofficial[0]
		p.row(plain, "", 5, strings.TrimSuffix(u.Vendor+", "+strconv.Quote(u.Phrase), `, ""`)+": "+u.Meaning)
		p.row(plain, "", 5, fmt.Sprintf(`A client treats it as %v. "httpstatus %d" tells who else uses it.`, k.Fallback, int(c)))
		return
	}
	p.row(plain, "", 5, card.FirstSentence(k.Meaning))
	p.row(plain, "", 5, card.FirstSentence(k.UseWhen))
}

// A pickedJSON is what -answer prints with -json.
type pickedJSON struct {
	Answers  []string     `json:"answers"`
	Question string       `json:"question,omitempty"`
	Why      string       `json:"why,omitempty"`
	Choices  []choiceJSON `json:"choices,omitempty"`
	Card     *card.Card   `json:"card,omitempty"`
	RunnerUp *card.Card   `json:"runner_up,omitempty"`
}

type choiceJSON struct {
	Name string          `json:"name"`
	Text string          `json:"text"`
	Code httpstatus.Code `json:"code,omitempty"`
}

// pickAnswered follows the answers and prints where they lead.
func pickAnswered(answers string, f form, sys system) error {
	q := choosing.First()
	var c httpstatus.Code
	picked := pickedJSON{Answers: strings.FieldsFunc(answers, func(r rune) bool { return strings.ContainsRune(",/ ", r) })}
	for _, name := range picked.Answers {
		if q == nil {
			return usageError(fmt.Sprintf("%s comes after the last answer: that was %v", quote(name), c))
		}
		a := q.Answered(name)
		if a == nil {
			var names []string
			for _, a := range q.Answers {
				names = append(names, a.Name)
			}
			return usageError(fmt.Sprintf("%s is no answer to %q; the answers are %s", quote(name), q.Ask, strings.Join(names, ", ")))
		}
		c, q = a.Code, a.Next()
	}
	p := newPage(sys)
	if q != nil {
		if f.json {
			picked.Question, picked.Why = q.Ask, q.Why
			for _, a := range q.Answers {
				picked.Choices = append(picked.Choices, choiceJSON{a.Name, a.Text, a.Code})
			}
			return card.WriteJSON(sys.stdout, picked)
		}
		p.question(q)
	} else {
		if f.oneLine {
			return printLines([]httpstatus.Code{c}, sys)
		}
		if f.json {
			k := card.New(c)
			picked.Card = &k
			if other := choosing.RunnerUp(c); other != 0 {
				k := card.New(other)
				picked.RunnerUp = &k
			}
			return card.WriteJSON(sys.stdout, picked)
		}
		p.chosen(c)
	}
	_, err := io.WriteString(sys.stdout, p.String())
	return err
}

// chosen writes the answer of the guide: the code, what goes with it, and the
// code that comes next to it.
func (p *page) chosen(c httpstatus.Code) {
	p.brief(c)
	var duties []string
	for _, level := range []httpstatus.Level{httpstatus.LevelMust, httpstatus.LevelShould} {
		for r := range c.HeaderRules() {
			if r.Level == level && (r.When == "" || c.IsRedirect()) {
				if duty := r.Level.String() + " carry " + r.Name; !slices.Contains(duties, duty) {
					duties = append(duties, duty)
				}
			}
		}
	}
	if !c.AllowsContent() {
		duties = append(duties, "MUST NOT have content")
	}
	if len(duties) > 0 {
		p.row(plain, "", 5, "It "+strings.Join(duties, "; it ")+".")
	}
	if other := choosing.RunnerUp(c); other != 0 {
		q, _, answer, _ := choosing.Between(c, other)
		p.blank()
		p.row(classStyle(other.Class()), fmt.Sprint(int(other)), 5, other.Phrase()+" comes next to it. "+q.Ask+" "+card.Sentence(answer.Text))
	}
	p.blank()
	p.paragraph(fmt.Sprintf(`"httpstatus %d" shows the whole card.`, int(c)))
}

// questions writes every question with its answers.
func (p *page) questions() {
	first := true
	for q := range choosing.Questions() {
		if !first {
			p.blank()
		}
		first = false
		p.question(q)
	}
	p.blank()
	p.heading("Codes to leave alone")
	for _, u := range choosing.LeftOut() {
		p.row(plain, fmt.Sprintf("  %d", int(u.Code)), 7, card.Sentence(u.Why))
	}
	p.blank()
	p.paragraph(`"httpstatus 404" shows a card; "httpstatus pick WORDS" looks for a situation.`)
}

// answerColumn is where the text of an answer begins: after the longest name.
const answerColumn = 13

// question writes one question with its answers, by name.
func (p *page) question(q *choosing.Question) {
	p.heading(q.Ask)
	for i := range q.Answers {
		a := &q.Answers[i]
		p.row(answerStyle(a), "  "+a.Name, answerColumn, a.Text+leadsTo(a))
	}
}

func answerStyle(a *choosing.Answer) style {
	if a.Next() != nil {
		return plain
	}
	return classStyle(a.Code.Class())
}

// leadsTo says where an answer leads: to a code, or on.
func leadsTo(a *choosing.Answer) string {
	if next := a.Next(); next != nil {
		return "..."
	}
	return ": " + card.Together(a.Code.String())
}
