// Package httpstatus is a stand-in with the parts that statuslint knows.
package httpstatus

type Code int

const (
	NotFound                    Code = 404
	Unauthorized                Code = 401
	MethodNotAllowed            Code = 405
	ProxyAuthenticationRequired Code = 407
	UpgradeRequired             Code = 426
)

func (c Code) IsSuccess() bool                                   { return c/100 == 2 } // the real one is a table
func (c Code) New(errorCode, message string) *Error              { return nil }
func (c Code) Newf(errorCode, format string, args ...any) *Error { return nil }

type Error struct{}

func (e *Error) Error() string                        { return "" }
func (e *Error) WithAllow(methods ...string) *Error   { return e }
func (e *Error) WithCause(err error) *Error           { return e }
func (e *Error) WithChallenge(c string) *Error        { return e }
func (e *Error) WithHeader(name, value string) *Error { return e }
