package conform

import "fmt"

// maxContent is how much of a response's content is kept for the rules that
// read it. What comes after is counted only.
const maxContent = 64 << 10

// A ReadError says what is wrong with text that should hold exchanges, and
// where.
type ReadError struct {
	Place  string // as in "line 12" or "entry 3"
	Reason string // what is wrong there
	Err    error  // the cause, if there is one
}

// Error returns the place and the reason, as in "conform: reading line 12: a
// header line without a colon".
func (e *ReadError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("conform: reading %s: %s: %v", e.Place, e.Reason, e.Err)
	}
	return fmt.Sprintf("conform: reading %s: %s", e.Place, e.Reason)
}

// Unwrap returns the cause.
func (e *ReadError) Unwrap() error { return e.Err }
