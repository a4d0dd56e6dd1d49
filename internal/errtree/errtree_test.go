package errtree_test

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus/internal/errtree"
)

// hostile is an error whose methods panic, as those of nil pointers do.
type hostile struct{}

func (*hostile) Error() string { panic("Error called") }
func (*hostile) Unwrap() error { panic("Unwrap called") }

// endless wraps itself, twice.
type endless struct{}

func (e *endless) Error() string   { return "endless" }
func (e *endless) Unwrap() []error { return []error{e, e} }

// isAll says that it is whatever is asked for.
type isAll struct{}

func (isAll) Error() string { return "all" }
func (isAll) Is(error) bool { return true }

func TestWalk(t *testing.T) {
	a, b, c := errors.New("a"), errors.New("b"), errors.New("c")
	tree := fmt.Errorf("%w, %w", fmt.Errorf("x: %w", a), errors.Join(b, c))
	var seen []error
	found := errtree.Walk(tree, func(err error) bool {
		if err == a || err == b || err == c {
			seen = append(seen, err)
		}
		return err == b
	})
	assert.True(t, found)
	assert.Equal(t, []error{a, b}, seen, "in order, and no further than asked")

	steps := 0
	count := func(error) bool { steps++; return false }
	assert.False(t, errtree.Walk(nil, count))
	assert.Zero(t, steps)
	assert.False(t, errtree.Walk(&endless{}, count))
	assert.Equal(t, 1000, steps, "a tree that contains itself")
	assert.False(t, errtree.Walk(&hostile{}, count))
}

func TestIs(t *testing.T) {
	for _, tt := range []struct {
		name    string
		err     error
		targets []error
		want    bool
	}{
		{"itself", io.EOF, []error{io.EOF}, true},
		{"wrapped", fmt.Errorf("x: %w", io.EOF), []error{io.ErrNoProgress, io.EOF}, true},
		{"another", io.EOF, []error{io.ErrUnexpectedEOF}, false},
		{"none", io.EOF, nil, false},
		{"nil", nil, []error{io.EOF}, false},
		{"by its method", isAll{}, []error{io.EOF}, true},
		{"hostile", &hostile{}, []error{io.EOF}, false},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, errtree.Is(tt.err, tt.targets...)) })
	}
}

func TestText(t *testing.T) {
	assert.Equal(t, "EOF", errtree.Text(io.EOF))
	assert.Equal(t, "(its Error method panicked)", errtree.Text(&hostile{}))
}

// harmless is an error that does not count.
type harmless int

func (harmless) Error() string { return "harmless" }

type (
	valueError   string
	pointerError struct{ text string }
	node         struct {
		Next  *node
		Value any
	}
	list struct {
		Next *list
		Name string
	}
	holder struct {
		ID  int
		err error
	}
)

func (v valueError) Error() string    { return string(v) }
func (p *pointerError) Error() string { return p.text }

func TestHolds(t *testing.T) {
	ring := &node{}
	ring.Next = ring
	long := &list{}
	for range 100 {
		long = &list{Next: long}
	}
	berlin := time.Date(2026, 11, 26, 0, 0, 0, 0, time.FixedZone("Europe/Berlin", 3600))
	times := make([]any, 100000)
	for i := range times {
		times[i] = berlin
	}
	nested := make([]any, 20000)
	for i := range nested {
		nested[i] = []any{1}
	}
	for _, tt := range []struct {
		name  string
		value any
		want  bool
	}{
		{"nil", nil, false},
		{"a number", 1, false},
		{"the harmless error", harmless(1), false},
		{"harmless errors in a list", []harmless{1}, false},
		{"a pointer to one", new(harmless), false},
		{"a time", berlin, false},
		{"many times", times, false},
		{"a function and a channel", struct {
			F func() error
			C chan error
		}{func() error { return io.EOF }, nil}, false},
		{"a long list of a type that holds none", long, false},
		{"no error where one could be", holder{}, false},
		{"nil pointers", struct{ E *pointerError }{}, false},
		{"a map of scalars", map[string]int{"a": 1}, false},
		{"a reflect.Value", reflect.ValueOf(3), false},

		{"an error", io.EOF, true},
		{"by value", valueError("x"), true},
		{"by its pointer", pointerError{"x"}, true},
		{"behind a pointer", &pointerError{"x"}, true},
		{"unexported", holder{1, io.EOF}, true},
		{"in a list", []any{1, []any{io.EOF}}, true},
		{"in an array", [2]any{nil, io.EOF}, true},
		{"in a map", map[string]any{"a": io.EOF}, true},
		{"as the key of a map", map[any]int{valueError("x"): 1}, true},
		{"in a nested type", map[string][]*holder{"a": {{err: io.EOF}}}, true},
		{"in a reflect.Value", reflect.ValueOf(io.EOF), true},
		{"in a reflect.Value that is not for reading", struct{ v reflect.Value }{reflect.ValueOf(1)}, true},
		{"an invalid reflect.Value", reflect.Value{}, false},
		{"a ring that is open everywhere", ring, true},
		{"too much to look through", nested, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var f errtree.Finder[harmless]
			assert.Equal(t, tt.want, f.Holds(tt.value))
			assert.Equal(t, tt.want, f.Holds(tt.value), "again, by what is known of the type")
		})
	}
}
