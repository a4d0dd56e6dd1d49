package httpstatus_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
)

// Origins are those of the parsed URLs, not of their spelling.
func TestFetchRedirectsOrigins(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		crossed  bool
	}{
		{"https://example.com/", "//EXAMPLE.com:443/x", false},
		{"https://example.com:443/", "//example.com/x", false},
		{"http://127.0.0.1/", "http://0x7f000001/", false},
		{"http://[::1]/", "http://[0::0:1]/", false},
		{"https://u@example.com/", "https://v@example.com/", false},
		{"https://example.com/", "http://example.com/", true},
		{"https://example.com/", "//example.com:444/", true},
		{"https://example.com/", "//a.example.com/", true},
		{"https://example.com/", "//example.com./", true},
	} {
		plan := httpstatus.RedirectStep{Status: 307, URL: tt.from, Location: []string{tt.to}}.Plan(httpstatus.FetchRedirects())
		assert.Equal(t, tt.crossed, plan.CrossedOrigin, "%s to %s", tt.from, tt.to)
		if tt.crossed {
			assert.Equal(t, []string{"Authorization"}, plan.DropHeaders, "%s to %s", tt.from, tt.to)
		} else {
			assert.Nil(t, plan.DropHeaders, "%s to %s", tt.from, tt.to)
		}
	}
}
