package httpstatus

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"example.com/httpstatus/internal/errtree"
)

// Newf is [Code.New] with a message formatted as by [fmt.Sprintf].
//
// The message is public, and the text of an error is not. So an argument that
// is an error is replaced in the message, whatever the verb: by the public
// message of the *Error that it is or wraps, by the phrase of such a Code, or
// by the words "internal error". The argument becomes the cause of the result,
// so that the log has its text. The same applies to a struct, slice, map or
// pointer that holds an error. Newf cannot see what a String or Format method
// prints; do not pass values whose methods print a secret.
//
// The verb %w acts as %v.
func (c Code) Newf(errorCode, format string, args ...any) *Error {
	message, cause := publicMessage(format, args)
	e := c.New(errorCode, message)
	e.cause = cause
	return e
}

// WithMessagef is [Error.WithMessage] with a message formatted as by
// [fmt.Sprintf], where the text of an error stays private, as in [Code.Newf]. An
// argument that is or holds an error joins the cause of e.
//
//	return ErrUserNotFound.WithMessagef("No user with ID %d exists.", id)
func (e *Error) WithMessagef(format string, args ...any) *Error {
	message, cause := publicMessage(format, args)
	c := e.WithMessage(message)
	switch {
	case c.cause == nil:
		c.cause = cause
	case cause != nil:
		c.cause = errors.Join(c.cause, cause)
	}
	return c
}

// publicMessage formats a message without the text of errors, and returns those
// that were among the arguments.
func publicMessage(format string, args []any) (message string, cause error) {
	if arePlain(args) && !strings.Contains(format, "w") {
		return fmt.Sprintf(format, args...), nil
	}
	public := make([]any, len(args))
	var causes []error
	for i, arg := range args {
		err, isError := arg.(error)
		if _, ok := arg.(Code); ok {
			isError = false // says what is known to all
		}
		switch {
		case isError && isNil(err):
			public[i] = standIn("<nil>")
		case isError:
			public[i] = standIn(publicText(err))
			causes = append(causes, err)
		case errorFinder.Holds(arg):
			public[i] = standIn(internalError)
			causes = append(causes, errors.New(safeSprint(arg)))
		default:
			public[i] = arg
		}
	}
	message = fmt.Sprintf(withoutWrap(format), public...)
	if strings.Contains(message, "(PANIC=") {
		// fmt puts what a String method panicked with into the text.
		causes = append(causes, errors.New(message))
		message = ""
	}
	if len(causes) == 1 {
		return message, causes[0]
	}
	return message, errors.Join(causes...)
}

// arePlain reports whether the arguments have no methods and hold nothing.
func arePlain(args []any) bool {
	for _, arg := range args {
		switch arg.(type) {
		case nil, string, bool, int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64,
			float32, float64, []byte, []string, []int, time.Duration, time.Time, Code:
		default:
			return false
		}
	}
	return true
}

// errorFinder finds errors in the arguments of Newf.
var errorFinder errtree.Finder[Code]

const internalError = "internal error"

// publicText returns what may be said of err in public.
func publicText(err error) string {
	e, c := find(err)
	switch {
	case e != nil:
		return e.public().Message()
	case c != 0:
		return c.Fallback().Phrase()
	}
	return internalError
}

func safeSprint(v any) string { return fmt.Sprintf("%+v", v) }

// A standIn takes the place of an error among the arguments of fmt. It holds
// nothing but public text, because fmt prints the insides of an argument when
// the verb does not fit.
type standIn string

// Format writes the text, whatever the verb.
func (s standIn) Format(f fmt.State, verb rune) {
	if verb == 'q' {
		fmt.Fprintf(f, "%q", string(s))
		return
	}
	fmt.Fprint(f, string(s))
}

// withoutWrap returns format with every verb %w replaced by %v.
func withoutWrap(format string) string {
	if !strings.Contains(format, "w") {
		return format
	}
	b := []byte(format)
	for i := 0; i < len(b); i++ {
		if b[i] != '%' {
			continue
		}
		i++
		for i < len(b) && strings.IndexByte("+-# 0123456789.*[]", b[i]) >= 0 {
			i++
		}
		if i < len(b) && b[i] == 'w' {
			b[i] = 'v'
		}
	}
	return string(b)
}
