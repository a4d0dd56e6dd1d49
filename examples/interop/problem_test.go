package interop

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/moogar0880/problems"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"schneider.vip/problem"

	"example.com/httpstatus"
)

// What other packages for RFC 9457 read in our problem details.
func TestOthersReadOurProblem(t *testing.T) {
	e := httpstatus.PaymentRequired.New("out_of_credit", `Your balance is 30 < 50, "sorry".`).
		WithType("https://example.com/probs/out-of-credit", "You do not have enough credit.").
		WithInstance("/account/12345/msgs/abc").
		WithExtension("balance", 30).
		WithField(httpstatus.Field{Pointer: "/price", ErrorCode: "too_high", Message: "More than you have."})
	plain := httpstatus.NotFound.New("user_not_found", "")

	t.Run("moogar0880/problems", func(t *testing.T) {
		type extended struct {
			problems.Problem
			Code    string
			Balance int
		}
		var p extended
		require.NoError(t, json.Unmarshal(e.AppendBody(nil, httpstatus.ProblemJSON), &p))
		assert.Equal(t, extended{
			Problem: problems.Problem{
				Type:     "https://example.com/probs/out-of-credit",
				Title:    "You do not have enough credit.",
				Status:   402,
				Detail:   `Your balance is 30 < 50, "sorry".`,
				Instance: "/account/12345/msgs/abc",
			},
			Code:    "out_of_credit",
			Balance: 30,
		}, p)
		_, err := p.Validate()
		assert.NoError(t, err)
	})

	t.Run("moogar0880/problems, nothing but the code", func(t *testing.T) {
		p := problems.New() // with the type that is the default
		require.NoError(t, json.Unmarshal(plain.AppendBody(nil, httpstatus.ProblemJSON), p))
		assert.Equal(t, "about:blank", p.Type)
		assert.Equal(t, "Not Found", p.Title)
		assert.Equal(t, 404, p.Status)
		_, err := p.Validate()
		assert.NoError(t, err)
	})

	t.Run("schneider.vip/problem", func(t *testing.T) {
		p := problem.New()
		require.NoError(t, json.Unmarshal(e.AppendBody(nil, httpstatus.ProblemJSON), p))
		want := problem.New(
			problem.Type("https://example.com/probs/out-of-credit"),
			problem.Title("You do not have enough credit."),
			problem.Status(402),
			problem.Detail(`Your balance is 30 < 50, "sorry".`),
			problem.Instance("/account/12345/msgs/abc"),
			problem.Custom("code", "out_of_credit"),
			problem.Custom("balance", 30),
			problem.Custom("errors", []map[string]string{{"pointer": "#/price", "code": "too_high", "detail": "More than you have."}}),
		)
		assert.JSONEq(t, want.JSONString(), p.JSONString())
		assert.ErrorIs(t, p, want, "it compares problems by their text")
	})

	t.Run("huma", func(t *testing.T) {
		var p huma.ErrorModel
		require.NoError(t, json.Unmarshal(e.AppendBody(nil, httpstatus.ProblemJSON), &p))
		assert.Equal(t, "https://example.com/probs/out-of-credit", p.Type)
		assert.Equal(t, "You do not have enough credit.", p.Title)
		assert.Equal(t, 402, p.GetStatus())
		assert.Equal(t, `Your balance is 30 < 50, "sorry".`, p.Error())
		assert.Equal(t, "/account/12345/msgs/abc", p.Instance)
		require.Len(t, p.Errors, 1, "its names inside are others than those of the RFC's example, which are ours")
	})
}

// And we in theirs.
func TestWeReadOtherProblems(t *testing.T) {
	const probType = "https://example.com/probs/out-of-credit"
	mux := http.NewServeMux()
	theirs := problems.NewDetailedProblem(402, "Your balance is 30.").WithTitle("No credit.").WithType(probType).WithInstance("/account/12345")
	mux.Handle("/moogar/json", problems.ProblemHandler(theirs))
	mux.Handle("/moogar/xml", problems.XMLProblemHandler(theirs))
	mux.Handle("/moogar/status", problems.ProblemHandler(problems.NewStatusProblem(404)))
	other := problem.New(problem.Status(402), problem.Type(probType), problem.Title("No credit."), problem.Detail("Your balance is 30."),
		problem.Instance("/account/12345"), problem.Custom("code", "out_of_credit"), problem.Custom("balance", 30))
	mux.HandleFunc("/schneider/json", func(w http.ResponseWriter, _ *http.Request) { other.WriteTo(w) })
	mux.HandleFunc("/schneider/xml", func(w http.ResponseWriter, _ *http.Request) { other.WriteXMLTo(w) })
	mux.HandleFunc("/schneider/status", func(w http.ResponseWriter, _ *http.Request) { problem.Of(404).WriteTo(w) })

	full := func(t *testing.T, e *httpstatus.Error) {
		assert.Equal(t, probType, e.Type())
		assert.Equal(t, "No credit.", e.Title())
		assert.Equal(t, "/account/12345", e.Instance())
	}
	blank := func(t *testing.T, e *httpstatus.Error) {
		assert.Equal(t, "about:blank", e.Type())
		assert.Equal(t, "Not Found", e.Title())
	}
	decodeAll(t, mux, []foreign{
		{name: "moogar0880/problems", request: "GET /moogar/json", status: 402, message: "Your balance is 30.", also: full},
		{name: "moogar0880/problems, XML", request: "GET /moogar/xml", status: 402, message: "Your balance is 30.", also: full},
		{name: "moogar0880/problems, only a status", request: "GET /moogar/status", status: 404, message: "Not Found", also: blank},
		{name: "schneider.vip/problem", request: "GET /schneider/json", status: 402, code: "out_of_credit", message: "Your balance is 30.",
			also: func(t *testing.T, e *httpstatus.Error) {
				full(t, e)
				assert.Equal(t, map[string]any{"balance": 30.0}, e.Extensions())
			}},
		{name: "schneider.vip/problem, XML", request: "GET /schneider/xml", status: 402, code: "out_of_credit", message: "Your balance is 30.", also: full},
		{name: "schneider.vip/problem, only a status", request: "GET /schneider/status", status: 404, message: "Not Found", also: blank},
	})
}
