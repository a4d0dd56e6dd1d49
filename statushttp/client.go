package statushttp

import (
	"net/http"
	"net/url"

	"example.com/httpstatus"
)

// FromResponse returns the error that a response describes, or nil if its
// status code is a 1xx, 2xx or 3xx. A number outside 100 to 599 is an error
// (RFC 9110, Section 15). The error is an *httpstatus.Error; see
// [httpstatus.Decode] for the formats that it reads.
//
// For an error it reads at most 64 KiB of the body and closes it, so that the
// connection can be used again if that was all. If it returns nil, it does not
// touch the body, and the caller closes it. It returns nil for a nil resp,
// which comes with an error of the client: handle that error first. A problem
// type and an instance that are relative references are resolved against the
// URL of the content (RFC 9457, Section 3.1.1).
func FromResponse(resp *http.Response) error {
	if resp == nil {
		return nil
	}
	if c := httpstatus.Code(resp.StatusCode); c.IsValid() && !c.IsError() {
		return nil
	}
	if resp.Body == nil {
		return httpstatus.Decode(resp.StatusCode, resp.Header, nil)
	}
	e := httpstatus.Decode(resp.StatusCode, resp.Header, resp.Body)
	_ = resp.Body.Close() // what could be read has been
	if base := baseURL(resp); base != nil {
		if t := e.Type(); t != resolved(base, t) {
			e = e.WithType(resolved(base, t), e.Title())
		}
		if i := e.Instance(); i != resolved(base, i) {
			e = e.WithInstance(resolved(base, i))
		}
	}
	return e
}

// baseURL returns the URL that references in the content are relative to:
// Content-Location, or else that of the request. RFC 3986, Section 5.1.
func baseURL(resp *http.Response) *url.URL {
	if resp.Request == nil || resp.Request.URL == nil {
		return nil
	}
	if location, err := resp.Request.URL.Parse(resp.Header.Get("Content-Location")); err == nil {
		return location
	}
	return resp.Request.URL
}

// resolved returns an absolute reference as it is, and so one that cannot be
// resolved or is empty.
func resolved(base *url.URL, reference string) string {
	u, err := url.Parse(reference)
	if err != nil || u.IsAbs() || reference == "" {
		return reference
	}
	return base.ResolveReference(u).String()
}
