// Package fasthttpserver answers with our errors on a server that is not
// net/http. All it takes is [httpstatus.Error.Response], which is the answer as
// data.
package fasthttpserver

import (
	"github.com/valyala/fasthttp"

	"example.com/httpstatus"
)

// Handler returns a handler that answers with the error that f returns.
func Handler(f func(*fasthttp.RequestCtx) error) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		if err := f(ctx); err != nil {
			Write(ctx, err)
		}
	}
}

// Write answers a request with err, and with nothing that the handler had
// prepared before.
func Write(ctx *fasthttp.RequestCtx, err error) {
	e := httpstatus.FromError(err)
	if e == nil {
		return
	}
	var accept []string
	for _, line := range ctx.Request.Header.PeekAll("Accept") {
		accept = append(accept, string(line))
	}
	status, header, body := e.Response(string(ctx.Method()), accept)
	ctx.Response.Reset()
	ctx.SetStatusCode(status)
	for name, values := range header {
		for _, value := range values {
			ctx.Response.Header.Add(name, value)
		}
	}
	ctx.SetBody(body)
}
