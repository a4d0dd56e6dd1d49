package rpcstatus_test

import (
	"fmt"

	"example.com/httpstatus/rpcstatus"
)

// A gateway answers over HTTP for a call that failed. Three codes become 400, so
// the content has to tell which one it was.
func ExampleCode_HTTP() {
	for _, name := range []string{"NOT_FOUND", "FAILED_PRECONDITION", "CANCELLED"} {
		c, err := rpcstatus.Parse(name)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(c, "->", c.HTTP(), c.Lossy())
	}
	// Output:
	// NOT_FOUND -> 404 Not Found []
	// FAILED_PRECONDITION -> 400 Bad Request [INVALID_ARGUMENT OUT_OF_RANGE]
	// CANCELLED -> 499 []
}

// What does a gRPC client make of a response without grpc-status? It is not what
// a gateway would have sent for that code.
func ExampleFromHTTP() {
	for _, status := range []rpcstatus.Code{rpcstatus.NotFound, rpcstatus.ResourceExhausted, rpcstatus.Unavailable} {
		fmt.Println(status, "->", status.HTTP(), "->", rpcstatus.FromHTTP(status.HTTP()))
	}
	// Output:
	// NOT_FOUND -> 404 Not Found -> UNIMPLEMENTED
	// RESOURCE_EXHAUSTED -> 429 Too Many Requests -> UNAVAILABLE
	// UNAVAILABLE -> 503 Service Unavailable -> UNAVAILABLE
}

// One code has a name for each protocol.
func ExampleParse() {
	for _, s := range []string{"INVALID_ARGUMENT", "invalid_argument", "InvalidArgument", "3", "17"} {
		c, err := rpcstatus.Parse(s)
		fmt.Println(c, c.Connect(), err)
	}
	// Output:
	// INVALID_ARGUMENT invalid_argument <nil>
	// INVALID_ARGUMENT invalid_argument <nil>
	// INVALID_ARGUMENT invalid_argument <nil>
	// INVALID_ARGUMENT invalid_argument <nil>
	// UNKNOWN unknown rpcstatus: parsing "17": outside 0 to 16
}
