package conform_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"example.com/httpstatus/conform"
)

// users answers as many handlers do.
func users(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case "GET":
		io.WriteString(w, "[]")
	case "POST":
		w.WriteHeader(http.StatusCreated)
	default:
		http.Error(w, "not here", http.StatusMethodNotAllowed)
	}
}

// What is wrong with this answer, and where is that written?
func ExampleCheck() {
	for _, f := range conform.Check(conform.Exchange{
		Method: "DELETE",
		Status: http.StatusMethodNotAllowed,
		Body:   []byte("not here"),
	}) {
		fmt.Println(f)
		fmt.Println(f.Fix)
	}
	// Output:
	// error: 405-allow-missing: The 405 to DELETE has no Allow field. (RFC 9110, Section 15.5.6)
	// Set Allow to the methods that the resource supports, or let http.ServeMux route by method.
}

// printer stands for the *testing.T of a test.
type printer struct{}

func (printer) Helper()                           {}
func (printer) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }

// In a table test every answer is checked on the way, whatever else the test
// looks at.
func ExampleAssertHandler() {
	var t printer // in a test, its *testing.T

	h := conform.AssertHandler(t, http.HandlerFunc(users))
	for _, method := range []string{"GET", "POST", "DELETE"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, "/users", nil))
		fmt.Println(method, w.Code)
	}
	// Output:
	// GET 200
	// POST /users: warning: 201-post-location-missing: The 201 to POST has no Location field. (RFC 9110, Section 9.3.3)
	// POST 201
	// DELETE /users: error: 405-allow-missing: The 405 to DELETE has no Allow field. (RFC 9110, Section 15.5.6)
	// DELETE 405
}

// During development a middleware tells what a client would never see: here the
// error that comes after the content has begun.
func ExampleHandler() {
	list := func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "Here is the list: ")
		http.Error(w, "no list", http.StatusInternalServerError)
	}
	log := func(r *http.Request, findings []conform.Finding) {
		for _, f := range findings {
			fmt.Println(r.Method, r.URL.Path, f.Message)
		}
	}
	h := conform.Handler(http.HandlerFunc(list), log, conform.MinSeverity(conform.Error))

	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/list", nil))
	fmt.Println("The client got", w.Code)
	// Output:
	// GET /list WriteHeader(500) came after the response had begun with 200.
	// GET /list The field "X-Content-Type-Options" was changed after the header had been sent.
	// The client got 200
}

// A client logs what the services that it depends on get wrong.
func ExampleTransport() {
	s := httptest.NewServer(http.HandlerFunc(users))
	defer s.Close()

	client := http.Client{Transport: conform.Transport(nil, func(resp *http.Response, findings []conform.Finding) {
		for _, f := range findings {
			fmt.Println(resp.Request.Method, resp.Request.URL.Path, f.Rule)
		}
	})}
	req, _ := http.NewRequest("DELETE", s.URL+"/users", nil)
	resp, err := client.Do(req)
	if err != nil {
		fmt.Println(err)
		return
	}
	io.Copy(io.Discard, resp.Body) // the response is checked at the end of its content
	resp.Body.Close()
	// Output:
	// DELETE /users 405-allow-missing
}

// A step of a build fails if a recorded session broke a MUST.
func ExampleReadHAR() {
	recorded := `{"log":{"entries":[
	  {"request":{"method":"GET","url":"https://example.com/me","headers":[]},
	   "response":{"status":401,"headers":[],"content":{"size":5,"text":"login"}}},
	  {"request":{"method":"GET","url":"https://example.com/health","headers":[]},
	   "response":{"status":503,"headers":[],"content":{"size":4,"text":"down"}}}
	]}}`

	failed := false
	for x, err := range conform.ReadHAR(strings.NewReader(recorded)) {
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, f := range conform.Check(x) {
			fmt.Printf("%s, %s: %s\n", x.Source, x.Target, f)
			failed = failed || f.Severity == conform.Error
		}
	}
	fmt.Println("failed:", failed)
	// Output:
	// entry 0, /me: error: 401-challenge-missing: The 401 has no WWW-Authenticate field. (RFC 9110, Section 15.5.2)
	// entry 1, /health: info: 503-retry-after-missing: The 503 has no Retry-After field. (RFC 9110, Section 15.6.4)
	// failed: true
}

// What was seen on the wire, say with a terminal, can be written down and
// checked.
func ExampleReadText() {
	text := `
GET /logo.svg HTTP/1.1
Host: example.com
Range: bytes=-0

HTTP/1.1 206 Partial Content
Content-Range: bytes 5-4/5
Content-Length: 0
`
	for x, err := range conform.ReadText(strings.NewReader(text)) {
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, f := range conform.Check(x) {
			fmt.Println(f.Message)
		}
	}
	// Output:
	// The Content-Range "bytes 5-4/5" of the 206 is invalid: the last position is less than the first.
}

// An API whose clients log in with a cookie answers 401 without a challenge on
// purpose, because browsers would open a dialogue.
func ExampleExempt() {
	cookies := conform.Exempt(func(rule string, x conform.Exchange) bool {
		return rule == "401-challenge-missing" && strings.HasPrefix(x.Target, "/app/")
	})
	for _, target := range []string{"/app/me", "/api/me"} {
		x := conform.Exchange{Method: "GET", Target: target, Status: 401, Body: []byte("log in")}
		fmt.Println(target, len(conform.Check(x, cookies)))
	}
	// Output:
	// /app/me 0
	// /api/me 1
}

// Which rules are there that are off unless asked for?
func ExampleRules() {
	for r := range conform.Rules() {
		if r.Off && r.Group == "method" {
			fmt.Printf("%s (%s): %s\n", r.ID, r.Reference, r.Summary)
		}
	}
	// Output:
	// options-allow-missing (RFC 9110, Section 9.3.7): A 2xx to OPTIONS has Allow.
	// put-unusual-success (RFC 9110, Section 9.3.4): A successful PUT is answered with 200, 201, 202 or 204.
}

// What a 304 has to repeat shows beside the 200 only.
func ExampleCheckPair() {
	ok := conform.Exchange{
		Method: "GET", Target: "/logo", Host: "example.com", Status: 200,
		Header: map[string][]string{"Cache-Control": {"max-age=60"}, "ETag": {`"v1"`}},
		Body:   []byte("logo"),
	}
	notModified := conform.Exchange{
		Method: "GET", Target: "/logo", Host: "example.com", Status: 304,
		RequestHeader: map[string][]string{"If-None-Match": {`"v1"`}},
		Header:        map[string][]string{"ETag": {`"v1"`}},
	}
	for _, f := range conform.CheckPair(ok, notModified) {
		fmt.Println(f.Rule+":", f.Message)
	}
	// Output:
	// 304-fields-missing: The 304 lacks what the 200 has: Cache-Control.
}

// A recording is checked exchange by exchange, whatever its form and its length.
func ExampleChecker() {
	recording := strings.NewReader(`DELETE /report HTTP/1.1
Host: example.com

HTTP/1.1 405 Method Not Allowed
Allow: PUT

Not here.
###
GET /report HTTP/1.1
Host: example.com

###
GET /report HTTP/1.1
Host: example.com

HTTP/1.1 200 OK

report
`)
	checker := conform.NewChecker()
	for x, err := range conform.Read(recording) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		for _, f := range checker.Check(x) {
			fmt.Printf("%s, beside %s: %s\n", x.Source, f.Beside, f.Message)
		}
	}
	// Output:
	// conform: reading line 12: a request without a response: there is no response
	// line 13, beside line 1: Allow is "PUT" in the 405 to DELETE, and GET is answered with 200.
}
