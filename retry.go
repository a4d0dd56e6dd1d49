package httpstatus

// IsRetryable reports whether the status code alone makes it worth sending the
// same request again: 408, 425, 429, 500, 502, 503, 504, and every unregistered
// 5xx, which is treated as 500. It is false for every other code, and for a
// number that is no status code.
//
// The code alone does not make a retry safe: repeating a POST may do twice what
// was meant once. Attempt.Retry looks at the method and the header as well.
func (c Code) IsRetryable() bool { return c.traits()&retryable != 0 }

// Applied says whether the server may have carried out the request that it
// answered.
type Applied uint8

// The answers of [Code.Applied].
const (
	AppliedUnknown Applied = iota // the code does not tell
	NotApplied                    // the server says that it did not
	WasApplied                    // the server says that it did
)

// String returns "unknown", "not applied" or "applied".
func (a Applied) String() string {
	switch a {
	case NotApplied:
		return "not applied"
	case WasApplied:
		return "applied"
	}
	return "unknown"
}

// Applied reports what c says about the request having been carried out.
// It speaks of this request alone: an earlier attempt whose answer was lost may
// have been applied, and be the very reason why this one was not.
func (c Code) Applied() Applied { return Applied(c.traits() >> appliedShift & 3) }

// retryClass returns the row of the retry table that c belongs to.
func (c Code) retryClass() retryClass { return retryClass(c.traits() >> retryShift & 15) }

// A retryClass is a row of the table in Attempt.Retry. The values are
// generated.
type retryClass uint8
