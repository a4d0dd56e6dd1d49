// Package fiber is a stand-in with the parts that statuslint knows.
package fiber

type Ctx struct{}

type Map map[string]any

const StatusUnauthorized = 401

func (c *Ctx) Status(status int) *Ctx                        { return c }
func (c *Ctx) SendStatus(status int) error                   { return nil }
func (c *Ctx) SendString(s string) error                     { return nil }
func (c *Ctx) Get(key string, def ...string) string          { return "" }
func (c *Ctx) JSON(v any) error                              { return nil }
func (c *Ctx) BodyParser(v any) error                        { return nil }
func (c *Ctx) Set(key, val string)                           {}
func (c *Ctx) Append(field string, values ...string)         {}
func (c *Ctx) Method(override ...string) string              { return "" }
func (c *Ctx) Redirect(location string, status ...int) error { return nil }

type Error struct{ Code int }

func (e *Error) Error() string { return "" }

func NewError(code int, message ...string) *Error { return &Error{Code: code} }

var ErrUnauthorized = NewError(401)
