package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/choosing"
)

// A guide asks the questions, one after the other, on a terminal that gives each
// key as it is pressed.
type guide struct {
	path    []choosing.Step
	q       *choosing.Question
	at      int  // the answer that is marked
	why     bool // the reason is shown
	page    func() *page
	printed int // lines of the last drawing, which the next one replaces
}

func newGuide(sys system) *guide {
	return &guide{q: choosing.First(), page: func() *page { return newPage(sys) }}
}

// A key is what the guide understands of a keyboard.
type key int

const (
	keyOther key = iota
	keyUp
	keyDown
	keyChoose
	keyBack
	keyWhy
	keyQuit
	keyDigit // and keyDigit+1, ...: the answers by number
)

// run asks until there is a code or the user leaves. The end of the input is
// like leaving.
func (g *guide) run(sys system) error {
	in := bufio.NewReader(sys.stdin)
	for {
		if err := g.draw(sys.stdout); err != nil {
			return err
		}
		k, err := readKey(in)
		if err != nil {
			k = keyQuit
		}
		c, done := g.press(k)
		if !done {
			continue
		}
		p := g.page()
		if c != 0 {
			p.blank()
			p.chosen(c)
		}
		_, err = io.WriteString(sys.stdout, terminalLines(p.String()))
		return err
	}
}

// press acts on a key. done is true with a code that was chosen, or with 0 where
// the user leaves.
func (g *guide) press(k key) (c httpstatus.Code, done bool) {
	switch {
	case k == keyQuit:
		return 0, true
	case k == keyUp:
		g.at = (g.at + len(g.q.Answers) - 1) % len(g.q.Answers)
	case k == keyDown:
		g.at = (g.at + 1) % len(g.q.Answers)
	case k == keyWhy:
		g.why = !g.why
	case k == keyBack && len(g.path) > 0:
		last := g.path[len(g.path)-1]
		g.path, g.q, g.at = g.path[:len(g.path)-1], last.Question, 0
		for i := range g.q.Answers {
			if &g.q.Answers[i] == last.Answer {
				g.at = i
			}
		}
	case k == keyChoose:
		return g.choose(g.at)
	case k >= keyDigit && int(k-keyDigit) < len(g.q.Answers):
		return g.choose(int(k - keyDigit))
	}
	return 0, false
}

func (g *guide) choose(i int) (c httpstatus.Code, done bool) {
	a := &g.q.Answers[i]
	g.path = append(g.path, choosing.Step{Question: g.q, Answer: a})
	if g.q, g.at = a.Next(), 0; g.q == nil {
		g.q = g.path[len(g.path)-1].Question // stays on the screen
		g.path = g.path[:len(g.path)-1]
		return a.Code, true
	}
	return 0, false
}

// draw writes the question over the last drawing.
func (g *guide) draw(w io.Writer) error {
	p := g.page()
	for _, step := range g.path {
		for _, line := range wrap(step.Question.Ask+" "+step.Answer.Text, p.width-2) {
			p.WriteString(p.paint(dim, "  "+line) + "\n")
		}
	}
	p.heading(g.q.Ask)
	for i := range g.q.Answers {
		a := &g.q.Answers[i]
		mark := "  "
		if i == g.at {
			mark = "> "
		}
		p.row(answerStyle(a), fmt.Sprintf("%s%d", mark, i+1), 5, a.Text+leadsTo(a))
	}
	if g.why {
		p.row(plain, "", 5, g.q.Why)
	}
	p.row(dim, "up, down, enter or a number; left goes back, w tells why, q ends", 0, "")
	text := p.String()
	var b strings.Builder
	if g.printed > 0 {
		fmt.Fprintf(&b, "\x1b[%dA\r\x1b[J", g.printed)
	}
	g.printed = strings.Count(text, "\n")
	b.WriteString(terminalLines(text))
	_, err := io.WriteString(w, b.String())
	return err
}

// terminalLines ends lines as a terminal in raw mode needs it.
func terminalLines(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

// readKey reads one key. An escape sequence that it does not know is one key
// that means nothing; an escape by itself leaves.
func readKey(in *bufio.Reader) (key, error) {
	b, err := in.ReadByte()
	if err != nil {
		return keyOther, err
	}
	switch b {
	case '\r', '\n', ' ':
		return keyChoose, nil
	case 'k', 16: // also control-P
		return keyUp, nil
	case 'j', 14, '\t': // also control-N
		return keyDown, nil
	case 'b', 'h', 127, 8:
		return keyBack, nil
	case 'w', '?':
		return keyWhy, nil
	case 'q', 3, 4: // also control-C and control-D
		return keyQuit, nil
	case 0x1b:
		return readEscape(in)
	}
	if '1' <= b && b <= '9' {
		return keyDigit + key(b-'1'), nil
	}
	return keyOther, nil
}

// readEscape reads what follows an escape that is already here: a terminal sends
// the keys of a sequence together.
func readEscape(in *bufio.Reader) (key, error) {
	if in.Buffered() == 0 {
		return keyQuit, nil
	}
	if b, _ := in.ReadByte(); b != '[' && b != 'O' {
		return keyOther, nil
	}
	for in.Buffered() > 0 {
		b, err := in.ReadByte()
		if err != nil {
			return keyOther, err
		}
		if b < '@' { // a parameter
			continue
		}
		switch b {
		case 'A':
			return keyUp, nil
		case 'B':
			return keyDown, nil
		case 'C':
			return keyChoose, nil
		case 'D':
			return keyBack, nil
		}
		break
	}
	return keyOther, nil
}
