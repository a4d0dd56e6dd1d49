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
// The table of codes is generated from the IANA registry and from facts that
// are quoted from the RFCs. The package imports only the standard library,
// without net and net/http; package statushttp beside it has the adapters for
// net/http.
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
// acts as the x00 code of its class. A number outside 100 to 599 is no status
// code, and clients treat it as a server error ([Code.Fallback]).
//
// # Classes
//
// [Code.IsSuccess], [Code.IsClientError] and the others replace comparisons
// such as code/100 == 2, and [Code.Class] names the class.
//
// # Servers: which code, and what goes with it
//
// [Code.RequiresHeader] and [Code.MissingHeaders] tell which header fields a
// response owes, [Code.HeaderRules] under what conditions, [Code.AllowsContent]
// whether it may have content. [Redirect] chooses among 301, 302, 307 and 308;
// the questions under "Choosing a code" choose among 200, 201, 202, 204 and 205.
// [Precondition.Decide] says whether to carry out a conditional request,
// [RangeRequest.Decide] how much of a representation to send, and
// [NegotiateType], [NegotiateLanguage] and [NegotiateEncoding] which
// representation.
//
// # Errors
//
// [Code.New] makes an [Error] with a machine-readable error code and a public
// message. Its private cause is logged and never sent. [Decode] reads the error
// back on the client, where errors.Is finds the same sentinel.
//
// # Clients: repeat it, follow it
//
// [Code.IsRetryable], [Code.Applied], [Code.IsRedirect], [Code.RedirectMethod],
// [Code.IsCacheable] and [Code.ForbidsStorage] tell what the code alone says.
// Whether to act on it depends on the exchange. [Attempt.Retry] looks at the
// method and at Retry-After too, and also decides about a request that got no
// response. [RedirectStep.Plan] says which request follows a redirect. Package
// caching says whether a cache may store a response and use it.
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
//   - Unregistered and invalid numbers have answers, as above; their phrase is
//     "", as in net/http.
//   - It is an error, so that errors.Is(err, httpstatus.NotFound) works.
//
// [net/http.Error] sends the text that it is given. An [Error] sends what was
// written for the public and keeps its cause for the log. The client of net/http
// turns a DELETE into a GET on a 301, and keeps credentials when a redirect
// leaves https; [RedirectStep.Plan] does neither, and says what it refuses.
//
// # Stability and cost
//
// Everything here is safe for concurrent use: there is no state, and an [Error]
// does not change once it is made. The answers follow the RFCs and the
// registry, and change when those change; [RegistryUpdated] is the date of the
// registry's edition. New codes and new reasons may be added. The text of
// reasons, cards and messages is for people and may be reworded.
//
// A predicate is a load from a table of 600 small integers, is inlined and does
// not allocate. It adds about 16 KB to a program. Nothing runs at program
// start, and only a program that calls [Describe] carries the text of the
// cards.
//
// # Choosing a code
//
// Each question separates codes. An answer is a code, or leads to the question
// that is named. The command asks them in a terminal, as "httpstatus pick".
//
// What became of the request?
//
//   - It was carried out, or will be. What does the response bring?
//   - Its answer is at another address, or in the client's cache. Why should
//     the client look elsewhere?
//   - Something about the request or its sender stands in the way. What stands
//     in the way?
//   - A server failed, or cannot do it now. Whose failure is it?
//   - It is still going on, and this is not the final response. What does the
//     client learn meanwhile?
//
// What does the response bring?
//
//   - Content, such as the resource or the result. Which content is it?
//   - A new resource, which exists by now. 201 [Created]
//   - A promise: the work is queued and not done yet. 202 [Accepted]
//   - Nothing: success says it all, and the view may stay as it is. 204
//     [NoContent]
//   - Nothing, and the form that sent it should be cleared for the next entry.
//     205 [ResetContent]
//
// Which content is it?
//
//   - The whole representation, or the result of the action. 200 [OK]
//   - The ranges that the request asked for with Range. 206 [PartialContent]
//   - The instance manipulation that the request asked for with A-IM. 226
//     [IMUsed]
//   - What the origin server sent, changed by this proxy. 203
//     [NonAuthoritativeInformation]
//   - A status for each of several resources (WebDAV). Is it the status of the
//     response, or of one part inside it?
//
// Is it the status of the response, or of one part inside it?
//
//   - Of the response. 207 [MultiStatus]
//   - Of a collection that was listed before, under another binding. 208
//     [AlreadyReported]
//
// Why should the client look elsewhere?
//
//   - It has it already: its If-None-Match or If-Modified-Since on GET or HEAD
//     finds nothing new. 304 [NotModified]
//   - The resource has moved for good. It has moved for good: must a POST stay
//     a POST?
//   - The resource is at another address for now. It is elsewhere for now: must
//     a POST stay a POST?
//   - The result of this request can be fetched there with GET. 303 [SeeOther]
//   - There are several representations, and the client is to choose. 300
//     [MultipleChoices]
//
// It has moved for good: must a POST stay a POST?
//
//   - No: it is for GET and HEAD, or older clients matter more. 301
//     [MovedPermanently]
//   - Yes: method and content are to be sent again. 308 [PermanentRedirect]
//
// It is elsewhere for now: must a POST stay a POST?
//
//   - No: it is for GET and HEAD. 302 [Found]
//   - Yes: method and content are to be sent again. 307 [TemporaryRedirect]
//
// What stands in the way?
//
//   - Who is asking, or whether they may. Would other credentials help?
//   - What was asked for: the address, the method or the protocol. What is
//     wrong with what was asked for?
//   - The request itself: its syntax, its content, its fields or its size. What
//     about it is wrong?
//   - The state of the resource, or a condition that the request carries. Did
//     the request carry a condition, such as If-Match?
//   - The client sends too much, too slowly or too early. What is it that the
//     client overdoes?
//   - Another part of the same request, which failed and on which this part
//     depends (WebDAV). 424 [FailedDependency]
//
// Would other credentials help?
//
//   - Yes: there are none, or they are wrong or expired. 401 [Unauthorized]
//   - Yes, those for this proxy, which the client is set up to use. 407
//     [ProxyAuthenticationRequired]
//   - Yes, those for the network, which intercepts until the user has logged
//     in. 511 [NetworkAuthenticationRequired]
//   - No: the client is known and may not, or no client may. May the client
//     know that the resource exists?
//   - No: a legal demand forbids it. 451 [UnavailableForLegalReasons]
//   - No, but payment would, in the way that this API documents. 402
//     [PaymentRequired]
//
// May the client know that the resource exists?
//
//   - Yes. 403 [Forbidden]
//   - No. 404 [NotFound]
//
// What is wrong with what was asked for?
//
//   - There is nothing at this address. Do you know that it was removed for
//     good?
//   - This server does not answer for the host at all. 421 [MisdirectedRequest]
//   - The resource is there, but not for this method. Does this server support
//     the method for any resource?
//   - It cannot be served in this protocol. Can the client switch to the right
//     one on this connection?
//
// Do you know that it was removed for good?
//
//   - Yes. 410 [Gone]
//   - No, or it was never there. 404 [NotFound]
//   - It has moved to another address. It has moved for good: must a POST stay
//     a POST?
//
// Does this server support the method for any resource?
//
//   - Yes, but not for this one. 405 [MethodNotAllowed]
//   - No, for none. 501 [NotImplemented]
//
// Can the client switch to the right one on this connection?
//
//   - Yes. 426 [UpgradeRequired]
//   - No: this major version of HTTP is not spoken here. 505
//     [HTTPVersionNotSupported]
//
// What about it is wrong?
//
//   - It does not parse: malformed syntax, a missing or a bad parameter. 400
//     [BadRequest]
//   - The content parses, but what it says cannot be carried out. 422
//     [UnprocessableContent]
//   - The content is in a format or coding that is not taken here. 415
//     [UnsupportedMediaType]
//   - Nothing that there is fits its Accept fields, and nothing else will be
//     sent. 406 [NotAcceptable]
//   - Something is too large. What is too large?
//   - It does not say how long its content is. 411 [LengthRequired]
//   - None of the ranges that it asks for can be sent. 416
//     [RangeNotSatisfiable]
//   - The expectation in its Expect field cannot be met. 417
//     [ExpectationFailed]
//
// What is too large?
//
//   - The content, for a limit that is set. 413 [ContentTooLarge]
//   - The content, for the room that is left. 507 [InsufficientStorage]
//   - The URI. 414 [URITooLong]
//   - The header fields. 431 [RequestHeaderFieldsTooLarge]
//
// Did the request carry a condition, such as If-Match?
//
//   - Yes, and it does not hold. Is it a GET or HEAD whose If-None-Match or
//     If-Modified-Since finds nothing new?
//   - No, and this server wants one. 428 [PreconditionRequired]
//   - It makes no difference: the state is in the way, as with a duplicate or
//     an edit conflict. 409 [Conflict]
//   - It makes no difference: the resource is locked (WebDAV). 423 [Locked]
//
// Is it a GET or HEAD whose If-None-Match or If-Modified-Since finds nothing
// new?
//
//   - Yes. 304 [NotModified]
//   - No. 412 [PreconditionFailed]
//
// What is it that the client overdoes?
//
//   - It has sent more requests than its share. 429 [TooManyRequests]
//   - It did not send the whole request in time. 408 [RequestTimeout]
//   - It sent a request in TLS early data that might be a replay. 425
//     [TooEarly]
//
// Whose failure is it?
//
//   - This server's own: something unexpected happened. 500
//     [InternalServerError]
//   - No one's, but it has to wait: overload or maintenance. 503
//     [ServiceUnavailable]
//   - That of a server behind this one, which this one needs to answer. What
//     did the server behind this one do?
//   - This server lacks what the request needs, for every resource. 501
//     [NotImplemented]
//   - There is no room left for what it would have to store. 507
//     [InsufficientStorage]
//   - The server ran into a loop of its own resources. A loop of what?
//
// What did the server behind this one do?
//
//   - It refused the connection, broke it off, or answered wrongly. 502
//     [BadGateway]
//   - It did not answer in time. 504 [GatewayTimeout]
//   - It was not asked: there is none to ask, or load is being shed. 503
//     [ServiceUnavailable]
//
// A loop of what?
//
//   - Of WebDAV bindings, in a request with Depth: infinity. 508 [LoopDetected]
//   - Of variants, in transparent content negotiation. 506
//     [VariantAlsoNegotiates]
//
// What does the client learn meanwhile?
//
//   - That the content is welcome, as it asked with Expect: 100-continue. 100
//     [Continue]
//   - That the connection now speaks the protocol it offered in Upgrade. 101
//     [SwitchingProtocols]
//   - Which fields the final response will probably have. 103 [EarlyHints]
//   - Where to resume its upload if it breaks off. 104
//     [UploadResumptionSupported]
//   - Only that the work goes on. 102 [Processing]
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
