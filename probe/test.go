package probe

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/httpstatus/conform"
)

// Test probes a handler in a test: it serves h on loopback, asks it for a path, and
// fails the test once for each rule that is broken and is a warning or an error,
// with the command that repeats the request. Findings that are information go to
// the log of the test. There is no pause between requests unless o has one.
func Test(t testing.TB, h http.Handler, path string, o Options) {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	if o.Pause == 0 {
		o.Pause = -1
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	report, err := Run(context.Background(), server.URL+path, o)
	if err != nil {
		t.Errorf("%v", err)
		return
	}
	hideHost := strings.NewReplacer(server.URL, "http://HOST", strings.TrimPrefix(server.URL, "http://"), "HOST")
	for _, broken := range byRule(report) {
		say := t.Errorf
		if broken.first.Severity == conform.Info {
			say = t.Logf
		}
		more := ""
		if len(broken.others) > 0 {
			more = fmt.Sprintf("\n\tand in %d more: %s", len(broken.others), strings.Join(broken.others, "; "))
		}
		r := broken.result
		say("%s\n\tasked for: %s (%s %s: %d)\n\tto see it: %s\n\tto mend it: %s%s",
			broken.first, r.Question, r.Method, r.Target, int(r.Status), hideHost.Replace(r.Curl), broken.first.Fix, more)
	}
}

// A brokenRule is the first finding of a rule, and in answer to what else it was
// found.
type brokenRule struct {
	first  conform.Finding
	result *Result
	others []string
}

func byRule(report *Report) (all []brokenRule) {
	index := map[string]int{}
	for i := range report.Results {
		r := &report.Results[i]
		for _, f := range r.Findings {
			at, ok := index[f.Rule]
			if !ok {
				index[f.Rule] = len(all)
				all = append(all, brokenRule{first: f, result: r})
				continue
			}
			all[at].others = append(all[at].others, r.Question)
		}
	}
	return all
}
