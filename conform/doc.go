// Package conform checks an HTTP response, with the request that it answers,
// against the specifications. It says which rule is broken, and in which
// section that rule stands.
//
// [[Check] is a pure function from an [Exchange] to findings. Everything else
// makes an Exchange from some source and calls it:
//
//   - [Handler] wraps a server's handler and sees what it tried to send, even
//     what net/http drops on the way;
//   - [Transport] wraps a client's http.RoundTripper;
//   - [Response] takes one *http.Response;
//   - [Assert], [AssertResponse] and [AssertHandler] fail a test;
//   - [CheckPair] compares two exchanges with one resource, such as a HEAD and
//     a GET;
//   - [[Read] reads recorded exchanges: as text ([ReadText]), as a HAR
//     ([ReadHAR]), or as curl prints them ([ReadCurl]);
//   - a [Checker] checks what they yield, each alone and in pairs.
//
// [Rules] lists the rules with their citations. An error breaks a requirement.
// A warning breaks a recommendation, or concerns a response that contradicts
// itself. The rest is information. Every rule can be switched with [Disable],
// [Enable] and [WithSeverity], and [Exempt] excuses single exchanges: a cookie
// API that answers 401 without a challenge on purpose, for example.
//
// The package does not import testing, so a program can link it.
package conform
