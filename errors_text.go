package httpstatus

import (
	"strconv"

	"example.com/httpstatus/internal/errtree"
	"example.com/httpstatus/internal/escape"
)

// How much of an error's text each part may take. Together they keep the line
// under textLimit, with room for the cause even if a peer sent a long message.
const (
	textLimit    = 1024
	codeLimit    = 96
	messageLimit = 384
	fieldsLimit  = 192
)

// Error returns the error as one line for the log: the status code, the error
// code, the message, the fields, and the cause, which is private.
//
//	404 user_not_found: No such user.: sql: no rows in result set
//
// Control characters, invisible ones and those that change the direction of the
// text are escaped, so that a peer cannot forge log lines. The line is at most
// 1024 bytes long; what is cut off is marked by an ellipsis. An error that a
// peer sent is marked by the word "remote".
func (e *Error) Error() string {
	if e == nil {
		return "<nil>"
	}
	b := make([]byte, 0, 128)
	if e.remote {
		b = append(b, "remote "...)
	}
	b = strconv.AppendInt(b, int64(e.status), 10)
	b = append(b, ' ')
	if e.code != "" {
		b = escape.Line(b, e.code, codeLimit)
	} else {
		b = appendSnake(b, e.phrase())
	}
	b = append(b, ": "...)
	b = escape.Line(b, e.Message(), messageLimit)
	if fields := e.details().fields; len(fields) > 0 {
		b = append(b, " ["...)
		b = appendFieldsText(b, fields, fieldsLimit)
		b = append(b, ']')
	}
	if e.cause != nil {
		b = append(b, ": "...)
		b = escape.Line(b, errtree.Text(e.cause), textLimit-len(b))
	}
	return string(b)
}

func appendFieldsText(b []byte, fields []Field, limit int) []byte {
	end := len(b) + limit
	for i, f := range fields {
		// A field takes at least a byte, an ellipsis three.
		if end-len(b) < 16 {
			return append(b, escape.Ellipsis...)
		}
		if i > 0 {
			b = append(b, "; "...)
		}
		b = escape.Line(b, f.text(), end-len(b)-len(escape.Ellipsis))
	}
	return b
}

// text returns what f says in one line: "/email: Not an email address."
func (f Field) text() string {
	s := f.place()
	for _, part := range [2]string{f.ErrorCode, f.Message} {
		if s != "" && part != "" {
			s += ": "
		}
		s += part
	}
	return s
}
