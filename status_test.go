package httpstatus_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
)

func TestString(t *testing.T) {
	assert.Equal(t, "404 Not Found", httpstatus.NotFound.String())
	assert.Equal(t, "471", httpstatus.Code(471).String())
	assert.Equal(t, "Not Found", httpstatus.NotFound.Phrase())
}
