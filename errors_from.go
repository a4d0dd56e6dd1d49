package httpstatus

import (
	"context"
	"io/fs"
	"strings"
	"syscall"

	"example.com/httpstatus/internal/errtree"
)

// StatusOf returns the status code that err or an error in its tree stands for:
//
//   - 0 for nil, and for a nil *Error;
//   - the status code of the first *Error or Code that is err or is wrapped by
//     it; of a remote error it is the one that the peer answered with;
//   - otherwise 504 for a timeout and 503 for a canceled context, as in
//     [FromError];
//   - otherwise 500.
//
// It is never 0 for an error that is not nil.
func StatusOf(err error) Code {
	if isNil(err) {
		return 0
	}
	e, c := find(err)
	switch {
	case e != nil:
		c = e.status
	case c == 0:
		c = fromContext(err)
	}
	if c == 0 {
		return InternalServerError
	}
	return c
}

// FromError returns err as an *Error. It is nil for nil and for a nil *Error;
// err itself if that is an *Error; a copy of the first *Error that err wraps,
// or an error with the first Code, with err as the cause.
//
// Any other error gets a status code by what it is, as far as that does not
// depend on where it arose:
//
//   - 504 for [context.DeadlineExceeded] and for an error whose method
//     Timeout() bool says so, because a server most often runs out of time
//     while it waits for another one;
//   - 503 for [context.Canceled]. The usual reason is that the client has left
//     and reads no answer. If the server gave up, as it does when it shuts
//     down, the client may try again. 499 is no registered code;
//   - 500 for everything else.
//
// Its message is the phrase of that code, and err becomes the cause.
func FromError(err error) *Error {
	if isNil(err) {
		return nil
	}
	switch x := err.(type) {
	case *Error:
		return x
	case Code:
		return x.New("", "")
	}
	e, c := find(err)
	if e != nil {
		return e.WithCause(err)
	}
	if c == 0 {
		c = fromContext(err)
	}
	if c == 0 {
		c = InternalServerError
	}
	return c.New("", "").WithCause(err)
}

// FromFS returns err, an error of a file system, as an *Error: 404 for a file
// that does not exist and for a name that cannot be that of a file
// ([fs.ErrInvalid], a directory, a file in place of one, a name that is too
// long, has a NUL in it or leads out of an [os.Root]), 403 for a file that may not
// be read, 409 for one that exists already. Any other error is turned into one by
// [FromError], most often a 500. FromFS returns nil for nil.
//
// err, whose text contains the path, becomes the cause.
func FromFS(err error) *Error {
	if isNil(err) {
		return nil
	}
	if e, c := find(err); e != nil || c != 0 {
		return FromError(err)
	}
	var c Code
	switch {
	case errtree.Is(err, fs.ErrNotExist, fs.ErrInvalid, syscall.EISDIR, syscall.ENOTDIR, syscall.ENAMETOOLONG), isNoFile(err):
		c = NotFound
	case errtree.Is(err, fs.ErrPermission):
		c = Forbidden
	case errtree.Is(err, fs.ErrExist):
		c = Conflict
	default:
		return FromError(err)
	}
	return c.New("", "").WithCause(err)
}

// isNoFile reports whether err says that a name is not that of a file: as the
// system has it for a NUL, and in the words of those whose errors have no name.
func isNoFile(err error) bool {
	return errtree.Walk(err, func(err error) bool {
		if e, ok := err.(*fs.PathError); ok && e.Err == syscall.EINVAL {
			return strings.HasPrefix(e.Op, "open") || strings.HasSuffix(e.Op, "stat")
		}
		switch errtree.Text(err) {
		case "is a directory", // of embed.FS and zip.Reader
			"path escapes from parent",          // of os.Root
			"http: invalid or unsafe file path": // of http.Dir
			return true
		}
		return false
	})
}

// isNil reports whether err is nil or a nil *Error. A function that returns
// *Error, called by one that returns error, makes the latter out of success.
func isNil(err error) bool {
	if err == nil {
		return true
	}
	e, ok := err.(*Error)
	return ok && e == nil
}

// fromContext returns the status code for the errors of a context and for
// timeouts, or 0.
func fromContext(err error) Code {
	switch {
	case isTimeout(err):
		return GatewayTimeout
	case errtree.Is(err, context.Canceled):
		return ServiceUnavailable
	}
	return 0
}

func isTimeout(err error) bool {
	return errtree.Walk(err, func(err error) bool {
		t, ok := err.(interface{ Timeout() bool })
		return ok && t.Timeout() || err == context.DeadlineExceeded
	})
}

// find returns the first *Error or Code in the tree of err. Unlike errors.As it
// does not stop at a nil *Error.
func find(err error) (e *Error, c Code) {
	switch x := err.(type) { // the common cases, without the cost of a walk
	case *Error:
		return x, 0
	case Code:
		return nil, x
	}
	errtree.Walk(err, func(err error) bool {
		switch x := err.(type) {
		case *Error:
			e = x
		case Code:
			c = x
		case interface{ As(any) bool }:
			if !x.As(&e) {
				x.As(&c)
			}
		}
		return e != nil || c != 0
	})
	return e, c
}
