package caching_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/caching"
	"example.com/httpstatus/internal/reference"
)

func TestUpdate(t *testing.T) {
	old := fields{
		"Age": {"30"}, "Date": {date(-60)}, "Cache-Control": {"max-age=10"}, "ETag": {`"a"`}, "content-length": {"5"},
		"X-Kept": {"old"}, "X-Other": {"old", "older"}, "Content-Encoding": {"gzip"},
	}
	for _, tt := range []struct {
		why    string
		header fields
		change fields // what differs from old; nil lines: the field is gone
	}{
		{"a field replaces all its lines", fields{"x-other": {"new"}}, fields{"X-Other": {"new"}}},
		{"a new field is added", fields{"X-New": {"1", "2"}}, fields{"X-New": {"1", "2"}}},
		{"a field without lines is none", fields{"X-Other": nil}, nil},
		{"Date", fields{"Date": {date(5)}}, fields{"Date": {date(5)}}},
		{"Age", fields{"Age": {"3"}}, fields{"Age": {"3"}}},
		{"Cache-Control", fields{"Cache-Control": {"max-age=99"}}, fields{"Cache-Control": {"max-age=99"}}},
		{
			"what speaks of the content stays",
			fields{
				"Content-Length": {"0"}, "Content-Encoding": {"br"},
				"Content-Range": {"bytes 0-1/2"}, "Etag": {`W/"a"`}, "Content-MD5": {"x"}, "Content-Digest": {"x"},
			}, nil,
		},
		{
			"what is for one connection is not stored",
			fields{"Connection": {"close, X-Hop"}, "X-Hop": {"1"}, "Keep-Alive": {"1"}, "Proxy-Authenticate": {"x"}, "Upgrade": {"h2c"}}, nil,
		},
		{
			"nor what no-cache lists",
			fields{"Cache-Control": {`no-cache="x-kept, X-New"`}, "X-New": {"1"}}, fields{"Cache-Control": {`no-cache="x-kept, X-New"`}, "X-Kept": nil},
		},
	} {
		t.Run(tt.why, func(t *testing.T) {
			s := caching.Stored{Status: 200, Response: old, Requested: at(-60), Received: at(-59), Shared: true}
			want := fields{}
			for name, lines := range old {
				want[name] = lines
			}
			want["Content-Length"], want["Etag"] = old["content-length"], old["ETag"]
			delete(want, "content-length")
			delete(want, "ETag")
			delete(want, "Age") // it was validated
			want["Date"] = []string{date(7)}
			for name, lines := range tt.change {
				if want[name] = lines; lines == nil {
					delete(want, name)
				}
			}
			before := len(old)
			u := s.Update(tt.header, at(7))
			assert.Equal(t, want, fields(u.Response))
			assert.Equal(t, at(7), u.Received)
			assert.Equal(t, at(7), u.Requested)
			assert.Len(t, old, before, "the stored response itself is not changed")
			u.Response["X-Kept"] = append(u.Response["X-Kept"], "more")
			assert.Equal(t, []string{"old"}, old["X-Kept"])
		})
	}
}

// What speaks of another representation changes nothing.
func TestUpdateRefuses(t *testing.T) {
	s := stored(200, fields{"Etag": {`"a"`}, "Last-Modified": {date(-60)}, "Cache-Control": {"max-age=1"}})
	for _, header := range []fields{
		{"Etag": {`"b"`}, "Cache-Control": {"max-age=99"}},
		{"Etag": {`W/"b"`}, "Cache-Control": {"max-age=99"}},
		{"Etag": {"a"}, "Cache-Control": {"max-age=99"}},
		{"Last-Modified": {date(-50)}, "Cache-Control": {"max-age=99"}},
	} {
		assert.Equal(t, s, s.Update(header, at(7)), "%v", header)
	}
}

func TestValidated(t *testing.T) {
	full := fields{"Etag": {`"a"`}, "Last-Modified": {date(-60)}, "Content-Length": {"5"}}
	weak := fields{"Etag": {`W/"a"`}}
	dated := fields{"Last-Modified": {date(-60)}}
	for _, tt := range []struct {
		why      string
		response fields
		status   httpstatus.Code
		header   fields
		want     bool
	}{
		{"the same tag", full, 304, fields{"Etag": {`"a"`}}, true},
		{"another", full, 304, fields{"Etag": {`"b"`}}, false},
		{"the same tag goes before another date", full, 304, fields{"Etag": {`"a"`}, "Last-Modified": {date(-50)}}, true},
		{"a weak tag of a strong one", full, 304, fields{"Etag": {`W/"a"`}}, true},
		{"not a strong tag of a weak one (RFC 9111, Section 4.3.4)", weak, 304, fields{"Etag": {`"a"`}}, false},
		{"weak and weak", weak, 304, fields{"Etag": {`W/"a"`}}, true},
		{"a tag where there was none", dated, 304, fields{"Etag": {`"a"`}}, false},
		{"what is no tag", fields{"Etag": {"a"}}, 304, fields{"Etag": {"a"}}, false},
		{"the same date", dated, 304, fields{"Last-Modified": {date(-60)}}, true},
		{"another date", dated, 304, fields{"Last-Modified": {date(-50)}}, false},
		{"nothing: it speaks of what it was asked", full, 304, nil, true},
		{"HEAD: all is the same", full, 200, full, true},
		{"HEAD: nothing is said", full, 200, nil, true},
		{"HEAD: another tag", full, 200, fields{"Etag": {`"b"`}}, false},
		{"HEAD: another date", full, 200, fields{"Etag": {`"a"`}, "Last-Modified": {date(-50)}}, false},
		{"HEAD: another length", full, 200, fields{"Content-Length": {"6"}}, false},
		{"HEAD: a length where there was none", dated, 200, fields{"Content-Length": {"6"}}, false},
		{"another status", full, 404, full, false},
	} {
		t.Run(tt.why, func(t *testing.T) {
			assert.Equal(t, tt.want, stored(200, tt.response).Validated(tt.status, tt.header))
		})
	}
	assert.False(t, stored(404, full).Validated(200, full), "a 200 to HEAD says that a stored 404 is over")
	assert.False(t, caching.Stored{Method: "QUERY", Status: 200}.Validated(200, nil), "HEAD does not speak of a QUERY")
}

func TestInvalidates(t *testing.T) {
	const url = "http://example.com/a/b?c#d"
	const self = "http://example.com/a/b?c"
	location := func(location, content string) fields {
		return fields{"Location": {location}, "content-location": {content}}
	}
	for _, tt := range []struct {
		why    string
		method string
		status httpstatus.Code
		header fields
		want   []string
	}{
		{"POST", "POST", 200, nil, []string{self}},
		{"a method whose safety is not known", "FROB", 204, nil, []string{self}},
		{"methods are case-sensitive", "get", 204, nil, []string{self}},
		{"a redirect", "POST", 303, nil, []string{self}},
		{"an error changes nothing", "POST", 404, location("/x", "/y"), nil},
		{"nor does a failure", "DELETE", 500, nil, nil},
		{"nor an interim response", "POST", 103, nil, nil},
		{"nor what is no status", "POST", 999, nil, nil},
		{"a safe method", "GET", 200, location("/x", "/y"), nil},
		{"the empty method is GET", "", 200, nil, nil},
		{"QUERY is safe", "QUERY", 200, nil, nil},
		{"both fields", "PUT", 201, location("/x#y", "z/../w?v"), []string{self, "http://example.com/x", "http://example.com/a/w?v"}},
		{"the default port is the same origin", "PUT", 201, location("http://EXAMPLE.com:80/x", ""), []string{self, "http://EXAMPLE.com:80/x"}},
		{"another host", "PUT", 201, location("http://evil.example/x", "//evil.example/"), []string{self}},
		{"another scheme", "PUT", 201, location("https://example.com/x", ""), []string{self}},
		{"another port", "PUT", 201, location("http://example.com:81/x", ""), []string{self}},
		{"no http", "PUT", 201, location("mailto:x@example.com", "http:x"), []string{self}},
		{"user information", "PUT", 201, location("http://example.com@evil.example/", ""), []string{self}},
		{"each once", "PUT", 201, location("b?c", "http://example.com/a/b?c#e"), []string{self}},
		{"each once, also the second", "PUT", 201, location("/x", "/x#e"), []string{self, "http://example.com/x"}},
		{"several values say nothing", "PUT", 201, fields{"Location": {"/x", "/y"}}, []string{self}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			assert.Equal(t, tt.want, slices.Collect(caching.Invalidates(tt.method, tt.status, url, tt.header)))
		})
	}
	assert.Equal(t, []string{"*"}, slices.Collect(caching.Invalidates("PUT", 200, "*", location("/x", "/y"))), "a URL that is none has no origin")
	for uri := range caching.Invalidates("PUT", 200, url, location("/x", "/y")) { // may be left early
		assert.Equal(t, self, uri)
		break
	}
	n := 0
	for range caching.Invalidates("PUT", 200, url, location("/x", "/y")) {
		if n++; n == 2 {
			break
		}
	}
	for _, method := range append(reference.Methods(), "BREW", "**", "get") {
		got := slices.Collect(caching.Invalidates(method, 200, url, nil))
		assert.Equal(t, reference.IsSafe(method), len(got) == 0, method)
	}
}

func TestCacheStatus(t *testing.T) {
	for _, tt := range []struct {
		want string
		s    caching.CacheStatus
	}{
		// RFC 9211, Section 3
		{"ExampleCache; hit", caching.CacheStatus{Cache: "ExampleCache", Hit: true}},
		{"ExampleCache; hit; ttl=376", caching.CacheStatus{Cache: "ExampleCache", Hit: true, TTL: 376e9, HasTTL: true}},
		{"ExampleCache; hit; ttl=-412", caching.CacheStatus{Cache: "ExampleCache", Hit: true, TTL: -412e9, HasTTL: true}},
		{"ExampleCache; fwd=uri-miss", caching.CacheStatus{Cache: "ExampleCache", Forward: caching.ForwardURIMiss}},
		{"ExampleCache; fwd=stale; fwd-status=304", caching.CacheStatus{Cache: "ExampleCache", Forward: caching.ForwardStale, ForwardStatus: 304}},
		{"ExampleCache; fwd=uri-miss; collapsed", caching.CacheStatus{Cache: "ExampleCache", Forward: caching.ForwardURIMiss, Collapsed: true}},
		{"ExampleCache; hit; detail=MEMORY", caching.CacheStatus{Cache: "ExampleCache", Hit: true, Detail: "MEMORY"}},
		{`"CDN Company Here"; hit; ttl=545`, caching.CacheStatus{Cache: "CDN Company Here", Hit: true, TTL: 545e9, HasTTL: true}},

		{`""`, caching.CacheStatus{}},
		{`"9"; hit`, caching.CacheStatus{Cache: "9", Hit: true, Forward: caching.ForwardStale, ForwardStatus: 304, Stored: true, Collapsed: true}},
		{"a; ttl=-1", caching.CacheStatus{Cache: "a", TTL: -1, HasTTL: true}},
		{"a; fwd=method; stored", caching.CacheStatus{Cache: "a", Forward: caching.ForwardMethod, ForwardStatus: 999, Stored: true}},
		{`a; key="\"x?\\"; detail="m n?"`, caching.CacheStatus{Cache: "a", Key: "\"x\n\\", Detail: "m n\x80"}},
		{"a", caching.CacheStatus{Cache: "a", Forward: 99}},
	} {
		assert.Equal(t, tt.want, tt.s.String())
	}
	tokens := map[string]bool{}
	for f := caching.ForwardBypass; f <= caching.ForwardPartial; f++ {
		tokens[f.String()] = true
	}
	assert.Len(t, tokens, 8)

	fresh := stored(200, cc("max-age=60"))
	assert.Equal(t, "c; hit; ttl=50", fresh.Reuse("GET", nil, at(10)).CacheStatus("c").String())
	assert.Equal(t, "c; hit; ttl=-1", fresh.Reuse("GET", cc("max-stale"), at(61)).CacheStatus("c").String())
	assert.Equal(t, "c; fwd=stale; ttl=0", fresh.Reuse("GET", nil, at(60)).CacheStatus("c").String())
	assert.Equal(t, "c; fwd=request; ttl=60", fresh.Reuse("GET", cc("no-cache"), at(0)).CacheStatus("c").String())
	assert.Equal(t, "c; fwd=method", fresh.Reuse("PUT", nil, at(0)).CacheStatus("c").String())
	assert.Equal(t, "c", caching.Reuse{Reason: 99}.CacheStatus("c").String())
	assert.Equal(t, "c; fwd=uri-miss", caching.Stored{}.Reuse("GET", nil, at(0)).CacheStatus("c").String())
}

// Whatever two headers say: what speaks of the content never changes, what is
// withheld does not come in, and with another entity tag nothing changes at all.
func FuzzUpdate(f *testing.F) {
	f.Add("X-A", "1", "X-A", "2", `no-cache="x-a"`)
	f.Add("ETag", `"a"`, "etag", `"b"`, "max-age=1")
	f.Add("Content-Length", "5", "Connection", "content-length", "")
	f.Fuzz(func(t *testing.T, oldName, oldValue, newName, newValue, directives string) {
		old := fields{oldName: {oldValue}, "Etag": {`"v"`}, "Content-Length": {"3"}}
		s := caching.Stored{Status: 200, Response: old}
		update := fields{newName: {newValue}, "Cache-Control": {directives}}
		u := s.Update(update, noon)
		if !s.Validated(304, update) {
			assert.Equal(t, s, u)
			return
		}
		assert.NotEmpty(t, u.Response["Date"])
		withheld := map[string]bool{}
		for name := range (caching.Storage{Response: u.Response}).Withheld() {
			withheld[strings.ToLower(name)] = true
		}
		for name, lines := range u.Response {
			assert.NotEmpty(t, lines, name)
			if strings.EqualFold(name, oldName) || strings.EqualFold(name, "Connection") {
				continue // may have been there before
			}
			assert.False(t, withheld[strings.ToLower(name)] && strings.EqualFold(name, newName), "%q is withheld", name)
		}
		if !withheld["content-length"] && !strings.EqualFold(oldName, "Content-Length") {
			assert.Equal(t, []string{"3"}, u.Response["Content-Length"])
		}
		if !withheld["etag"] && !strings.EqualFold(oldName, "Etag") {
			assert.Equal(t, []string{`"v"`}, u.Response["Etag"])
		}
	})
}

// Whatever a response says: nothing of another origin is invalidated, and
// nothing at all by an error.
func FuzzInvalidates(f *testing.F) {
	for _, location := range []string{"/x", "//evil.example/", "http:evil", "\\\\evil.example", "http://example.com@evil.example", "?", "#", "../.."} {
		f.Add("POST", 200, "http://example.com/a", location, "/y")
	}
	f.Add("GET", 500, "%", "", "")
	f.Fuzz(func(t *testing.T, method string, status int, url, location, content string) {
		got := slices.Collect(caching.Invalidates(method, httpstatus.Code(status), url, fields{"Location": {location}, "Content-Location": {content}}))
		if status < 200 || status > 399 {
			assert.Empty(t, got)
		}
		seen := map[string]bool{}
		for _, uri := range got {
			assert.False(t, seen[uri], "%q comes twice", uri)
			assert.NotContains(t, uri, "#")
			seen[uri] = true
		}
		fixed := "http://example.com/a"
		for uri := range caching.Invalidates("POST", 200, fixed, fields{"Location": {location}, "Content-Location": {content}}) {
			rest := strings.TrimPrefix(strings.ToLower(uri), "http://example.com")
			assert.True(t, len(rest) < len(uri) && (rest == "" || strings.ContainsRune("/?:", rune(rest[0]))), uri)
		}
	})
}
