package httpstatus_test

import (
	"math"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
)

// TestNoAllocations holds that nothing here makes garbage, whatever the code.
func TestNoAllocations(t *testing.T) {
	codes := []httpstatus.Code{math.MinInt, -1, 0, 101, 200, 206, 299, 301, 304, 404, 405, 418, 426, 471, 503, 599, 600, math.MaxInt}
	complete := http.Header{
		"Allow": {""}, "Connection": {"Upgrade"}, "Upgrade": {"h2c"}, "Etag": {`"x"`}, "Im": {"vcdiff"},
		"Www-Authenticate": {"Basic"}, "Proxy-Authenticate": {"Basic"},
	}
	for _, test := range []struct {
		name string
		call func(c httpstatus.Code)
	}{
		{"AllowsContent", func(c httpstatus.Code) { sinkBool = c.AllowsContent() }},
		{"Applied", func(c httpstatus.Code) { sinkString = c.Applied().String() }},
		{"Class", func(c httpstatus.Code) { sinkString = c.Class().String() }},
		{"Fallback", func(c httpstatus.Code) { sinkBool = c.Fallback() == 500 }},
		{"ForbidsStorage", func(c httpstatus.Code) { sinkBool = c.ForbidsStorage() }},
		{"IsCacheable", func(c httpstatus.Code) { sinkBool = c.IsCacheable() }},
		{"IsClientError", func(c httpstatus.Code) { sinkBool = c.IsClientError() }},
		{"IsError", func(c httpstatus.Code) { sinkBool = c.IsError() }},
		{"IsInformational", func(c httpstatus.Code) { sinkBool = c.IsInformational() }},
		{"IsPermanent", func(c httpstatus.Code) { sinkBool = c.IsPermanent() }},
		{"IsRedirect", func(c httpstatus.Code) { sinkBool = c.IsRedirect() }},
		{"IsRedirection", func(c httpstatus.Code) { sinkBool = c.IsRedirection() }},
		{"IsRegistered", func(c httpstatus.Code) { sinkBool = c.IsRegistered() }},
		{"IsRetryable", func(c httpstatus.Code) { sinkBool = c.IsRetryable() }},
		{"IsServerError", func(c httpstatus.Code) { sinkBool = c.IsServerError() }},
		{"IsSuccess", func(c httpstatus.Code) { sinkBool = c.IsSuccess() }},
		{"IsValid", func(c httpstatus.Code) { sinkBool = c.IsValid() }},
		{"Phrase", func(c httpstatus.Code) { sinkString = c.Phrase() }},
		{"PreservesMethod", func(c httpstatus.Code) { sinkBool = c.PreservesMethod() }},
		{"RedirectMethod", func(c httpstatus.Code) { sinkString, sinkBool = c.RedirectMethod("POST") }},
		{"RequiresHeader", func(c httpstatus.Code) { sinkBool = c.RequiresHeader("allow") }},
		{"MissingHeaders", func(c httpstatus.Code) { sinkBool = c.MissingHeaders(complete) != nil }},
		{"HeaderRules", func(c httpstatus.Code) {
			for r := range c.HeaderRules() {
				sinkString = r.Name
			}
		}},
		{"All", func(httpstatus.Code) {
			for c := range httpstatus.All() {
				sinkBool = c.IsSuccess()
			}
		}},
		{"String", func(c httpstatus.Code) {
			if c.IsRegistered() { // another number is written out
				sinkString = c.String()
			}
		}},
		{"Error", func(c httpstatus.Code) {
			if c.IsRegistered() {
				sinkString = c.Error()
			}
		}},
		{"Redirect.Code", func(c httpstatus.Code) {
			sinkBool = httpstatus.Redirect{Permanent: c.IsPermanent()}.Code().IsRedirect()
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, c := range codes {
				assert.Zero(t, testing.AllocsPerRun(10, func() { test.call(c) }), "%s of %d", test.name, int(c))
			}
		})
	}
}

// What the compiler must not see through.
var (
	sinkBool   bool
	sinkString string
)
