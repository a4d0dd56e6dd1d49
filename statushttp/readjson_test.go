package statushttp_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// purchase has what encoding/json can do with a type. None of its names may ever
// reach a client.
type purchase struct {
	embeddedAudit
	Items   []lineItem           `json:"items"`
	ByName  map[string]lineItem  `json:"byName"`
	Pair    [2]int               `json:"pair"`
	Flag    bool                 `json:"flag"`
	Count   int8                 `json:"count"`
	Quoted  int                  `json:"quoted,string"`
	Pointer *lineItem            `json:"pointer"`
	When    time.Time            `json:"when"`
	Any     any                  `json:"any"`
	Next    *purchase            `json:"next"`
	Colour  colour               `json:"colour"`
	Own     ownStatus            `json:"own"`
	Shape   shape                `json:"shape"`
	Keys    map[int]string       `json:"keys"`
	Icon    []byte               `json:"icon"`
	Matrix  [][]float64          `json:"matrix"`
	Weights map[string][]float64 `json:"a/b~c"`
}

type embeddedAudit struct {
	AuditID int `json:"id"`
}

type lineItem struct {
	Price int    `json:"price"`
	Name  string `json:"name"`
}

var errColour = errors.New("hunter2 is no colour of type colour")

type colour string

func (c *colour) UnmarshalText(text []byte) error {
	if string(text) != "red" {
		return errColour
	}
	return nil
}

// ownStatus knows its status code.
type ownStatus struct{}

func (ownStatus) UnmarshalJSON([]byte) error {
	return httpstatus.UnprocessableContent.New("own", "Its own words.")
}

// shape looks at all of its members before it says anything, and panics when it
// does not get them.
type shape struct{}

func (shape) UnmarshalJSON(data []byte) error {
	var members map[string]int
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	if members == nil {
		return nil
	}
	if len(members) < 2 {
		panic("shape")
	}
	if members["a"] != members["b"] {
		return errors.New("hunter2")
	}
	return nil
}

func readJSON(jr *statushttp.JSONReader, v any, content string) *httpstatus.Error {
	r := httptest.NewRequest("POST", "/", strings.NewReader(content))
	r.Header.Set("Content-Type", "application/json")
	err := jr.Read(httptest.NewRecorder(), r, v)
	if err == nil {
		return nil
	}
	return httpstatus.FromError(err)
}

func TestReadJSON(t *testing.T) {
	var lenient statushttp.JSONReader
	strict := statushttp.JSONReader{RejectUnknown: true, RejectDuplicates: true, MaxDepth: 10}
	const (
		wrong   = "The content has a value of the wrong type, at "
		invalid = "The content has a value that is not valid, at "
		unknown = "The content has an unknown member, at "
		twice   = "The content has two members of one name, at "
	)
	for _, test := range []struct {
		name    string
		reader  statushttp.JSONReader
		content string
		message string
		pointer string
		code    string
		detail  string
	}{
		{"an object", strict, `{"id":1,"items":[{"price":2}],"when":"2026-01-02T03:04:05Z","quoted":"7","colour":"red","next":null}`, "", "", "", ""},
		{"every kind of value", strict, `{"any":[true,false,null,"\u00e4\n\"é",-0.5e+3,1E2,0,{"":[]}]}`, "", "", "", ""},
		{"white space", strict, " \t\r\n{ \"items\" : [ ] } \n", "", "", "", ""},
		{"a byte order mark", strict, "\ufeff{}", "", "", "", ""},

		{"nothing", lenient, "", "The content is empty.", "", "", ""},
		{"white space alone", lenient, " \n", "The content is empty.", "", "", ""},
		{"cut off in an object", lenient, `{"id":`, "The content is cut off, at line 1, column 7.", "", "", ""},
		{"cut off in an array", lenient, `{"items":[`, "The content is cut off, at line 1, column 11.", "", "", ""},
		{"cut off in a string", lenient, "{\n\"ä", "The content is cut off, at line 2, column 3.", "", "", ""},
		{"cut off in a character", lenient, "{\"\xc3", "The content is cut off, at line 1, column 3.", "", "", ""},
		{"cut off in an escape", lenient, `{"\`, "The content is cut off, at line 1, column 4.", "", "", ""},
		{"cut off in \\u", lenient, `{"\u00`, "The content is cut off, at line 1, column 7.", "", "", ""},
		{"cut off in a word", lenient, `{"flag":tru`, "The content is cut off, at line 1, column 12.", "", "", ""},
		{"cut off in a number", lenient, `{"count":-`, "The content is cut off, at line 1, column 11.", "", "", ""},
		{"no JSON", lenient, "{\n  \"id\": 1,\n  hunter2\n}", "The content is not valid JSON, at line 3, column 3.", "", "", ""},
		{"a comma too many", lenient, `{"items":[1,]}`, "The content is not valid JSON, at line 1, column 13.", "", "", ""},
		{"no colon", lenient, `{"id" 1}`, "The content is not valid JSON, at line 1, column 7.", "", "", ""},
		{"no comma", lenient, `{"id":1 "a":2}`, "The content is not valid JSON, at line 1, column 9.", "", "", ""},
		{"a wrong word", lenient, `{"flag":trve}`, "The content is not valid JSON, at line 1, column 11.", "", "", ""},
		{"a leading zero", lenient, `{"id":01}`, "The content is not valid JSON, at line 1, column 8.", "", "", ""},
		{"no digit after the point", lenient, `{"id":1.}`, "The content is not valid JSON, at line 1, column 9.", "", "", ""},
		{"no digit in the exponent", lenient, `{"id":1e-}`, "The content is not valid JSON, at line 1, column 10.", "", "", ""},
		{"an escape that is none", lenient, `{"\x":1}`, "The content is not valid JSON, at line 1, column 4.", "", "", ""},
		{"no hexadecimal", lenient, `{"\u00g0":1}`, "The content is not valid JSON, at line 1, column 7.", "", "", ""},
		{"a line end in a string", lenient, "{\"a\n\":1}", "The content is not valid JSON, at line 1, column 4.", "", "", ""},
		{"a zero octet", lenient, "{\x00}", "The content is not valid JSON, at line 1, column 2.", "", "", ""},
		{"not UTF-8", lenient, "{\"name\":\"\xe9a\"}", "The content is not UTF-8, at line 1, column 10.", "", "", ""},
		{"trailing data", lenient, `{} {}`, "The content has something after its end, at line 1, column 4.", "", "", ""},
		{"too deep", strict, `{"any":[[[[[[[[[[]]]]]]]]]]}`, "The content is nested too deep, at line 1, column 17.", "", "", ""},
		{"as deep as it may be", strict, `{"any":[[[[[[[[[]]]]]]]]]}`, "", "", "", ""},
		{"much too deep", lenient, strings.Repeat("[", 1000), "The content is nested too deep, at line 1, column 101.", "", "", ""},

		{"an element of an array", lenient, `{"items":[{"price":1},{"price":"hunter2"}]}`, wrong + "line 1, column 32.", "/items/1/price",
			"wrong_type", "Must be an integer in range."},
		{"the first of several", lenient, `{"items":[{"price":1},{"price":"x"},{"price":"y"}],"flag":1}`, wrong + "line 1, column 32.",
			"/items/1/price", "wrong_type", "Must be an integer in range."},
		{"a member of an embedded struct", lenient, `{"id":"hunter2"}`, wrong + "line 1, column 7.", "/id", "wrong_type", "Must be an integer in range."},
		{"a key of a map", lenient, `{"byName":{"a":{"price":1},"b/c":{"price":true}}}`, wrong + "line 1, column 43.", "/byName/b~1c/price",
			"wrong_type", "Must be an integer in range."},
		{"a name with escapes", lenient, `{"a\u002fb~c":{"ü\"":[0,"hunter2"]}}`, wrong + "line 1, column 25.", "/a~1b~0c/ü\"/1",
			"wrong_type", "Must be a number in range."},
		{"on another line", lenient, "{\n\t\"pair\": [\n\t\t1,\n\t\t\"ä\", 1]}", wrong + "line 4, column 3.", "/pair/1", "wrong_type",
			"Must be an integer in range."},
		{"past the end of a Go array, after a good start", lenient, `{"pair":[1,2,"x"],"flag":1}`, wrong + "line 1, column 26.", "/flag",
			"wrong_type", "Must be true or false."},
		{"a number out of range", lenient, `{"count":300}`, wrong + "line 1, column 10.", "/count", "wrong_type", "Must be an integer in range."},
		{"an array for an object", lenient, `{"items":[[]]}`, wrong + "line 1, column 11.", "/items/0", "wrong_type", "Must be an object."},
		{"an object for an array", lenient, `{"items":{"a":1}}`, wrong + "line 1, column 10.", "/items", "wrong_type", "Must be an array."},
		{"an array within arrays", lenient, `{"matrix":[[1],[2,[3]]]}`, wrong + "line 1, column 19.", "/matrix/1/1", "wrong_type",
			"Must be a number in range."},
		{"behind a pointer", lenient, `{"next":{"next":{"pointer":{"name":5}}}}`, wrong + "line 1, column 36.", "/next/next/pointer/name",
			"wrong_type", "Must be a string."},
		{"a name in another case", lenient, `{"FLAG":"x"}`, wrong + "line 1, column 9.", "/FLAG", "wrong_type", "Must be true or false."},
		{"a key that is no number", lenient, `{"keys":{"1":"a","x":"b"}}`, wrong + "line 1, column 18.", "/keys/x", "wrong_type",
			"Must be an integer in range."},
		{"a number for base64", lenient, `{"icon":5}`, wrong + "line 1, column 9.", "/icon", "wrong_type", "Must be a string in base64."},
		{"an object for base64", lenient, `{"icon":{}}`, wrong + "line 1, column 9.", "/icon", "wrong_type", "Must be a string in base64."},
		{"base64 that is not valid", lenient, `{"icon":"hunter2"}`, invalid + "line 1, column 9.", "/icon", "invalid_value", "Is not valid."},
		{"the whole", lenient, ` ["hunter2"]`, wrong + "line 1, column 2.", "", "wrong_type", "Must be an object."},
		{"a time", lenient, `{"next":{"when":"hunter2"}}`, invalid + "line 1, column 17.", "/next/when", "invalid_value", "Is not valid."},
		{"a text with a mind", lenient, `{"colour":"hunter2"}`, invalid + "line 1, column 11.", "/colour", "invalid_value", "Is not valid."},
		{"it takes several members to be wrong", lenient, `{"next":{"shape":{"a":1,"b":2}}}`, invalid + "line 1, column 18.", "/next/shape",
			"invalid_value", "Is not valid."},

		{"an unknown member", strict, `{"items":[{"price":1},{"prise":2}]}`, unknown + "line 1, column 24.", "/items/1/prise",
			"unknown_member", "Is not known."},
		{"an unknown member, whose name is known elsewhere", strict,
			`{"byName":{"price":{"price":1}},"any":{"price":1},"price":{"price":[1]}}`, unknown + "line 1, column 51.", "/price",
			"unknown_member", "Is not known."},
		{"unknown members do not count", lenient, `{"prise":2}`, "", "", "", ""},
		{"a member that is there twice", strict, `{"items":[{"name":"","n\u0061me":""}]}`, twice + "line 1, column 22.", "/items/0/name",
			"duplicate_member", "Is there twice."},
		{"the same name in two objects", strict, `{"items":[{"name":""},{"name":""}],"pointer":{"name":""}}`, "", "", "", ""},
		{"it does not count", lenient, `{"flag":true,"flag":false}`, "", "", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := readJSON(&test.reader, new(purchase), test.content)
			if test.message == "" {
				assert.Nil(t, e)
				return
			}
			require.NotNil(t, e)
			assert.Equal(t, httpstatus.BadRequest, e.Status())
			assert.Equal(t, test.message, e.Message())
			if test.code == "" {
				assert.Empty(t, e.Fields())
				return
			}
			assert.Equal(t, []httpstatus.Field{{Pointer: test.pointer, ErrorCode: test.code, Message: test.detail}}, e.Fields())
		})
	}
}

// What JSON cannot be decoded into is wrong whatever a client sends, so it is the
// program's fault.
func TestReadJSONUndecodable(t *testing.T) {
	for _, test := range []struct {
		name string
		v    any
	}{
		{"a channel", &struct{ ID chan int }{}},
		{"a function", &struct{ ID func() }{}},
		{"a complex number", &struct{ ID complex128 }{}},
		{"an interface with methods", &struct{ ID fmt.Stringer }{}},
		{"a pointer to a struct that is not exported, embedded", &struct{ *embeddedAudit }{}},
		{"within arrays", &struct{ ID []chan int }{}},
		{"nothing", nil},
		{"no pointer", 1},
		{"a nil pointer", (*int)(nil)},
	} {
		t.Run(test.name, func(t *testing.T) {
			content := `{"id":1}`
			if test.name == "within arrays" {
				content = `{"id":[1]}`
			}
			e := readJSON(&statushttp.JSONReader{}, test.v, content)
			assert.Equal(t, httpstatus.InternalServerError, e.Status())
			assert.Equal(t, "Internal Server Error", e.Message())
			assert.NotNil(t, e.Unwrap())
		})
	}
}

// With Go 1.27 encoding/json calls it a wrong type. The place is the same.
func TestReadJSONNumberInQuotes(t *testing.T) {
	e := readJSON(new(statushttp.JSONReader), new(purchase), `{"flag":true,"quoted":"hunter2"}`)
	require.NotNil(t, e)
	assert.Contains(t, e.Message(), ", at line 1, column 23.")
	require.Len(t, e.Fields(), 1)
	assert.Equal(t, "/quoted", e.Fields()[0].Pointer)
}

// What is decoded is what encoding/json makes of it.
func TestReadJSONDecodes(t *testing.T) {
	var got, want purchase
	const content = `{"id":7,"items":[{"price":1,"name":"ä"}],"quoted":"5","any":{"a":[1]},"flag":true}`
	require.Nil(t, readJSON(new(statushttp.JSONReader), &got, content))
	require.NoError(t, json.Unmarshal([]byte(content), &want))
	assert.Equal(t, want, got)
}

func TestReadJSONRequest(t *testing.T) {
	merge := &statushttp.JSONReader{Types: []string{"application/merge-patch+json", "application/json; v=2"}}
	suffix := &statushttp.JSONReader{Types: []string{"+json"}}
	for _, test := range []struct {
		name    string
		reader  *statushttp.JSONReader
		method  string
		header  []string
		status  httpstatus.Code
		message string
		field   string
		value   string
	}{
		{"plain", nil, "POST", []string{"Content-Type", "application/json"}, 0, "", "", ""},
		{"with a parameter", nil, "POST", []string{"Content-Type", "Application/JSON; charset=UTF-8; x=y"}, 0, "", "", ""},
		{"as many write the charset", nil, "POST", []string{"Content-Type", `application/json; charset="utf8"`}, 0, "", "", ""},
		{"the type twice", nil, "POST", []string{"Content-Type", "application/json", "Content-Type", "application/json"}, 0, "", "", ""},
		{"two types", nil, "POST", []string{"Content-Type", "application/json", "Content-Type", "text/plain"}, 415,
			"The Content-Type is malformed.", "Accept", "application/json"},
		{"compressed, by the second line", nil, "POST",
			[]string{"Content-Type", "application/json", "Content-Encoding", "identity", "Content-Encoding", "gzip"}, 415,
			"The content must not be compressed.", "Accept-Encoding", "identity"},
		{"no coding in the list", nil, "POST", []string{"Content-Type", "application/json", "Content-Encoding", " , identity,"}, 0, "", "", ""},
		{"identity is no coding", nil, "POST", []string{"Content-Type", "application/json", "Content-Encoding", "Identity"}, 0, "", "", ""},
		{"no type", nil, "POST", nil, 415, "The Content-Type is missing.", "Accept", "application/json"},
		{"a malformed type", nil, "POST", []string{"Content-Type", "a/b/c"}, 415, "The Content-Type is malformed.", "Accept", "application/json"},
		{"another type", nil, "PUT", []string{"Content-Type", "text/plain"}, 415,
			"The Content-Type is not one of those that are read here.", "Accept", "application/json"},
		{"a suffix that is not asked for", nil, "POST", []string{"Content-Type", "application/merge-patch+json"}, 415, "*", "Accept", "application/json"},
		{"another charset", nil, "POST", []string{"Content-Type", "application/json; charset=latin1"}, 415, "The content must be UTF-8.",
			"Accept", "application/json"},
		{"compressed", nil, "POST", []string{"Content-Type", "application/json", "Content-Encoding", "gzip"}, 415,
			"The content must not be compressed.", "Accept-Encoding", "identity"},
		{"a patch", merge, "PATCH", []string{"Content-Type", "application/merge-patch+json"}, 0, "", "", ""},
		{"a patch in another format", merge, "PATCH", []string{"Content-Type", "application/json-patch+json"}, 415, "*", "Accept-Patch",
			"application/merge-patch+json, application/json; v=2"},
		{"a parameter that must be there", merge, "POST", []string{"Content-Type", "application/json; v=2"}, 0, "", "", ""},
		{"and is not", merge, "POST", []string{"Content-Type", "application/json"}, 415, "*", "Accept", "application/merge-patch+json, application/json; v=2"},
		{"any suffix", suffix, "POST", []string{"Content-Type", "application/vnd.api+json"}, 0, "", "", ""},
		{"no suffix", suffix, "POST", []string{"Content-Type", "application/json"}, 415, "*", "Accept", "application/json"},
		{"a type of ours that is malformed", &statushttp.JSONReader{Types: []string{"a/b/c"}}, "POST", []string{"Content-Type", "a/b"}, 415,
			"*", "Accept", "a/b/c"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(test.method, "/", strings.NewReader("{}"))
			for i := 0; i < len(test.header); i += 2 {
				r.Header.Add(test.header[i], test.header[i+1])
			}
			var v any
			read := statushttp.ReadJSON
			if test.reader != nil {
				read = test.reader.Read
			}
			err := read(httptest.NewRecorder(), r, &v)
			assert.Equal(t, test.status, httpstatus.StatusOf(err))
			if err == nil {
				return
			}
			e := httpstatus.FromError(err)
			if test.message != "*" {
				assert.Equal(t, test.message, e.Message())
			}
			assert.Equal(t, map[string][]string{test.field: {test.value}}, e.Header())
		})
	}
}

// unread fails the test when it is read.
type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) { u.t.Error("read"); return 0, io.EOF }

func TestReadJSONContent(t *testing.T) {
	ask := func(body io.Reader, length int64) *http.Request {
		r := httptest.NewRequest("POST", "/", body)
		r.Header.Set("Content-Type", "application/json")
		r.ContentLength = length
		return r
	}
	small := &statushttp.JSONReader{MaxBytes: 10}
	var v any
	t.Run("announced to be too large", func(t *testing.T) {
		err := small.Read(httptest.NewRecorder(), ask(unread{t}, 11), &v)
		assert.Equal(t, "The content is larger than 10 bytes.", httpstatus.FromError(err).Message())
		assert.ErrorIs(t, err, httpstatus.ContentTooLarge)
	})
	t.Run("too large", func(t *testing.T) {
		err := small.Read(httptest.NewRecorder(), ask(strings.NewReader(`"hunter2hunter2"`), -1), &v)
		assert.ErrorIs(t, err, httpstatus.ContentTooLarge)
	})
	t.Run("as large as it may be", func(t *testing.T) {
		assert.NoError(t, small.Read(httptest.NewRecorder(), ask(strings.NewReader(`"hunter2!"`), -1), &v))
		assert.Equal(t, "hunter2!", v)
	})
	t.Run("the default", func(t *testing.T) {
		err := statushttp.ReadJSON(httptest.NewRecorder(), ask(strings.NewReader(`"`+strings.Repeat("x", 1<<20)+`"`), -1), &v)
		assert.Equal(t, "The content is larger than 1048576 bytes.", httpstatus.FromError(err).Message())
	})
	t.Run("the connection fails", func(t *testing.T) {
		err := statushttp.ReadJSON(httptest.NewRecorder(), ask(io.MultiReader(strings.NewReader("{"), brokenContent{}), -1), &v)
		assert.ErrorIs(t, err, httpstatus.BadRequest)
	})
	t.Run("none", func(t *testing.T) {
		for _, body := range []io.ReadCloser{nil, http.NoBody} {
			r := httptest.NewRequest("POST", "/", nil)
			r.Body = body
			assert.Equal(t, "The content is empty.", httpstatus.FromError(statushttp.ReadJSON(httptest.NewRecorder(), r, &v)).Message())
		}
	})
	t.Run("nothing to decode into", func(t *testing.T) {
		for _, v := range []any{nil, 7, (*int)(nil)} {
			assert.ErrorIs(t, statushttp.ReadJSON(httptest.NewRecorder(), ask(strings.NewReader("{}"), -1), v), httpstatus.InternalServerError)
		}
	})
	t.Run("a method with its own status", func(t *testing.T) {
		e := readJSON(new(statushttp.JSONReader), new(purchase), `{"own":1}`)
		require.NotNil(t, e)
		assert.Equal(t, "422 own: Its own words.", e.Error())
	})
}

// onlyOnce decodes wrongly the first time, so that the place cannot be found.
type onlyOnce struct{ done *bool }

func (o *onlyOnce) UnmarshalJSON([]byte) error {
	if o.done != nil {
		return errors.New("hunter2")
	}
	return nil
}

// Where the place is not known none is told.
func TestReadJSONWithoutPlace(t *testing.T) {
	e := readJSON(new(statushttp.JSONReader), &onlyOnce{new(bool)}, `{"a":1}`)
	require.NotNil(t, e)
	assert.Equal(t, "The content has a value that is not valid.", e.Message())
	assert.Empty(t, e.Fields())
}

// The search for the place is bounded: where it would take too long, the pointer
// leads to what is around the value.
func TestReadJSONDeepPlace(t *testing.T) {
	deep := &statushttp.JSONReader{MaxDepth: 3000}
	content := strings.Repeat(`{"next":`, 2500) + `{"flag":1}` + strings.Repeat("}", 2500)
	e := readJSON(deep, new(purchase), content)
	require.NotNil(t, e)
	require.Len(t, e.Fields(), 1)
	pointer := e.Fields()[0].Pointer
	assert.Regexp(t, "^(/next)+$", pointer)
	assert.LessOrEqual(t, strings.Count(pointer, "/"), 64)

	var many strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&many, `{"price":%d},`, i)
	}
	e = readJSON(&statushttp.JSONReader{MaxBytes: 10 << 20}, new(purchase), `{"items":[`+many.String()+`{"price":"x"}]}`)
	require.NotNil(t, e)
	assert.Equal(t, "/items/100000/price", e.Fields()[0].Pointer)
}

// resolve follows a JSON Pointer. RFC 6901, Section 4.
func resolve(v any, pointer string) (any, bool) {
	if pointer == "" {
		return v, true
	}
	for _, token := range strings.Split(pointer, "/")[1:] {
		token = strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
		switch x := v.(type) {
		case map[string]any:
			child, ok := x[token]
			if !ok {
				return nil, false
			}
			v = child
		case []any:
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(x) {
				return nil, false
			}
			v = x[i]
		default:
			return nil, false
		}
	}
	return v, true
}

// FuzzReadJSON holds that what is read is what encoding/json reads, that each
// pointer leads to a place in the content, that nothing is the program's fault,
// and that no name of a Go type or field is sent.
func FuzzReadJSON(f *testing.F) {
	for _, content := range []string{
		``, `{}`, `{"items":[{"price":1},{"price":"x"}]}`, `{"byName":{"a/b":{"price":[]}}}`, `{"when":"x"}`, `{"flag":1,"flag":1}`,
		`{"pair":[1,2,3,{}]}`, `{"keys":{"x":"y"}}`, `{"quoted":"x"}`, `[[[[`, "\ufeff 1", `{"any":{"a":1,"a":2}}`,
		`{"next":{"colour":"blue"}}`, `{"id":1e999}`,
	} {
		f.Add(content, false)
		f.Add(content, true)
	}
	f.Fuzz(func(t *testing.T, content string, strict bool) {
		if strings.Contains(content, "wn") || strings.Contains(content, "hape") || strings.Contains(content, `\`) {
			return // fields with a mind of their own: own and shape
		}
		var got, want purchase
		e := readJSON(&statushttp.JSONReader{RejectUnknown: strict, RejectDuplicates: strict}, &got, content)
		err := json.Unmarshal(bytes.TrimPrefix([]byte(content), []byte("\ufeff")), &want)
		if e == nil {
			assert.NoError(t, err)
			return
		}
		if !strict && err == nil {
			assert.Contains(t, e.Message(), "UTF-8", "%q", content)
		}
		assert.Equal(t, httpstatus.BadRequest, e.Status())
		body := string(e.AppendBody(nil, httpstatus.SimpleJSON))
		for _, name := range []string{"purchase", "lineItem", "embeddedAudit", "AuditID", "statushttp", "int8", "struct", "unmarshal"} {
			if !strings.Contains(content, name) {
				assert.NotContains(t, body, name)
			}
		}
		for _, field := range e.Fields() {
			if field.ErrorCode == "duplicate_member" {
				continue // it need not be JSON behind that
			}
			var v any
			d := json.NewDecoder(strings.NewReader(strings.TrimPrefix(content, "\ufeff")))
			d.UseNumber()
			require.NoError(t, d.Decode(&v))
			_, ok := resolve(v, field.Pointer)
			assert.True(t, ok, "%q in %q", field.Pointer, content)
		}
	})
}
