// Package echo is a stand-in with the parts that statuslint knows.
package echo

import "net/http"

type Context struct{ response http.ResponseWriter }

func (c *Context) Request() *http.Request              { return nil }
func (c *Context) Response() http.ResponseWriter       { return c.response }
func (c *Context) Bind(i any) error                    { return nil }
func (c *Context) JSON(code int, i any) error          { return nil }
func (c *Context) NoContent(code int) error            { return nil }
func (c *Context) Redirect(code int, url string) error { return nil }

type httpError struct{ code int }

func (e *httpError) Error() string { return "" }

var ErrUnauthorized = &httpError{http.StatusUnauthorized}

type HTTPError struct{ Code int }

func (e *HTTPError) Error() string { return "" }

func NewHTTPError(code int, message string) *HTTPError { return &HTTPError{Code: code} }
