package interop

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"connectrpc.com/connect"
	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"

	"example.com/httpstatus"
	"example.com/httpstatus/rpcstatus"
)

// The codes of gRPC and Connect are ours, by number and by name.
func TestRPCNames(t *testing.T) {
	for c := range rpcstatus.All() {
		assert.Equal(t, codes.Code(c), mustUnmarshal(t, c.String()))
		if c != rpcstatus.OK {
			assert.Equal(t, c.Connect(), connect.Code(c).String())
		}
	}
}

// mustUnmarshal reads the name of a code as gRPC does.
func mustUnmarshal(t *testing.T, name string) (c codes.Code) {
	require.NoError(t, c.UnmarshalJSON([]byte(strconv.Quote(name))))
	return c
}

// What grpc-gateway sends for a code is what we say.
func TestRPCToHTTPGateway(t *testing.T) {
	for c := range rpcstatus.All() {
		assert.EqualValues(t, runtime.HTTPStatusFromCode(codes.Code(c)), c.HTTP(), "%v", c)
	}
}

// What Connect sends for a code is what we say, and we read it back out of the
// content, also where the status code is that of several.
func TestRPCToHTTPConnect(t *testing.T) {
	var code connect.Code
	type (
		request  = connect.Request[emptypb.Empty]
		response = connect.Response[emptypb.Empty]
	)
	server := httptest.NewServer(connect.NewUnaryHandler("/x", func(context.Context, *request) (*response, error) {
		return nil, connect.NewError(code, errors.New("message"))
	}))
	defer server.Close()
	for c := range rpcstatus.All() {
		if c == rpcstatus.OK {
			continue
		}
		code = connect.Code(c)
		resp, err := server.Client().Post(server.URL+"/x", "application/json", strings.NewReader("{}"))
		require.NoError(t, err)
		e := httpstatus.Decode(resp.StatusCode, resp.Header, resp.Body)
		resp.Body.Close()
		assert.Equal(t, c.HTTP(), e.Status(), "%v", c)
		got, ok := rpcstatus.FromError(e)
		assert.True(t, ok, "%v", c)
		assert.Equal(t, c, got)
	}
}

// plain answers with the status code that the path names, and in plain text, as
// a proxy on the way does.
func plain(w http.ResponseWriter, r *http.Request) {
	code, _ := strconv.Atoi(r.Header.Get("X-Status"))
	http.Error(w, "a proxy", code)
}

// What a client of Connect makes of a status code alone is what we say.
func TestRPCFromHTTPConnect(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(plain))
	defer server.Close()
	client := connect.NewClient[emptypb.Empty, emptypb.Empty](server.Client(), server.URL+"/x", connect.WithProtoJSON())
	for c := httpstatus.Code(400); c <= 599; c++ {
		req := connect.NewRequest(&emptypb.Empty{})
		req.Header().Set("X-Status", strconv.Itoa(int(c)))
		_, err := client.CallUnary(t.Context(), req)
		assert.Equal(t, connect.Code(rpcstatus.ConnectFromHTTP(c)), connect.CodeOf(err), "%v", c)
	}
}

// What a client of gRPC makes of a status code alone is what we say, but for 431,
// which grpc-go does not have in its table.
func TestRPCFromHTTPGRPC(t *testing.T) {
	var code int
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "a proxy", code) }))
	server.Config.Protocols = new(http.Protocols)
	server.Config.Protocols.SetUnencryptedHTTP2(true)
	server.Start()
	defer server.Close()
	conn, err := grpc.NewClient(server.Listener.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	defer conn.Close()
	client := grpc_health_v1.NewHealthClient(conn)
	for code = 400; code <= 599; code++ {
		want := codes.Code(rpcstatus.FromHTTP(httpstatus.Code(code)))
		if code == http.StatusRequestHeaderFieldsTooLarge {
			want = codes.Unknown
		}
		_, err := client.Check(t.Context(), &grpc_health_v1.HealthCheckRequest{})
		assert.Equal(t, want, status.Code(err), "%d: %v", code, err)
	}
}
