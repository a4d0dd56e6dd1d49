package card

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestGeneric: what is said of a class must not come from a code of its own.
func TestGeneric(t *testing.T) {
	for _, class := range Classes {
		assert.Equal(t, class, Generic(class).Class())
		assert.False(t, Generic(class).IsRegistered())
	}
}

func TestSentence(t *testing.T) {
	for in, want := range map[string]string{
		"":               "",
		"it is":          "It is.",
		"It is.":         "It is.",
		"is it? Who?":    "Is it? Who?",
		"401 asks; 403":  "401 asks; 403.",
		"\u00e9t\u00e9.": "\u00c9t\u00e9.",
	} {
		assert.Equal(t, want, Sentence(in))
	}
}

// TestJoinRules: fields under one condition are told together, in order; a
// difference in strength, condition or source keeps them apart.
func TestJoinRules(t *testing.T) {
	assert.Equal(t,
		[]HeaderRule{
			{"Date, Vary", "MUST", "w", "r"},
			{"ETag", "MUST", "", "r"},
			{"Age", "MAY", "w", "r"},
			{"IM", "MUST", "w", "s"},
		},
		JoinRules([]HeaderRule{
			{"Date", "MUST", "w", "r"},
			{"ETag", "MUST", "", "r"},
			{"Vary", "MUST", "w", "r"},
			{"Age", "MAY", "w", "r"},
			{"IM", "MUST", "w", "s"},
		}))
}
