// Package privatecache is a cache for an http.Client, as a browser has one for
// its user: an http.RoundTripper that keeps what package caching lets it keep,
// and asks the server only where it has to.
//
//	client := &http.Client{Transport: privatecache.New(http.DefaultTransport)}
//
// It stores responses to GET whose content has been read to its end, without a
// limit: a program that runs for long puts a store of its own behind it.
package privatecache

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"strconv"
	"sync"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/caching"
)

// A Cache is an http.RoundTripper that answers from what it has stored. It may
// be used by several goroutines at once.
type Cache struct {
	next http.RoundTripper
	now  func() time.Time

	mu    sync.Mutex
	byURL map[string]entries // replaced as a whole, never changed
}

// entries are the responses stored for one URL, which Vary tells apart, and the
// content of each.
type entries struct {
	stored   []caching.Stored
	contents [][]byte
}

// New returns an empty cache in front of next.
func New(next http.RoundTripper) *Cache {
	return &Cache{next: next, now: time.Now, byURL: map[string]entries{}}
}

// RoundTrip answers a request from the cache, or passes it on.
func (c *Cache) RoundTrip(req *http.Request) (*http.Response, error) {
	url := req.URL.String()
	if req.Method != "" && req.Method != http.MethodGet && req.Method != http.MethodHead {
		return c.through(req, url)
	}
	for _, name := range [...]string{"Range", "If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since"} {
		if req.Header.Get(name) != "" {
			return c.next.RoundTrip(req) // the caller has a cache of its own
		}
	}
	all := c.entries(url)
	i, reuse := caching.Select(all.stored, req.Method, req.Header, c.now())
	switch {
	case reuse.Status != 0: // only-if-cached
		return respond(req, reuse.Status, http.Header{}, nil), nil
	case reuse.Use >= caching.Stale && reuse.Reason != caching.ReuseWhileRevalidate: // there is no background here
		return answer(req, all, i, reuse.Age), nil
	case req.Method == http.MethodHead:
		return c.next.RoundTrip(req)
	}
	out := req.Clone(req.Context())
	if out.Header == nil {
		out.Header = http.Header{}
	}
	maps.Copy(out.Header, reuse.Conditional)
	sent := c.now()
	resp, err := c.next.RoundTrip(out)
	came := c.now()
	var code httpstatus.Code
	if err == nil {
		code = httpstatus.Code(resp.StatusCode)
	}
	switch {
	case i >= 0 && all.stored[i].OnErrorFor(req.Header, code, err != nil, came):
		drain(resp)
		return answer(req, all, i, all.stored[i].Age(came)), nil
	case err != nil:
		return nil, err
	case code == httpstatus.NotModified && reuse.Conditional != nil:
		drain(resp)
		if !all.stored[i].Validated(code, resp.Header) {
			c.remove(url)
			return c.next.RoundTrip(req) // without conditions
		}
		updated := all.stored[i].Update(resp.Header, came)
		updated.Requested = sent
		c.put(url, req, updated, all.contents[i])
		return answer(req, entries{[]caching.Stored{updated}, all.contents[i : i+1]}, 0, updated.Age(came)), nil
	}
	c.keep(req, resp, url, sent, came)
	return resp, nil
}

// through passes on a request that changes something, and drops what it makes
// out of date.
func (c *Cache) through(req *http.Request, url string) (*http.Response, error) {
	resp, err := c.next.RoundTrip(req)
	if err == nil {
		for out := range caching.Invalidates(req.Method, httpstatus.Code(resp.StatusCode), url, resp.Header) {
			c.remove(out)
		}
	}
	return resp, err
}

// keep stores a response when its content has been read, if it may.
func (c *Cache) keep(req *http.Request, resp *http.Response, url string, sent, came time.Time) {
	may := caching.Storage{Status: httpstatus.Code(resp.StatusCode), Request: req.Header, Response: resp.Header}
	if !may.Decide().Store {
		return
	}
	header := resp.Header.Clone()
	for name := range may.Withheld() {
		header.Del(name)
	}
	stored := caching.Stored{
		Status: may.Status, Request: req.Header.Clone(), Response: header, Requested: sent, Received: came,
	}
	resp.Body = &recorder{ReadCloser: resp.Body, end: func(content []byte) { c.put(url, req, stored, content) }}
}

func (c *Cache) entries(url string) entries {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.byURL[url]
}

func (c *Cache) remove(url string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.byURL, url)
}

// put stores a response in place of those that answer the same request.
func (c *Cache) put(url string, req *http.Request, s caching.Stored, content []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept := entries{[]caching.Stored{s}, [][]byte{content}}
	old := c.byURL[url]
	for i := range old.stored {
		if old.stored[i].Reuse(req.Method, req.Header, s.Received).Reason == caching.ReuseVary {
			kept.stored, kept.contents = append(kept.stored, old.stored[i]), append(kept.contents, old.contents[i])
		}
	}
	c.byURL[url] = kept
}

// answer answers with a stored response.
func answer(req *http.Request, all entries, i int, age time.Duration) *http.Response {
	header := http.Header(all.stored[i].Response).Clone()
	header.Set("Age", strconv.FormatInt(int64(age/time.Second), 10))
	return respond(req, all.stored[i].Status, header, all.contents[i])
}

func respond(req *http.Request, code httpstatus.Code, header http.Header, content []byte) *http.Response {
	length := int64(len(content))
	if req.Method == http.MethodHead {
		content = nil
	}
	return &http.Response{
		Status: code.String(), StatusCode: int(code), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader(content)), ContentLength: length, Request: req,
	}
}

func drain(resp *http.Response) {
	if resp != nil {
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
}

// A recorder calls end when content has been read to its end.
type recorder struct {
	io.ReadCloser
	content []byte
	end     func(content []byte)
}

func (r *recorder) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	r.content = append(r.content, p[:n]...)
	if err == io.EOF && r.end != nil {
		r.end(r.content)
		r.end = nil
	}
	return n, err
}
