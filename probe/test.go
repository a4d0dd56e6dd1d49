package probe

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/httpstatus/conform"
)

// Test probes a handler in a test: it serves h on loopback, asks it for a path, and
// fails the test for each finding that is a warning or an error, with the command
// that repeats the request. Findings that are information go to the log of the
// test. There is no pause between requests unless o has one.
func Test(t testing.TB, h http.Handler, path string, o Options) {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	if o.Pause == 0 {
		o.Pause = -1
	}
	report, err := Run(context.Background(), server.URL+path, o)
	if err != nil {
		t.Errorf("%v", err)
		return
	}
	for _, r := range report.Results {
		for _, f := range r.Findings {
			say := t.Errorf
			if f.Severity == conform.Info {
				say = t.Logf
			}
			say("%s, asked for %s (%s %s): %s\n\tto mend it: %s\n\tto see it: %s",
				f.Rule, r.Question, r.Method, r.Target, f, f.Fix, strings.ReplaceAll(r.Curl, server.URL, "http://HOST"))
		}
	}
}
