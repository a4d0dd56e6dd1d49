package probe

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/conform"
)

// maxContent is how much of a response's content is read.
const maxContent = 1 << 20

// A call is a request to be sent to the origin.
type call struct {
	method  string
	path    string      // appended to the path of the resource; "" is the resource
	query   string      // appended to its query
	header  http.Header // beside the caller's own
	content string
}

// An answer is a call and what came back.
type answer struct {
	question string
	call     call
	target   string
	curl     string
	x        conform.Exchange
	err      error // why nothing came back
	result   int   // where in Report.Results its findings are; 0 is nowhere
}

// header returns the only line of a response field; "" if there is none.
func (a *answer) header(name string) string {
	if a == nil {
		return ""
	}
	return http.Header(a.x.Header).Get(name)
}

// send sends a request through the client, reports it and keeps the exchange.
func (p *prober) send(c call) *answer {
	u := *p.url
	if c.path != "" {
		u.Path = strings.TrimSuffix(u.Path, "/") + c.path
		u.RawPath = ""
	}
	if c.query != "" {
		u.RawQuery = strings.TrimPrefix(u.RawQuery+"&"+c.query, "&")
	}
	a := &answer{question: p.question, call: c, target: u.RequestURI()}
	a.curl = p.curlLine(&u, c)
	a.x, a.err = p.exchange(&u, c)
	p.done(a)
	return a
}

// done counts a request that was sent, and waits before the next.
func (p *prober) done(a *answer) {
	p.report.Requests++
	if a.err == nil {
		p.report.Exchanges = append(p.report.Exchanges, a.x)
	} else {
		p.report.Unasked = append(p.report.Unasked, a.question)
	}
	if p.o.Report != nil {
		p.o.Report(Step{
			Number: p.report.Requests, Max: p.o.Max, Question: a.question,
			Method: a.call.method, Target: shortened(a.target), Status: a.x.Status, Err: a.err,
		})
	}
	if p.o.Pause > 0 {
		select {
		case <-time.After(p.o.Pause):
		case <-p.ctx.Done():
		}
	}
}

func (p *prober) exchange(u *url.URL, c call) (x conform.Exchange, err error) {
	ctx, cancel := context.WithTimeout(p.ctx, p.o.Timeout)
	defer cancel()
	var interim []conform.Interim
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		Got1xxResponse: func(code int, header textproto.MIMEHeader) error {
			if len(interim) < 16 {
				interim = append(interim, conform.Interim{Status: httpstatus.Code(code), Header: header})
			}
			return nil
		},
	})
	var content io.Reader
	if c.content != "" {
		content = strings.NewReader(c.content)
	}
	req, err := http.NewRequestWithContext(ctx, c.method, u.String(), content)
	if err != nil {
		return x, err
	}
	// What was asked for is what is compared: no coding behind our back.
	req.Header.Set("Accept-Encoding", "identity")
	req.Header.Set("User-Agent", userAgent)
	for name, values := range p.o.Header {
		req.Header[name] = values
	}
	for name, values := range c.header {
		req.Header[name] = values
	}
	if host := req.Header.Get("Host"); host != "" {
		req.Host = host
	}
	resp, err := p.client.Do(req)
	if err != nil {
		return x, withoutURL(err)
	}
	defer resp.Body.Close()
	return p.read(resp, u, c, req.Header, interim)
}

const userAgent = "httpstatus-probe (asks what a server does wrong)"

// read makes an exchange of a response, without the caller's own fields.
func (p *prober) read(resp *http.Response, u *url.URL, c call, sent http.Header, interim []conform.Interim) (x conform.Exchange, err error) {
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxContent+1))
	short := errors.Is(err, io.ErrUnexpectedEOF) // what was announced and not sent is for the rules
	if err != nil && !short {
		return x, withoutURL(err)
	}
	header := resp.Header.Clone()
	if len(resp.TransferEncoding) > 0 {
		header["Transfer-Encoding"] = resp.TransferEncoding
	}
	sent = sent.Clone()
	for _, name := range p.secrets {
		if sent[name] != nil {
			sent[name] = []string{"(not shown)"}
		}
	}
	if sent["Host"] == nil {
		sent.Set("Host", u.Host)
	}
	x = conform.Exchange{
		Proto: resp.Proto, Method: c.method, Target: u.RequestURI(), Scheme: u.Scheme, Host: u.Host,
		RequestHeader: sent, RequestContent: c.content != "",
		Interim: interim, Status: httpstatus.Code(resp.StatusCode), Header: header, Trailer: resp.Trailer,
		ResponseProto: resp.Proto, Body: body,
	}
	if len(body) > maxContent {
		x.Body, x.Truncated, x.BodyLength = body[:maxContent], true, -1
	}
	return x, nil
}

// raw sends text as it stands over a connection of its own, and reads the final
// response. It is for requests that net/http would not send.
func (p *prober) raw(c call, text string, sent http.Header, proto string) *answer {
	a := &answer{question: p.question, call: c, target: p.url.RequestURI()}
	a.curl = p.rawLine(text)
	noHost := sent["Host"] == nil
	a.x, a.err = p.rawExchange(c, text, sent)
	a.x.Proto, a.x.RequestComplete = proto, true
	if noHost {
		delete(a.x.RequestHeader, "Host")
	}
	a.x.SpacedFields = spacedFields(text)
	p.done(a)
	return a
}

// spacedFields returns the names in a header section that have white space before
// their colon.
func spacedFields(text string) (names []string) {
	for line := range strings.Lines(text) {
		if name, _, ok := strings.Cut(line, ":"); ok && strings.TrimRight(name, " \t") != name && !strings.Contains(name, "HTTP/") {
			names = append(names, strings.TrimRight(name, " \t"))
		}
	}
	return names
}

func (p *prober) rawExchange(c call, text string, sent http.Header) (x conform.Exchange, err error) {
	conn, err := p.dial()
	if err != nil {
		return x, err
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, text); err != nil {
		return x, err
	}
	resp, interim, err := readFinal(bufio.NewReader(conn), c.method)
	if err != nil {
		return x, err
	}
	defer resp.Body.Close()
	return p.read(resp, p.url, c, sent, interim)
}

// readFinal reads responses up to the final one.
func readFinal(r *bufio.Reader, method string) (resp *http.Response, interim []conform.Interim, err error) {
	for range 16 {
		resp, err = http.ReadResponse(r, &http.Request{Method: method})
		if err != nil || resp.StatusCode >= 200 || resp.StatusCode == http.StatusSwitchingProtocols {
			return resp, interim, err
		}
		interim = append(interim, conform.Interim{Status: httpstatus.Code(resp.StatusCode), Header: resp.Header})
	}
	return nil, nil, errors.New("no final response")
}

// dial opens a connection to the origin, with the timeout on all that happens.
func (p *prober) dial() (net.Conn, error) {
	port := p.url.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[p.url.Scheme]
	}
	ctx, cancel := context.WithTimeout(p.ctx, p.o.Timeout)
	defer cancel()
	transport, _ := p.client.Transport.(*http.Transport)
	dial := (&net.Dialer{}).DialContext
	if transport != nil && transport.DialContext != nil {
		dial = transport.DialContext
	}
	conn, err := dial(ctx, "tcp", net.JoinHostPort(p.url.Hostname(), port))
	if err != nil {
		return nil, err
	}
	conn.SetDeadline(time.Now().Add(p.o.Timeout))
	if p.url.Scheme == "https" {
		config := &tls.Config{}
		if transport != nil && transport.TLSClientConfig != nil {
			config = transport.TLSClientConfig.Clone()
		}
		config.NextProtos = []string{"http/1.1"}
		if config.ServerName == "" {
			config.ServerName = p.url.Hostname()
		}
		secure := tls.Client(conn, config)
		if err := secure.HandshakeContext(ctx); err != nil {
			conn.Close()
			return nil, err
		}
		conn = secure
	}
	return conn, nil
}

// rawText returns the header section of a raw request: its first line, then lines,
// then the caller's own fields, and an empty line.
func (p *prober) rawText(first string, lines ...string) (text string, sent http.Header) {
	var b strings.Builder
	sent = http.Header{}
	b.WriteString(first + "\r\n")
	lines = append(lines, "User-Agent: "+userAgent, "Connection: close")
	for _, line := range lines {
		b.WriteString(line + "\r\n")
		if name, value, ok := strings.Cut(line, ":"); ok {
			sent.Add(strings.TrimSpace(name), strings.TrimSpace(value))
		}
	}
	for _, name := range p.secrets {
		for _, value := range p.o.Header.Values(name) {
			b.WriteString(name + ": " + value + "\r\n")
			sent.Add(name, value)
		}
	}
	b.WriteString("\r\n")
	return b.String(), sent
}

// variable is the shell variable that stands for a value that is not shown.
func variable(name string) string {
	return "$" + strings.ToUpper(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name))
}

// curlLine is the command that sends a call again. What is long is written as the
// printf that makes it.
func (p *prober) curlLine(u *url.URL, c call) string {
	var b strings.Builder
	b.WriteString("curl -i")
	switch c.method {
	case http.MethodGet:
	case http.MethodHead:
		b.WriteString("I")
	default:
		b.WriteString(" -X " + quote(c.method))
	}
	names := make([]string, 0, len(c.header))
	for name := range c.header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range c.header[name] {
			b.WriteString(" -H " + quote(name+": "+value))
		}
	}
	for _, name := range p.secrets {
		if c.header[name] == nil {
			b.WriteString(" -H \"" + name + ": " + variable(name) + "\"")
		}
	}
	if c.content != "" {
		b.WriteString(" --data-binary " + quote(c.content))
	}
	b.WriteString(" " + quote(u.String()))
	return b.String()
}

// rawLine is the command that sends a raw request again.
func (p *prober) rawLine(text string) string {
	port := p.url.Port()
	send := "nc " + p.url.Hostname() + " "
	if p.url.Scheme == "https" {
		send = "openssl s_client -quiet -connect " + p.url.Hostname() + ":"
		if port == "" {
			port = "443"
		}
	} else if port == "" {
		port = "80"
	}
	escape := strings.NewReplacer("%", "%%", "\\", `\\`, "\r\n", `\r\n`, "'", `'\''`)
	text = escape.Replace(text)
	for _, name := range p.secrets {
		for _, value := range p.o.Header.Values(name) {
			text = strings.ReplaceAll(text, name+": "+escape.Replace(value)+`\r`, name+`: '"`+variable(name)+`"'\r`)
		}
	}
	return "printf '" + text + "' | " + send + port
}

// quote writes s for a shell. A run of one letter that is long is written as a
// printf.
func quote(s string) string {
	if i := strings.Index(s, strings.Repeat(filler, 200)); i >= 0 {
		n := len(s[i:]) - len(strings.TrimLeft(s[i:], filler))
		return fmt.Sprintf(`"%s$(printf %%0%dd 0)%s"`, s[:i], n, s[i+n:])
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// filler is what overlong things are made of.
const filler = "0"

// sameOctets reports whether part is what whole has between two positions, as
// far as both are known.
func sameOctets(whole, part []byte, first int) bool {
	return first >= 0 && first+len(part) <= len(whole) && bytes.Equal(whole[first:first+len(part)], part)
}
