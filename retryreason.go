package httpstatus

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
	RetryIdempotent                          // 5xx: the method is idempotent
	RetryVouched                             // 5xx: the method is not idempotent, but the caller vouches for the request
	RetryStillRunning                        // 409: the caller vouches for it, so the conflict is with an attempt of its own that is still running
)

// Reasons not to send the request again.
const (
	NoRetryInvalidStatus  RetryReason = iota + RetryStillRunning + 1 // the number is outside 100 to 599
	NoRetryNotFailed                                                 // 1xx, 2xx, 304
	NoRetryRedirection                                               // 3xx
	NoRetryContent                                                   // the content cannot be sent a second time
	NoRetryPassOn                                                    // 425: we forward a request that came in early data, and pass the answer on
	NoRetryNoTime                                                    // 403, 413, 423: without a valid Retry-After the refusal is for good
	NoRetryMayHaveApplied                                            // 5xx: the request may have been applied, and is not idempotent
	NoRetryConflict                                                  // 409: without vouching it is a conflict with something else
	NoRetryEcho                                                      // 404, 409, 412 to a later attempt: an earlier one may have been applied, and be the cause
	NoRetryProxy                                                     // we are a proxy, and the method is not idempotent
	NoRetryPermanent                                                 // the answer would be the same
)

// Reasons not to send the request again unless it is changed.
const (
	NoRetryChangeRequest      RetryReason = iota + NoRetryPermanent + 1 // 510: how, the response tells
	NoRetryAuthorization                                                // 401
	NoRetryAccept                                                       // 406
	NoRetryProxyAuthorization                                           // 407
	NoRetryContentLength                                                // 411
	NoRetryPrecondition                                                 // 412
	NoRetryContentType                                                  // 415
	NoRetryRange                                                        // 416
	NoRetryExpect                                                       // 417
	NoRetryUpgrade                                                      // 426
	NoRetryUnconditional                                                // 428
	NoRetryFieldsTooLarge                                               // 431
	NoRetryNetworkLogin                                                 // 511
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
