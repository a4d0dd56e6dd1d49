// The command cacheproxy is a caching reverse proxy in front of one origin
// server. What a cache has to decide, package caching decides; here are a store,
// single flights, and answers to conditional and range requests. Cache-Status
// tells what it did, and "make cachetests" runs a suite against it.
//
//	go run -C examples ./cacheproxy -listen 127.0.0.1:8080 -origin http://127.0.0.1:8000
package main

import (
	"container/list"
	"flag"
	"fmt"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"time"

	"example.com/httpstatus/statushttp"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:8080", "`address` to listen on")
	origin := flag.String("origin", "http://127.0.0.1:8000", "`URL` of the origin server")
	size := flag.Int64("size", 64<<20, "the most `bytes` that the store keeps")
	targets := flag.String("targets", "CDN-Cache-Control", "targeted `fields` to obey, the most specific first")
	flag.Parse()
	handler, err := newProxy(*origin, *size, strings.FieldsFunc(*targets, func(r rune) bool { return r == ',' || r == ' ' }))
	if err != nil {
		log.Fatal("cacheproxy: ", err)
	}
	log.Fatal((&http.Server{Addr: *listen, Handler: handler, ReadHeaderTimeout: 10 * time.Second}).ListenAndServe())
}

// newProxy returns the proxy: httputil.ReverseProxy moves the messages, and its
// transport is the cache.
func newProxy(origin string, size int64, targets []string) (*httputil.ReverseProxy, error) {
	target, err := url.Parse(origin)
	if err != nil || target.Scheme != "http" && target.Scheme != "https" || target.Host == "" {
		return nil, fmt.Errorf("%q is not the URL of an origin server", origin)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy = nil
	transport.DisableCompression = true // the content is stored as the origin server sends it
	transport.MaxIdleConnsPerHost, transport.MaxResponseHeaderBytes = 100, 1<<18
	transport.ResponseHeaderTimeout = 30 * time.Second
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host
			r.SetXForwarded()
			r.Out.Header.Add("Via", "1.1 "+name)
		},
		ModifyResponse: func(resp *http.Response) error {
			resp.Header.Add("Via", "1.1 "+name) // RFC 9110, Section 7.6.3
			return nil
		},
		Transport: &cache{
			next: transport, targets: targets, now: time.Now, wait: 5 * time.Second,
			store: &store{limit: size, entries: map[string]*list.Element{}, flights: map[string]chan struct{}{}},
		},
		FlushInterval: -1,
		ErrorHandler:  statushttp.ProxyErrorHandler,
	}, nil
}
