// Package apperr defines an error with a status. It does not know net/http.
package apperr

type Error struct {
	Status int
	Text   string
}

func (e *Error) Error() string { return e.Text }

func New(status int, text string) *Error { return &Error{Status: status, Text: text} }

// ErrLogin is a value that is ready.
var ErrLogin = New(401, "log in")

func Method(text string) *Error { return New(405, text) }
