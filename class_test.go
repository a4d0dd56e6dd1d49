package httpstatus_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/reference"
)

func TestClass(t *testing.T) {
	for _, c := range sweep() {
		assert.Equal(t, httpstatus.Class(reference.Class(int(c))), c.Class(), "Class of %d", int(c))
	}
}

func TestClassPredicates(t *testing.T) {
	for _, c := range sweep() {
		class := reference.Class(int(c))
		for _, test := range []struct {
			name string
			want bool
			got  bool
		}{
			{"IsInformational", class == 1, c.IsInformational()},
			{"IsSuccess", class == 2, c.IsSuccess()},
			{"IsRedirection", class == 3, c.IsRedirection()},
			{"IsClientError", class == 4, c.IsClientError()},
			{"IsServerError", class == 5, c.IsServerError()},
			{"IsError", class == 4 || class == 5, c.IsError()},
		} {
			t.Run(test.name, func(t *testing.T) {
				assert.Equal(t, test.want, test.got, "%s of %d", test.name, int(c))
			})
		}
	}
}

func TestFallback(t *testing.T) {
	for _, c := range sweep() {
		got := c.Fallback()
		assert.Equal(t, httpstatus.Code(reference.Fallback(int(c))), got, "Fallback of %d", int(c))
		assert.True(t, got.IsRegistered(), "Fallback of %d is a registered code", int(c))
		assert.Equal(t, got, got.Fallback(), "Fallback of %d is its own", int(c))
	}
}

func TestFallbackRows(t *testing.T) {
	for _, test := range []struct{ code, want httpstatus.Code }{
		{471, 400}, // the example of RFC 9110, Section 15
		{404, 404}, // known
		{418, 400}, // reserved, which is not registered
		{306, 300}, // likewise
		{199, 100},
		{299, 200},
		{599, 500},
		{600, 500}, // no status code: "as if it had a 5xx"
		{99, 500},
		{0, 500},
		{-404, 500},
	} {
		t.Run(fmt.Sprint(int(test.code)), func(t *testing.T) {
			assert.Equal(t, test.want, test.code.Fallback(), "Fallback of %d", int(test.code))
		})
	}
}

func TestClassString(t *testing.T) {
	for _, test := range []struct {
		class httpstatus.Class
		want  string
	}{
		{httpstatus.Informational, "1xx"},
		{httpstatus.Successful, "2xx"},
		{httpstatus.Redirection, "3xx"},
		{httpstatus.ClientError, "4xx"},
		{httpstatus.ServerError, "5xx"},
		{0, "invalid"}, // the class of what is no status code
		{6, "Class(6)"},
		{7, "Class(7)"},
		{-1, "Class(-1)"},
		{404, "Class(404)"}, // a Code by mistake
		{math.MaxInt, fmt.Sprintf("Class(%d)", math.MaxInt)},
		{math.MinInt, fmt.Sprintf("Class(%d)", math.MinInt)},
	} {
		t.Run(test.want, func(t *testing.T) { assert.Equal(t, test.want, test.class.String()) })
	}
}
