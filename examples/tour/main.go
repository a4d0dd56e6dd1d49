// The command tour shows httpstatus at work, between a server and a client on
// this machine. It prints what is asked, what is answered, and what the library
// makes of it.
//
//	go run -C examples ./tour
//
// The server is in server.go, and each stop has a function in stops.go. Read
// them side by side with the transcript.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
)

func main() {
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// run makes the tour, and prints the transcript to w.
func run(w io.Writer) error {
	t := &tour{out: w}
	server := httptest.NewServer(newServer(t.log))
	defer server.Close()
	t.url, t.client = server.URL, server.Client()
	for i, stop := range []struct {
		title string
		show  func(*tour)
	}{
		{"What does a status code mean?", meaning},
		{"A server returns errors", serverErrors},
		{"What stays private", private},
		{"The client compares with the same value", clientErrors},
		{"Problem details, for those who ask for them", problemDetails},
		{"What goes with a status code", requiredHeader},
		{"What is wrong with the content, and where", content},
		{"Two people edit one document", lostUpdate},
		{"What the client has already, and part of the rest", parts},
		{"What the router says", router},
		{"Too many requests: come again when?", retryAfter},
		{"A POST that must not be repeated", unsafeRetry},
		{"A DELETE meets a redirect", redirects},
		{"May a cache keep it?", storage},
		{"Does the server keep the rules?", conformance},
	} {
		title := fmt.Sprintf("%d. %s", i+1, stop.title)
		t.printf("%s\n%s\n\n", title, strings.Repeat("-", len(title)))
		stop.show(t)
		if t.err != nil {
			return t.err
		}
	}
	return nil
}

// A tour has a server, a client, and somewhere to print to.
type tour struct {
	out    io.Writer
	url    string
	client *http.Client

	mu  sync.Mutex // the server prints too
	err error
}

func (t *tour) printf(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, err := fmt.Fprintf(t.out, format, args...); err != nil && t.err == nil {
		t.err = err
	}
}

// say prints a remark, as a paragraph.
func (t *tour) say(text string) {
	line := 0
	for _, word := range strings.Fields(text) {
		switch {
		case line == 0:
		case line+1+len(word) > 80:
			t.printf("\n")
			line = 0
		default:
			t.printf(" ")
			line++
		}
		t.printf("%s", word)
		line += len(word)
	}
	t.printf("\n\n")
}

// show prints a result of the library.
func (t *tour) show(name string, value any) { t.printf("    %-40s %v\n", name, value) }

func (t *tour) end() { t.printf("\n") }

// log prints what the server notes.
func (t *tour) log(line string) { t.printf("  server: %s\n", line) }

// request makes a request to the server; header fields come in pairs.
func (t *tour) request(method, path string, header ...string) *http.Request {
	req, err := http.NewRequest(method, t.url+path, nil)
	if err != nil {
		panic(err) // a mistake in this program
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return req
}

// with gives a request its content.
func with(req *http.Request, mediaType, content string) *http.Request {
	req.Header.Set("Content-Type", mediaType)
	req.Body, req.ContentLength = io.NopCloser(strings.NewReader(content)), int64(len(content))
	return req
}

// send sends a request, and prints it and the answer. Redirects are not
// followed.
func (t *tour) send(req *http.Request) *http.Response {
	t.printf("  > %s %s\n", req.Method, req.URL.RequestURI())
	t.fields(">", req.Header)
	resp, err := t.client.Transport.RoundTrip(req)
	if err != nil {
		panic(err) // the server is on this machine
	}
	content, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		panic(err)
	}
	resp.Body = io.NopCloser(strings.NewReader(string(content)))
	t.printf("  < %s\n", resp.Status)
	t.fields("<", resp.Header)
	if len(content) > 0 {
		t.printf("  <\n  < %s\n", strings.TrimSpace(string(content)))
	}
	t.end()
	return resp
}

// fields prints a header, but for Date, which is never the same twice.
func (t *tour) fields(mark string, header http.Header) {
	var lines []string
	for name, values := range header {
		for _, value := range values {
			if name != "Date" {
				lines = append(lines, name+": "+value)
			}
		}
	}
	slices.Sort(lines)
	for _, line := range lines {
		t.printf("  %s %s\n", mark, line)
	}
}
