package house

import (
	"os/exec"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inlinable are the functions that cost no call, by package: to ask a code is
// to read a table, and to ask for the class of a byte is to compare.
var inlinable = map[string][]string{
	".": {
		"All",
		"Code.AllowsContent",
		"Code.Applied",
		"Code.Class",
		"Code.Error",
		"Code.Fallback",
		"Code.ForbidsStorage",
		"Code.HeaderRules",
		"Code.IsCacheable",
		"Code.IsClientError",
		"Code.IsError",
		"Code.IsInformational",
		"Code.IsPermanent",
		"Code.IsRedirect",
		"Code.IsRedirection",
		"Code.IsRegistered",
		"Code.IsRetryable",
		"Code.IsServerError",
		"Code.IsSuccess",
		"Code.IsValid",
		"Code.Phrase",
		"Code.PreservesMethod",
		"Code.RedirectMethod",
		"Code.RequiresHeader", // the quick no, which is the answer for nearly every code
		"Redirect.Code",
		"RegistryUpdated",
	},
	"./internal/ascii": {
		"HexValue",
		"IsAlpha",
		"IsDigit",
		"IsHex",
		"IsOWS",
		"IsTokenByte",
		"Lower",
	},
	"./internal/field": {
		"CacheControl",
		"(*Directive).Bare",
		"List.All", // so that a range over it does not allocate
		"Params.All",
		"Value.Items",
	},
}

// TestInlinable holds what the compiler says of each of these: that it can put
// the body in the caller's place.
func TestInlinable(t *testing.T) {
	for pkg, names := range inlinable {
		out, err := exec.Command("go", "build", "-gcflags=-m", pkg).CombinedOutput()
		require.NoError(t, err, "%s", out)
		can := map[string]bool{}
		for _, m := range regexp.MustCompile(`: can inline (\S+)`).FindAllSubmatch(out, -1) {
			can[string(m[1])] = true
		}
		for _, name := range names {
			assert.True(t, can[name], "%s: %s is not inlinable any more", pkg, name)
		}
	}
}
