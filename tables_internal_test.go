package httpstatus

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
)

// The tables that predicates and phrases read stay small enough for a cache:
// the headers of the strings are counted, the text is not.
func TestTableSize(t *testing.T) {
	size := unsafe.Sizeof(traitTable) + unsafe.Sizeof(lineIndex) + unsafe.Sizeof(lines)
	assert.Less(t, size, uintptr(4<<10))
}
