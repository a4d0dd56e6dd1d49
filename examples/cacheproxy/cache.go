package main

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/caching"
)

const name = "cacheproxy" // in Via and Cache-Status

// A cache is an http.RoundTripper that answers from its store where it may.
type cache struct {
	next    http.RoundTripper
	store   *store
	targets []string
	now     func() time.Time
	wait    time.Duration // the longest for an answer that another client reads, perhaps slowly
}

// An exchange is a request that goes forward, and what is known of it.
type exchange struct {
	*cache
	req    *http.Request
	uri    string // the key of the store
	found  *entry // what is stored, if it can be validated
	reuse  caching.Reuse
	status caching.CacheStatus
	flight chan struct{} // nil: the response is not stored
}

// RoundTrip answers a request.
func (c *cache) RoundTrip(req *http.Request) (*http.Response, error) {
	x := exchange{cache: c, req: req, uri: req.URL.Scheme + "://" + cmp.Or(req.Host, req.URL.Host) + req.URL.RequestURI()}
	if req.Method != http.MethodGet && req.Method != http.MethodHead {
		return x.through()
	}
	x.choose()
	switch x.status = x.reuse.CacheStatus(name); {
	case x.reuse.Status != 0:
		return respond(req, x.reuse.Status, http.Header{}, nil), nil
	case x.reuse.Use >= caching.Stale:
		if x.reuse.Reason == caching.ReuseWhileRevalidate {
			x.validate()
		}
		return x.stored(x.reuse.Age), nil
	case req.Method == http.MethodHead:
		return x.through()
	}
	if other := x.store.lead(&x); other != nil { // another request for the same is under way: its answer may do
		select {
		case <-other:
		case <-time.After(c.wait):
		case <-req.Context().Done():
			return nil, req.Context().Err()
		}
		if x.choose(); x.reuse.Use >= caching.Stale {
			x.status.Collapsed = true
			return x.stored(x.reuse.Age), nil
		}
	}
	return x.fetch()
}

// choose finds the entry that fits the request best.
func (x *exchange) choose() {
	entries := x.store.get(x.uri)
	stored := make([]caching.Stored, len(entries))
	for i, e := range entries {
		stored[i] = e.Stored
	}
	i, reuse := caching.Select(stored, x.req.Method, x.req.Header, x.now())
	if x.found, x.reuse = nil, reuse; i >= 0 {
		x.found = entries[i]
	}
}

// through passes on a request that is not answered from the store, and heeds what its response says about it.
func (x *exchange) through() (*http.Response, error) {
	sent := x.now()
	resp, err := x.next.RoundTrip(x.req)
	if err != nil {
		return nil, err
	}
	for uri := range caching.Invalidates(x.req.Method, httpstatus.Code(resp.StatusCode), x.uri, resp.Header) {
		x.store.remove(uri)
	}
	if x.req.Method == http.MethodHead {
		x.refresh(resp, sent)
		resp.Header.Add("Cache-Status", x.status.String())
		return resp, nil
	}
	x.status = caching.CacheStatus{Cache: name, Forward: caching.ForwardMethod}
	x.store.lead(x)
	return x.keep(resp, sent), nil
}

// refresh lets a response to HEAD say whether what is stored is still good (RFC 9111, Section 4.3.5).
func (x *exchange) refresh(resp *http.Response, sent time.Time) {
	for _, e := range x.store.get(x.uri) {
		switch {
		case e.Reuse(http.MethodGet, x.req.Header, x.now()).Use == caching.Miss:
		case e.Validated(httpstatus.Code(resp.StatusCode), resp.Header):
			x.store.lead(x)
			x.store.land(x, &entry{e.Update(resp.Header, sent), x.uri, e.content}) // its Age counts from the request
		case resp.StatusCode == http.StatusOK:
			x.store.remove(x.uri)
		}
	}
}

// conditions of a client are for the response that it gets, not for the store.
var conditions = [...]string{"If-None-Match", "If-Modified-Since", "If-Range", "Range"}

// fetch asks the origin server whether what was found is still good, if it can be validated, and else for a response.
func (x *exchange) fetch() (*http.Response, error) {
	out := x.req.Clone(x.req.Context())
	if x.reuse.Conditional != nil {
		for _, name := range conditions {
			out.Header.Del(name)
		}
		for name, lines := range x.reuse.Conditional {
			out.Header[name] = lines
		}
	}
	sent := x.now()
	resp, err := x.next.RoundTrip(out)
	came := x.now()
	if err != nil {
		resp = &http.Response{Body: http.NoBody} // of status 0
	}
	code := httpstatus.Code(resp.StatusCode)
	x.status.ForwardStatus = code
	switch {
	case x.found != nil && x.found.OnErrorFor(x.req.Header, code, err != nil, came):
		resp.Body.Close()
		x.store.land(x, nil)
		return x.stored(x.found.Age(came)), nil
	case err != nil:
		x.store.land(x, nil)
		return nil, err
	case code == httpstatus.NotModified && x.reuse.Conditional != nil:
		resp.Body.Close()
		if !x.found.Validated(code, resp.Header) { // not what it was asked about
			x.store.remove(x.uri)
			x.found, x.reuse.Conditional = nil, nil
			return x.fetch()
		}
		x.found, x.status.Stored = &entry{x.found.Update(resp.Header, sent), x.uri, x.found.content}, x.flight != nil
		x.store.land(x, x.found)
		return x.stored(x.found.Age(came)), nil
	}
	return x.keep(resp, sent), nil
}

// keep returns a response that came from the origin server, and stores it once
// its content has been read, if it may and if it could be used again.
func (x *exchange) keep(resp *http.Response, sent time.Time) *http.Response {
	came, limit := x.now(), x.store.limit/8
	if resp.Header.Get("Date") == "" { // RFC 9110, Section 6.6.1
		resp.Header.Set("Date", came.UTC().Format(http.TimeFormat))
	}
	may := caching.Storage{
		Method: x.req.Method, Status: httpstatus.Code(resp.StatusCode), Request: x.req.Header, Response: resp.Header,
		Shared: true, URL: x.uri, Targets: x.targets,
	}
	e := &entry{uri: x.uri, Stored: caching.Stored{
		Method: x.req.Method, Status: may.Status, Request: x.req.Header.Clone(), Response: resp.Header.Clone(),
		Requested: sent, Received: came, Shared: true, Targets: x.targets,
	}}
	for name := range may.Withheld() {
		http.Header(e.Response).Del(name)
	}
	r := e.Reuse(http.MethodGet, x.req.Header, came)
	x.status.Stored = x.flight != nil && may.Decide().Store && resp.ContentLength <= limit &&
		(r.Use >= caching.Stale || r.Conditional != nil || e.OnError(httpstatus.BadGateway, false, came))
	x.status.ForwardStatus = 0 // it is the one that is sent on
	resp.Header.Add("Cache-Status", x.status.String())
	if !x.status.Stored {
		x.store.land(x, nil)
		return resp
	}
	resp.Body = &recorder{ReadCloser: resp.Body, limit: limit, length: resp.ContentLength, end: func(content []byte) {
		http.Header(e.Response).Set("Content-Length", strconv.Itoa(len(content)))
		if e.content = content; content == nil {
			e = nil
		}
		x.store.land(x, e)
	}}
	return resp
}

// validate asks whether what was found is still good while it is served
// (RFC 5861, Section 3), unless another request asks already.
func (x exchange) validate() {
	if x.store.lead(&x) != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // the client may leave
	x.req = x.req.Clone(ctx)
	x.req.Method = http.MethodGet
	for _, name := range conditions {
		x.req.Header.Del(name)
	}
	go func() {
		defer cancel()
		if resp, err := x.fetch(); err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
	}()
}

// stored answers with what was found: all of it, a part, or that it has not
// changed (RFC 9111, Section 4.3.2).
func (x *exchange) stored(age time.Duration) *http.Response {
	header := http.Header(x.found.Response).Clone()
	header.Set("Age", strconv.FormatInt(int64(age/time.Second), 10))
	lifetime, _ := x.found.Lifetime() // of what a 304 has made of it
	x.status.TTL, x.status.HasTTL = lifetime-age, true
	header.Add("Cache-Status", x.status.String())
	code, content := x.found.Status, x.found.content
	if code == httpstatus.OK {
		code, content = x.found.part(x.req, header)
	}
	return respond(x.req, code, header, content)
}

// part decides what a client gets of a stored 200.
func (e *entry) part(req *http.Request, header http.Header) (httpstatus.Code, []byte) {
	tag := header.Get("ETag")
	modified, _ := http.ParseTime(header.Get("Last-Modified"))
	date, _ := http.ParseTime(header.Get("Date"))
	// If-Match and If-Unmodified-Since are for the origin server.
	asked := http.Header{"If-None-Match": req.Header["If-None-Match"], "If-Modified-Since": req.Header["If-Modified-Since"]}
	if p := (httpstatus.Precondition{Method: req.Method, Request: asked, ETag: tag, Modified: cmp.Or(modified, date)}).Decide(); p.Status != 0 {
		for _, name := range [...]string{"Content-Type", "Content-Length", "Content-Encoding", "Content-Language", "Last-Modified"} {
			header.Del(name) // RFC 9110, Section 15.4.5
		}
		return p.Status, nil
	}
	size := int64(len(e.content))
	r := httpstatus.RangeRequest{Method: req.Method, Request: req.Header, ETag: tag, Modified: modified, Date: date, Size: size, MaxRanges: 1}.Decide()
	if r.ContentRange != "" {
		header.Set("Content-Range", r.ContentRange)
	}
	switch r.Status {
	case httpstatus.PartialContent:
		return r.Status, e.content[r.Ranges[0].First : r.Ranges[0].Last+1]
	case httpstatus.RangeNotSatisfiable:
		return r.Status, nil
	}
	return e.Status, e.content
}

// respond makes a response of its parts.
func respond(req *http.Request, code httpstatus.Code, header http.Header, content []byte) *http.Response {
	if code.AllowsContent() {
		header.Set("Content-Length", strconv.Itoa(len(content)))
	}
	if req.Method == http.MethodHead {
		content = nil
	}
	return &http.Response{StatusCode: int(code), Header: header, Body: io.NopCloser(bytes.NewReader(content)), Request: req}
}

// A recorder passes content on and keeps a copy. It calls end once: with all of
// the content, or with nil when it is clear that it will not have all.
type recorder struct {
	io.ReadCloser
	limit, length int64 // length is -1 where it is not known
	content       []byte
	end           func(content []byte) // nil once it was called
}

func (r *recorder) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	if r.end == nil {
		return n, err
	}
	r.content = append(r.content, p[:n]...)
	switch have := int64(len(r.content)); {
	case have == r.length, r.length < 0 && err == io.EOF && have <= r.limit:
		r.finish(append([]byte{}, r.content...)) // no larger than it has to be
	case err != nil, have > r.limit:
		r.finish(nil)
	}
	return n, err
}

// Close closes the content; what has not been read by then is not stored.
func (r *recorder) Close() error {
	if r.end != nil {
		r.finish(nil)
	}
	return r.ReadCloser.Close()
}

func (r *recorder) finish(content []byte) {
	r.end(content)
	r.end, r.content = nil, nil
}
