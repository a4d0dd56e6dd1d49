package registry

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRPC(t *testing.T) {
	r := load(t).RPC
	require.Len(t, r.Codes, 17)
	c := r.Codes[1]
	assert.Equal(t, RPCCode{Number: 1, Name: "CANCELLED", GoName: "Canceled", Connect: "canceled", HTTP: 499, ConnectHTTP: 499,
		Meaning: c.Meaning, Hint: c.Hint}, c)
	assert.Equal(t, "OK", r.Codes[0].GoName)
	assert.Equal(t, "InvalidArgument", r.Codes[3].GoName)
	assert.Equal(t, RPCInference{400, 13}, r.FromHTTP[0])
	assert.Len(t, r.FromHTTP, 9)
	assert.Len(t, r.ConnectFromHTTP, 8)
	assert.Equal(t, 2, r.Other)
	assert.Equal(t, 2, r.ConnectOther)
}

// Damaged rows about RPC codes are reported by place.
func TestRPCErrors(t *testing.T) {
	for _, row := range []struct{ why, file, old, new, want string }{
		{"a name with a space", rpcFile, "OK,number,", "O K,number,", `"O K" is not the name of a code`},
		{"a trait of no kind", rpcFile, "OK,number,", "OK,digits,", `OK has no trait "digits"`},
		{"a fact told twice", rpcFile, "OK,http,200,google.rpc.Code,", "OK,number,200,google.rpc.Code,", "number \"200\" of OK is told in line"},
		{"a status code told of twice", rpcFile, "INTERNAL,from-http,431", "INTERNAL,from-http,400", "from-http \"400\" of INTERNAL is told in line"},
		{"words of our own with a source", rpcFile, "OK,meaning,,,", "OK,meaning,,google.rpc.Code,", "the meaning of OK has words and nothing else"},
		{"a quote that is not there", rpcFile, "HTTP Mapping: 200 OK OK = 0;", "HTTP Mapping: 201 Created OK = 0;",
			`"HTTP Mapping: 201 Created OK = 0;" is not among the passages of "google.rpc.Code"`},
		{"no quote", rpcFile, "OK,number,0,google.rpc.Code,OK = 0;", "OK,number,0,google.rpc.Code,", `"" is not among the passages`},
		{"a document that is not there", rpcFile, "OK,number,0,google.rpc.Code", "OK,number,0,google.rpc.Codex",
			"rpc/google.rpc.codex.txt:1: file does not exist"},
		{"no document", rpcFile, "OK,number,0,google.rpc.Code", "OK,number,0,", `"OK = 0;" is not among the passages of ""`},
		{"a status code of no kind", rpcFile, "OK,http,200", "OK,http,20", `"20" is not the http of OK`},
		{"a number of no kind", rpcFile, "OK,number,0", "OK,number,nought", `"nought" is not the number of OK`},
		{"a gap", rpcFile, "DATA_LOSS,number,15", "DATA_LOSS,number,17", "DATA_LOSS lacks its number"},
		{"a code without a status code", rpcFile, "OK,http,200,google.rpc.Code,HTTP Mapping: 200 OK OK = 0;\n", "", "OK lacks its number, http"},
		{"an inference of no code", rpcFile, "PERMISSION_DENIED,from-http", "PERMISSION_REFUSED,from-http", `"PERMISSION_REFUSED" is no code`},
		{"no word on other status codes", rpcFile, "UNKNOWN,from-http,other", "UNKNOWN,from-http,500", "from-http does not tell of other status codes"},
		{"a text of another name", "rpc/google.rpc.code.txt", "google.rpc.Code: ", "google.rpc: ",
			`rpc/google.rpc.code.txt:1: want "google.rpc.Code" and its title`},
	} {
		m := copied(t)
		require.True(t, bytes.Contains(m[row.file].Data, []byte(row.old)), row.why)
		m[row.file].Data = bytes.Replace(m[row.file].Data, []byte(row.old), []byte(row.new), 1)
		_, err := Load(m)
		assert.ErrorContains(t, err, row.want, row.why)
		if err != nil {
			assertPlaces(t, err)
		}
	}
}
