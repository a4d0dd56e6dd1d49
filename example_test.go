package httpstatus_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"example.com/httpstatus"
)

// What the package documentation opens with.
func Example() {
	errNoUser := httpstatus.NotFound.New("user_not_found", "No such user.") // public: an error code and a message
	err := fmt.Errorf("loading user 42: %w", errNoUser)                     // private: for the log
	fmt.Println(httpstatus.StatusOf(err), errors.Is(err, errNoUser))

	header := map[string][]string{"Retry-After": {"120"}}
	retry := httpstatus.Attempt{Method: "POST", Status: 503, Header: header}.Retry()
	fmt.Println(retry.Again, retry.Wait, retry.Reason)
	fmt.Println(httpstatus.Code(451).IsCacheable(), httpstatus.Code(471).Fallback())
	// Output:
	// 404 Not Found true
	// true 2m0s the server turned the request away and named a time to come again
	// true 400 Bad Request
}

// A page for support staff lists what a service may answer.
func ExampleAll() {
	for c := range httpstatus.All() {
		if c.IsServerError() {
			fmt.Println(c)
		}
	}
	// Output:
	// 500 Internal Server Error
	// 501 Not Implemented
	// 502 Bad Gateway
	// 503 Service Unavailable
	// 504 Gateway Timeout
	// 505 HTTP Version Not Supported
	// 506 Variant Also Negotiates
	// 507 Insufficient Storage
	// 508 Loop Detected
	// 510 Not Extended
	// 511 Network Authentication Required
}

// A log line says more than the number, where there is more to say.
func ExampleCode_String() {
	for _, c := range []httpstatus.Code{404, 413, 418, 471, 799} {
		fmt.Println(c)
	}
	// Output:
	// 404 Not Found
	// 413 Content Too Large
	// 418
	// 471
	// 799
}

// A heading needs the phrase alone, and something to fall back on.
func ExampleCode_Phrase() {
	for _, c := range []httpstatus.Code{httpstatus.Gone, 471, 0} {
		heading := c.Phrase()
		if heading == "" {
			heading = c.Fallback().Phrase()
		}
		fmt.Printf("%d: %s\n", int(c), heading)
	}
	// Output:
	// 410: Gone
	// 471: Bad Request
	// 0: Internal Server Error
}

// A function that has nothing to add returns the code itself, and its caller
// asks for the code through whatever was wrapped around it.
func ExampleCode_Error() {
	find := func(name string) error {
		if name != "index.html" {
			return httpstatus.NotFound
		}
		return nil
	}

	err := fmt.Errorf("showing the page: %w", find("indx.html"))
	fmt.Println(err)
	fmt.Println(errors.Is(err, httpstatus.NotFound))
	fmt.Println(errors.Is(err, httpstatus.Gone))
	// Output:
	// showing the page: 404 Not Found
	// true
	// false
}

// A number from a configuration file may not be a status code at all.
func ExampleCode_IsValid() {
	for _, c := range []httpstatus.Code{0, 99, 100, 471, 599, 600} {
		fmt.Println(c, c.IsValid())
	}
	// Output:
	// 0 false
	// 99 false
	// 100 Continue true
	// 471 true
	// 599 true
	// 600 false
}

// A valid code may have no agreed meaning: 418 is reserved as unused, and 499 is
// what one server writes into its log.
func ExampleCode_IsRegistered() {
	for _, c := range []httpstatus.Code{404, 418, 451, 499} {
		fmt.Println(c, c.IsRegistered())
	}
	// Output:
	// 404 Not Found true
	// 418 false
	// 451 Unavailable For Legal Reasons true
	// 499 false
}

// A counter has one bucket for each class, and one for what has none.
func ExampleCode_Class() {
	count := map[httpstatus.Class]int{}
	for _, c := range []httpstatus.Code{200, 204, 304, 404, 471, 502, 799} {
		count[c.Class()]++
	}
	for _, class := range []httpstatus.Class{2, 3, 4, 5, 0} {
		fmt.Println(class, count[class])
	}
	// Output:
	// 2xx 2
	// 3xx 1
	// 4xx 2
	// 5xx 1
	// invalid 1
}

// A client has to do something with a code that it has never heard of.
func ExampleCode_Fallback() {
	for _, c := range []httpstatus.Code{404, 471, 299, 599, 799} {
		fmt.Printf("%d is treated as %v\n", int(c), c.Fallback())
	}
	// Output:
	// 404 is treated as 404 Not Found
	// 471 is treated as 400 Bad Request
	// 299 is treated as 200 OK
	// 599 is treated as 500 Internal Server Error
	// 799 is treated as 500 Internal Server Error
}

// A proxy passes interim responses on and keeps waiting for the final one.
func ExampleCode_IsInformational() {
	for _, c := range []httpstatus.Code{100, 103, 199, 200} {
		fmt.Println(c, c.IsInformational())
	}
	// Output:
	// 100 Continue true
	// 103 Early Hints true
	// 199 true
	// 200 OK false
}

// A test for 200 alone takes a 201 for a failure, and so does one for 400 and
// above take a 304 for a success.
func ExampleCode_IsSuccess() {
	for _, c := range []httpstatus.Code{200, 201, 204, 304, 404} {
		fmt.Println(c, c.IsSuccess())
	}
	// Output:
	// 200 OK true
	// 201 Created true
	// 204 No Content true
	// 304 Not Modified false
	// 404 Not Found false
}

// Not every 3xx sends the client elsewhere.
func ExampleCode_IsRedirection() {
	for _, c := range []httpstatus.Code{300, 302, 304, 308} {
		fmt.Println(c, c.IsRedirection(), c.IsRedirect())
	}
	// Output:
	// 300 Multiple Choices true false
	// 302 Found true true
	// 304 Not Modified true false
	// 308 Permanent Redirect true true
}

// An alarm for the team that runs the service is about the server's errors; the
// client's belong to someone else.
func ExampleCode_IsClientError() {
	for _, c := range []httpstatus.Code{399, 400, 429, 499, 500} {
		fmt.Println(c, c.IsClientError(), c.IsServerError())
	}
	// Output:
	// 399 false false
	// 400 Bad Request true false
	// 429 Too Many Requests true false
	// 499 true false
	// 500 Internal Server Error false true
}

// A number outside the range is in no class, though a client treats it as 500.
func ExampleCode_IsServerError() {
	for _, c := range []httpstatus.Code{500, 503, 599, 600} {
		fmt.Println(c, c.IsServerError(), c.Fallback().IsServerError())
	}
	// Output:
	// 500 Internal Server Error true true
	// 503 Service Unavailable true true
	// 599 true true
	// 600 false true
}

// A client decides whether to read the content as an answer or as a complaint.
func ExampleCode_IsError() {
	for _, c := range []httpstatus.Code{204, 304, 404, 471, 503} {
		fmt.Println(c, c.IsError())
	}
	// Output:
	// 204 No Content false
	// 304 Not Modified false
	// 404 Not Found true
	// 471 true
	// 503 Service Unavailable true
}

// A response says nothing about how long it stays fresh: may a cache guess?
func ExampleCode_IsCacheable() {
	for _, c := range []httpstatus.Code{200, 201, 302, 308, 404, 451, 299} {
		fmt.Println(c, c.IsCacheable())
	}
	// Output:
	// 200 OK true
	// 201 Created false
	// 302 Found false
	// 308 Permanent Redirect true
	// 404 Not Found true
	// 451 Unavailable For Legal Reasons true
	// 299 false
}

// Someone has put Cache-Control: max-age on every response: which ones must a
// cache still not store?
func ExampleCode_ForbidsStorage() {
	for _, c := range []httpstatus.Code{103, 302, 403, 429, 503, 511} {
		fmt.Println(c, c.ForbidsStorage())
	}
	// Output:
	// 103 Early Hints true
	// 302 Found false
	// 403 Forbidden false
	// 429 Too Many Requests true
	// 503 Service Unavailable false
	// 511 Network Authentication Required true
}

// A handler is about to write a body.
func ExampleCode_AllowsContent() {
	for _, c := range []httpstatus.Code{200, 202, 204, 205, 304, 404} {
		fmt.Println(c, c.AllowsContent())
	}
	// Output:
	// 200 OK true
	// 202 Accepted true
	// 204 No Content false
	// 205 Reset Content false
	// 304 Not Modified false
	// 404 Not Found true
}

// Which field must go with the answer that a server is about to give?
func ExampleCode_RequiresHeader() {
	for _, c := range []httpstatus.Code{401, 403, 405, 407, 426} {
		for _, name := range []string{"Allow", "Connection", "Proxy-Authenticate", "Upgrade", "WWW-Authenticate"} {
			if c.RequiresHeader(name) {
				fmt.Printf("%d: %s\n", int(c), name)
			}
		}
	}
	// Output:
	// 401: WWW-Authenticate
	// 405: Allow
	// 407: Proxy-Authenticate
	// 426: Connection
	// 426: Upgrade
}

// A reviewer wants to know what the RFCs ask of a code, and where.
func ExampleCode_HeaderRules() {
	for _, c := range []httpstatus.Code{401, 405} {
		for r := range c.HeaderRules() {
			fmt.Printf("%d %v have %s: %s\n", int(c), r.Level, r.Name, r.Reference)
		}
	}
	// Output:
	// 401 MUST have WWW-Authenticate: RFC 9110, Section 15.5.2
	// 405 MUST have Allow: RFC 9110, Section 15.5.6
}

// A test looks at what a handler has sent. An empty Allow is present, and says
// that no method is allowed for now.
func ExampleCode_MissingHeaders() {
	fmt.Println(httpstatus.MethodNotAllowed.MissingHeaders(http.Header{"Allow": {""}}))
	fmt.Println(httpstatus.MethodNotAllowed.MissingHeaders(http.Header{"Content-Type": {"text/plain"}}))
	fmt.Println(httpstatus.UpgradeRequired.MissingHeaders(http.Header{"Upgrade": {"h2c"}}))
	fmt.Println(httpstatus.Forbidden.MissingHeaders(nil))
	// Output:
	// []
	// [Allow]
	// [Connection]
	// []
}

// A client asks whether trying again can help.
func ExampleCode_IsRetryable() {
	for _, c := range []httpstatus.Code{404, 429, 501, 503, 599} {
		fmt.Println(c, c.IsRetryable())
	}
	// Output:
	// 404 Not Found false
	// 429 Too Many Requests true
	// 501 Not Implemented false
	// 503 Service Unavailable true
	// 599 true
}

// An order was posted and answered with an error: does it exist now?
func ExampleCode_Applied() {
	for _, c := range []httpstatus.Code{201, 202, 401, 429, 502} {
		fmt.Println(c, "-", c.Applied())
	}
	// Output:
	// 201 Created - applied
	// 202 Accepted - unknown
	// 401 Unauthorized - not applied
	// 429 Too Many Requests - not applied
	// 502 Bad Gateway - unknown
}

// A client has asked not to be redirected, and decides for itself.
func ExampleCode_IsRedirect() {
	for _, c := range []httpstatus.Code{201, 300, 303, 304, 305, 307} {
		fmt.Println(c, c.IsRedirect())
	}
	// Output:
	// 201 Created false
	// 300 Multiple Choices false
	// 303 See Other true
	// 304 Not Modified false
	// 305 Use Proxy false
	// 307 Temporary Redirect true
}

// A link checker tells which links to rewrite.
func ExampleCode_IsPermanent() {
	for _, c := range []httpstatus.Code{301, 302, 303, 307, 308} {
		fmt.Println(c, c.IsPermanent())
	}
	// Output:
	// 301 Moved Permanently true
	// 302 Found false
	// 303 See Other false
	// 307 Temporary Redirect false
	// 308 Permanent Redirect true
}

// A form was posted to an address that has moved: does the post arrive?
func ExampleCode_PreservesMethod() {
	for _, c := range []httpstatus.Code{301, 302, 303, 307, 308} {
		fmt.Println(c, c.PreservesMethod())
	}
	// Output:
	// 301 Moved Permanently false
	// 302 Found false
	// 303 See Other false
	// 307 Temporary Redirect true
	// 308 Permanent Redirect true
}

// What does a client send to the new address? Only POST becomes GET on a 302,
// everything but HEAD does on a 303, and nothing does on a 307.
func ExampleCode_RedirectMethod() {
	for _, c := range []httpstatus.Code{302, 303, 307} {
		var next []string
		for _, method := range []string{"GET", "HEAD", "POST", "PUT"} {
			m, keepContent := c.RedirectMethod(method)
			if !keepContent {
				m += " without content"
			}
			next = append(next, method+" to "+m)
		}
		fmt.Printf("%d: %s\n", int(c), strings.Join(next, ", "))
	}
	// Output:
	// 302: GET to GET, HEAD to HEAD, POST to GET without content, PUT to PUT
	// 303: GET to GET, HEAD to HEAD, POST to GET without content, PUT to GET without content
	// 307: GET to GET, HEAD to HEAD, POST to POST, PUT to PUT
}

// A server knows what it wants of a redirect and not the number.
func ExampleRedirect_Code() {
	fmt.Println(httpstatus.Redirect{}.Code())
	fmt.Println(httpstatus.Redirect{PreserveMethod: true}.Code())
	fmt.Println(httpstatus.Redirect{Permanent: true}.Code())
	fmt.Println(httpstatus.Redirect{Permanent: true, PreserveMethod: true}.Code())
	// Output:
	// 302 Found
	// 307 Temporary Redirect
	// 301 Moved Permanently
	// 308 Permanent Redirect
}

// A configuration names a status code as its author knows it: by number, by
// phrase, or by an older phrase.
func ExampleParse() {
	for _, s := range []string{"404", "404 Not Found", "not_found", "Payload Too Large", "471", "600", "200 Not Found"} {
		c, err := httpstatus.Parse(s)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(c)
	}
	// Output:
	// 404 Not Found
	// 404 Not Found
	// 404 Not Found
	// 413 Content Too Large
	// 471
	// httpstatus: parsing "600": outside 100 to 599
	// httpstatus: parsing "200 Not Found": the phrase is that of 404
}

// A dashboard shows what a code means, and what it is mistaken for.
func ExampleDescribe() {
	d := httpstatus.Describe(httpstatus.Gone)
	fmt.Println(d.Code, "-", d.Reference)
	for _, other := range d.NotToBeConfusedWith {
		fmt.Println(other.Code, "-", other.How)
	}

	// One that is not registered has the card of its class.
	fmt.Println(httpstatus.Describe(471).Reference)
	// Output:
	// 410 Gone - RFC 9110, Section 15.5.11
	// 301 Moved Permanently - Send 301 when it lives on elsewhere.
	// 404 Not Found - Send 404 when you do not know whether it is for good, or whether it was ever there.
	// RFC 9110, Section 15.5
}

// Some services send the status as a number, and some as a string.
func ExampleCode_UnmarshalJSON() {
	var events []struct {
		Status httpstatus.Code `json:"status"`
	}
	if err := json.Unmarshal([]byte(`[{"status":404},{"status":"503"},{"status":799}]`), &events); err != nil {
		fmt.Println(err)
	}
	for _, e := range events {
		fmt.Println(e.Status, e.Status.IsValid())
	}
	text, _ := json.Marshal(events)
	fmt.Println(string(text))
	// Output:
	// 404 Not Found true
	// 503 Service Unavailable true
	// 799 false
	// [{"status":404},{"status":503},{"status":799}]
}
