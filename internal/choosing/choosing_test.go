package choosing

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
)

// TestReached holds that every registered code is reached or left out, never
// both, and that a server is never sent round.
func TestReached(t *testing.T) {
	out := map[httpstatus.Code]bool{}
	for _, u := range LeftOut() {
		out[u.Code] = true
	}
	for c := range httpstatus.All() {
		paths := Paths(c)
		assert.Equal(t, out[c], len(paths) == 0, "%v", c)
		for _, way := range paths {
			assert.Less(t, len(way), 6, "%v asks too much", c)
		}
	}
}

// TestConfusions holds that whatever a card tells apart, one question decides,
// and that it gives the two codes different answers.
func TestConfusions(t *testing.T) {
	for c := range httpstatus.All() {
		for _, other := range httpstatus.Describe(c).NotToBeConfusedWith {
			if len(Paths(c)) == 0 || len(Paths(other.Code)) == 0 {
				continue
			}
			q, one, two, ok := Between(c, other.Code)
			if assert.True(t, ok, "%d and %d", int(c), int(other.Code)) {
				assert.NotSame(t, one, two, "%q decides between %d and %d", q.Ask, int(c), int(other.Code))
			}
		}
	}
}

// The pairs that are confused most have a question of their own, whose answers
// are the two codes, or lead there by one more question.
func TestFamousConfusions(t *testing.T) {
	for _, test := range []struct {
		codes    [2]httpstatus.Code
		question string
	}{
		{[2]httpstatus.Code{200, 204}, "result"},
		{[2]httpstatus.Code{201, 202}, "result"},
		{[2]httpstatus.Code{301, 308}, "moved"},
		{[2]httpstatus.Code{302, 307}, "parked"},
		{[2]httpstatus.Code{302, 303}, "elsewhere"},
		{[2]httpstatus.Code{301, 302}, "elsewhere"},
		{[2]httpstatus.Code{304, 412}, "condition"},
		{[2]httpstatus.Code{400, 422}, "request"},
		{[2]httpstatus.Code{401, 403}, "access"},
		{[2]httpstatus.Code{403, 404}, "hidden"},
		{[2]httpstatus.Code{404, 410}, "absent"},
		{[2]httpstatus.Code{405, 501}, "method"},
		{[2]httpstatus.Code{406, 415}, "request"},
		{[2]httpstatus.Code{409, 412}, "state"},
		{[2]httpstatus.Code{413, 431}, "size"},
		{[2]httpstatus.Code{412, 428}, "state"},
		{[2]httpstatus.Code{500, 502}, "failed"},
		{[2]httpstatus.Code{502, 504}, "upstream"},
		{[2]httpstatus.Code{502, 503}, "upstream"},
	} {
		t.Run(fmt.Sprintf("%d or %d", int(test.codes[0]), int(test.codes[1])), func(t *testing.T) {
			q, _, _, ok := Between(test.codes[0], test.codes[1])
			assert.True(t, ok)
			assert.Equal(t, test.question, q.Name)
			back, _, _, _ := Between(test.codes[1], test.codes[0])
			assert.Same(t, q, back, "the same the other way round")
		})
	}
	_, _, _, ok := Between(404, 418)
	assert.False(t, ok, "a code that is left out is never reached")
}

func TestRunnerUp(t *testing.T) {
	for _, test := range []struct{ c, want httpstatus.Code }{
		{401, 403}, {403, 404}, {410, 404}, {308, 301}, {504, 502}, {409, 412}, {405, 501},
		{418, 0}, {471, 0},
	} {
		assert.Equal(t, test.want, RunnerUp(test.c), "of %d", int(test.c))
	}
}

func TestNamed(t *testing.T) {
	for q := range Questions() {
		assert.Same(t, q, Named(q.Name))
		for i := range q.Answers {
			assert.Same(t, &q.Answers[i], q.Answered(q.Answers[i].Name))
		}
		break
	}
	assert.Nil(t, Named("nothing"))
	assert.Nil(t, First().Answered("nothing"))
}
