package site

import (
	"fmt"
	"html/template"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
	"example.com/httpstatus/internal/choosing"
)

// A chooseQuestion is a question as a list shows it.
type chooseQuestion struct {
	Name, Ask, Why string
	Again          bool // it stands further up
	Answers        []chooseAnswer
}

// A chooseAnswer leads to a code, or to another question.
type chooseAnswer struct {
	Text        string
	Code, Digit int
	Title       string
	Next        *chooseQuestion
}

// questions returns a question and all that follow from it; seen has those that
// were told before.
func questions(q *choosing.Question, seen map[string]bool) *chooseQuestion {
	one := &chooseQuestion{Name: q.Name, Ask: q.Ask, Why: q.Why, Again: seen[q.Name]}
	if one.Again {
		return one
	}
	seen[q.Name] = true
	for i := range q.Answers {
		a := &q.Answers[i]
		answer := chooseAnswer{Text: a.Text}
		if next := a.Next(); next != nil {
			answer.Next = questions(next, seen)
		} else {
			l := linkTo(a.Code)
			answer.Code, answer.Digit, answer.Title = l.Code, l.Digit, l.Title
		}
		one.Answers = append(one.Answers, answer)
	}
	return one
}

// choosePage renders the diagram, and the same as lists.
func (b *builder) choosePage() error {
	type leftOut struct {
		codeLink
		Why string
	}
	body := struct {
		Count   int
		SVG     template.HTML
		First   *chooseQuestion
		LeftOut []leftOut
	}{First: questions(choosing.First(), map[string]bool{}), SVG: template.HTML(diagram())}
	for range choosing.Questions() {
		body.Count++
	}
	for _, u := range choosing.LeftOut() {
		body.LeftOut = append(body.LeftOut, leftOut{linkTo(u.Code), u.Why})
	}
	return b.add(page{
		Title:       "Choosing a status code",
		Description: "The questions that lead a server to its HTTP status code, as a diagram and as lists.",
		Path:        "choose/",
		Body:        body,
		template:    "choose",
	})
}

// The measures of the diagram, in pixels. Four columns fit into a window that is
// 1280 pixels wide.
const (
	boxWidth    = 268
	columnGap   = 44
	boxGap      = 18
	margin      = 10
	lineHeight  = 16
	rowPad      = 5 // above and below the text of an answer
	codeColumn  = 34
	askChars    = 29 // characters to a line, in the widest of the usual fonts
	answerChars = 33
	codeChars   = 29 // beside a code
	lane        = 7  // between the vertical parts of wires
	corner      = 6
)

// A box is a question in the diagram.
type box struct {
	q        *choosing.Question
	ask      []string
	rows     []boxRow
	height   int
	x, y     int
	children []*box
}

// A boxRow is one answer.
type boxRow struct {
	lines []string
	code  httpstatus.Code // 0 where it leads to next
	next  *box
	back  bool // next stands elsewhere: another answer leads to it too
	top   int  // within the box
}

// layOut makes the boxes of a question and of those that follow; seen has those
// that were made before.
func layOut(q *choosing.Question, seen map[string]*box) *box {
	b := &box{q: q, ask: wrap(q.Ask, askChars)}
	seen[q.Name] = b
	b.height = b.titleHeight()
	for i := range q.Answers {
		a := &q.Answers[i]
		r := boxRow{lines: wrap(a.Text, answerChars), code: a.Code, top: b.height}
		if next := a.Next(); next == nil {
			r.lines = wrap(a.Text, codeChars)
		} else if r.next = seen[next.Name]; r.next != nil {
			r.back = true
		} else {
			r.next = layOut(next, seen)
			b.children = append(b.children, r.next)
		}
		b.height += len(r.lines)*lineHeight + 2*rowPad
		b.rows = append(b.rows, r)
	}
	b.height += 2
	return b
}

// place sets where the boxes stand, in columns that are filled from the top. A
// question is level with the answer that leads to it, or lower where its column
// has no room; if that is the first of its box, the box comes down with it.
func (b *box) place(depth, level int, bottom map[int]int) {
	b.x = margin + depth*(boxWidth+columnGap)
	b.y = max(bottom[depth], level)
	first := true
	for _, r := range b.rows {
		if r.next == nil || r.back {
			continue
		}
		down := r.middle() - r.next.titleHeight()/2
		r.next.place(depth+1, b.y+down, bottom)
		if first {
			b.y = max(b.y, r.next.y-down)
		}
		first = false
	}
	bottom[depth] = b.y + b.height + boxGap
}

// middle is where the wire of the answer begins, within its box.
func (r boxRow) middle() int { return r.top + rowPad + len(r.lines)*lineHeight/2 }

// extent returns how far the boxes reach.
func (b *box) extent() (right, bottom int) {
	right, bottom = b.x+boxWidth, b.y+b.height
	for _, c := range b.children {
		r, d := c.extent()
		right, bottom = max(right, r), max(bottom, d)
	}
	return right, bottom
}

// diagram draws the questions as SVG. Screen readers skip it: the lists below it
// say the same, and have the same links for the keyboard.
func diagram() string {
	first := layOut(choosing.First(), map[string]*box{})
	first.place(0, margin, map[int]int{})
	width, height := first.extent()
	var s strings.Builder
	fmt.Fprintf(&s, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" aria-hidden="true" focusable="false">`+"\n",
		width+margin, height+margin, width+margin, height+margin)
	first.wires(&s)
	first.draw(&s)
	s.WriteString("</svg>")
	return s.String()
}

// wires draws what leads from answers to questions. The wires of a box have
// lanes of their own, those of later answers nearer to the box, so that none
// crosses another.
func (b *box) wires(s *strings.Builder) {
	at := b.x + boxWidth + (columnGap+(len(b.children)-1)*lane)/2
	for _, r := range b.rows {
		y1 := b.y + r.middle()
		switch {
		case r.next == nil:
		case r.back:
			x2, y2 := r.next.x+boxWidth, r.next.y+r.next.titleHeight()/2
			fmt.Fprintf(s, `<path class="wire back" d="%s"/>`+"\n", wire(b.x, y1, b.x-columnGap/2, x2, y2))
		default:
			fmt.Fprintf(s, `<path class="wire" d="%s"/>`+"\n", wire(b.x+boxWidth, y1, at, r.next.x, r.next.y+r.next.titleHeight()/2))
			at -= lane
			r.next.wires(s)
		}
	}
}

// titleHeight is how high the question is above its answers.
func (b *box) titleHeight() int { return len(b.ask)*lineHeight + 16 }

// wire is the path from one point to another by way of a vertical at x, with
// round corners.
func wire(x1, y1, x, x2, y2 int) string {
	r := min(corner, max(y2-y1, y1-y2)/2)
	if r == 0 {
		return fmt.Sprintf("M%d %dH%d", x1, y1, x2)
	}
	in, out, down := r, r, r
	if x < x1 {
		in = -r
	}
	if x2 < x {
		out = -r
	}
	if y2 < y1 {
		down = -r
	}
	return fmt.Sprintf("M%d %dH%dQ%d %d %d %dV%dQ%d %d %d %dH%d", x1, y1, x-in, x, y1, x, y1+down, y2-down, x, y2, x+out, y2, x2)
}

func (b *box) draw(s *strings.Builder) {
	fmt.Fprintf(s, `<rect class="box" x="%d" y="%d" width="%d" height="%d" rx="8"/>`+"\n", b.x, b.y, boxWidth, b.height)
	for i, line := range b.ask {
		fmt.Fprintf(s, `<text class="ask" x="%d" y="%d">%s</text>`+"\n", b.x+12, b.y+8+(i+1)*lineHeight-3, template.HTMLEscapeString(line))
	}
	for _, r := range b.rows {
		top := b.y + r.top
		fmt.Fprintf(s, `<path class="rule" d="M%d %dh%d"/>`, b.x, top, boxWidth)
		x := b.x + 12
		if r.code != 0 {
			k := card.New(r.code)
			fmt.Fprintf(s, `<a href="../%d/" tabindex="-1"><title>%d %s</title><text class="num k%d" x="%d" y="%d">%d</text>`,
				int(r.code), int(r.code), template.HTMLEscapeString(k.Title()), int(r.code.Class()), x, top+rowPad+lineHeight-4, int(r.code))
			x += codeColumn
		}
		for i, line := range r.lines {
			fmt.Fprintf(s, `<text x="%d" y="%d">%s</text>`, x, top+rowPad+(i+1)*lineHeight-4, template.HTMLEscapeString(line))
		}
		if r.code != 0 {
			s.WriteString("</a>")
		} else {
			end := b.x + boxWidth
			if r.back {
				end = b.x
			}
			fmt.Fprintf(s, `<circle class="dot" cx="%d" cy="%d" r="3"/>`, end, b.y+r.middle())
		}
		s.WriteByte('\n')
		if r.next != nil && !r.back {
			r.next.draw(s)
		}
	}
}

// wrap breaks text into lines of at most n characters, between words.
func wrap(text string, n int) []string {
	var lines []string
	line := ""
	for _, w := range strings.Fields(text) {
		switch {
		case line == "":
			line = w
		case len(line)+1+len(w) <= n:
			line += " " + w
		default:
			lines = append(lines, line)
			line = w
		}
	}
	return append(lines, line)
}
