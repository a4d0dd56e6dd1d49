package conform

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

// collect returns what an iterator yields.
func collect(all iter.Seq2[Exchange, error]) (exchanges []Exchange, err error) {
	for x, e := range all {
		if e != nil {
			err = e
			continue
		}
		exchanges = append(exchanges, x)
	}
	return exchanges, err
}

func TestReadText(t *testing.T) {
	text := `# Two exchanges and a lone response.

POST /a?b HTTP/1.1
Host: example.com
X-Folded: one
  two
Content-Length: 5

hello
HTTP/1.1 103 Early Hints
Link: </a>

HTTP/1.1 200 OK
Set-Cookie: a=1
set-cookie: b=2

<p>
###
GET / HTTP/2

HTTP/2 204

### 
HTTP/1.0 200
Transfer-Encoding: gzip, chunked

5;ext=1
he
lo
A
0123456789
0
X-Sum: 7

`
	want := []Exchange{
		{
			Source: "line 3", Proto: "HTTP/1.1", Method: "POST", Target: "/a?b",
			RequestHeader:   header{"Host": {"example.com"}, "X-Folded": {"one two"}, "Content-Length": {"5"}},
			RequestComplete: true, RequestContent: true, ResponseProto: "HTTP/1.1",
			Interim: []Interim{{Status: 103, Header: header{"Link": {"</a>"}}}},
			Status:  200, Header: header{"Set-Cookie": {"a=1", "b=2"}}, Body: []byte("<p>"),
		},
		{Source: "line 19", Proto: "HTTP/2", Method: "GET", Target: "/", RequestHeader: header{}, RequestComplete: true,
			ResponseProto: "HTTP/2", Status: 204, Header: header{}},
		{
			Source: "line 24", Proto: "HTTP/1.0", ResponseProto: "HTTP/1.0", Status: 200, Header: header{"Transfer-Encoding": {"gzip, chunked"}},
			Body: []byte("he\nlo0123456789"), Trailer: header{"X-Sum": {"7"}},
		},
	}
	for name, text := range map[string]string{
		"LF":                   text,
		"CRLF":                 strings.ReplaceAll(strings.ReplaceAll(text, "\n", "\r\n"), "he\r\nlo", "he\nlo"),
		"no line end":          strings.TrimSuffix(text, "\n\n"),
		"separators in plenty": "###\n###\n" + text + "###\n\n###\n",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := collect(ReadText(strings.NewReader(text)))
			require.NoError(t, err)
			require.Len(t, got, len(want))
			for i := range want {
				if name == "separators in plenty" {
					got[i].Source = want[i].Source
				}
				assert.Equal(t, want[i], got[i])
			}
			slow, err := collect(ReadText(iotest.OneByteReader(strings.NewReader(text))))
			require.NoError(t, err)
			assert.Len(t, slow, len(want))
		})
	}
}

// What belongs to the content, and what only ends the text.
func TestReadTextContent(t *testing.T) {
	for _, test := range []struct {
		name, text, body string
	}{
		{"the last line end is not content", "HTTP/1.1 200 OK\n\na\nb\n", "a\nb"},
		{"unless it counts", "HTTP/1.1 200 OK\nContent-Length: 4\n\na\nb\n", "a\nb\n"},
		{"a line end alone is none", "HTTP/1.1 204 No Content\n\n\n\n", ""},
		{"unless it counts", "HTTP/1.1 200 OK\nContent-Length: 1\n\n\n", "\n"},
		{"no text after the header", "HTTP/1.1 200 OK\n", ""},
		{"no empty line after the header", "HTTP/1.1 200 OK\nA: b", ""},
		{"CRLF stays within content", "HTTP/1.1 200 OK\r\n\r\na\r\nb\r\n", "a\r\nb"},
		{"a status line within content", "GET / HTTP/1.1\n\nHTTP/1.1 200 OK\n\nHTTP/1.1 404 Not Found\n", "HTTP/1.1 404 Not Found"},
		{"a heading is no separator", "HTTP/1.1 200 OK\n\n### Users\n#### All\n", "### Users\n#### All"},
		{"more than Content-Length says", "HTTP/1.1 200 OK\nContent-Length: 1\n\nabc\n", "abc"},
		{"after 101 the protocol is another", "HTTP/1.1 101 Switching Protocols\n\n\x81\x05hello\n", ""},
		{"chunked 204 without chunks", "HTTP/1.1 204 No Content\nTransfer-Encoding: chunked\n\nabc\n", "abc"},
		{"a lone interim response", "HTTP/1.1 102 Processing\n\nabc\n", "abc"},
		{"empty chunks", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n0\n\n", ""},
		{"announced, and nothing came", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			x := readOne(t, test.text)
			assert.Equal(t, test.body, string(x.Body))
			assert.Zero(t, x.BodyLength)
		})
	}
}

func TestReadTextErrors(t *testing.T) {
	for _, test := range []struct {
		text, err string
	}{
		{"GET /\n", `reading line 1: the line "GET /" is neither a request line nor a status line`},
		{"GET / HTTP/1.1\n\n", "reading line 2: a request without a response"},
		{"GET / HTTP/1.1\n\n###\n", "reading line 3: a request without a response"},
		{"GET / HTTP/1.1\n\nGET /\n\nHTTP/1.1\n", "reading line 5: a request without a response"},
		{"HTTP/1.1\n", `reading line 1: the line "HTTP/1.1" is not a status line`},
		{"HTTP/1.1 OK\n", `reading line 1: the line "HTTP/1.1 OK" is not a status line`},
		{"HTTP/1.1 99999999999999999999\n", `is not a status line`},
		{"HTTP/1.1 200 OK\nHost\n", `reading line 2: the header line "Host" has no colon`},
		{"HTTP/1.1 200 OK\nA : b\n", `reading line 2: the field name "A " is not a token`},
		{"HTTP/1.1 200 OK\n: b\n", `reading line 2: the field name "" is not a token`},
		{"HTTP/1.1 200 OK\n a: b\n", `reading line 2: a header line that begins with whitespace`},
		{"HTTP/1.1 200 OK\n" + strings.Repeat("A: b\n", 1001), "reading line 1002: more than 1000 header lines"},
		{"HTTP/1.1 200 OK\nA: " + strings.Repeat("b", 1<<19), "reading line 2: a line of more than 256 KiB"},
		{strings.Repeat("HTTP/1.1 103 Early Hints\n\n", 102), "more than 100 interim responses"},
		{"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nhello\n", `reading line 4: the chunk size "hello" is not a hexadecimal number`},
		{"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n-1\n", `the chunk size "-1" is not a hexadecimal number`},
		{"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhel", `reading line 4: the text ends within a chunk`},
		{"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello", `the text ends`},
		{"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nhello\n0\n\n", `reading line 5: a chunk is longer than its size: "llo" follows it`},
		{"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n0\n\nmore\n", `reading line 6: the line "more" follows the last chunk`},
	} {
		t.Run(test.text[:min(len(test.text), 60)], func(t *testing.T) {
			_, err := collect(ReadText(strings.NewReader(test.text)))
			require.ErrorContains(t, err, test.err)
			var re *ReadError
			require.ErrorAs(t, err, &re)
			assert.True(t, strings.HasPrefix(re.Place, "line "), re.Place)
		})
	}
	broken := errors.New("broken")
	for _, text := range []string{"", "GET / HTTP/1.1\n", "GET / HTTP/1.1\n\nabc", "HTTP/1.1 200 OK\n\nab\ncd",
		"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhe"} {
		_, err := collect(ReadText(io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken))))
		assert.ErrorIs(t, err, broken, "%q", text)
	}
}

// A gibibyte of content is counted, and 64 KiB of it are kept.
func TestReadTextLarge(t *testing.T) {
	const size = gibibyte
	for name, text := range map[string]io.Reader{
		"plain": io.MultiReader(strings.NewReader("HTTP/1.1 200 OK\n\n"), io.LimitReader(zeros{}, size), strings.NewReader("\n")),
		"chunked": io.MultiReader(strings.NewReader("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n"+strconv.FormatInt(size, 16)+"\n"),
			io.LimitReader(zeros{}, size), strings.NewReader("\n0\n\n")),
	} {
		t.Run(name, func(t *testing.T) {
			all, err := collect(ReadText(text))
			require.NoError(t, err)
			require.Len(t, all, 1)
			assert.Len(t, all[0].Body, maxContent)
			assert.LessOrEqual(t, cap(all[0].Body), 2*maxContent)
			assert.EqualValues(t, size, all[0].BodyLength)
		})
	}
}

// seeds are the examples of all rules.
func seeds(f *testing.F) (texts []string) {
	names, err := filepath.Glob(filepath.Join("testdata", "rules", "*.txt"))
	require.NoError(f, err)
	require.NotEmpty(f, names)
	for _, name := range names {
		for _, s := range ruleFile(f, strings.TrimSuffix(filepath.Base(name), ".txt")) {
			texts = append(texts, s.text)
		}
	}
	return texts
}

// FuzzReadText: any text gives exchanges or one *ReadError after them; never
// more content than it has octets; the same however it is cut into reads; and
// what is read can be checked.
func FuzzReadText(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		all, err := collect(ReadText(bytes.NewReader(text)))
		requireReadError(t, err)
		for _, x := range all {
			if len(x.Body) > len(text) || x.BodyLength > int64(len(text)) {
				t.Fatalf("%d octets of content in %d of text", max(x.BodyLength, int64(len(x.Body))), len(text))
			}
			checkTwice(t, x)
		}
		again, err2 := collect(ReadText(iotest.HalfReader(bytes.NewReader(text))))
		if !reflect.DeepEqual(all, again) || fmt.Sprint(err) != fmt.Sprint(err2) {
			t.Fatalf("read in other pieces it is something else:\n%+v %v\n%+v %v", all, err, again, err2)
		}
	})
}

func requireReadError(t *testing.T, err error) {
	var re *ReadError
	if err != nil && (!errors.As(err, &re) || re.Place == "" || re.Reason == "") {
		t.Fatalf("%v has no place", err)
	}
}

// checkTwice checks x with every rule on: all findings name a rule, are
// sentences and stay the same, and disabling their rules leaves none.
func checkTwice(t *testing.T, x Exchange) {
	findings := Check(x, Enable("all"))
	if !reflect.DeepEqual(findings, Check(x, Enable("all"))) {
		t.Fatal("the same exchange gives other findings")
	}
	for _, f := range findings {
		if !IsRuleName(f.Rule) || f.Severity > Error || !strings.HasSuffix(f.Message, ".") || f.Reference == "" || f.Fix == "" {
			t.Fatalf("%+v", f)
		}
	}
	if left := Check(x, Enable("all"), Disable(ids(findings)...)); left != nil {
		t.Fatalf("disabled, and yet found: %v", left)
	}
}

// FuzzCheck: any exchange gets an answer, and the properties of checkTwice
// hold.
func FuzzCheck(f *testing.F) {
	f.Add(405, "GET", "/a", "HTTP/1.1", "Range: bytes=0-1\nHost: a", "Allow: GET\nLocation: /a", []byte(`{"error":1}`), int64(0))
	f.Add(206, "HEAD", "/a", "h2", "Range: x", "Content-Range: bytes 5-4/5\nContent-Type: multipart/byteranges", []byte{}, int64(-1))
	f.Add(401, "", "*", "", "", "WWW-Authenticate: , =\nLink: <", []byte("goroutine 1 ["), int64(1<<62))
	f.Fuzz(func(t *testing.T, status int, method, target, proto, request, response string, body []byte, length int64) {
		x := Exchange{
			Proto: proto, Method: method, Target: target, RequestHeader: fuzzHeader(request),
			Status: httpstatus.Code(status), Header: fuzzHeader(response), Body: body, BodyLength: length,
			Interim: []Interim{{Status: httpstatus.Code(status), Header: fuzzHeader(request), Body: body}},
		}
		checkTwice(t, x)
		for _, get := range []Exchange{x, {Method: "GET", Target: target, Status: 200, RequestHeader: x.RequestHeader, Header: x.Header, Body: body}} {
			findings := CheckPair(x, get, Enable("all"))
			if !reflect.DeepEqual(findings, CheckPair(x, get, Enable("all"))) {
				t.Fatal("the same pair gives other findings")
			}
			if left := CheckPair(x, get, Enable("all"), Disable(ids(findings)...)); left != nil {
				t.Fatalf("disabled, and yet found: %v", left)
			}
		}
	})
}

// fuzzHeader makes a header of lines, whatever they hold.
func fuzzHeader(text string) header {
	h := header{}
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		h[name] = append(h[name], value)
	}
	return h
}
