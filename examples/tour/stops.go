package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"example.com/httpstatus"
	"example.com/httpstatus/caching"
	"example.com/httpstatus/conform"
	"example.com/httpstatus/statushttp"
)

func meaning(t *tour) {
	t.say("Every code has a card. The same text is the doc comment of its constant, so `go doc httpstatus.MisdirectedRequest` shows it too.")
	d := httpstatus.Describe(httpstatus.MisdirectedRequest)
	t.printf("    %v (%s)\n\n", d.Code, d.Reference)
	t.say(d.Meaning + " " + d.UseWhen)
	t.say("The predicates know what follows from a code. They answer for every number: 471 is not registered and acts as 400, and 799 is no status code.")
	t.printf("    %-28s %-7s %-12s %-12s %s\n", "", "class", "retryable", "cacheable", "acts as")
	for _, c := range []httpstatus.Code{200, 301, 404, 429, 503, 471, 799} {
		t.printf("    %-28s %-7v %-12v %-12v %v\n", c, c.Class(), c.IsRetryable(), c.IsCacheable(), c.Fallback())
	}
	t.end()
	t.say("Parse reads codes as people write them:")
	for _, s := range []string{"404", "Not Found", "not_found", "Request Entity Too Large", "600"} {
		c, err := httpstatus.Parse(s)
		if err != nil {
			t.show(fmt.Sprintf("Parse(%q)", s), err)
			continue
		}
		t.show(fmt.Sprintf("Parse(%q)", s), c)
	}
	t.end()
}

func serverErrors(t *tour) {
	t.say("A handler returns an error with a code for programs and a message for people. What it " +
		"sends to the client and what it notes for its own log is below.")
	t.send(t.request("GET", "/users/42"))
	t.say("Validation errors say which members of the content they are about. There is no place for the rejected values, which may be passwords.")
	t.send(t.request("POST", "/users"))
}

func private(t *tour) {
	t.say("An error that was not written for the public is a 500, and its text goes to the log alone.")
	t.send(t.request("GET", "/report"))
	t.say("The same holds for the cause of an error that is public.")
	t.send(t.request("GET", "/invoice"))
}

func clientErrors(t *tour) {
	t.say("The client makes an error of the response, and compares it with the value that the server used.")
	err := statushttp.FromResponse(t.send(t.request("GET", "/users/42")))
	t.show("errors.Is(err, ErrUserNotFound)", errors.Is(err, ErrUserNotFound))
	t.show("errors.Is(err, httpstatus.NotFound)", errors.Is(err, httpstatus.NotFound))
	t.show("errors.Is(err, ErrInvalid)", errors.Is(err, ErrInvalid))
	t.show("httpstatus.StatusOf(err)", httpstatus.StatusOf(err))
	t.show("err", err)
	t.end()
	err = statushttp.FromResponse(t.send(t.request("POST", "/users")))
	var e *httpstatus.Error
	if errors.As(err, &e) {
		for _, f := range e.Fields() {
			t.show("field "+f.Pointer, f.ErrorCode+": "+f.Message)
		}
	}
	t.end()
	t.say("It reads what other servers send as well. A server that passes such an error on answers 502, and repeats nothing of what the peer said:")
	status, _, content := e.Response("GET", nil)
	t.printf("    %d %s\n\n", status, content)
}

func problemDetails(t *tour) {
	t.say("The same error, for a client that prefers RFC 9457:")
	err := statushttp.FromResponse(t.send(t.request("GET", "/users/42", "Accept", "application/problem+json")))
	t.show("errors.Is(err, ErrUserNotFound)", errors.Is(err, ErrUserNotFound))
	t.end()
}

func requiredHeader(t *tour) {
	t.say("A 405 must say which methods are allowed (RFC 9110, Section 15.5.6).")
	t.send(t.request("DELETE", "/readonly"))
	t.show("MethodNotAllowed.RequiresHeader(Allow)", httpstatus.MethodNotAllowed.RequiresHeader("Allow"))
	t.show("Unauthorized.RequiresHeader(Allow)", httpstatus.Unauthorized.RequiresHeader("Allow"))
	t.end()
	t.say("A handler that forgets it still answers, and the server's log says what is missing:")
	t.send(t.request("DELETE", "/readonly", "X-Forgetful", "yes"))
}

func content(t *tour) {
	t.say("ReadJSON reads the content of a request. What does not fit is told by a JSON Pointer, and by line and column; what it holds is not repeated.")
	t.send(with(t.request("POST", "/orders"), "application/json", `{"items":[{"name":"tea","count":1},{"name":"cake","count":"two"}]}`))
	t.send(with(t.request("POST", "/orders"), "application/json", `{"items":[{"nmae":"tea"}]}`))
	t.send(with(t.request("POST", "/orders"), "application/json", `{"items":[`))
	t.send(with(t.request("POST", "/orders"), "text/csv", "tea,1"))
}

func lostUpdate(t *tour) {
	const form = "application/x-www-form-urlencoded"
	t.say("Ann and Ben have both read version 1 of a note. Ann saves first.")
	t.send(with(t.request("PUT", "/note?text=Buy+coffee.", "If-Match", `"v1"`), form, ""))
	t.say("Ben has not seen what Ann did. With his condition the server does not let him overwrite it, and without one it asks for one.")
	t.send(with(t.request("PUT", "/note?text=Buy+cake.", "If-Match", `"v1"`), form, ""))
	t.send(with(t.request("PUT", "/note?text=Buy+cake."), form, ""))
	t.say("The decision is a function of a plain struct, too:")
	for _, p := range []httpstatus.Precondition{
		{Method: "PUT", ETag: `"v2"`, Request: map[string][]string{"If-Match": {`W/"v2"`}}},
		{Method: "PUT", Absent: true, Request: map[string][]string{"If-None-Match": {"*"}}, Required: true},
		{Method: "PUT", ETag: `"v2"`, Request: map[string][]string{"If-None-Match": {"*"}}, Required: true},
	} {
		d := p.Decide()
		answer := "go on"
		if d.Status != 0 {
			answer = d.Status.String()
		}
		t.printf("    %v: %s: %v\n", p.Request, answer, d.Reason)
	}
	t.end()
}

func parts(t *tour) {
	t.send(t.request("GET", "/note"))
	t.say("A cache asks whether that is still current, and is answered without content:")
	t.send(t.request("GET", "/note", "If-None-Match", `"v1", "v2"`))
	t.say("A client asks for part of it, if it is what it has the beginning of; of another version it gets the whole. What lies past the end is a 416.")
	t.send(t.request("GET", "/note", "Range", "bytes=4-9", "If-Range", `"v2"`))
	t.send(t.request("GET", "/note", "Range", "bytes=4-9", "If-Range", `"v1"`))
	t.send(t.request("GET", "/note", "Range", "bytes=100-"))
}

func router(t *tour) {
	t.say("An http.ServeMux answers in plain text when it has no pattern for a path or a method. With statushttp.Mux " +
		"around it, those answers are like all others, and OPTIONS is answered.")
	t.send(t.request("GET", "/nowhere"))
	t.send(t.request("DELETE", "/note"))
	t.send(t.request("OPTIONS", "/note"))
	t.send(t.request("STEEP", "/note"))
}

func retryAfter(t *tour) {
	req := t.request("GET", "/search")
	resp := t.send(req)
	t.say("Retry tells whether to send the request again, when, and why:")
	showRetry(t, statushttp.Retry(req, resp, nil))
	t.say("Retry-After may be a date too, in three forms. What is malformed is no advice; it is never a wait of 0.")
	received := mustParseTime("Sun, 06 Nov 1994 08:49:00 GMT")
	for _, value := range []string{"120", "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "0", "-1", "9223372037", "soon"} {
		wait, ok := httpstatus.ParseRetryAfter(value, received)
		if !ok {
			t.show(value, "no advice")
			continue
		}
		t.show(value, wait)
	}
	t.end()
}

func unsafeRetry(t *tour) {
	req := t.request("POST", "/payments")
	resp := t.send(req)
	t.say("Was the payment made? The code does not tell. To repeat it may be to pay twice:")
	showRetry(t, statushttp.Retry(req, resp, nil))
	t.say("With a key by which the server knows the request again, it is safe:")
	req = t.request("POST", "/payments", "Idempotency-Key", `"8e03978e-40d5-43e8-bc93-6894a57f9324"`)
	showRetry(t, statushttp.Retry(req, t.send(req), nil))
	t.say("The decision is a function of a plain struct, so it can be asked without net/http. By method and code:")
	t.printf("    %-4s", "")
	codes := []httpstatus.Code{409, 421, 429, 500, 501, 503}
	for _, c := range codes {
		t.printf(" %5d", c)
	}
	t.end()
	for _, method := range []string{"GET", "PUT", "POST"} {
		t.printf("    %-4s", method)
		for _, c := range codes {
			t.printf(" %5v", httpstatus.Attempt{Method: method, Status: c}.Retry().Again)
		}
		t.end()
	}
	t.end()
}

func showRetry(t *tour, r httpstatus.Retry) {
	t.show("again", r.Again)
	if r.HasWait {
		t.show("after", r.Wait)
	}
	t.show("because", r.Reason)
	t.end()
}

func redirects(t *tour) {
	resp := t.send(t.request("DELETE", "/old/42"))
	t.say("What should become of the DELETE? RFC 9110 lets a 301 change POST to GET, and no other method:")
	step := httpstatus.RedirectStep{Status: httpstatus.Code(resp.StatusCode), Method: "DELETE", URL: t.url + "/old/42", Location: resp.Header["Location"]}
	for _, p := range []struct {
		name   string
		policy httpstatus.RedirectPolicy
	}{
		{"RedirectPolicy{}", httpstatus.RedirectPolicy{}},
		{"FetchRedirects", httpstatus.FetchRedirects()},
		{"NetHTTPRedirects", httpstatus.NetHTTPRedirects()},
	} {
		plan := step.Plan(p.policy)
		t.show(p.name, fmt.Sprintf("%v with %s %s", plan.Action, plan.Method, strings.TrimPrefix(plan.URL, t.url)))
	}
	t.end()
	t.say("That is what net/http's client really does, if it is left to itself. Nothing is deleted, and what the client gets is the answer to a GET:")
	follow(t, "http.Client", t.client)
	t.say("With CheckRedirect it sends what RFC 9110 asks for:")
	careful := *t.client
	careful.CheckRedirect = statushttp.CheckRedirect(httpstatus.RedirectPolicy{})
	follow(t, "with statushttp.CheckRedirect", &careful)
	t.say("The strict policy refuses what is not safe:")
	step = httpstatus.RedirectStep{Status: 308, Method: "POST", URL: "https://example.com/a", HasContent: true}
	for _, location := range []string{"/b", "https://elsewhere.example/b", "http://example.com/b", `\\elsewhere.example\b`} {
		step.Location = []string{location}
		plan := step.Plan(httpstatus.RedirectPolicy{})
		t.printf("    %-30s %-7v %v\n", location, plan.Action, plan.Reason)
		if len(plan.DropHeaders) > 0 {
			t.printf("    %-30s without %s\n", "", strings.Join(plan.DropHeaders, ", "))
		}
	}
	t.end()
}

// follow lets the client do what it does about the redirect, and shows the last
// request that it sent.
func follow(t *tour, name string, client *http.Client) {
	resp, err := client.Do(t.request("DELETE", "/old/42"))
	if err != nil {
		panic(err)
	}
	io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	t.show(name, fmt.Sprintf("%s %s: %s", resp.Request.Method, resp.Request.URL.Path, resp.Status))
	t.end()
}

func storage(t *tour) {
	t.say("A code that is heuristically cacheable may be kept without a word about it. Others may be kept if the response says so, and some never:")
	lasting := map[string][]string{"Cache-Control": {"max-age=60"}}
	for _, s := range []caching.Storage{
		{Status: httpstatus.NotFound},
		{Status: httpstatus.Found},
		{Status: httpstatus.Found, Response: lasting},
		{Status: httpstatus.TooManyRequests, Response: lasting},
		{Method: "PUT", Status: httpstatus.OK, Response: lasting},
		{Status: httpstatus.OK, Response: lasting, Request: map[string][]string{"Authorization": {"Bearer x"}}, Shared: true},
	} {
		d := s.Decide()
		method, with := "GET", ""
		if s.Method != "" {
			method = s.Method
		}
		if s.Response != nil {
			with = ", max-age=60"
		}
		if s.Shared {
			with += ", Authorization, shared cache"
		}
		t.printf("    %s: %v%s\n        store: %v: %v\n", method, s.Status, with, d.Store, d.Reason)
	}
	t.printf("\n")
	t.say("Once it is kept: may it answer a request, and what has to be asked before?")
	came := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	kept := caching.Stored{
		Status: httpstatus.OK, Received: came,
		Response: map[string][]string{"Cache-Control": {"max-age=60, stale-if-error=3600"}, "Etag": {`"v7"`}},
	}
	for _, ask := range []struct {
		after time.Duration
		says  string
	}{{10 * time.Second, ""}, {90 * time.Second, ""}, {90 * time.Second, "max-stale=60"}, {10 * time.Second, "no-cache"}} {
		r := kept.Reuse("GET", map[string][]string{"Cache-Control": {ask.says}}, came.Add(ask.after))
		t.printf("    after %v, Cache-Control: %q\n        %v: %v\n", ask.after, ask.says, r.Use, r.Reason)
		for name, lines := range r.Conditional {
			t.printf("        %s: %s\n", name, lines[0])
		}
	}
	later := came.Add(5 * time.Minute)
	t.printf("    after %v, in place of a 503\n        serve it: %v\n", later.Sub(came), kept.OnError(httpstatus.ServiceUnavailable, false, later))
	t.end()
}

func conformance(t *tour) {
	t.say("conform looks at responses, in a test or in front of a handler, and says which rule they break. Here is a handler that gets much wrong:")
	bad := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/method":
			http.Error(w, "no", http.StatusMethodNotAllowed)
		case "/token":
			http.Error(w, "no", http.StatusUnauthorized)
		case "/gone":
			w.Header().Set("Retry-After", "in a minute")
			http.Error(w, "no", http.StatusServiceUnavailable)
		}
	})
	check(t, bad, "DELETE /method", "GET /token", "GET /gone")
	t.say("The server of this tour keeps them, except where it was told to be forgetful:")
	check(t, newServer(func(string) {}), "GET /users/42", "POST /users", "GET /report",
		"GET /search", "DELETE /readonly", "GET /note", "DELETE /note", "PUT /note")
	t.say("That was the tour. `go doc example.com/httpstatus` goes on.")
}

// check sends requests to a handler, and prints what conform says of the answers.
func check(t *tour, h http.Handler, requests ...string) {
	h = conform.Handler(h, func(r *http.Request, findings []conform.Finding) {
		for _, f := range findings {
			t.printf("    %v\n", f)
		}
	})
	for _, line := range requests {
		t.printf("  %s\n", line)
		method, path, _ := strings.Cut(line, " ")
		req := httptest.NewRequest(method, path, nil)
		req.Header.Set("X-Forgetful", "yes")
		h.ServeHTTP(httptest.NewRecorder(), req)
	}
	t.end()
}

func mustParseTime(value string) time.Time {
	at, err := http.ParseTime(value)
	if err != nil {
		panic(err)
	}
	return at
}
