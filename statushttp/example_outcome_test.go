package statushttp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"example.com/httpstatus/statushttp"
)

// A server records its exchanges. A client that leaves is no failure of the
// server, and load that is shed is no bug.
func ExampleOutcome() {
	for _, o := range []statushttp.Outcome{
		{Server: true, Status: 404},
		{Server: true, Status: 500, Err: errors.New("a bug")},
		{Server: true, Status: 503},
		{Server: true, Status: 200, Err: io.ErrClosedPipe, ClientGone: true},
		{Status: 404}, // as a client
		{Err: context.DeadlineExceeded},
	} {
		fmt.Println(int(o.Record()), o.Fault(), o.Counts(), o.Level(), o.SpanError(), strconv.Quote(o.ErrorType()))
	}
	// Output:
	// 404 client false INFO false ""
	// 500 server true ERROR true "500"
	// 503 server true WARN true "503"
	// 499 nobody false INFO false ""
	// 404 client false WARN true "404"
	// 0 server true ERROR true "http_response_timeout"
}
