package statushttp_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"

	"example.com/httpstatus/proxystatus"
	"example.com/httpstatus/statushttp"
)

// A gateway with a name stands before a server that is down. The client reads
// which hop failed and why, and that it may send the order again.
func ExampleResponder_ProxyErrorHandler() {
	down, err := url.Parse("http://" + closedPort())
	if err != nil {
		panic(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(down)
	responder := &statushttp.Responder{ProxyName: "edge-7", Report: func(*http.Request, error, statushttp.Info) {}}
	proxy.ErrorHandler = responder.ProxyErrorHandler
	gateway := httptest.NewServer(proxy)
	defer gateway.Close()

	resp, err := http.Post(gateway.URL, "text/plain", strings.NewReader("one of each"))
	if err != nil {
		panic(err)
	}
	defer resp.Body.Close()
	fmt.Println(resp.StatusCode, resp.Header["Proxy-Status"])
	entries, err := proxystatus.Parse(resp.Header["Proxy-Status"])
	if err != nil {
		panic(err)
	}
	fmt.Println(entries[0].Proxy, entries[0].Error, entries[0].Error.Applied())
	// Output:
	// 502 [edge-7; error=connection_refused]
	// edge-7 connection_refused not applied
}

// closedPort returns an address on which nothing listens.
func closedPort() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer l.Close()
	return l.Addr().String()
}
