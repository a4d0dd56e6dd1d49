package caching_test

import (
	"fmt"
	"net/http"

	"example.com/httpstatus"
	"example.com/httpstatus/caching"
)

// May my cache keep a 302, a 404, a 429? And if the response says for how long?
func ExampleStorage_Decide() {
	fresh := http.Header{"Cache-Control": {"max-age=60"}}
	for _, code := range []httpstatus.Code{302, 404, 429} {
		silent := caching.Storage{Status: code}.Decide()
		told := caching.Storage{Status: code, Response: fresh}.Decide()
		fmt.Printf("%v: %t, and with max-age %t\n", code, silent.Store, told.Store)
	}
	// Output:
	// 302 Found: false, and with max-age true
	// 404 Not Found: true, and with max-age true
	// 429 Too Many Requests: false, and with max-age false
}

// A request carried credentials. When may a shared cache keep the response?
func ExampleStorage_Decide_shared() {
	request := http.Header{"Authorization": {"Bearer x"}}
	for _, cc := range []string{"max-age=60", "max-age=60, public", "private, max-age=60"} {
		d := caching.Storage{Status: 200, Shared: true, Request: request, Response: http.Header{"Cache-Control": {cc}}}.Decide()
		fmt.Printf("%s: %t: %v\n", cc, d.Store, d.Reason)
	}
	// Output:
	// max-age=60: false: the request carried Authorization, and the response does not allow shared caches to store it
	// max-age=60, public: true: the response says how long it stays fresh
	// private, max-age=60: false: the private directive keeps the response out of shared caches
}

// Nothing says how long a response stays fresh. May the cache guess?
func ExampleStorageDecision() {
	for _, s := range []caching.Storage{
		{Status: 200},
		{Status: 403, Response: http.Header{"Cache-Control": {"public"}}},
		{Status: 403, Response: http.Header{"Cache-Control": {"private"}}}, // kept, to be validated
		{Status: 200, Response: http.Header{"Expires": {"0"}}},             // it does say: not at all
	} {
		d := s.Decide()
		fmt.Println(s.Status, d.Store, d.Heuristic)
	}
	// Output:
	// 200 OK true true
	// 403 Forbidden true true
	// 403 Forbidden true false
	// 200 OK true false
}

// A response may be stored, but not all of it.
func ExampleStorage_Withheld() {
	s := caching.Storage{
		Status: 200,
		Shared: true,
		Response: http.Header{
			"Cache-Control": {`max-age=60, private="Set-Cookie"`},
			"Set-Cookie":    {"id=7"},
			"Content-Type":  {"text/plain"},
		},
	}
	stored := http.Header(s.Response).Clone()
	for name := range s.Withheld() {
		stored.Del(name)
	}
	fmt.Println(s.Decide().Store, stored)
	// Output:
	// true map[Cache-Control:[max-age=60, private="Set-Cookie"] Content-Type:[text/plain]]
}
