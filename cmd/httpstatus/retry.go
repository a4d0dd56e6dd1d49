package main

import "example.com/httpstatus"

// retryText says when a client may send the same request again. It asks
// [httpstatus.Attempt] about the few requests that make a difference, rather
// than knowing the answers.
func retryText(c httpstatus.Code) string {
	ask := func(method string, vouched, told bool) httpstatus.Retry {
		a := httpstatus.Attempt{Method: method, Status: c, Vouched: vouched}
		if told {
			a.Header = map[string][]string{"Retry-After": {"120"}}
		}
		return a.Retry()
	}
	get, post := ask("GET", false, false), ask("POST", false, false)
	vouched, told := ask("POST", true, false), ask("POST", false, true)
	switch {
	case post.Again:
		needs := ""
		switch post.Needs {
		case httpstatus.NeedsNewConnection:
			needs = ", on a new connection"
		case httpstatus.NeedsNoEarlyData:
			needs = ", but not in early data"
		}
		return "Yes, whatever the method" + needs + ": " + post.Reason.String() + "."
	case get.Again && told.Again:
		return "Yes if it is idempotent, or if Retry-After names a time; if not, " + post.Reason.String() + "."
	case get.Again:
		return "Yes if it is idempotent; if not, " + post.Reason.String() + "."
	case told.Again:
		return "Only with a Retry-After: then " + told.Reason.String() + "."
	case vouched.Again:
		return "Only if the caller vouches for it, as by an Idempotency-Key: then " + vouched.Reason.String() + "."
	}
	return "No: " + get.Reason.String() + "."
}
