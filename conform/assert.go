package conform

import "net/http"

// T is the part of *testing.T that the helpers need.
type T interface {
	Errorf(format string, args ...any)
	Helper()
}

// Assert fails the test for each finding about x that is a warning or an
// error, and reports whether there was none. MinSeverity sets another
// threshold.
func Assert(t T, x Exchange, opts ...Option) bool {
	t.Helper()
	return fail(t, exchangeName(&x), Check(x, atLeastWarning(opts)...))
}

// AssertResponse is [Assert] for a response. Like [Response] it reads the body
// and replaces it.
func AssertResponse(t T, resp *http.Response, opts ...Option) bool {
	t.Helper()
	x := responseExchange(resp)
	return fail(t, exchangeName(&x), Response(resp, atLeastWarning(opts)...))
}

// AssertHandler returns a handler that calls next and fails the test for each
// finding that is a warning or an error; see [Handler]. Serve requests to it
// from an httptest.ResponseRecorder or an httptest.Server.
func AssertHandler(t T, next http.Handler, opts ...Option) http.Handler {
	return Handler(next, func(r *http.Request, findings []Finding) {
		t.Helper()
		fail(t, r.Method+" "+r.RequestURI, findings)
	}, atLeastWarning(opts)...)
}

func atLeastWarning(opts []Option) []Option {
	return append([]Option{MinSeverity(Warning)}, opts...)
}

func fail(t T, name string, findings []Finding) bool {
	t.Helper()
	for _, f := range findings {
		t.Errorf("%s: %s", name, f)
	}
	return len(findings) == 0
}

func exchangeName(x *Exchange) string {
	if x.Method == "" {
		return number(x.Status)
	}
	return x.Method + " " + x.Target
}
