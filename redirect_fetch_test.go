package httpstatus_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
)

// How the Fetch standard reads a Location, by the URL standard's parser.
func TestFetchRedirectsTargets(t *testing.T) {
	const from = "https://example.com/dir/a?b#c"
	for _, tt := range []struct{ why, location, want string }{
		{"an empty one is this URL", "", "https://example.com/dir/a?b#c"},
		{"so is white space", " \t", "https://example.com/dir/a?b#c"},
		{"a fragment of its own", "x#", "https://example.com/dir/x#"},
		{"the fragment is inherited", "x", "https://example.com/dir/x#c"},
		{"and so with a query alone", "?x", "https://example.com/dir/a?x#c"},
		{"a host alone has a path", "http://example.org", "http://example.org/#c"},
		{"case, default port, dot segments", "HTTPS://EXAMPLE.org:443/a/./b/../%7e", "https://example.org/a/%7e#c"},
		{"encoded dot segments", "/a/%2e%2E/b/%2e", "https://example.com/b/#c"},
		{"three dots are a name", "/a/.%2e./...", "https://example.com/a/.%2e./...#c"},
		{"more dots than segments", "../../../x", "https://example.com/x#c"},
		{"backslashes are slashes", `\\example.org\a\..\b`, "https://example.org/b#c"},
		{"a slash too many", "///example.org", "https://example.org/#c"},
		{"or too few", "http:example.org", "http://example.org/#c"},
		{"but relative with its own scheme", "https:x", "https://example.com/dir/x#c"},
		{"tabs and line ends are dropped", "\t/a\n\tb", "https://example.com/ab#c"},
		{"a space is encoded", "/a b?c d#e f", "https://example.com/a%20b?c%20d#e%20f"},
		{"so is UTF-8", "/\u00e4?\u00e4#\u00e4", "https://example.com/%C3%A4?%C3%A4#%C3%A4"},
		{"each part has its own set", "/^`{}|'?^`{}|'#^`{}|'", "https://example.com/%5E%60%7B%7D|'?^`{}|%27#^%60{}|'"},
		{"a percent sign stays", "/100%/%zz", "https://example.com/100%/%zz#c"},
		{"brackets stay", "/[]?[]", "https://example.com/[]?[]#c"},
		{"user information is kept", "//u:p@example.org", "https://u:p@example.org/#c"},
		{"and encoded", "//u@v:p;q@example.org", "https://u%40v:p%3Bq@example.org/#c"},
		{"the host is decoded", "//%65xample.org", "https://example.org/#c"},
		{"an address in other numbers", "//0x7f.1", "https://127.0.0.1/#c"},
		{"in one number", "//2130706433", "https://127.0.0.1/#c"},
		{"in octal, with a dot", "//0300.0250.01.", "https://192.168.0.1/#c"},
		{"too large", "//256.256.256.256", ""},
		{"too many", "//1.2.3.4.5", ""},
		{"a name that ends in a number", "//a.09", ""},
		{"IPv6", "//[0:0:0:1:0:0:0:0]:8443", "https://[0:0:0:1::]:8443/#c"},
		{"IPv6 with IPv4", "//[::FFFF:127.0.0.1]", "https://[::ffff:7f00:1]/#c"},
		{"IPv6 that is none", "//[::1", ""},
		{"with a zone", "//[fe80::1%25en0]", ""},
		{"no host", "https://", ""},
		{"no host but a port", "//:80", ""},
		{"no host but a user", "//u@", ""},
		{"a port with letters", "//example.org:x", ""},
		{"a port that TCP does not have", "//example.org:65536", ""},
		{"a space in the host", "//exa mple.org", ""},
		{"a host that is not ASCII would go through IDNA", "//b\u00fccher.example", ""},
		{"another scheme", "ftp://example.org", ""},
		{"a script", "javascript:alert(1)", ""},
	} {
		plan := httpstatus.RedirectStep{Status: 302, URL: from, Location: []string{tt.location}}.Plan(httpstatus.FetchRedirects)
		assert.Equal(t, tt.want, plan.URL, "%s: %q: %v", tt.why, tt.location, plan.Reason)
		if tt.want == "" {
			assert.Equal(t, httpstatus.RefuseRedirect, plan.Action, tt.why)
		}
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
		plan := httpstatus.RedirectStep{Status: 307, URL: tt.from, Location: []string{tt.to}}.Plan(httpstatus.FetchRedirects)
		assert.Equal(t, tt.crossed, plan.CrossedOrigin, "%s to %s", tt.from, tt.to)
		if tt.crossed {
			assert.Equal(t, []string{"Authorization"}, plan.DropHeaders, "%s to %s", tt.from, tt.to)
		} else {
			assert.Nil(t, plan.DropHeaders, "%s to %s", tt.from, tt.to)
		}
	}
}
