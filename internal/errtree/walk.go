// Package errtree looks through errors and through values that may hold one.
// Errors come from anywhere: from programs that wrap an error in itself, and
// with methods that panic when their receiver is nil. Every function returns.
package errtree

// walkLimit bounds the errors that Walk looks at: a tree that is larger is most
// likely one that contains itself.
const walkLimit = 1000

// Walk calls visit for err and all that it wraps, in the order of errors.Is,
// until visit returns true, and reports whether it did. The walk also ends when
// a method of one of the errors panics.
func Walk(err error, visit func(error) bool) (found bool) {
	defer func() { _ = recover() }()
	left := walkLimit
	return walk(err, &left, visit)
}

func walk(err error, left *int, visit func(error) bool) bool {
	for err != nil && *left > 0 {
		if *left--; visit(err) {
			return true
		}
		switch x := err.(type) {
		case interface{ Unwrap() error }:
			err = x.Unwrap()
		case interface{ Unwrap() []error }:
			for _, child := range x.Unwrap() {
				if walk(child, left, visit) {
					return true
				}
			}
			return false
		default:
			return false
		}
	}
	return false
}

// Is is errors.Is for several targets, all of them comparable, and for any err;
// see [Walk].
func Is(err error, targets ...error) bool {
	return Walk(err, func(err error) bool {
		x, hasIs := err.(interface{ Is(error) bool })
		for _, target := range targets {
			if err == target || hasIs && x.Is(target) {
				return true
			}
		}
		return false
	})
}

// Text returns the text of err, even if its Error method panics, as that of a
// nil pointer may.
func Text(err error) (text string) {
	defer func() {
		if recover() != nil {
			text = "(its Error method panicked)"
		}
	}()
	return err.Error()
}
