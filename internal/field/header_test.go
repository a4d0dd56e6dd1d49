package field_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus/internal/field"
)

func TestWithVary(t *testing.T) {
	for _, tt := range []struct {
		name       string
		vary, want []string
	}{
		{"none", nil, []string{"Accept"}},
		{"another", []string{"Origin"}, []string{"Origin", "Accept"}},
		{"an empty line", []string{""}, []string{"", "Accept"}},
		{"said", []string{"Accept"}, []string{"Accept"}},
		{"said in a list, in another case", []string{"Origin, accept ,Cookie"}, []string{"Origin, accept ,Cookie"}},
		{"said in the second line", []string{"Origin", "Accept"}, []string{"Origin", "Accept"}},
		{"everything", []string{"Origin,*"}, []string{"Origin,*"}},
		{"a longer name", []string{"Accept-Language"}, []string{"Accept-Language", "Accept"}},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, field.WithVary(tt.vary, "Accept")) })
	}
}
