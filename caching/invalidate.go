package caching

import (
	"iter"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/field"
	"example.com/httpstatus/internal/uri"
)

// Invalidates returns an iterator over the URIs that a response invalidates:
// their stored responses have to be removed, or validated before their next use
// (RFC 9111, Section 4.4). If the method is not known to be safe and the status
// code is 2xx or 3xx, these are the URL of the request, and the URIs in
// Location and Content-Location if they have the same origin. A response with
// another status code, or to a safe method, invalidates nothing.
//
// url is absolute. Each URI comes once, resolved, without its fragment, and
// otherwise as it is spelled. That of the request comes first, even if it is
// malformed. A Location that is malformed or has user information is ignored.
func Invalidates(method string, status httpstatus.Code, url string, header map[string][]string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if method == "" || isSafe(method) || !status.IsSuccess() && !status.IsRedirection() {
			return
		}
		url, _, _ := strings.Cut(url, "#")
		if !yield(url) {
			return
		}
		base, problem := uri.Parse(url)
		if problem != 0 {
			return
		}
		seen := [...]string{url, "", ""}
		for i, name := range [...]string{"Location", "Content-Location"} {
			target := sameOrigin(&base, soleLine(field.Lines(header, name)))
			if target == "" || target == seen[0] || target == seen[1] {
				continue
			}
			seen[i+1] = target
			if !yield(target) {
				return
			}
		}
	}
}

// sameOrigin returns the target of a reference, without fragment, or "" if it
// cannot be read or is of another origin than base.
func sameOrigin(base *uri.URI, reference string) string {
	reference, _, _ = strings.Cut(reference, "#")
	if reference == "" {
		return ""
	}
	ref, problem := base.Reference(reference, true)
	if problem != 0 || !base.SameOrigin(&ref) {
		return ""
	}
	return string(base.AppendTarget(nil, &ref))
}
