package httpstatus_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
)

// TestDecodeLocations tries the ways to write where in the content something is
// wrong. examples/interop has servers that write so.
func TestDecodeLocations(t *testing.T) {
	for _, tt := range []struct{ why, location, want string }{
		{"a member", "email", "/email"},
		{"a path", "user.email", "/user/email"},
		{"an element", "items[0].price", "/items/0/price"},
		{"an element of an element", "rows[1][2]", "/rows/1/2"},
		{"Kubernetes: a key with dots and a slash", "metadata.labels[example.com/tier]", "/metadata/labels/example.com~1tier"},
		{"JSONPath", `$.user['first.name']`, "/user/first.name"},
		{"JSONPath, double quotes", `$["a b"].c`, "/a b/c"},
		{"nothing in the brackets", "items[].price", "/items/price"},
		{"brackets that do not end", "items[0", "/items/0"},
		{"too many dots", ".a..b.", "/a/b"},
		{"a tilde", "a~b", "/a~0b"},
		{"a pointer", "/a/0", "/a/0"},
		{"a pointer in a fragment", "#/a%20b/0", "/a b/0"},
	} {
		body := `{"message":"m","errors":[{"field":` + quoted(tt.location) + `,"message":"n"}]}`
		e := httpstatus.Decode(422, nil, strings.NewReader(body))
		assert.Equal(t, []httpstatus.Field{{Pointer: tt.want, Message: "n"}}, e.Fields(), tt.why)
	}
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

// Connect has the fields of google.rpc.BadRequest in base64, and for people
// beside it as "debug".
func TestDecodeConnectFields(t *testing.T) {
	e := httpstatus.Decode(400, nil, strings.NewReader(`{"code":"invalid_argument","message":"Check the fields.","details":[
		{"type":"google.rpc.BadRequest","value":"CgkKB2EQYg","debug":{"fieldViolations":[{"field":"user.email","description":"Not an address.","reason":"BAD"}]}},
		{"type":"google.rpc.RetryInfo","value":"CgIIHg","debug":{"retryDelay":"30s"}},
		{"type":"a","value":"","debug":7}]}`))
	assert.Equal(t, "invalid_argument", e.ErrorCode())
	assert.Equal(t, []httpstatus.Field{{Pointer: "/user/email", ErrorCode: "BAD", Message: "Not an address."}}, e.Fields())
}

// What is declared as a binary format is not for reading, even if its bytes
// happen to be text.
func TestDecodeBinary(t *testing.T) {
	for _, media := range []string{
		"application/cbor", "application/problem+cbor", "Application/Problem+CBOR; x=y", "application/msgpack", "application/x-msgpack",
		"application/protobuf", "application/x-protobuf", "application/vnd.kubernetes.protobuf", "application/grpc+proto",
	} {
		e := httpstatus.Decode(404, map[string][]string{"Content-Type": {media}}, strings.NewReader("\xa1\x65title\x61x"))
		assert.Equal(t, "Not Found", e.Message(), media)
	}
}

// The XML form of a problem may have our extension member too.
func TestDecodeXMLProblemCode(t *testing.T) {
	e := httpstatus.Decode(402, map[string][]string{"Content-Type": {"application/problem+xml"}}, strings.NewReader(
		`<problem xmlns="urn:ietf:rfc:7807"><title>No credit.</title><detail>Your balance is 30.</detail><code>out_of_credit</code></problem>`))
	assert.Equal(t, "out_of_credit", e.ErrorCode())
	assert.Equal(t, "Your balance is 30.", e.Message())
	assert.Equal(t, "No credit.", e.Title())
}
