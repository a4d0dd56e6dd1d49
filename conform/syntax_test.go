package conform

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// References as RFC 3986 has them, and such as it does not.
func TestURIProblem(t *testing.T) {
	for _, s := range []string{
		// RFC 3986, Section 1.1.2, and the references of Section 5.4.1.
		"ftp://ftp.is.co.za/rfc/rfc1808.txt", "http://www.ietf.org/rfc/rfc2396.txt", "ldap://[2001:db8::7]/c=GB?objectClass?one",
		"mailto:John.Doe@example.com", "news:comp.infosystems.www.servers.unix", "tel:+1-816-555-1212", "telnet://192.0.2.16:80/",
		"urn:oasis:names:specification:docbook:dtd:xml:4.1.2", "g:h", "g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "g#s",
		"g?y#s", ";x", "g;x", "g;x?y#s", "", ".", "./", "..", "../", "../g", "../..", "../../g",
		// Edges.
		"http://user:pa%3Ass@example.com:8080/", "http://example.com:/", "file:///etc/hosts", "http://[v7.a:b]/", "//", "a/b:c", "/a:b//c",
		"http://%41/", "?a/b?c=:@", "#a/b?c", "./a!$&'()*+,;=:@-._~",
	} {
		assert.Empty(t, uriProblem(s), "%q", s)
	}
	for s, problem := range map[string]string{
		"a b": "a space", "\ta": "a control character", "a\x7f": "a control character", "é": "a character outside ASCII",
		"a\"b": `a character that a URI cannot hold, "\""`, "<a>": "cannot hold", "a|b": "cannot hold",
		"{id}": "cannot hold", "a^b": "cannot hold", "`": "cannot hold",
		"%": "percent", "%4": "percent", "%zz": "percent", "a#b#c": "a second #", ":a": "a colon", "1a:b": "a colon", "a_b:c": "a colon",
		"http://": "an empty host", "https://:443/": "an empty host", "HTTP:///a": "an empty host", "http://u@/": "an empty host",
		"http://a:b/": "a port", "http://[::1/": "a host", "http://[::1%25eth0]/": "brackets", "http://[127.0.0.1]/": "brackets", "http://[v7]/": "brackets",
		"http://[vx.a]/": "brackets", "http://[v.a]/": "brackets", "http://::1/": "a host", "http://a@b@c/": "user information", "//a]b/": "a host",
		"/a[0]": "a square bracket", "?a[]=1": "a square bracket", "#[": "a square bracket",
	} {
		assert.Contains(t, uriProblem(s), problem, "%q", s)
	}
}

func TestParseContentRange(t *testing.T) {
	for value, problem := range map[string]string{
		"bytes 0-0/1": "", "bytes 0-0/*": "", "bytes */0": "", "x-items 5-9/10": "", "bytes 007-7/8": "",
		"": "no range unit", "bytes": "no range unit", "bytes=0-0/1": "no range unit", " 0-0/1": "no range unit", "bytes\t0-0/1": "no range unit",
		"bytes 0-0": "no complete length", "bytes */": "no complete length", "bytes */*": "no complete length", "bytes 0-0/x": "no complete length",
		"bytes 0-0/": "no complete length", "bytes  0-0/1": "no first and last position", "bytes 0/1": "no first and last position",
		"bytes -1/2": "no first and last position", "bytes 0-/2": "no first and last position", "bytes 0 - 0/1": "no first and last position",
		"bytes 5-4/9": "the last position is less than the first", "bytes 0-9/9": "the complete length does not reach the last position",
		"bytes 0-9/09": "the complete length does not reach the last position",
	} {
		_, got := parseContentRange(value)
		assert.Equal(t, problem, got, "%q", value)
	}
	r, _ := parseContentRange("bytes 0-9223372036854775807/*")
	_, ok := r.size()
	assert.False(t, ok, "one more than fits")
	r, _ = parseContentRange("bytes 1-9223372036854775807/*")
	n, ok := r.size()
	assert.True(t, ok)
	assert.EqualValues(t, int64(math.MaxInt64), n)
}

func TestMembers(t *testing.T) {
	for list, want := range map[string]string{
		"": "", ",": "", " , ,": "", "a": "a", " a ,\tb,,c ": "a|b|c", `a="b,c",d`: `a="b,c"|d`, `a="b\",c",d`: `a="b\",c"|d`,
		`<a,b>;c,d`: `<a,b>;c|d`, `"a,b`: `"a,b`, `"a\`: `"a\`, "<a,b": "<a,b", "a>,b": "a>|b",
	} {
		var got []string
		for m := range members([]string{list}) {
			got = append(got, m)
		}
		assert.Equal(t, want, strings.Join(got, "|"), "%q", list)
	}
}

func TestHasRelation(t *testing.T) {
	for link, want := range map[string]bool{
		`<a>; rel=x`: true, `<a>;rel="x"`: true, `<a>;REL="y X"`: true, `<a>; title="; rel=x"; rel=y`: false, `<a>; rel`: false, `a; rel=x`: false,
		`<a; rel=x`: false, `<a>; rel="y`: false, `<a>;;; rel=x`: true, `<a>; rel = x ; b`: true, `<a>; =x; rel=x`: false, `<a>; rel="\"x"`: false,
		`<a>; rel=xy`: false, `<rel=x>`: false, `<a>; b, <c>; rel=x`: true,
	} {
		assert.Equal(t, want, hasRelation([]string{link}, "x"), link)
	}
}

func TestStartsWithScheme(t *testing.T) {
	for value, want := range map[string]bool{
		"Basic": true, "Basic realm=a": true, "Basic, Bearer": true, ",Basic": true, "Negotiate YQ==": true, "Basic a = b": true,
		"": false, ",": false, "realm=a": false, `realm="a"`: false, "realm =a": false, "realm = a": false, "=a": false, `"Basic"`: false, "Basic/realm": false,
	} {
		assert.Equal(t, want, startsWithScheme([]string{value}), "%q", value)
	}
}

func TestLeak(t *testing.T) {
	for text, want := range map[string]string{
		"goroutine 12 [chan receive]:": "a Go stack trace", "http: panic: runtime error: x": "a Go stack trace",
		"a goroutine leaks, goroutine 1, goroutine [1]":                         "",
		"Exception in thread \"main\" java.lang.Error":                          "a Java stack trace",
		"\tat a.b.C.d(C.java:12)\n":                                             "a Java stack trace",
		"\tat a.b.CKt.d(C.kt:12)":                                               "a Java stack trace",
		"see Main.java:12 (line 12), C.java:(1), at (C.java:12":                 "",
		"Traceback (most recent call last):\n":                                  "a Python traceback",
		"a traceback":                                                           "",
		"ERROR: syntax error at or near \"SELEC\" (SQLSTATE 42601)":             "the text of a database error",
		"You have an error in your SQL syntax; check the manual":                "the text of a database error",
		"Error 1062 (23000): Duplicate entry 'a' for key 'users.name'":          "the text of a database error",
		"UNIQUE constraint failed: users.name":                                  "the text of a database error",
		`{"error":"near \"SELEC\": syntax error"}`:                              "the text of a database error",
		"ORA-00001: unique constraint (A.B) violated":                           "the text of a database error",
		"FLORA-12345: a plant":                                                  "",
		"ORA-1: short, ORA-123456: long, PANORA-MA":                             "",
		"SQL, a syntax error, a constraint, a panic and an exception are words": "",
	} {
		assert.Equal(t, want, leak([]byte(text)), text)
	}
}

// FuzzObjectMembers: of a valid object, the members are those that
// encoding/json finds, and a value is truthy if it is something; anything else
// is walked through without a panic.
func FuzzObjectMembers(f *testing.F) {
	for _, s := range []string{`{}`, ` { "a" : 1 , "b":[{},"]"],"c":"\"}","d\u0061":null, "e":-0.0e-1 } `,
		`{"a":{"b":[1,2]},"":"\\"}`, `{"a"`, `[1]`, `{"a":`, `"`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got := map[string]string{}
		rest := text
		for {
			m, more, ok := nextObjectMember(rest)
			if !ok {
				break
			}
			if len(m.value) == 0 || len(more) >= len(rest) {
				t.Fatalf("no progress in %q", rest)
			}
			var name string
			if json.Unmarshal([]byte(`"`+string(m.name)+`"`), &name) == nil {
				got[name] = string(m.value)
			}
			rest = more
		}
		var want map[string]json.RawMessage
		if !json.Valid(text) || json.Unmarshal(text, &want) != nil {
			return
		}
		if len(got) != len(want) {
			t.Fatalf("%q: %d members, not %d", text, len(got), len(want))
		}
		for name, value := range want {
			if got[name] != string(value) {
				t.Fatalf("%q: %q is %q, not %q", text, name, got[name], value)
			}
			var v any
			// A float64 takes 1e-400 for nothing, which it is not.
			if json.Unmarshal(value, &v) == nil && isTruthy(value) != truthy(v) && !bytes.ContainsAny(value, "eE") {
				t.Fatalf("%q is something: %v", value, !truthy(v))
			}
		}
	})
}

func truthy(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case float64:
		return v != 0
	case string:
		return v != ""
	case []any:
		return len(v) > 0
	case map[string]any:
		return len(v) > 0
	}
	return true
}
