package httpstatus

// RetryReason says why [Attempt.Retry] answered as it did. The names of those
// that say no begin with NoRetry. Compare it with the constants, or print it:
// String is a sentence. New reasons may be added.
type RetryReason uint8

// Reasons to send the request again.
const (
	RetryNotReceived  RetryReason = iota + 1 // 408: it did not arrive complete
	RetryRefused                             // 429: it was turned away unprocessed
	RetryMisdirected                         // 421: the connection led to the wrong server, which did not process it
	RetryTooEarly                            // 425: it came in early data, and was not processed
	RetryTimeNamed                           // 403, 413, 423, 503: the server turned it away and named a time to come again
	RetryIdempotent                          // 5xx: the method is idempotent
	RetryVouched                             // 5xx: the method is not idempotent, but the caller vouches for the request
	RetryStillRunning                        // 409: the caller vouches for it, so the conflict is with an attempt of its own that is still running
)

// Reasons not to send the request again.
const (
	NoRetryInvalidStatus  RetryReason = iota + 32 // the number is outside 100 to 599
	NoRetryNotFailed                              // 1xx, 2xx, 304
	NoRetryRedirection                            // 3xx
	NoRetryContent                                // the content cannot be sent a second time
	NoRetryPassOn                                 // 425: we forward a request that came in early data, and pass the answer on
	NoRetryNoTime                                 // 403, 413, 423: without a valid Retry-After the refusal is for good
	NoRetryMayHaveApplied                         // 5xx: the request may have been applied, and is not idempotent
	NoRetryConflict                               // 409: without vouching it is a conflict with something else
	NoRetryEcho                                   // 404, 409, 412 to a later attempt: an earlier one may have been applied, and be the cause
	NoRetryProxy                                  // we are a proxy, and the method is not idempotent
	NoRetryPermanent                              // the answer would be the same
)

// Reasons not to send the request again unless it is changed.
const (
	NoRetryChangeRequest      RetryReason = iota + 64 // 510: how, the response tells
	NoRetryAuthorization                              // 401
	NoRetryAccept                                     // 406
	NoRetryProxyAuthorization                         // 407
	NoRetryContentLength                              // 411
	NoRetryPrecondition                               // 412
	NoRetryContentType                                // 415
	NoRetryRange                                      // 416
	NoRetryExpect                                     // 417
	NoRetryUpgrade                                    // 426
	NoRetryUnconditional                              // 428
	NoRetryFieldsTooLarge                             // 431
	NoRetryNetworkLogin                               // 511
)

// String returns the reason as a sentence without capital and full stop, to
// stand after a colon: "the method is idempotent, so that twice does no more
// than once".
func (r RetryReason) String() string {
	switch r {
	case RetryNotReceived:
		return "the request did not arrive complete"
	case RetryRefused:
		return "the server turned the request away without processing it"
	case RetryMisdirected:
		return "the server is not the one for this target and did not process the request"
	case RetryTooEarly:
		return "the server did not process the request, because it came in early data and might be a replay"
	case RetryTimeNamed:
		return "the server turned the request away and named a time to come again"
	case RetryIdempotent:
		return "the method is idempotent, so that twice does no more than once"
	case RetryVouched:
		return "the caller vouches that twice does no more than once"
	case RetryStillRunning:
		return "an earlier attempt of this request seems to be still running"

	case NoRetryInvalidStatus:
		return "the number is not a status code"
	case NoRetryNotFailed:
		return "the request did not fail"
	case NoRetryRedirection:
		return "the response is a redirection, which may be followed but is no reason to repeat the request"
	case NoRetryContent:
		return "the content of the request cannot be sent a second time"
	case NoRetryPassOn:
		return "the request came in early data from somebody else, who is the one to repeat it"
	case NoRetryNoTime:
		return "the server refused the request and named no time from which it would not"
	case NoRetryMayHaveApplied:
		return "the request may have been applied, and twice may do more than once"
	case NoRetryConflict:
		return "the request conflicts with the state of the resource, and nothing says that this will pass"
	case NoRetryEcho:
		return "an earlier attempt of this request may have been applied and be the cause of this answer"
	case NoRetryProxy:
		return "a proxy does not repeat a request whose method is not idempotent"
	case NoRetryPermanent:
		return "the same request would get the same answer"

	case NoRetryChangeRequest:
		return "the request must be changed as the response tells"
	case NoRetryAuthorization:
		return "the request must be changed: it needs an Authorization that answers WWW-Authenticate"
	case NoRetryAccept:
		return "the request must be changed: nothing fits its Accept and the fields like it"
	case NoRetryProxyAuthorization:
		return "the request must be changed: it needs a Proxy-Authorization that answers Proxy-Authenticate"
	case NoRetryContentLength:
		return "the request must be changed: it needs a Content-Length"
	case NoRetryPrecondition:
		return "the request must be changed: a precondition in it, such as If-Match, does not hold"
	case NoRetryContentType:
		return "the request must be changed: its Content-Type or Content-Encoding is not supported"
	case NoRetryRange:
		return "the request must be changed: its Range cannot be satisfied"
	case NoRetryExpect:
		return "the request must be changed: its Expect cannot be met"
	case NoRetryUpgrade:
		return "the request must be changed: it needs an Upgrade to a protocol that the response names"
	case NoRetryUnconditional:
		return "the request must be changed: it needs a precondition such as If-Match"
	case NoRetryFieldsTooLarge:
		return "the request must be changed: its header fields are too large"
	case NoRetryNetworkLogin:
		return "the request can succeed only after a login to the network"
	}
	return "no reason"
}

// Field returns the name of the request field that must be changed or added
// before the request is sent again, as in "Authorization" for
// [NoRetryAuthorization]. It is "" where no change is needed or it is not known
// which field it is: a 412 can come of any precondition, and a 431 of any field.
func (r RetryReason) Field() string {
	switch r {
	case NoRetryAuthorization:
		return "Authorization"
	case NoRetryAccept:
		return "Accept"
	case NoRetryProxyAuthorization:
		return "Proxy-Authorization"
	case NoRetryContentLength:
		return "Content-Length"
	case NoRetryContentType:
		return "Content-Type"
	case NoRetryRange:
		return "Range"
	case NoRetryExpect:
		return "Expect"
	case NoRetryUpgrade:
		return "Upgrade"
	case NoRetryUnconditional:
		return "If-Match"
	}
	return ""
}
