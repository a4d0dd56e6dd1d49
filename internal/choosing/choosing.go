// Package choosing has the questions that lead a server to its status code: what
// became of the request, whose fault it is, for now or for good, may the client
// know. The terminal guide, the diagram of the pages and the chapter of the
// package documentation are drawn from it.
package choosing

import (
	"iter"

	"example.com/httpstatus"
)

// A Question separates codes.
type Question struct {
	Name    string // one word, by which scripts and links name it
	Ask     string
	Why     string // what the answers change for a client
	Answers []Answer
}

// An Answer is one answer to a [Question].
type Answer struct {
	Name string // one word, unique within the question
	Text string
	Code httpstatus.Code // what to send; 0 where there is another question

	next int
}

// Next returns the question that follows; nil where the answer is a code.
func (a *Answer) Next() *Question {
	if a.Code != 0 {
		return nil
	}
	return &questions[a.next]
}

// An Unchosen is a code that no answer leads to.
type Unchosen struct {
	Code httpstatus.Code
	Why  string // why no server should choose it
}

// A Step is a question and the answer that was given.
type Step struct {
	*Question
	Answer *Answer
}

// First returns the question to begin with.
func First() *Question { return &questions[0] }

// Questions returns all questions, [First] first.
func Questions() iter.Seq[*Question] {
	return func(yield func(*Question) bool) {
		for i := range questions {
			if !yield(&questions[i]) {
				return
			}
		}
	}
}

// LeftOut returns the codes that no answer leads to, in increasing order.
func LeftOut() []Unchosen { return append([]Unchosen(nil), unchosen[:]...) }

// Named returns the question of that name; nil if there is none.
func Named(name string) *Question {
	for q := range Questions() {
		if q.Name == name {
			return q
		}
	}
	return nil
}

// Answered returns the answer of that name; nil if there is none.
func (q *Question) Answered(name string) *Answer {
	for i := range q.Answers {
		if q.Answers[i].Name == name {
			return &q.Answers[i]
		}
	}
	return nil
}

// Paths returns every way from [First] to an answer that is c.
func Paths(c httpstatus.Code) (paths [][]Step) {
	var walk func(q *Question, way []Step)
	walk = func(q *Question, way []Step) {
		for i := range q.Answers {
			a := &q.Answers[i]
			on := append(way[:len(way):len(way)], Step{q, a})
			if next := a.Next(); next != nil {
				walk(next, on)
			} else if a.Code == c {
				paths = append(paths, on)
			}
		}
	}
	walk(First(), nil)
	return paths
}

// Between returns the question that decides between two codes, with the answers
// that lead to them: the last one that a way to the first has in common with a
// way to the second. ok is false where one of them is never reached.
func Between(c, d httpstatus.Code) (q *Question, toC, toD *Answer, ok bool) {
	depth := -1
	for _, one := range Paths(c) {
		for _, other := range Paths(d) {
			i := 0
			for i < len(one) && i < len(other) && one[i].Answer == other[i].Answer {
				i++
			}
			if i < len(one) && i < len(other) && i > depth {
				depth, q, toC, toD, ok = i, one[i].Question, one[i].Answer, other[i].Answer, true
			}
		}
	}
	return q, toC, toD, ok
}

// RunnerUp returns the code that is most like c for a person who chooses: of
// those that its card tells apart from it, the one that is decided last, and
// among equals the one that is confused with most others. It is 0 where the card names none that can be chosen.
func RunnerUp(c httpstatus.Code) httpstatus.Code {
	best, depth, confused := httpstatus.Code(0), -1, 0
	for _, other := range httpstatus.Describe(c).NotToBeConfusedWith {
		q, _, _, ok := Between(c, other.Code)
		if !ok {
			continue
		}
		others := len(httpstatus.Describe(other.Code).NotToBeConfusedWith)
		for _, way := range Paths(c) {
			for i, step := range way {
				if step.Question == q && (i > depth || i == depth && others > confused) {
					best, depth, confused = other.Code, i, others
				}
			}
		}
	}
	return best
}
