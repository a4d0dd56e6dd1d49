package statushttp_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// Clients other than net/http's may ask the policy as well, about responses and
// Locations that net/http would not ask about.
func TestCheckRedirectAskedDirectly(t *testing.T) {
	ask := func(status int, location string) (*http.Request, error) {
		first, err := http.NewRequest("POST", "https://example.com/", nil)
		require.NoError(t, err)
		next, err := http.NewRequest("POST", "https://example.com/next", io.NopCloser(strings.NewReader("content")))
		require.NoError(t, err)
		next.Response = &http.Response{StatusCode: status, Header: http.Header{"Location": {location}}}
		return next, statushttp.CheckRedirect(httpstatus.RedirectPolicy{})(next, []*http.Request{first})
	}

	// A response that is no redirect is the answer, and nothing is sent.
	next, err := ask(304, "/next")
	assert.Equal(t, http.ErrUseLastResponse, err)
	assert.True(t, next.Body == nil || next.Body == http.NoBody)

	// RFC 3986 lets a host have escapes; net/url does not.
	_, err = ask(307, "https://a%2eexample/")
	var refused *statushttp.RedirectError
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, httpstatus.RedirectBadLocation, refused.Reason)
}
