package registry

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// load returns the registry that is embedded.
func load(t *testing.T) *Registry {
	t.Helper()
	r, err := Load(Files)
	require.NoError(t, err)
	return r
}

func TestLoad(t *testing.T) {
	r := load(t)
	assert.Equal(t, "2025-09-15", r.Updated)
	assert.Equal(t, "4a9550d4b4ae49cf41cf9050cf9b56b0d6082ad1edfc0e2b09b07f251a36d7a4", r.SHA256)
	assert.Len(t, r.Codes, 62)
	assert.Len(t, r.Methods, 40)
	require.Len(t, r.Reserved, 2)
	assert.Equal(t, 306, r.Reserved[0].Code)
	assert.Equal(t, 418, r.Reserved[1].Code)
}
