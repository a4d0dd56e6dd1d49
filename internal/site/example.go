package site

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
)

// sampleValues are values for the fields of the examples, by name; one for a
// single code has its number before the name.
var sampleValues = map[string]string{
	"101 Upgrade": "websocket", "426 Upgrade": "websocket", "Connection": "Upgrade",
	"103 Link": "</style.css>; rel=preload; as=style", "451 Link": `<https://isp.example/>; rel="blocked-by"`,
	"104 Location": "https://example.com/uploads/7", "Upload-Draft-Interop-Version": "8",
	"201 Location": "/users/42", "300 Location": "/manual.en.html", "303 Location": "/jobs/7",
	"301 Location": "https://www.example.com/", "308 Location": "https://www.example.com/api/",
	"302 Location": "/login", "307 Location": "https://eu.example.com/upload",
	"206 Content-Range": "bytes 0-12/2048", "416 Content-Range": "bytes */2048",
	"Date": "Tue, 15 Sep 2026 08:00:00 GMT", "ETag": `"v42"`, "Cache-Control": "max-age=60", "Vary": "Accept-Encoding",
	"Content-Type": "text/plain; charset=utf-8", "IM": "vcdiff", "226 ETag": `"v43"`, "226 Delta-Base": `"v42"`,
	"WWW-Authenticate": `Bearer realm="example"`, "Proxy-Authenticate": `Basic realm="proxy"`,
	"Allow": "GET, HEAD", "Retry-After": "120",
}

// sampleFields are the fields of the examples that come with the code under a
// condition, which the example takes to hold; those that always come are there
// anyway.
var sampleFields = map[httpstatus.Code][]string{
	103: {"Link"}, 104: {"Location", "Upload-Draft-Interop-Version"}, 201: {"Location"},
	206: {"Date", "ETag", "Content-Range", "Content-Type"}, 226: {"IM", "Delta-Base"}, 300: {"Location"}, 303: {"Location"},
	304: {"Date", "ETag", "Cache-Control", "Vary"}, 413: {"Retry-After"}, 416: {"Content-Range"}, 451: {"Link"},
}

// sampleContent is the content of the examples of success.
var sampleContent = map[httpstatus.Code][2]string{
	200: {"application/json", `{"id":42,"name":"Ada"}`},
	201: {"application/json", `{"id":42,"name":"Ada"}`},
	202: {"application/json", `{"job":"/jobs/7"}`},
	203: {"text/plain; charset=utf-8", "Hello, world!"},
	206: {"text/plain; charset=utf-8", "Hello, world!"},
	207: {"application/xml", `<?xml version="1.0" encoding="utf-8"?>
<multistatus xmlns="DAV:">
  <response><href>/docs/a</href><status>HTTP/1.1 200 OK</status></response>
  <response><href>/docs/b</href><status>HTTP/1.1 423 Locked</status></response>
</multistatus>`},
	300: {"text/plain; charset=utf-8", "/manual.en.html\n/manual.de.html"},
}

// example returns a response as it goes over the wire; "" for a code that is not
// the status of a response, or should never be.
func example(c httpstatus.Code) string {
	k := card.New(c)
	if !k.Registered || c == httpstatus.AlreadyReported || c == httpstatus.UseProxy {
		return ""
	}
	header := map[string][]string{}
	var names []string // in the order of the wire
	set := func(name, value string) {
		if header[name] == nil {
			names = append(names, name)
			header[name] = []string{value}
		}
	}
	sample := func(name string) {
		value, ok := sampleValues[strconv.Itoa(int(c))+" "+name]
		if !ok {
			value, ok = sampleValues[name]
		}
		if ok {
			set(name, value)
		}
	}
	for _, name := range sampleFields[c] {
		sample(name)
	}
	for r := range c.HeaderRules() {
		if r.When == "" && (r.Level == httpstatus.LevelMust || r.Level == httpstatus.LevelShould || r.Level == httpstatus.LevelMay) {
			sample(r.Name)
		}
	}
	content := sampleContent[c][1]
	switch {
	case c.Class() >= httpstatus.ClientError:
		_, fields, body := c.New("", "").Response("GET", nil)
		content = string(body)
		for _, name := range []string{"Content-Type", "X-Content-Type-Options", "Content-Length"} {
			if v := fields[name]; len(v) > 0 {
				set(name, v[0])
			}
		}
	case content != "":
		set("Content-Type", sampleContent[c][0])
		set("Content-Length", strconv.Itoa(len(content)))
	case k.AllowsContent && c != httpstatus.IMUsed: // whose delta is not text
		set("Content-Length", "0")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\n", int(c), c.Phrase())
	for _, name := range names {
		fmt.Fprintf(&b, "%s: %s\n", name, header[name][0])
	}
	if content != "" {
		b.WriteString("\n" + content + "\n")
	}
	return b.String()
}
