package httpstatus_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
)

// holder holds an error where fmt sees it, and where it does not ask.
type holder struct {
	ID  int
	err error
}

type stringer struct{ err error }

func (s stringer) String() string { return "stringer: " + s.err.Error() }

// valueError is an error whose text is its own data.
type valueError string

func (v valueError) Error() string { return string(v) }

// pointerError is an error only by its pointer; fmt prints its value.
type pointerError struct{ text string }

func (p *pointerError) Error() string { return p.text }

func TestNewf(t *testing.T) {
	for _, tt := range []struct {
		why    string
		format string
		args   []any
		want   string
		cause  bool
	}{
		{"plain", "No user with ID %d exists.", []any{42}, "No user with ID 42 exists.", false},
		{"width from an argument", "%*d|%-5s|%q", []any{4, 7, "a", "b"}, "   7|a    |\"b\"", false},
		{"times", "in %v", []any{time.Minute}, "in 1m0s", false},
		{"a stringer", "%v", []any{reflect.TypeFor[int]()}, "int", false},
		{"an error", "failed: %v", []any{errSecret}, "failed: internal error", true},
		{"%w acts as %v", "failed: %w", []any{errSecret}, "failed: internal error", true},
		{"%w with flags", "failed: %+[1]w 100%% w", []any{errSecret}, "failed: internal error 100% w", true},
		{"%q quotes", "failed: %q", []any{errSecret}, `failed: "internal error"`, true},
		{"our own error is public", "failed: %v", []any{fmt.Errorf("x: %w", httpstatus.NotFound.New("", "No user.").WithCause(errSecret))},
			"failed: No user.", true},
		{"a remote one is not", "failed: %v", []any{httpstatus.Decode(404, nil, readString(`{"error":"a","message":"hunter2"}`))},
			"failed: Bad Gateway", true},
		{"a code is public", "got %v", []any{httpstatus.NotFound}, "got 404 Not Found", false},
		{"a code along with what is private", "got %v %w", []any{httpstatus.NotFound, io.EOF}, "got 404 Not Found internal error", true},
		{"a wrapped code", "got %v", []any{fmt.Errorf("hunter2: %w", httpstatus.NotFound)}, "got Not Found", true},
		{"nil", "got %v", []any{error(nil)}, "got <nil>", false},
		{"a nil *Error", "got %v", []any{(*httpstatus.Error)(nil)}, "got <nil>", false},
		{"two", "%v, %v", []any{errSecret, io.EOF}, "internal error, internal error", true},
		{"an error as a width", "%*d", []any{errSecret, 3}, "%!(BADWIDTH)3", true},
		{"an error too many", "x", []any{errSecret}, "x%!(EXTRA httpstatus.standIn=internal error)", true},
		{"an error too few", "%v", nil, "%!v(MISSING)", false},
		{"a verb at the end", "w%", nil, "w%!(NOVERB)", false},
		{"a method that panics", "got %v", []any{panicking{}}, "Internal Server Error", true},
	} {
		t.Run(tt.why, func(t *testing.T) {
			e := httpstatus.InternalServerError.Newf("x", tt.format, tt.args...)
			assert.Equal(t, tt.want, e.Message())
			assert.Equal(t, tt.cause, errors.Unwrap(e) != nil)
		})
	}
	e := httpstatus.Conflict.Newf("x", "%v, %v", errSecret, io.EOF)
	assert.ErrorIs(t, e, errSecret)
	assert.ErrorIs(t, e, io.EOF)
}

func TestWithMessage(t *testing.T) {
	sentinel := httpstatus.NotFound.New("user_not_found", "No such user.").WithHeader("X-A", "b").WithField(httpstatus.Field{Pointer: "/id"})
	e := sentinel.WithMessage(`No "user".`)
	assert.Equal(t, `{"error":"user_not_found","message":"No \"user\".","fields":[{"pointer":"/id"}]}`, string(e.AppendBody(nil, httpstatus.SimpleJSON)))
	assert.ErrorIs(t, e, sentinel)
	assert.Equal(t, sentinel.Header(), e.Header())
	assert.Equal(t, "No such user.", sentinel.Message(), "the original is as it was")
	assert.Equal(t, "Not Found", sentinel.WithMessage("").Message())
	assert.Equal(t, `{"error":"user_not_found","message":"Kein Benutzer."}`,
		string(httpstatus.NotFound.New("user_not_found", `"`).WithMessage("Kein Benutzer.").AppendBody(nil, httpstatus.SimpleJSON)))
	var none *httpstatus.Error
	assert.Equal(t, "x", none.WithMessage("x").Message())

	e = sentinel.WithMessagef("No user with ID %d exists.", 42)
	assert.Equal(t, "No user with ID 42 exists.", e.Message())
	assert.NoError(t, errors.Unwrap(e))
	e = sentinel.WithCause(io.EOF).WithMessagef("No user: %v", errSecret)
	assert.Equal(t, "No user: internal error", e.Message())
	assert.ErrorIs(t, e, io.EOF)
	assert.ErrorIs(t, e, errSecret)
	e = sentinel.WithMessagef("No user: %w", errSecret)
	assert.Equal(t, errSecret, errors.Unwrap(e))
	assert.Equal(t, io.EOF, errors.Unwrap(sentinel.WithCause(io.EOF).WithMessagef("a")), "the cause stays")
}

// TestNewfSecret holds that no verb brings out an error, or what holds one.
func TestNewfSecret(t *testing.T) {
	cyclic := &struct {
		Next any
		Err  error
	}{Err: errSecret}
	cyclic.Next = cyclic
	args := map[string]any{
		"an error":              errSecret,
		"wrapped":               fmt.Errorf("x: %w", errSecret),
		"joined":                errors.Join(io.EOF, errSecret),
		"with exported fields":  &fs.PathError{Op: "open", Path: secret, Err: errSecret},
		"by value":              fs.PathError{Op: "open", Path: secret, Err: errSecret},
		"a string kind":         valueError(secret),
		"by pointer only":       pointerError{secret},
		"in a slice":            []error{errSecret},
		"in a slice of any":     []any{1, errSecret},
		"in an array":           [1]error{errSecret},
		"in a map":              map[string]any{"a": errSecret},
		"as the key of a map":   map[any]int{valueError(secret): 1},
		"in a struct":           struct{ Err error }{errSecret},
		"unexported":            holder{1, valueError(secret)},
		"behind a pointer":      &holder{1, valueError(secret)},
		"string kinds in slice": []valueError{secret},
		"in a map of scalars":   map[valueError]int{secret: 1},
		"in a stringer":         stringer{errSecret},
		"as a reflect.Value":    reflect.ValueOf(valueError(secret)),
		"with a cycle":          cyclic,
		"ours, as a cause":      httpstatus.NotFound.New("a", "b").WithCause(errSecret),
		"ours, in a list":       []*httpstatus.Error{httpstatus.NotFound.New("a", "b").WithCause(errSecret)},
	}
	for why, arg := range args {
		for verb := rune('!'); verb <= '~'; verb++ {
			for _, flags := range []string{"", "+", "#", "10", ".3", "[1]"} {
				e := httpstatus.BadRequest.Newf("x", "a %"+flags+string(verb)+" b", arg)
				for _, format := range allFormats {
					if bytes.Contains(e.AppendBody(nil, format), []byte(secret)) {
						t.Errorf("%s with %%%s%c leaks: %s", why, flags, verb, e.Message())
					}
				}
				if why != "ours, in a list" && why != "with a cycle" && !strings.Contains(e.Error(), secret) {
					t.Errorf("%s with %%%s%c: the log lacks the error: %v", why, flags, verb, e)
				}
			}
		}
	}
}

var allFormats = []httpstatus.Format{httpstatus.SimpleJSON, httpstatus.ProblemJSON, httpstatus.PlainText, httpstatus.HTML}

// TestHoldsNoError is the other side: what is public is printed.
func TestHoldsNoError(t *testing.T) {
	berlin := time.FixedZone("Europe/Berlin", 3600)
	for _, arg := range []any{
		slices.Repeat([]time.Time{time.Date(2026, 11, 26, 0, 0, 0, 0, berlin)}, 20), struct{ When *time.Time }{},
		slices.Repeat([]any{time.Date(2026, 11, 26, 0, 0, 0, 0, berlin), 1, "a", nil}, 20000), [3]*httpstatus.Code{}, map[string]any{"a": 1},
		make([]int, 100000), []time.Duration{1}, map[string]int{"a": 1}, struct{ A *int }{}, &struct{ A []string }{},
		struct{ Err error }{}, [2]bool{}, map[string][]string{"a": {"b"}}, reflect.ValueOf(3), []httpstatus.Code{404}, uintptr(1), 1i,
	} {
		e := httpstatus.BadRequest.Newf("x", "%v", arg)
		assert.Equal(t, fmt.Sprintf("%v", arg), e.Message())
		assert.NoError(t, errors.Unwrap(e))
	}
	wide := make([]any, 20000)
	for i := range wide {
		wide[i] = []any{1}
	}
	big := httpstatus.BadRequest.Newf("x", "%v", wide)
	assert.Equal(t, "internal error", big.Message(), "too large to look through")
}
