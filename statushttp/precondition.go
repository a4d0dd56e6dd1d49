package statushttp

import (
	"fmt"
	"net/http"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/field"
)

// CheckPrecondition returns nil if the request is to be carried out, given the
// present state of its target, and otherwise the answer, for a [HandlerFunc] to
// return:
//
//	if err := statushttp.CheckPrecondition(r, httpstatus.Precondition{ETag: doc.ETag, Required: true}); err != nil {
//		return err
//	}
//
// The answer is an *httpstatus.Error: with 412 (Precondition Failed) or 428
// (Precondition Required), whose message says which field decided and what to
// send, or with 304 (Not Modified) and the validators of state, which is
// sent without content. Method and Request of state are those of r.
//
// It decides as [httpstatus.Precondition.Decide] does. Call it last, just
// before the request is carried out: after the checks that could answer 401,
// 404 or 400, and while nothing else can change the target. For reading,
// [Serve] does all of it.
//
// An ETag that is not an entity tag, such as one without quotes, is a mistake
// in the program, and the answer is a 500.
func CheckPrecondition(r *http.Request, state httpstatus.Precondition) error {
	state.Method, state.Request = r.Method, r.Header
	if e := checkETag(state.ETag); e != nil {
		return e
	}
	d := state.Decide()
	switch {
	case d.Status == 0:
		return nil
	case d.Status != httpstatus.NotModified:
		return refusal(d)
	}
	e := httpstatus.NotModified.New("", "")
	switch {
	case state.Absent:
	case state.ETag != "":
		e = e.WithHeader("Etag", state.ETag)
	case !state.Modified.IsZero():
		e = e.WithHeader("Last-Modified", state.Modified.UTC().Format(http.TimeFormat))
	}
	return e
}

// refusal returns the error for a condition that does not hold.
func refusal(d httpstatus.PreconditionDecision) *httpstatus.Error {
	why := d.Reason.String()
	why = strings.ToUpper(why[:1]) + why[1:] + "."
	if d.Status == httpstatus.PreconditionRequired {
		// RFC 6585, Section 3: "SHOULD explain how to resubmit the request".
		why += ` Send If-Match with the ETag that you have read; to create, send "If-None-Match: *".`
	}
	return d.Status.New("", why)
}

// checkETag returns the error for an ETag that must not be sent; nil for a good
// one, and for none.
func checkETag(etag string) error {
	if etag == "" || field.IsEntityTag(etag) {
		return nil
	}
	return httpstatus.InternalServerError.New("", "").
		WithCause(fmt.Errorf("statushttp: %q is not an entity tag, as in %q or %q", etag, `"v7"`, `W/"v7"`))
}

// keepForNotModified removes from the header of a 304 what describes the
// representation, but for the fields that RFC 9110, Section 15.4.5, names:
// Content-Location, Date, ETag, Vary, Cache-Control and Expires. Without an ETag,
// Last-Modified stays as well, for it guides the update of a cache. What does not
// describe the representation, such as Set-Cookie, stays.
func keepForNotModified(h http.Header) {
	tagged := field.Has(h, "Etag")
	for name := range h {
		switch http.CanonicalHeaderKey(name) {
		case "Content-Type", "Content-Length", "Content-Encoding", "Content-Language", "Content-Range", "Content-Disposition",
			"Content-Digest", "Repr-Digest", "Digest", "Content-Md5", "Accept-Ranges", "Transfer-Encoding", "Trailer":
			delete(h, name)
		case "Last-Modified":
			if tagged {
				delete(h, name)
			}
		}
	}
}
