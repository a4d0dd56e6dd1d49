package httpstatus_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
)

func TestIsRetryable(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.IsRetryable(int(c)), c.IsRetryable(), "IsRetryable of %d", int(c))
	}
}

func TestApplied(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, reference.Applied(int(c)), c.Applied().String(), "Applied of %d", int(c))
	}
}

// An unregistered code answers every question but one as its class does: it is
// never heuristically cacheable (RFC 9110, Section 15.1).
func TestUnregisteredActsAsItsClass(t *testing.T) {
	for _, c := range sweep() {
		if !c.IsValid() || c.IsRegistered() {
			continue
		}
		f := c.Fallback()
		assert.Equal(t, f.Class(), c.Class(), "%d", int(c))
		assert.Equal(t, f.ForbidsStorage(), c.ForbidsStorage(), "%d", int(c))
		assert.Equal(t, f.AllowsContent(), c.AllowsContent(), "%d", int(c))
		assert.Equal(t, f.IsRetryable(), c.IsRetryable(), "%d", int(c))
		assert.Equal(t, f.Applied(), c.Applied(), "%d", int(c))
		assert.Equal(t, f.IsRedirect(), c.IsRedirect(), "%d", int(c))
		assert.Equal(t, f.IsPermanent(), c.IsPermanent(), "%d", int(c))
		assert.Equal(t, f.PreservesMethod(), c.PreservesMethod(), "%d", int(c))
		assert.False(t, c.IsCacheable(), "%d", int(c))
	}
}

// What is no status code has no property of one. It may have content, as
// nothing forbids it, and is treated as 500 without being retryable.
func TestInvalidIsInert(t *testing.T) {
	for _, c := range sweep() {
		if c.IsValid() {
			continue
		}
		assert.Equal(t, httpstatus.Class(0), c.Class(), "%d", int(c))
		assert.Equal(t, httpstatus.InternalServerError, c.Fallback(), "%d", int(c))
		assert.True(t, c.AllowsContent(), "%d", int(c))
		assert.Equal(t, httpstatus.AppliedUnknown, c.Applied(), "%d", int(c))
		for name, got := range map[string]bool{
			"IsRegistered": c.IsRegistered(), "IsInformational": c.IsInformational(), "IsSuccess": c.IsSuccess(),
			"IsRedirection": c.IsRedirection(), "IsClientError": c.IsClientError(), "IsServerError": c.IsServerError(),
			"IsError": c.IsError(), "IsCacheable": c.IsCacheable(), "ForbidsStorage": c.ForbidsStorage(),
			"IsRetryable": c.IsRetryable(), "IsRedirect": c.IsRedirect(), "IsPermanent": c.IsPermanent(),
			"PreservesMethod": c.PreservesMethod(), "RequiresHeader": c.RequiresHeader("Allow"),
		} {
			assert.False(t, got, "%s of %d", name, int(c))
		}
		assert.Nil(t, c.MissingHeaders(nil), "%d", int(c))
		for r := range c.HeaderRules() {
			t.Errorf("%d has the rule %v", int(c), r)
		}
	}
}
