package httpstatus

import (
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus/internal/reference"
)

// The generated switches on methods are not exported, but the decisions rest on
// them.
func TestMethodSwitches(t *testing.T) {
	methods := append(reference.Methods(), "", "BREW", "**", "GE", "GETS", "PATCHES", "QUER", "\x00")
	for _, m := range methods {
		for _, spelling := range []string{m, strings.ToLower(m), " " + m, m + " "} {
			assert.Equal(t, reference.IsSafe(spelling), isSafe(spelling), "isSafe of %q", spelling)
			assert.Equal(t, reference.IsIdempotent(spelling), isIdempotent(spelling), "isIdempotent of %q", spelling)
		}
	}
}

func TestIsJoined(t *testing.T) {
	for _, phrase := range []string{"", "Conflict", "Not Found", "URI Too Long", " a  b "} {
		joined := strings.ReplaceAll(phrase, " ", "")
		for _, name := range []string{joined, joined + "x", "x" + joined, strings.ToLower(joined), phrase, strings.TrimSuffix(joined, "d"), "", "NotFound"} {
			assert.Equal(t, strings.EqualFold(name, joined), isJoined(name, phrase), "%q and %q", name, phrase)
		}
	}
}

// The tables that predicates and phrases read stay small enough for a cache:
// the headers of the strings are counted, the text is not.
func TestTableSize(t *testing.T) {
	size := unsafe.Sizeof(traitTable) + unsafe.Sizeof(classTable) + unsafe.Sizeof(lineIndex) + unsafe.Sizeof(phrases)
	assert.Less(t, size, uintptr(4<<10))
}
