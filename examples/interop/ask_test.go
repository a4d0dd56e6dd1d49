package interop

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

// A foreign is an error that another program made, and what we read in it.
type foreign struct {
	name        string
	request     string // method, target, and perhaps content
	contentType string // of the request; "" is JSON
	accept      string

	status  httpstatus.Code
	code    string // "" for the one that the status code stands for
	message string
	fields  []httpstatus.Field
	also    func(t *testing.T, e *httpstatus.Error)
}

// decodeAll sends every request to the handler over loopback, and reads the
// answers as a client does.
func decodeAll(t *testing.T, h http.Handler, rows []foreign) {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			e, body := ask(t, server, row)
			code := row.code
			if code == "" {
				code = row.status.New("", "").ErrorCode()
			}
			assert.Equal(t, row.status, e.Status(), body)
			assert.Equal(t, code, e.ErrorCode(), body)
			// protojson varies its spaces, so that no program relies on its messages.
			assert.Equal(t, row.message, strings.ReplaceAll(e.Message(), "\u00a0", " "), body)
			assert.Equal(t, row.fields, e.Fields(), body)
			assert.True(t, e.Remote())
			assert.Equal(t, row.code != "", e.HasErrorCode(), body)
			if sentinel := row.status.New(code, ""); row.code != "" {
				assert.ErrorIs(t, e, sentinel, "a client compares with its sentinel")
			} else {
				assert.NotErrorIs(t, e, sentinel, "the code is the one that the status code stands for, and nobody has said it")
				assert.ErrorIs(t, e, row.status, body)
			}
			if row.also != nil {
				row.also(t, e)
			}
		})
	}
}

func ask(t *testing.T, server *httptest.Server, row foreign) (e *httpstatus.Error, body string) {
	t.Helper()
	method, target, _ := strings.Cut(row.request, " ")
	target, content, _ := strings.Cut(target, " ")
	req, err := http.NewRequestWithContext(t.Context(), method, server.URL+target, strings.NewReader(content))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	if row.contentType != "" {
		req.Header.Set("Content-Type", row.contentType)
	}
	if row.accept != "" {
		req.Header.Set("Accept", row.accept)
	}
	resp, err := server.Client().Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	var copied strings.Builder
	e = httpstatus.Decode(resp.StatusCode, resp.Header, io.TeeReader(resp.Body, &copied))
	return e, resp.Header.Get("Content-Type") + "\n" + copied.String()
}
