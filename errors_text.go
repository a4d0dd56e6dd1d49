package httpstatus

import (
	"strconv"
	"unicode/utf8"
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
		b = appendEscaped(b, e.code, codeLimit)
	} else {
		b = appendSnake(b, e.phrase())
	}
	b = append(b, ": "...)
	b = appendEscaped(b, e.Message(), messageLimit)
	if fields := e.details().fields; len(fields) > 0 {
		b = append(b, " ["...)
		b = appendFieldsText(b, fields, fieldsLimit)
		b = append(b, ']')
	}
	if e.cause != nil {
		b = append(b, ": "...)
		b = appendEscaped(b, errorText(e.cause), textLimit-len(b))
	}
	return string(b)
}

func appendFieldsText(b []byte, fields []Field, limit int) []byte {
	end := len(b) + limit
	for i, f := range fields {
		// A field takes at least a byte, an ellipsis three.
		if end-len(b) < 16 {
			return append(b, ellipsis...)
		}
		if i > 0 {
			b = append(b, "; "...)
		}
		b = appendEscaped(b, f.text(), end-len(b)-len(ellipsis))
	}
	return b
}

// text returns what f says in one line: "/email: Not an email address."
func (f Field) text() string {
	s := f.Pointer
	for _, part := range [2]string{f.ErrorCode, f.Message} {
		if s != "" && part != "" {
			s += ": "
		}
		s += part
	}
	return s
}

const ellipsis = "\u2026"

// errorText returns the text of any error, even of one whose Error method
// panics, as that of a nil pointer may.
func errorText(err error) (s string) {
	defer func() {
		if recover() != nil {
			s = "(its Error method panicked)"
		}
	}()
	return err.Error()
}

// appendEscaped appends s in at most limit bytes, which is no less than those
// of an ellipsis, with everything that is not plainly printable written as an
// escape sequence. Go's notion of printable leaves out control and format
// characters, among them those that turn the direction of the text, line
// separators, and all spaces but U+0020.
func appendEscaped(dst []byte, s string, limit int) []byte {
	start := len(dst)
	fits := start // the longest prefix that leaves room for an ellipsis
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			const hex = "0123456789abcdef"
			dst = append(dst, '\\', 'x', hex[s[i]>>4], hex[s[i]&15])
		case strconv.IsPrint(r):
			dst = append(dst, s[i:i+size]...)
		default:
			quoted := strconv.AppendQuoteRune(dst, r) // 'x', without the quotes
			copy(quoted[len(dst):], quoted[len(dst)+1:])
			dst = quoted[:len(quoted)-2]
		}
		if len(dst)-start > limit {
			return append(dst[:fits], ellipsis...)
		}
		if len(dst)-start <= limit-len(ellipsis) {
			fits = len(dst)
		}
		i += size
	}
	return dst
}
