package httpstatus_test

import (
	"fmt"
	"net/http"

	"example.com/httpstatus"
)

// Two people edit the same document. The second to save has not seen what the
// first one did.
func ExamplePrecondition_Decide() {
	for _, ifMatch := range []string{`"v8"`, `"v7"`, `W/"v8"`, ``} {
		request := http.Header{}
		if ifMatch != "" {
			request.Set("If-Match", ifMatch)
		}
		d := httpstatus.Precondition{Method: "PUT", Request: request, ETag: `"v8"`, Required: true}.Decide()
		if d.Status == 0 {
			fmt.Printf("%q: carry it out\n", ifMatch)
			continue
		}
		fmt.Printf("%q: %v, because %v\n", ifMatch, d.Status, d.Reason)
	}
	// Output:
	// "\"v8\"": carry it out
	// "\"v7\"": 412 Precondition Failed, because no entity tag in If-Match is the current one
	// "W/\"v8\"": 412 Precondition Failed, because If-Match needs a strong entity tag, and the one that would match is weak
	// "": 428 Precondition Required, because the request changes the target and has no condition, such as If-Match, that protects it
}

// A cache asks whether what it has is still current.
func ExamplePrecondition_Decide_cache() {
	current := httpstatus.Precondition{ETag: `W/"v8"`}
	for _, listed := range []string{`W/"v8"`, `"v7", "v8"`, `"v7"`} {
		current.Request = http.Header{"If-None-Match": {listed}}
		fmt.Println(listed, "-", current.Decide().Status == httpstatus.NotModified)
	}
	// Output:
	// W/"v8" - true
	// "v7", "v8" - true
	// "v7" - false
}

// A PUT that creates must not overwrite.
func ExamplePrecondition_Decide_create() {
	request := http.Header{"If-None-Match": {"*"}}
	absent := httpstatus.Precondition{Method: "PUT", Request: request, Absent: true, Required: true}.Decide()
	present := httpstatus.Precondition{Method: "PUT", Request: request, ETag: `"v1"`, Required: true}.Decide()
	fmt.Println(absent.Reason)
	fmt.Println(present.Status, "-", present.Reason)
	// Output:
	// the conditions of the request are met
	// 412 Precondition Failed - If-None-Match excludes every current representation, and there is one
}

// A client continues a download of 10,000 octets.
func ExampleRangeRequest_Decide() {
	for _, asked := range []string{"bytes=9500-", "bytes=-500", "bytes=10000-", "bytes=500-100", "bytes=0-99,9900-"} {
		d := httpstatus.RangeRequest{Request: http.Header{"Range": {asked}}, Size: 10000}.Decide()
		fmt.Printf("%s: %v %q, %d parts\n", asked, d.Status, d.ContentRange, len(d.Ranges))
	}
	// Output:
	// bytes=9500-: 206 Partial Content "bytes 9500-9999/10000", 1 parts
	// bytes=-500: 206 Partial Content "bytes 9500-9999/10000", 1 parts
	// bytes=10000-: 416 Range Not Satisfiable "bytes */10000", 0 parts
	// bytes=500-100: 200 OK "", 0 parts
	// bytes=0-99,9900-: 206 Partial Content "", 2 parts
}

// It continues only if the representation is still the same.
func ExampleRangeRequest_Decide_ifRange() {
	request := http.Header{"Range": {"bytes=9500-"}, "If-Range": {`"v7"`}}
	for _, etag := range []string{`"v7"`, `"v8"`, `W/"v7"`} {
		d := httpstatus.RangeRequest{Request: request, ETag: etag, Size: 10000}.Decide()
		fmt.Printf("%s: %v, because %v\n", etag, d.Status, d.Reason)
	}
	// Output:
	// "v7": 206 Partial Content, because the Range lies in the representation
	// "v8": 200 OK, because the entity tag in If-Range is not the current one
	// W/"v7": 200 OK, because If-Range needs a strong validator, and the one that would match is weak
}

// A server has a table as CSV and as JSON, and the client says which it reads.
func ExampleNegotiateType() {
	for _, accept := range []string{"text/csv", "text/*;q=0.5, application/json", "image/png"} {
		request := http.Header{"Accept": {accept}}
		offer, ok := httpstatus.NegotiateType(request["Accept"], "application/json", "text/csv;header=present")
		if !ok {
			fmt.Println(httpstatus.NotAcceptable) // or send what there is
			continue
		}
		fmt.Println(offer)
	}
	// Output:
	// text/csv;header=present
	// application/json
	// 406 Not Acceptable
}

// The answer is kept in two codings.
func ExampleNegotiateEncoding() {
	for _, accept := range []string{"gzip, br", "gzip", "identity;q=0", "zstd"} {
		coding, ok := httpstatus.NegotiateEncoding([]string{accept}, "br", "gzip")
		fmt.Println(coding, ok)
	}
	// Output:
	// br true
	// gzip true
	//  false
	// identity true
}

// The messages are there in two languages.
func ExampleNegotiateLanguage() {
	for _, accept := range []string{"de-AT, de;q=0.9, en;q=0.8", "fr, en-GB;q=0.5", "fr"} {
		tag, ok := httpstatus.NegotiateLanguage([]string{accept}, "en", "de")
		fmt.Println(tag, ok)
	}
	// Output:
	// de true
	// en true
	//  false
}
