// Package gin is a stand-in with the parts that statuslint knows.
package gin

import "net/http"

type ResponseWriter interface{ http.ResponseWriter }

type H map[string]any

type Context struct {
	Request *http.Request
	Writer  ResponseWriter
}

func (c *Context) Status(code int)                             {}
func (c *Context) Abort()                                      {}
func (c *Context) Next()                                       {}
func (c *Context) Header(key, value string)                    {}
func (c *Context) JSON(code int, obj any)                      {}
func (c *Context) String(code int, format string, args ...any) {}
func (c *Context) AbortWithStatus(code int)                    {}
func (c *Context) AbortWithStatusJSON(code int, obj any)       {}
func (c *Context) Redirect(code int, location string)          {}
func (c *Context) Param(key string) string                     { return "" }
func (c *Context) ShouldBindJSON(obj any) error                { return nil }

func (c *Context) ShouldBindBodyWithJSON(obj any) error        { return nil }
func (c *Context) AbortWithError(code int, err error) error    { return err }
func (c *Context) Data(code int, contentType string, b []byte) {}

type HandlerFunc func(*Context)

type Engine struct{}

func (e *Engine) NoMethod(h ...HandlerFunc)          {}
func (e *Engine) POST(path string, h ...HandlerFunc) {}
