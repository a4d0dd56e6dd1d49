package httpstatus_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus/internal/reference"
)

func TestIsCacheable(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.IsCacheable(int(c)), c.IsCacheable(), "IsCacheable of %d", int(c))
	}
}

func TestForbidsStorage(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.ForbidsStorage(int(c)), c.ForbidsStorage(), "ForbidsStorage of %d", int(c))
		if c.ForbidsStorage() {
			assert.False(t, c.IsCacheable(), "%d cannot be both", int(c))
		}
	}
}

func TestAllowsContent(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.AllowsContent(int(c)), c.AllowsContent(), "AllowsContent of %d", int(c))
	}
}
