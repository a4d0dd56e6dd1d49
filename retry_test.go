package httpstatus_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/race"
	"example.com/httpstatus/internal/reference"
)

// retryMethods has every registered method with what the IANA HTTP Method Registry
// says of it, and others that it does not know.
var retryMethods = map[string]struct{ safe, idempotent bool }{
	"ACL": {false, true}, "BASELINE-CONTROL": {false, true}, "BIND": {false, true}, "CHECKIN": {false, true}, "CHECKOUT": {false, true},
	"CONNECT": {false, false}, "COPY": {false, true}, "DELETE": {false, true}, "GET": {true, true}, "HEAD": {true, true},
	"LABEL": {false, true}, "LINK": {false, true}, "LOCK": {false, false}, "MERGE": {false, true}, "MKACTIVITY": {false, true},
	"MKCALENDAR": {false, true}, "MKCOL": {false, true}, "MKREDIRECTREF": {false, true}, "MKWORKSPACE": {false, true}, "MOVE": {false, true},
	"OPTIONS": {true, true}, "ORDERPATCH": {false, true}, "PATCH": {false, false}, "POST": {false, false}, "PRI": {true, true},
	"PROPFIND": {true, true}, "PROPPATCH": {false, true}, "PUT": {false, true}, "QUERY": {true, true}, "REBIND": {false, true},
	"REPORT": {true, true}, "SEARCH": {true, true}, "TRACE": {true, true}, "UNBIND": {false, true}, "UNCHECKOUT": {false, true},
	"UNLINK": {false, true}, "UNLOCK": {false, true}, "UPDATE": {false, true}, "UPDATEREDIRECTREF": {false, true}, "VERSION-CONTROL": {false, true},
	"*": {false, false},

	"":      {true, true},   // GET
	"get":   {false, false}, // methods are case-sensitive (RFC 9110, Section 9.1)
	"Put":   {false, false},
	"PURGE": {false, false}, // known to some caches, but not registered
}

// retryHeaders has every kind of Retry-After, and what is to be read from it.
var retryHeaders = []struct {
	why     string
	header  map[string][]string
	wait    time.Duration
	hasWait bool
}{
	{"no header", nil, 0, false},
	{"without Retry-After", http.Header{"Date": {"Sun, 06 Nov 1994 08:49:27 GMT"}, "Ratelimit-Reset": {"5"}}, 0, false},
	{"seconds", http.Header{"Retry-After": {"120"}}, 120 * time.Second, true},
	{"a date", http.Header{"Retry-After": {"Sun, 06 Nov 1994 08:49:37 GMT"}}, 10 * time.Second, true},
	{"a date, and Date", http.Header{"Retry-After": {"Sun, 06 Nov 1994 08:49:37 GMT"}, "Date": {"Sun, 06 Nov 1994 08:49:36 GMT"}}, time.Second, true},
	{"zero", http.Header{"Retry-After": {"0"}}, 0, true},
	{"past", http.Header{"Retry-After": {"Sun Nov  6 08:49:00 1994"}}, 0, true},
	{"huge", map[string][]string{"retry-after": {"9223372037"}}, longest, true},
	{"malformed", http.Header{"Retry-After": {"-1"}}, 0, false},
	{"two lines that agree", http.Header{"Retry-After": {"120", "120"}}, 120 * time.Second, true},
	{"two lines that differ", http.Header{"Retry-After": {"120", "60"}}, 0, false},
}

// Every rule, for every registered code and others, every registered method and
// others, every kind of Retry-After, and every combination of flags.
func TestRetry(t *testing.T) {
	codes := []httpstatus.Code{-404, -1, 0, 1, 99, 199, 299, 306, 399, 418, 420, 471, 499, 509, 512, 520, 599, 600, 799, 1000, 65736}
	for c := range httpstatus.All() {
		codes = append(codes, c)
	}
	failures := 0
	for _, code := range codes {
		for method, m := range retryMethods {
			for _, h := range retryHeaders {
				for _, number := range []int{-1, 0, 1, 2, 3} {
					for flags := range 32 {
						if number < 0 && flags != 0 || number == 2 && flags&1 != 0 { // enough is enough
							continue
						}
						a := httpstatus.Attempt{
							Method: method, Status: code, Header: h.header, Number: number, Received: received,
							Vouched: flags&1 != 0, Unrepeatable: flags&2 != 0, Proxy: flags&4 != 0, EarlyData: flags&8 != 0, Redirected: flags&16 != 0,
						}
						again, needs, row := reference.Retry(reference.Attempt{
							Status: int(code), MethodSafe: m.safe, MethodIdempotent: m.idempotent, Advice: h.hasWait, Number: number,
							Vouched: a.Vouched, Unrepeatable: a.Unrepeatable, Proxy: a.Proxy, EarlyData: a.EarlyData, Redirected: a.Redirected,
						})
						got := a.Retry()
						want := httpstatus.Retry{Again: again, Wait: h.wait, HasWait: h.hasWait,
							Reason: wantReason(a, again, row, m.idempotent), Needs: got.Needs}
						if got != want || got.Needs.String() != needs {
							t.Errorf("row %d, %s: %+v\ngot  %+v\nwant %+v, needs %s", row, h.why, a, got, want, needs)
							if failures++; failures > 20 {
								t.FailNow()
							}
						}
					}
				}
			}
		}
	}
}

// Every rule for a request that was lost: the status and the header, which are
// ignored, every registered method and others, and every combination of flags.
func TestRetryOfLost(t *testing.T) {
	for _, code := range []httpstatus.Code{0, 200, 302, 404, 409, 429, 503, 799} {
		for method, m := range retryMethods {
			for _, h := range retryHeaders {
				for _, applied := range []httpstatus.Applied{httpstatus.AppliedUnknown, httpstatus.NotApplied, httpstatus.WasApplied, 99} {
					for flags := range 64 {
						a := httpstatus.Attempt{
							Method: method, Status: code, Header: h.header, Number: 1 + flags&1, Received: received,
							Lost: true, Applied: applied, Canceled: flags&1 != 0,
							Vouched: flags&2 != 0, Unrepeatable: flags&4 != 0, Proxy: flags&8 != 0, EarlyData: flags&16 != 0, Redirected: flags&32 != 0,
						}
						again, needs, row := reference.Retry(reference.Attempt{
							Status: int(code), MethodSafe: m.safe, MethodIdempotent: m.idempotent, Advice: h.hasWait, Number: a.Number,
							Vouched: a.Vouched, Unrepeatable: a.Unrepeatable, Proxy: a.Proxy, EarlyData: a.EarlyData, Redirected: a.Redirected,
							Lost: true, Applied: applied.String(), Canceled: a.Canceled,
						})
						got := a.Retry()
						want := httpstatus.Retry{Again: again, Reason: wantReason(a, again, row, m.idempotent), Needs: got.Needs}
						if got != want || got.Needs.String() != needs {
							t.Fatalf("row %d: %+v\ngot  %+v\nwant %+v, needs %s", row, a, got, want, needs)
						}
					}
				}
			}
		}
	}
}

// wantReason names the reason that goes with a row.
func wantReason(a httpstatus.Attempt, again bool, row int, idempotent bool) httpstatus.RetryReason {
	switch row {
	case 0:
		return httpstatus.NoRetryInvalidStatus
	case 1:
		if a.Status >= 300 && a.Status != 304 {
			return httpstatus.NoRetryRedirection
		}
		return httpstatus.NoRetryNotFailed
	case 2:
		return httpstatus.NoRetryContent
	case 3:
		return map[httpstatus.Code]httpstatus.RetryReason{
			401: httpstatus.NoRetryAuthorization, 406: httpstatus.NoRetryAccept, 407: httpstatus.NoRetryProxyAuthorization,
			411: httpstatus.NoRetryContentLength,
			412: httpstatus.NoRetryPrecondition, 415: httpstatus.NoRetryContentType, 416: httpstatus.NoRetryRange, 417: httpstatus.NoRetryExpect,
			426: httpstatus.NoRetryUpgrade, 428: httpstatus.NoRetryUnconditional, 431: httpstatus.NoRetryFieldsTooLarge,
			510: httpstatus.NoRetryChangeRequest, 511: httpstatus.NoRetryNetworkLogin,
		}[a.Status]
	case 4:
		return httpstatus.RetryMisdirected
	case 5:
		if a.EarlyData {
			return httpstatus.NoRetryPassOn
		}
		return httpstatus.RetryTooEarly
	case 6:
		if a.Status == 408 {
			return httpstatus.RetryNotReceived
		}
		return httpstatus.RetryRefused
	case 7:
		if again {
			return httpstatus.RetryTimeNamed
		}
		return httpstatus.NoRetryNoTime
	case 8, 9:
		switch {
		case !again:
			return httpstatus.NoRetryMayHaveApplied
		case idempotent:
			return httpstatus.RetryIdempotent
		case a.Vouched:
			return httpstatus.RetryVouched
		}
		return httpstatus.RetryTimeNamed
	case 10:
		if again {
			return httpstatus.RetryStillRunning
		}
		return httpstatus.NoRetryConflict
	case 11:
		return httpstatus.NoRetryPermanent
	case reference.RowLost:
		switch {
		case a.Canceled:
			return httpstatus.NoRetryCanceled
		case a.Unrepeatable:
			return httpstatus.NoRetryContent
		case !again:
			return httpstatus.NoRetryMayHaveApplied
		case a.Applied == httpstatus.NotApplied:
			return httpstatus.RetryNotApplied
		case idempotent:
			return httpstatus.RetryIdempotent
		}
		return httpstatus.RetryVouched
	case reference.RowProxy:
		return httpstatus.NoRetryProxy
	case reference.RowRedirected:
		return httpstatus.NoRetryMayHaveApplied
	case reference.RowEcho:
		return httpstatus.NoRetryEcho
	}
	return 0
}

// The same decisions once more as stories that clients meet, written out rather
// than computed.
func TestRetryStories(t *testing.T) {
	in2min := map[string][]string{"Retry-After": {"120"}}
	for _, tt := range []struct {
		why     string
		attempt httpstatus.Attempt
		want    string
	}{
		{"the zero Attempt has no status", httpstatus.Attempt{}, "no"},
		{"a GET that met an overloaded server", httpstatus.Attempt{Status: 503}, "yes"},
		{"a POST that met one, which says when to return", httpstatus.Attempt{Method: "POST", Status: 503, Header: in2min}, "yes in 2m0s"},
		{"a POST that may have been carried out", httpstatus.Attempt{Method: "POST", Status: 503}, "no"},
		{"a gateway lost its server while it worked on a POST; when to return says nothing of that",
			httpstatus.Attempt{Method: "POST", Status: 502, Header: in2min}, "no in 2m0s"},
		{"a payment with an Idempotency-Key", httpstatus.Attempt{Method: "POST", Status: 504, Vouched: true}, "yes"},
		{"the same, while the first is still at work", httpstatus.Attempt{Method: "POST", Status: 409, Vouched: true, Number: 2}, "yes"},
		{"a QUERY is safe although it has content", httpstatus.Attempt{Method: "QUERY", Status: 502}, "yes"},
		{"a LOCK is not idempotent although it is WebDAV", httpstatus.Attempt{Method: "LOCK", Status: 502}, "no"},
		{"a DELETE that found nothing to delete", httpstatus.Attempt{Method: "DELETE", Status: 404}, "no"},
		{"rate-limited", httpstatus.Attempt{Method: "POST", Status: 429, Header: in2min}, "yes in 2m0s"},
		{"forbidden for good", httpstatus.Attempt{Status: 403}, "no"},
		{"forbidden because of a rate limit", httpstatus.Attempt{Status: 403, Header: in2min}, "yes in 2m0s"},
		{"too large for now", httpstatus.Attempt{Method: "PUT", Status: 413, Header: in2min}, "yes in 2m0s"},
		{"too large for now, and the file is gone", httpstatus.Attempt{Method: "PUT", Status: 413, Header: in2min, Unrepeatable: true}, "no in 2m0s"},
		{"the file is gone, but nothing failed", httpstatus.Attempt{Method: "PUT", Status: 204, Unrepeatable: true}, "no"},
		{"not signed in", httpstatus.Attempt{Status: 401}, "no, changed request"},
		{"a coalesced connection", httpstatus.Attempt{Method: "POST", Status: 421}, "yes, new connection"},
		{"a gateway and a coalesced connection", httpstatus.Attempt{Method: "POST", Status: 421, Proxy: true}, "no"},
		{"early data", httpstatus.Attempt{Method: "POST", Status: 425}, "yes, no early data"},
		{"early data of another client", httpstatus.Attempt{Status: 425, EarlyData: true, Proxy: true}, "no"},
		{"a proxy does not vouch for what it forwards",
			httpstatus.Attempt{Method: "POST", Status: 503, Header: in2min, Vouched: true, Proxy: true}, "no in 2m0s"},
		{"a proxy may repeat a GET", httpstatus.Attempt{Status: 503, Proxy: true}, "yes"},
		{"a POST that was sent on to a page, which is overloaded",
			httpstatus.Attempt{Method: "POST", Status: 503, Header: in2min, Redirected: true}, "no in 2m0s"},
		{"work accepted, look again later", httpstatus.Attempt{Method: "POST", Status: 202, Header: in2min}, "no in 2m0s"},
		{"moved, but not before", httpstatus.Attempt{Status: 301, Header: in2min}, "no in 2m0s"},
		{"a payment that was refused a connection", httpstatus.Attempt{Method: "POST", Lost: true, Applied: httpstatus.NotApplied}, "yes"},
		{"a payment that was lost on the way", httpstatus.Attempt{Method: "POST", Lost: true}, "no"},
		{"the same with an Idempotency-Key", httpstatus.Attempt{Method: "POST", Lost: true, Vouched: true}, "yes"},
		{"a PUT that was lost on the way", httpstatus.Attempt{Method: "PUT", Lost: true}, "yes"},
		{"a GET whose response was cut off", httpstatus.Attempt{Status: 200, Lost: true, Applied: httpstatus.WasApplied}, "yes"},
		{"a user who has gone", httpstatus.Attempt{Lost: true, Canceled: true}, "no"},
		{"a stream that was refused a connection", httpstatus.Attempt{Method: "POST", Lost: true, Applied: httpstatus.NotApplied, Unrepeatable: true}, "no"},
		{"a proxy that was refused a connection", httpstatus.Attempt{Method: "POST", Lost: true, Applied: httpstatus.NotApplied, Proxy: true}, "no"},
		{"a POST that was answered with a page, which was lost",
			httpstatus.Attempt{Method: "POST", Lost: true, Applied: httpstatus.NotApplied, Redirected: true}, "no"},
		{"a code of a vendor", httpstatus.Attempt{Status: 520}, "yes"},
		{"a teapot", httpstatus.Attempt{Status: 418}, "no"},
		{"a number that is no status, though clients take it for a server error", httpstatus.Attempt{Status: 999}, "no"},
		{"a date, and no clock", httpstatus.Attempt{Status: 403, Header: map[string][]string{"Retry-After": {"Fri, 31 Dec 1999 23:59:59 GMT"}}}, "no"},
		{"a date, and the clock of the server",
			httpstatus.Attempt{Status: 403, Header: map[string][]string{"Retry-After": {"Fri, 31 Dec 1999 23:59:59 GMT"},
				"Date": {"Fri, 31 Dec 1999 23:59:58 GMT"}}}, "yes in 1s"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			r := tt.attempt.Retry()
			got := "no"
			if r.Again {
				got = "yes"
			}
			if r.HasWait {
				got += " in " + r.Wait.String()
			}
			if r.Needs != httpstatus.NeedsNothing {
				got += ", " + r.Needs.String()
			}
			assert.Equal(t, tt.want, got, "%s: %v", tt.why, r.Reason)
		})
	}
}

// The code alone promises no more than the decision keeps: what IsRetryable
// says yes to is repeated for a GET, and nothing else is without Retry-After but
// 421, which needs another connection.
func TestRetryAgreesWithIsRetryable(t *testing.T) {
	for c := httpstatus.Code(-1); c <= 1000; c++ {
		assert.Equal(t, c.IsRetryable() || c == 421, httpstatus.Attempt{Status: c}.Retry().Again, "code %d", int(c))
	}
}

// An answer that is repeated for every method comes from a code that says that
// nothing was applied; 403, 413, 423 and 503 may say so with Retry-After only.
func TestRetryAgreesWithApplied(t *testing.T) {
	for c := httpstatus.Code(100); c <= 599; c++ {
		post := httpstatus.Attempt{Method: "POST", Status: c}
		if post.Retry().Again {
			assert.Equal(t, httpstatus.NotApplied, c.Applied(), "code %d", int(c))
		}
	}
}

func TestRetryAllocations(t *testing.T) {
	if race.Enabled {
		t.Log("the race detector allocates; what is decided is tested elsewhere")
		return
	}
	for _, h := range retryHeaders {
		for _, c := range []httpstatus.Code{0, 200, 401, 404, 409, 429, 503, 599} {
			a := httpstatus.Attempt{Method: "POST", Status: c, Header: h.header, Number: 2, Received: received}
			assert.Zero(t, testing.AllocsPerRun(100, func() { sinkRetry = a.Retry() }), "%d, %s", int(c), h.why)
			assert.Zero(t, testing.AllocsPerRun(100, func() { sinkRetryText = sinkRetry.Reason.String() }), "%d, %s", int(c), h.why)
		}
	}
}

var (
	sinkRetry     httpstatus.Retry
	sinkRetryText string
)

func BenchmarkAttemptRetry(b *testing.B) {
	header := http.Header{"Content-Type": {"text/plain"}, "Content-Length": {"17"}, "Date": {"Sun, 06 Nov 1994 08:49:27 GMT"},
		"Retry-After": {"120"}, "Server": {"test"}}
	attempts := []httpstatus.Attempt{
		{Status: 200}, {Status: 503, Header: header}, {Method: "POST", Status: 502, Header: header}, {Method: "POST", Status: 404, Number: 2}, {Status: 799},
	}
	for i := 0; b.Loop(); i++ {
		sinkRetry = attempts[i%len(attempts)].Retry()
	}
}

// Who is ready to wait for d, and for less and more than the server advises.
func TestRetryWithin(t *testing.T) {
	for _, tt := range []struct {
		name       string
		status     httpstatus.Code
		retryAfter string
		d          time.Duration
		want       bool
	}{
		{"the wait itself", 503, "120", 2 * time.Minute, true},
		{"longer", 503, "120", time.Hour, true},
		{"a nanosecond less", 503, "120", 2*time.Minute - 1, false},
		{"at once", 503, "0", 0, true},
		{"no advice", 503, "", 0, true},
		{"malformed advice is none", 503, "soon", 0, true},
		{"a negative patience", 503, "0", -1, false},
		{"without advice it does not matter", 503, "", -1, true},
		{"no retry at all", 404, "", time.Hour, false},
		{"nor with advice", 501, "1", time.Hour, false},
		{"more than can be counted", 503, "9223372037", longest, true},
		{"and than anyone waits", 503, "9223372037", time.Hour, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := httpstatus.Attempt{Status: tt.status}
			if tt.retryAfter != "" {
				a.Header = map[string][]string{"Retry-After": {tt.retryAfter}}
			}
			assert.Equal(t, tt.want, a.Retry().Within(tt.d))
		})
	}
}

// An echo is none on a first attempt, and none to a safe method; and it needs
// nothing to be changed.
func TestRetryEcho(t *testing.T) {
	for c := httpstatus.Code(100); c <= 599; c++ {
		for _, method := range []string{"DELETE", "PUT", "POST", "PATCH", "GET", "HEAD", "QUERY"} {
			for number := range 4 {
				r := httpstatus.Attempt{Method: method, Status: c, Number: number}.Retry()
				safe := method == "GET" || method == "HEAD" || method == "QUERY"
				echo := number > 1 && !safe && (c == 404 || c == 409 || c == 410 || c == 412)
				assert.Equal(t, echo, r.Reason == httpstatus.NoRetryEcho, "%s %d, attempt %d: %v", method, int(c), number, r.Reason)
				if echo {
					assert.False(t, r.Again)
					assert.Equal(t, httpstatus.NeedsNothing, r.Needs)
				}
			}
		}
	}
}

func TestRetryReasonField(t *testing.T) {
	fields := map[httpstatus.Code]string{
		401: "Authorization", 406: "Accept", 407: "Proxy-Authorization", 411: "Content-Length", 412: "", 415: "Content-Type",
		416: "Range", 417: "Expect", 426: "Upgrade", 428: "If-Match", 431: "", 510: "", 511: "", 404: "", 503: "",
	}
	for c, field := range fields {
		reason := httpstatus.Attempt{Status: c}.Retry().Reason
		assert.Equal(t, field, reason.Field(), "code %d", int(c))
		assert.Contains(t, reason.String(), strings.TrimSuffix(field, "-Match"), "code %d", int(c))
	}
	assert.Empty(t, httpstatus.RetryReason(200).Field())
}
