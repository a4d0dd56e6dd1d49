package httpstatus_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/race"
)

type fields = []httpstatus.Field

// TestDecodeShapes reads the bodies of testdata/shapes.txt and testdata/apis.txt.
func TestDecodeShapes(t *testing.T) {
	for file, least := range map[string]int{"shapes.txt": 220, "apis.txt": 870} {
		text, err := os.ReadFile("testdata/" + file)
		require.NoError(t, err)
		_, rows, _ := strings.Cut(string(text), "\n=== ")
		require.Greater(t, strings.Count(rows, "\n=== "), least)
		for row := range strings.SplitSeq(rows, "\n=== ") {
			name, rest, _ := strings.Cut(strings.TrimSpace(row), "\n")
			t.Run(name, func(t *testing.T) { decodeShape(t, rest) })
		}
	}
}

// decodeShape holds that a body is read as the lines before it say.
func decodeShape(t *testing.T, row string) {
	line, rest, _ := strings.Cut(row, "\n")
	var status httpstatus.Code
	var code, message string
	_, err := fmt.Sscanf(line, "%d %q %q", &status, &code, &message)
	require.NoError(t, err, line)
	var want fields
	header := map[string][]string{}
	for {
		line, after, _ := strings.Cut(rest, "\n")
		var kind, place string
		var f httpstatus.Field
		if n, _ := fmt.Sscanf(line, "%s %q %q %q", &kind, &place, &f.ErrorCode, &f.Message); n != 4 {
			break
		}
		switch kind {
		case "pointer":
			f.Pointer = place
		case "parameter":
			f.Parameter = place
		case "header":
			f.Header = place
		case "sent":
			header[place], rest = []string{f.ErrorCode}, after
			continue
		}
		want, rest = append(want, f), after
	}
	body := rest
	if quoted, ok := strings.CutPrefix(rest, "quoted "); ok {
		body, err = strconv.Unquote(quoted)
		require.NoError(t, err)
	}

	e := httpstatus.Decode(int(status), header, strings.NewReader(body))
	assert.Equal(t, status, e.Status())
	assert.True(t, e.Remote())
	assert.Equal(t, code != "-", e.HasErrorCode())
	if code == "-" {
		code = httpstatus.Decode(int(status), nil, nil).ErrorCode()
	}
	assert.Equal(t, code, e.ErrorCode())
	assert.Equal(t, message, e.Message())
	assert.Equal(t, want, e.Fields())
	assert.NoError(t, e.Unwrap())
	assertLine(t, e.Error())
}

func TestDecodeContentType(t *testing.T) {
	for _, tt := range []struct {
		why, media, body, want string
	}{
		{"declared as HTML", "text/html", `{"error":"a","message":"b"}`, "b"},
		{"declared as JSON", "application/json; charset=utf-8", `<html><title>b</title>`, "b"},
		{"declared as JSON, and nonsense", "application/json", `null`, "Bad Request"},
		{"declared as a problem, and nonsense", "application/problem+json", `7`, "Bad Request"},
		{"an image", "image/svg+xml", "b", "Bad Request"},
		{"bytes", "Application/Octet-Stream", "b", "Bad Request"},
		{"nothing", "", "b", "b"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			for _, name := range []string{"Content-Type", "content-type"} { // HTTP/2 spells it so
				e := httpstatus.Decode(400, map[string][]string{"X": nil, name: {tt.media}}, strings.NewReader(tt.body))
				assert.Equal(t, tt.want, e.Message())
			}
		})
	}
	e := httpstatus.Decode(400, map[string][]string{"X-Amzn-Errortype": {"ValidationException:http://internal.amazon.com/coral/"}},
		strings.NewReader(`{"message":"No."}`))
	assert.Equal(t, "ValidationException", e.ErrorCode())
	assert.Equal(t, "No.", e.Message())
}

// TestDecodeProblem holds RFC 9457, Section 3.1, for what is declared as a
// problem details object.
func TestDecodeProblem(t *testing.T) {
	problem := map[string][]string{"Content-Type": {"application/problem+json; charset=utf-8"}}
	e := httpstatus.Decode(403, problem, strings.NewReader(`{
		"type": "https://example.com/probs/out-of-credit",
		"title": "You do not have enough credit.",
		"detail": "Your current balance is 30, but that costs 50.",
		"instance": "/account/12345/msgs/abc",
		"balance": 30,
		"accounts": ["/account/12345", "/account/67890"]
	}`)) // RFC 9457, Section 3
	assert.Equal(t, "https://example.com/probs/out-of-credit", e.Type())
	assert.Equal(t, "You do not have enough credit.", e.Title())
	assert.Equal(t, "Your current balance is 30, but that costs 50.", e.Message())
	assert.Equal(t, "/account/12345/msgs/abc", e.Instance())
	assert.Equal(t, "forbidden", e.ErrorCode())
	assert.Equal(t, map[string]any{"balance": 30.0, "accounts": []any{"/account/12345", "/account/67890"}}, e.Extensions())

	e = httpstatus.Decode(422, problem, strings.NewReader(`{
		"type": "https://example.net/validation-error",
		"title": "Your request is not valid.",
		"errors": [
			{"detail": "must be a positive integer", "pointer": "#/age"},
			{"detail": "must be 'green', 'red' or 'blue'", "pointer": "#/profile/co%7Elor%zz"}]
	}`)) // RFC 9457, Section 3, the second example
	assert.Equal(t, fields{
		{Pointer: "/age", Message: "must be a positive integer"},
		{Pointer: "/profile/co~lor%zz", Message: "must be 'green', 'red' or 'blue'"},
	}, e.Fields())
	assert.Equal(t, "Your request is not valid.", e.Message())

	for _, tt := range []struct {
		why, body                      string
		typ, title, message, code, ins string
		extensions                     map[string]any
	}{
		{"nothing", `{}`, "about:blank", "Forbidden", "Forbidden", "forbidden", "", nil},
		{"title alone", `{"title":"T"}`, "about:blank", "T", "T", "forbidden", "", nil},
		{"an empty type is that of nothing", `{"type":""}`, "about:blank", "Forbidden", "Forbidden", "forbidden", "", nil},
		{"a relative type", `{"type":"example-problem"}`, "example-problem", "", "Forbidden", "forbidden", "", nil},
		{"a tag", `{"type":"tag:example@example.org,2021-09-17:OutOfLuck"}`, "tag:example@example.org,2021-09-17:OutOfLuck", "", "Forbidden",
			"forbidden", "", nil},
		{"wrong types are as if not there", `{"type":1,"title":null,"status":"403","detail":["x"],"instance":{"a":1},"code":[1]}`,
			"about:blank", "Forbidden", "Forbidden", "forbidden", "", map[string]any{"code": []any{1.0}}},
		{"and hide nothing", `{"detail":7,"title":"T"}`, "about:blank", "T", "T", "forbidden", "", nil},
		{"case-sensitive", `{"Type":"a","TITLE":"b","Detail":"c","tYpe":"d"}`, "about:blank", "Forbidden", "Forbidden", "forbidden", "",
			map[string]any{"Type": "a", "TITLE": "b", "Detail": "c", "tYpe": "d"}},
		{"the last one of several, even if of the wrong type", `{"title":"a","title":"b","detail":"x","detail":3}`, "about:blank", "b", "b",
			"forbidden", "", nil},
		{"the status is advisory", `{"status":404,"title":"T"}`, "about:blank", "T", "T", "forbidden", "", nil},
		{"members of other formats are extensions", `{"error":"a","message":"b","detail":"d"}`, "about:blank", "Forbidden", "d", "forbidden", "",
			map[string]any{"error": "a", "message": "b"}},
		{"an error object too", `{"error":{"code":"a","message":"b"}}`, "about:blank", "Forbidden", "Forbidden", "forbidden", "",
			map[string]any{"error": map[string]any{"code": "a", "message": "b"}}},
		{"our code", `{"code":"x","title":"T"}`, "about:blank", "T", "T", "x", "", nil},
		{"a number as code", `{"code":1001}`, "about:blank", "Forbidden", "Forbidden", "1001", "", map[string]any{"code": 1001.0}},
		{"null and booleans as extensions", `{"a":null,"b":true,"c":false,"d":{"e":[]}}`, "about:blank", "Forbidden", "Forbidden", "forbidden", "",
			map[string]any{"a": nil, "b": true, "c": false, "d": map[string]any{"e": []any{}}}},
		{"numbers that a float64 keeps, and others",
			`{"a":1e3,"b":9007199254740993,"c":1e999,"d":123456789012345678901,"e":-0.5,"f":-7,"g":12345678901234567000000.5,
			"h":12345678901234567000000,"i":0.10,"j":0.1234567890123456789,"k":1e-400,"l":0e9,"m":1E+2,"n":9007199254740992}`,
			"about:blank", "Forbidden", "Forbidden", "forbidden", "", map[string]any{"a": 1000.0, "b": httpstatus.Number("9007199254740993"),
				"c": httpstatus.Number("1e999"),
				"d": httpstatus.Number("123456789012345678901"), "e": -0.5, "f": -7.0, "g": httpstatus.Number("12345678901234567000000.5"),
				"h": httpstatus.Number("12345678901234567000000"), "i": 0.1, "j": httpstatus.Number("0.1234567890123456789"), "k": httpstatus.Number("1e-400"),
				"l": 0.0, "m": 100.0, "n": 9007199254740992.0}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			e := httpstatus.Decode(403, problem, strings.NewReader(tt.body))
			assert.Equal(t, tt.typ, e.Type())
			assert.Equal(t, tt.title, e.Title())
			assert.Equal(t, tt.message, e.Message())
			assert.Equal(t, tt.code, e.ErrorCode())
			assert.Equal(t, tt.ins, e.Instance())
			assert.Equal(t, tt.extensions, e.Extensions())
			assert.Equal(t, httpstatus.Forbidden, e.Status())
		})
	}

	// Undeclared, but plainly one.
	e = httpstatus.Decode(400, nil,
		strings.NewReader(`{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"Invalid.","status":400,
			"errors":{"Name":["Required."]},"traceId":"00-a"}`))
	assert.Equal(t, "https://tools.ietf.org/html/rfc9110#section-15.5.1", e.Type())
	assert.Equal(t, fields{{Pointer: "/Name", Message: "Required."}}, e.Fields())
	assert.Equal(t, "00-a", e.Extensions()["traceId"])
	e = httpstatus.Decode(400, nil, strings.NewReader(`{"type":"/probs/x","detail":"d","instance":"/i"}`))
	assert.Equal(t, "/i", e.Instance())
	assert.Equal(t, "d", e.Message())
	e = httpstatus.Decode(400, nil, strings.NewReader(`{"a":1,"b":2,"error":{"message":"m","b":3,"c":4}}`))
	assert.Equal(t, map[string]any{"a": 1.0, "b": 3.0, "c": 4.0}, e.Extensions(), "what is nearer to the error wins")
	// Not one, but with a type of that kind.
	e = httpstatus.Decode(400, nil, strings.NewReader(`{"type":"https://example.com/t","message":"m","code":"c"}`))
	assert.Equal(t, "https://example.com/t", e.Type())
	// huma's location, Symfony's violations, RFC 7807's own example.
	e = httpstatus.Decode(422, problem, strings.NewReader(`{"errors":[{"message":"expected","location":"body.a[0]","value":"hunter2"}]}`))
	assert.Equal(t, fields{{Pointer: "/a/0", Message: "expected"}}, e.Fields())
	e = httpstatus.Decode(422, problem, strings.NewReader(`{"violations":[{"propertyPath":"a.b","title":"No."}]}`))
	assert.Equal(t, fields{{Pointer: "/a/b", Message: "No."}}, e.Fields())
	e = httpstatus.Decode(422, problem, strings.NewReader(`{"invalid-params":[{"name":"a/~b","reason":"must be positive"}]}`))
	assert.Equal(t, fields{{Pointer: "/a~1~0b", Message: "must be positive"}}, e.Fields())
}

// A number that is no float64 is written as it came.
func TestNumber(t *testing.T) {
	e := httpstatus.Decode(403, nil, strings.NewReader(`{"message":"m","balance":0.10000000000000000001}`))
	n := e.Extensions()["balance"]
	assert.Equal(t, "0.10000000000000000001", fmt.Sprint(n))
	assert.Contains(t, string(httpstatus.Forbidden.New("a", "b").WithExtension("balance", n).AppendBody(nil, 0)), `"balance":0.10000000000000000001}`)
	for _, none := range []httpstatus.Number{"", "1x", "01", "x", "-", "1.", "1e", "+1", " 1", "1 "} {
		_, err := none.MarshalJSON()
		assert.EqualError(t, err, "httpstatus: not a JSON number: "+strconv.Quote(string(none)))
	}
}

func TestDecodeChallenge(t *testing.T) {
	for _, tt := range []struct{ name, challenge, body, code, message string }{
		{"Bearer", `Bearer error="invalid_token", error_description="The access token expired."`, "", "invalid_token", "The access token expired."},
		{"other parameters, another case", `bearer realm="a, b", ERROR=insufficient_scope, scope="x y"`, "", "insufficient_scope", "Forbidden"},
		{"the second of two", `Basic realm="error", Bearer error="invalid_token"`, "", "invalid_token", "Forbidden"},
		{"another scheme", `Digest error="x", nonce="y"`, "", "", "Forbidden"},
		{"another scheme after it", `Bearer realm="a", Digest error="x"`, "", "", "Forbidden"},
		{"no parameters", `Bearer`, "", "", "Forbidden"},
		{"malformed", `Bearer error="x`, "", "", "Forbidden"},
		{"a body with a message", `Bearer error="invalid_token", error_description="d"`, `{"message":"m"}`, "invalid_token", "m"},
		{"a body with a code", `Bearer error="invalid_token", error_description="d"`, `{"error":"e","message":"m"}`, "e", "m"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := httpstatus.Decode(403, map[string][]string{"WWW-Authenticate": {"Negotiate", tt.challenge}}, strings.NewReader(tt.body))
			assert.Equal(t, tt.message, e.Message())
			assert.Equal(t, tt.code != "", e.HasErrorCode())
			if tt.code != "" {
				assert.Equal(t, tt.code, e.ErrorCode())
			}
		})
	}
	e := httpstatus.Decode(404, map[string][]string{"x-ms-error-code": {"BlobNotFound"}}, nil)
	assert.Equal(t, "BlobNotFound", e.ErrorCode(), "an answer to HEAD")
}

// TestDecodeMemory holds that a body of 64 KiB costs less than 1 MiB.
func TestDecodeMemory(t *testing.T) {
	if race.Enabled {
		return // which empties the pools
	}
	for _, body := range []string{"[" + strings.Repeat("0,", 32<<10), `{"message":"m","x":[` + strings.Repeat("0,", 32<<10)} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		sinkError = httpstatus.Decode(400, nil, strings.NewReader(body))
		runtime.ReadMemStats(&after)
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20))
	}
}

// TestDecodeCutOff cuts a body at every byte: the result has the status, never
// half a code, and a message that is how the message begins.
func TestDecodeCutOff(t *testing.T) {
	const message = "No user with ID 42 \\ \u00e9\u0041 exists. caf\u00e9"
	for _, body := range []string{
		`{"error":"user_not_found","message":"No user with ID 42 \\ \u00e9\u0041 exists. café","fields":[{"pointer":"/a","error":"b"}],"n":12}`,
		`{"message":"No user with ID 42 \\ \u00e9\u0041 exists. café","x":[1,{"y":null}],"error":"user_not_found","z":true}`,
		`{"error":{"message":"No user with ID 42 \\ \u00e9\u0041 exists. café","code":"user_not_found"}}`,
		`{"errors":[{"detail":"No user with ID 42 \\ \u00e9\u0041 exists. café","code":"user_not_found"}]}`,
		`{"title":"No user with ID 42 \\ \u00e9\u0041 exists. café","code":"user_not_found","type":"about:blank","status":404}`,
	} {
		for n := range len(body) {
			e := httpstatus.Decode(404, nil, strings.NewReader(body[:n]))
			assert.Contains(t, []string{"user_not_found", "not_found"}, e.ErrorCode(), "%s", body[:n])
			if e.Message() != "Not Found" && !strings.HasPrefix(body[:n], e.Message()) {
				assert.True(t, strings.HasPrefix(message, e.Message()), "%q of %s", e.Message(), body[:n])
			}
		}
		e := httpstatus.Decode(404, nil, strings.NewReader(body))
		assert.Equal(t, "user_not_found", e.ErrorCode())
		assert.Equal(t, message, e.Message())
	}
}

// countingReader counts what is read from it.
type countingReader struct {
	r io.Reader
	n int
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// TestDecodeHostile feeds bodies that are meant to hurt. The reader is bounded,
// so each comes back, with what could be read.
func TestDecodeHostile(t *testing.T) {
	const start = `{"error":"a","message":"b",`
	many := strings.Builder{}
	for i := range 3000 {
		many.WriteString(`"k` + string(rune('a'+i%26)) + strings.Repeat("x", i%7) + `":1,`)
	}
	for why, body := range map[string]string{
		"20,000 deep, arrays":       start + `"x":` + strings.Repeat("[", 20000),
		"20,000 deep, objects":      start + `"x":` + strings.Repeat(`{"a":`, 10000),
		"deep, closed":              start + `"x":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`,
		"deep with strings":         start + `"x":` + strings.Repeat(`["]\"",`, 5000) + strings.Repeat("]", 5000) + `}`,
		"deep with an open string":  start + `"x":` + strings.Repeat(`[`, 50) + `"abc`,
		"3,000 members":             start + many.String() + `"z":1}`,
		"endless members":           start + strings.Repeat(`"a":1,`, 100000),
		"endless string":            start + `"x":"` + strings.Repeat("y", 1<<20),
		"endless number":            start + `"x":` + strings.Repeat("1", 1<<20),
		"endless white space":       start + strings.Repeat(" ", 1<<20),
		"endless escapes":           start + `"x":"` + strings.Repeat(`\u0041`, 100000),
		"endless zeros":             start + `"x":[` + strings.Repeat("0,", 100000),
		"broken: no colon":          start + `"x" 1}`,
		"broken: no comma":          start + `"x":1 "y":2}`,
		"broken: no comma in array": start + `"x":[1 2]}`,
		"broken: a bare word":       start + `x:1}`,
		"broken: number":            start + `"x":01.e}`,
		"broken: literal":           start + `"x":nul}`,
		"trailing comma":            `{"error":"a","message":"b",}`,
		"trailing garbage":          `{"error":"a","message":"b"}}}]`,
		"two values":                `{"error":"a","message":"b"}{"error":"c"}`,
		"control characters":        "{\"error\":\"a\",\"message\":\"b\",\"x\":\"\x00\n\"}",
		"unknown escapes":           `{"error":"a","message":"\b","x":"\q\b\f\n\r\t\/"}`,
	} {
		t.Run(why, func(t *testing.T) {
			c := &countingReader{r: strings.NewReader(body)}
			e := httpstatus.Decode(400, nil, c)
			assert.Equal(t, "a", e.ErrorCode(), why)
			if why != "unknown escapes" {
				assert.Equal(t, "b", e.Message(), why)
			}
			assert.LessOrEqual(t, c.n, 64<<10, why)
			assertLine(t, e.Error())
			assert.NotPanics(t, func() { e.Extensions() }, why)
		})
	}
	for why, body := range map[string]string{
		"titles":           strings.Repeat("<title>", 10000),
		"open headings":    "<html>" + strings.Repeat("<h1 ", 10000),
		"closed headings":  "<html>" + strings.Repeat("<h1></h1>", 10000),
		"references":       "<title>" + strings.Repeat("&", 60000),
		"brackets":         strings.Repeat("<", 60000),
		"arrays":           strings.Repeat("[", 60000),
		"errors in errors": strings.Repeat(`{"error":`, 10000),
		"lists of lists":   strings.Repeat(`{"errors":[`, 6000),
		"quotes":           strings.Repeat(`"`, 60000),
		"errors of errors": `{"errors":[` + strings.Repeat(`{"errors":[{"errors":[{}]}]},`, 2000),
		"wrappers":         strings.Repeat(`{"detail":{},"data":{"result":{}},"error":`, 1400),
		"elements":         "<errors>" + strings.Repeat("<error/>", 8000),
		"attributes":       "<a " + strings.Repeat(`b="" `, 12000),
	} {
		t.Run(why, func(t *testing.T) {
			e := httpstatus.Decode(400, nil, strings.NewReader(body))
			assert.Equal(t, httpstatus.BadRequest, e.Status(), why)
			assertLine(t, e.Error())
		})
	}
}

func TestDecodeReader(t *testing.T) {
	const body = `{"error":"a","message":"b"}`
	for why, r := range map[string]io.Reader{
		"a byte at a time":      iotest.OneByteReader(strings.NewReader(body)),
		"data along with EOF":   iotest.DataErrReader(strings.NewReader(body)),
		"data along with error": io.MultiReader(strings.NewReader(body), iotest.ErrReader(io.ErrUnexpectedEOF)),
		"reads nothing forever": io.MultiReader(strings.NewReader(body), readFunc(func([]byte) (int, error) { return 0, nil })),
		"reads a negative":      io.MultiReader(strings.NewReader(body), readFunc(func([]byte) (int, error) { return -1, nil })),
		"reads too much":        io.MultiReader(strings.NewReader(body), readFunc(func(p []byte) (int, error) { return len(p) + 1, nil })),
	} {
		t.Run(why, func(t *testing.T) {
			if strings.Contains(why, "negative") || strings.Contains(why, "too much") {
				// io.MultiReader has its own opinion of those.
				first := strings.NewReader(body)
				bad := r.(interface{ Read([]byte) (int, error) })
				r = readFunc(func(p []byte) (int, error) {
					if first.Len() > 0 {
						return first.Read(p)
					}
					return bad.Read(p)
				})
			}
			e := httpstatus.Decode(400, nil, r)
			assert.Equal(t, "a", e.ErrorCode(), why)
			assert.Equal(t, "b", e.Message(), why)
		})
	}
	e := httpstatus.Decode(400, nil, iotest.ErrReader(io.ErrUnexpectedEOF))
	assert.ErrorIs(t, e, io.ErrUnexpectedEOF)
	assert.Equal(t, "remote 400 bad_request: Bad Request: unexpected EOF", e.Error())

	c := &countingReader{r: readFunc(func(p []byte) (int, error) { return copy(p, bytes.Repeat([]byte("x"), len(p))), nil })}
	e = httpstatus.Decode(400, nil, c)
	assert.Equal(t, 64<<10, c.n, "an endless body")
	assert.Len(t, e.Message(), 64<<10)
	assert.NoError(t, e.Unwrap())
	assertLine(t, e.Error())
}

func TestDecodeHeader(t *testing.T) {
	header := map[string][]string{"Retry-After": {"3"}}
	e := httpstatus.Decode(503, header, nil)
	assert.Equal(t, header, e.Header())
	assert.Equal(t, []string{"3"}, e.WithHeader("X-A", "b").Header()["Retry-After"])
	assert.NotContains(t, header, "X-A")
	assert.Equal(t, []string{"Allow"}, httpstatus.Decode(405, header, nil).MissingHeaders(), "the peer's omission")
}

// TestRoundTrip sends errors through each format and reads them.
func TestRoundTrip(t *testing.T) {
	sent := validation()
	for _, f := range allFormats {
		status, header, body := sent.Response("GET", nil, f)
		got := httpstatus.Decode(status, header, bytes.NewReader(body))
		assert.Equal(t, sent.Status(), got.Status(), f)
		switch f {
		case httpstatus.PlainText:
			assert.Equal(t, strings.TrimSpace(string(body)), got.Message())
			continue
		case httpstatus.HTML:
			assert.Equal(t, sent.Message(), got.Message())
			continue
		case httpstatus.ProblemJSON:
			assert.Equal(t, sent.Type(), got.Type())
			assert.Equal(t, sent.Title(), got.Title())
			assert.Equal(t, sent.Instance(), got.Instance())
		case httpstatus.SimpleJSON:
			assert.Equal(t, sent.Extensions(), got.Extensions())
		}
		assert.True(t, errors.Is(got, sent), f)
		assert.Equal(t, sent.ErrorCode(), got.ErrorCode(), f)
		assert.Equal(t, sent.Message(), got.Message(), f)
		assert.Equal(t, sent.Fields(), got.Fields(), f)
		assert.Equal(t, "r-1", got.Extensions()["request_id"], f)
	}
}

// FuzzDecode holds that whatever the body and its type are, the result has the
// status, its text is one printable line, and nothing of it is sent on. Where
// encoding/json reads the body as two strings, so does Decode.
func FuzzDecode(f *testing.F) {
	f.Add("application/json", []byte(`{"error":"a","message":"b"}`))
	f.Add("application/problem+json", []byte(`{"type":"a","title":"b","errors":[{"pointer":"#/a"}]}`))
	f.Add("text/html", []byte(`<title>a&amp;&#x41;</title><h1>`))
	f.Add("", []byte(`{"errors":[{"code":1}],"details":{"causes":[{"field":"a"}]},"detail":[{"loc":["body"]}]}`))
	f.Add("", []byte(`{"error":"a","message":"\ud800\u12`))
	f.Fuzz(func(t *testing.T, media string, body []byte) {
		e := httpstatus.Decode(404, map[string][]string{"Content-Type": {media}}, bytes.NewReader(body))
		require.Equal(t, httpstatus.NotFound, e.Status())
		assertLine(t, e.Error())
		e.Extensions()
		assert.Equal(t, `{"error":"bad_gateway","message":"Bad Gateway"}`, string(e.AppendBody(nil, httpstatus.SimpleJSON)))

		var m map[string]json.RawMessage
		if json.Unmarshal(body, &m) != nil || len(m) != 2 || strings.Contains(media, "problem") {
			return
		}
		var code, message string
		if json.Unmarshal(m["error"], &code) == nil && json.Unmarshal(m["message"], &message) == nil &&
			code != "" && message != "" && string(m["error"]) != "null" {
			assert.Equal(t, code, e.ErrorCode())
			assert.Equal(t, message, e.Message())
		}
	})
}
