package conform

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"slices"
	"strconv"
	"sync"

	"example.com/httpstatus"
)

// Response returns what resp breaks, together with the request in resp.Request
// if there is one. It reads up to 64 KiB of the content, and replaces resp.Body
// by one that yields the same octets from the beginning. It does not close the
// body.
//
// A client sees less than a server, because net/http and intermediaries drop
// and repair things. See [Handler].
func Response(resp *http.Response, opts ...Option) []Finding {
	var c config
	c.apply(opts)
	x := responseExchange(resp)
	if resp.Body != nil && !switched(resp) {
		fillContent(&x, resp)
	}
	return c.check(&x)
}

// switched reports whether the body of resp is a connection of its own.
func switched(resp *http.Response) bool {
	return resp.StatusCode == http.StatusSwitchingProtocols ||
		resp.Request != nil && resp.Request.Method == http.MethodConnect && httpstatus.Code(resp.StatusCode).IsSuccess()
}

// fillContent reads the beginning of the content and puts it back.
func fillContent(x *Exchange, resp *http.Response) {
	body := resp.Body
	kept, err := io.ReadAll(io.LimitReader(body, maxContent+1))
	resp.Body = &replayed{Reader: io.MultiReader(bytes.NewReader(kept), &after{body, err}), Closer: body}
	x.Body = kept[:min(len(kept), maxContent)]
	switch {
	case len(kept) > maxContent, err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		x.BodyLength, x.Truncated = -1, true
	case resp.Uncompressed:
		x.BodyLength = -1
	}
}

// A replayed body gives again what was read of it.
type replayed struct {
	io.Reader
	io.Closer
}

// after goes on with a reader, beginning with the error that it gave last.
type after struct {
	r   io.Reader
	err error
}

func (a *after) Read(p []byte) (int, error) {
	if a.err != nil {
		return 0, a.err
	}
	return a.r.Read(p)
}

// responseExchange returns what resp tells without its content.
func responseExchange(resp *http.Response) Exchange {
	x := Exchange{
		Proto: resp.Proto,

		ResponseProto: resp.Proto,

		Status:  httpstatus.Code(resp.StatusCode),
		Header:  resp.Header,
		Trailer: resp.Trailer,
	}
	if r := resp.Request; r != nil {
		target := ""
		if r.URL != nil {
			target = r.URL.RequestURI()
			x.Scheme = r.URL.Scheme
		}
		proto := x.Proto
		fillRequest(&x, r, target)
		// The client asks in the version in which it is answered, or in HTTP/1.1.
		if x.Proto = proto; proto == "HTTP/1.0" {
			x.Proto = "HTTP/1.1"
		}
		if x.Host == "" && r.URL != nil {
			x.Host = r.URL.Host
		}
		// The client writes these fields by itself.
		if resp.StatusCode == http.StatusLengthRequired && r.ContentLength > 0 && len(r.Header["Content-Length"]) == 0 {
			x.RequestHeader = cloneWith(r.Header, "Content-Length", strconv.FormatInt(r.ContentLength, 10))
		}
	}
	// net/http moves Transfer-Encoding out of the header.
	if len(resp.TransferEncoding) > 0 && len(resp.Header["Transfer-Encoding"]) == 0 {
		x.Header = cloneWith(resp.Header, "Transfer-Encoding", resp.TransferEncoding...)
	}
	return x
}

// Transport returns a RoundTripper that sends requests with base, or with
// [http.DefaultTransport] if base is nil, and calls report with the findings
// about the responses. Exchanges without a finding are not reported.
//
// A response is checked when its content has been read to the end or its body
// is closed, whichever is first; a response without content is checked at once.
// report may read the response's status and header, but not its body. It runs
// on the goroutine that reads the body. Interim responses are checked too.
//
// If base is an [*http.Transport], responses come from the network, and
// "date-missing" is on unless an option switches it off. Otherwise it is off by
// default.
func Transport(base http.RoundTripper, report func(*http.Response, []Finding), opts ...Option) http.RoundTripper {
	if base == nil {
		base = http.DefaultTransport
	}
	t := &transport{base: base, report: report}
	if _, ok := base.(*http.Transport); ok {
		t.config.apply([]Option{Enable("date-missing")})
	}
	t.config.apply(opts)
	return t
}

type transport struct {
	base   http.RoundTripper
	report func(*http.Response, []Finding)
	config config
}

func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	var interim interimTrace
	resp, err := t.base.RoundTrip(req.WithContext(interim.watch(req.Context())))
	if err != nil {
		return resp, err
	}
	resp.Request = req
	x := responseExchange(resp)
	x.Interim = interim.seen()
	if resp.Body == nil || resp.Body == http.NoBody || switched(resp) {
		t.check(resp, &x)
		return resp, nil
	}
	resp.Body = &watchedBody{ReadCloser: resp.Body, t: t, resp: resp, x: x}
	return resp, nil
}

// CloseIdleConnections is for http.Client.CloseIdleConnections.
func (t *transport) CloseIdleConnections() {
	if c, ok := t.base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

func (t *transport) check(resp *http.Response, x *Exchange) {
	if findings := t.config.check(x); len(findings) > 0 {
		t.report(resp, findings)
	}
}

// An interimTrace collects 1xx responses.
type interimTrace struct {
	mu        sync.Mutex
	responses []Interim
}

// watch returns a context that makes net/http tell about 1xx responses.
func (t *interimTrace) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		Got1xxResponse: func(code int, header textproto.MIMEHeader) error {
			t.mu.Lock()
			defer t.mu.Unlock()
			if len(t.responses) < maxInterim {
				t.responses = append(t.responses, Interim{Status: httpstatus.Code(code), Header: header})
			}
			return nil
		},
	})
}

func (t *interimTrace) seen() []Interim {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clip(t.responses)
}

// A watchedBody keeps the beginning of what is read, and checks at the end.
type watchedBody struct {
	io.ReadCloser
	t      *transport
	resp   *http.Response
	once   sync.Once
	x      Exchange
	length int64
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.length += int64(n)
	if room := maxContent - len(b.x.Body); room > 0 {
		b.x.Body = append(b.x.Body, p[:min(n, room)]...)
	}
	if err != nil {
		// Less content than was declared shows as an unexpected end.
		b.finish(err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF))
	}
	return n, err
}

func (b *watchedBody) Close() error {
	err := b.ReadCloser.Close()
	b.finish(b.resp.ContentLength >= 0 && b.length == b.resp.ContentLength)
	return err
}

// finish checks the exchange; whole says that its content was read to the end.
func (b *watchedBody) finish(whole bool) {
	b.once.Do(func() {
		switch {
		case !whole:
			b.x.BodyLength, b.x.Truncated = -1, true
		case b.resp.Uncompressed:
			b.x.BodyLength, b.x.Truncated = -1, b.length > int64(len(b.x.Body))
		default:
			b.x.BodyLength = b.length
		}
		b.x.Trailer = b.resp.Trailer
		b.t.check(b.resp, &b.x)
		b.x = Exchange{}
	})
}
