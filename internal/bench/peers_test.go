package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/failsafe-go/failsafe-go/failsafehttp"
	"github.com/gofiber/utils/v2"
	"github.com/hashicorp/go-retryablehttp"
	"github.com/labstack/echo/v4"
	"github.com/moogar0880/problems"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// The versions that the rows below were found with. Who updates a peer runs the
// test, and corrects or removes the rows that do not hold any more.
var peerVersions = map[string]string{
	"cachecontrol":        "github.com/pquerna/cachecontrol v0.2.0",
	"chi/render":          "github.com/go-chi/render v1.0.3",
	"echo":                "github.com/labstack/echo/v4 v4.15.1",
	"failsafe-go":         "github.com/failsafe-go/failsafe-go v0.9.8",
	"go-retryablehttp":    "github.com/hashicorp/go-retryablehttp v0.7.8",
	"gofiber/utils":       "github.com/gofiber/utils/v2 v2.0.2",
	"huma":                "github.com/danielgtaylor/huma/v2 v2.37.2",
	"moogar0880/problems": "github.com/moogar0880/problems v1.0.1",
}

func TestPeerVersions(t *testing.T) {
	text, err := os.ReadFile("go.mod")
	require.NoError(t, err)
	for peer, version := range peerVersions {
		assert.Contains(t, string(text), "\t"+version+"\n", "%s: are the differences still those of peers_test.go?", peer)
	}
}

const secret = "password=hunter2"

var errSecret = errors.New("dial postgres: " + secret)

// A difference is a question that a peer answers otherwise than it should. The
// answers are in a few words, so that they can be compared and read.
type difference struct {
	peer      string
	question  string
	why       string // what the answer should be by, or else what goes wrong
	theirs    func() string
	wrong     string // what theirs returns
	ours      func() string
	right     string // what ours returns
	reference string
}

var differences = []difference{
	// Retry-After
	{
		peer: "go-retryablehttp", question: "Retry-After: 9223372037",
		theirs: retryablehttpWait("9223372037"), wrong: "-2562047h47m16.709551616s",
		ours: ourWait("9223372037"), right: "2562047h47m16.854775807s",
		why: "292 years wrap around to a wait that is over", reference: "RFC 9110, Section 10.2.3",
	},
	{
		peer: "go-retryablehttp", question: "Retry-After: Sunday, 06-Nov-94 08:49:37 GMT",
		theirs: retryablehttpWait("Sunday, 06-Nov-94 08:49:37 GMT"), wrong: "its own backoff",
		ours: ourWait("Sunday, 06-Nov-94 08:49:37 GMT"), right: "0s",
		why: "a recipient must accept all three forms of a date", reference: "RFC 9110, Section 5.6.7",
	},
	{
		peer: "go-retryablehttp", question: "Retry-After: Sun Nov  6 08:49:37 1994",
		theirs: retryablehttpWait("Sun Nov  6 08:49:37 1994"), wrong: "its own backoff",
		ours: ourWait("Sun Nov  6 08:49:37 1994"), right: "0s",
		why: "a recipient must accept all three forms of a date", reference: "RFC 9110, Section 5.6.7",
	},
	{
		peer: "go-retryablehttp", question: "Retry-After: Sun, 06 Nov 1994 08:49:37 PST",
		theirs: retryablehttpWait("Sun, 06 Nov 1994 08:49:37 PST"), wrong: "0s",
		ours: ourWait("Sun, 06 Nov 1994 08:49:37 PST"), right: "no advice",
		why: "the zone is GMT; the name of another one is read as UTC", reference: "RFC 9110, Section 5.6.7",
	},
	{
		peer: "go-retryablehttp", question: "Retry-After: +5",
		theirs: retryablehttpWait("+5"), wrong: "5s",
		ours: ourWait("+5"), right: "no advice",
		why: "a number of seconds is digits alone", reference: "RFC 9110, Section 10.2.3",
	},
	{
		peer: "failsafe-go", question: "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT",
		theirs: failsafeWait("Sun, 06 Nov 1994 08:49:37 GMT"), wrong: "its own backoff",
		ours: ourWait("Sun, 06 Nov 1994 08:49:37 GMT"), right: "0s",
		why: "dates are not read at all", reference: "RFC 9110, Section 10.2.3",
	},
	{
		peer: "failsafe-go", question: "Retry-After: 9223372037",
		theirs: failsafeWait("9223372037"), wrong: "-2562047h47m16.709551616s",
		ours: ourWait("9223372037"), right: "2562047h47m16.854775807s",
		why: "292 years wrap around to a wait that is over", reference: "RFC 9110, Section 10.2.3",
	},

	// Repeating a request
	{
		peer: "go-retryablehttp", question: "POST answered by 500: repeat it?",
		theirs: retryablehttpAgain("POST", 500), wrong: "yes",
		ours: ourAgain("POST", 500), right: "no",
		why: "it may have been applied", reference: "RFC 9110, Section 9.2.2",
	},
	{
		peer: "go-retryablehttp", question: "GET answered by 408: repeat it?",
		theirs: retryablehttpAgain("GET", 408), wrong: "no",
		ours: ourAgain("GET", 408), right: "yes",
		why: "the request did not arrive", reference: "RFC 9110, Section 15.5.9",
	},
	{
		peer: "go-retryablehttp", question: "GET answered by 505: repeat it?",
		theirs: retryablehttpAgain("GET", 505), wrong: "yes",
		ours: ourAgain("GET", 505), right: "no",
		why: "the same request has the same version", reference: "RFC 9110, Section 15.6.6",
	},

	// Following a redirect
	{
		peer: "net/http", question: "DELETE answered by 301: which method follows?",
		theirs: func() string { return netHTTPMethod("DELETE", 301) }, wrong: "GET",
		ours: func() string { return ourMethod("DELETE", 301) }, right: "DELETE",
		why: "only POST may be changed", reference: "RFC 9110, Section 15.4.2",
	},
	{
		peer: "net/http", question: "QUERY answered by 302: which method follows?",
		theirs: func() string { return netHTTPMethod("QUERY", 302) }, wrong: "GET",
		ours: func() string { return ourMethod("QUERY", 302) }, right: "QUERY",
		why: "only POST may be changed", reference: "RFC 10008, Section 2.5",
	},

	// Writing an error
	{
		peer: "huma", question: "a handler returns an error of the database: what does the client see?",
		theirs: leak(humaHandler()), wrong: "the password",
		ours: leak(statushttp.HandlerFunc(returnSecret)), right: "nothing of it",
		why: "the text of any error is sent", reference: "RFC 9457, Section 5",
	},
	{
		peer: "moogar0880/problems", question: "an error of the database as a problem: what does the client see?",
		theirs: leak(problems.ProblemHandler(problems.FromError(errSecret).WithStatus(500))), wrong: "the password",
		ours: leak(statushttp.HandlerFunc(returnSecret)), right: "nothing of it",
		why: "the text of any error is sent", reference: "RFC 9457, Section 5",
	},
	panics("http.Error", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "x", 42) }),
	panics("moogar0880/problems", problems.ProblemHandler(problems.NewDetailedProblem(42, "x"))),
	panics("huma", func(w http.ResponseWriter, r *http.Request) {
		api := humago.New(http.NewServeMux(), huma.DefaultConfig("bench", "1"))
		_ = huma.WriteErr(api, humago.NewContext(&huma.Operation{}, r, w), 42, "x")
	}),
	panics("echo", func(w http.ResponseWriter, r *http.Request) {
		e := echo.New()
		e.DefaultHTTPErrorHandler(echo.NewHTTPError(42, "x"), e.NewContext(r, w))
	}),

	// Reading a problem
	{
		peer: "moogar0880/problems", question: `{"detail":"gone","status":"410"}: what is the detail?`,
		theirs: func() string { return unmarshalled[problems.Problem](`{"detail":"gone","status":"410"}`) }, wrong: "an error",
		ours: func() string { return decoded(`{"detail":"gone","status":"410"}`) }, right: "gone",
		why: "a member of the wrong type is ignored", reference: "RFC 9457, Section 3.1",
	},
	{
		peer: "huma", question: `{"detail":"gone","status":"410"}: what is the detail?`,
		theirs: func() string { return unmarshalled[huma.ErrorModel](`{"detail":"gone","status":"410"}`) }, wrong: "an error",
		ours: func() string { return decoded(`{"detail":"gone","status":"410"}`) }, right: "gone",
		why: "a member of the wrong type is ignored", reference: "RFC 9457, Section 3.1",
	},
	{
		peer: "moogar0880/problems", question: `{"detail":"gone","Detail":"an extension"}: what is the detail?`,
		theirs: func() string {
			return unmarshalled[problems.Problem](`{"detail":"gone","Detail":"an extension"}`)
		}, wrong: "an extension",
		ours: func() string { return decoded(`{"detail":"gone","Detail":"an extension"}`) }, right: "gone",
		why: "names are case-sensitive", reference: "RFC 8259, Section 8.3",
	},
}

// TestDifferences says where peers are wrong (run it with -v), and holds that
// they still are and that we are not.
func TestDifferences(t *testing.T) {
	for _, d := range differences {
		theirs, ours := d.theirs(), d.ours()
		t.Logf("%-20s %s\n\t%s; should be %s: %s (%s)", d.peer, d.question, theirs, ours, d.why, d.reference)
		assert.Equal(t, d.wrong, theirs, "%s has changed; %s", d.peer, d.question)
		assert.Equal(t, d.right, ours, "%s", d.question)
	}
}

// TestPhrases compares the tables of phrases with IANA's.
func TestPhrases(t *testing.T) {
	// Both have the phrases of RFC 7231, RFC 7233 and RFC 4918, which RFC 9110
	// has replaced, and neither the code that was registered last.
	old := map[int]string{
		104: "",
		413: "Request Entity Too Large",
		414: "Request URI Too Long",
		416: "Requested Range Not Satisfiable",
		422: "Unprocessable Entity",
	}
	for peer, phrase := range map[string]func(int) string{
		"net/http":      http.StatusText,
		"gofiber/utils": utils.StatusMessage,
	} {
		different := map[int]string{}
		for c := range httpstatus.All() {
			if have := phrase(int(c)); have != c.Phrase() {
				different[int(c)] = have
				t.Logf("%-20s %d is %q; should be %q", peer, int(c), have, c.Phrase())
			}
		}
		assert.Equal(t, old, different, peer)
	}
}

func retryablehttpWait(value string) func() string {
	return func() string {
		const backoff = 1234 * time.Millisecond
		return waitText(retryablehttp.DefaultBackoff(backoff, backoff, 0, retryResponses([]string{value})[0]), backoff)
	}
}

func failsafeWait(value string) func() string {
	return func() string {
		return waitText(failsafehttp.DelayFunc(answered{resp: retryResponses([]string{value})[0]}), -1)
	}
}

func waitText(wait, backoff time.Duration) string {
	if wait == backoff {
		return "its own backoff"
	}
	return wait.String()
}

func ourWait(value string) func() string {
	return func() string {
		if advice, ok := httpstatus.RetryAfter(retryResponses([]string{value})[0].Header, now); ok {
			return advice.Wait.String()
		}
		return "no advice"
	}
}

func retryablehttpAgain(method string, status int) func() string {
	return func() string {
		resp := &http.Response{StatusCode: status, Request: &http.Request{Method: method}}
		again, _ := retryablehttp.DefaultRetryPolicy(context.Background(), resp, nil)
		return yesNo(again)
	}
}

func ourAgain(method string, status httpstatus.Code) func() string {
	return func() string { return yesNo(httpstatus.Attempt{Method: method, Status: status}.Retry().Again) }
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// netHTTPMethod returns the method of the second request of a client whose first
// one was answered by a redirect.
func netHTTPMethod(method string, status int) string {
	var methods []string
	client := &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		methods = append(methods, r.Method)
		resp := &http.Response{StatusCode: 200, Header: http.Header{}, Body: http.NoBody, Request: r}
		if len(methods) == 1 {
			resp.StatusCode = status
			resp.Header.Set("Location", "/b")
		}
		return resp, nil
	})}
	req, err := http.NewRequest(method, "https://example.com/a", http.NoBody)
	if err != nil {
		return err.Error()
	}
	if _, err := client.Do(req); err != nil {
		return err.Error()
	}
	return methods[1]
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func ourMethod(method string, status httpstatus.Code) string {
	return httpstatus.RedirectStep{Method: method, Status: status, URL: "https://example.com/a", Location: []string{"/b"}}.
		Plan(httpstatus.RedirectPolicy{}).Method
}

func returnSecret(http.ResponseWriter, *http.Request) error { return errSecret }

// leak says whether the secret is in the answer of a handler.
func leak(h http.Handler) func() string {
	return func() string {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/x", nil))
		if w.Code != 500 {
			return fmt.Sprint(w.Code)
		}
		if strings.Contains(w.Body.String(), secret) {
			return "the password"
		}
		return "nothing of it"
	}
}

func humaHandler() http.Handler {
	mux := http.NewServeMux()
	api := humago.New(mux, huma.DefaultConfig("bench", "1"))
	huma.Get(api, "/x", func(context.Context, *struct{}) (*struct{}, error) { return nil, errSecret })
	return mux
}

// panics is the row of a helper that panics on a number that is no status code.
func panics(peer string, h http.HandlerFunc) difference {
	return difference{
		peer: peer, question: "an error with status 42: what is sent?",
		theirs: func() string { return sent(h) }, wrong: "a panic",
		ours: func() string {
			return sent(func(w http.ResponseWriter, r *http.Request) { statushttp.Write(w, r, httpstatus.Code(42).New("", "")) })
		}, right: "500",
		why: "an int from elsewhere must not end the handler", reference: "RFC 9110, Section 15",
	}
}

func sent(h http.HandlerFunc) (answer string) {
	defer func() {
		if recover() != nil {
			answer = "a panic"
		}
	}()
	w := httptest.NewRecorder()
	h(w, httptest.NewRequest("GET", "/x", nil))
	return fmt.Sprint(w.Code)
}

// unmarshalled returns the detail that is in a value of a peer's type.
func unmarshalled[T any](body string) string {
	var v T
	if json.Unmarshal([]byte(body), &v) != nil {
		return "an error"
	}
	switch v := any(v).(type) {
	case problems.Problem:
		return v.Detail
	case huma.ErrorModel:
		return v.Detail
	}
	return "unknown type"
}

func decoded(body string) string {
	header := http.Header{"Content-Type": {"application/problem+json"}}
	return httpstatus.Decode(410, header, strings.NewReader(body)).Message()
}
