package uri_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/internal/uri"
)

// resolve returns the target of a reference by RFC 3986, "" if there is none.
func resolve(t *testing.T, base, ref string, repair bool) string {
	b, problem := uri.Parse(base)
	require.Zero(t, problem, base)
	r, problem := b.Reference(ref, repair)
	if problem != 0 {
		return ""
	}
	return string(b.AppendTarget(nil, &r))
}

// The examples of RFC 3986, Section 5.4, with a base whose scheme is followed.
func TestURITargets(t *testing.T) {
	const base = "http://a/b/c/d;p?q"
	for _, tt := range []struct{ ref, want string }{
		// Section 5.4.1; "g:h" leads to another scheme and is a row elsewhere.
		{"g", "http://a/b/c/g"},
		{"./g", "http://a/b/c/g"},
		{"g/", "http://a/b/c/g/"},
		{"/g", "http://a/g"},
		{"//g", "http://g"},
		{"?y", "http://a/b/c/d;p?y"},
		{"g?y", "http://a/b/c/g?y"},
		{"#s", "http://a/b/c/d;p?q#s"},
		{"g#s", "http://a/b/c/g#s"},
		{"g?y#s", "http://a/b/c/g?y#s"},
		{";x", "http://a/b/c/;x"},
		{"g;x", "http://a/b/c/g;x"},
		{"g;x?y#s", "http://a/b/c/g;x?y#s"},
		{".", "http://a/b/c/"},
		{"./", "http://a/b/c/"},
		{"..", "http://a/b/"},
		{"../", "http://a/b/"},
		{"../g", "http://a/b/g"},
		{"../..", "http://a/"},
		{"../../", "http://a/"},
		{"../../g", "http://a/g"},
		// Section 5.4.2
		{"../../../g", "http://a/g"},
		{"../../../../g", "http://a/g"},
		{"/./g", "http://a/g"},
		{"/../g", "http://a/g"},
		{"g.", "http://a/b/c/g."},
		{".g", "http://a/b/c/.g"},
		{"g..", "http://a/b/c/g.."},
		{"..g", "http://a/b/c/..g"},
		{"./../g", "http://a/b/g"},
		{"./g/.", "http://a/b/c/g/"},
		{"g/./h", "http://a/b/c/g/h"},
		{"g/../h", "http://a/b/c/h"},
		{"g;x=1/./y", "http://a/b/c/g;x=1/y"},
		{"g;x=1/../y", "http://a/b/c/y"},
		{"g?y/./x", "http://a/b/c/g?y/./x"},
		{"g?y/../x", "http://a/b/c/g?y/../x"},
		{"g#s/./x", "http://a/b/c/g#s/./x"},
		{"g#s/../x", "http://a/b/c/g#s/../x"},
	} {
		t.Run(tt.ref, func(t *testing.T) {
			assert.Equal(t, tt.want, resolve(t, base, tt.ref, false))
		})
	}
}

// What is wrong with a reference, the first thing first.
func TestURIProblems(t *testing.T) {
	for _, tt := range []struct {
		ref  string
		want uri.Problem
	}{
		{"", 0}, {"/x", 0}, {"//[::1]:80", 0}, {"//[v1.x]/", 0}, {"//b.example", 0}, {"HTTP://b/", 0},
		{`ftp:\\u@`, uri.Scheme}, {"mailto:x", uri.Scheme},
		{`//u@b\`, uri.Backslash}, {`\b`, uri.Backslash},
		{"//u@", uri.Userinfo}, {"//@b", uri.Userinfo},
		{"//", uri.NoHost}, {"///b", uri.NoHost}, {"https:x", uri.NoHost}, {"//:80", uri.NoHost},
		{"//b:x", uri.Malformed}, {"//b:65536", uri.Malformed}, {"//[::1", uri.Malformed}, {"//[v1]", uri.Malformed}, {"//[fe80::1%25en0]", uri.Malformed},
		{"/a b", uri.Malformed}, {"/%zz", uri.Malformed}, {"?[", uri.Malformed}, {"#^", uri.Malformed}, {"1:b", uri.Malformed}, {"/\n", uri.Malformed},
	} {
		t.Run(tt.ref, func(t *testing.T) {
			base, problem := uri.Parse("http://a.example/x")
			require.Zero(t, problem)
			_, problem = base.Reference(tt.ref, false)
			assert.Equal(t, tt.want, problem)
		})
	}
	for in, want := range map[string]uri.Problem{
		"http://a": 0, "http://a/ b": 0, "http://u:p@a/": 0,
		"": uri.Scheme, "//a/": uri.Scheme, "ftp://a/": uri.Scheme, "http:a": uri.NoHost, "http://u@": uri.NoHost,
		"http://a b/": uri.Malformed, "http://a/\n": uri.Malformed,
		"http://u:p@[::1]/": 0, "http://u^@a/": uri.Malformed, "http://u^@[::1]/": uri.Malformed, "http://%zz@[v1.a]/": uri.Malformed,
		"http://[::1]@[::1]/": uri.Malformed, "http://u@[fe80::1%25en0]/": 0, "http://u^@[fe80::1%25en0]/": uri.Malformed,
	} {
		t.Run(in, func(t *testing.T) {
			_, problem := uri.Parse(in)
			assert.Equal(t, want, problem, in)
		})
	}
}

func TestSame(t *testing.T) {
	const base = "https://u@a.example/x/y?q#f"
	for ref, want := range map[string]bool{
		"": true, "#g": true, "?q": true, "y?q": true, "../x/y?q": true, "HTTPS://A.example:443/x/y?q": true, "//v@a.example/x/y?q": true,
		"y": false, "?r": false, "//a.example:444/x/y?q": false, "http://a.example/x/y?q": false, "//b.example/x/y?q": false,
		"mailto:x": false, "1:x": false, "//": false, "https:y?q": false, "y?q\n": false,
	} {
		assert.Equal(t, want, uri.Same(base, ref), ref)
	}
	assert.True(t, uri.Same("http://a", "/"))
	assert.True(t, uri.Same("http://a/", "//a"))
	assert.False(t, uri.Same("a", "a"))
}

// References as the URL standard reads them.
func TestWebTargets(t *testing.T) {
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
		t.Run(tt.why, func(t *testing.T) {
			base, problem := uri.ParseWeb(from)
			require.Zero(t, problem)
			ref, problem := base.Reference(tt.location)
			if problem != 0 {
				assert.Empty(t, tt.want, "%d", problem)
				return
			}
			target, ok := base.AppendTarget(nil, &ref)
			if assert.Equal(t, tt.want != "", ok) && ok {
				assert.Equal(t, tt.want, string(target))
			}
		})
	}
}

// A reference seen from bases that are not in their normal form.
func TestWebBases(t *testing.T) {
	for _, tt := range []struct{ why, from, location, want string }{
		{"no path", "https://example.com", "x", "https://example.com/x"},
		{"no path, but a query", "https://example.com?b", "x", "https://example.com/x"},
		{"a last segment", "https://example.com/a/b", "x", "https://example.com/a/x"},
		{"a backslash before it", `https://example.com/a\b`, "x", "https://example.com/a/x"},
		{"dot segments in it", "https://example.com/a/./b/../c", "x", "https://example.com/a/x"},
		{"one at its end", "https://example.com/a/b/..", "x", "https://example.com/a/x"},
		{"a single dot at its end", "https://example.com/a/.", "x", "https://example.com/a/x"},
		{"an encoded one", "https://example.com/a/b/%2E%2e", "x", "https://example.com/a/x"},
		{"one behind a backslash", `https://example.com/a\b\..`, "x", "https://example.com/a/x"},
		{"one that stands for an empty segment", "https://example.com//..", "x", "https://example.com/x"},
		{"one alone", "https://example.com/..", "x", "https://example.com/x"},
		{"and up", "https://example.com/a/b/c/..", "../x", "https://example.com/a/x"},
		{"with a slash behind it", "https://example.com/a/b/../", "x", "https://example.com/a/x"},
		{"three dots are a name", "https://example.com/a/...", "x", "https://example.com/a/x"},
		{"the same URL", "https://example.com/a/b/..", "", "https://example.com/a/"},
		{"another query", "https://example.com/a/b/..?b", "?x", "https://example.com/a/?x"},
		{"a path of its own", "https://example.com/a/b/..", "/x", "https://example.com/x"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			base, problem := uri.ParseWeb(tt.from)
			require.Zero(t, problem)
			ref, problem := base.Reference(tt.location)
			require.Zero(t, problem)
			target, ok := base.AppendTarget(nil, &ref)
			assert.True(t, ok)
			assert.Equal(t, tt.want, string(target))
		})
	}
}

// A path of a megabyte is read in one pass, whatever separates its segments; else
// this would not end.
func TestWebLongPaths(t *testing.T) {
	for _, segment := range []string{`a\`, "a/", `..\`, `a\../`, `%2e\`} {
		base, problem := uri.ParseWeb("https://example.com/" + strings.Repeat(segment, 1<<20/len(segment)) + "x")
		require.Zero(t, problem)
		ref, problem := base.Reference("y")
		require.Zero(t, problem)
		target, ok := base.AppendTarget(nil, &ref)
		assert.True(t, ok)
		assert.True(t, strings.HasSuffix(string(target), "/y"), "%s", segment)
	}
}

// FuzzWeb: the normal form of a URL is as good a base as the URL, and is its own
// normal form.
func FuzzWeb(f *testing.F) {
	for _, location := range []string{"x", "..//x", "//a@b:1", "http:x", `\\a\%2e`, "?a b#c d", "", "#", "//0x7f.1"} {
		f.Add(location, "https://example.com/a/b/..?c#d")
		f.Add(location, `http://u:p@EXAMPLE.com:80\..\\%2e`)
	}
	f.Fuzz(func(t *testing.T, location, from string) {
		resolve := func(from, location string) (string, bool) {
			base, problem := uri.ParseWeb(from)
			if problem != 0 {
				return "", false
			}
			ref, problem := base.Reference(location)
			if problem != 0 {
				return "", false
			}
			target, ok := base.AppendTarget(nil, &ref)
			return string(target), ok
		}
		normal, ok := resolve(from, "")
		if !ok {
			return
		}
		again, ok := resolve(normal, "")
		assert.True(t, ok)
		assert.Equal(t, normal, again)
		want, wantOK := resolve(from, location)
		got, ok := resolve(normal, location)
		assert.Equal(t, wantOK, ok)
		if ok {
			assert.Equal(t, want, got)
		}
	})
}

// FuzzGo: whatever they are, a URL is read, and a reference seen from it is
// resolved, as net/url does.
func FuzzGo(f *testing.F) {
	for _, location := range []string{"/..//x", "//a@b:1", "http://[::1%25en0]/", "?a b#c d", "/%2e%2e /x", "///x", "#", "x/../../..",
		"//%41", "http://b%c3/"} {
		f.Add(location, "http://example.com/a%2fb/c d?e#f")
		f.Add(location, "https://u:@example.com")
	}
	f.Fuzz(func(t *testing.T, location, from string) {
		base, err := url.Parse(from)
		b, problem := uri.ParseGo(from)
		if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" || badPort(base) {
			return // such a request is not sent
		}
		require.Zero(t, problem)
		target, err := base.Parse(location)
		ref, problem := b.Reference(location)
		if err != nil || target.Scheme != "http" && target.Scheme != "https" || target.Host == "" || badPort(target) {
			assert.NotZero(t, problem, "%v", err)
			return
		}
		require.Zero(t, problem)
		assert.Equal(t, target.String(), string(b.AppendTarget(nil, &ref)))
	})
}

// badPort reports whether only dialling fails.
func badPort(u *url.URL) bool {
	if strings.Count(u.Host, ":") > 1 && !strings.HasPrefix(u.Host, "[") {
		return true // GODEBUG=urlstrictcolons decides
	}
	port := u.Port()
	return len(port) > 5 && strings.TrimLeft(port, "0") == port || len(port) == 5 && port > "65535"
}

// Every byte, percent-encoded in the host of a reference: readers that decode it
// have to find the same host as those that do not.
func TestEncodedInHost(t *testing.T) {
	base, problem := uri.Parse("https://trusted.example/")
	require.Zero(t, problem)
	for b := range 256 {
		want := uri.Malformed
		// The forbidden domain code points of the URL standard, and what is not ASCII.
		if b > ' ' && b < 0x7F && !strings.ContainsRune("#%/:<>?@[\\]^|", rune(b)) {
			want = 0
		}
		for _, ref := range []string{"https://trusted.example%%%02X.evil.example/", "//%%%02x"} {
			ref = fmt.Sprintf(ref, b)
			_, problem := base.Reference(ref, true)
			assert.Equal(t, want, problem, ref)
		}
	}
	// In the caller's own URL they are the caller's affair.
	_, problem = uri.Parse("https://b%C3%BCcher.example/")
	assert.Zero(t, problem)
}

// A zone names an interface of this machine (RFC 6874): the caller's own URL may
// have one, and a reference may not.
func TestZone(t *testing.T) {
	for in, want := range map[string]uri.Problem{
		"http://[fe80::1%25en0]/x": 0, "http://[fe80::1%25en0]:8080": 0, "http://[fe80::1%25e%6e0]/": 0, "http://u@[::1%25a-b.c_d~1]/": 0,
		"http://[fe80::1%25]/": uri.Malformed, "http://[fe80::1%en0]/": uri.Malformed, "http://[%25en0]/": uri.Malformed,
		"http://[fe80::1%25en0/": uri.Malformed,
		"http://fe80::1%25en0/":  uri.Malformed, "http://[fe80::1%25e%zz]/": uri.Malformed, "http://[fe80::1%25e n]/": uri.Malformed,
		"http://[fe80::1%25a][::1]/": uri.Malformed, "http://[fe80::1%25en0]:x/": uri.Malformed, "http://[v1.x%25en0]/": uri.Malformed,
		"http://x[::1%25en0]/": uri.Malformed,
	} {
		t.Run(in, func(t *testing.T) {
			_, problem := uri.Parse(in)
			assert.Equal(t, want, problem, in)
		})
	}
	base, problem := uri.Parse("http://[fe80::1%25en0]:8080/a/b")
	require.Zero(t, problem)
	ref, problem := base.Reference("../c", false)
	require.Zero(t, problem)
	assert.Equal(t, "http://[fe80::1%25en0]:8080/c", string(base.AppendTarget(nil, &ref)))
	assert.True(t, base.SameOrigin(&ref))
	assert.True(t, uri.Same("http://[fe80::1%25en0]/a", "a"))
	_, problem = base.Reference("http://[fe80::1%25en0]:8080/c", false)
	assert.Equal(t, uri.Malformed, problem)
}

// What net/url does with a slash that appears when a path is
// encoded anew, and with brackets within a host.
func TestGoTargets(t *testing.T) {
	for ref, want := range map[string]string{
		"%2F\u00e9": "http://a.example/%C3%A9", "%2f%2F\u00e9": "http://a.example//%C3%A9", "%2F": "http://a.example/dir/%2F",
		"/%2F\u00e9": "http://a.example//%C3%A9",
		"x%2F\u00e9": "http://a.example/dir/x/%C3%A9", "%2F..%2Fz\u00e9": "http://a.example/z%C3%A9", "..%2F\u00e9": "http://a.example/%C3%A9",
		"//[fe80::1%25en0][::1]": "", "//[::1][::1]": "", "//[::1]x": "", "//x[::1]": "", "//[[::1]]": "",
	} {
		t.Run(ref, func(t *testing.T) {
			base, problem := uri.ParseGo("http://a.example/dir/x")
			require.Zero(t, problem)
			r, problem := base.Reference(ref)
			if want == "" {
				assert.Equal(t, uri.Malformed, problem)
				return
			}
			require.Zero(t, problem)
			assert.Equal(t, want, string(base.AppendTarget(nil, &r)))
			b, err := url.Parse("http://a.example/dir/x")
			require.NoError(t, err)
			target, err := b.Parse(ref)
			require.NoError(t, err)
			assert.Equal(t, target.String(), want)
		})
	}
}

// What net/url refuses, and what net/http then has no host or no scheme for.
func TestGoProblems(t *testing.T) {
	base, problem := uri.ParseGo("http://u:p@a.example:80/x")
	require.Zero(t, problem)
	for ref, want := range map[string]uri.Problem{
		"": 0, "#%41": 0, "///b": 0, "//b.example": 0, "http://v:w@b/": 0, "//b<\">]": 0, "//%C3%A9": 0, "//[::1]": 0,
		"//[fe80::1%25e%20%25n]:80": 0, "/a b": 0, "//b:": 0,
		"\n": uri.Malformed, "/\x7f": uri.Malformed, "1:b": uri.Malformed, "/%zz": uri.Malformed, "#%zz": uri.Malformed,
		"//v w@b/": uri.Malformed, "//v%zz@b": uri.Malformed, "//b:x": uri.Malformed, "//[::1": uri.Malformed,
		"//[fe80::1%25]": uri.Malformed, "//[zz]": uri.Malformed,
		"//[fe80::1%25%zz]": uri.Malformed, "//[fe80::1%25e^]": uri.Malformed, "//[fe80::1%25e%0a]": uri.Malformed, "//b%41": uri.Malformed,
		"//b%zz": uri.Malformed, "//b c": uri.Malformed,
		"ftp://b/": uri.Scheme, "mailto:x": uri.Scheme,
		"http:x": uri.NoHost, "http://": uri.NoHost, "https:": uri.NoHost,
	} {
		t.Run(ref, func(t *testing.T) {
			_, problem := base.Reference(ref)
			assert.Equal(t, want, problem, ref)
		})
	}
	for in, want := range map[string]uri.Problem{"http://a": 0, "\n": uri.Malformed, "a": uri.Scheme, "ftp://a": uri.Scheme,
		"http://": uri.NoHost, "http:a": uri.NoHost} {
		_, problem := uri.ParseGo(in)
		assert.Equal(t, want, problem, in)
	}
}

// The domain and what is below it, as far as the text tells.
func TestWithin(t *testing.T) {
	for _, tt := range []struct {
		base, ref string
		want      bool
	}{
		{"http://a.example", "/x", true}, {"http://a.example", "https://a.example:444", true}, {"http://a.example", "//b.a.example", true},
		{"http://a.example", "//ba.example", false}, {"http://a.example", "//A.example", false}, {"http://b.a.example", "//a.example", false},
		{"http://[::1]", "//[::1]:80", true}, {"http://[::1]", "//[::2]", false}, {"http://example", "//b%C3%A9.example", false},
	} {
		base, problem := uri.ParseGo(tt.base)
		require.Zero(t, problem)
		ref, problem := base.Reference(tt.ref)
		require.Zero(t, problem)
		assert.Equal(t, tt.want, base.Within(&ref), "%s from %s", tt.ref, tt.base)
	}
}

// Origins of the URL standard are those of normalized URLs.
func TestWebOrigins(t *testing.T) {
	for _, tt := range []struct {
		base, ref string
		want      bool
	}{
		{"https://a.example/", "x", true}, {"https://a.example/", "//A.example:443", true}, {"http://127.0.0.1/", "http://0x7f000001/", true},
		{"http://[::1]/", "http://[0::0:1]/", true}, {"https://a.example/", "http://a.example/", false}, {"https://a.example/", "//a.example:444/", false},
		{"https://a.example/", "//a.example./", false}, {"https://a.example/", "//b^/", false},
	} {
		base, problem := uri.ParseWeb(tt.base)
		require.Zero(t, problem)
		ref, problem := base.Reference(tt.ref)
		require.Zero(t, problem)
		assert.Equal(t, tt.want, base.SameOrigin(&ref), "%s from %s", tt.ref, tt.base)
	}
	for in, want := range map[string]uri.Problem{
		"http://a": 0, "\thttp:\\\\a\n": 0, "a": uri.Malformed, "ftp://a": uri.Scheme, "http://": uri.NoHost, "http://a:x": uri.Malformed,
		"http://b\u00fccher": uri.Malformed, "http://b%C3%BCcher": uri.Malformed, "http://[::1": uri.Malformed,
		"http://[zz]": uri.Malformed, "http://1.2.3.4.5": uri.Malformed, "http://0x/": 0, "http://1..": 0, "http://1..2": uri.Malformed,
	} {
		t.Run(in, func(t *testing.T) {
			_, problem := uri.ParseWeb(in)
			assert.Equal(t, want, problem, in)
		})
	}
}

// IP literals as RFC 3986 has them.
func TestIPLiterals(t *testing.T) {
	base, problem := uri.Parse("http://a/")
	require.Zero(t, problem)
	for host, valid := range map[string]bool{
		"[::]": true, "[1:2:3:4:5:6:7:8]": true, "[1::8]": true, "[::1.2.3.4]": true, "[1:2:3:4:5:6:1.2.3.4]": true, "[v1.x:y]": true,
		"[VF.!]": true, "[ABCD:ef01::]": true,
		"[]": false, "[1]": false, "[1:2:3:4:5:6:7:8:9]": false, "[1:2:3:4:5:6:7:8::]": false, "[1::2::3]": false,
		"[1:2:3:4:5:6:7:1.2.3.4]": false, "[12345::]": false,
		"[:1]": false, "[1:]": false, "[1:x]": false, "[::256.1.1.1]": false, "[::01.1.1.1]": false, "[::1.2.3]": false,
		"[::1.2.3.4.5]": false, "[::1.2.3.x]": false, "[::1.2.3.4x]": false,
		"[v]": false, "[v1]": false, "[v1.]": false, "[v.x]": false, "[v1.%41]": false, "[v1.x@]": false, "[::1": false, "[": false,
	} {
		t.Run(host, func(t *testing.T) {
			_, problem := base.Reference("//"+host+"/", false)
			assert.Equal(t, valid, problem == 0, "%s: %d", host, problem)
		})
	}
}
