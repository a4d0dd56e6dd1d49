package proxystatus_test

import (
	"fmt"

	"example.com/httpstatus"
	"example.com/httpstatus/proxystatus"
)

// A client got a 502 for its POST. Which hop failed, and may the order have been
// placed? If the field can be trusted, the client may send it again.
func ExampleParse() {
	header := map[string][]string{
		"Proxy-Status": {`edge-7; error=connection_refused; next-hop="10.0.0.8"`, "ExampleCDN; received-status=502"},
	}
	entries, err := proxystatus.Parse(header["Proxy-Status"])
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range entries {
		if e.Error == 0 {
			continue
		}
		fmt.Printf("%s: %v, %v: %s\n", e.Proxy, e.Error, e.Error.Applied(), proxystatus.Describe(e.Error).Applied)
		lost := httpstatus.Attempt{Method: "POST", Lost: true, Applied: e.Error.Applied()}
		fmt.Println("again:", lost.Retry().Again)
	}
	// Output:
	// edge-7: connection_refused, not applied: there was no connection
	// again: true
}

// A gateway tells why it answers with a 504.
func ExampleEntry_Append() {
	e := proxystatus.Entry{
		Proxy:   "edge-7",
		Error:   proxystatus.HTTPResponseTimeout,
		NextHop: "10.0.0.8",
		Details: "no response within 30 s",
	}
	fmt.Printf("HTTP/1.1 %v\nProxy-Status: %s\n", e.Error.Status(), e.Append(nil))
	// Output:
	// HTTP/1.1 504 Gateway Timeout
	// Proxy-Status: edge-7; error=http_response_timeout; next-hop="10.0.0.8"; details="no response within 30 s"
}
