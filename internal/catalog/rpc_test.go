package catalog

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// gRPC and Connect agree on status codes; if they part, the table must grow.
func TestRPCThatDisagrees(t *testing.T) {
	r := *load(t)
	r.RPC.Codes = slices.Clone(r.RPC.Codes)
	r.RPC.Codes[1].ConnectHTTP = 408
	_, err := RPC(&r)
	assert.EqualError(t, err, "catalog: CANCELLED is 499 in gRPC and 408 in Connect; the table has one column for both")
}
