package conform

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// harOf returns an archive with the given entries, among members that do not
// matter.
func harOf(entries ...string) string {
	return `{"x":{"log":[{}]},"log":{"version":"1.2","creator":{"name":"by hand"},"pages":[],"entries":[` + strings.Join(entries,
		",") + `],"comment":"-"}}`
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
		{"content in base64", "", `"status":200,"content":{"size":3,"text":"YWJj","encoding":"base64"},`,
			func(x *Exchange) { x.Body, x.BodyLength = []byte("abc"), -1 }},
		{"content that was not exported", "", `"status":200,"content":{"size":3},`, func(x *Exchange) {
			x.BodyLength,
				x.Truncated = -1, true
		}},
		{"content of which nothing is said", "", `"status":200,`, func(x *Exchange) { x.BodyLength, x.Truncated = -1, true }},
		{"no content", "", `"status":200,"bodySize":0,"content":{"size":0,"text":""},`, func(x *Exchange) {}},
		{"long content", "", `"status":200,"content":{"text":"` + strings.Repeat("a", 70000) + `"},`, func(x *Exchange) {
			x.Body, x.BodyLength, x.Truncated = bytes.Repeat([]byte("a"), maxContent), -1, true
		}},
		{"a status in quotes", "", `"status":"200","bodySize":0,"content":{"size":0},`, func(x *Exchange) {}},
		{"version of the request", `"httpVersion":"h3",`, `"status":200,"httpVersion":"h2","bodySize":0,"content":{"size":0},`,
			func(x *Exchange) { x.Proto = "h3" }},
		{"version of the response", `"httpVersion":"unknown",`,
			`"status":200,"httpVersion":"h2","bodySize":0,"content":{"size":0},`, func(x *Exchange) { x.Proto = "h2" }},
		{"request content", `"bodySize":7,`, `"status":200,"bodySize":0,"content":{"size":0},`,
			func(x *Exchange) { x.RequestContent = true }},
		{"posted data", `"bodySize":-1,"postData":{"text":"a"},`, `"status":200,"bodySize":0,"content":{"size":0},`,
			func(x *Exchange) { x.RequestContent = true }},
		{"posted data that is empty", `"bodySize":-1,"postData":{"mimeType":"","text":"","params":[]},`,
			`"status":200,"bodySize":0,"content":{"size":0},`, func(x *Exchange) {}},
		{"posted parameters", `"postData":{"params":[{"name":"a"}]},`, `"status":200,"bodySize":0,"content":{"size":0},`,
			func(x *Exchange) { x.RequestContent = true }},
		{"numbers as Internet Explorer wrote them", `"bodySize":"1,234",`, `"status":"200","bodySize":"0","content":{"size":"0"},`,
			func(x *Exchange) { x.RequestContent = true }},
		{"base64 without padding", "", `"status":200,"content":{"encoding":"base64","text":"YQ"},`, func(x *Exchange) {
			x.Body,
				x.BodyLength = []byte("a"), -1
		}},
		{"base64 for URLs, in lines", "", `"status":200,"content":{"encoding":"Base64","text":"--\r\n_-\n"},`,
			func(x *Exchange) { x.Body, x.BodyLength = []byte{0xfb, 0xef, 0xfe}, -1 }},
		{"long base64", "", `"status":200,"content":{"encoding":"base64","text":"` + strings.Repeat("YWFh", 30000) + `"},`,
			func(x *Exchange) {
				x.Body, x.BodyLength, x.Truncated = bytes.Repeat([]byte("a"), maxContent), -1, true
			}},
		{"no condition that a 304 could answer", "", `"status":304,`, func(x *Exchange) {
			x.Method, x.Status, x.BodyLength, x.Truncated = "", 304, -1, true
		}},
		{"a method that is not known", `"method":null,`, `"status":200,"bodySize":0,"content":{"size":0},`,
			func(x *Exchange) { x.Method = "" }},
		{"escapes", "", `"status":200,"content":{"text":"\"\\\/\b\f\n\r\t\u0041\ud83d\ude00\ud83d!\ud83d\u0041"},`, func(x *Exchange) {
			x.Body, x.BodyLength = []byte("\"\\/\b\f\n\r\tA\U0001F600\uFFFD!\uFFFDA"), -1
		}},
		{"a version that no browser sends", `"httpVersion":"HTTP/1.0",`,
			`"status":200,"httpVersion":"HTTP/1.1","bodySize":0,"content":{"size":0},`, func(x *Exchange) { x.Proto = "HTTP/1.1" }},
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

// Entries are counted as they stand; those without a response are told. A byte
// order mark and what follows the entries do not matter.
func TestReadHAREntries(t *testing.T) {
	ok := harEntryOf("", `"status":204,"bodySize":0,"content":{"size":0},`)
	blocked := harEntryOf("", `"status":0,`)
	got, err := collect(ReadHAR(strings.NewReader("\uFEFF" + harOf(ok, blocked, ok))))
	assert.ErrorIs(t, err, ErrNoResponse)
	assert.EqualError(t, err, "conform: reading entry 1: it makes no exchange: there is no response")
	require.Len(t, got, 2)
	assert.Equal(t, "entry 2", got[1].Source)
	got, err = collect(ReadHAR(strings.NewReader(harOf())))
	assert.NoError(t, err)
	assert.Empty(t, got)
	for _, status := range []string{"0", "-1", "-2", "-999", "null", `""`, `"-1"`} {
		got, err = collect(ReadHAR(strings.NewReader(harOf(harEntryOf("", `"status":`+status+`,`)))))
		assert.ErrorIs(t, err, ErrNoResponse, status)
		assert.Empty(t, got, status)
	}
}

// Beside a 304 browsers show what they had stored: content and what describes
// it. Internet Explorer leaves out what was sent.
func TestReadHAR304(t *testing.T) {
	for _, test := range []struct {
		name, request, response string
		method                  string
		header                  header
	}{
		{"Chrome", `{"name":"If-None-Match","value":"\"v1\""}`,
			`{"name":"date","value":"x"},{"name":"etag","value":"\"v1\""},{"name":"content-type","value":"text/css"}`, "GET",
			header{"date": {"x"}, "etag": {`"v1"`}}},
		{"Firefox", `{"name":"If-Modified-Since","value":"x"}`, `{"name":"Date","value":"x"},{"name":"Content-Length","value":"3"}`,
			"GET", header{"Date": {"x"}}},
		{"Internet Explorer", `{"name":"If-Modified-Since","value":"x"}`,
			`{"name":"Content-Type","value":"x"},{"name":"Expires","value":"x"}`, "", header{"Expires": {"x"}}},
		{"a condition that was added later", `{"name":"Accept","value":"x"}`, `{"name":"Date","value":"x"}`, "", header{"Date": {"x"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, size := range []string{"0", "3"} {
				all, err := collect(ReadHAR(strings.NewReader(harOf(`{"request":{"method":"GET","url":"https://a/b","headers":[` + test.request + `]},
					"response":{"status":304,"headers":[` + test.response + `],"bodySize":` + size + `,"content":{"size":3,"text":"abc"}}}`))))
				require.NoError(t, err)
				require.Len(t, all, 1)
				x := all[0]
				assert.Equal(t, test.method, x.Method)
				assert.Equal(t, test.header, x.Header)
				assert.Empty(t, x.Body)
				assert.Empty(t, Check(x))
			}
		})
	}
}

// A 200 to a conditional request is an answer if its content came.
func TestReadHARValidated(t *testing.T) {
	for _, test := range []struct{ request, response, method string }{
		{"If-Modified-Since", `"bodySize":20,"headers":[{"name":"content-length","value":"20"}]`, "GET"},
		{"if-none-match", `"bodySize":39,"headers":[{"name":"content-length","value":"2621"}]`, ""},
		{"If-None-Match", `"bodySize":-1,"headers":[{"name":"content-length","value":"20"}]`, ""},
		{"If-None-Match", `"bodySize":20,"headers":[]`, ""},
		{"If-None-Match", `"bodySize":0,"headers":[{"name":"content-length","value":"0"}]`, ""},
		{"If-Match", `"bodySize":-1,"headers":[]`, "GET"},
	} {
		all, err := collect(ReadHAR(strings.NewReader(harOf(`{"request":{"method":"GET","headers":[{"name":"` + test.request + `","value":"x"}]},
			"response":{"status":200,` + test.response + `}}`))))
		require.NoError(t, err)
		assert.Equal(t, test.method, all[0].Method, test.response)
	}
}

// Content-Length as Internet Explorer and Chrome write it.
func TestReadHARLength(t *testing.T) {
	for _, test := range []struct{ lines, want []string }{
		{[]string{"34,034"}, []string{"34034"}}, {[]string{"287", "287"}, []string{"287"}}, {[]string{"287", "288"}, []string{"287",
			"288"}},
		{[]string{"1,2"}, []string{"1,2"}}, {[]string{"x"}, []string{"x"}},
	} {
		h := header{"content-length": test.lines, "X": {"1,000"}}
		repairLength(h)
		assert.Equal(t, header{"content-length": test.want, "X": {"1,000"}}, h)
	}
}

// What a cache or a script gave is no answer to the request beside it.
func TestReadHARStored(t *testing.T) {
	for member, known := range map[string]bool{
		`"_fromCache":"disk"`: false, `"_fetchType":"Memory Cache"`: false, `"_fetchedViaServiceWorker":true`: false,
		`"_fromCache":null`: true, `"_fromCache":""`: true, `"_fetchType":"Network Load"`: true,
		`"_fetchedViaServiceWorker":false`: true, `"_x":1`: true,
	} {
		all, err := collect(ReadHAR(strings.NewReader(harOf(`{` + member + `,"request":{"method":"GET"},"response":{"status":200}}`))))
		require.NoError(t, err)
		require.Len(t, all, 1)
		assert.Equal(t, known, all[0].Method == "GET", member)
	}
}

// Browsers record what they got without HTTP.
func TestReadHARWithoutHTTP(t *testing.T) {
	for _, url := range []string{"data:text/plain,a", "blob:https://example.com/1", "file:///a", "chrome-extension://a/b"} {
		_, err := collect(ReadHAR(strings.NewReader(harOf(`{"request":{"method":"GET","url":"` + url + `"},"response":{"status":200}}`))))
		assert.ErrorIs(t, err, ErrNoResponse, url)
	}
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
		{`{7:1,"log":{}}`, "not a HAR: it is not JSON", 0},
		{`{"log":{"entries":[,{}]}}`, "reading entry 0 (near octet 19): not a HAR: it is not JSON", 0},
		{`{"log":{"entries":[{"request":7}]}}`, "reading entry 0: it makes no exchange: the request is not an object", 0},
		{`{"log":{"entries":[{"response":{"status":"x"}}]}}`,
			`reading entry 0: it makes no exchange: the response status "x" is not a number`, 0},
		{`{"log":{"entries":[{"request":}]}}`, "reading entry 0 (near octet 30): not a HAR: it is not JSON", 0},
		{harOf(ok, `{"request":`), "reading entry 1 (near octet 420): not a HAR: it is not JSON", 1},
		{strings.TrimSuffix(harOf(ok), `],"comment":"-"}}`),
			"reading the end of log.entries (near octet 408): not a HAR: unexpected EOF", 1},
		{strings.TrimSuffix(harOf(ok), `],"comment":"-"}}`) + "}",
			`reading the end of log.entries (near octet 408): not a HAR: there is no ","`, 1},
		{harOf(ok, harEntryOf("", "")), `reading entry 1: it makes no exchange: there is no response`, 1},
		{harOf(harEntryOf("", `"status":{"a":[1]},`), ok), "reading entry 0: it makes no exchange: the status is not a number", 1},
		{harOf(harEntryOf(`"postData":7,"bodySize":[],`, `"status":200,`), ok), "the posted data is not an object", 1},
		{harOf(harEntryOf("", `"status":200,"content":{"text":7},`), ok), "the text of the content is not a string", 1},
		{harOf(`{"request":{"method":{}},"response":{"status":200}}`, ok), "the method is not a string", 1},
		{harOf(`{"request":null,"response":{"status":200,"headers":{}}}`, ok), "the header is not an array", 1},
		{harOf(`{"response":{"status":200,"headers":[[]]}}`, ok), "a header field is not an object", 1},
		{harOf(`{"response":{"status":200,"headers":[`+strings.Repeat(`{"name":"a"},`, 17000)+`{}]}}`, ok),
			"the header fields have more than 1 MiB", 1},
		{harOf(`7`, `null`, `[]`, ok), "the entry is not an object", 1},
		{`{"log":{"entries":[]},"log":{"entries":[` + ok + `]}}`, "reading a second log: it is not read", 0},
		{`{"log":{"entries":[` + ok + `],"entries":[` + ok + `]}}`, "reading a second log.entries: it is not read", 1},
		{harOf(ok) + `{"log":{}}`, "reading the end (near octet 425): not a HAR: something follows the archive", 1},
		{harOf(strings.Repeat("[", 1001)), "entry 0 (near octet 1093): not a HAR: it has more than 1000 levels", 0},
		{harOf(`{"a":"\x"}`), "it is not JSON", 0},
		{harOf(`{"a":"\u00g0"}`), "it is not JSON", 0},
		{harOf(`{"a":tru}`), "it is not JSON", 0},
		{harOf(`{"a":1x}`), "it is not JSON", 0},
		{harOf(`{"a":nul}`), "it is not JSON", 0},
		{harOf(`{"a":{"b":[}}}`), "it is not JSON", 0},
		{harOf(`{"response":{"headers":[{"name":7}]}}`, ok), "the name of a header field is not a string", 1},
		{`{"log":{"entries":[{"response":{"content":{"text":"`, "unexpected EOF", 0},
		{`{"log":{"entries":[{"a":"\`, "unexpected EOF", 0},
		{`{"log":{"entries":[{"a":"\u00`, "unexpected EOF", 0},
		{`{"log":{"entries":[{"a":[{`, "unexpected EOF", 0},
		{`{"log":{"entries":[{"a":[{"`, "unexpected EOF", 0},
		{harOf(harEntryOf("", `"status":200.5,`)), `the response status "200.5" is not a number`, 0},
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

// Of an entry of any size no more than 64 KiB of content is kept, whether its
// text is long, or what is skipped.
func TestReadHARLarge(t *testing.T) {
	for name, parts := range map[string][2]string{
		"content": {`{"log":{"entries":[{"response":{"status":200,"content":{"text":"`, `"}}}]}}`},
		"something else": {`{"log":{"entries":[{"response":{"status":200,"content":{"text":"` + strings.Repeat("a", 70000) +
			`"},"_more":{"a":["`, `"]}}}]}}`},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			all, err := collect(ReadHAR(io.MultiReader(strings.NewReader(parts[0]), io.LimitReader(letters{}, 64<<20),
				strings.NewReader(parts[1]))))
			runtime.ReadMemStats(&after)
			require.NoError(t, err)
			require.Len(t, all, 1)
			assert.Len(t, all[0].Body, maxContent)
			assert.True(t, all[0].Truncated)
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(2<<20))
		})
	}
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
			`{"request":{"method":"GET","url":"wss://example.com/","httpVersion":"HTTP/1.1","headers":[{"name":"Connection",
				"value":"Upgrade"},{"name":"Upgrade","value":"websocket"}]},
			"response":{"status":101,"httpVersion":"HTTP/1.1","headers":[{"name":"Connection","value":"Upgrade"},{"name":"Upgrade",
				"value":"websocket"}],"content":{"size":0},"bodySize":0}}`, nil,
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

// BenchmarkHAR reads and checks entries as a browser writes them: fields, and
// content whose text has many escapes.
func BenchmarkHAR(b *testing.B) {
	var fields []string
	for i := range 16 {
		fields = append(fields, fmt.Sprintf(`{"name":"x-field-%d","value":"the value of a field, %d; with=a parameter"}`, i, i))
	}
	list := strings.Join(fields, ",\n")
	entry := `{"startedDateTime":"1994-11-06T08:49:37Z","request":{"method":"GET","url":"https://example.com/%d","httpVersion":"h2","headers":[` + list +
		`]},"response":{"status":200,"httpVersion":"h2","headers":[` + list + `],"content":{"size":30000,"text":"` +
		strings.Repeat(`{\"id\":12,\n\t\"name\":\"somebody\"},`, 700) + `"}},"timings":{}}`
	var entries []string
	for i := range 100 {
		entries = append(entries, fmt.Sprintf(entry, i))
	}
	text := harOf(entries...)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		c := NewChecker()
		for x, err := range ReadHAR(strings.NewReader(text)) {
			if err != nil {
				b.Fatal(err)
			}
			c.Check(x)
		}
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
