package reference

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// RequiredHeaders is written out once more beside the rules, because it is the
// list that people know; the two have to agree.
func TestRequiredHeaders(t *testing.T) {
	for code := -1; code <= 1100; code++ {
		var want []string
		for _, r := range HeaderRules(code) {
			if r.Level == Must && r.When == Always {
				want = append(want, r.Name)
			}
		}
		assert.Equal(t, want, RequiredHeaders(code), "code %d", code)
	}
}

// A sentence is either a rule or a suggestion.
func TestSuggestions(t *testing.T) {
	for code := -1; code <= 1100; code++ {
		for _, s := range Suggestions(code) {
			for _, r := range HeaderRules(code) {
				assert.NotEqual(t, [3]string{r.Name, r.Level, r.When}, [3]string{s.Name, s.Level, s.When}, "code %d", code)
			}
		}
	}
}

// RFC 9110, Section 9.2.2: "PUT, DELETE, and safe request methods are
// idempotent."
func TestMethods(t *testing.T) {
	assert.True(t, IsIdempotent("PUT"))
	assert.True(t, IsIdempotent("DELETE"))
	for _, m := range Methods() {
		if IsSafe(m) {
			assert.True(t, IsIdempotent(m), m)
		}
	}
}

// Only a code that is worth another attempt may be in doubt: what the server
// says that it did needs none.
func TestAppliedAgainstRetryable(t *testing.T) {
	for code := -1; code <= 1100; code++ {
		if IsRetryable(code) {
			assert.NotEqual(t, WasApplied, Applied(code), "code %d", code)
		}
	}
}
