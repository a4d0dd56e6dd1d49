package interop

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/assert"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"example.com/httpstatus"
)

const connectMethod = "/users.v1.Users/Get"

func newConnect() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(connectMethod, connect.NewUnaryHandler(connectMethod,
		func(_ context.Context, req *connect.Request[wrapperspb.StringValue]) (*connect.Response[emptypb.Empty], error) {
			with := func(code connect.Code, message string, details ...proto.Message) error {
				err := connect.NewError(code, errors.New(message))
				for _, d := range details {
					detail, detailErr := connect.NewErrorDetail(d)
					if detailErr != nil {
						return detailErr
					}
					err.AddDetail(detail)
				}
				return err
			}
			switch req.Msg.Value {
			case "not found":
				return nil, with(connect.CodeNotFound, "no such user")
			case "exists":
				return nil, with(connect.CodeAlreadyExists, "")
			case "invalid":
				return nil, with(connect.CodeInvalidArgument, "check the fields", badRequest())
			case "reason":
				return nil, with(connect.CodeFailedPrecondition, "stopped", errorInfo())
			case "busy":
				return nil, with(connect.CodeResourceExhausted, "slow down", &errdetails.RetryInfo{RetryDelay: durationpb.New(30e9)})
			case "panic":
				panic("secret")
			}
			return nil, errors.New("pq: no connection")
		},
		connect.WithRecover(func(context.Context, connect.Spec, http.Header, any) error {
			return connect.NewError(connect.CodeInternal, errors.New("internal error"))
		}),
		connect.WithReadMaxBytes(64),
	))
	return mux
}

// badRequest is how Google's APIs tell of invalid fields, by
// https://google.aip.dev/193.
func badRequest() *errdetails.BadRequest {
	return &errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{
		{Field: "user.email", Description: "not an address", Reason: "EMAIL_INVALID"},
		{Field: "user.phones[1]", Description: "too short"},
	}}
}

// violations is what a client should see of that.
var violations = []httpstatus.Field{
	{Pointer: "/user/email", ErrorCode: "EMAIL_INVALID", Message: "not an address"},
	{Pointer: "/user/phones/1", Message: "too short"},
}

func errorInfo() *errdetails.ErrorInfo {
	return &errdetails.ErrorInfo{Reason: "SERVICE_DISABLED", Domain: "example.com", Metadata: map[string]string{"region": "north"}}
}

func TestDecodeConnect(t *testing.T) {
	ask := "POST " + connectMethod + " "
	decodeAll(t, newConnect(), []foreign{
		{name: "no such method", request: "POST /users.v1.Users/None {}", status: 404, message: "404 page not found"},
		{name: "method", request: "DELETE " + connectMethod, status: 405, message: "Method Not Allowed",
			also: func(t *testing.T, e *httpstatus.Error) {
				assert.Empty(t, e.MissingHeaders(), "it names the methods that it allows")
			}},
		{name: "media type", request: ask + "x", contentType: "text/plain", status: 415, message: "Unsupported Media Type"},
		{name: "not found", request: ask + `"not found"`, status: 404, code: "not_found", message: "no such user"},
		{name: "no message", request: ask + `"exists"`, status: 409, code: "already_exists", message: "Conflict"},
		{name: "fields", request: ask + `"invalid"`, status: 400, code: "invalid_argument", message: "check the fields", fields: violations},
		{name: "error info", request: ask + `"reason"`, status: 400, code: "failed_precondition", message: "stopped",
			also: func(t *testing.T, e *httpstatus.Error) {
				details := e.Extensions()["details"].([]any)
				assert.Equal(t, "google.rpc.ErrorInfo", details[0].(map[string]any)["type"], "details are left to those who know them")
			}},
		{name: "retry info", request: ask + `"busy"`, status: 429, code: "resource_exhausted", message: "slow down"},
		{name: "panic", request: ask + `"panic"`, status: 500, code: "internal", message: "internal error"},
		{name: "unknown error: its text is sent all the same", request: ask + `"x"`, status: 500, code: "unknown", message: "pq: no connection"},
		{name: "not JSON", request: ask + `{`, status: 400, code: "invalid_argument",
			message: "unmarshal message: unmarshal into *wrapperspb.StringValue: proto: (line 1:1): invalid value for string field value: {"},
		{name: "too large", request: ask + `"` + strings.Repeat("x", 70) + `"`, status: 429, code: "resource_exhausted",
			message: "message size 72 is larger than configured max 64"},
		{
			name: "binary: errors are JSON too", request: ask, contentType: "application/proto",
			status: 500, code: "unknown", message: "pq: no connection",
		},
	})
}
