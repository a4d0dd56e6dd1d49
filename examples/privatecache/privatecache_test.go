package privatecache

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// A server answers each request with the next of its answers, and notes what
// reached it.
type server struct {
	answers []answerOf
	asked   []*http.Request
	now     time.Time
}

type answerOf struct {
	code    int
	header  string // "Name: value" by line
	content string
}

func (s *server) RoundTrip(req *http.Request) (*http.Response, error) {
	s.asked = append(s.asked, req)
	a := s.answers[min(len(s.asked), len(s.answers))-1]
	if a.code == 0 {
		return nil, errors.New("connection refused")
	}
	w := httptest.NewRecorder()
	w.Header().Set("Date", s.now.Format(http.TimeFormat))
	for line := range strings.Lines(a.header) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		w.Header().Add(name, value)
	}
	w.WriteHeader(a.code)
	_, _ = io.WriteString(w, a.content)
	return w.Result(), nil
}

// What a private cache must do, and what it may: a series of requests, and what
// each gets. An upper-case word is a method.
func TestCache(t *testing.T) {
	type step struct {
		after   int // seconds since noon
		request string
		code    int // 0: an error
		content string
		asked   int // requests that have reached the server by then
	}
	ok := func(header string) answerOf { return answerOf{200, header, "one"} }
	two := answerOf{200, "Cache-Control: max-age=60", "two"}
	same := answerOf{304, "ETag: \"a\"\nCache-Control: max-age=60", ""}
	for _, tt := range []struct {
		name    string
		answers []answerOf
		steps   []step
	}{
		{"fresh", []answerOf{ok("Cache-Control: max-age=60"), two}, []step{
			{0, "", 200, "one", 1}, {59, "", 200, "one", 1}, {60, "", 200, "two", 2},
		}},
		{"private is for it", []answerOf{ok("Cache-Control: private, max-age=60")}, []step{{0, "", 200, "one", 1}, {1, "", 200, "one", 1}}},
		{"s-maxage is not", []answerOf{ok("Cache-Control: s-maxage=60"), two}, []step{{0, "", 200, "one", 1}, {1, "", 200, "two", 2}}},
		{"authorized", []answerOf{ok("Cache-Control: max-age=60")}, []step{
			{0, "Authorization: x", 200, "one", 1}, {1, "Authorization: x", 200, "one", 1},
		}},
		{"no-store", []answerOf{ok("Cache-Control: no-store, max-age=60"), two}, []step{{0, "", 200, "one", 1}, {1, "", 200, "two", 2}}},
		{"429 is not stored", []answerOf{{429, "Cache-Control: max-age=60", "x"}, two}, []step{{0, "", 429, "x", 1}, {1, "", 200, "two", 2}}},
		{"no-cache validates", []answerOf{ok("Cache-Control: no-cache\nETag: \"a\""), same}, []step{
			{0, "", 200, "one", 1}, {1, "", 200, "one", 2},
		}},
		{"stale validates, and is fresh again", []answerOf{ok("ETag: \"a\"\nCache-Control: max-age=1"), same}, []step{
			{0, "", 200, "one", 1}, {9, "", 200, "one", 2}, {60, "", 200, "one", 2},
		}},
		{"a 304 for something else", []answerOf{ok("ETag: \"a\"\nCache-Control: max-age=1"), {304, "ETag: \"b\"", ""}, two}, []step{
			{0, "", 200, "one", 1}, {9, "", 200, "two", 3},
		}},
		{"Vary", []answerOf{ok("Vary: Foo\nCache-Control: max-age=60"), two}, []step{{0, "Foo: 1", 200, "one", 1}, {1, "Foo: 2", 200, "two", 2}}},
		{"both variants stay", []answerOf{ok("Vary: Foo\nCache-Control: max-age=60"), {200, "Vary: Foo\nCache-Control: max-age=60", "two"}}, []step{
			{0, "Foo: 1", 200, "one", 1}, {1, "Foo: 2", 200, "two", 2}, {2, "Foo: 1", 200, "one", 2},
		}},
		{"a change invalidates", []answerOf{ok("Cache-Control: max-age=60"), {204, "", ""}, two}, []step{
			{0, "", 200, "one", 1}, {1, "POST", 204, "", 2}, {2, "", 200, "two", 3},
		}},
		{"a failed one does not", []answerOf{ok("Cache-Control: max-age=60"), {500, "", ""}, two}, []step{
			{0, "", 200, "one", 1}, {1, "POST", 500, "", 2}, {2, "", 200, "one", 2},
		}},
		{"HEAD from GET", []answerOf{ok("Cache-Control: max-age=60")}, []step{{0, "", 200, "one", 1}, {1, "HEAD", 200, "", 1}}},
		{"disconnected", []answerOf{ok("Cache-Control: max-age=1"), {}}, []step{{0, "", 200, "one", 1}, {9, "", 200, "one", 2}}},
		{"but not with must-revalidate", []answerOf{ok("Cache-Control: max-age=1, must-revalidate"), {}}, []step{
			{0, "", 200, "one", 1}, {9, "", 0, "", 2},
		}},
		{"stale-if-error", []answerOf{ok("Cache-Control: max-age=1, stale-if-error=60"), {503, "", "x"}}, []step{
			{0, "", 200, "one", 1}, {9, "", 200, "one", 2}, {99, "", 503, "x", 3},
		}},
		{"only-if-cached", []answerOf{two}, []step{{0, "Cache-Control: only-if-cached", 504, "", 0}}},
		{"a range is not its business", []answerOf{ok("Cache-Control: max-age=60"), {206, "", "o"}}, []step{
			{0, "", 200, "one", 1}, {1, "Range: bytes=0-0", 206, "o", 2},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &server{answers: tt.answers}
			c := New(s)
			c.now = func() time.Time { return s.now }
			for i, step := range tt.steps {
				s.now = noon.Add(time.Duration(step.after) * time.Second)
				method, header := http.MethodGet, step.request
				if name, _, isField := strings.Cut(header, ": "); !isField && name != "" {
					method, header = name, ""
				}
				req, err := http.NewRequestWithContext(t.Context(), method, "http://example.com/", nil)
				require.NoError(t, err)
				if name, value, ok := strings.Cut(header, ": "); ok {
					req.Header.Set(name, value)
				}
				resp, err := (&http.Client{Transport: c}).Do(req)
				if step.code == 0 {
					assert.Error(t, err)
				} else if assert.NoError(t, err) {
					content, err := io.ReadAll(resp.Body)
					assert.NoError(t, err)
					resp.Body.Close()
					assert.Equal(t, step.code, resp.StatusCode, "step %d", i)
					assert.Equal(t, step.content, string(content), "step %d", i)
				}
				assert.Len(t, s.asked, step.asked, "step %d", i)
			}
		})
	}
}
