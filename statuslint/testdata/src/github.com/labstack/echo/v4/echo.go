// Package echo is a stand-in with the parts that statuslint knows.
package echo

import "net/http"

type Context interface {
	Request() *http.Request
	Response() *Response
	Bind(i any) error
	Param(name string) string
	Get(key string) any
	JSON(code int, i any) error
	String(code int, s string) error
	NoContent(code int) error
	Redirect(code int, url string) error
}

type Response struct{ Writer http.ResponseWriter }

type HandlerFunc func(c Context) error

func (r *Response) Header() http.Header         { return r.Writer.Header() }
func (r *Response) WriteHeader(code int)        {}
func (r *Response) Write(b []byte) (int, error) { return 0, nil }

type HTTPError struct{ Code int }

func (e *HTTPError) Error() string { return "" }

func NewHTTPError(code int, message ...any) *HTTPError { return &HTTPError{Code: code} }

var (
	ErrUnauthorized     = NewHTTPError(http.StatusUnauthorized)
	ErrMethodNotAllowed = NewHTTPError(http.StatusMethodNotAllowed)
	ErrForbidden        = NewHTTPError(http.StatusForbidden)
)
