package interop

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/conform"
	"example.com/httpstatus/statushttp"
)

// What an API's package would declare, for its server and its clients.
var (
	errUserNotFound = httpstatus.NotFound.New("user_not_found", "No such user.")
	errInvalid      = httpstatus.UnprocessableContent.New("validation_failed", "Check the fields.")
	errOutOfCredit  = httpstatus.PaymentRequired.New("", "Your balance is too low.").WithType("https://example.com/probs/out-of-credit", "No credit.")
)

const secret = "hunter2"

var errPrivate = errors.New("password is " + secret)

// answers are what the server returns, by path.
var answers = map[string]error{
	"/not-found": errUserNotFound.WithCause(errPrivate),
	"/invalid": errInvalid.WithField(
		httpstatus.Field{Pointer: "/items/0/price", ErrorCode: "too_high", Message: "More than 100 \u20ac."},
		httpstatus.Field{Message: "Too many items."}),
	"/credit": errOutOfCredit.WithInstance("/account/12345").WithExtension("balance", 30),
	"/method": httpstatus.MethodNotAllowed.New("", "").WithAllow("GET", "PUT"),
	"/token": httpstatus.Unauthorized.New("token_expired",
		"Log in <again> & \"again\".").WithChallenge("Basic").WithChallenge(`Bearer realm="api", error="invalid_token"`),
	"/busy":       httpstatus.TooManyRequests.New("rate_limited", "Slow down.").WithRetryAfter(90 * time.Second),
	"/private":    errPrivate,
	"/bare":       httpstatus.Conflict,
	"/joined":     errors.Join(errPrivate, errUserNotFound),
	"/impossible": httpstatus.Code(42).New("", "").WithCause(errPrivate),
	"/remote":     httpstatus.Decode(404, nil, nil).WithCause(errPrivate),
}

func TestRoundTrip(t *testing.T) {
	quiet := &statushttp.Responder{Report: func(*http.Request, error, statushttp.Info) {}} // of all the 500s
	handler := quiet.Handler(func(_ http.ResponseWriter, r *http.Request) error {
		if n, err := strconv.Atoi(r.URL.Path[1:]); err == nil {
			e := httpstatus.Code(n).New("", "").WithCause(errPrivate).WithAllow("GET").WithChallenge("Basic")
			if e.Status() == httpstatus.UpgradeRequired {
				e = e.WithHeader("Upgrade", "h2c").WithHeader("Connection", "upgrade")
			}
			return e
		}
		return answers[r.URL.Path]
	})
	for _, proto := range []string{"HTTP/1.1", "HTTP/2.0"} {
		t.Run(proto, func(t *testing.T) {
			server := httptest.NewUnstartedServer(handler)
			if proto == "HTTP/2.0" {
				server.EnableHTTP2 = true
				server.StartTLS()
			} else {
				server.Start()
			}
			defer server.Close()
			for _, accept := range []string{"", "application/problem+json"} {
				ask := func(t *testing.T, path string) (*http.Response, error) {
					req, err := http.NewRequestWithContext(t.Context(), "POST", server.URL+path, nil)
					require.NoError(t, err)
					if accept != "" {
						req.Header.Set("Accept", accept)
					}
					resp, err := server.Client().Do(req)
					require.NoError(t, err)
					require.Equal(t, proto, resp.Proto)
					dump, err := httputil.DumpResponse(resp, true)
					require.NoError(t, err)
					assert.NotContains(t, string(dump), secret)
					conform.AssertResponse(t, resp, conform.MinSeverity(conform.Error)) // a 412 to whatever we ask is odd
					return resp, statushttp.FromResponse(resp)
				}
				t.Run(accept, func(t *testing.T) { roundTrip(t, accept, ask) })
			}
		})
	}
}

func roundTrip(t *testing.T, accept string, ask func(t *testing.T, path string) (*http.Response, error)) {
	for _, tt := range []struct {
		path          string
		status        httpstatus.Code
		code, message string
		sentinel      error
		header        string // that must be there
	}{
		{"/not-found", 404, "user_not_found", "No such user.", errUserNotFound, ""},
		{"/invalid", 422, "validation_failed", "Check the fields.", errInvalid, ""},
		{"/credit", 402, "payment_required", "Your balance is too low.", errOutOfCredit, ""},
		{"/method", 405, "method_not_allowed", "Method Not Allowed", httpstatus.MethodNotAllowed, "Allow"},
		{"/token", 401, "token_expired", "Log in <again> & \"again\".", httpstatus.Unauthorized, "Www-Authenticate"},
		{"/busy", 429, "rate_limited", "Slow down.", httpstatus.TooManyRequests, "Retry-After"},
		{"/private", 500, "internal_server_error", "Internal Server Error", httpstatus.InternalServerError, ""},
		{"/bare", 409, "conflict", "Conflict", httpstatus.Conflict, ""},
		{"/joined", 404, "user_not_found", "No such user.", errUserNotFound, ""},
		{"/impossible", 500, "internal_server_error", "Internal Server Error", httpstatus.InternalServerError, ""},
		{"/remote", 502, "bad_gateway", "Bad Gateway", httpstatus.BadGateway, ""},
	} {
		t.Run(tt.path[1:], func(t *testing.T) {
			resp, err := ask(t, tt.path)
			var e *httpstatus.Error
			require.ErrorAs(t, err, &e)
			assert.True(t, e.Remote())
			assert.Equal(t, tt.status, httpstatus.StatusOf(err))
			assert.Equal(t, tt.code, e.ErrorCode())
			assert.Equal(t, tt.message, e.Message())
			assert.ErrorIs(t, err, tt.sentinel)
			assert.Empty(t, e.MissingHeaders())
			if tt.header != "" {
				assert.Contains(t, e.Header(), tt.header)
			}
			if tt.path == "/invalid" {
				assert.Equal(t, answers[tt.path].(*httpstatus.Error).Fields(), e.Fields())
			}
			if tt.path == "/busy" {
				assert.Equal(t, 90*time.Second, statushttp.Retry(resp.Request, resp, nil).Wait)
			}
			if tt.path == "/credit" && accept != "" {
				assert.Equal(t, "https://example.com/probs/out-of-credit", e.Type())
				assert.Equal(t, "No credit.", e.Title())
				assert.Equal(t, resp.Request.URL.Scheme+"://"+resp.Request.URL.Host+"/account/12345", e.Instance(), "resolved")
				assert.Equal(t, 30.0, e.Extensions()["balance"])
			}
		})
	}

	t.Run("every registered error", func(t *testing.T) {
		for c := range httpstatus.All() {
			if !c.IsError() {
				continue
			}
			_, err := ask(t, "/"+strconv.Itoa(int(c)))
			assert.ErrorIs(t, err, c)
			assert.ErrorIs(t, err, c.New("", ""))
			assert.Equal(t, c.Phrase(), err.(*httpstatus.Error).Message())
		}
	})

	t.Run("a redirect is no error for a client", func(t *testing.T) {
		resp, err := ask(t, "/300")
		assert.NoError(t, err)
		assert.Equal(t, 300, resp.StatusCode)
	})
}
