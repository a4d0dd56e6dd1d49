package httpstatus_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
)

func TestIsRedirect(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.IsRedirect(int(c)), c.IsRedirect(), "IsRedirect of %d", int(c))
		if c.IsRedirect() {
			assert.True(t, c.IsRedirection(), "%d is of the class", int(c))
		}
	}
}

func TestIsPermanent(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.IsPermanent(int(c)), c.IsPermanent(), "IsPermanent of %d", int(c))
		if c.IsPermanent() {
			assert.True(t, c.IsRedirect(), "%d is a redirect", int(c))
		}
	}
}

func TestPreservesMethod(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.PreservesMethod(int(c)), c.PreservesMethod(), "PreservesMethod of %d", int(c))
		if c.PreservesMethod() {
			assert.True(t, c.IsRedirect(), "%d is a redirect", int(c))
		}
	}
}

func TestRedirectMethod(t *testing.T) {
	methods := append(reference.Methods(),
		"",                           // GET
		"get", "head", "post", "Get", // methods are case-sensitive, so these are others
		"BREW",          // unknown
		"POST ", " GET", // not trimmed
		"GE", "GETS", "P", // neighbours in length
		"\x00", "ПОСТ", // no tokens at all
	)
	for _, c := range sweep() {
		for _, m := range methods {
			next, keep := c.RedirectMethod(m)
			wantNext, wantKeep := reference.RedirectMethod(int(c), m)
			if next != wantNext || keep != wantKeep {
				t.Errorf("RedirectMethod of %d with %q is (%q, %t), want (%q, %t)", int(c), m, next, keep, wantNext, wantKeep)
			}
		}
	}
}

func TestRedirectMethodRows(t *testing.T) {
	for _, test := range []struct {
		code   httpstatus.Code
		method string
		next   string
		keep   bool
	}{
		{301, "POST", "GET", false}, // what browsers do, and RFC 9110 allows
		{302, "POST", "GET", false}, // likewise
		{301, "PUT", "PUT", true},   // net/http sends a GET here
		{302, "DELETE", "DELETE", true},
		{301, "QUERY", "QUERY", true}, // RFC 10008, Section 2.5
		{303, "QUERY", "GET", false},  // a retrieval request on the URI
		{303, "PUT", "GET", false},
		{303, "HEAD", "HEAD", true}, // "a GET or HEAD request"
		{303, "GET", "GET", true},
		{307, "POST", "POST", true},
		{308, "POST", "POST", true},
		{301, "post", "post", true}, // another method than POST
		{303, "get", "GET", false},  // another method than GET
		{300, "POST", "POST", true}, // the user chooses
		{304, "GET", "GET", true},   // no redirect
		{305, "POST", "POST", true}, // deprecated
		{404, "POST", "POST", true},
		{404, "", "GET", true},
		{303, "", "GET", true},
		{301, "", "GET", true},
	} {
		next, keep := test.code.RedirectMethod(test.method)
		assert.Equal(t, test.next, next, "%d %s", int(test.code), test.method)
		assert.Equal(t, test.keep, keep, "%d %s", int(test.code), test.method)
	}
}

// Following a redirect never turns a safe request into an unsafe one.
func TestRedirectMethodStaysSafe(t *testing.T) {
	for _, c := range sweep() {
		for _, m := range reference.Methods() {
			if next, _ := c.RedirectMethod(m); reference.IsSafe(m) && !reference.IsSafe(next) {
				t.Errorf("RedirectMethod of %d turns %s into %s", int(c), m, next)
			}
		}
	}
}

func TestRedirectCode(t *testing.T) {
	for _, permanent := range []bool{false, true} {
		for _, preserve := range []bool{false, true} {
			r := httpstatus.Redirect{Permanent: permanent, PreserveMethod: preserve}
			c := r.Code()
			assert.Equal(t, reference.RedirectCode(permanent, preserve), int(c), "%+v", r)
			assert.True(t, c.IsRedirect(), "%+v", r)
			assert.Equal(t, permanent, c.IsPermanent(), "%+v", r)
			assert.Equal(t, preserve, c.PreservesMethod(), "%+v", r)
		}
	}
}
