package statushttp_test

import (
	"fmt"
	"log/slog"
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

// A client lost its POST. The connection was refused, so nothing was ordered.
func ExampleFailureOf() {
	req, err := http.NewRequest("POST", "http://"+closedPort(), strings.NewReader("one of each"))
	if err != nil {
		panic(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err == nil {
		resp.Body.Close()
		return
	}
	f := statushttp.FailureOf(err)
	fmt.Println(f.Type, f.Applied)
	fmt.Println(statushttp.Retry(req, resp, err).Reason)
	// Output:
	// connection_refused not applied
	// the request was lost before the server began to process it
}

// A server asks another one, which has too much to do. The client is told when to
// come again, and nothing else of what the other server said.
func ExampleFromCall() {
	prices := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "30")
		http.Error(w, "account 4711 is over its quota", http.StatusTooManyRequests)
	}))
	defer prices.Close()
	shop := httptest.NewServer(statushttp.HandlerFunc(func(http.ResponseWriter, *http.Request) error {
		resp, err := http.Get(prices.URL)
		if err != nil {
			return statushttp.FromCall(err)
		}
		if err := statushttp.FromResponse(resp); err != nil {
			return statushttp.FromCall(err)
		}
		return resp.Body.Close()
	}))
	defer shop.Close()

	silence := slog.SetLogLoggerLevel(slog.LevelError + 1) // of the log, in this example
	defer slog.SetLogLoggerLevel(silence)
	resp, err := http.Get(shop.URL)
	if err != nil {
		panic(err)
	}
	defer resp.Body.Close()
	fmt.Println(resp.Status, "after", resp.Header.Get("Retry-After"))
	fmt.Println(statushttp.FromResponse(resp))
	// Output:
	// 503 Service Unavailable after 30
	// remote 503 service_unavailable: Service Unavailable
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
