// Package connect is a stand-in with the parts that statuslint knows.
package connect

import "net/http"

type Code uint32

const CodeUnauthenticated Code = 16

type Error struct{ code Code }

func (e *Error) Error() string     { return "" }
func (e *Error) Meta() http.Header { return nil }

func NewError(c Code, underlying error) *Error { return &Error{c} }
