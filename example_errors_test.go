package httpstatus_test

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"example.com/httpstatus"
)

// ErrUserNotFound is declared once, where server and client both see it.
var ErrUserNotFound = httpstatus.NotFound.New("user_not_found", "No such user.")

func contentOf(e *httpstatus.Error) string { return string(e.AppendBody(nil, httpstatus.SimpleJSON)) }

// A server says what was not found: with a code for programs, and a message
// for people.
func ExampleCode_Newf() {
	err := httpstatus.NotFound.Newf("user_not_found", "No user with ID %d exists.", 42)
	fmt.Println(err.Status())
	fmt.Println(contentOf(err))

	// The text of an error is private, even here.
	err = httpstatus.NotFound.Newf("user_not_found", "Cannot load user %d: %v.", 42, sql.ErrNoRows)
	fmt.Println(contentOf(err))
	fmt.Println(err)
	// Output:
	// 404 Not Found
	// {"error":"user_not_found","message":"No user with ID 42 exists."}
	// {"error":"user_not_found","message":"Cannot load user 42: internal error."}
	// 404 user_not_found: Cannot load user 42: internal error.: sql: no rows in result set
}

// Without words of one's own, the phrase of the status code has to do.
func ExampleCode_New() {
	fmt.Println(contentOf(httpstatus.NotFound.New("user_not_found", "No such user.")))
	fmt.Println(contentOf(httpstatus.NotFound.New("", "")))
	// Output:
	// {"error":"user_not_found","message":"No such user."}
	// {"error":"not_found","message":"Not Found"}
}

// One sentinel serves for all users; the message says which one.
func ExampleError_WithMessagef() {
	errUserNotFound := httpstatus.NotFound.New("user_not_found", "No such user.")
	err := errUserNotFound.WithMessagef("No user with ID %d exists.", 42)
	fmt.Println(string(err.AppendBody(nil, httpstatus.SimpleJSON)))
	fmt.Println(errors.Is(err, errUserNotFound))
	// Output:
	// {"error":"user_not_found","message":"No user with ID 42 exists."}
	// true
}

// A service says a code. A proxy before it answers with a page, which says none,
// and is not mistaken for the service.
func ExampleError_HasErrorCode() {
	errNotFound := httpstatus.NotFound.New("not_found", "No such user.")
	for _, body := range []string{
		`{"error":"not_found","message":"No such user."}`,
		"<html><title>404 Not Found</title></html>",
	} {
		err := httpstatus.Decode(404, nil, strings.NewReader(body))
		fmt.Println(err.HasErrorCode(), errors.Is(err, errNotFound), errors.Is(err, httpstatus.NotFound))
	}
	// Output:
	// true true true
	// false false true
}

// The client is told what to correct, and where.
func ExampleError_WithField() {
	err := httpstatus.UnprocessableContent.New("validation_failed", "Check the fields.").
		WithField(httpstatus.Field{Pointer: "/email", ErrorCode: "invalid_email", Message: "Not an email address."})
	fmt.Println(contentOf(err))
	// Output:
	// {"error":"validation_failed","message":"Check the fields.","fields":[{"pointer":"/email","error":"invalid_email","message":"Not an email address."}]}
}

// The cause is for the log and for errors.Is. It is never sent.
func ExampleError_WithCause() {
	err := ErrUserNotFound.WithCause(fmt.Errorf("users, row 42: %w", sql.ErrNoRows))
	fmt.Println(err)
	fmt.Println(contentOf(err))
	fmt.Println(errors.Is(err, ErrUserNotFound), errors.Is(err, sql.ErrNoRows))
	// Output:
	// 404 user_not_found: No such user.: users, row 42: sql: no rows in result set
	// {"error":"user_not_found","message":"No such user."}
	// true true
}

// A client reads the error of a response, whoever wrote it, and compares it
// with the one that the server used.
func ExampleDecode() {
	header := map[string][]string{"Content-Type": {"application/json"}}
	err := httpstatus.Decode(404, header, strings.NewReader(
		`{"error":"user_not_found","message":"No user with ID 42 exists."}`))
	switch {
	case errors.Is(err, ErrUserNotFound):
		fmt.Println("no such user:", err.Message())
	case errors.Is(err, httpstatus.NotFound):
		fmt.Println("something else is not there")
	}

	err = httpstatus.Decode(502, nil, strings.NewReader("<html><title>Bad Gateway</title></html>"))
	fmt.Println(err)
	// Output:
	// no such user: No user with ID 42 exists.
	// remote 502 bad_gateway: Bad Gateway
}

// What a peer said is not what a server says in turn: the failure is that of a
// server behind it.
func ExampleError_Remote() {
	err := httpstatus.Decode(401, nil, strings.NewReader(`{"error":"expired","message":"Key of the billing service has expired."}`))
	fmt.Println(httpstatus.StatusOf(err), err.Remote())
	status, _, content := err.Response("GET", nil)
	fmt.Println(status, string(content))
	// Output:
	// 401 Unauthorized true
	// 502 {"error":"bad_gateway","message":"Bad Gateway"}
}

// A client that asks too often is told when to come back.
func ExampleError_WithRetryAfter() {
	err := httpstatus.TooManyRequests.New("rate_limited", "Slow down.").WithRetryAfter(90 * time.Second)
	fmt.Println(err.Header())
	// Output:
	// map[Retry-After:[90]]
}

// A 405 must say what is allowed.
func ExampleError_WithAllow() {
	err := httpstatus.MethodNotAllowed.New("", "")
	fmt.Println(err.MissingHeaders())
	err = err.WithAllow("GET", "POST")
	fmt.Println(err.MissingHeaders(), err.Header())
	// Output:
	// [Allow]
	// [] map[Allow:[GET, POST]]
}

// A 401 must say how to authenticate.
func ExampleError_WithChallenge() {
	err := httpstatus.Unauthorized.New("token_expired", "The token has expired.").
		WithChallenge(`Bearer realm="api", error="invalid_token"`)
	fmt.Println(err.MissingHeaders(), err.Header())
	// Output:
	// [] map[Www-Authenticate:[Bearer realm="api", error="invalid_token"]]
}

// A problem type of one's own, with what its clients need to know: the example
// of RFC 9457, Section 3.
func ExampleError_WithExtension() {
	err := httpstatus.Forbidden.New("out_of_credit", "Your current balance is 30, but that costs 50.").
		WithType("https://example.com/probs/out-of-credit", "You do not have enough credit.").
		WithInstance("/account/12345/msgs/abc").
		WithExtension("balance", 30)
	for _, member := range strings.Split(string(err.AppendBody(nil, httpstatus.ProblemJSON)), ",\"") {
		fmt.Println(member)
	}
	// Output:
	// {"type":"https://example.com/probs/out-of-credit"
	// title":"You do not have enough credit."
	// status":403
	// detail":"Your current balance is 30, but that costs 50."
	// instance":"/account/12345/msgs/abc"
	// code":"out_of_credit"
	// balance":30}
}

// A server that is not net/http gets the answer as data.
func ExampleError_Response() {
	accept := []string{"application/problem+json"}
	status, header, content := ErrUserNotFound.Response("GET", accept)
	fmt.Println(status, header["Content-Type"], header["Vary"])
	fmt.Println(string(content))
	// Output:
	// 404 [application/problem+json] [Accept]
	// {"title":"Not Found","status":404,"detail":"No such user.","code":"user_not_found"}
}

// The client says what it can read; an error never fails because of that.
func ExampleNegotiate() {
	for _, accept := range []string{
		"*/*",
		"application/problem+json, application/json;q=0.9",
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
		"image/png",
	} {
		fmt.Println(httpstatus.Negotiate([]string{accept}))
	}
	// Output:
	// application/json
	// application/problem+json
	// text/html; charset=utf-8
	// application/json
}

// The status of any error, for a metric or a log.
func ExampleStatusOf() {
	for _, err := range []error{
		nil,
		fmt.Errorf("loading: %w", ErrUserNotFound),
		fmt.Errorf("loading: %w", httpstatus.Gone),
		errors.New("password is hunter2"),
	} {
		fmt.Println(int(httpstatus.StatusOf(err)))
	}
	// Output:
	// 0
	// 404
	// 410
	// 500
}

// An error that was not written for the public is a 500 and nothing more.
func ExampleFromError() {
	err := httpstatus.FromError(errors.New("password is hunter2"))
	fmt.Println(contentOf(err))
	fmt.Println(err)
	// Output:
	// {"error":"internal_server_error","message":"Internal Server Error"}
	// 500 internal_server_error: Internal Server Error: password is hunter2
}

// A program checks what it has read, and says which part is wrong.
func ExamplePointer() {
	prices := []int{5, -3}
	e := httpstatus.UnprocessableContent.New("invalid_order", "Check the fields.")
	for i, price := range prices {
		if price < 0 {
			e = e.WithField(httpstatus.Field{Pointer: httpstatus.Pointer("items", i, "price"), Message: "Must not be negative."})
		}
	}
	fmt.Printf("%s\n", e.AppendBody(nil, httpstatus.SimpleJSON))
	// Output:
	// {"error":"invalid_order","message":"Check the fields.","fields":[{"pointer":"/items/1/price","message":"Must not be negative."}]}
}
