package lenient_test

import (
	"encoding/json"
	"encoding/xml"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus/internal/lenient"
)

// number keeps the digits of a number.
func number(digits string) any { return json.Number(digits) }

func TestJSON(t *testing.T) {
	deep := strings.Repeat("[", 31) + "1" + strings.Repeat("]", 31)
	for _, tt := range []struct {
		name, in, want string // the value as encoding/json writes it
		partial        bool
	}{
		{"an object", "{ \"a\" : [ 1 ,\t{ } , [ ] , true , false , null ] ,\r\n\"b\" : \"c\" }", `{"a":[1,{},[],true,false,null],"b":"c"}`, false},
		{"the last of several", `{"a":1,"b":2,"a":3}`, `{"a":3,"b":2}`, false},
		{"escapes", `"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"`, `"\"\\/\b\f\n\r\t` + "\u00e9\U0001F600" + `"`, false},
		{"escapes in a name", `{"\u0061":1}`, `{"a":1}`, false},
		{"unknown escapes", `"\q\'"`, `"q'"`, false},
		{"control characters", "\"a\x01\n\"", `"a\u0001\n"`, false},
		{"half a pair", `"\ud83d\ud83d\ude00\ude00\u00"`, `"` + "\ufffd\U0001F600\ufffd\ufffd" + `00"`, false},
		{"a code that is none", `"\uzzzz"`, `"` + "\ufffd" + `zzzz"`, false},
		{"half a pair and half a code", `"\ud83d\u00"`, `"` + "\ufffd\ufffd" + `00"`, false},
		{"not UTF-8", "\"caf\xe9\xe9\"", `"` + "caf\ufffd\ufffd" + `"`, false},
		{"not UTF-8 at the end of a string", "\"caf\xe9\"", `"` + "caf\ufffd" + `"`, false},
		{"numbers", "[0,-1.5e+3,10]", "[0,-1.5e+3,10]", false},
		{"a number alone", " 12", "12", false},
		{"text after the value", `{"a":1}}]`, `{"a":1}`, false},
		{"as deep as may be", deep, deep, false},
		{"an empty text", "", "null", true},
		{"a bare word", "{a:1}", "{}", true},
		{"half a word", `[tru`, "[]", true},
		{"no colon", `{"a" 1}`, "{}", true},
		{"no comma", `[1 2]`, "[1]", true},
		{"a comma at the end", `[1,]`, "[1]", true},
		{"no number", `[1,01.e]`, "[1]", true},
		{"cut off in a number", `[1,2`, "[1,2]", true},
		{"cut off in a string", `{"a":"bc`, `{"a":"bc"}`, true},
		{"cut off in a name", `{"a":1,"b`, `{"a":1}`, true},
		{"cut off in an escape", `"a\`, `"a"`, true},
		{"cut off in a code", `"a\u00`, `"a"`, true},
		{"cut off in a character", "\"a\xf0\x9f", `"a"`, true},
		{"cut off in a list", `{"a":[1,{"b":2`, `{"a":[1,{"b":2}]}`, true},
		{"deeper", strings.Repeat("[", 33) + `"]"` + strings.Repeat("]", 33), strings.Repeat("[", 32) + "null" + strings.Repeat("]", 32), false},
		{"deeper and open", strings.Repeat("[", 33), strings.Repeat("[", 32) + strings.Repeat("]", 32), true},
		{"deeper and open in a string", strings.Repeat("[", 33) + `"`, strings.Repeat("[", 32) + strings.Repeat("]", 32), true},
		{"a long name", `{"` + strings.Repeat("a", 70000) + `":1}`, "{}", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := lenient.JSON(tt.in)
			got, err := json.Marshal(v.Any(number))
			require.NoError(t, err)
			assert.Equal(t, tt.want, string(got))
			assert.Equal(t, tt.partial, v.Partial())
		})
	}
}

func TestValue(t *testing.T) {
	v := lenient.JSON(`{"s":"a","n":1,"l":["x",2],"b":true,"o":{"p":"q"},"s":"b","half":"c`)
	assert.Equal(t, lenient.Object, v.Kind())
	assert.False(t, v.IsXML())
	assert.Equal(t, "b", v.Get("s").String())
	assert.Equal(t, "b", v.Get("s").Whole())
	assert.Equal(t, "s", v.Get("s").Name())
	assert.Equal(t, "c", v.Get("half").String())
	assert.Empty(t, v.Get("half").Whole(), "half of a string")
	assert.Empty(t, v.Get("n").String(), "no string")
	assert.Equal(t, "1", v.Get("n").Text())
	assert.Equal(t, "true", v.Get("b").Text())
	assert.Empty(t, v.Get("l").Text())
	assert.Equal(t, "x", v.Get("l").First().Text())
	assert.Equal(t, "2", v.Get("l").First().Next().Text())
	assert.Empty(t, v.Get("l").First().Name())
	assert.False(t, v.Get("l").First().Next().Next().Exists())
	assert.Equal(t, "q", v.Get("o").Get("p").Text())

	none := v.Get("x").Get("y").First().Next()
	assert.False(t, none.Exists())
	assert.Equal(t, lenient.None, none.Kind())
	assert.Empty(t, none.Name()+none.Text()+none.String())
	assert.Nil(t, none.Any(number))
}

// FuzzJSON holds that what encoding/json reads is read as encoding/json reads it,
// and that the beginning of it has nothing that is not in the whole.
func FuzzJSON(f *testing.F) {
	f.Add(`{"a":[1,-2.5e3,"\u0041\n<",true,null,{"b":{}}]} `, 9)
	f.Add("[\"\xff\u2028\\ud800\",0]", 3)
	f.Fuzz(func(t *testing.T, text string, cut int) {
		v := lenient.JSON(text)
		if cut >= 0 && cut < len(text) {
			lenient.JSON(text[:cut]).Any(number)
		}
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		var want any
		if !json.Valid([]byte(text)) || strings.Count(text, "[")+strings.Count(text, "{") > 32 || d.Decode(&want) != nil {
			return
		}
		assert.Equal(t, want, v.Any(number))
		assert.False(t, v.Partial())
	})
}

// TestMemory holds that a text of 64 KiB costs less than 1 MiB, whatever is in
// it.
func TestMemory(t *testing.T) {
	for _, tt := range []struct{ name, text string }{
		{"zeros", "[" + strings.Repeat("0,", 32<<10)},
		{"arrays", "[" + strings.Repeat("[],", 21<<10)},
		{"arrays in arrays", strings.Repeat("[", 64<<10)},
		{"members", "{" + strings.Repeat(`"":0,`, 13<<10)},
		{"elements", "<a>" + strings.Repeat("<b/>", 16<<10)},
		{"elements in elements", strings.Repeat("<b>", 21<<10)},
		{"attributes", "<a " + strings.Repeat(`b="" `, 12<<10)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			lenient.JSON(tt.text)
			lenient.XML(tt.text)
			runtime.ReadMemStats(&after)
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20))
		})
	}
}

func TestXML(t *testing.T) {
	for _, tt := range []struct {
		name, in, root, want string
	}{
		{"a text", "<a>b</a>", "a", `"b"`},
		{"elements", "<a><b>1</b> <c>2</c></a>", "a", `{"b":"1","c":"2"}`},
		{"the first of several", "<a><b>1</b><b>2</b></a>", "a", `{"b":"1"}`},
		{"prefixes", `<x:a xmlns:x="urn:x" x:y="1"><x:b>1</x:b></x:a>`, "a", `{"b":"1"}`},
		{"what comes before", "\ufeff<?xml version=\"1.0\"?>\n<!DOCTYPE a>\n<!-- <c> -->\n<a>b</a>", "a", `"b"`},
		{"attributes", `<a b="1" c = '2&amp;' d/>`, "a", `{"b":"1","c":"2\u0026"}`},
		{"attributes and a text", `<a b="1">c</a>`, "a", `{"#text":"c","b":"1"}`},
		{"attributes and elements", `<a b="1"><c>2</c></a>`, "a", `{"b":"1","c":"2"}`},
		{"an attribute that is the value", `<a value="1"/>`, "a", `"1"`},
		{"and has a text beside it", `<a value="1">2</a>`, "a", `{"#text":"2","value":"1"}`},
		{"the same among others", `<a><b value="1"/><c>2</c></a>`, "a", `{"b":"1","c":"2"}`},
		{"a language", `<a xml:lang="en">b</a>`, "a", `"b"`},
		{"references and CDATA", "<a> b&lt;&#x41;&#66; <![CDATA[<c>]]>\n</a>", "a", `"b\u003cAB"`},
		{"comments in a text", "<a>b<!-- <c>d</c> -->e</a>", "a", `"b e"`},
		{"empty", "<a></a>", "a", `""`},
		{"closed at once", "<a/>", "a", `""`},
		{"closed by another name", "<a><b>1</c><d>2</d></a>", "a", `{"b":"1","d":"2"}`},
		{"cut off in a text", "<a><b>1", "a", `{"b":"1"}`},
		{"cut off in a tag", "<a><b", "a", `{"b":""}`},
		{"cut off in an attribute", `<a b="1`, "a", `""`},
		{"cut off before an attribute", `<a b=`, "a", `""`},
		{"cut off after an attribute", `<a b="1"`, "a", `{"b":"1"}`},
		{"an attribute without quotes", `<a b=1 c="2">d</a>`, "a", `{"#text":"d","c":"2"}`},
		{"an attribute that is no name", `<a "x" =>b</a>`, "a", `"b"`},
		{"a long name", "<" + strings.Repeat("a", 70000) + ">b</a>", strings.Repeat("a", 65535), `"b"`},
		{"deeper", strings.Repeat("<a>", 34) + "x" + strings.Repeat("</a>", 34), "a", strings.Repeat(`{"a":`, 32) + `"x"` + strings.Repeat("}", 32)},
		{"an end alone", "</a>", "", "null"},
		{"an open comment", "<!-- <a>b</a>", "", "null"},
		{"a bracket alone", "<", "", "null"},
		{"nothing", "", "", "null"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := lenient.XML(tt.in)
			got, err := json.Marshal(v.Any(number))
			require.NoError(t, err)
			assert.Equal(t, tt.want, string(got))
			assert.Equal(t, tt.root, v.Name())
			assert.Equal(t, v.Exists(), v.IsXML())
		})
	}
	v := lenient.XML("<a><b>1</b><b>2</b></a>")
	assert.Equal(t, "1", v.Get("b").Text())
	assert.True(t, lenient.XML("<a><b>1</b><c>2").Partial())
	assert.False(t, lenient.XML("<a><b>1</b><c>2").Get("b").Partial())
	assert.True(t, lenient.XML("<a><b>1</b><c>2").Get("c").Partial())
}

// FuzzXML holds that whatever the text is, the reader comes back, and that the
// name of the root is that of encoding/xml where that reads the whole, but for
// declarations, which may have quoted brackets.
func FuzzXML(f *testing.F) {
	f.Add(`<?xml version="1.0"?><a:b xmlns:a="x" c="d"><e>f</e><![CDATA[<]]></a:b>`)
	f.Add(`<a value="1"/>`)
	f.Fuzz(func(t *testing.T, text string) {
		v := lenient.XML(text)
		v.Any(number)
		var root struct{ XMLName xml.Name }
		if !strings.Contains(text, "<!") && xml.Unmarshal([]byte(text), &root) == nil && !strings.Contains(root.XMLName.Local,
			":") && len(root.XMLName.Local) < 1000 {
			assert.Equal(t, root.XMLName.Local, v.Name())
		}
	})
}

func TestElement(t *testing.T) {
	for _, tt := range []struct{ name, page, element, want string }{
		{"in any case", "<HTML><Title>a</TITLE>", "title", "a"},
		{"with attributes and tags inside", "<h1 class=x>a <b>b</b>\n c</h1>", "h1", "a b c"},
		{"the first with a text", "<title> </title><title>a</title>", "title", "a"},
		{"another name", "<titles>a</titles>", "title", ""},
		{"cut off", "<title>a", "title", "a"},
		{"cut off in the tag", "<title", "title", ""},
		{"cut off in an attribute", "<title class=", "title", ""},
		{"cut off in a tag inside", "<title>a<b", "title", "a"},
		{"none", "a", "title", ""},
		{"many that are empty", strings.Repeat("<title></title>", 9) + "<title>a</title>", "title", ""},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, lenient.Element(tt.page, tt.element)) })
	}
	long := lenient.PlainText(strings.Repeat("a", 10000))
	assert.Len(t, long, 512)
}

func TestReferences(t *testing.T) {
	for in, want := range map[string]string{
		"&amp;&lt;&gt;&quot;&apos;": `&<>"'`, "&nbsp;x": " x", "a&nbsp;x": "a x", "&#65;&#x42;&#X43;": "ABC", "&bogus;": "&bogus;", "&": "&", "&;": "&;",
		"&#;": "&#;", "&#x;": "&#x;", "&#zz;": "&#zz;", "&#6A;": "&#6A;", "&#0;": "\ufffd", "&#xD800;": "\ufffd", "&#x110000;": "\ufffd",
		"&#99999999;": "\ufffd",
	} {
		assert.Equal(t, want, lenient.PlainText(in), strconv.Quote(in))
	}
}

func TestToValid(t *testing.T) {
	assert.Equal(t, "café", lenient.ToValid("café"))
	assert.Equal(t, "a\ufffd\ufffdb", lenient.ToValid("a\xff\xfeb"))
}

func TestTrimSpace(t *testing.T) {
	assert.Equal(t, "a b", lenient.TrimSpace(" \t\r\na b\n "))
	assert.Empty(t, lenient.TrimSpace(" \n"))
	assert.Equal(t, "\u00a0", lenient.TrimSpace(" \u00a0 "), "white space of JSON and XML alone")
}
