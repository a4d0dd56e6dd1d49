package httpstatus

import (
	"time"
)

// IsRetryable reports whether the status code alone makes it worth sending the
// same request again: 408, 425, 429, 500, 502, 503, 504, and every unregistered
// 5xx, which is treated as 500. It is false for every other code, and for a
// number that is no status code.
//
// The code alone does not make a retry safe: repeating a POST may do twice what
// was meant once. [Attempt.Retry] looks at the method and the header as well.
func (c Code) IsRetryable() bool { return c.has(traitRetryable) }

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
	case AppliedUnknown:
		return "unknown"
	case NotApplied:
		return "not applied"
	case WasApplied:
		return "applied"
	}
	return numbered("Applied", int(a))
}

// Applied returns what c says about whether the request was carried out. It
// speaks of this request alone: an earlier attempt whose answer was lost may
// have been applied, and may be the reason why this one was not.
func (c Code) Applied() Applied { return Applied(c.traits() >> traitAppliedShift & 3) }

// retryClass returns the row of the retry table that c belongs to.
func (c Code) retryClass() retryClass { return retryClass(c.traits() >> traitRetryShift & 15) }

// A retryClass says which row of the table in [Attempt.Retry] a code belongs to.
// The values are generated.
type retryClass uint8

// An Attempt is a request that was answered, or lost, with all that matters for
// sending it again. The zero value of each field is the common case, so that
// Attempt{Status: 503} is a GET that was answered with a 503.
type Attempt struct {
	Method string // of the request, case-sensitive; "" is GET
	Status Code   // of the response

	// Header is the header of the response, with names in any case. It is read
	// for Retry-After, and for Date and Age where that is a date.
	Header map[string][]string

	// Vouched is set if the caller knows that the request does no more when it is
	// sent twice, whatever its method: because it carries an Idempotency-Key that
	// the server honours, or because of what the resource is. Idempotent methods
	// do not need it.
	Vouched bool

	// Unrepeatable is set if the request has content that cannot be produced a
	// second time, such as a stream that has been read.
	Unrepeatable bool

	// Proxy is set if the caller forwards the request for another client.
	Proxy bool

	// EarlyData is set if the caller forwards a request that it received with
	// Early-Data: 1. It has to pass a 425 on (RFC 8470, Section 5.2).
	EarlyData bool

	// Redirected is set if the response answers the request that followed a
	// redirect, and that had another method, as when a POST became a GET. Such a
	// response does not tell whether the request with Method was applied, though
	// it may tell it of the later one.
	Redirected bool

	// Number counts attempts, starting at 1. Zero means 1.
	Number int

	// Lost is set if the call failed before the whole response was there. Status
	// and Header are ignored then.
	Lost bool

	// Applied says whether a request that is Lost may have been carried out. It is
	// ignored if Lost is false.
	Applied Applied

	// Canceled is set if a request is Lost because the caller itself gave up.
	Canceled bool

	// Received is when the response arrived. If it is zero, a date in Retry-After
	// is measured from Date, and is no advice if there is no Date.
	Received time.Time
}

// Retry says whether to send a request again, when, and why.
type Retry struct {
	Again bool // send it again

	// Wait is the least time to wait, counted from the receipt of the response:
	// what the server advises in Retry-After. Without advice the time is the
	// caller's choice, and a growing one with jitter is usual. Wait is filled
	// whatever Again says.
	Wait time.Duration
	// HasWait reports whether there is advice. A Wait of 0 with HasWait is the
	// advice to come at once.
	HasWait bool

	Reason RetryReason // why, or why not
	Needs  RetryNeeds  // what must be different about the next attempt
}

// Retry decides whether the request may be sent again as it was. It neither
// sleeps nor counts: how often to try is the caller's choice. Be sparing with a
// second retry: "A client SHOULD NOT automatically retry a failed automatic
// retry" (RFC 9110, Section 9.2.2).
//
// The first row that fits decides.
//
//	lost, canceled by the caller         no
//	lost, content cannot be sent again   no
//	lost                                 yes if not applied or idempotent
//	no number from 100 to 599            no: that is not a status
//	1xx, 2xx, 304                        no: the request did not fail
//	other 3xx                            no: a redirect is followed, or not
//	content that cannot be sent again    no
//	401 406 407 411 412 415 416 417
//	426 428 431 510 511                  no: needs a changed request
//	421                                  yes, on a new connection
//	425                                  yes, without early data; no if EarlyData
//	408 429                              yes
//	403 413 423                          yes with a valid Retry-After
//	503                                  yes if idempotent or with a valid Retry-After
//	500 502 504, unregistered 5xx        yes if idempotent
//	409                                  yes if Vouched is set
//	all others                           no: the answer would be the same
//
// "Idempotent" means that the IANA registry lists the method as such, or that
// Vouched is set. "Valid" means that [RetryAfter] takes advice from the field.
// For redirects see [RedirectStep.Plan].
//
// A request that is not idempotent may be repeated only by a client that has
// "some means to detect that the original request was never applied"
// (RFC 9110, Section 9.2.2). The rows that say yes whatever the method are
// those in which it is known that the request was not applied:
//
//   - 421 and 425 refuse to process the request. A 421 needs a new connection,
//     because the same one leads to the same server
//     (RFC 9110, Section 15.5.20). A 425 must not be repeated in early data
//     (RFC 8470, Section 5.2). A proxy that received the request in early data
//     passes the 425 on.
//   - 408 says that the request did not arrive complete
//     (RFC 9110, Section 15.5.9).
//   - 429 says that there were too many requests before it
//     (RFC 6585, Section 4).
//   - 403, 413 and 423 refuse for a reason that usually stays. With Retry-After
//     the server says that it is temporary. RFC 9110, Section 15.5.14, provides
//     for that in a 413. A 403 may come from a rate limit, and the lock behind
//     a 423 ends.
//   - A lost request was not applied if it never reached the server, as when
//     the connection was refused, or if the server said so before the
//     connection broke. FailureOf in package statushttp tells. For most lost
//     requests it is unknown.
//   - 503 with Retry-After turns requests away until then
//     (RFC 9110, Section 15.6.4). Without it the 503 may come from a gateway
//     that lost the connection to its server, as may a 502 or 504. Then it is
//     unknown how far the request got. The same holds for every 500.
//
// A 409 answers the second of two requests with the same Idempotency-Key while
// the first is still running
// (draft-ietf-httpapi-idempotency-key-header, Section 2.7). Without a key it is a
// conflict that stays.
//
// If the request has to be changed, [RetryReason.Field] names the field, where
// it is known.
//
// Three more rules apply to every row:
//
//   - A proxy repeats a request only if its method is idempotent, vouched for or
//     not (RFC 9110, Section 9.2.2).
//   - If the response answers another request (see Attempt.Redirected), only an
//     idempotent request is repeated.
//   - A 404, 409, 410 or 412 to a later attempt with a method that is not safe
//     may be the echo of an earlier attempt: that one did what was asked, and
//     this one found the resource deleted, created or changed. The reason is
//     then [NoRetryEcho]. Changing the request would not help; the caller has
//     to look whether the work is done.
func (a Attempt) Retry() Retry {
	var r Retry
	if a.Lost {
		a.Status, a.Header = 0, nil
	}
	if advice, ok := RetryAfter(a.Header, a.Received); ok {
		r.Wait, r.HasWait = advice.Wait, true
	}
	method := a.Method
	if method == "" {
		method = "GET"
	}
	idempotent := isIdempotent(method)
	r.Again, r.Reason, r.Needs = a.row(idempotent, r.HasWait)
	switch {
	case r.Again && a.Proxy && !idempotent:
		r.Again, r.Reason, r.Needs = false, NoRetryProxy, NeedsNothing
	case r.Again && a.Redirected && !idempotent && !a.Vouched:
		r.Again, r.Reason, r.Needs = false, NoRetryMayHaveApplied, NeedsNothing
	case !r.Again && a.Number > 1 && !isSafe(method) && mayEcho(a.Status):
		r.Reason, r.Needs = NoRetryEcho, NeedsNothing
	}
	return r
}

// Within reports whether a caller who is ready to wait for d should send the
// request again. It is false if Again is false, and if the server advises a
// longer wait: a client that comes earlier than advised is most likely turned
// away again, so giving up is better. Without advice the wait is the caller's
// choice, and Within returns Again.
func (r Retry) Within(d time.Duration) bool {
	return r.Again && (!r.HasWait || r.Wait <= d)
}

// mayEcho reports whether c is what a request finds that has been carried out
// already.
func mayEcho(c Code) bool {
	switch c {
	case NotFound, Conflict, Gone, PreconditionFailed:
		return true
	}
	return false
}

// row finds the row of the table.
func (a Attempt) row(idempotent, told bool) (again bool, reason RetryReason, needs RetryNeeds) {
	class := a.Status.retryClass()
	switch {
	case a.Lost:
		return a.lostRow(idempotent)
	case !a.Status.IsValid():
		return false, NoRetryInvalidStatus, NeedsNothing
	case class == retryFinished:
		return false, NoRetryNotFailed, NeedsNothing
	case class == retryRedirect:
		return false, NoRetryRedirection, NeedsNothing
	case a.Unrepeatable:
		return false, NoRetryContent, NeedsNothing
	}
	switch class {
	case retryChangeRequest:
		return false, reasonOf(a.Status, NoRetryChangeRequest), NeedsChangedRequest
	case retryNewConnection:
		return true, RetryMisdirected, NeedsNewConnection
	case retryNoEarlyData:
		if a.EarlyData {
			return false, NoRetryPassOn, NeedsNothing
		}
		return true, RetryTooEarly, NeedsNoEarlyData
	case retryRefused:
		return true, reasonOf(a.Status, RetryRefused), NeedsNothing
	case retryWhenTold:
		if told {
			return true, RetryTimeNamed, NeedsNothing
		}
		return false, NoRetryNoTime, NeedsNothing
	case retryUnavailable, retryUncertain:
		switch {
		case idempotent:
			return true, RetryIdempotent, NeedsNothing
		case a.Vouched:
			return true, RetryVouched, NeedsNothing
		case told && class == retryUnavailable:
			return true, RetryTimeNamed, NeedsNothing
		}
		return false, NoRetryMayHaveApplied, NeedsNothing
	case retryInProgress:
		if a.Vouched {
			return true, RetryStillRunning, NeedsNothing
		}
		return false, NoRetryConflict, NeedsNothing
	}
	return false, NoRetryPermanent, NeedsNothing
}

// lostRow finds the row for a request that was lost.
func (a Attempt) lostRow(idempotent bool) (again bool, reason RetryReason, needs RetryNeeds) {
	switch {
	case a.Canceled:
		return false, NoRetryCanceled, NeedsNothing
	case a.Unrepeatable:
		return false, NoRetryContent, NeedsNothing
	case a.Applied == NotApplied:
		return true, RetryNotApplied, NeedsNothing
	case idempotent:
		return true, RetryIdempotent, NeedsNothing
	case a.Vouched:
		return true, RetryVouched, NeedsNothing
	}
	return false, NoRetryMayHaveApplied, NeedsNothing
}

// RetryNeeds says what must be different about the next attempt. Without that
// change it would get the same answer again.
type RetryNeeds uint8

// What the next attempt needs.
const (
	NeedsNothing        RetryNeeds = iota // the same request can be sent
	NeedsNewConnection                    // a connection made for this target alone: neither reused nor shared with another host
	NeedsNoEarlyData                      // to be sent after the TLS handshake is complete
	NeedsChangedRequest                   // a changed request: Again is false, and RetryReason.Field may name the field
)

// String returns "nothing", "new connection", "no early data" or "changed
// request".
func (n RetryNeeds) String() string {
	switch n {
	case NeedsNothing:
		return "nothing"
	case NeedsNewConnection:
		return "new connection"
	case NeedsNoEarlyData:
		return "no early data"
	case NeedsChangedRequest:
		return "changed request"
	}
	return numbered("RetryNeeds", int(n))
}

// RetryReason says why [Attempt.Retry] answered as it did. The names of those
// that say no begin with NoRetry. Compare it with the constants, or print it:
// its String is a clause without capital and full stop, to stand after a colon.
// New reasons may be added.
type RetryReason uint8

// Reasons to send the request again.
const (
	RetryNotReceived  RetryReason = iota + 1 // 408: it did not arrive complete
	RetryRefused                             // 429: it was turned away unprocessed
	RetryMisdirected                         // 421: the connection led to the wrong server, which did not process it
	RetryTooEarly                            // 425: it came in early data, and was not processed
	RetryTimeNamed                           // 403, 413, 423, 503: the server turned it away and named a time to come again
	RetryIdempotent                          // 5xx or lost: the method is idempotent
	RetryVouched                             // 5xx or lost: the method is not idempotent, but the caller vouches for the request
	RetryStillRunning                        // 409: the caller vouches for it, so the conflict is with an attempt of its own that is still running
	RetryNotApplied                          // lost: it was not applied
)

// Reasons not to send the request again.
const (
	NoRetryInvalidStatus  RetryReason = iota + RetryNotApplied + 1 // the number is outside 100 to 599
	NoRetryNotFailed                                               // 1xx, 2xx, 304
	NoRetryRedirection                                             // 3xx
	NoRetryContent                                                 // the content cannot be sent a second time
	NoRetryPassOn                                                  // 425: we forward a request that came in early data, and pass the answer on
	NoRetryNoTime                                                  // 403, 413, 423: without a valid Retry-After the refusal is for good
	NoRetryMayHaveApplied                                          // 5xx or lost: the request may have been applied, and is not idempotent
	NoRetryConflict                                                // 409: without vouching it is a conflict with something else
	NoRetryEcho                                                    // 404, 409, 410, 412 to a later attempt: may be the work of an earlier one
	NoRetryProxy                                                   // we are a proxy, and the method is not idempotent
	NoRetryPermanent                                               // the answer would be the same
	NoRetryCanceled                                                // lost: the caller itself gave up
)

// Reasons not to send the request again unless it is changed.
const (
	NoRetryChangeRequest      RetryReason = iota + NoRetryCanceled + 1 // 510: how, the response tells
	NoRetryAuthorization                                               // 401
	NoRetryAccept                                                      // 406
	NoRetryProxyAuthorization                                          // 407
	NoRetryContentLength                                               // 411
	NoRetryPrecondition                                                // 412
	NoRetryContentType                                                 // 415
	NoRetryRange                                                       // 416
	NoRetryExpect                                                      // 417
	NoRetryUpgrade                                                     // 426
	NoRetryUnconditional                                               // 428
	NoRetryFieldsTooLarge                                              // 431
	NoRetryNetworkLogin                                                // 511
)

// retryReasons has the text of each reason, the request field that is to be
// changed or added if it is one, and the status code if it belongs to one alone.
var retryReasons = [...]struct {
	text, field string
	code        Code
}{
	0: {text: "no reason"},

	RetryNotReceived: {text: "the request did not arrive complete", code: RequestTimeout},
	RetryRefused:     {text: "the server turned the request away without processing it", code: TooManyRequests},
	RetryMisdirected: {text: "the server is not the one for this target and did not process the request", code: MisdirectedRequest},
	RetryTooEarly: {text: "the server did not process the request, because it came in early data and might be a replay",
		code: TooEarly},
	RetryTimeNamed:    {text: "the server turned the request away and named a time to come again"},
	RetryIdempotent:   {text: "the method is idempotent, so that twice does no more than once"},
	RetryVouched:      {text: "the caller vouches that twice does no more than once"},
	RetryStillRunning: {text: "an earlier attempt of this request seems to be still running"},
	RetryNotApplied:   {text: "the request was lost before the server began to process it"},

	NoRetryInvalidStatus:  {text: "the number is not a status code"},
	NoRetryNotFailed:      {text: "the request did not fail"},
	NoRetryRedirection:    {text: "the response is a redirection, which may be followed but is no reason to repeat the request"},
	NoRetryContent:        {text: "the content of the request cannot be sent a second time"},
	NoRetryPassOn:         {text: "the request came in early data from another client, which is the one to repeat it"},
	NoRetryNoTime:         {text: "the server refused the request and named no time from which it would not"},
	NoRetryMayHaveApplied: {text: "the request may have been applied, and twice may do more than once"},
	NoRetryConflict:       {text: "the request conflicts with the state of the resource, and nothing says that this will pass"},
	NoRetryEcho:           {text: "an earlier attempt of this request may have been applied and be the cause of this answer"},
	NoRetryProxy:          {text: "a proxy does not repeat a request whose method is not idempotent"},
	NoRetryPermanent:      {text: "the same request would get the same answer"},
	NoRetryCanceled:       {text: "the caller itself gave the request up"},

	NoRetryChangeRequest: {text: "the request must be changed as the response tells"},
	NoRetryAuthorization: {text: "the request must be changed: it needs an Authorization that answers WWW-Authenticate",
		field: "Authorization", code: Unauthorized},
	NoRetryAccept: {text: "the request must be changed: nothing fits its Accept and the fields like it",
		field: "Accept", code: NotAcceptable},
	NoRetryProxyAuthorization: {text: "the request must be changed: it needs a Proxy-Authorization that answers Proxy-Authenticate",
		field: "Proxy-Authorization", code: ProxyAuthenticationRequired},
	NoRetryContentLength: {text: "the request must be changed: it needs a Content-Length",
		field: "Content-Length", code: LengthRequired},
	NoRetryPrecondition: {text: "the request must be changed: a precondition in it, such as If-Match, does not hold",
		code: PreconditionFailed},
	NoRetryContentType: {text: "the request must be changed: its Content-Type or Content-Encoding is not supported",
		field: "Content-Type", code: UnsupportedMediaType},
	NoRetryRange: {text: "the request must be changed: its Range cannot be satisfied",
		field: "Range", code: RangeNotSatisfiable},
	NoRetryExpect: {text: "the request must be changed: its Expect cannot be met",
		field: "Expect", code: ExpectationFailed},
	NoRetryUpgrade: {text: "the request must be changed: it needs an Upgrade to a protocol that the response names",
		field: "Upgrade", code: UpgradeRequired},
	NoRetryUnconditional: {text: "the request must be changed: it needs a precondition such as If-Match",
		field: "If-Match", code: PreconditionRequired},
	NoRetryFieldsTooLarge: {text: "the request must be changed: its header fields are too large",
		code: RequestHeaderFieldsTooLarge},
	NoRetryNetworkLogin: {text: "the request can succeed only after a login to the network",
		code: NetworkAuthenticationRequired},
}

// String returns the reason as a clause: "the method is idempotent, so that
// twice does no more than once".
func (r RetryReason) String() string {
	if int(r) < len(retryReasons) {
		return retryReasons[r].text
	}
	return numbered("RetryReason", int(r))
}

// Field returns the name of the request field that must be changed or added
// before the request is sent again, as in "Authorization" for
// [NoRetryAuthorization]. It is "" where no change is needed or it is not known
// which field it is: a 412 can come of any precondition, and a 431 of any field.
func (r RetryReason) Field() string {
	if int(r) < len(retryReasons) {
		return retryReasons[r].field
	}
	return ""
}

// reasonOf returns the reason that belongs to c alone, or the other one if there
// is none.
func reasonOf(c Code, other RetryReason) RetryReason {
	for r := range retryReasons {
		if retryReasons[r].code == c {
			return RetryReason(r)
		}
	}
	return other
}
