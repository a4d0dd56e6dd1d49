// Package httpstatus knows what HTTP status codes mean, and what follows from
// them for a server, a client and a cache.
//
//	errNoUser := httpstatus.NotFound.New("user_not_found", "No such user.") // public: an error code and a message
//	err := fmt.Errorf("loading user 42: %w", errNoUser)                     // private: for the log
//	fmt.Println(httpstatus.StatusOf(err), errors.Is(err, errNoUser))
//
//	header := map[string][]string{"Retry-After": {"120"}}
//	retry := httpstatus.Attempt{Method: "POST", Status: 503, Header: header}.Retry()
//	fmt.Println(retry.Again, retry.Wait, retry.Reason)
//	fmt.Println(httpstatus.Code(451).IsCacheable(), httpstatus.Code(471).Fallback())
//
// Its table is generated from the IANA registry and from facts that are quoted
// from the RFCs. The package imports nothing but the standard library, and of
// that neither net nor net/http; package statushttp beside it does.
//
// # Codes
//
// A [Code] is an int with a name for each registered code, taken from the
// current IANA phrase: [NotFound], [ContentTooLarge]. go doc prints a card for
// each: what it means, when to use it, which code it is mistaken for. [Parse]
// reads numbers and phrases, [All] lists the registered codes, and [Describe]
// gives the card as data.
//
// Every int has an answer. A valid code that is not registered, such as 471,
// acts as the x00 code of its class. What lies outside 100 to 599 is no status
// code, and clients treat it as a server error ([Code.Fallback]).
//
// # Classes
//
// [Code.IsSuccess], [Code.IsClientError] and their like replace comparisons
// such as code/100 == 2, and [Code.Class] names the class.
//
// # Servers: which code, and what goes with it
//
// [Code.RequiresHeader] and [Code.MissingHeaders] tell which header fields a
// response owes, [Code.HeaderRules] under what conditions, [Code.AllowsContent]
// whether it may have content, and [Redirect] which redirect is meant.
// [Precondition.Decide] says whether a request is to be carried out, and
// [RangeRequest.Decide] how much of a representation is sent.
//
// # Errors
//
// [Code.New] makes an [Error] with a machine-readable error code and a public
// message. Its private cause is logged and never sent. [Decode] reads it back
// on the client, where errors.Is with the same sentinel is true.
//
// # Clients: repeat it, follow it
//
// A code alone answers [Code.IsRetryable], [Code.Applied], [Code.IsRedirect],
// [Code.RedirectMethod], [Code.IsCacheable] and [Code.ForbidsStorage]. Whether
// to act on them depends on the exchange. [Attempt.Retry] looks at the method
// and at Retry-After. [RedirectStep.Plan] says which request follows. Package
// caching says whether a cache may keep the response.
//
// # Compared to net/http
//
// The constants of net/http are numbers with names, and [net/http.StatusText] is
// their phrase. A Code differs from them in these ways:
//
//   - It is a type: it prints as "404 Not Found", and functions can ask for one.
//     An int converts with Code(resp.StatusCode), and back with int(c).
//   - Names and phrases are IANA's current ones: 413 is [ContentTooLarge], which
//     net/http calls StatusRequestEntityTooLarge. [Parse] takes the old ones too.
//   - Unregistered and invalid numbers have answers, as above; the phrase is ""
//     there as in net/http.
//   - It is an error, so that errors.Is(err, httpstatus.NotFound) can be asked.
//
// [net/http.Error] sends the text that it is given. An [Error] sends what was
// written for the public and keeps its cause for the log. The client of net/http
// turns a DELETE into a GET on a 301, and keeps credentials when a redirect
// leaves https; [RedirectStep.Plan] does neither, and says what it refuses.
//
// # Stability and cost
//
// Everything here is safe for concurrent use: there is no state, and an [Error]
// does not change once it is made. Answers are facts, so they follow the RFCs
// and the registry: when those change, so do they, and [RegistryUpdated] tells
// which edition they are from. New codes and new reasons may be added. The text
// of reasons, cards and messages is for people and may be reworded.
//
// A predicate is a load from a table of 600 small integers, is inlined and does
// not allocate. It adds about 16 KB to a program. Nothing runs at start, and the
// text of the cards is linked into programs that call [Describe] alone.
//
// # Status codes
//
// 1xx, interim:
//
//   - 100 [Continue]
//   - 101 [SwitchingProtocols]
//   - 102 [Processing]
//   - 103 [EarlyHints]
//   - 104 [UploadResumptionSupported]
//
// 2xx, successful:
//
//   - 200 [OK]
//   - 201 [Created]
//   - 202 [Accepted]
//   - 203 [NonAuthoritativeInformation]
//   - 204 [NoContent]
//   - 205 [ResetContent]
//   - 206 [PartialContent]
//   - 207 [MultiStatus]
//   - 208 [AlreadyReported]
//   - 226 [IMUsed]
//
// 3xx, redirection:
//
//   - 300 [MultipleChoices]
//   - 301 [MovedPermanently]
//   - 302 [Found]
//   - 303 [SeeOther]
//   - 304 [NotModified]
//   - 305 [UseProxy]
//   - 307 [TemporaryRedirect]
//   - 308 [PermanentRedirect]
//
// 4xx, client error:
//
//   - 400 [BadRequest]
//   - 401 [Unauthorized]
//   - 402 [PaymentRequired]
//   - 403 [Forbidden]
//   - 404 [NotFound]
//   - 405 [MethodNotAllowed]
//   - 406 [NotAcceptable]
//   - 407 [ProxyAuthenticationRequired]
//   - 408 [RequestTimeout]
//   - 409 [Conflict]
//   - 410 [Gone]
//   - 411 [LengthRequired]
//   - 412 [PreconditionFailed]
//   - 413 [ContentTooLarge]
//   - 414 [URITooLong]
//   - 415 [UnsupportedMediaType]
//   - 416 [RangeNotSatisfiable]
//   - 417 [ExpectationFailed]
//   - 421 [MisdirectedRequest]
//   - 422 [UnprocessableContent]
//   - 423 [Locked]
//   - 424 [FailedDependency]
//   - 425 [TooEarly]
//   - 426 [UpgradeRequired]
//   - 428 [PreconditionRequired]
//   - 429 [TooManyRequests]
//   - 431 [RequestHeaderFieldsTooLarge]
//   - 451 [UnavailableForLegalReasons]
//
// 5xx, server error:
//
//   - 500 [InternalServerError]
//   - 501 [NotImplemented]
//   - 502 [BadGateway]
//   - 503 [ServiceUnavailable]
//   - 504 [GatewayTimeout]
//   - 505 [HTTPVersionNotSupported]
//   - 506 [VariantAlsoNegotiates]
//   - 507 [InsufficientStorage]
//   - 508 [LoopDetected]
//   - 510 [NotExtended]
//   - 511 [NetworkAuthenticationRequired]
package httpstatus

//go:generate go run ./internal/gen
