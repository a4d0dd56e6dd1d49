package reference

// An Attempt is a request that was answered, or lost: what there is to know
// before a client decides to send it again.
type Attempt struct {
	Status           int
	MethodSafe       bool // by the IANA registry of methods
	MethodIdempotent bool // likewise
	Advice           bool // a Retry-After from which a wait can be read
	Vouched          bool
	Unrepeatable     bool
	Proxy            bool
	EarlyData        bool
	Redirected       bool
	Number           int
	Lost             bool   // no response, or not all of it
	Applied          string // of a lost request: "not applied", "applied" or "unknown"
	Canceled         bool   // of a lost request: by the caller
}

// What a next attempt needs, in words.
const (
	NeedsNothing        = "nothing"
	NeedsNewConnection  = "new connection"
	NeedsNoEarlyData    = "no early data"
	NeedsChangedRequest = "changed request"
)

// Retry reads the policy on sending a request again from the top, row by row,
// and returns the row that decides along with the answer. Row 0 is the number
// that is no status. Rows P, D and E, written as negative numbers, overrule the
// others: a proxy, a redirect on the way, the echo of an earlier attempt.
func Retry(a Attempt) (again bool, needs string, row int) {
	again, needs, row = rows(a)
	if again && a.Proxy && !a.MethodIdempotent {
		// RFC 9110, Section 9.2.2: "A proxy MUST NOT automatically retry non-idempotent requests."
		return false, NeedsNothing, RowProxy
	}
	if again && a.Redirected && !(a.MethodIdempotent || a.Vouched) {
		// RFC 9110, Section 9.2.2: there is no "means to detect that the original request was never applied".
		return false, NeedsNothing, RowRedirected
	}
	if !again && !a.Lost && a.Number >= 2 && !a.MethodSafe {
		if a.Status == 404 || a.Status == 409 || a.Status == 410 || a.Status == 412 {
			// RFC 9110, Section 9.2.2: "though the response might differ". What an
			// earlier attempt has done needs no changed request.
			return false, NeedsNothing, RowEcho
		}
	}
	return again, needs, row
}

// The rules that stand outside the rows.
const (
	RowProxy      = -1
	RowRedirected = -2
	RowEcho       = -3
)

// RowLost is the row of requests without a response.
const RowLost = 12

func rows(a Attempt) (again bool, needs string, row int) {
	s := a.Status

	// 12: there was no response, whatever stands in the field for one.
	if a.Lost {
		if a.Canceled || a.Unrepeatable {
			return false, NeedsNothing, RowLost
		}
		// RFC 9110, Section 9.2.2: "A client SHOULD NOT automatically retry a
		// request with a non-idempotent method unless it has some means to know
		// that the request semantics are actually idempotent, regardless of the
		// method, or some means to detect that the original request was never
		// applied."
		if a.MethodIdempotent || a.Vouched || a.Applied == "not applied" {
			return true, NeedsNothing, RowLost
		}
		return false, NeedsNothing, RowLost
	}

	// RFC 9110, Section 15: a number outside 100 to 599 is an invalid status code.
	if s < 100 || s > 599 {
		return false, NeedsNothing, 0
	}

	// 1: not a failure, or a redirect.
	if s <= 299 || s == 304 {
		return false, NeedsNothing, 1
	}
	if s <= 399 {
		return false, NeedsNothing, 1
	}

	// 2: the content cannot be sent again.
	if a.Unrepeatable {
		return false, NeedsNothing, 2
	}

	// 3: needs a changed request.
	for _, change := range []int{401, 406, 407, 411, 412, 415, 416, 417, 426, 428, 431, 510, 511} {
		if s == change {
			return false, NeedsChangedRequest, 3
		}
	}

	// 4: RFC 9110, Section 15.5.20: "MAY retry the request, whether or not the
	// request method is idempotent, over a different connection".
	if s == 421 {
		return true, NeedsNewConnection, 4
	}

	// 5: RFC 8470, Section 5.2: "any retries MUST NOT be sent in early data";
	// "Intermediaries MUST forward a 425 (Too Early) status code if the request
	// that it received and forwarded contained an Early-Data header field."
	if s == 425 && a.EarlyData {
		return false, NeedsNothing, 5
	}
	if s == 425 {
		return true, NeedsNoEarlyData, 5
	}

	// 6: RFC 9110, Section 15.5.9; RFC 6585, Section 4.
	if s == 408 || s == 429 {
		return true, NeedsNothing, 6
	}

	// 7: RFC 9110, Section 15.5.14: "If the condition is temporary, the server
	// SHOULD generate a Retry-After header field".
	if s == 413 || s == 403 || s == 423 {
		return a.Advice, NeedsNothing, 7
	}

	// 8: RFC 9110, Section 15.6.4.
	if s == 503 {
		return a.MethodIdempotent || a.Vouched || a.Advice, NeedsNothing, 8
	}

	// 9: an unregistered 5xx acts as 500 (RFC 9110, Section 15).
	unregistered := s == 509 || s >= 512
	if s == 500 || s == 502 || s == 504 || unregistered {
		return a.MethodIdempotent || a.Vouched, NeedsNothing, 9
	}

	// 10: draft-ietf-httpapi-idempotency-key-header: "with the exception of 409
	// where no correction is required".
	if s == 409 {
		return a.Vouched, NeedsNothing, 10
	}

	// 11: everything else.
	return false, NeedsNothing, 11
}
