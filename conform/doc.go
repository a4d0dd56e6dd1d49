// Package conform checks an HTTP response, with the request that it answers,
// against the specifications, and says which rule was broken and where that
// rule stands.
//
// [Check] is a pure function from an [Exchange] to findings. Everything else
// fills an Exchange from some place and calls it:
//
//   - [Handler] wraps a server's handler and sees what it tried to send, even
//     what net/http drops on the way;
//   - [Transport] wraps a client's http.RoundTripper;
//   - [Response] takes one *http.Response;
//   - [Assert], [AssertResponse] and [AssertHandler] fail a test;
//   - [CheckPair] compares two exchanges with one resource, such as a HEAD and
//     a GET;
//   - [Read] reads exchanges that were written down: as text ([ReadText]), in a
//     HAR ([ReadHAR]), or by curl ([ReadCurl]);
//   - a [Checker] checks what they yield, each alone and in pairs.
//
// [Rules] lists the rules with their citations. An error breaks a requirement,
// a warning breaks a recommendation or contradicts itself, and the rest is
// information. Every rule can be switched with [Disable], [Enable] and
// [WithSeverity], and [Exempt] excuses single exchanges: a cookie API that
// answers 401 without a challenge on purpose, for example.
//
// The package knows the standard library and httpstatus, and does not import
// testing, so it may be linked into a program.
package conform
