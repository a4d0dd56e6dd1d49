package httpstatus

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestRows holds what the reader of error bodies takes for granted of its table.
func TestRows(t *testing.T) {
	for i := range rows {
		r := &rows[i]
		t.Run(r.name, func(t *testing.T) {
			assert.True(t, i == 0 || rows[i-1].name < r.name, "sorted by name, each once")
			assert.Same(t, r, rowOf(r.name), "found")
			assert.Less(t, max(r.inner, r.list, r.fields), uint8(rankLimit))
			assert.False(t, r.isMap && r.fields == 0, "a map of fields has fields")
			assert.NotEqual(t, row{name: r.name}, *r, "says something")
		})
	}
	for name, want := range map[string]string{
		"errorCode": "errorcode", "error_code": "errorcode", "ErrorCode": "errorcode", "error-code": "errorcode", "__type": "_type",
		"$message": "message", "_message": "~text", "ERROR": "error", "": "", "_": "", "constraintViolationsX": "",
		"aNameThatIsLongerThanAllThatAreKnown": "", "declineMessage": "~text",
		"nothing": "",
		"ECODE":   "ecode", "Error Message": "errormessage", "detailedError": "~error", "RemoteException": "~error", "serviceFault": "~error",
		"apiErrors": "~errors", "subErrorCode": "~code", "userErrorMessage": "~message",
	} {
		if r := rowOf(name); want == "" {
			assert.Nil(t, r, name)
		} else if assert.NotNil(t, r, name) {
			assert.Equal(t, want, r.name)
		}
	}
}
