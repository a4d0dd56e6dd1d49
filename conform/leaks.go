package conform

import (
	"bytes"

	"example.com/httpstatus/internal/ascii"
)

// leak says what kind of internals an error's content shows; "" if none. It
// looks for phrases that programs write and people do not, never for single
// words: an error may well speak of a panic, of SQL or of a stack.
func leak(body []byte) string {
	switch {
	case len(body) == 0:
		return ""
	case hasGoTrace(body):
		return "a Go stack trace"
	case hasJavaTrace(body):
		return "a Java stack trace"
	case bytes.Contains(body, []byte("Traceback (most recent call last):")):
		return "a Python traceback"
	}
	for _, phrase := range databasePhrases {
		if bytes.Contains(body, phrase) {
			return "the text of a database error"
		}
	}
	if hasOracleError(body) {
		return "the text of a database error"
	}
	return ""
}

// databasePhrases are how PostgreSQL, MySQL, SQLite, SQL Server, JDBC and
// database/sql word their errors. None ends in a quote, which JSON escapes.
var databasePhrases = [...][]byte{
	[]byte("SQLSTATE["),
	[]byte("(SQLSTATE "),
	[]byte("syntax error at or near "),
	[]byte("violates unique constraint "),
	[]byte("violates foreign key constraint "),
	[]byte("violates not-null constraint"),
	[]byte("pq: relation "),
	[]byte("pq: column "),
	[]byte("You have an error in your SQL syntax"),
	[]byte("' for key '"),
	[]byte("UNIQUE constraint failed: "),
	[]byte("FOREIGN KEY constraint failed"),
	[]byte("NOT NULL constraint failed: "),
	[]byte("\": syntax error"),
	[]byte("Unclosed quotation mark after the character string"),
	[]byte("Incorrect syntax near '"),
	[]byte("com.mysql.jdbc."),
	[]byte("org.postgresql.util.PSQLException"),
	[]byte("java.sql.SQLException"),
	[]byte("sql: no rows in result set"),
}

// hasGoTrace looks for "goroutine 12 [running]:" and for a runtime error.
func hasGoTrace(b []byte) bool {
	if bytes.Contains(b, []byte("panic: runtime error: ")) ||
		bytes.Contains(b, []byte("runtime error: invalid memory address or nil pointer dereference")) {
		return true
	}
	const word = "goroutine "
	for {
		i := bytes.Index(b, []byte(word))
		if i < 0 {
			return false
		}
		b = b[i+len(word):]
		n := 0
		for n < len(b) && ascii.IsDigit(b[n]) {
			n++
		}
		if n > 0 && bytes.HasPrefix(b[n:], []byte(" [")) {
			return true
		}
	}
}

// hasJavaTrace looks for a frame, "at a.b.C.d(C.java:12)", and for the line
// that opens a trace.
func hasJavaTrace(b []byte) bool {
	if bytes.Contains(b, []byte("Exception in thread ")) {
		return true
	}
	for _, end := range [...]string{".java:", ".kt:", ".scala:"} {
		if hasFrame(b, end) {
			return true
		}
	}
	return false
}

// hasFrame looks for a line with "at ", a parenthesis, end, digits and the
// closing parenthesis.
func hasFrame(b []byte, end string) bool {
	for {
		i := bytes.Index(b, []byte(end))
		if i < 0 {
			return false
		}
		before, after := b[:i], b[i+len(end):]
		n := 0
		for n < len(after) && ascii.IsDigit(after[n]) {
			n++
		}
		// A frame's line is short; looking further back would make the
		// search quadratic.
		before = before[max(0, len(before)-512):]
		if line := bytes.LastIndexByte(before, '\n'); line >= 0 {
			before = before[line+1:]
		}
		open := bytes.LastIndexByte(before, '(')
		if n > 0 && n < len(after) && after[n] == ')' && open >= 0 && bytes.Contains(before[:open], []byte("at ")) {
			return true
		}
		b = after
	}
}

// hasOracleError looks for "ORA-00933: ".
func hasOracleError(b []byte) bool {
	for {
		i := bytes.Index(b, []byte("ORA-"))
		if i < 0 {
			return false
		}
		word := i > 0 && ascii.IsAlpha(b[i-1])
		b = b[i+4:]
		if !word && len(b) > 5 && b[5] == ':' && ascii.AllDigits(string(b[:5])) {
			return true
		}
	}
}
