package probe

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/conform"
)

// A question is one thing that the server is asked, with one request or a few.
type question struct {
	name   string
	writes bool                 // with a method that is not safe
	needs  func(p *prober) bool // whether it makes sense here
	ask    func(p *prober)
}

// with is a question that one request asks, whose answer the rules judge.
func with(name string, needs func(*prober) bool, make func(p *prober) call) question {
	return question{name: name, needs: needs, ask: func(p *prober) {
		a := p.send(make(p))
		p.judge(a)
		p.compare(p.whole, a)
		p.sound(a)
	}}
}

// get is a question that a GET with some fields asks.
func get(name string, needs func(*prober) bool, header func(p *prober) http.Header) question {
	return with(name, needs, func(p *prober) call { return call{method: http.MethodGet, header: header(p)} })
}

// fields is a header of pairs of name and value.
func fields(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	return h
}

// fixed is a header that does not depend on the resource.
func fixed(pairs ...string) func(*prober) http.Header {
	return func(*prober) http.Header { return fields(pairs...) }
}

// What a question may need.
func hasETag(p *prober) bool { return p.whole.x.Status == httpstatus.OK && p.etag() != "" }
func hasStrongETag(p *prober) bool {
	return hasETag(p) && !strings.HasPrefix(p.etag(), "W/")
}
func hasDate(p *prober) bool {
	return p.whole.x.Status == httpstatus.OK && !p.modified().IsZero()
}
func hasBoth(p *prober) bool { return hasETag(p) && hasDate(p) }

// hasContent is for ranges: the whole is known, and long enough to have parts.
func hasContent(p *prober) bool {
	return p.whole.x.Status == httpstatus.OK && !p.whole.x.Truncated && len(p.whole.x.Body) >= 8
}
func hasParts(p *prober) bool { return hasContent(p) && hasStrongETag(p) }

func (p *prober) etag() string { return p.whole.header("ETag") }

func (p *prober) modified() time.Time {
	t, _ := http.ParseTime(p.whole.header("Last-Modified"))
	return t
}

func (p *prober) size() int { return len(p.whole.x.Body) }

func date(t time.Time) string { return t.UTC().Format(http.TimeFormat) }

// The values that no server has.
const (
	foreignTag    = `"httpstatus-probe-no-such-tag"`
	unknownMethod = "HTTPSTATUSPROBE"
	nowhere       = "/httpstatus-probe-there-is-nothing-here"
	absurdType    = "application/x-httpstatus-probe"
	injected      = "X-Httpstatus-Injected"
)

// questions are all that is asked, in order: what matters most comes first, as
// the number of requests is limited.
var questions = []question{
	{name: "HEAD in place of GET", ask: func(p *prober) {
		p.head = p.send(call{method: http.MethodHead})
		p.judge(p.head)
		p.compare(p.whole, p.head)
		p.sound(p.head)
	}},
	{name: "OPTIONS", ask: func(p *prober) {
		p.options = p.send(call{method: http.MethodOptions})
		p.judge(p.options)
		p.sound(p.options)
	}},
	{name: "a method that is not registered", ask: func(p *prober) { p.method(unknownMethod) }},
	{name: "TRACE", ask: func(p *prober) { p.method(http.MethodTrace) }},
	{name: "methods that Allow omits", writes: true, needs: func(p *prober) bool { return p.options.header("Allow") != "" },
		ask: func(p *prober) {
			allowed := "," + strings.ReplaceAll(strings.Join(p.options.x.Header["Allow"], ","), " ", "") + ","
			for _, m := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
				if !strings.Contains(allowed, ","+m+",") && p.report.Requests < p.o.Max {
					p.method(m)
				}
			}
		}},

	get("If-None-Match with the ETag", hasETag, func(p *prober) http.Header { return fields("If-None-Match", p.etag()) }),
	get("If-Modified-Since with Last-Modified", hasDate, func(p *prober) http.Header {
		return fields("If-Modified-Since", p.whole.header("Last-Modified"))
	}),
	get("If-None-Match with a foreign tag", hasETag, fixed("If-None-Match", foreignTag)),
	get("If-None-Match with a list that has the ETag", hasETag, func(p *prober) http.Header {
		return fields("If-None-Match", foreignTag+", "+p.etag())
	}),
	get("If-None-Match: *", hasETag, fixed("If-None-Match", "*")),
	get("a foreign tag beside a date that would match", hasBoth, func(p *prober) http.Header {
		return fields("If-None-Match", foreignTag, "If-Modified-Since", p.whole.header("Last-Modified"))
	}),
	get("If-Modified-Since with an earlier date", hasDate, func(p *prober) http.Header {
		return fields("If-Modified-Since", date(p.modified().Add(-time.Hour)))
	}),
	get("If-Modified-Since that is no date", hasDate, fixed("If-Modified-Since", "yesterday")),
	get("If-Match with a foreign tag", hasETag, fixed("If-Match", foreignTag)),
	get("If-Match with the ETag", hasStrongETag, func(p *prober) http.Header { return fields("If-Match", p.etag()) }),
	get("If-Unmodified-Since with an earlier date", hasDate, func(p *prober) http.Header {
		return fields("If-Unmodified-Since", date(p.modified().Add(-time.Hour)))
	}),

	part("the first octet", func(p *prober) string { return "bytes=0-0" }),
	part("the last four octets", func(p *prober) string { return "bytes=-4" }),
	part("a range in the middle", func(p *prober) string { return fmt.Sprintf("bytes=2-%d", p.size()-3) }),
	part("a range that ends past the end", func(p *prober) string { return "bytes=1-99999999999" }),
	part("a suffix longer than the whole", func(p *prober) string { return "bytes=-99999999999" }),
	part("a range past the end", func(p *prober) string { return fmt.Sprintf("bytes=%d-", p.size()+1) }),
	part("two ranges", func(p *prober) string { return "bytes=0-0,2-2" }),
	part("a range of an unknown unit", func(p *prober) string { return "httpstatus-probe=0-1" }),
	part("a range that does not parse", func(p *prober) string { return "bytes=5-2" }),
	get("a range on the condition of the ETag", hasParts, func(p *prober) http.Header {
		return fields("Range", "bytes=1-2", "If-Range", p.etag())
	}),
	get("a range on the condition of a foreign tag", hasParts, fixed("Range", "bytes=1-2", "If-Range", foreignTag)),
	get("a range on the condition of a weak tag", hasParts, func(p *prober) http.Header {
		return fields("Range", "bytes=1-2", "If-Range", "W/"+p.etag())
	}),
	with("HEAD with a range", hasContent, func(p *prober) call {
		return call{method: http.MethodHead, header: fields("Range", "bytes=0-0")}
	}),

	with("a path that is not there", nil, func(p *prober) call { return call{method: http.MethodGet, path: nowhere} }),
	{name: "a path that is not there, for a client of problem details", ask: func(p *prober) {
		a := p.send(call{method: http.MethodGet, path: nowhere, header: fields("Accept", "application/problem+json")})
		p.judge(a)
		p.sound(a)
		if a.err == nil && a.x.Status.IsSuccess() {
			p.addOwn(a, softNotFound, fmt.Sprintf("A path that cannot exist is answered with %d.", int(a.x.Status)))
		}
	}},
	get("a media type that no server has", nil, fixed("Accept", absurdType)),
	get("a language that no server has", nil, fixed("Accept-Language", "x-httpstatus-probe")),
	get("a coding that no server has", nil, fixed("Accept-Encoding", "x-httpstatus-probe")),
	{name: "an expectation that no server knows", ask: func(p *prober) {
		a := p.send(call{method: http.MethodGet, header: fields("Expect", "x-httpstatus-probe")})
		p.judgeParser(a)
		p.sound(a)
	}},
	with("a URI of 16,000 octets", nil, func(p *prober) call {
		return call{method: http.MethodGet, query: "httpstatus-probe=" + strings.Repeat(filler, 16000)}
	}),
	with("a header field of 64,000 octets", nil, func(p *prober) call {
		return call{method: http.MethodGet, header: fields("X-Httpstatus-Probe", strings.Repeat(filler, 64000))}
	}),
	{name: "a URI with an encoded line end", ask: func(p *prober) {
		a := p.send(call{method: http.MethodGet, query: "httpstatus-probe=%0d%0a" + injected + ":%20yes"})
		p.judge(a)
		p.sound(a)
		if a.header(injected) == "yes" {
			p.addOwn(a, splitResponse, "The field "+injected+" in the response comes from the query of the request.")
		}
	}},

	rawGet("no Host", "HTTP/1.1"),
	rawGet("two Hosts", "HTTP/1.1", "Host: {host}", "Host: httpstatus-probe.invalid"),
	rawGet("a Host that is none", "HTTP/1.1", "Host: {host} x"),
	rawGet("HTTP/1.0", "HTTP/1.0", "Host: {host}"),
	rawGet("white space before a colon", "HTTP/1.1", "Host: {host}", "X-Httpstatus-Probe : 1"),
	rawGet("a transfer coding that no server has", "HTTP/1.1", "Host: {host}", "Transfer-Encoding: x-httpstatus-probe"),
	{name: "a second request on one connection", ask: (*prober).keepAlive},

	{name: "POST of a media type that no server has", writes: true, ask: func(p *prober) {
		p.write(call{method: http.MethodPost, header: fields("Content-Type", absurdType), content: "x"})
	}},
	{name: "POST of malformed JSON", writes: true, ask: func(p *prober) {
		p.write(call{method: http.MethodPost, header: fields("Content-Type", "application/json"), content: `{"a":`})
	}},
	{name: "PUT only if nothing is there", writes: true, needs: func(p *prober) bool { return p.whole.x.Status == httpstatus.OK }, ask: func(p *prober) {
		p.write(call{method: http.MethodPut, header: fields("If-None-Match", "*", "Content-Type", absurdType), content: "x"})
	}},
	{name: "PUT of a part", writes: true, ask: func(p *prober) {
		p.write(call{method: http.MethodPut, path: nowhere, header: fields("Content-Range", "bytes 0-0/2", "Content-Type", absurdType), content: "x"})
	}},
	{name: "DELETE of what is not there", writes: true, ask: func(p *prober) {
		p.write(call{method: http.MethodDelete, path: nowhere})
	}},
}

// method asks for the resource with another method, and compares the answer with
// that to OPTIONS.
func (p *prober) method(name string) {
	a := p.send(call{method: name})
	if a.err == nil && a.x.Status == p.whole.x.Status && a.x.Status.IsClientError() {
		// GET fares no better, so this is not about the method.
		p.judge(a, conform.Disable("method-unknown-accepted"))
	} else {
		p.judge(a)
	}
	p.compare(p.options, a)
	p.sound(a)
}

// write asks with a method that is not safe.
func (p *prober) write(c call) {
	a := p.send(c)
	p.judge(a)
	p.sound(a)
}

// part is a question that a Range asks.
func part(name string, ranges func(p *prober) string) question {
	return question{name: name, needs: hasContent, ask: func(p *prober) {
		a := p.send(call{method: http.MethodGet, header: fields("Range", ranges(p))})
		p.judge(a)
		p.compare(p.whole, a)
		p.sound(a)
		p.octets(a)
	}}
}

// octets compares the content of a 206 with what the whole has there.
func (p *prober) octets(a *answer) {
	if a.err != nil || a.x.Status != httpstatus.PartialContent || a.header("ETag") != p.etag() || !hasStrongETag(p) {
		return
	}
	spec, ok := strings.CutPrefix(a.header("Content-Range"), "bytes ")
	first, _, ok2 := strings.Cut(spec, "-")
	n, err := strconv.Atoi(first)
	if !ok || !ok2 || err != nil {
		return // other rules say so
	}
	if !sameOctets(p.whole.x.Body, a.x.Body, n) {
		p.addOwn(a, rangeDiffers, fmt.Sprintf("The %d octets of %q are not those of the whole with the ETag %s.",
			len(a.x.Body), a.header("Content-Range"), shortened(p.etag())))
	}
}

// sound finds what no answer to any of the questions should be: a server error,
// or none at all.
func (p *prober) sound(a *answer) {
	switch {
	case a.err != nil && p.ctx.Err() == nil:
		p.addOwn(a, noAnswer, fmt.Sprintf("No response came: %v.", withoutURL(a.err)))
	case a.err == nil && p.whole.x.Status < 500 && (a.x.Status == 500 || a.x.Status >= 502 && a.x.Status <= 504):
		p.addOwn(a, serverError, fmt.Sprintf("The request is answered with %d, and a plain one is not.", int(a.x.Status)))
	}
}

// rawGet is a question that a request asks which net/http would not send.
// "{host}" stands for the host.
func rawGet(name, version string, lines ...string) question {
	return question{name: name, needs: func(p *prober) bool { return p.whole.x.Proto != "" }, ask: func(p *prober) {
		own := make([]string, len(lines))
		for i, line := range lines {
			own[i] = strings.ReplaceAll(line, "{host}", p.url.Host)
		}
		text, sent := p.rawText("GET "+p.url.RequestURI()+" "+version, own...)
		a := p.raw(call{method: http.MethodGet}, text, sent, version)
		p.judgeParser(a)
		// A server may close the connection on what it cannot read.
		if a.err == nil {
			p.sound(a)
		} else if version == "HTTP/1.0" && p.ctx.Err() == nil {
			p.addOwn(a, noAnswer, fmt.Sprintf("No response came to a request in HTTP/1.0: %v.", a.err))
		}
	}}
}

// keepAlive sends two requests on one connection, the second when the response
// to the first has been read.
func (p *prober) keepAlive() {
	text, sent := p.rawText("GET "+p.url.RequestURI()+" HTTP/1.1", "Host: "+p.url.Host)
	text = strings.Replace(text, "Connection: close\r\n", "", 1)
	sent.Del("Connection")
	a := &answer{question: p.question, call: call{method: http.MethodGet}, target: p.url.RequestURI()}
	a.curl = p.rawLine(text + text)
	conn, err := p.dial()
	if err != nil {
		a.err = err
		p.done(a)
		return
	}
	defer conn.Close()
	r := bufio.NewReader(conn)
	first, err := p.onConnection(conn, r, text, sent, a)
	p.done(a)
	if err != nil || first.Close || first.ProtoMinor == 0 || first.ContentLength < 0 && len(first.TransferEncoding) == 0 && !bodyless(first) {
		return // told, or the end of the connection ends the content
	}
	b := &answer{question: p.question, call: a.call, target: a.target, curl: a.curl}
	_, err = p.onConnection(conn, r, text, sent, b)
	p.done(b)
	if err != nil && p.ctx.Err() == nil {
		p.addOwn(b, closeUnsaid, fmt.Sprintf("The connection ended after a response without %q: %v.", "Connection: close", err))
		return
	}
	p.judge(b)
}

func bodyless(resp *http.Response) bool {
	return !httpstatus.Code(resp.StatusCode).AllowsContent()
}

// onConnection sends a request over a connection that is open, and reads the
// response.
func (p *prober) onConnection(w io.Writer, r *bufio.Reader, text string, sent http.Header, a *answer) (*http.Response, error) {
	if _, a.err = io.WriteString(w, text); a.err != nil {
		return nil, a.err
	}
	resp, interim, err := readFinal(r, http.MethodGet)
	if err != nil {
		a.err = err
		return nil, err
	}
	defer resp.Body.Close()
	a.x, a.err = p.read(resp, p.url, a.call, sent, interim)
	if a.x.Truncated {
		resp.Close = true // the rest is not read
	}
	return resp, a.err
}
