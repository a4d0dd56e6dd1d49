package interop

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/protoadapt"
)

// newGateway is a gateway to the health service of gRPC. It stands for any
// service: the handler does with an error what those do that
// protoc-gen-grpc-gateway writes.
func newGateway(options ...runtime.ServeMuxOption) http.Handler {
	return runtime.NewServeMux(append(options, runtime.WithHealthzEndpoint(health{}))...)
}

type health struct{ grpc_health_v1.HealthClient }

func (health) Check(_ context.Context, in *grpc_health_v1.HealthCheckRequest, _ ...grpc.CallOption) (*grpc_health_v1.HealthCheckResponse, error) {
	with := func(code codes.Code, message string, details ...protoadapt.MessageV1) error {
		s, err := status.New(code, message).WithDetails(details...)
		if err != nil {
			return err
		}
		return s.Err()
	}
	switch in.Service {
	case "not-found":
		return nil, with(codes.NotFound, "unknown service")
	case "invalid":
		return nil, with(codes.InvalidArgument, "check the fields", protoadapt.MessageV1Of(badRequest()))
	case "reason":
		return nil, with(codes.FailedPrecondition, "stopped", protoadapt.MessageV1Of(errorInfo()))
	case "exists":
		return nil, with(codes.AlreadyExists, "")
	case "token":
		return nil, with(codes.Unauthenticated, "no token")
	case "busy":
		return nil, with(codes.ResourceExhausted, "slow down")
	case "data-loss":
		return nil, with(codes.DataLoss, "gone")
	case "unhealthy":
		return &grpc_health_v1.HealthCheckResponse{Status: grpc_health_v1.HealthCheckResponse_NOT_SERVING}, nil
	}
	return nil, errors.New("pq: no connection")
}

func TestDecodeGateway(t *testing.T) {
	decodeAll(t, newGateway(), []foreign{
		{name: "no route", request: "GET /nowhere", status: 404, code: "not_found", message: "Not Found"},
		{name: "method", request: "DELETE /healthz", status: 501, code: "unimplemented", message: "Method Not Allowed"},
		{name: "not found", request: "GET /healthz?service=not-found", status: 404, code: "not_found", message: "unknown service"},
		{name: "fields", request: "GET /healthz?service=invalid", status: 400, code: "invalid_argument", message: "check the fields", fields: violations},
		{name: "error info", request: "GET /healthz?service=reason", status: 400, code: "failed_precondition", message: "stopped"},
		{name: "no message", request: "GET /healthz?service=exists", status: 409, code: "already_exists", message: "Conflict"},
		{name: "token", request: "GET /healthz?service=token", status: 401, code: "unauthenticated", message: "no token"},
		{name: "busy", request: "GET /healthz?service=busy", status: 429, code: "resource_exhausted", message: "slow down"},
		{name: "data loss", request: "GET /healthz?service=data-loss", status: 500, code: "data_loss", message: "gone"},
		{name: "unhealthy", request: "GET /healthz?service=unhealthy", status: 503, code: "unavailable", message: "status:NOT_SERVING"},
		{name: "unknown error: its text is sent all the same", request: "GET /healthz?service=x", status: 500, code: "unknown", message: "pq: no connection"},
	})
}

// Many have their gateway leave out what is empty. Without the empty list of
// details nothing shows that the number is one of gRPC, so it stays a number.
func TestDecodeGatewayBrief(t *testing.T) {
	brief := runtime.WithMarshalerOption(runtime.MIMEWildcard, &runtime.JSONPb{})
	decodeAll(t, newGateway(brief), []foreign{
		{name: "no route", request: "GET /nowhere", status: 404, code: "5", message: "Not Found"},
		{name: "no message", request: "GET /healthz?service=exists", status: 409, code: "6", message: "Conflict"},
		{name: "fields", request: "GET /healthz?service=invalid", status: 400, code: "invalid_argument", message: "check the fields", fields: violations},
	})
}
