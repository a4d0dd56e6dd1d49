package conform

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func gzipped(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, text)
	z.Close()
	return b.String()
}

func utf16Of(text string, order binary.AppendByteOrder, mark bool) string {
	if mark {
		text = "\uFEFF" + text
	}
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}

// The form is told by how the text begins, whatever it is encoded in.
func TestRead(t *testing.T) {
	har := harOf(harEntryOf("", `"status":405,"bodySize":2,"content":{"size":2,"text":"é\ud83d\ude00"},`))
	text := "\n  \nGET /a HTTP/1.1\nHost: example.com\n\nHTTP/1.1 405 Method Not Allowed\nX: é\U0001F600\n\nno"
	curl := "*   Trying 127.0.0.1:80...\n> GET /a HTTP/1.1\n> Host: example.com\n>\n< HTTP/1.1 405 Method Not Allowed\n< X: é\U0001F600\n<\n"
	for form, plain := range map[string]string{"HAR": har, "text": text, "curl": curl} {
		want, err := collect(Read(strings.NewReader(plain)))
		require.NoError(t, err)
		require.Len(t, want, 1, form)
		assert.EqualValues(t, 405, want[0].Status)
		for name, coded := range map[string]string{
			"gzip":                      gzipped(plain),
			"UTF-8 with a mark":         "\uFEFF" + plain,
			"UTF-16, little endian":     utf16Of(plain, binary.LittleEndian, true),
			"UTF-16, big endian":        utf16Of(plain, binary.BigEndian, true),
			"UTF-16 without a mark, le": utf16Of(plain, binary.LittleEndian, false),
			"UTF-16 without a mark, be": utf16Of(plain, binary.BigEndian, false),
			"UTF-16 in gzip":            gzipped(utf16Of(plain, binary.LittleEndian, true)),
		} {
			t.Run(form+" in "+name, func(t *testing.T) {
				got, err := collect(Read(iotest.HalfReader(strings.NewReader(coded))))
				require.NoError(t, err)
				assert.Equal(t, want, got)
			})
		}
	}
}

// A HAR may stand in a call, which has to end.
func TestReadCall(t *testing.T) {
	entry := harEntryOf("", `"status":204,`)
	archive := harOf(entry)
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"a call", "onInputData(" + archive + ");\n", []string{"entry 0: GET 204"}},
		{"without a semicolon", "\n _a.$b2 (\n" + archive + ")", nil},
		{"of a method", "\n _a.$b2(\n " + archive + " ) ", []string{"entry 0: GET 204"}},
		{"not closed", "f(" + archive, []string{"entry 0: GET 204", "unexpected EOF"}},
		{"with something after it", "f(" + archive + "); g()", []string{"entry 0: GET 204", "something follows"}},
		{"no name", "(" + archive + ")", nil},
		{"a number", "1f(" + archive + ")", nil},
		{"of no object", "f(1)", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := yields(Read(strings.NewReader(test.text)))
			if test.want == nil {
				require.NotEmpty(t, got)
				assert.Contains(t, got[0], "is neither a request line nor a status line")
				return
			}
			require.Len(t, got, len(test.want), "%q", got)
			for i := range got {
				assert.Contains(t, got[i], test.want[i])
			}
		})
	}
}

func TestReadBroken(t *testing.T) {
	half := gzipped(harOf(strings.Repeat(" ", 1<<20)))
	for name, text := range map[string]string{"no gzip": "\x1f\x8bnone", "half of it": half[:len(half)/2]} {
		t.Run(name, func(t *testing.T) {
			_, err := collect(Read(strings.NewReader(text)))
			require.Error(t, err)
			requireReadError(t, err)
		})
	}
	broken := errors.New("broken")
	for _, text := range []string{"", "{", "> GET / HTTP/1.1\n", "\xff\xfe{\x00", "GET"} {
		_, err := collect(Read(io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken))))
		assert.ErrorIs(t, err, broken, "%q", text)
	}
	// A surrogate alone is no character, and half a unit is none either.
	b, err := io.ReadAll(decoded(strings.NewReader("\xff\xfea\x00\x00\xd8b\x00\x00\xdcc\x00d")))
	assert.NoError(t, err)
	assert.Equal(t, "a\uFFFDb\uFFFDc\uFFFD", string(b))
}

// yields describes what an iterator yields, in order.
func yields(all iter.Seq2[Exchange, error]) (got []string) {
	for x, err := range all {
		if err != nil {
			got = append(got, strings.TrimPrefix(err.Error(), "conform: reading "))
		} else {
			got = append(got, x.Source+": "+x.Method+" "+number(x.Status))
		}
	}
	return got
}

// After a mistake the next exchange is read.
func TestReadGoesOn(t *testing.T) {
	ok, blocked := harEntryOf("", `"status":204,`), harEntryOf("", `"status":-1,`)
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"text",
			"GET /\n\nHTTP/1.1 200 OK\n\nno\n###\nGET / HTTP/1.1\n\nHTTP/1.1 204 No Content\n###\nGET / HTTP/1.1\nx\n\n###\n###\nHTTP/1.1 205 Reset Content\n",
			[]string{
				`line 1: the line "GET /" is neither a request line nor a status line`, "line 7: GET 204",
				`line 12: the header line "x" has no colon`, "line 16:  205",
			}},
		{"a request without a response", "GET / HTTP/1.1\n\n###\nHTTP/1.1 204 No Content\n",
			[]string{"line 3: a request without a response: there is no response", "line 4:  204"}},
		{"a long line", "GET / HTTP/1.1\nA: " + strings.Repeat("b", 1<<18) + "\n###\nHTTP/1.1 204 No Content\n",
			[]string{"line 2: a line of more than 256 KiB", "line 4:  204"}},
		{"a large header", "GET / HTTP/1.1\n" + strings.Repeat("A: "+strings.Repeat("b", 60000)+"\n", 20) + "\n###\nHTTP/1.1 204 No Content\n",
			[]string{"line 19: more than 1 MiB of header lines", "line 24:  204"}},
		{"the last one", "HTTP/1.1 204 No Content\n###\nnothing",
			[]string{"line 1:  204", `line 3: the line "nothing" is neither a request line nor a status line`}},
		{"responses alone, as curl -sIL prints them", "HTTP/1.1 301 Moved\r\nLocation: /a\r\n\r\nHTTP/2 200\r\ncontent-length: 5\r\n\r\n",
			[]string{"line 1:  301", "line 4:  200"}},
		{"a HAR", harOf(ok, blocked, `7`, harEntryOf(`"method":null,`, `"status":"405","content":{"size":"1,234"},`), harEntryOf("",
			`"status":null,`), `{}`, ok),
			[]string{
				"entry 0: GET 204", "entry 1: it makes no exchange: there is no response", "entry 2: it makes no exchange: the entry is not an object",
				"entry 3:  405", "entry 4: it makes no exchange: there is no response",
				"entry 5: it makes no exchange: there is no response", "entry 6: GET 204",
			}},
		{"a HAR that breaks off", harOf(ok, blocked)[:600] + "!", []string{"entry 0: GET 204"}},
		{"curl",
			"> GET /a HTTP/1.1\n>\n< HTTP/1.1 200 OK\n< x\n<\n> GET /b HTTP/1.1\n>\n* Empty reply\n> GET /c HTTP/1.1\n>\n" +
				"< HTTP/1.1 100 Continue\n<\n< HTTP/1.1 204 No Content\n<\n",
			[]string{`line 1: the header line "x" has no colon`, "line 6: a request without a response: there is no response", "line 9: GET 204"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := yields(Read(strings.NewReader(test.text)))
			if test.name == "a HAR that breaks off" {
				require.Len(t, got, 2)
				assert.Contains(t, got[1], "near octet")
				got = got[:1]
			}
			assert.Equal(t, test.want, got)
			for range Read(strings.NewReader(test.text)) {
				break // and no more is read
			}
		})
	}
}

// What curl 7.88 wrote about a POST that is redirected, with its progress meter
// and the content that came along.
func TestReadCurl(t *testing.T) {
	f, err := os.Open("testdata/curl/redirect.txt")
	require.NoError(t, err)
	defer f.Close()
	all, err := collect(Read(f))
	require.NoError(t, err)
	require.Len(t, all, 2)
	assert.Equal(t, Exchange{
		Source: "line 5", Proto: "HTTP/1.1", Method: "POST", Target: "/r", Scheme: "http",
		RequestHeader: header{
			"Host": {"127.0.0.1:8099"}, "User-Agent": {"curl/7.88.1"}, "Accept": {"*/*"}, "Content-Length": {"3"},
			"Content-Type": {"application/x-www-form-urlencoded"},
		},
		RequestComplete: true, RequestContent: true, ResponseProto: "HTTP/1.1", Status: 302,
		Header:     header{"Location": {"/x"}, "Date": {"Thu, 26 Nov 2026 21:30:13 GMT"}, "Content-Length": {"0"}},
		BodyLength: -1, Truncated: true,
	}, all[0])
	assert.Equal(t, "GET", all[1].Method)
	assert.Equal(t, "text/plain; charset=utf-8", all[1].Header["Content-Type"][0])
}

func TestReadCurlLines(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
		scheme     string
	}{
		{"HTTP/2",
			"* SSL connection using TLSv1.3\n* [HTTP/2] [1] [:method: GET]\n> GET / HTTP/2\n> Host: a\n> \n< HTTP/2 200 \n< a: b\n< \n",
			[]string{"line 3: GET 200"}, "https"},
		{"after the progress",
			"> GET / HTTP/1.1\r\n> \r\n\r  0     0    0     0    0     0      0      0 --:--:--  0:00:01 --:--:--     0< HTTP/1.1 204 No Content\r\n< \r\n",
			[]string{"line 1: GET 204"}, ""},
		{"a proxy",
			"> CONNECT a:443 HTTP/1.1\n>\n< HTTP/1.1 200 OK\n<\n* TLSv1.3 (OUT)\n> GET / HTTP/1.1\n>\n< HTTP/1.1 204 No Content\n<\n",
			[]string{"line 1: CONNECT 200", "line 6: GET 204"}, "https"},
		{"another protocol", "> GET / HTTP/1.1\n>\n< HTTP/1.1 101 Switching Protocols\n<\n< HTTP/1.1 200 OK\n<\n",
			[]string{"line 1: GET 101", "line 5:  200"}, ""},
		{"content that looks like curl", "> GET / HTTP/1.1\n>\n< HTTP/1.1 204 No Content\n<\n> none\n< p: none\n> \n>\n", []string{"line 1: GET 204"}, ""},
		{"a trailer", "> GET / HTTP/1.1\n>\n< HTTP/1.1 200 OK\n<\n< X-Sum: 1\n", []string{"line 1: GET 200"}, ""},
		{"nothing sent", "* Could not resolve host: example.invalid\n", nil, ""},
		{"a status that is none", "> GET / HTTP/1.1\n>\n< HTTP/1.1 2x OK\n<\n", []string{`line 1: the line "HTTP/1.1 2x OK" is not a status line`}, ""},
		{"too much", "> GET / HTTP/1.1\n" + strings.Repeat("> A: "+strings.Repeat("b", 60000)+"\n", 20),
			[]string{"line 1: more than 1 MiB of header lines"}, ""},
		{"interim responses", "> GET / HTTP/1.1\n>\n" + strings.Repeat("< HTTP/1.1 102 Processing\n<\n", 102),
			[]string{"line 1: more than 100 interim responses"}, ""},
		{"a name that is none", "> GET / HTTP/1.1\n>\n< HTTP/1.1 200 OK\n< A : b\n<\n", []string{`line 1: the field name "A " is not a token`}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, yields(ReadCurl(strings.NewReader(test.text))))
			if test.scheme != "" {
				all, _ := collect(ReadCurl(strings.NewReader(test.text)))
				assert.Equal(t, test.scheme, all[len(all)-1].Scheme)
			}
		})
	}
	all, err := collect(ReadCurl(strings.NewReader("> GET / HTTP/1.1\n> Host : a\n>\n< HTTP/1.1 400 Bad Request\n")))
	require.NoError(t, err)
	assert.Equal(t, []string{"Host"}, all[0].SpacedFields)
}

// FuzzRead: any text gives exchanges and errors with a place, the same however
// it is cut into reads; and what is read can be checked.
func FuzzRead(f *testing.F) {
	f.Add([]byte("\xff\xfe{\x00}\x00"))
	f.Add([]byte(gzipped(harOf())))
	f.Add([]byte("> GET / HTTP/1.1\n> A : b\n} [3 bytes]\n< HTTP/1.1 405 No\n< Allow: GET\n"))
	f.Add([]byte("GET / HTTP/1.1\n A: b\n###\nHTTP/1.1 204 No Content\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		for x, err := range Read(bytes.NewReader(text)) {
			requireReadError(t, err)
			if err == nil {
				checkTwice(t, x)
			}
		}
		assert.Equal(t, yields(Read(bytes.NewReader(text))), yields(Read(iotest.HalfReader(bytes.NewReader(text)))))
	})
}
