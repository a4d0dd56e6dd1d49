package registry

import (
	"strings"
)

// A Question separates codes: each of its answers is a code, or leads to
// another question.
type Question struct {
	Name    string // one word
	Ask     string
	Why     string
	Answers []Answer
	Line    int // in choices.txt
}

// An Answer is one answer to a question.
type Answer struct {
	Name string // one word, unique among the answers of its question
	Text string // what is so
	Code int    // 0 where Next says how to go on
	Next string // the name of a question
	Line int
}

// An Unchosen is a code that no server should choose, and why.
type Unchosen struct {
	Code int
	Why  string
}

// choices reads the questions. choices.txt says what its format is.
func (l *loader) choices(r *Registry) {
	b, ok := l.read(choicesFile)
	if !ok {
		return
	}
	var (
		q    *Question
		text *string // that a further line continues
	)
	for i, s := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		n := i + 1
		key, words, colon := strings.Cut(s, ":")
		words = strings.TrimSpace(words)
		name, target, arrow := strings.Cut(key, " -> ")
		switch {
		case s == "":
			text = nil
		case s[0] == '#':
		case strings.HasPrefix(s, "  "):
			if text == nil {
				l.complain(choicesFile, n, "a continuation without a text")
				continue
			}
			*text += " " + strings.TrimSpace(s)
		case !colon && isWord(s):
			if r.question(s) != nil {
				l.complain(choicesFile, n, "%q is asked twice", s)
			}
			r.Questions = append(r.Questions, Question{Name: s, Line: n})
			q, text = &r.Questions[len(r.Questions)-1], nil
		case !colon || words == "":
			l.complain(choicesFile, n, "neither a question, nor a line below one with its text")
		case isCardCode(key):
			r.Unchosen = append(r.Unchosen, Unchosen{number(key), words})
			text = &r.Unchosen[len(r.Unchosen)-1].Why
			if r.entry(key) == nil && r.reserved(key) == nil {
				l.complain(choicesFile, n, "%q is neither a registered nor a reserved code", key)
			}
		case q == nil:
			l.complain(choicesFile, n, "%q stands before the first question", key)
		case key == "ask" && q.Ask == "":
			q.Ask, text = words, &q.Ask
		case key == "why" && q.Why == "":
			q.Why, text = words, &q.Why
		case arrow && isWord(name):
			a := Answer{Name: name, Text: words, Line: n}
			if a.Code = number(target); a.Code == 0 {
				a.Next = target
			}
			q.Answers = append(q.Answers, a)
			text = &q.Answers[len(q.Answers)-1].Text
		default:
			l.complain(choicesFile, n, "%q is no key, or stands here twice", key)
		}
	}
	l.checkChoices(r)
}

// number returns the number that three digits are; else 0.
func number(s string) int {
	if len(s) != 3 || strings.Trim(s, "0123456789") != "" {
		return 0
	}
	return int(s[0]-'0')*100 + int(s[1]-'0')*10 + int(s[2]-'0')
}

// isWord reports whether s is letters in lower case.
func isWord(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// question returns the question of that name; nil if there is none.
func (r *Registry) question(name string) *Question {
	for i := range r.Questions {
		if r.Questions[i].Name == name {
			return &r.Questions[i]
		}
	}
	return nil
}

// checkChoices complains of questions that lack a part, lead nowhere or in a
// circle, or are never asked; and of codes that are never reached and not left
// out, or both.
func (l *loader) checkChoices(r *Registry) {
	if len(r.Questions) == 0 {
		l.complain(choicesFile, 1, "no question")
		return
	}
	reached := map[int]bool{}
	asked := map[string]bool{}
	var walk func(q *Question, above []string)
	walk = func(q *Question, above []string) {
		for _, name := range above {
			if name == q.Name {
				l.complain(choicesFile, q.Line, "%q leads back to itself", q.Name)
				return
			}
		}
		first := !asked[q.Name]
		asked[q.Name] = true
		for _, a := range q.Answers {
			reached[a.Code] = true
			if a.Code != 0 {
				if first && r.entry(itoa(a.Code)) == nil {
					l.complain(choicesFile, a.Line, "%d is not a registered code", a.Code)
				}
			} else if next := r.question(a.Next); next != nil {
				walk(next, append(above, q.Name))
			} else if first {
				l.complain(choicesFile, a.Line, "%q is neither a code nor a question", a.Next)
			}
		}
	}
	walk(&r.Questions[0], nil)
	for _, q := range r.Questions {
		names := map[string]bool{}
		for _, a := range q.Answers {
			if names[a.Name] {
				l.complain(choicesFile, a.Line, "%q answers %q twice", a.Name, q.Name)
			}
			names[a.Name] = true
		}
		switch {
		case q.Ask == "" || q.Why == "":
			l.complain(choicesFile, q.Line, "%q lacks \"ask\" or \"why\"", q.Name)
		case len(q.Answers) < 2:
			l.complain(choicesFile, q.Line, "%q separates nothing", q.Name)
		case !asked[q.Name]:
			l.complain(choicesFile, q.Line, "%q is never asked", q.Name)
		}
	}
	for _, u := range r.Unchosen {
		if reached[u.Code] {
			l.complain(choicesFile, 1, "%d is left out, and reached", u.Code)
		}
		reached[u.Code] = true
	}
	for _, list := range [...][]Entry{r.Codes, r.Reserved} {
		for _, e := range list {
			if !reached[e.Code] {
				l.complain(choicesFile, 1, "%d is neither reached nor left out", e.Code)
			}
		}
	}
}
