package conform

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// harOf returns an archive with the given entries, among members that do not
// matter.
func harOf(entries ...string) string {
	return `{"x":{"log":[{}]},"log":{"version":"1.2","creator":{"name":"by hand"},"pages":[],"entries":[` + strings.Join(entries, ",") + `],"comment":"-"}}`
}

// harEntryOf returns an entry with the members given.
func harEntryOf(request, response string) string {
	return `{"startedDateTime":"1994-11-06T08:49:37Z","request":{"method":"GET","url":"https://example.com:8443/a?b#c",` + request +
		`"headers":[{"name":":method","value":"GET"},{"name":"accept","value":" text/html "}]},"response":{` + response +
		`"headers":[{"name":"set-cookie","value":"a=1"},{"name":"set-cookie","value":"b=2"}]},"timings":{}}`
}

func TestReadHAR(t *testing.T) {
	base := Exchange{
		Source: "entry 0", Method: "GET", Target: "/a?b", Scheme: "https", Host: "example.com:8443",
		RequestHeader: header{"accept": {"text/html"}}, Status: 200, Header: header{"set-cookie": {"a=1", "b=2"}},
	}
	for _, test := range []struct {
		name, request, response string
		want                    func(*Exchange)
	}{
		{"content", "", `"status":200,"content":{"size":3,"text":"abc"},`, func(x *Exchange) { x.Body, x.BodyLength = []byte("abc"), -1 }},
		{"content in base64", "", `"status":200,"content":{"size":3,"text":"YWJj","encoding":"base64"},`, func(x *Exchange) { x.Body, x.BodyLength = []byte("abc"), -1 }},
		{"content that was not exported", "", `"status":200,"content":{"size":3},`, func(x *Exchange) { x.BodyLength, x.Truncated = -1, true }},
		{"content of which nothing is said", "", `"status":200,`, func(x *Exchange) { x.BodyLength, x.Truncated = -1, true }},
		{"no content", "", `"status":200,"bodySize":0,"content":{"size":0,"text":""},`, func(x *Exchange) {}},
		{"long content", "", `"status":200,"content":{"text":"` + strings.Repeat("a", 70000) + `"},`, func(x *Exchange) {
			x.Body, x.BodyLength, x.Truncated = bytes.Repeat([]byte("a"), maxContent), -1, true
		}},
		{"a status in quotes", "", `"status":"200","bodySize":0,"content":{"size":0},`, func(x *Exchange) {}},
		{"version of the request", `"httpVersion":"h3",`, `"status":200,"httpVersion":"h2","bodySize":0,"content":{"size":0},`, func(x *Exchange) { x.Proto = "h3" }},
		{"version of the response", `"httpVersion":"unknown",`, `"status":200,"httpVersion":"h2","bodySize":0,"content":{"size":0},`, func(x *Exchange) { x.Proto = "h2" }},
		{"request content", `"bodySize":7,`, `"status":200,"bodySize":0,"content":{"size":0},`, func(x *Exchange) { x.RequestContent = true }},
		{"posted data", `"bodySize":-1,"postData":{"text":"a"},`, `"status":200,"bodySize":0,"content":{"size":0},`, func(x *Exchange) { x.RequestContent = true }},
		{"no posted data", `"bodySize":-1,"postData":null,`, `"status":200,"bodySize":0,"content":{"size":0},`, func(x *Exchange) {}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := collect(ReadHAR(strings.NewReader(harOf(harEntryOf(test.request, test.response)))))
			require.NoError(t, err)
			require.Len(t, got, 1)
			want := base
			test.want(&want)
			assert.Equal(t, want, got[0])
		})
	}
}

// Entries are counted as they stand; those without a response are skipped, as
// are a byte order mark and what follows the entries.
func TestReadHAREntries(t *testing.T) {
	ok := harEntryOf("", `"status":204,"bodySize":0,"content":{"size":0},`)
	blocked := harEntryOf("", `"status":0,`)
	got, err := collect(ReadHAR(strings.NewReader("\uFEFF" + harOf(ok, blocked, ok))))
	require.NoError(t, err)
	require.Len(t, got, 2)
	assert.Equal(t, "entry 2", got[1].Source)
	got, err = collect(ReadHAR(strings.NewReader(harOf())))
	assert.NoError(t, err)
	assert.Empty(t, got)
}

// The words are our own, so that they are the same with every version of
// encoding/json.
func TestReadHARErrors(t *testing.T) {
	ok := harEntryOf("", `"status":204,`)
	for _, test := range []struct {
		text, err string
		entries   int
	}{
		{"", "reading log.entries (near octet 0): not a HAR: unexpected EOF", 0},
		{"[]", `reading log.entries (near octet 0): not a HAR: there is no "{"`, 0},
		{"{}", `there is no member "log"`, 0},
		{`{"log":{}}`, `there is no member "entries"`, 0},
		{`{"log":{"entries":{}}}`, `there is no "["`, 0},
		{`{"log" {}}`, `there is no ":"`, 0},
		{`{"a":1 "log":{}}`, `there is no ","`, 0},
		{`{"a":"`, "reading log.entries (near octet 6): not a HAR: unexpected EOF", 0},
		{`{"a":tru`, "reading log.entries (near octet 8): not a HAR: unexpected EOF", 0},
		{`{"a":tru,"log":{}}`, "reading log.entries (near octet 8): not a HAR: it is not JSON", 0},
		{`{"a":{]},"log":{}}`, "not a HAR: it is not JSON", 0},
		{`{7:1,"log":{}}`, "not a HAR: a member is of the wrong type", 0},
		{`{"log":{"entries":[,{}]}}`, "reading entry 0 (near octet 19): not a HAR: it is not JSON", 0},
		{`{"log":{"entries":[{"request":7}]}}`, "reading entry 0 (near octet 32): not a HAR: a member is of the wrong type", 0},
		{`{"log":{"entries":[{"response":{"status":"x"}}]}}`, "reading entry 0 (near octet 46): not a HAR: a member is of the wrong type", 0},
		{`{"log":{"entries":[{"request":}]}}`, "reading entry 0 (near octet 31): not a HAR: it is not JSON", 0},
		{harOf(ok, `{"request":`), "reading entry 1 (near octet 421): not a HAR: it is not JSON", 1},
		{strings.TrimSuffix(harOf(ok), `],"comment":"-"}}`), "reading the end of log.entries (near octet 408): not a HAR: unexpected EOF", 1},
		{strings.TrimSuffix(harOf(ok), `],"comment":"-"}}`) + "}", `reading the end of log.entries (near octet 408): not a HAR: there is no ","`, 1},
		{harOf(ok, harEntryOf("", "")), `reading entry 1: it makes no exchange: the response status "" is not a number`, 1},
		{harOf(harEntryOf("", `"status":200.5,`)), `the response status "200.5" is not a number`, 0},
		{harOf(`{"request":{},"response":{"status":200}}`), "entry 0: it makes no exchange: the request has no method", 0},
		{harOf(harEntryOf("", `"status":200,"content":{"text":"?","encoding":"base64"},`)), "the content is not base64", 0},
	} {
		t.Run(test.text[:min(len(test.text), 60)], func(t *testing.T) {
			got, err := collect(ReadHAR(strings.NewReader(test.text)))
			require.ErrorContains(t, err, test.err)
			requireReadError(t, err)
			assert.Len(t, got, test.entries)
		})
	}
	broken := errors.New("broken")
	_, err := collect(ReadHAR(io.MultiReader(strings.NewReader(`{"log":`), iotest.ErrReader(broken))))
	assert.ErrorIs(t, err, broken)
}

// An entry that does not end is given up before it fills the memory.
func TestReadHARTooLarge(t *testing.T) {
	text := io.MultiReader(strings.NewReader(`{"log":{"entries":[{"response":{"content":{"text":"`), io.LimitReader(letters{}, 1<<40))
	_, err := collect(ReadHAR(text))
	assert.ErrorContains(t, err, "entry 0 (near octet 67108883): not a HAR: it has more than 64 MiB")
}

type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// Cases that came up with archives as browsers write them.
func TestCheckHAR(t *testing.T) {
	for _, test := range []struct {
		name, entry string
		want        []string
	}{
		{
			"compressed content is as long as the wire says, not the text",
			`{"request":{"method":"GET","url":"https://example.com/","httpVersion":"h2","headers":[]},"response":{"status":200,"httpVersion":"h2",
			"headers":[{"name":"content-length","value":"20"},{"name":"content-encoding","value":"br"}],"content":{"size":3,"text":"abc"},"bodySize":20}}`, nil,
		},
		{
			"content from a cache",
			`{"request":{"method":"GET","url":"https://example.com/","httpVersion":"h2","headers":[]},"response":{"status":200,"httpVersion":"h2",
			"headers":[{"name":"content-length","value":"20"}],"content":{"size":0},"bodySize":0}}`, nil,
		},
		{
			"an error that was decoded and leaks",
			`{"request":{"method":"GET","url":"https://example.com/","httpVersion":"h2","headers":[]},"response":{"status":500,"httpVersion":"h2",
			"headers":[{"name":"content-encoding","value":"br"}],"content":{"size":30,"text":"goroutine 1 [running]:\nmain.main()"},"bodySize":20}}`,
			[]string{"error-leaks-internals"},
		},
		{
			"a WebSocket",
			`{"request":{"method":"GET","url":"wss://example.com/","httpVersion":"HTTP/1.1","headers":[{"name":"Connection","value":"Upgrade"},{"name":"Upgrade","value":"websocket"}]},
			"response":{"status":101,"httpVersion":"HTTP/1.1","headers":[{"name":"Connection","value":"Upgrade"},{"name":"Upgrade","value":"websocket"}],"content":{"size":0},"bodySize":0}}`, nil,
		},
		{
			"a redirect back",
			`{"request":{"method":"GET","url":"https://example.com/a","httpVersion":"h2","headers":[]},"response":{"status":302,"httpVersion":"h2",
			"headers":[{"name":"location","value":"https://example.com/a"}],"content":{"size":0},"bodySize":0}}`,
			[]string{"redirect-self"},
		},
		{
			"a redirect to the secure side",
			`{"request":{"method":"GET","url":"http://example.com/a","httpVersion":"HTTP/1.1","headers":[]},"response":{"status":301,"httpVersion":"HTTP/1.1",
			"headers":[{"name":"Location","value":"https://example.com/a"}],"content":{"size":0},"bodySize":0}}`, nil,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			all, err := collect(ReadHAR(strings.NewReader(harOf(test.entry))))
			require.NoError(t, err)
			require.Len(t, all, 1)
			assert.Equal(t, test.want, ids(Check(all[0])))
		})
	}
}

// FuzzReadHAR: any text gives exchanges or one *ReadError after them, twice the
// same; and what is read can be checked.
func FuzzReadHAR(f *testing.F) {
	f.Add([]byte(harOf()))
	f.Add([]byte(harOf(harEntryOf(`"httpVersion":"h2",`, `"status":200,"content":{"text":"YWJj","encoding":"base64"},`))))
	f.Add([]byte(harOf(harEntryOf("", `"status":0,`), harEntryOf("", `"status":405,"bodySize":0,"content":{"size":0},`))))
	f.Fuzz(func(t *testing.T, text []byte) {
		all, err := collect(ReadHAR(bytes.NewReader(text)))
		requireReadError(t, err)
		for _, x := range all {
			checkTwice(t, x)
		}
		again, err2 := collect(ReadHAR(bytes.NewReader(text)))
		if len(all) != len(again) || fmt.Sprint(err) != fmt.Sprint(err2) {
			t.Fatalf("read again it is something else: %v, %v", err, err2)
		}
	})
}
