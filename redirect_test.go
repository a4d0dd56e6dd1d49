package httpstatus_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/race"
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
		t.Run(fmt.Sprintf("%d %s", int(test.code), test.method), func(t *testing.T) {
			next, keep := test.code.RedirectMethod(test.method)
			assert.Equal(t, test.next, next, "%d %s", int(test.code), test.method)
			assert.Equal(t, test.keep, keep, "%d %s", int(test.code), test.method)
		})
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

var strict httpstatus.RedirectPolicy

// What the oracle calls a reason.
var redirectWords = map[httpstatus.RedirectReason]string{
	httpstatus.RedirectSameRequest:   "",
	httpstatus.RedirectBecomesGet:    "",
	httpstatus.RedirectNotCalledFor:  "no redirect",
	httpstatus.RedirectNoLocation:    "no location",
	httpstatus.RedirectManyLocations: "locations",
	httpstatus.RedirectBadURL:        "url",
	httpstatus.RedirectBadLocation:   "malformed",
	httpstatus.RedirectBackslash:     "backslash",
	httpstatus.RedirectNoHost:        "host",
	httpstatus.RedirectUserinfo:      "userinfo",
	httpstatus.RedirectScheme:        "scheme",
	httpstatus.RedirectDowngrade:     "downgrade",
	httpstatus.RedirectTooMany:       "too many",
	httpstatus.RedirectContentGone:   "content",
}

// asReference writes a plan as the oracle does.
func asReference(p httpstatus.RedirectPlan) reference.Plan {
	drops := func(name string) bool { return slices.Contains(p.DropHeaders, name) }
	return reference.Plan{
		Action: p.Action.String(), Why: redirectWords[p.Reason], Method: p.Method, URL: p.URL, KeepContent: p.KeepContent,
		DropAuth: drops("Authorization"), DropCookie: drops("Cookie"), DropType: drops("Content-Type"), DropFraming: drops("Content-Length"),
		CrossedOrigin: p.CrossedOrigin,
	}
}

func step(s httpstatus.RedirectStep) reference.Step {
	return reference.Step{
		Status: int(s.Status), Method: s.Method, URL: s.URL, Location: s.Location, HasContent: s.HasContent,
		Unrepeatable: s.Unrepeatable, Followed: s.Followed, CrossedOrigin: s.CrossedOrigin,
	}
}

// Every code and every method, with and without content that can be sent again,
// to the same origin and to another one.
func TestPlanAgainstReference(t *testing.T) {
	const from = "https://example.com/dir/a?b#c"
	targets := []string{"", "/x", "https://EXAMPLE.com:443/x", "https://example.com:444/x#y", "//example.org", "http://example.com/", "ftp://example.com/"}
	for code := httpstatus.Code(299); code <= 309; code++ { // for the others see TestPlanReturnsOthers
		for _, method := range append(reference.Methods(), "", "get", "post", "FROBNICATE") {
			for i, target := range targets {
				if i != 1 && !slices.Contains([]string{"", "GET", "HEAD", "POST", "PUT", "FROBNICATE"}, method) {
					continue // where it leads does not depend on the method, as these show
				}
				for flags := range 16 {
					s := httpstatus.RedirectStep{
						Status: code, Method: method, URL: from, Location: []string{target},
						HasContent: flags&1 != 0, Unrepeatable: flags&2 != 0, CrossedOrigin: flags&4 != 0, Followed: 19 + flags>>3,
					}
					if got, want := asReference(s.Plan(strict)), reference.StrictPlan(step(s)); got != want {
						assert.Equal(t, want, got, "strict, %+v", s)
					}
					resolved := ""
					if strings.Contains(target, "://") {
						resolved = strings.Replace(strings.ToLower(target), ":443", "", 1)
					} else if target == "//example.org" {
						resolved = "https://example.org/"
					} else {
						resolved = reference.Resolve(from, target)
					}
					if !strings.Contains(resolved, "#") {
						resolved += "#c"
					}
					if got, want := asReference(s.Plan(httpstatus.FetchRedirects())), reference.FetchPlan(step(s), resolved); got != want {
						assert.Equal(t, want, got, "Fetch, %+v", s)
					}
				}
			}
		}
	}
}

func TestPlanReturnsOthers(t *testing.T) {
	for code := httpstatus.Code(-1); code <= 1000; code++ {
		plan := httpstatus.RedirectStep{Status: code, URL: "http://a/", Location: []string{"/x"}}.Plan(strict)
		if code.IsRedirect() {
			assert.Equal(t, httpstatus.FollowRedirect, plan.Action, "%d", int(code))
		} else {
			assert.Equal(t, httpstatus.RedirectPlan{Reason: httpstatus.RedirectNotCalledFor}, plan, "%d", int(code))
		}
	}
}

func TestPlanRefuses(t *testing.T) {
	const plain, secure = "http://example.com/dir/a", "https://example.com/dir/a"
	one := func(location string) []string { return []string{location} }
	for _, tt := range []struct {
		why      string
		url      string
		location []string
		want     httpstatus.RedirectReason
	}{
		{"no Location", plain, nil, httpstatus.RedirectNoLocation},
		{"an empty one", plain, one(""), httpstatus.RedirectNoLocation},
		{"white space is no value", plain, one(" \t "), httpstatus.RedirectNoLocation},
		{"one twice is one", plain, []string{"/x", " /x"}, httpstatus.RedirectSameRequest},
		{"two that differ", plain, []string{"/x", "/y"}, httpstatus.RedirectManyLocations},
		{"two spellings of one target differ", plain, []string{"/x", "http://example.com/x"}, httpstatus.RedirectManyLocations},
		{"an empty one beside another", plain, []string{"", "/x"}, httpstatus.RedirectManyLocations},
		{"a comma is data, not a list (RFC 9110, Section 10.2.2)", plain, one("/x, /y"), httpstatus.RedirectBadLocation},
		{"without the space it is valid", plain, one("/x,/y"), httpstatus.RedirectSameRequest},

		{"https to http", secure, one("http://example.com/x"), httpstatus.RedirectDowngrade},
		{"in any case", secure, one("HTTP://example.com/x"), httpstatus.RedirectDowngrade},
		{"http to https is welcome", plain, one("https://example.com/x"), httpstatus.RedirectSameRequest},
		{"a script", plain, one("javascript:alert(1)"), httpstatus.RedirectScheme},
		{"a file", plain, one("file:///etc/passwd"), httpstatus.RedirectScheme},
		{"data, though malformed too", plain, one("data:text/html,<b>"), httpstatus.RedirectScheme},
		{"a host and port read as scheme", plain, one("localhost:8080/x"), httpstatus.RedirectScheme},
		{"a scheme cannot begin with a digit", plain, one("127.0.0.1:8080/x"), httpstatus.RedirectBadLocation},
		{"a colon in a later segment is fine", plain, one("./127.0.0.1:8080/x"), httpstatus.RedirectSameRequest},
		{"so it is in a query", plain, one("x?y:z"), httpstatus.RedirectSameRequest},
		{"nothing before the colon", plain, one("://example.com/"), httpstatus.RedirectBadLocation},

		{"a host for browsers, a path for others", plain, one(`/\evil.example/`), httpstatus.RedirectBackslash},
		{"the same twice", plain, one(`\\evil.example/`), httpstatus.RedirectBackslash},
		{"the host of which parser?", plain, one(`http://example.com\@evil.example/`), httpstatus.RedirectBackslash},
		{"anywhere", plain, one(`/x?y=\z`), httpstatus.RedirectBackslash},
		{"encoded it is no backslash", plain, one("/x%5Cy"), httpstatus.RedirectSameRequest},
		{"an empty authority", plain, one("http:///evil.example/"), httpstatus.RedirectNoHost},
		{"without scheme", plain, one("///evil.example/"), httpstatus.RedirectNoHost},
		{"two slashes alone", plain, one("//"), httpstatus.RedirectNoHost},
		{"a port alone", plain, one("http://:80/"), httpstatus.RedirectNoHost},
		{"a scheme without authority", plain, one("http:evil.example"), httpstatus.RedirectNoHost},
		{"with a path", plain, one("https:/evil.example"), httpstatus.RedirectNoHost},
		{"a scheme alone", plain, one("http:"), httpstatus.RedirectNoHost},
		{"a user name", plain, one("http://example.com@evil.example/"), httpstatus.RedirectUserinfo},
		{"a password", plain, one("//u:p@evil.example/"), httpstatus.RedirectUserinfo},
		{"an empty one", plain, one("http://@example.com/"), httpstatus.RedirectUserinfo},
		{"encoded it is userinfo to some", plain, one("http://example.com%40evil.example/"), httpstatus.RedirectBadLocation},
		{"an encoded slash in the host", secure, one("https://example.com%2f.evil.example/"), httpstatus.RedirectBadLocation},
		{"an encoded NUL", secure, one("https://example.com%00.evil.example/"), httpstatus.RedirectBadLocation},
		{"encoded line ends", secure, one("https://example.com%0d%0a.evil.example/"), httpstatus.RedirectBadLocation},
		{"an encoded percent sign", secure, one("https://example.com%252f.evil.example/"), httpstatus.RedirectBadLocation},
		{"an encoded sign that looks like a/c", secure, one("https://example.com%E2%84%80.evil.example/"), httpstatus.RedirectBadLocation},
		{"an encoded letter is that letter", secure, one("https://%65xample.com/"), httpstatus.RedirectSameRequest},
		{"in a path it is not", plain, one("/@x"), httpstatus.RedirectSameRequest},

		{"a space", plain, one("/a b"), httpstatus.RedirectBadLocation},
		{"UTF-8", plain, one("/\u00e4"), httpstatus.RedirectBadLocation},
		{"a host in UTF-8", plain, one("http://b\u00fccher.example/"), httpstatus.RedirectBadLocation},
		{"a line feed", plain, one("/a\nb"), httpstatus.RedirectBadLocation},
		{"a NUL", plain, one("/a\x00b"), httpstatus.RedirectBadLocation},
		{"DEL", plain, one("/a\x7fb"), httpstatus.RedirectBadLocation},
		{"brackets in a query (RFC 3986, Section 3.4)", plain, one("/?a[]=b"), httpstatus.RedirectBadLocation},
		{"braces", plain, one("/{id}"), httpstatus.RedirectBadLocation},
		{"a percent sign alone", plain, one("/100%"), httpstatus.RedirectBadLocation},
		{"with half a number", plain, one("/%2"), httpstatus.RedirectBadLocation},
		{"with another", plain, one("/%zz"), httpstatus.RedirectBadLocation},
		{"two fragments", plain, one("/#a#b"), httpstatus.RedirectBadLocation},
		{"a port with letters", plain, one("http://example.com:x/"), httpstatus.RedirectBadLocation},
		{"a port that TCP does not have", plain, one("http://example.com:65536/"), httpstatus.RedirectBadLocation},
		{"an empty port is the default one", plain, one("http://example.com:/"), httpstatus.RedirectSameRequest},
		{"two ports", plain, one("http://example.com:80:80/"), httpstatus.RedirectBadLocation},
		{"an IP literal", plain, one("http://[::1]:8080/"), httpstatus.RedirectSameRequest},
		{"with an IPv4 address in it", plain, one("http://[::ffff:1.2.3.4]/"), httpstatus.RedirectSameRequest},
		{"one that is not closed", plain, one("http://[::1/"), httpstatus.RedirectBadLocation},
		{"one that is no address", plain, one("http://[zz]/"), httpstatus.RedirectBadLocation},
		{"with something behind it", plain, one("http://[::1]x/"), httpstatus.RedirectBadLocation},
		{"with a zone (RFC 3986 has none)", plain, one("http://[fe80::1%25en0]/"), httpstatus.RedirectBadLocation},
		{"one of the future", plain, one("http://[v1.x:y]/"), httpstatus.RedirectSameRequest},

		{"in the caller's own URL a zone is the caller's affair", "http://[fe80::1%25en0]/a", one("b"), httpstatus.RedirectSameRequest},
		{"and so are encoded letters", "http://b%C3%BCcher.example/", one("x"), httpstatus.RedirectSameRequest},
		{"but plain ones are not by the grammar", "http://b\u00fccher.example/", one("x"), httpstatus.RedirectBadURL},
		{"no URL to begin from", "", one("http://example.com/"), httpstatus.RedirectBadURL},
		{"a relative one", "/dir/a", one("x"), httpstatus.RedirectBadURL},
		{"another scheme", "ftp://example.com/", one("http://example.com/"), httpstatus.RedirectBadURL},
		{"its query need not be by the book", "http://example.com/?a[]=b c", one("#x"), httpstatus.RedirectSameRequest},
		{"nor its path", "http://example.com/\\\u00e4/100%", one("x"), httpstatus.RedirectSameRequest},
		{"but it has no control characters", "http://example.com/\n", one("x"), httpstatus.RedirectBadURL},
		{"the user's own name in it is the user's affair", "http://u:p@example.com/", one("/x"), httpstatus.RedirectSameRequest},
	} {
		t.Run(tt.why, func(t *testing.T) {
			s := httpstatus.RedirectStep{Status: 302, URL: tt.url, Location: tt.location}
			plan := s.Plan(strict)
			assert.Equal(t, tt.want, plan.Reason, "%q", tt.location)
			assert.Equal(t, reference.StrictPlan(step(s)), asReference(plan), "%q", tt.location)
		})
	}
}

func TestPlanKeepsToLimits(t *testing.T) {
	for _, tt := range []struct {
		policy   httpstatus.RedirectPolicy
		number   int
		followed bool
	}{
		{strict, -5, true}, {strict, 0, true}, {strict, 19, true}, {strict, 20, false},
		{httpstatus.RedirectPolicy{MaxRedirects: 1}, 0, true}, {httpstatus.RedirectPolicy{MaxRedirects: 1}, 1, false},
		{httpstatus.RedirectPolicy{MaxRedirects: -1}, 0, false},
		{httpstatus.FetchRedirects(), 19, true}, {httpstatus.FetchRedirects(), 20, false},
		{httpstatus.NetHTTPRedirects(), 8, true}, {httpstatus.NetHTTPRedirects(), 9, false}, // ten requests
	} {
		t.Run(fmt.Sprintf("%d of %d, %v", tt.number, tt.policy.MaxRedirects, tt.followed), func(t *testing.T) {
			plan := httpstatus.RedirectStep{Status: 302, URL: "http://a/", Location: []string{"/x"}, Followed: tt.number}.Plan(tt.policy)
			if tt.followed {
				assert.Equal(t, httpstatus.FollowRedirect, plan.Action, "%+v", tt)
			} else {
				assert.Equal(t, httpstatus.RefuseRedirect, plan.Action, "%+v", tt)
				assert.Equal(t, httpstatus.RedirectTooMany, plan.Reason, "%+v", tt)
			}
		})
	}
}

// A chain that leaves its origin and comes back has lost its credentials.
func TestPlanDropsCredentialsForGood(t *testing.T) {
	policy := httpstatus.RedirectPolicy{SensitiveHeaders: []string{"X-Api-Key"}}
	s := httpstatus.RedirectStep{Status: 307, URL: "https://a.example/1"}
	for i, tt := range []struct {
		to   string
		want []string
	}{
		{"/2", nil},
		{"https://A.example:443/3", nil},
		{"https://b.a.example/4", []string{"Authorization", "Cookie", "Proxy-Authorization", "X-Api-Key"}},
		{"https://a.example/5", []string{"Authorization", "Cookie", "Proxy-Authorization", "X-Api-Key"}},
		{"/6", []string{"Authorization", "Cookie", "Proxy-Authorization", "X-Api-Key"}},
	} {
		s.Location, s.Followed = []string{tt.to}, i
		plan := s.Plan(policy)
		assert.Equal(t, httpstatus.FollowRedirect, plan.Action)
		assert.Equal(t, tt.want, plan.DropHeaders, "to %s", tt.to)
		s.URL, s.CrossedOrigin = plan.URL, plan.CrossedOrigin
	}
	for _, to := range []string{"http://a.example/", "https://a.example:444/", "https://a.example./", "https://[::1]/"} {
		plan := httpstatus.RedirectStep{Status: 302, URL: "https://a.example/", Location: []string{to}}.Plan(httpstatus.RedirectPolicy{AllowDowngrade: true})
		assert.True(t, plan.CrossedOrigin, "to %s", to)
		assert.Subset(t, plan.DropHeaders, []string{"Authorization", "Cookie", "Proxy-Authorization"}, "to %s", to)
	}
}

// What goes with the content: RFC 9110, Section 15.4.
func TestPlanDropsContentFields(t *testing.T) {
	s := httpstatus.RedirectStep{Status: 303, Method: "PUT", URL: "http://a/", Location: []string{"/x"}, HasContent: true, Unrepeatable: true}
	plan := s.Plan(strict)
	assert.Equal(t, "GET", plan.Method)
	assert.False(t, plan.KeepContent)
	assert.Equal(t, httpstatus.RedirectBecomesGet, plan.Reason)
	assert.Subset(t, plan.DropHeaders, []string{"Content-Encoding", "Content-Language", "Content-Location", "Content-Type",
		"Content-Length", "Digest", "Last-Modified", "Transfer-Encoding"})
	assert.NotContains(t, plan.DropHeaders, "Authorization")
	other := s
	other.Location = []string{"http://b/"}
	grown := append(plan.DropHeaders, "X")
	assert.Equal(t, "Authorization", other.Plan(strict).DropHeaders[len(grown)-1], "appending to a plan's fields changes no other plan")
}

func TestPlanRepairs(t *testing.T) {
	policy := httpstatus.RedirectPolicy{RepairLocation: true}
	for _, tt := range []struct{ location, want string }{
		{"/a b/\u00e4?c[]={d}#e f", "http://a/a%20b/%C3%A4?c%5B%5D=%7Bd%7D#e%20f"},
		{"/100%", "http://a/100%25"},
		{"/%41%zz", "http://a/%41%25zz"},
		{"x y", "http://a/b/x%20y"},
		{"/a\nb", ""},
		{`/a\b`, ""},
		{"http://a b/", ""},
		{"http://\u00e4/", ""},
	} {
		t.Run(tt.location, func(t *testing.T) {
			plan := httpstatus.RedirectStep{Status: 302, URL: "http://a/b/c", Location: []string{tt.location}}.Plan(policy)
			assert.Equal(t, tt.want, plan.URL, "%q: %v", tt.location, plan.Reason)
		})
	}
}

// The wait that a redirect asks for (RFC 9110, Section 10.2.3) is in every plan,
// whatever becomes of it, and of nothing but a redirect.
func TestPlanWaits(t *testing.T) {
	date := "Sun, 06 Nov 1994 08:49:37 GMT"
	for _, tt := range []struct {
		name     string
		step     httpstatus.RedirectStep
		want     time.Duration
		has      bool
		received time.Time
	}{
		{"nothing said", httpstatus.RedirectStep{Status: 302, Location: []string{"/x"}}, 0, false, received},
		{"seconds", httpstatus.RedirectStep{Status: 302, Location: []string{"/x"}, Header: map[string][]string{"retry-after": {"5"}}},
			5 * time.Second, true, time.Time{}},
		{"at once", httpstatus.RedirectStep{Status: 307, Location: []string{"/x"}, Header: map[string][]string{"Retry-After": {"0"}}},
			0, true, time.Time{}},
		{"a date", httpstatus.RedirectStep{Status: 303, Location: []string{"/x"}, Header: map[string][]string{"Retry-After": {date}}},
			10 * time.Second, true, received},
		{"by the server's clock", httpstatus.RedirectStep{Status: 303, Location: []string{"/x"},
			Header: map[string][]string{"Retry-After": {date}, "Date": {"Sun, 06 Nov 1994 08:49:30 GMT"}}}, 7 * time.Second, true, time.Time{}},
		{"a date and no clock", httpstatus.RedirectStep{Status: 303, Location: []string{"/x"}, Header: map[string][]string{"Retry-After": {date}}},
			0, false, time.Time{}},
		{"malformed", httpstatus.RedirectStep{Status: 301, Location: []string{"/x"}, Header: map[string][]string{"Retry-After": {"soon"}}},
			0, false, received},
		{"refused", httpstatus.RedirectStep{Status: 301, Location: []string{"ftp://a/"}, Header: map[string][]string{"Retry-After": {"5"}}},
			5 * time.Second, true, received},
		{"without a Location", httpstatus.RedirectStep{Status: 301, Header: map[string][]string{"Retry-After": {"5"}}}, 5 * time.Second, true, received},
		{"no redirect", httpstatus.RedirectStep{Status: 503, Header: map[string][]string{"Retry-After": {"5"}}}, 0, false, received},
	} {
		for _, p := range policies {
			t.Run(tt.name+", "+p.name, func(t *testing.T) {
				s := tt.step
				s.URL, s.Received = "https://a.example/", tt.received
				plan := s.Plan(p.policy)
				assert.Equal(t, tt.want, plan.Wait)
				assert.Equal(t, tt.has, plan.HasWait)
			})
		}
	}
}

func TestPlanAllocates(t *testing.T) {
	if race.Enabled {
		return // the race detector allocates for itself
	}
	s := httpstatus.RedirectStep{Status: 302, Method: "POST", URL: "https://example.com/a/b/c?d#e", HasContent: true}
	for _, tt := range []struct {
		policy   httpstatus.RedirectPolicy
		location string
		want     float64
	}{
		{strict, "../x?y", 1},                          // the URL
		{strict, "https://example.org/a#", 0},          // the URL is the Location
		{strict, "http://example.org/", 0},             // refused
		{strict, "", 0},                                // no Location
		{strict, "/" + strings.Repeat("x", 600), 2},    // a long one
		{httpstatus.FetchRedirects(), "../x?y", 1},     // the URL
		{httpstatus.FetchRedirects(), "//x\\..\\z", 1}, // the URL
		{httpstatus.NetHTTPRedirects(), "../x?y", 1},   // the URL
	} {
		t.Run(tt.location, func(t *testing.T) {
			s.Location = []string{tt.location}
			assert.Equal(t, tt.want, testing.AllocsPerRun(100, func() { sinkPlan = s.Plan(tt.policy) }), "%q", tt.location)
		})
	}
}

var sinkPlan httpstatus.RedirectPlan

// Whatever a server says: a plan that follows names an http or https URL that
// parses to itself, never a host that the Location hides from other parsers, and
// never sends on credentials beyond an origin.
func FuzzPlan(f *testing.F) {
	for _, location := range []string{"/x", "//a@b", `http:\\x`, "http://[::1]:80/..//./a?b#c", "#", "?", "a:b", "//b/%2e%2e/%", "0://", "0://a@b"} {
		f.Add(location, "http://example.com/a/b?c#d", 302, uint8(0))
		f.Add(location, "https://u@example.com:8443", 307, uint8(3))
	}
	f.Fuzz(func(t *testing.T, location, url string, status int, flags uint8) {
		s := httpstatus.RedirectStep{
			Status: httpstatus.Code(status), Method: "POST", URL: url, Location: []string{location},
			HasContent: flags&1 != 0, Unrepeatable: flags&2 != 0, CrossedOrigin: flags&4 != 0, Followed: int(flags >> 3),
		}
		plan := s.Plan(strict)
		assert.Equal(t, reference.StrictPlan(step(s)), asReference(plan))
		for _, policy := range []httpstatus.RedirectPolicy{strict, {RepairLocation: true, AllowDowngrade: true},
			httpstatus.FetchRedirects(), httpstatus.NetHTTPRedirects()} {
			plan := s.Plan(policy)
			if plan.Action != httpstatus.FollowRedirect {
				assert.Equal(t, httpstatus.RedirectPlan{Action: plan.Action, Reason: plan.Reason, CrossedOrigin: s.CrossedOrigin}, plan)
				continue
			}
			assert.True(t, plan.CrossedOrigin || !s.CrossedOrigin)
			assert.Equal(t, plan.CrossedOrigin, slices.Contains(plan.DropHeaders, "Authorization"))
			again := httpstatus.RedirectStep{Status: 302, URL: "http://a/", Location: []string{plan.URL}}.Plan(policy)
			_, rest, _ := strings.Cut(plan.URL, "://")
			host, _, _ := strings.Cut(rest, "/")
			host, _, _ = strings.Cut(host, "?")
			if strings.ContainsAny(host, "@%") || strings.ContainsAny(plan.URL, "\t\n ") {
				continue // user information, a zone or escapes that the URL had, or a query that net/url leaves as it is
			}
			assert.Equal(t, plan.URL, again.URL, "%v", again.Reason)
		}
	})
}

// Hosts on which parsers disagree, or that none should take. A plan refuses
// them rather than guess, and so do the presets, as the clients do that they
// stand for.
func TestPlanRefusesOddHosts(t *testing.T) {
	strict := httpstatus.RedirectPolicy{}
	for _, row := range []struct {
		policy   httpstatus.RedirectPolicy
		url      string // "" is https://example.com/
		location string
		want     httpstatus.RedirectReason // 0 for one that is followed
	}{
		{strict, "", "https://[v]/", httpstatus.RedirectBadLocation},      // IPvFuture without its dot
		{strict, "", "https://[v1.%41]/", httpstatus.RedirectBadLocation}, // and with an escape
		{strict, "", "https://[1:2:3:4:5:6:7:8]/", 0},
		{strict, "", "https://[1:2:3:4:5:6:7:8:9]/", httpstatus.RedirectBadLocation},
		{strict, "", "https://[1:2:3:4:5:6:7:8::]/", httpstatus.RedirectBadLocation}, // the gap stands for nothing
		{strict, "", "https://[1::2::3]/", httpstatus.RedirectBadLocation},
		{strict, "", "https://[::1.2.3.4]/", 0},
		{strict, "", "https://[1:2:3:4:5:6:7:1.2.3.4]/", httpstatus.RedirectBadLocation},
		{strict, "", "https://[::256.1.1.1]/", httpstatus.RedirectBadLocation},
		{strict, "", "https://[::01.1.1.1]/", httpstatus.RedirectBadLocation},
		{strict, "", "https://[::1.2.3]/", httpstatus.RedirectBadLocation},

		{httpstatus.FetchRedirects(), "", "https://[::1/", httpstatus.RedirectBadLocation},
		{httpstatus.FetchRedirects(), "", "https://a^b/", httpstatus.RedirectBadLocation},
		{httpstatus.FetchRedirects(), "", "https://0x/", 0}, // 0x is 0, and so 0.0.0.0
		{httpstatus.FetchRedirects(), "", "https://1.2.3.09/", httpstatus.RedirectBadLocation},
		{httpstatus.FetchRedirects(), "/relative", "https://a/", httpstatus.RedirectBadURL},
		{httpstatus.FetchRedirects(), "https://b\u00fccher.example/", "/x", httpstatus.RedirectBadURL}, // it is the URL, not the Location
		{httpstatus.FetchRedirects(), "https://b%C3%BCcher.example/", "//a/", httpstatus.RedirectBadURL},
		{httpstatus.FetchRedirects(), "https://[fe80::1%25en0]/", "x", httpstatus.RedirectBadURL},
		{httpstatus.FetchRedirects(), "https://a^/", "x", httpstatus.RedirectBadURL},
		{httpstatus.FetchRedirects(), "https://xn--bcher-kva.example/", "/x", 0},
		{httpstatus.FetchRedirects(), "https://a/b/", "..//%2e/c", 0},
		{httpstatus.FetchRedirects(), "", "https://[::1]x/", httpstatus.RedirectBadLocation},
		{httpstatus.FetchRedirects(), "", "https://1../", 0}, // does not end in a number, and so is a name
		{httpstatus.FetchRedirects(), "", "https://1.2..4/", httpstatus.RedirectBadLocation},

		{httpstatus.NetHTTPRedirects(), "https://a/\x01", "https://b/", httpstatus.RedirectBadURL},
		{httpstatus.NetHTTPRedirects(), "ftp://a/", "https://b/", httpstatus.RedirectBadURL},
		{httpstatus.NetHTTPRedirects(), "", "https://[fe80::1%25en0]/", 0},
		{httpstatus.NetHTTPRedirects(), "", "https://[fe80::1%25%65n0]/", 0},
		{httpstatus.NetHTTPRedirects(), "", "https://[fe80::1%25e%zz]/", httpstatus.RedirectBadLocation},
		{httpstatus.NetHTTPRedirects(), "", "https://[fe80::1%25e%0a]/", httpstatus.RedirectBadLocation},
		{httpstatus.NetHTTPRedirects(), "", "https://[fe80::1%25e^]/", httpstatus.RedirectBadLocation},
		{httpstatus.NetHTTPRedirects(), "https://a/b/", "..//./c", 0},
		{httpstatus.NetHTTPRedirects(), "", "//[fe80::1%25en0][::1]", httpstatus.RedirectBadLocation},
		{httpstatus.NetHTTPRedirects(), "", "//b[::1]/", httpstatus.RedirectBadLocation},
	} {
		t.Run(row.location, func(t *testing.T) {
			step := httpstatus.RedirectStep{Status: httpstatus.Found, URL: row.url, Location: []string{row.location}}
			if step.URL == "" {
				step.URL = "https://example.com/"
			}
			plan := step.Plan(row.policy)
			if row.want == 0 {
				assert.Equal(t, httpstatus.FollowRedirect, plan.Action, "%s to %s: %v", step.URL, row.location, plan.Reason)
				return
			}
			assert.Equal(t, httpstatus.RefuseRedirect, plan.Action, "%s to %s", step.URL, row.location)
			assert.Equal(t, row.want, plan.Reason, "%s to %s: %v", step.URL, row.location, plan.Reason)
		})
	}
}

// Origins are those of the parsed URLs, not of their spelling.
func TestFetchRedirectsOrigins(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		crossed  bool
	}{
		{"https://example.com/", "//EXAMPLE.com:443/x", false},
		{"https://example.com:443/", "//example.com/x", false},
		{"http://127.0.0.1/", "http://0x7f000001/", false},
		{"http://[::1]/", "http://[0::0:1]/", false},
		{"https://u@example.com/", "https://v@example.com/", false},
		{"https://example.com/", "http://example.com/", true},
		{"https://example.com/", "//example.com:444/", true},
		{"https://example.com/", "//a.example.com/", true},
		{"https://example.com/", "//example.com./", true},
	} {
		t.Run(tt.from+" to "+tt.to, func(t *testing.T) {
			plan := httpstatus.RedirectStep{Status: 307, URL: tt.from, Location: []string{tt.to}}.Plan(httpstatus.FetchRedirects())
			assert.Equal(t, tt.crossed, plan.CrossedOrigin, "%s to %s", tt.from, tt.to)
			if tt.crossed {
				assert.Equal(t, []string{"Authorization"}, plan.DropHeaders, "%s to %s", tt.from, tt.to)
			} else {
				assert.Nil(t, plan.DropHeaders, "%s to %s", tt.from, tt.to)
			}
		})
	}
}

var policies = []struct {
	name   string
	policy httpstatus.RedirectPolicy
}{
	{"strict (zero value)", httpstatus.RedirectPolicy{}},
	{"`FetchRedirects`", httpstatus.FetchRedirects()},
	{"`NetHTTPRedirects`", httpstatus.NetHTTPRedirects()},
}

func tableHead(first string) string {
	row, rule := "| "+first+" |", "| --- |"
	for _, p := range policies {
		row += " " + p.name + " |"
		rule += " --- |"
	}
	return row + "\n" + rule + "\n"
}

// methodTable says what becomes of each method and its content.
func methodTable() string {
	out := tableHead("status and method")
	for _, status := range []httpstatus.Code{301, 302, 303, 307, 308} {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "QUERY"} {
			out += fmt.Sprintf("| %d %s |", int(status), method)
			for _, p := range policies {
				plan := httpstatus.RedirectStep{Status: status, Method: method, URL: "http://a.example/", Location: []string{"/x"},
					HasContent: true}.Plan(p.policy)
				cell := plan.Method
				if !plan.KeepContent {
					cell += ", content dropped"
				}
				out += " " + cell + " |"
			}
			out += "\n"
		}
	}
	return out
}

// situationTable says what becomes of everything else.
func situationTable() string {
	out := tableHead("situation")
	const from = "https://a.example/dir/x#part"
	for _, tt := range []struct {
		situation string
		step      httpstatus.RedirectStep
	}{
		{"`Location: /y`", httpstatus.RedirectStep{Location: []string{"/y"}}},
		{"no Location", httpstatus.RedirectStep{}},
		{"`Location:` (empty)", httpstatus.RedirectStep{Location: []string{""}}},
		{"`/y` twice", httpstatus.RedirectStep{Location: []string{"/y", "/y"}}},
		{"`/y` and `/z`", httpstatus.RedirectStep{Location: []string{"/y", "/z"}}},
		{"`http://a.example/`: downgrade", httpstatus.RedirectStep{Location: []string{"http://a.example/"}}},
		{"`https://a.example:444/`: port", httpstatus.RedirectStep{Location: []string{"https://a.example:444/"}}},
		{"`https://sub.a.example/`: subdomain", httpstatus.RedirectStep{Location: []string{"https://sub.a.example/"}}},
		{"`https://b.example/`: other host", httpstatus.RedirectStep{Location: []string{"https://b.example/"}}},
		{"`https://u:p@b.example/`", httpstatus.RedirectStep{Location: []string{"https://u:p@b.example/"}}},
		{"`/\\b.example/`", httpstatus.RedirectStep{Location: []string{`/\b.example/`}}},
		{"`///b.example/`", httpstatus.RedirectStep{Location: []string{"///b.example/"}}},
		{"`https:y`", httpstatus.RedirectStep{Location: []string{"https:y"}}},
		{"`/a b?c[]=d`", httpstatus.RedirectStep{Location: []string{"/a b?c[]=d"}}},
		{"`/100%`", httpstatus.RedirectStep{Location: []string{"/100%"}}},
		{"`https://a.example%2f.b.example/`", httpstatus.RedirectStep{Location: []string{"https://a.example%2f.b.example/"}}},
		{"`HTTPS://B.example:443`", httpstatus.RedirectStep{Location: []string{"HTTPS://B.example:443"}}},
		{"`ftp://b.example/`", httpstatus.RedirectStep{Location: []string{"ftp://b.example/"}}},
		{"the tenth redirect", httpstatus.RedirectStep{Location: []string{"/y"}, Followed: 9}},
		{"the twenty-first redirect", httpstatus.RedirectStep{Location: []string{"/y"}, Followed: 20}},
		{"POST with 302, content that cannot be sent again",
			httpstatus.RedirectStep{Method: "POST", Location: []string{"/y"}, HasContent: true, Unrepeatable: true}},
		{"POST with 307, content that cannot be sent again",
			httpstatus.RedirectStep{Status: 307, Method: "POST", Location: []string{"/y"}, HasContent: true, Unrepeatable: true}},
	} {
		s := tt.step
		s.URL = from
		if s.Status == 0 {
			s.Status = 302
		}
		out += "| " + tt.situation + " |"
		for _, p := range policies {
			plan := s.Plan(p.policy)
			cell := plan.Action.String()
			switch plan.Action {
			case httpstatus.FollowRedirect:
				cell = "`" + plan.URL + "`"
				if plan.CrossedOrigin {
					cell += ", drops credentials"
				}
			default:
				cell += " (" + redirectWords[plan.Reason] + ")"
			}
			out += " " + cell + " |"
		}
		out += "\n"
	}
	return out
}

// fieldTable says which fields are dropped.
func fieldTable() string {
	out := tableHead("dropped")
	for _, tt := range []struct {
		when string
		step httpstatus.RedirectStep
	}{
		{"with the content", httpstatus.RedirectStep{Status: 303, Method: "POST", URL: "https://a.example/", Location: []string{"/y"}, HasContent: true}},
		{"with the origin", httpstatus.RedirectStep{Status: 307, URL: "https://a.example/", Location: []string{"https://b.example/"}}},
	} {
		out += "| " + tt.when + " |"
		for _, p := range policies {
			out += " " + strings.Join(tt.step.Plan(p.policy).DropHeaders, ", ") + " |"
		}
		out += "\n"
	}
	return out
}

// The tables in docs/redirects.md are what the plans say.
func TestRedirectDocs(t *testing.T) {
	doc, err := os.ReadFile("docs/redirects.md")
	require.NoError(t, err)
	for _, table := range []string{methodTable(), situationTable(), fieldTable()} {
		assert.Contains(t, string(doc), "\n\n"+table+"\n", "a table in docs/redirects.md should read:\n%s", table)
	}
}
