package interop

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	_ "github.com/danielgtaylor/huma/v2/formats/cbor"
	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
)

func newHuma() http.Handler {
	mux := http.NewServeMux()
	api := humago.New(mux, huma.DefaultConfig("Users", "1"))

	type output struct{ Body struct{ Name string } }
	type address struct {
		City string `json:"city" minLength:"2"`
	}
	type body struct {
		Email     string    `json:"email" format:"email"`
		Age       int       `json:"age" minimum:"18"`
		Addresses []address `json:"addresses,omitempty"`
	}
	huma.Post(api, "/users", func(context.Context, *struct{ Body body }) (*output, error) { return &output{}, nil })

	huma.Get(api, "/users/{id}", func(_ context.Context, in *struct {
		ID    int `path:"id" minimum:"1"`
		Limit int `query:"limit" maximum:"100"`
	}) (*output, error) {
		switch in.ID {
		case 404:
			return nil, huma.Error404NotFound("no user with ID 404")
		case 409:
			return nil, huma.Error409Conflict("name taken",
				&huma.ErrorDetail{Location: "body.name", Message: "is in use", Value: "kim"}, errors.New("second reason"))
		case 402:
			return nil, &huma.ErrorModel{
				Type: "https://example.com/probs/out-of-credit", Title: "You do not have enough credit.",
				Status: 402, Detail: "Your balance is 30.", Instance: "/account/12345",
			}
		case 503:
			return nil, huma.ErrorWithHeaders(huma.Error503ServiceUnavailable("busy"), http.Header{"Retry-After": {"30"}})
		case 418:
			return nil, &problemWithCode{status: 418, Title: "Teapot", Code: "short_and_stout"}
		}
		return nil, errors.New("pq: no connection")
	})
	return mux
}

// problemWithCode is an error model of one's own, as huma's documentation
// suggests.
type problemWithCode struct {
	status int
	Title  string `json:"title"`
	Code   string `json:"code"`
}

func (p *problemWithCode) Error() string             { return p.Title }
func (p *problemWithCode) GetStatus() int            { return p.status }
func (p *problemWithCode) ContentType(string) string { return "application/problem+json" }

func TestDecodeHuma(t *testing.T) {
	decodeAll(t, newHuma(), []foreign{
		{name: "no route", request: "GET /nowhere", status: 404, message: "404 page not found"},
		{name: "not found", request: "GET /users/404", status: 404, message: "no user with ID 404",
			also: func(t *testing.T, e *httpstatus.Error) {
				assert.Equal(t, "about:blank", e.Type())
				assert.Equal(t, "Not Found", e.Title())
			}},
		{name: "unknown error: its text is sent all the same", request: "GET /users/1", status: 500, message: "unexpected error occurred",
			fields: []httpstatus.Field{{Message: "pq: no connection"}}},
		{name: "query: no part of the content, so there is no pointer", request: "GET /users/1?limit=1000", status: 422, message: "validation failed",
			fields: []httpstatus.Field{{Parameter: "limit", Message: "expected number <= 100"}},
			also: func(t *testing.T, e *httpstatus.Error) {
				fault := map[string]any{"message": "expected number <= 100", "location": "query.limit", "value": 1000.0}
				assert.Equal(t, []any{fault}, e.Extensions()["errors"])
			}},
		{name: "path", request: "GET /users/x", status: 422, message: "validation failed",
			fields: []httpstatus.Field{{Parameter: "id", Message: "invalid integer"}}},
		{name: "content", request: `POST /users {"email":"kim","age":3,"addresses":[{"city":"A"}]}`, status: 422, message: "validation failed",
			fields: []httpstatus.Field{
				{Pointer: "/addresses/0/city", Message: "expected length >= 2"},
				{Pointer: "/age", Message: "expected number >= 18"},
				{Pointer: "/email", Message: "expected string to be RFC 5322 email: mail: missing '@' or angle-addr"},
			}},
		{name: "member missing", request: `POST /users {"email":"kim@example.com"}`, status: 422, message: "validation failed",
			fields: []httpstatus.Field{{Message: "expected required property age to be present"}}},
		{name: "not JSON", request: `POST /users {"email":`, status: 400, message: "validation failed",
			fields: []httpstatus.Field{{Message: "unexpected end of JSON input"}}},
		{name: "empty", request: `POST /users`, status: 400, message: "request body is required"},
		{name: "media type", request: `POST /users <user/>`, contentType: "application/xml", status: 415, message: "validation failed",
			fields: []httpstatus.Field{{Message: "unknown content type: application/xml"}}},
		{name: "details", request: "GET /users/409", status: 409, message: "name taken",
			fields: []httpstatus.Field{{Pointer: "/name", Message: "is in use"}, {Message: "second reason"}}},
		{name: "a problem type", request: "GET /users/402", status: 402, message: "Your balance is 30.",
			also: func(t *testing.T, e *httpstatus.Error) {
				assert.Equal(t, "https://example.com/probs/out-of-credit", e.Type())
				assert.Equal(t, "You do not have enough credit.", e.Title())
				assert.Equal(t, "/account/12345", e.Instance())
				sentinel := httpstatus.PaymentRequired.New("", "").WithType("https://example.com/probs/out-of-credit", "")
				assert.ErrorIs(t, e, sentinel, "an error without a code is known by its type")
			}},
		{name: "a model of one's own", request: "GET /users/418", status: 418, code: "short_and_stout", message: "Teapot"},
		{name: "header", request: "GET /users/503", status: 503, message: "busy",
			also: func(t *testing.T, e *httpstatus.Error) {
				retry := httpstatus.Attempt{Status: e.Status(), Header: e.Header()}.Retry()
				assert.True(t, retry.Again)
				assert.Equal(t, 30*time.Second, retry.Wait)
			}},
		{name: "CBOR is not for reading", request: "GET /users/404", accept: "application/cbor", status: 404, message: "Not Found",
			also: func(t *testing.T, e *httpstatus.Error) {
				assert.Equal(t, []string{"application/problem+cbor"}, e.Header()["Content-Type"])
			}},
	})
}
