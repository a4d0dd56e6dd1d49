// Package apperr defines an error with a status. It does not know net/http.
package apperr

type Error struct {
	Status int
	Text   string
}

func (e *Error) Error() string { return e.Text }

func New(status int, text string) *Error { return &Error{Status: status, Text: text} }

// A Refusal is another error with a status.
type Refusal struct{ Code int }

func (*Refusal) Error() string { return "refused" }

// ErrLogin is a value that is ready.
var ErrLogin = &Refusal{Code: 401}

func Method(text string) *Error { return New(405, text) }
