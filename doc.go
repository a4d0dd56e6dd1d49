// Package httpstatus knows what HTTP status codes mean, and what follows from
// them: for the server that picks one, for the client that gets one, and for
// the person who reads about one.
//
// Its table is generated from the IANA registry and from facts that are quoted
// from the RFCs. The package imports nothing but the standard library, and of
// that neither net nor net/http; the package statushttp beside it does.
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
// acts as the x00 code of its class; what lies outside 100 to 599 is no status
// code, and clients treat it as a server error ([Code.Fallback]).
//
// # Servers: which code, and what goes with it
//
// [Code.RequiresHeader] and [Code.MissingHeaders] tell which header fields a
// response owes, [Code.HeaderRules] under what conditions, [Code.AllowsContent]
// whether it may have content, and [Redirect] which redirect is meant.
//
// # Errors
//
// [Code.New] makes an [Error] with a machine-readable error code and a public
// message. Its private cause is logged and never sent. [Decode] reads it back
// on the client, where errors.Is with the same sentinel is true.
//
// # Clients: repeat it, follow it, store it
//
// A code alone answers [Code.IsRetryable], [Code.Applied], [Code.IsRedirect],
// [Code.RedirectMethod], [Code.IsCacheable] and [Code.ForbidsStorage]. Whether
// to act on them depends on the exchange: [Attempt.Retry] looks at the method
// and at Retry-After, and [RedirectStep.Plan] says which request follows.
// Whether a cache may keep the response, package caching says.
//
// # Classes
//
// [Code.IsSuccess], [Code.IsClientError] and their like replace comparisons
// such as code/100 == 2, and [Code.Class] names the class.
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
