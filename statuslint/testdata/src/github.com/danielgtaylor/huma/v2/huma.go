// Package huma is a stand-in with the parts that statuslint knows.
package huma

import "net/http"

type API interface{ Name() string }

type Context interface {
	Method() string
	SetStatus(code int)
	SetHeader(name, value string)
}

type StatusError interface {
	error
	GetStatus() int
}

func NewError(status int, msg string, errs ...error) StatusError                 { return nil }
func Error401Unauthorized(msg string, errs ...error) StatusError                 { return nil }
func Error403Forbidden(msg string, errs ...error) StatusError                    { return nil }
func ErrorWithHeaders(err error, headers http.Header) error                      { return err }
func WriteErr(api API, ctx Context, status int, msg string, errs ...error) error { return nil }
