package statushttp_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

type limits struct {
	Max   int             `json:"max"`
	Reset time.Time       `json:"reset"`
	Err   error           `json:"err,omitempty"`
	Code  httpstatus.Code `json:"code"`
}

func TestJSON(t *testing.T) {
	reset := time.Date(2026, 11, 26, 1, 2, 3, 0, time.UTC)
	base := httpstatus.TooManyRequests.New("rate_limited", "")
	e := base.WithExtension("limits", statushttp.JSON(limits{3, reset, nil, 404})).WithExtension("list", statushttp.JSON([]int{1, 2}))
	assert.Equal(t, `{"error":"rate_limited","message":"Too Many Requests","limits":{"max":3,"reset":"2026-11-26T01:02:03Z","code":404},"list":[1,2]}`,
		string(e.AppendBody(nil, httpstatus.SimpleJSON)))
	for why, value := range map[string]any{
		"an error":        errSecret,
		"an error inside": limits{Err: errSecret},
		"a NaN":           math.NaN(),
		"a function":      func() {},
	} {
		t.Run(why, func(t *testing.T) {
			e := base.WithExtension("x", statushttp.JSON(value))
			assert.Equal(t, []string{"x"}, e.RefusedExtensions(), why)
			assert.Empty(t, e.Extensions(), why)
		})
	}
}
