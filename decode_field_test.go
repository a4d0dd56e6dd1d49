package httpstatus_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

// TestDecodeField reads bodies that public APIs send; see testdata/README.md. No
// row of the reader was written for one of them alone.
func TestDecodeField(t *testing.T) {
	text, err := os.ReadFile("testdata/decode.json")
	require.NoError(t, err)
	var cases []struct {
		ID     string              `json:"id"`
		Status int                 `json:"status"`
		Header map[string][]string `json:"header"`
		Body   string              `json:"body"`
		Want   struct {
			Code    any          `json:"code"`
			Message any          `json:"message"`
			Fields  *[][]*string `json:"fields"`
		} `json:"want"`
	}
	require.NoError(t, json.Unmarshal(text, &cases))
	require.GreaterOrEqual(t, len(cases), 58)
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			e := httpstatus.Decode(c.Status, c.Header, strings.NewReader(c.Body))
			code := e.ErrorCode()
			if !e.HasErrorCode() {
				code = "-"
			}
			assert.True(t, isOneOf(c.Want.Code, code), "code %q, want %q", code, c.Want.Code)
			assert.True(t, isOneOf(c.Want.Message, e.Message()), "message %q, want %q", e.Message(), c.Want.Message)
			if c.Want.Fields == nil {
				return
			}
			pointers := []httpstatus.Field{}
			for _, f := range e.Fields() {
				if f.Pointer != "" { // the cases do not speak of parameters
					pointers = append(pointers, f)
				}
			}
			if assert.Len(t, pointers, len(*c.Want.Fields)) {
				for i, want := range *c.Want.Fields {
					for j, got := range []string{pointers[i].Pointer, pointers[i].ErrorCode, pointers[i].Message} {
						if want[j] != nil {
							assert.Equal(t, *want[j], got)
						}
					}
				}
			}
		})
	}
}

// isOneOf reports whether got is the string, or in the list, that is wanted.
func isOneOf(want any, got string) bool {
	if list, ok := want.([]any); ok {
		for _, one := range list {
			if one == got {
				return true
			}
		}
		return false
	}
	return want == got
}

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
		t.Run(tt.why, func(t *testing.T) {
			body := `{"message":"m","errors":[{"field":` + quoted(tt.location) + `,"message":"n"}]}`
			e := httpstatus.Decode(422, nil, strings.NewReader(body))
			assert.Equal(t, []httpstatus.Field{{Pointer: tt.want, Message: "n"}}, e.Fields(), tt.why)
		})
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
