package httpstatus

// IsRedirect reports whether a client that gets c follows the Location field by
// itself: 301, 302, 303, 307 and 308. The other codes of the class are answers
// or offers: 300 leaves the choice to the user, 304 points to the client's own
// stored response, 305 is deprecated. RFC 9110, Section 15.4.
func (c Code) IsRedirect() bool { return c.has(traitRedirect) }

// IsPermanent reports whether c is a redirect that tells clients to use the new
// URI from now on: 301 and 308. RFC 9110, Section 15.4.
func (c Code) IsPermanent() bool { return c.has(traitPermanent) }

// PreservesMethod reports whether c is a redirect that must be followed with
// the method of the original request, whatever it is: 307 and 308. It is false
// for 301 and 302, because clients may change POST to GET there, and do.
// RFC 9110, Section 15.4.
func (c Code) PreservesMethod() bool { return c.has(traitPreservesMethod) }

// RedirectMethod returns the method with which a client follows a redirect c
// that answers a request with the given method, and whether the content of that
// request goes along.
//
// 303 turns every method but HEAD into GET. 301 and 302 turn POST into GET and
// leave every other method alone, QUERY and DELETE included. 307 and 308 leave
// all as it was. For a code that is no redirect the method is unchanged and
// keepContent is true. Methods are case-sensitive; the empty method is GET.
//
// RFC 9110, Section 15.4, and the HTTP-redirect fetch of the Fetch standard.
func (c Code) RedirectMethod(method string) (next string, keepContent bool) {
	if method == "" {
		method = "GET"
	}
	t := c.traits()
	switch {
	case t&traitRedirect == 0 || t&traitPreservesMethod != 0 || method == "GET" || method == "HEAD":
		return method, true
	case t&traitAnyToGet != 0 || method == "POST":
		return "GET", false
	}
	return method, true
}

// A Redirect is what a server wants of a redirect: is it for good, and must
// the client repeat the method? Its zero value is the everyday redirect.
type Redirect struct {
	Permanent      bool // clients should use the new URI from now on
	PreserveMethod bool // a POST must arrive as a POST
}

// Code returns the code that says so:
//
//	                may become GET   same method
//	for now              302             307
//	for good             301             308
//
// To send a client that has posted something to a page about the result,
// whatever the method was, use [SeeOther]. RFC 9110, Section 15.4.
func (r Redirect) Code() Code {
	switch {
	case r.Permanent && r.PreserveMethod:
		return PermanentRedirect
	case r.Permanent:
		return MovedPermanently
	case r.PreserveMethod:
		return TemporaryRedirect
	}
	return Found
}
