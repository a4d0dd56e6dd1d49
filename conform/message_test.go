package conform

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every registered method is known, and no other spelling of it.
func TestKnownMethods(t *testing.T) {
	f, err := os.Open("../internal/registry/iana-http-methods.csv")
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Greater(t, len(rows), 40)
	for _, row := range rows[1:] {
		if method := row[0]; method != "*" { // which is reserved
			assert.True(t, isKnownMethod(method), method)
			assert.False(t, isKnownMethod(strings.ToLower(method)), method)
		}
	}
}

func TestHostProblem(t *testing.T) {
	for _, host := range []string{"", "example.com", "example.com:80", "EXAMPLE.com:", "[::1]:8080", "127.0.0.1", "a_b", "a,b",
		"xn--bcher-kva.example", "%41"} {
		assert.Empty(t, hostProblem(host), "%q", host)
	}
	for _, host := range []string{
		"a b", "a/b", "http://a", "u@a", "a?b", "a#b", "a:b", "a:80:80", "::1", "[::1", "[127.0.0.1]", "b\u00fccher.example", "a\\b", "%4", "<a>", "\x00",
	} {
		assert.NotEmpty(t, hostProblem(host), "%q", host)
	}
}
