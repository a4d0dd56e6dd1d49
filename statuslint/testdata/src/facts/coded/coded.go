// Package coded has errors that tell their status by a method.
package coded

type Error struct{ status int }

func (e *Error) Error() string   { return "coded" }
func (e *Error) HTTPStatus() int { return e.status }

func New(status int) *Error { return &Error{status} }
