// Package fiber is a stand-in with the parts that statuslint knows.
package fiber

type Ctx interface {
	Status(status int) Ctx
	SendStatus(status int) error
	JSON(data any, ctype ...string) error
	Set(key, val string)
	Method(override ...string) string
	Bind() *Bind
	Redirect() *Redirect
}

type Bind struct{}

func (b *Bind) JSON(out any) error { return nil }
func (b *Bind) Body(out any) error { return nil }

type Redirect struct{}

func (r *Redirect) Status(code int) *Redirect { return r }
func (r *Redirect) To(location string) error  { return nil }

type Error struct{ Code int }

func (e *Error) Error() string { return "" }

func NewError(code int, message ...string) *Error { return &Error{Code: code} }

var ErrMethodNotAllowed = NewError(405)
