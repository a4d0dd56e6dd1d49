// Package statuslint finds mistakes about HTTP status codes in Go source.
//
// [Analyzer] looks for all of them; it runs under go vet, gopls, golangci-lint
// and every other driver of go/analysis, and the command in cmd/statuslint runs
// it by itself. The analyzers of the groups, such as [HeaderAnalyzer], are for
// those who want a part. [Rules] lists the rules; docs has a page for each.
//
// # How it looks
//
// A sink is a call that sends a status: WriteHeader of an
// [net/http.ResponseWriter] and of every type like it, http.Error and
// http.Redirect, and by name those of gin, echo, fiber and other frameworks. A
// function whose parameter is the status of a sink is a sink itself, in its own
// package and, by a fact, in those that import it.
//
// For each function, a dataflow over its control-flow graph computes the header
// fields that are set on every path to a sink. What a called function surely
// sets counts; so does everything if the function copies fields that are not
// known, or cannot be looked into. The rules about order follow the paths
// forward from what sends the header, and leave those that a test contradicts.
//
// # Silencing
//
// A comment //statuslint:ignore with the rules, separated by commas, silences a
// line, a statement or a function; //nolint:statuslint does it for every rule.
// Generated files and tests are not looked at.
package statuslint
