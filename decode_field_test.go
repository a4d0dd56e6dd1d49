package httpstatus_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

// TestDecodeField reads bodies that public APIs send; see testdata/README.md. No
// row of the reader was written for one of them alone.
func TestDecodeField(t *testing.T) {
	text, err := os.ReadFile("testdata/decode.json")
	require.NoError(t, err)
	var cases []struct {
		ID     string              `json:"id"`
		Status int                 `json:"status"`
		Header map[string][]string `json:"header"`
		Body   string              `json:"body"`
		Want   struct {
			Code    any          `json:"code"`
			Message any          `json:"message"`
			Fields  *[][]*string `json:"fields"`
		} `json:"want"`
	}
	require.NoError(t, json.Unmarshal(text, &cases))
	require.GreaterOrEqual(t, len(cases), 58)
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			e := httpstatus.Decode(c.Status, c.Header, strings.NewReader(c.Body))
			code := e.ErrorCode()
			if !e.HasErrorCode() {
				code = "-"
			}
			assert.True(t, isOneOf(c.Want.Code, code), "code %q, want %q", code, c.Want.Code)
			assert.True(t, isOneOf(c.Want.Message, e.Message()), "message %q, want %q", e.Message(), c.Want.Message)
			if c.Want.Fields == nil {
				return
			}
			pointers := []httpstatus.Field{}
			for _, f := range e.Fields() {
				if f.Pointer != "" { // the cases do not speak of parameters
					pointers = append(pointers, f)
				}
			}
			if assert.Len(t, pointers, len(*c.Want.Fields)) {
				for i, want := range *c.Want.Fields {
					for j, got := range []string{pointers[i].Pointer, pointers[i].ErrorCode, pointers[i].Message} {
						if want[j] != nil {
							assert.Equal(t, *want[j], got)
						}
					}
				}
			}
		})
	}
}

// isOneOf reports whether got is the string, or in the list, that is wanted.
func isOneOf(want any, got string) bool {
	if list, ok := want.([]any); ok {
		for _, one := range list {
			if one == got {
				return true
			}
		}
		return false
	}
	return want == got
}
