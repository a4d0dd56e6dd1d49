package unofficial_test

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/unofficial"
)

// A person reads access logs and meets codes that no RFC has. The log of one
// server asks for the uses of that server's vendor.
func ExampleLookup() {
	for _, line := range []string{
		`203.0.113.7 "GET /report HTTP/1.1" 499 0`,
		`203.0.113.8 "POST /login HTTP/1.1" 200 512`,
		`203.0.113.9 "GET /admin HTTP/1.1" 444 0`,
	} {
		fields := strings.Fields(line)
		n, _ := strconv.Atoi(fields[len(fields)-2])
		c := httpstatus.Code(n)
		fmt.Println(c)
		for _, u := range unofficial.Lookup(c) {
			if u.Vendor == "nginx" {
				fmt.Printf("  %s\n  %s\n", u.Phrase, u.Meaning)
			}
		}
	}
	// Output:
	// 499
	//   Client Closed Request
	//   Only in the log: the client closed the connection while nginx worked on the request. Look for slow upstreams and short client timeouts.
	// 200 OK
	// 444
	//   No Response
	//   Only in the log: the configuration said to close the connection without an answer.
}

// A client got 520: who may have sent that, and what does it do about it? The
// same as about any unregistered 5xx.
func ExampleLookup_client() {
	c := httpstatus.Code(520)
	for _, u := range unofficial.Lookup(c) {
		fmt.Println(u.Vendor+":", u.Phrase)
	}
	fmt.Println("treated as", c.Fallback())
	fmt.Println(httpstatus.Attempt{Method: "GET", Status: c}.Retry().Again)
	// Output:
	// Cloudflare: Web Server Returns an Unknown Error
	// treated as 500 Internal Server Error
	// true
}

// Which uses does a vendor have?
func ExampleAll() {
	for u := range unofficial.All() {
		if u.Vendor == "Shopify" {
			fmt.Println(int(u.Code), u.Phrase)
		}
	}
	// Output:
	// 430 Shopify Security Rejection
	// 530 Origin DNS Error
	// 540 Temporarily Disabled
	// 783 Unexpected Token
}
